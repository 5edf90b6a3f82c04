/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_REVIEW_LIKENESS_H
#define HOIDAP_REVIEW_LIKENESS_H

#include "postings.h"
#include "signature.h"

/* How much a term says: the rarer among EXEMPLARS, the more. */
double likeness_weight(enum term_kind kind, size_t holders, size_t exemplars);

/* A question against the index. */
struct probe {
	uint32_t *numbers; /* its terms that are known there, rising */
	float *weights;	   /* of these */
	size_t count;
	double weight;	   /* of all its terms, known or not */
	bool asks;	   /* it says what kind of thing it wants to know */
	uint64_t nearest;  /* hash of the entry that came first, 0: none */
	double confidence; /* of that entry */
};

/* What stands on the other side. */
struct compared {
	const uint32_t *numbers; /* rising */
	size_t count;
	uint64_t nearest;
	double confidence;
};

struct likeness {
	double value;	/* 0 to 1 */
	bool asks;	/* the other side says what it wants to know */
	bool asks_same; /* and both the same */
};

/* Among so many EXEMPLARS. */
struct likeness likeness_of(const struct postings *postings, size_t exemplars,
    const struct probe *probe, const struct compared *compared);

#endif
