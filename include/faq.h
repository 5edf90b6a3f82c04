/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_H
#define HOIDAP_FAQ_H

#include "arena.h"
#include "reply.h"

/* A loaded FAQ base.  It never changes after loading, so any number of
 * threads may read it without a lock.  Everything in it is NFC. */

enum entry_kind {
	ENTRY_ANSWER,	 /* states facts */
	ENTRY_SMALLTALK, /* greeting, thanks */
	ENTRY_REFER,	 /* sensitive: no advice, the right office */
	ENTRY_HANDOFF,	 /* asks for a person */
};

enum entry_status { ENTRY_PUBLISHED, ENTRY_DRAFT, ENTRY_RETIRED };

/* Most buttons under one answer: Messenger's limit. */
enum { FAQ_BUTTONS_MAX = 3 };

struct phrases {
	struct text_view *at;
	size_t count;
};

struct faq_source {
	struct text_view title;
	struct text_view url;	/* may be empty */
	struct text_view dated; /* YYYY-MM-DD or empty */
};

struct faq_button {
	struct text_view title;
	struct text_view url;	/* may hold {{variables}} */
	struct text_view entry; /* id; exactly one of URL and ENTRY is set */
};

struct faq_entry {
	struct text_view id;
	struct text_view topic;
	struct text_view topic_title;
	struct text_view question;
	struct phrases asked_as;
	struct phrases not_asked_as;
	struct phrases *keywords; /* all phrases of one must occur */
	size_t keyword_count;
	struct phrases patterns; /* PCRE2 source, checked at load */
	struct text_view answer; /* with {{variables}} */
	struct faq_button *buttons;
	size_t button_count;
	struct phrases related; /* ids */
	struct faq_source *sources;
	size_t source_count;
	struct text_view owner;
	struct text_view reviewed; /* dates; empty: not said */
	struct text_view valid_from;
	struct text_view valid_until;
	enum entry_kind kind;
	enum entry_status status;
	bool background;  /* generated, as from a catalogue of procedures: it
			    must not take questions from curated entries */
	const char *file; /* where it stands, for complaints */
	unsigned line;
};

struct faq_variable {
	struct text_view name;
	struct text_view value;	    /* may be empty */
	struct text_view otherwise; /* said when VALUE is empty or stale */
	struct text_view review_by; /* date; empty: never stale */
};

/* One line of faq/lexicon.json: what citizens write, and what it may mean.
 * Several meanings are alternatives: none is preferred. */
struct faq_synonym {
	struct text_view written;
	struct phrases means;
};

/* When people of the agency answer, from faq/hours.json.  Minutes since
 * midnight in Vietnam. */
enum { FAQ_SPANS_MAX = 4, FAQ_WEEK_DAYS = 7 };

struct faq_span {
	unsigned from;
	unsigned to;
};

struct faq_day {
	struct faq_span spans[FAQ_SPANS_MAX]; /* in order, apart */
	size_t span_count;
};

/* Days on which nobody is there, whatever the week says. */
struct faq_closed {
	struct text_view from; /* YYYY-MM-DD, both included */
	struct text_view to;
	struct text_view name; /* "Tết Nguyên đán" */
};

struct faq_hours {
	bool known;			    /* is there an hours.json? */
	struct faq_day week[FAQ_WEEK_DAYS]; /* Monday first */
	struct faq_closed *closed;
	size_t closed_count;
};

/* An entry that is not as the files have it, since staff published another
 * revision of it (overlay.h). */
struct faq_covered {
	struct text_view entry;	    /* id */
	struct text_view file_json; /* what the files say; empty: nothing */
	char file_hash[17];	    /* of that; "-": nothing */
	bool conflict; /* the files have changed since it was published */
};

struct faq_overlay;
/* What a Messenger page shows before anybody has written, from
 * faq/profile.json. */
enum { FAQ_ICE_BREAKERS_MAX = 4, FAQ_MENU_MAX = 5 };

struct faq_items {
	struct faq_button *at; /* those of ice breakers have no URL */
	size_t count;
};

struct faq_profile {
	bool known;		   /* is there a profile.json? */
	const char *file;	   /* where it stands, for complaints */
	struct text_view greeting; /* may hold {{variables}} */
	struct faq_items ice_breakers;
	struct faq_items menu;
};

struct faq {
	struct faq_entry *entries; /* of every status, in file order */
	size_t entry_count;
	const struct faq_entry **by_id; /* sorted; NULL before faq_seal() */
	struct faq_variable *variables;
	size_t variable_count;
	struct faq_synonym *lexicon;
	size_t lexicon_count;
	struct phrases off_topic; /* messages that must not be answered */
	struct faq_hours hours;
	struct faq_covered *covered;
	size_t covered_count;
	struct faq_profile profile;
	char version[17];   /* hash of the content, hex */
	struct arena arena; /* owns everything above */
};

/* faq_load(dir, faq_out, why): read every topic file of DIR (all *.json but
 * locality.json, lexicon.json, off-topic.json, hours.json, profile.json, which
 * are read for what they are where they exist, and schema.json).  ERR_INVALID with the first fault in
 * WHY, ERR_IO with WHY when DIR or a file cannot be read; then nothing was
 * loaded.  WHY may be NULL.  *FAQ_OUT is yours. */
enum result faq_load(
    const char *dir, struct faq **faq_out, struct complaint *why) MUST_CHECK;
/* The same with OVERLAY written over the files.  A revision may add an entry,
 * change it, or move it to another topic; one whose file has changed since is
 * in force all the same, and marked in faq.covered.  NULL: no overlay. */
enum result faq_load_over(const char *dir, const struct faq_overlay *overlay,
    struct faq **faq_out, struct complaint *why) MUST_CHECK;
/* An empty base to fill by hand (eval, tests); NULL when out of memory. */
struct faq *faq_new(void);
void faq_free(struct faq *faq);
/* A base filled by hand is complete: compute its VERSION, and sort its ids so
 * that faq_find() need not look at every entry.  ERR_NOMEM. */
enum result faq_seal(struct faq *faq) MUST_CHECK;

/* The first entry with this id, or NULL. */
const struct faq_entry *faq_find(const struct faq *faq, struct text_view id);

/* Is the entry to be used on this day (published, within its validity)? */
bool faq_entry_live(const struct faq_entry *entry, const char *today);

/* faq_answer(faq, entry, today, arena, reply_out): the entry's answer as a
 * citizen reads it on day TODAY: variables filled in (or their alternatives,
 * never a hole); for ENTRY_ANSWER a last line with source and date of review;
 * buttons, without those whose entry is not live or whose address came out as
 * no address, then related entries up to three buttons in all.  Copies into
 * ARENA.  On a base from faq_load() only ERR_NOMEM; on one filled by hand
 * ERR_INVALID for a broken or unknown variable, ERR_TOO_LARGE past what a
 * reply may hold. */
enum result faq_answer(const struct faq *faq, const struct faq_entry *entry,
    const char *today, struct arena *arena, struct reply *reply_out) MUST_CHECK;

/* TEXT with its {{variables}} filled in as of TODAY, as faq_answer() does it,
 * in ARENA.  Errors as there. */
enum result faq_expand(const struct faq *faq, struct text_view text,
    const char *today, struct arena *arena, struct text_view *out) MUST_CHECK;

#endif
