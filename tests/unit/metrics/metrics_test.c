/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "metrics.h"

#include <string.h>

#include "tests/support/cmocka_all.h"

static char *
printed(const struct metrics *metrics, struct buf *out)
{
	buf_init(out, 1 << 20);
	assert_int_equal(metrics_print(metrics, out), OK);
	return out->at;
}

static void
a_counter_counts_by_label_and_the_rest_is_other(void **state)
{
	struct metrics *metrics = metrics_new();
	struct buf out;
	char *text;

	(void)state;
	metrics_add(metrics, METRIC_webhooks, "zalo", 2);
	metrics_add(metrics, METRIC_webhooks, "zalo", 1);
	metrics_add(metrics, METRIC_webhooks, "telegram", 5);
	assert_int_equal(metrics_get(metrics, METRIC_webhooks, "zalo"), 3);
	text = printed(metrics, &out);
	assert_non_null(
	    strstr(text, "hoidap_webhooks_total{channel=\"zalo\"} 3\n"));
	assert_non_null(
	    strstr(text, "hoidap_webhooks_total{channel=\"other\"} 5\n"));
	assert_non_null(
	    strstr(text, "hoidap_webhooks_total{channel=\"messenger\"} 0\n"));
	buf_fini(&out);
	metrics_free(metrics);
}

static void
a_histogram_is_cumulative(void **state)
{
	struct metrics *metrics = metrics_new();
	struct buf out;
	char *text;

	(void)state;
	metrics_observe(metrics, METRIC_webhook_seconds, 50000);
	metrics_observe(metrics, METRIC_webhook_seconds, 3000000);
	metrics_observe(metrics, METRIC_webhook_seconds, 9000000000u);
	text = printed(metrics, &out);
	assert_non_null(
	    strstr(text, "hoidap_webhook_seconds_bucket{le=\"0.0001\"} 1\n"));
	assert_non_null(
	    strstr(text, "hoidap_webhook_seconds_bucket{le=\"0.005\"} 2\n"));
	assert_non_null(
	    strstr(text, "hoidap_webhook_seconds_bucket{le=\"+Inf\"} 3\n"));
	assert_non_null(strstr(text, "hoidap_webhook_seconds_count 3\n"));
	assert_non_null(
	    strstr(text, "hoidap_webhook_seconds_sum 9.003050000\n"));
	buf_fini(&out);
	metrics_free(metrics);
}

static void
every_metric_has_help_and_type(void **state)
{
	struct metrics *metrics = metrics_new();
	struct buf out;
	char *at = printed(metrics, &out);
	int helps = 0;
	int types = 0;

	(void)state;
	for (char *line = at; line != NULL; line = strchr(line, '\n')) {
		line += *line == '\n';
		helps += strncmp(line, "# HELP ", 7) == 0;
		types += strncmp(line, "# TYPE ", 7) == 0;
		if (*line == '\0')
			break;
	}
	assert_int_equal(helps, METRIC_COUNT);
	assert_int_equal(types, METRIC_COUNT);
	buf_fini(&out);
	metrics_free(metrics);
}

static void
counting_without_metrics_is_harmless(void **state)
{
	(void)state;
	metrics_add(NULL, METRIC_webhooks, "zalo", 1);
	metrics_set(NULL, METRIC_questions, NULL, 1);
	metrics_observe(NULL, METRIC_webhook_seconds, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_counter_counts_by_label_and_the_rest_is_other),
		cmocka_unit_test(a_histogram_is_cumulative),
		cmocka_unit_test(every_metric_has_help_and_type),
		cmocka_unit_test(counting_without_metrics_is_harmless),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
