/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

#include "src/faq/numbers.h"
#include "tests/support/alloc_fault.h"

static void
keys_are_numbered_in_the_order_of_first_sight(void **state)
{
	enum { KEYS = 1000 };
	struct numbers numbers = { NULL, NULL, 0, 0 };

	(void)state;
	assert_int_equal(numbers_find(&numbers, 7), NUMBERS_NONE);
	for (uint32_t round = 0; round < 2; round++) {
		for (uint32_t i = 0; i < KEYS; i++) {
			uint32_t number;

			/* Far apart, and many with the same last bits. */
			assert_int_equal(
			    numbers_give(&numbers, (uint64_t)i << 8, &number),
			    OK);
			assert_int_equal(number, i);
		}
	}
	assert_int_equal(numbers.count, KEYS);
	assert_int_equal(numbers_find(&numbers, 5 << 8), 5);
	assert_int_equal(numbers_find(&numbers, 3), NUMBERS_NONE);
	numbers_fini(&numbers);
}

static void
without_memory_a_key_gets_no_number_and_the_others_keep_theirs(void **state)
{
	struct numbers numbers = { NULL, NULL, 0, 0 };
	uint32_t number = 99;

	(void)state;
	for (uint64_t key = 0; key < 32; key++)
		assert_int_equal(numbers_give(&numbers, key, &number), OK);
	for (unsigned nth = 0; nth < 2; nth++) { /* slots, keys */
		alloc_fault_arm(nth);
		assert_int_equal(
		    numbers_give(&numbers, 32, &number), ERR_NOMEM);
		alloc_fault_disarm();
		assert_int_equal(number, 31);
		assert_int_equal(numbers_find(&numbers, 32), NUMBERS_NONE);
		assert_int_equal(numbers_find(&numbers, 17), 17);
	}
	assert_int_equal(numbers_give(&numbers, 32, &number), OK);
	assert_int_equal(number, 32);
	numbers_fini(&numbers);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_numbered_in_the_order_of_first_sight),
		cmocka_unit_test(
		    without_memory_a_key_gets_no_number_and_the_others_keep_theirs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
