/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_REVIEW_H
#define HOIDAP_REVIEW_H

#include "glossary.h"

/* Questions that nobody could answer, sorted into groups of the same one as
 * they come in.  Pure: the same calls in the same order give the same groups,
 * and what is held depends on the groups' questions alone, so it can be built
 * again from a store.  One thread at a time. */
struct review;

/* A group is remembered by the first few of its questions that differ. */
enum { REVIEW_EXEMPLARS_MAX = 8 };

struct review_question {
	uint64_t id;		     /* never 0 */
	struct text_view text;	     /* masked; valid UTF-8 */
	struct text_view candidates; /* "id 0.93, id 0.41", or empty */
};

struct review_options {
	const struct glossary *glossary; /* may be NULL; must outlive it */
	size_t groups_max;		 /* more are ERR_TOO_LARGE */
};

/* NULL when out of memory. */
struct review *review_new(const struct review_options *options);
void review_free(struct review *review);

struct review_match {
	uint64_t group;
	uint64_t beside; /* the question there that is most alike */
	double likeness; /* 0 to 1 */
};

/* The group where QUESTION belongs; ERR_NOT_FOUND when it is like none.
 * ERR_NOMEM. */
enum result review_find(struct review *review,
    const struct review_question *question,
    struct review_match *out) MUST_CHECK;

/* QUESTION is in GROUP (never 0), which is new or not.  ERR_NOMEM,
 * ERR_TOO_LARGE. */
enum result review_add(struct review *review, uint64_t group,
    const struct review_question *question) MUST_CHECK;
/* Nothing is like GROUP any more.  To edit one, forget it and add what it
 * holds now. */
void review_forget(struct review *review, uint64_t group);

/* The question that says best what its group asks: most like the others,
 * rather with accents, rather the older one.  0: GROUP is not held. */
uint64_t review_representative(const struct review *review, uint64_t group);
size_t review_groups(const struct review *review);

/* The words of TEXT without marks, one space between them and at both ends:
 * what a search without marks looks into. */
enum result review_words(struct text_view text, struct buf *out) MUST_CHECK;

/* The id of the first of CANDIDATES; empty when there is none. */
struct text_view review_nearest(struct text_view candidates);

#endif
