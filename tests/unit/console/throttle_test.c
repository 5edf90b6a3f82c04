/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/console/throttle.h"

#include <stdio.h>

#include "tests/support/cmocka_all.h"

enum { WINDOW_S = 15 * 60 };

static int
setup(void **state)
{
	*state = throttle_new();
	return *state == NULL;
}

static int
teardown(void **state)
{
	throttle_free(*state);
	return 0;
}

static unsigned
try(struct throttle *throttle, const char *login, const char *address,
    uint64_t now_ms)
{
	const struct throttle_try tried = { text_of(login), text_of(address),
		now_ms };

	return throttle_count(throttle, &tried);
}

static void
five_wrong_passwords_close_a_login_for_an_address(void **state)
{
	for (uint64_t i = 0; i < 5; i++)
		assert_int_equal(try(*state, "an", "10.0.0.1", 1000), 0);
	assert_int_equal(try(*state, "an", "10.0.0.1", 1000), WINDOW_S);
	assert_int_equal(try(*state, "an", "10.0.0.1", 301000), WINDOW_S - 300);
	assert_int_equal(try(*state, "binh", "10.0.0.1", 1000), 0);
	assert_int_equal(try(*state, "an", "10.0.0.2", 1000), 0);
	/* Tries while it is closed do not keep it closed. */
	assert_int_equal(try(*state, "an", "10.0.0.1", 901000), 0);
}

static void
many_logins_close_an_address(void **state)
{
	char login[16];

	for (unsigned i = 0; i < 30; i++) {
		(void)snprintf(login, sizeof(login), "user%u", i);
		assert_int_equal(try(*state, login, "10.0.0.1", 1), 0);
	}
	assert_true(try(*state, "an", "10.0.0.1", 1) > 0);
	assert_int_equal(try(*state, "an", "10.0.0.2", 1), 0);
}

static void
many_addresses_close_a_login(void **state)
{
	char address[16];

	for (unsigned i = 0; i < 60; i++) {
		(void)snprintf(address, sizeof(address), "10.0.0.%u", i);
		assert_int_equal(try(*state, "an", address, 1), 0);
	}
	assert_true(try(*state, "an", "10.0.1.1", 1) > 0);
	assert_int_equal(try(*state, "binh", "10.0.1.1", 1), 0);
}

static void
the_right_password_forgives(void **state)
{
	const struct throttle_try tried = { TEXT("an"), TEXT("10.0.0.1"), 1 };

	for (unsigned i = 0; i < 100; i++) {
		assert_int_equal(throttle_count(*state, &tried), 0);
		throttle_forgive(*state, &tried);
	}
}

/* A flood of addresses takes slots from each other, and never fails. */
static void
a_flood_stays_within_its_memory(void **state)
{
	char address[24];

	for (unsigned i = 0; i < 50000; i++) {
		(void)snprintf(address, sizeof(address), "a%u", i);
		(void)try(*state, address, address, i);
	}
	assert_int_equal(try(*state, "an", "10.0.0.1", 50000), 0);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(five_wrong_passwords_close_a_login_for_an_address),
		TEST(many_logins_close_an_address),
		TEST(many_addresses_close_a_login),
		TEST(the_right_password_forgives),
		TEST(a_flood_stays_within_its_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
