/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_REVIEW_H
#define HOIDAP_STORE_REVIEW_H

#include "store_staff.h"

/* Groups of questions that are open: unanswered, their choices declined, or
 * the answer disputed.  A sorter puts questions into groups; staff deal with
 * groups.  Changes are durable when a function returns. */

/* ---- the sorter ---- */

/* As much of a question as sorting needs. */
struct review_item {
	uint64_t id;
	struct text_view text;
	struct text_view candidates;
};

/* Open questions that are in no group, the oldest first, at most MAX. */
enum result store_review_pending(struct store *store, size_t max,
    struct arena *arena, struct review_item **items_out,
    size_t *count_out) MUST_CHECK;

struct review_placement {
	uint64_t question;
	/* It goes where this question is; 0: into a group of its own.  A group
	 * that is answered or merged takes no more: then the same. */
	uint64_t beside;
	uint64_t group; /* filled in; of a question placed before, where it is,
			   and 0 when its text has gone meanwhile */
};

/* In this order: a later one may stand beside an earlier one. */
enum result store_review_place(struct store *store,
    struct review_placement *placements, size_t count) MUST_CHECK;

/* What says a group in one line. */
struct review_name {
	uint64_t group;
	uint64_t representative;  /* a question of it */
	struct text_view words;	  /* its words, as review_words() */
	struct text_view nearest; /* entry that came nearest, or empty */
};

/* One whose representative has left it meanwhile, or its text has gone, stays
 * as it is. */
enum result store_review_name(struct store *store,
    const struct review_name *names, size_t count) MUST_CHECK;

/* A group whose questions were edited, by a person or by an erasure. */
struct review_edit {
	uint64_t number; /* rises with each edit */
	uint64_t group;
	bool open; /* it takes questions */
};

/* Edits after number AFTER, in order, the newest of each group only.  New
 * groups are edits, too, so that from 0 on it is all there are. */
enum result store_review_edits(struct store *store, uint64_t after, size_t max,
    struct arena *arena, struct review_edit **edits_out,
    size_t *count_out) MUST_CHECK;

/* Its first questions that still have a text. */
enum result store_review_items(struct store *store, uint64_t group, size_t max,
    struct arena *arena, struct review_item **items_out,
    size_t *count_out) MUST_CHECK;

/* ---- reading ---- */

enum review_state {
	REVIEW_OPEN = 0,
	REVIEW_ANSWERED = 1,
	REVIEW_DISMISSED = 2, /* out of scope; goes on collecting its like */
	REVIEW_MERGED = 3,    /* into another */
	REVIEW_STATES,
};

struct review_group {
	uint64_t id;
	enum review_state state;
	uint64_t version;
	struct text_view text; /* of the representative; empty: erased */
	struct text_view nearest;
	uint64_t questions;
	uint64_t citizens;
	uint64_t first_ms;
	uint64_t last_ms;
	uint64_t recent;	   /* questions of the last RECENT_MS */
	uint64_t before_recent;	   /* and of as long before */
	struct text_view channels; /* " messenger zalo " */
	struct text_view entry;	   /* that answers it, or empty */
	uint64_t merged_into;
	uint64_t assignee; /* a user, 0: nobody */
	struct text_view department;
	uint64_t due_ms;
	bool undoable; /* only store_review_group() says it */
};

enum review_order {
	REVIEW_BY_COUNT,
	REVIEW_BY_GROWTH,
	REVIEW_BY_LAST,
	REVIEW_BY_DUE, /* those without a date last */
};

enum { REVIEW_WORDS_MAX = 4 };

struct review_filter {
	enum review_state state;
	/* Words without marks that all occur in the representative. */
	struct text_view words[REVIEW_WORDS_MAX];
	struct text_view channel; /* " zalo ", or empty */
	/* The nearest entry is one of these, " a b c "; empty: any. */
	struct text_view entries;
	uint64_t assignee; /* 0: no matter who */
	bool unassigned;   /* neither person nor department */
	struct text_view department;
	uint64_t due_before_ms; /* 0: no matter */
	enum review_order order;
	uint64_t now_ms;
	uint64_t recent_ms;
	size_t offset;
	size_t limit;
};

