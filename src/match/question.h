/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_QUESTION_H
#define HOIDAP_MATCH_QUESTION_H

#include "index.h"

/* A message, made ready for the ranker. */
struct question {
	struct tokens tokens;
	struct reading reading;
	struct features features;
	struct vector vector;
	struct evidence_hits hits;
};

/* Read TEXT (valid UTF-8) the way INDEX does, as if part HELD_OUT of the base
 * did not exist (UINT16_MAX: all exists); everything lives in ARENA.
 * Needs the glossary, the vocabulary and the evidence of INDEX. */
enum result question_read(const struct match_index *index,
    struct text_view text, uint16_t held_out, struct arena *arena,
    struct question *out) MUST_CHECK;

#endif
