/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_VECTOR_H
#define HOIDAP_MATCH_VECTOR_H

#include "feature.h"

/* A message as a sparse vector of unit length over the vocabulary.  Its items
 * are grouped: single words and pairs, letter runs, accented ones. */
struct vector {
	uint32_t *number;
	float *x;
	size_t count;
	size_t word_count;   /* of the first group */
	size_t folded_count; /* of the first two */
	float folded_scale;  /* makes the first two alone unit length */
	float known;	     /* share of the words that the base knows, by
				rarity */
	uint32_t *item;	     /* of each feature it was made from, or
			   VOCABULARY_UNKNOWN */
};

/* In ARENA.  As if part HELD_OUT of the base did not exist (UINT16_MAX: all
 * exists).  Only ERR_NOMEM. */
enum result vector_of(const struct vocabulary *vocabulary,
    const struct features *features, uint16_t held_out, struct arena *arena,
    struct vector *out) MUST_CHECK;

#endif
