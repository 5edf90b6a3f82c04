/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_BENCH_LATENCY_H
#define HOIDAP_BENCH_LATENCY_H

#include <stdint.h>

/* Exact to the microsecond, however many there are: one count for each. */

enum { LATENCY_MAX_US = 2000000 };

struct latency {
	uint32_t at[LATENCY_MAX_US + 1]; /* the last: that long or longer */
	uint64_t count;
};

static inline void
latency_add(struct latency *latency, uint64_t took_ns)
{
	uint64_t us = took_ns / 1000;

	latency->at[us < LATENCY_MAX_US ? us : LATENCY_MAX_US]++;
	latency->count++;
}

/* The milliseconds that PERCENT of all stay within. */
static inline double
latency_ms(const struct latency *latency, double percent)
{
	double wanted = (double)latency->count * percent / 100;
	uint64_t seen = 0;
	unsigned us = 0;

	for (; us < LATENCY_MAX_US; us++) {
		seen += latency->at[us];
		if ((double)seen >= wanted)
			break;
	}
	return us / 1000.0;
}

#endif
