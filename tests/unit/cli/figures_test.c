/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "src/cli/figures.h"

#include <math.h>

static const struct labelled_line asked = {
	.label = { "a", 1 }, .style = { "short", 5 }, .in_scope = true
};
static const struct labelled_line off_topic = { .label = { "none", 4 } };

static double
number(const json_t *report, const char *key)
{
	const json_t *value = json_object_get(report, key);

	assert_non_null(value);
	return json_number_value(value);
}

static void
assert_number(const json_t *report, const char *key, double want)
{
	double got = number(report, key);

	if (fabs(got - want) > 1e-9)
		fail_msg("%s is %f, not %f", key, got, want);
}

static void
a_case_knows_the_rank_of_the_right_entry(void **state)
{
	static const struct faq_entry first = { .id = { "b", 1 } };
	static const struct faq_entry second = { .id = { "a", 1 } };
	struct match_result match = { .decision = MATCH_CLARIFY,
		.candidates = { { &first, 0.6, 1 }, { &second, 0.3, 1 } },
		.candidate_count = 2 };
	struct figures_case one = figures_case_of(&asked, &match);

	(void)state;
	assert_int_equal(one.rank, 2);
	assert_int_equal(one.decision, MATCH_CLARIFY);
	assert_true(one.confidence == 0.6);
	assert_int_equal(figures_case_of(&off_topic, &match).rank, 0);
	match.candidate_count = 0;
	assert_true(figures_case_of(&asked, &match).confidence == 0);
}

static void
every_figure_has_its_own_denominator(void **state)
{
	struct figures_case cases[] = {
		{ &asked, MATCH_ANSWER, 0.95, 1 },	/* right */
		{ &asked, MATCH_ANSWER, 0.85, 2 },	/* wrong */
		{ &asked, MATCH_CLARIFY, 0.55, 3 },	/* offered */
		{ &asked, MATCH_CLARIFY, 0.45, 5 },	/* offered in vain */
		{ &off_topic, MATCH_CLARIFY, 0.35, 0 }, /* no answer */
		{ &off_topic, MATCH_ANSWER, 0.75, 0 },	/* wrong */
		{ &off_topic, MATCH_UNANSWERED, 0.05, 0 },
		{ &off_topic, MATCH_UNANSWERED, 0.05, 0 },
	};
	json_t *report = figures_report(cases, 8);
	const json_t *styles;

	(void)state;
	assert_non_null(report);
	assert_number(report, "questions", 8);
	assert_number(report, "in_scope", 4);
	assert_number(report, "out_of_scope", 4);
	assert_number(report, "in_scope_accuracy", 0.25);
	assert_number(report, "out_of_scope_recall", 0.75);
	assert_number(report, "accuracy", 0.5);
	assert_number(report, "answers_given", 3);
	assert_number(report, "answers_wrong", 2);
	assert_number(report, "answers_wrong_share", 2.0 / 3);
	assert_number(report, "clarified", 3);
	assert_number(report, "clarified_in_scope", 2);
	assert_number(report, "clarified_right", 1);
	assert_number(report, "answered_or_offered", 0.5);
	assert_number(report, "top1", 0.25);
	assert_number(report, "top3", 0.75);
	/* Risk after each case in falling confidence: 0, 1/2, 2/3 ... 7/8. */
	assert_number(report, "risk_coverage_area",
	    (0 + 1 / 2.0 + 2 / 3.0 + 3 / 4.0 + 4 / 5.0 + 5 / 6.0 + 6 / 7.0 +
		7 / 8.0) /
		8);
	/* Bins: 0.95 right; 0.85, 0.75, 0.55, 0.45, 0.35, 2 x 0.05 wrong. */
	assert_number(report, "calibration_error",
	    (0.05 + 0.85 + 0.75 + 0.55 + 0.45 + 0.35 + 0.1) / 8);
	styles = json_object_get(report, "styles");
	assert_int_equal(json_object_size(styles), 1);
	assert_number(json_object_get(styles, "short"), "questions", 4);
	json_decref(report);
}

static void
no_case_divides_by_nothing(void **state)
{
	struct figures_case none[1];
	json_t *report = figures_report(none, 0);

	(void)state;
	assert_non_null(report);
	assert_number(report, "accuracy", 0);
	assert_number(report, "risk_coverage_area", 0);
	assert_number(report, "calibration_error", 0);
	json_decref(report);
}

/* COUNT cases from 1.00 downwards; the first RIGHT are, the rest are off
 * topic. */
static double
tuned(size_t count, size_t right)
{
	struct figures_case cases[1000];

	assert_true(count <= 1000);
	for (size_t i = 0; i < count; i++)
		cases[i] = (struct figures_case){
			.line = i < right ? &asked : &off_topic,
			.confidence = 1 - (double)i / 1000,
			.rank = i < right ? 1 : 0,
		};
	return figures_tune(cases, count);
}

static void
tuning_answers_what_is_right_and_no_more(void **state)
{
	double answer = tuned(1000, 600);

	(void)state;
	assert_true(fabs(answer - 0.4) < 0.01);
	/* All right: the middle of what is about as good as all. */
	assert_true(tuned(1000, 1000) < 0.01);
	assert_true(tuned(0, 0) >= 1);
	/* Nothing to answer: as little as can be. */
	assert_true(tuned(1000, 0) > 0.99);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_case_knows_the_rank_of_the_right_entry),
		cmocka_unit_test(every_figure_has_its_own_denominator),
		cmocka_unit_test(no_case_divides_by_nothing),
		cmocka_unit_test(tuning_answers_what_is_right_and_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
