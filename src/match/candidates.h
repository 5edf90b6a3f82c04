/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_CANDIDATES_H
#define HOIDAP_MATCH_CANDIDATES_H

#include "question.h"

struct candidate {
	uint16_t class;
	double score;
	double fact[FACT_COUNT];
};

struct candidates {
	struct candidate at[MATCH_CANDIDATES_MAX];
	size_t count; /* best score first */
};

/* Which view of a question to rank by, and what to leave out. */
struct candidates_options {
	bool folded;	   /* as if typed without accents */
	uint16_t held_out; /* fold; UINT16_MAX: none */
	size_t most;	   /* candidates wanted */
};

/* What a keyword or pattern that stands adds to its entry's score; of several
 * keywords of an entry, only the longest counts. */
double candidates_bonus(const struct evidence_hit *hit);

/* The best entries for QUESTION under WEIGHTS, with the facts about each. */
enum result candidates_find(const struct match_index *index,
    const struct weights *weights, const struct question *question,
    const struct candidates_options *options, struct arena *arena,
    struct candidates *out) MUST_CHECK;

#endif
