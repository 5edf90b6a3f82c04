/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FINDINGS_H
#define HOIDAP_FINDINGS_H

#include "faq.h"

/* What is wrong with a base (errors) and what could be better (warnings),
 * each with its place in the files and how to mend it. */

enum finding_kind {
	FINDING_REFUSED, /* by faq_load(): then it is the only one */
	FINDING_NOT_COMPOSED,
	FINDING_ASKED_TWICE,
	FINDING_ASKED_AND_NOT,
	FINDING_GREEDY_KEYWORD,
	FINDING_DEAD_BUTTON,
	FINDING_INSECURE_URL,
	FINDING_SLOW_PATTERN,
	FINDING_UNSOURCED_FIGURE,
	FINDING_EXPIRED,
	/* warnings from here on */
	FINDING_ASKED_ALIKE,
	FINDING_TAKEN_FOR_ANOTHER,
	FINDING_DEAD_RELATED,
	FINDING_LONG_REPLY,
	FINDING_LONG_ANSWER,
	FINDING_LONG_TITLE,
	FINDING_NO_SOURCE,
	FINDING_NO_DATE,
	FINDING_NO_OWNER,
	FINDING_OLD_REVIEW,
	FINDING_STALE_VARIABLE,
	FINDING_NEW_STYLE_TONE,
	FINDING_FEW_PHRASINGS,
	FINDING_NO_QUESTION_MARK,
	FINDING_KINDS,
};

struct finding_rule {
	const char *name; /* for programs: "asked-twice" */
	const char *mend; /* for people; may be empty */
	bool error;
};

const struct finding_rule *finding_rule(enum finding_kind kind);

struct finding {
	enum finding_kind kind;
	const char *file;
	unsigned line;		/* 0: the file as a whole */
	struct text_view entry; /* id, or empty */
	struct text_view what;
};

struct findings {
	struct finding *at; /* by file and line */
	size_t count;
	size_t error_count;
	size_t room;
	struct faq *faq;       /* NULL: it was refused */
	struct locate *locate; /* finds lines */
	struct arena arena;    /* owns the texts */
};

/* Load the base in DIR and look it over as of day TODAY.  What the loader
 * refuses is a finding, not a failure, so only ERR_NOMEM and the like.
 * *FINDINGS_OUT is yours. */
enum result findings_collect(const char *dir, const char *today,
    struct findings **findings_out) MUST_CHECK;
/* The same with OVERLAY (overlay.h) written over the files; NULL: none.  The
 * lines are then those of the files as they would be exported. */
enum result findings_collect_over(const char *dir,
    const struct faq_overlay *overlay, const char *today,
    struct findings **findings_out) MUST_CHECK;
void findings_free(struct findings *findings);

/* A place in an entry: a key, and an item of its list. */
struct finding_spot {
	const struct faq_entry *entry;
	const char *key; /* NULL: the entry as a whole */
	size_t item;	 /* counted from 0; FINDING_WHOLE: the key */
};
#define FINDING_WHOLE SIZE_MAX

/* The place of a phrasing: 0 is the question, then come the asked_as. */
struct finding_spot finding_spot_of(
    const struct faq_entry *entry, size_t phrasing);
unsigned findings_line(
    const struct findings *findings, const struct finding_spot *spot);

/* One more; only ERR_NOMEM.  findings_sort() when all are there. */
enum result findings_add(struct findings *findings, enum finding_kind kind,
    const struct finding_spot *spot, const char *format, ...) MUST_CHECK
    PRINTF_LIKE(4, 5);
/* The same for what another reader of the base refused. */
enum result findings_refuse(
    struct findings *findings, const struct complaint *why) MUST_CHECK;
void findings_sort(struct findings *findings);

#endif
