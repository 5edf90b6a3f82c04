/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "outbox.h"

#include "tests/support/cmocka_all.h"

static const struct retry_policy policy = {
	.attempts_max = 5, .backoff_ms = 1000, .backoff_max_ms = 6000
};

static void
waits_double_up_to_the_longest_one(void **state)
{
	static const struct {
		unsigned attempts;
		unsigned after_ms;
		uint32_t dice;
		unsigned wait_ms;
	} cases[] = {
		{ 1, 0, 0, 500 },
		{ 1, 0, 500, 1000 },
		{ 1, 0, 501, 500 }, /* the dice wrap around */
		{ 2, 0, 0, 1000 },
		{ 2, 0, 1000, 2000 },
		{ 3, 0, 0, 2000 },
		{ 4, 0, 0, 3000 }, /* 8000 would be too long */
		{ 4, 0, 3000, 6000 },
		{ 1, 700, 0, 700 }, /* the platform asked for more */
		{ 1, 700, 500, 1000 },
		{ 4, 90000, 0, 90000 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t at_ms = 0;

		assert_true(retry_next(&policy, cases[i].attempts, 100000,
		    cases[i].after_ms, cases[i].dice, &at_ms));
		assert_int_equal(at_ms, 100000 + cases[i].wait_ms);
	}
}

static void
the_last_try_has_no_next(void **state)
{
	uint64_t at_ms = 77;

	(void)state;
	assert_true(retry_next(&policy, 4, 0, 0, 0, &at_ms));
	at_ms = 77;
	assert_false(retry_next(&policy, 5, 0, 0, 0, &at_ms));
	assert_false(retry_next(&policy, 6, 0, 0, 0, &at_ms));
	assert_int_equal(at_ms, 77);
}

static void
a_huge_number_of_tries_does_not_overflow(void **state)
{
	struct retry_policy endless = { UINT32_MAX, 1, UINT64_MAX / 4 };
	uint64_t at_ms = 0;

	(void)state;
	assert_true(retry_next(&endless, 4000000000u, 0, 0, 0, &at_ms));
	assert_int_equal(at_ms, UINT64_MAX / 4 / 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waits_double_up_to_the_longest_one),
		cmocka_unit_test(the_last_try_has_no_next),
		cmocka_unit_test(a_huge_number_of_tries_does_not_overflow),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
