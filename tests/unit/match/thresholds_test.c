/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "src/match/thresholds.h"

static void
answers_stop_where_too_many_are_wrong(void **state)
{
	struct outcome outcomes[200];
	struct match_thresholds chosen;

	(void)state;
	/* Confidence falls from 1.00; from the 101st on all are wrong, but
	 * every second of them has the right entry on offer. */
	for (size_t i = 0; i < 200; i++)
		outcomes[i] = (struct outcome){
			.confidence = 1 - (double)i / 200,
			.weight = 1,
			.in_scope = true,
			.right = i < 100,
			.offered = i < 100 || i % 2 == 0,
		};
	thresholds_choose(outcomes, 200, &chosen);
	/* 3 wrong of 103 are within 3 %; 4 of 104 are not. */
	assert_true(chosen.answer > 1 - 103.0 / 200);
	assert_true(chosen.answer < 1 - 101.0 / 200);
	assert_true(chosen.expected_wrong <= 0.03);
	assert_true(chosen.expected_wrong > 0.02);
	assert_true(chosen.clarify < 0.02);
}

static void
good_offers_do_not_pay_for_useless_ones(void **state)
{
	struct outcome outcomes[400];
	struct match_thresholds chosen;

	(void)state;
	/* 100 answers, 100 offers that all help, 200 of which none does: half
	 * of the band above the middle of the latter would help. */
	for (size_t i = 0; i < 400; i++)
		outcomes[i] = (struct outcome){
			.confidence = 1 - (double)i / 400,
			.weight = 1,
			.right = i < 100,
			.offered = i < 200,
		};
	thresholds_choose(outcomes, 400, &chosen);
	assert_true(chosen.clarify > 1 - 210.0 / 400);
	assert_true(chosen.clarify < 1 - 195.0 / 400);
}

static void
weights_count(void **state)
{
	struct outcome outcomes[] = {
		{ .confidence = 0.9, .weight = 1, .right = true },
		{ .confidence = 0.8, .weight = 0.01, .right = false },
		{ .confidence = 0.7, .weight = 1, .right = false },
	};
	struct match_thresholds chosen;

	(void)state;
	thresholds_choose(outcomes, 3, &chosen);
	assert_true(chosen.answer == 0.8);
}

static void
with_nothing_to_go_by_nothing_is_answered(void **state)
{
	struct match_thresholds chosen;

	(void)state;
	thresholds_choose(NULL, 0, &chosen);
	assert_true(chosen.answer >= 1);
	assert_true(chosen.clarify >= 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_stop_where_too_many_are_wrong),
		cmocka_unit_test(good_offers_do_not_pay_for_useless_ones),
		cmocka_unit_test(weights_count),
		cmocka_unit_test(with_nothing_to_go_by_nothing_is_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
