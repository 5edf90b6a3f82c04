/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_PHRASEBOOK_H
#define HOIDAP_MATCH_PHRASEBOOK_H

#include "ranker.h"

/* The words of every phrasing, class by class: how near is a question to
 * something that was written down, and how much of it do they cover? */
struct phrasebook;

struct nearness {
	double best;	 /* cosine with the nearest phrasing, words and pairs */
	double covered;	 /* share of the question's words that occur in any
			   phrasing of the class, by rarity */
	const bool *met; /* does the class hold word or pair I of the vector?
			    In the probe, until the next comparison */
};

/* Of the examples of LESSON, which come class by class; those of no class and
 * of the last one, "out of scope", are left out.  ERR_NOMEM, ERR_TOO_LARGE. */
enum result phrasebook_new(
    const struct lesson *lesson, struct phrasebook **book_out) MUST_CHECK;
void phrasebook_free(struct phrasebook *book);

/* A question made ready to be compared with several classes. */
struct probe;

/* In ARENA; VECTOR must outlive it.  NULL when out of memory. */
struct probe *probe_new(const struct phrasebook *book,
    const struct vector *vector, struct arena *arena);

/* How near the question is to CLASS, leaving out the phrasings of fold
 * HELD_OUT (UINT16_MAX: none).  PROBE is scratch: one thread at a time. */
struct nearness phrasebook_compare(const struct phrasebook *book,
    const struct probe *probe, uint16_t class, uint16_t held_out);

#endif
