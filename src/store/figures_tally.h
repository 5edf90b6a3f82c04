/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_FIGURES_TALLY_H
#define HOIDAP_STORE_FIGURES_TALLY_H

#include "store_figures.h"

/* Counting questions one by one; pure. */

/* As much of a question as is counted. */
struct figures_question {
	uint64_t at_ms;
	struct text_view decision;
	struct text_view label;
	struct text_view entry;
	struct text_view chosen;
	struct text_view channel;
};

struct figures_tally {
	struct figures figures;
	struct arena *arena;
	size_t *table; /* of entries by hash: index + 1 */
	size_t table_size;
	size_t entry_room;
	size_t channel_room;
};

/* ERR_NOMEM. */
enum result figures_tally_init(struct figures_tally *tally,
    const struct figures_period *period, struct arena *arena) MUST_CHECK;
/* AT_MS lies in the period; names are copied. */
enum result figures_tally_add(struct figures_tally *tally,
    const struct figures_question *question) MUST_CHECK;

/* Of COUNT times in rising order. */
struct figures_wait figures_tally_wait(const uint64_t *waits, size_t count);

#endif
