/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "src/match/calibration.h"

#include <math.h>

static void
confidence_means_the_share_that_is_right(void **state)
{
	enum { COUNT = 1000 };
	static struct trial trials[COUNT];
	struct calibration calibration;

	(void)state;
	/* One fact decides: at 1, nine in ten are right; at 0, one in ten. */
	for (size_t i = 0; i < COUNT; i++) {
		bool high = i % 2 == 0;

		trials[i].fact[FACT_SCORE] = high ? 1 : 0;
		trials[i].weight = 1;
		trials[i].right = high ? i % 20 != 0 : i % 20 == 1;
	}
	calibration_fit(trials, COUNT, &calibration);
	assert_true(fabs(calibration_confidence(&calibration, trials[0].fact) -
			 0.9) < 0.01);
	assert_true(fabs(calibration_confidence(&calibration, trials[1].fact) -
			 0.1) < 0.01);
}

static void
without_trials_nothing_is_certain(void **state)
{
	const double fact[FACT_COUNT] = { [FACT_SCORE] = 100 };
	struct calibration calibration;

	(void)state;
	calibration_fit(NULL, 0, &calibration);
	assert_true(calibration_confidence(&calibration, fact) == 0);
}

static void
trials_that_are_all_right_stay_finite(void **state)
{
	static struct trial trials[10];
	struct calibration calibration;
	double confidence;

	(void)state;
	for (size_t i = 0; i < 10; i++)
		trials[i] = (struct trial){ .weight = 1, .right = true };
	calibration_fit(trials, 10, &calibration);
	confidence = calibration_confidence(&calibration, trials[0].fact);
	assert_true(confidence > 0.5 && confidence <= 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(confidence_means_the_share_that_is_right),
		cmocka_unit_test(without_trials_nothing_is_certain),
		cmocka_unit_test(trials_that_are_all_right_stay_finite),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
