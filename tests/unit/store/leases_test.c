/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/store/leases.h"

#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

static int
setup(void **state)
{
	static struct leases leases;

	leases_init(&leases);
	*state = &leases;
	return 0;
}

static int
teardown(void **state)
{
	leases_fini(*state);
	return 0;
}

static void
take(struct leases *leases, uint64_t id, uint64_t until_ms)
{
	assert_int_equal(leases_reserve(leases, 1), OK);
	leases_take(leases, id, until_ms);
}

static bool
has(struct leases *leases, uint64_t id)
{
	uint64_t until_ms;

	return leases_has(leases, id, &until_ms);
}

static void
leases_are_found_in_whatever_order_they_came(void **state)
{
	static const uint64_t ids[] = { 5, 1, 9, 3, 7 };
	struct leases *leases = *state;

	for (size_t i = 0; i < 5; i++)
		take(leases, ids[i], 100 + ids[i]);
	for (uint64_t id = 0; id <= 10; id++) {
		uint64_t until_ms = 0;

		assert_int_equal(
		    leases_has(leases, id, &until_ms), id % 2 == 1);
		assert_int_equal(until_ms, id % 2 == 1 ? 100 + id : 0);
	}
}

static void
a_lease_runs_out_at_its_time(void **state)
{
	struct leases *leases = *state;

	take(leases, 1, 100);
	take(leases, 2, 101);
	leases_sweep(leases, 99);
	assert_true(has(leases, 1));
	leases_sweep(leases, 100);
	assert_false(has(leases, 1));
	assert_true(has(leases, 2));
}

static void
a_held_lease_does_not_run_out(void **state)
{
	struct leases *leases = *state;
	uint64_t until_ms = 7;

	take(leases, 1, 100);
	leases_hold(leases, 1);
	leases_sweep(leases, 1000);
	assert_true(leases_has(leases, 1, &until_ms));
	assert_int_equal(until_ms, 0);
}

static void
an_ended_lease_stays_until_the_next_sweep(void **state)
{
	struct leases *leases = *state;

	take(leases, 1, 100);
	leases_hold(leases, 1);
	leases_end(leases, 1);
	assert_true(has(leases, 1));
	leases_sweep(leases, 0);
	assert_false(has(leases, 1));
}

static void
ids_that_are_not_leased_are_left_alone(void **state)
{
	struct leases *leases = *state;

	take(leases, 1, 100);
	leases_hold(leases, 2);
	leases_end(leases, 3);
	assert_false(has(leases, 2));
	assert_false(has(leases, 3));
	assert_true(has(leases, 1));
}

static void
there_is_a_bound_and_memory_may_end(void **state)
{
	struct leases *leases = *state;

	assert_int_equal(leases_reserve(leases, 65537), ERR_TOO_LARGE);
	assert_int_equal(leases_reserve(leases, SIZE_MAX), ERR_TOO_LARGE);
	alloc_fault_arm(0);
	assert_int_equal(leases_reserve(leases, 8), ERR_NOMEM);
	alloc_fault_disarm();
	assert_int_equal(leases_reserve(leases, 8), OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(leases_are_found_in_whatever_order_they_came),
		TEST(a_lease_runs_out_at_its_time),
		TEST(a_held_lease_does_not_run_out),
		TEST(an_ended_lease_stays_until_the_next_sweep),
		TEST(ids_that_are_not_leased_are_left_alone),
		TEST(there_is_a_bound_and_memory_may_end),
	};

	return cmocka_run_group_tests_name("leases", tests, NULL, NULL);
}
