/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_RANKER_H
#define HOIDAP_MATCH_RANKER_H

#include "weights.h"

/* "any class but AVOIDED": what a phrasing in not_asked_as teaches. */
#define RANKER_NO_CLASS UINT16_MAX

struct example {
	struct vector vector;
	uint16_t class;	  /* or RANKER_NO_CLASS */
	uint16_t avoided; /* only then */
	uint16_t fold;	  /* held out when this fold is tested */
};

struct lesson {
	const struct example *examples;
	size_t example_count;
	uint32_t feature_count;
	uint16_t class_count;
	uint16_t passes;
	uint16_t held_out; /* a fold, or UINT16_MAX to learn from all */
};

/* While a fold is held out, every DROPPED_EVERY-th class is left out as well,
 * a different one for each fold: its questions show what a question that no
 * entry answers looks like. */
enum { RANKER_DROPPED_EVERY = 6 };
bool ranker_drops(uint16_t class, uint16_t class_count, uint16_t held_out);
/* Is EXAMPLE learnt from while HELD_OUT is? */
bool ranker_learns(
    const struct example *example, uint16_t class_count, uint16_t held_out);

/* Learn into WEIGHTS, which forget what they were.  Deterministic.
 * ERR_NOMEM. */
enum result ranker_train(
    const struct lesson *lesson, struct weights *weights) MUST_CHECK;

#endif
