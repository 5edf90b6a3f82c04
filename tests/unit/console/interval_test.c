/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/console/interval.h"

#include <math.h>

#include "tests/support/cmocka_all.h"

/* Against values worked out by hand from Wilson's formula. */
static void
the_interval_is_wilsons(void **state)
{
	static const struct {
		uint64_t part;
		uint64_t whole;
		double low;
		double high;
	} cases[] = {
		{ 0, 0, 0, 1 },
		{ 0, 10, 0, 0.2775 },
		{ 10, 10, 0.7225, 1 },
		{ 5, 10, 0.2366, 0.7634 },
		{ 1, 100, 0.0018, 0.0545 },
		{ 90, 100, 0.8256, 0.9448 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct interval got =
		    interval_wilson(cases[i].part, cases[i].whole);

		assert_true(fabs(got.low - cases[i].low) < 0.00006);
		assert_true(fabs(got.high - cases[i].high) < 0.00006);
	}
}

static void
the_share_lies_in_its_interval(void **state)
{
	(void)state;
	for (uint64_t whole = 1; whole < 60; whole++)
		for (uint64_t part = 0; part <= whole; part++) {
			struct interval got = interval_wilson(part, whole);
			double share = (double)part / (double)whole;

			assert_true(got.low >= 0 && got.low <= share);
			assert_true(got.high <= 1 && got.high >= share);
		}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_interval_is_wilsons),
		cmocka_unit_test(the_share_lies_in_its_interval),
	};

	return cmocka_run_group_tests_name("interval", tests, NULL, NULL);
}
