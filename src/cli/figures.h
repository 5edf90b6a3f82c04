/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FIGURES_H
#define HOIDAP_FIGURES_H

#include <jansson.h>

#include "labelled.h"
#include "match.h"

/* How one labelled question went. */
struct figures_case {
	const struct labelled_line *line;
	enum match_decision decision;
	double confidence; /* of the best candidate; 0 without one */
	size_t rank;	   /* of the right entry, from 1; 0: not among them */
};

struct figures_case figures_case_of(
    const struct labelled_line *line, const struct match_result *match);

/* The figures of CASES: of all, and of each style.  Sorts CASES.  NULL when
 * out of memory. */
json_t *figures_report(struct figures_case *cases, size_t count);

/* The lowest confidence to answer at, chosen on labelled CASES: it makes the
 * most decisions right.  Out-of-scope cases weigh as if they were at least one
 * in twenty.  Sorts CASES. */
double figures_tune(struct figures_case *cases, size_t count);

#endif