struct review_page {
	struct review_group *groups;
	size_t count;
	uint64_t total; /* that pass the filter */
};

enum result store_review_list(struct store *store,
    const struct review_filter *filter, struct arena *arena,
    struct review_page *out) MUST_CHECK;
/* ERR_NOT_FOUND. */
enum result store_review_group(struct store *store, uint64_t group,
    uint64_t now_ms, uint64_t recent_ms, struct arena *arena,
    struct review_group *out) MUST_CHECK;

/* Questions of GROUP with ids below BEFORE (0: all), newest first. */
enum result store_review_questions(struct store *store, uint64_t group,
    uint64_t before, size_t limit, struct arena *arena,
    struct question_row **rows_out, size_t *count_out) MUST_CHECK;

/* What was dismissed, as it was asked, the newest group first: messages that
 * must not be answered.  A text that is erased is gone from here, too. */
enum result store_review_dismissed(struct store *store, size_t max,
    struct arena *arena, struct text_view **texts_out,
    size_t *count_out) MUST_CHECK;

/* ---- what staff do ----
 * Each takes the version of the group that they saw: ERR_INVALID when
 * somebody has changed it since, or its state does not allow it;
 * ERR_NOT_FOUND when there is no such group.  Then nothing has happened. */

enum review_action {
	REVIEW_DISMISS,
	REVIEW_ANSWER, /* ENTRY answers it, or a reply did (empty) */
	REVIEW_ASSIGN, /* ASSIGNEE, DEPARTMENT, DUE_MS: all may be 0 */
	REVIEW_REOPEN,
};

struct review_change {
	uint64_t group;
	uint64_t version;
	enum review_action action;
	struct text_view entry;
	uint64_t assignee;
	struct text_view department;
	uint64_t due_ms;
};

enum result store_review_change(struct store *store,
    const struct review_change *change,
    const struct audit_line *line) MUST_CHECK;

/* All questions of FROM go to INTO; both are open. */
struct review_merge {
	uint64_t from;
	uint64_t from_version;
	uint64_t into;
	uint64_t into_version;
};

enum result store_review_merge(struct store *store,
    const struct review_merge *merge, const struct audit_line *line) MUST_CHECK;

enum { REVIEW_MOVE_MAX = 1000 };

/* QUESTIONS, all of GROUP, but not all there are, go to INTO, which is open, or
 * to a new group (0).  ERR_INVALID also for a question of another group. */
struct review_move {
	uint64_t group;
	uint64_t version;
	const uint64_t *questions;
	size_t count; /* 1 to REVIEW_MOVE_MAX */
	uint64_t into;
};

enum result store_review_move(struct store *store,
    const struct review_move *move, const struct audit_line *line,
    uint64_t *into_out) MUST_CHECK;

/* Undo the last thing that was done to GROUP by the functions above.
 * ERR_INVALID also when there is none, or another group that it changed has
 * changed since. */
enum result store_review_undo(struct store *store, uint64_t group,
    uint64_t version, const struct audit_line *line) MUST_CHECK;

/* ---- filters that a person has named ---- */

enum { REVIEW_VIEWS_MAX = 50 };

struct review_view {
	struct text_view name;
	struct text_view query; /* JSON */
};

enum result store_review_views(struct store *store, uint64_t user,
    struct arena *arena, struct review_view **views_out,
    size_t *count_out) MUST_CHECK;
/* Under a name that is in use it replaces that one; an empty query takes it
 * away.  ERR_TOO_LARGE past REVIEW_VIEWS_MAX. */
enum result store_review_keep_view(struct store *store, uint64_t user,
    const struct review_view *view, const struct audit_line *line) MUST_CHECK;

#endif
