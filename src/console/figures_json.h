/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_FIGURES_JSON_H
#define HOIDAP_CONSOLE_FIGURES_JSON_H

#include "api.h"
#include "interval.h"
#include "store_figures.h"

/* Figures as the pages get them: counts, rates with their meaning and
 * interval, and the topics of the base in force. */

enum figures_language { FIGURES_VIETNAMESE, FIGURES_ENGLISH };

struct figures_rate {
	const char *key;
	const char *title;
	const char *meaning; /* the definition, in words */
	uint64_t part;
	uint64_t whole;
	struct interval interval;
};

enum {
	FIGURES_RATES = 0
#define RATE(...) +1
#include "rates_table.h"
#undef RATE
};

/* Pure. */
void figures_json_rates(const struct figures_counts *counts,
    const uint64_t graded[GRADES], enum figures_language language,
    struct figures_rate out[FIGURES_RATES]);

/* By topic of the entries, most questions first; a row's NAME is the topic's
 * title, "" for questions without an entry, "?" for those whose entry the base
 * has no more.  ERR_NOMEM. */
enum result figures_json_topics(const struct faq *faq,
    const struct figures *figures, struct arena *arena,
    struct figures_row **rows_out, size_t *count_out) MUST_CHECK;

/* Most questions first. */
void figures_json_sort(struct figures_row *rows, size_t count);

/* New references; NULL when out of memory. */
json_t *figures_json_counts(const struct figures_counts *counts);
json_t *figures_json_rows(const struct figures_row *rows, size_t count);
json_t *figures_json_rate(const struct figures_rate *rate);
/* A list to which it is added; false, and the list is gone, when it cannot
 * be. */
bool figures_json_add(json_t **list, json_t *item);

/* ?from= and ?until= (ms), ?language=en. */
bool figures_json_period(struct staff_request *request,
    struct figures_period *out, struct staff_answer *refusal_out);
enum figures_language figures_json_language(
    const struct staff_request *request);

#endif
