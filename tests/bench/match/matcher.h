/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_BENCH_MATCHER_H
#define HOIDAP_BENCH_MATCHER_H

#include "generated.h"

/* One way to find an entry.  What it is given outlives it. */
struct matcher {
	const char *name;
	/* *STATE_OUT is the matcher's own; END gives it back. */
	enum result (*start)(const struct generated *base, void **state_out);
	/* The number of the entry, or SIZE_MAX for none. */
	enum result (*ask)(
	    void *state, struct text_view question, size_t *entry_out);
	void (*end)(void *state);
};

#endif
