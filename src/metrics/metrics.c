/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "metrics.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* The values that a label may have; the last one takes everything else. */
enum { LABEL_VALUES_MAX = 8 };

struct label {
	const char *key; /* NULL: no label */
	const char *values[LABEL_VALUES_MAX];
};

static const struct label label_NONE = { NULL, { "", NULL } };
static const struct label label_CHANNEL = { "channel",
	{ "messenger", "zalo", "webchat", "other", NULL } };
static const struct label label_DECISION = { "decision",
	{ "answer", "clarify", "unanswered", "smalltalk", "refer", "handoff",
	    "other", NULL } };
static const struct label label_STATUS_CLASS = { "status",
	{ "2xx", "3xx", "4xx", "5xx", "other", NULL } };

enum metric_kind { COUNTER, GAUGE, HISTOGRAM };

struct row {
	enum metric_kind kind;
	const char *name;
	const struct label *label;
	const char *help;
};

static const struct row rows[METRIC_COUNT] = {
#define METRIC(kind, name, label, help) { kind, #name, &label_##label, help },
#include "metrics_table.h"
#undef METRIC
};

/* Upper bounds of the histograms' buckets, in microseconds. */
static const uint64_t bucket_us[] = { 100, 250, 500, 1000, 2500, 5000, 10000,
	25000, 50000, 100000, 250000, 500000, 1000000, 2000000, 5000000 };
enum { BUCKET_COUNT = sizeof(bucket_us) / sizeof(bucket_us[0]) };

struct histogram {
	_Atomic uint64_t buckets[BUCKET_COUNT + 1];
	_Atomic uint64_t sum_ns;
};

struct metrics {
	_Atomic uint64_t values[METRIC_COUNT][LABEL_VALUES_MAX];
	struct histogram histograms[METRIC_COUNT];
};

struct metrics *
metrics_new(void)
{
	return calloc(1, sizeof(struct metrics));
}

void
metrics_free(struct metrics *metrics)
{
	free(metrics);
}

static size_t
label_index(enum metric metric, const char *value)
{
	const struct label *label = rows[metric].label;
	size_t i = 0;

	if (value == NULL)
		return 0;
	while (label->values[i + 1] != NULL &&
	       strcmp(label->values[i], value) != 0)
		i++;
	return i;
}

void
metrics_add(struct metrics *metrics, enum metric metric, const char *label,
    uint64_t count)
{
	if (metrics != NULL)
		atomic_fetch_add_explicit(
		    &metrics->values[metric][label_index(metric, label)], count,
		    memory_order_relaxed);
}

void
metrics_set(struct metrics *metrics, enum metric metric, const char *label,
    uint64_t value)
{
	if (metrics != NULL)
		atomic_store_explicit(
		    &metrics->values[metric][label_index(metric, label)], value,
		    memory_order_relaxed);
}

uint64_t
metrics_get(
    const struct metrics *metrics, enum metric metric, const char *label)
{
	return atomic_load_explicit(
	    &metrics->values[metric][label_index(metric, label)],
	    memory_order_relaxed);
}

void
metrics_observe(
    struct metrics *metrics, enum metric metric, uint64_t duration_ns)
{
	size_t i = 0;

	if (metrics == NULL)
		return;
	while (i < BUCKET_COUNT && duration_ns > bucket_us[i] * 1000)
		i++;
	atomic_fetch_add_explicit(
	    &metrics->histograms[metric].buckets[i], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&metrics->histograms[metric].sum_ns,
	    duration_ns, memory_order_relaxed);
}

static enum result
print_values(const struct metrics *metrics, enum metric metric, struct buf *out)
{
	const struct row *row = &rows[metric];
	const char *suffix = row->kind == COUNTER ? "_total" : "";
	enum result result = OK;

	for (size_t i = 0; result == OK && row->label->values[i] != NULL; i++) {
		uint64_t value = atomic_load_explicit(
		    &metrics->values[metric][i], memory_order_relaxed);

		if (row->label->key == NULL)
			result = buf_printf(out, "hoidap_%s%s %" PRIu64 "\n",
			    row->name, suffix, value);
		else
			result = buf_printf(out,
			    "hoidap_%s%s{%s=\"%s\"} %" PRIu64 "\n", row->name,
			    suffix, row->label->key, row->label->values[i],
			    value);
	}
	return result;
}

static enum result
print_histogram(
    const struct metrics *metrics, enum metric metric, struct buf *out)
{
	const struct histogram *histogram = &metrics->histograms[metric];
	const char *name = rows[metric].name;
	enum result result = OK;
	uint64_t below = 0;

	for (size_t i = 0; result == OK && i < BUCKET_COUNT; i++) {
		below += atomic_load_explicit(
		    &histogram->buckets[i], memory_order_relaxed);
		result =
		    buf_printf(out, "hoidap_%s_bucket{le=\"%g\"} %" PRIu64 "\n",
			name, (double)bucket_us[i] / 1e6, below);
	}
	if (result != OK)
		return result;
	below += atomic_load_explicit(
	    &histogram->buckets[BUCKET_COUNT], memory_order_relaxed);
	return buf_printf(out,
	    "hoidap_%s_bucket{le=\"+Inf\"} %" PRIu64 "\nhoidap_%s_sum %.9f\n"
	    "hoidap_%s_count %" PRIu64 "\n",
	    name, below, name,
	    (double)atomic_load_explicit(
		&histogram->sum_ns, memory_order_relaxed) /
		1e9,
	    name, below);
}

enum result
metrics_print(const struct metrics *metrics, struct buf *out)
{
	static const char *const kinds[] = { "counter", "gauge", "histogram" };
	enum result result = OK;

	for (int i = 0; result == OK && i < METRIC_COUNT; i++) {
		const struct row *row = &rows[i];
		const char *suffix = row->kind == COUNTER ? "_total" : "";

		result = buf_printf(out,
		    "# HELP hoidap_%s%s %s\n# TYPE hoidap_%s%s %s\n", row->name,
		    suffix, row->help, row->name, suffix, kinds[row->kind]);
		if (result != OK)
			break;
		if (row->kind == HISTOGRAM)
			result = print_histogram(metrics, (enum metric)i, out);
		else
			result = print_values(metrics, (enum metric)i, out);
	}
	return result;
}
