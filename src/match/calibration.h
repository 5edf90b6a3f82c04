/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_CALIBRATION_H
#define HOIDAP_MATCH_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>

/* What is known about one candidate for one question. */
enum fact {
	FACT_SCORE,    /* the ranker's */
	FACT_BEHIND,   /* how far below the best other; 0 or less */
	FACT_AHEAD,    /* how far above the best other; 0 or more */
	FACT_IN_SCOPE, /* how far above the out-of-scope class */
	FACT_KNOWN,    /* share of the words that the base knows */
	FACT_COVERED,  /* share of the words that the entry's phrasings hold */
	FACT_NEAREST,  /* likeness to its nearest phrasing */
	FACT_LENGTH,   /* log of the number of words */
	FACT_PATTERN,
	FACT_SHARE,	    /* of the scores of all rivals, out of scope too */
	FACT_COVERED_AHEAD, /* than the best covered rival */
	FACT_MISSING,	    /* log weight of the words that its phrasings
			       never hold: grows with each foreign word,
			       however long the question is */
	FACT_COUNT,
};

/* A candidate whose outcome is known. */
struct trial {
	double fact[FACT_COUNT];
	double weight;
	bool right;
};

/* From facts to the probability that a candidate is right. */
struct calibration {
	double mean[FACT_COUNT];
	double spread[FACT_COUNT];
	double slope[FACT_COUNT];
	double base;
};

/* Fit to the trials.  With none, every confidence is 0. */
void calibration_fit(
    const struct trial *trials, size_t count, struct calibration *out);

double calibration_confidence(
    const struct calibration *calibration, const double fact[FACT_COUNT]);

#endif
