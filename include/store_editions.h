/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_EDITIONS_H
#define HOIDAP_STORE_EDITIONS_H

#include "store_staff.h"

/* Every revision of every FAQ entry that staff wrote in the console, for good:
 * who, when, why, and what became of it.  The newest published one of an entry
 * is in force, over what the files say; none: the files are.  At most one
 * revision of an entry is open (a draft, or in review).
 *
 * Nothing is ever overwritten blindly.  Who changes something says what they
 * saw; when that is no longer so, the answer is ERR_NOT_FOUND and nothing has
 * changed. */

enum revision_state {
	REVISION_DRAFT = 0,
	REVISION_REVIEW = 1, /* waits for a second person */
	REVISION_PUBLISHED = 2,
	REVISION_REJECTED = 3,
	REVISION_ROLLED_BACK = 4, /* was published, and was taken back */
	REVISION_WITHDRAWN = 5,	  /* by its author */
	REVISION_STATES,
};

/* "draft", "review", ... */
const char *store_revision_state_name(enum revision_state state);

/* What a person saw of a revision. */
struct revision_key {
	struct text_view entry;
	uint64_t number;  /* counted from 1 for each entry */
	uint64_t version; /* grows with every change of this revision */
};

/* What somebody did to a revision, and when. */
struct revision_act {
	uint64_t user;
	struct text_view login;
	uint64_t at_ms; /* 0: nobody has */
	struct text_view why;
};

struct revision {
	struct revision_key key;
	enum revision_state state;
	uint64_t base; /* number it was edited from; 0: the files */
	struct text_view topic;
	struct text_view topic_title;
	struct text_view json;	    /* the whole entry, as in a topic file */
	struct text_view file_hash; /* faq_covered.file_hash when published */
	struct revision_act written;
	struct revision_act decided; /* published, rejected, ... */
};

/* ---- changing; each with its audit line, whose user and time count ---- */

struct draft_save {
	/* The open revision that this one replaces; number 0: there was
	 * none. */
	struct revision_key seen;
	/* The newest published one then; 0: the files. */
	uint64_t base;
	struct text_view topic;
	struct text_view topic_title;
	struct text_view json;
};

/* Keep a draft: a new revision, or new content of the open one, which is a
 * draft again if it was in review.  LINE.why is kept with it. */
enum result store_draft_save(struct store *store, const struct draft_save *save,
    const struct audit_line *line, struct revision_key *key_out) MUST_CHECK;

/* Submit a draft (to REVISION_REVIEW), take it back (REVISION_DRAFT,
 * REVISION_WITHDRAWN) or reject what is in review (REVISION_REJECTED).
 * ERR_INVALID for any other step. */
enum result store_revision_move(struct store *store,
    const struct revision_key *key, enum revision_state to,
    const struct audit_line *line) MUST_CHECK;

struct publication {
	struct revision_key key;
	struct text_view file_hash;
};

/* Publish open revisions, all or none, if nothing was published or rolled back
 * since GENERATION; a line for each. */
enum result store_publish(struct store *store,
    const struct publication *publications, size_t count, uint64_t generation,
    const struct audit_line *lines) MUST_CHECK;

/* Put revision TO of ENTRY, which was published before, in force again (0: the
 * files), and take back those published after it, the newest of which is
 * FROM. */
struct rollback {
	struct text_view entry;
	uint64_t from;
	uint64_t to;
};

enum result store_rollback(struct store *store, const struct rollback *rollback,
    const struct audit_line *line) MUST_CHECK;

/* ---- reading; texts in ARENA ---- */

/* Those in force, by entry.  *GENERATION_OUT grows whenever they change. */
enum result store_published(struct store *store, struct arena *arena,
    struct revision **revisions_out, size_t *count_out,
    uint64_t *generation_out) MUST_CHECK;
/* Drafts and what is in review, by entry. */
enum result store_drafts(struct store *store, struct arena *arena,
    struct revision **revisions_out, size_t *count_out) MUST_CHECK;
/* All of ENTRY, newest first. */
enum result store_revisions(struct store *store, struct text_view entry,
    struct arena *arena, struct revision **revisions_out,
    size_t *count_out) MUST_CHECK;

/* How often an entry was the answer, or was chosen. */
struct entry_use {
	struct text_view entry;
	uint64_t count;
	uint64_t last_ms;
};

/* By entry; those that never were are not among them. */
enum result store_entry_uses(struct store *store, struct arena *arena,
    struct entry_use **uses_out, size_t *count_out) MUST_CHECK;

#endif
