/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_THRESHOLDS_H
#define HOIDAP_MATCH_THRESHOLDS_H

#include "match.h"

/* How one held-out question went. */
struct outcome {
	double confidence; /* of the best candidate */
	double weight;
	bool in_scope;
	bool right;   /* the best candidate is the right one */
	bool offered; /* the right one is among the first three */
};

/* Choose the bands: answer as much as possible while at most 3 % of the
 * answers are wrong; below, offer as long as four in ten of the next offers
 * hold the right entry.  Sorts OUTCOMES. */
void thresholds_choose(
    struct outcome *outcomes, size_t count, struct match_thresholds *out);

#endif
