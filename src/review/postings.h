/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_REVIEW_POSTINGS_H
#define HOIDAP_REVIEW_POSTINGS_H

#include "map.h"

/* Which exemplars hold a term.  A term gets a number when it is first added,
 * and keeps it when nobody holds it any more. */
struct postings {
	struct map numbers;
	struct posting *lists; /* by number */
	size_t count;
	size_t room;
};

struct posting {
	uint64_t term;
	uint32_t *at; /* exemplars, in no particular order */
	uint32_t count;
	uint32_t room;
};

/* Zeroed is empty. */
void postings_fini(struct postings *postings);

/* MAP_NONE for a term that was never added. */
uint32_t postings_number(const struct postings *postings, uint64_t term);
/* The same, after giving it one.  ERR_NOMEM. */
enum result postings_learn(
    struct postings *postings, uint64_t term, uint32_t *number_out) MUST_CHECK;

enum result postings_add(
    struct postings *postings, uint32_t number, uint32_t exemplar) MUST_CHECK;
void postings_remove(
    struct postings *postings, uint32_t number, uint32_t exemplar);

#endif
