/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_PHRASEBOOK_H
#define HOIDAP_MATCH_PHRASEBOOK_H

#include "ranker.h"

/* The words of every phrasing, class by class: how near is a question to
 * something that was written down, and how much of it do they cover? */
struct phrasebook;

struct nearness {
	double best;	/* cosine with the nearest phrasing, words and pairs */
	double covered; /* share of the question's words that occur in any
			   phrasing of the class, by rarity */
};

enum result phrasebook_new(const struct example *examples, size_t count,
    uint16_t class_count, struct phrasebook **book_out) MUST_CHECK;
void phrasebook_free(struct phrasebook *book);

/* A question made ready to be compared with several classes. */
struct probe;

/* In ARENA.  NULL when out of memory. */
struct probe *probe_new(const struct vector *vector, struct arena *arena);

/* How near the question is to CLASS, leaving out the phrasings of fold
 * HELD_OUT (UINT16_MAX: none).  Marks what it meets in PROBE. */
struct nearness phrasebook_compare(const struct phrasebook *book,
    struct probe *probe, uint16_t class, uint16_t held_out);

#endif
