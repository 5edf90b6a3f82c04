/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_COMPARE_H
#define HOIDAP_COMPARE_H

#include "dialog.h"

/* How the answer to one question differs between two bases. */
enum faq_change {
	FAQ_CHANGE_NONE,
	FAQ_CHANGE_NEW_ANSWER,	/* was not answered */
	FAQ_CHANGE_LOST_ANSWER, /* is not answered any more */
	FAQ_CHANGE_OTHER_ENTRY,
	FAQ_CHANGE_TEXT, /* the same entry says something else */
	FAQ_CHANGE_CLARIFY_TO_ANSWER,
	FAQ_CHANGE_ANSWER_TO_CLARIFY,
	FAQ_CHANGE_NEW_CLARIFY,
	FAQ_CHANGE_LOST_CLARIFY,
	FAQ_CHANGE_OTHER_CHOICES,
	FAQ_CHANGES_COUNT,
};

/* "new_answer", ...; and the heading in Vietnamese. */
const char *compare_name(enum faq_change change);
const char *compare_heading(enum faq_change change);

enum { FAQ_OUTCOME_IDS_MAX = 3 };

/* What a citizen whom the bot has never met is answered. */
struct faq_outcome {
	enum decision decision;
	struct text_view ids[FAQ_OUTCOME_IDS_MAX]; /* answered, or offered */
	size_t id_count;
	struct reply reply;
};

/* Ask KNOWLEDGE; views live in ARENA or KNOWLEDGE.  ERR_NOMEM. */
enum result compare_ask(const struct knowledge *knowledge,
    struct text_view question, uint64_t now_ms, struct arena *arena,
    struct faq_outcome *out) MUST_CHECK;

enum faq_change compare_outcomes(
    const struct faq_outcome *before, const struct faq_outcome *after);

#endif
