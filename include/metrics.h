/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_METRICS_H
#define HOIDAP_METRICS_H

#include "buf.h"

/* Counters for an operator, in Prometheus' text form; the table is
 * src/metrics/metrics_table.h.  Any thread may count; nobody waits. */
enum metric {
#define METRIC(kind, name, label, help) METRIC_##name,
#include "src/metrics/metrics_table.h"
#undef METRIC
	METRIC_COUNT
};

/* A metric may be split by one label with a fixed set of values; pass the
 * value's text, or NULL for a metric without a label.  An unknown value counts
 * as "other". */
struct metrics;

struct metrics *metrics_new(void); /* NULL when out of memory */
void metrics_free(struct metrics *metrics);

/* METRICS may be NULL: then nothing is counted. */
void metrics_add(struct metrics *metrics, enum metric metric, const char *label,
    uint64_t count);
void metrics_set(struct metrics *metrics, enum metric metric, const char *label,
    uint64_t value);
/* For histograms: DURATION in nanoseconds. */
void metrics_observe(
    struct metrics *metrics, enum metric metric, uint64_t duration_ns);
uint64_t metrics_get(
    const struct metrics *metrics, enum metric metric, const char *label);

enum result metrics_print(
    const struct metrics *metrics, struct buf *out) MUST_CHECK;

#endif
