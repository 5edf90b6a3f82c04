/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_REVIEW_SEARCH_H
#define HOIDAP_REVIEW_SEARCH_H

#include "shelf.h"

/* Scratch of a search, kept from one to the next.  Zeroed is empty. */
struct search {
	float *scores;	   /* by exemplar, all zero between two searches */
	uint32_t *touched; /* exemplars whose score is not */
	size_t room;
};

void search_fini(struct search *search);

/* The group of SHELF that PROBE is most like, and how much; likeness 0 when
 * it shares nothing with any.  ERR_NOMEM. */
enum result search_run(struct search *search, const struct shelf *shelf,
    const struct probe *probe, struct review_match *out) MUST_CHECK;

#endif
