/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/http/chat_limits.h"

#include "secret.h"
#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

#include <stdio.h>
#include <string.h>

enum { PER_MINUTE = 6, COST_MS = 60000 / PER_MINUTE, START_MS = 1000000 };

static struct chat_limits *
limits_of(uint64_t per_minute)
{
	struct chat_limits *limits;

	assert_int_equal(secret_init(), OK);
	assert_int_equal(chat_limits_new(per_minute, &limits), OK);
	return limits;
}

static void
use_up(struct chat_limits *limits, struct text_view who, uint64_t now_ms)
{
	for (size_t i = 0; i < PER_MINUTE; i++)
		assert_int_equal(chat_limits_take(limits, who, now_ms), 0);
}

static void
a_minutes_messages_may_come_at_once_and_then_one_at_a_time(void **state)
{
	struct chat_limits *limits = limits_of(PER_MINUTE);
	const struct text_view who = TEXT("a");

	(void)state;
	use_up(limits, who, START_MS);
	assert_int_equal(chat_limits_take(limits, who, START_MS), COST_MS);
	assert_int_equal(
	    chat_limits_take(limits, who, START_MS + COST_MS - 1), 1);
	assert_int_equal(chat_limits_take(limits, who, START_MS + COST_MS), 0);
	assert_int_equal(
	    chat_limits_take(limits, who, START_MS + COST_MS), COST_MS);
	/* After a minute's rest all of them again. */
	use_up(limits, who, START_MS + COST_MS + 60000);
	chat_limits_free(limits);
}

static void
each_name_has_its_own(void **state)
{
	struct chat_limits *limits = limits_of(PER_MINUTE);

	(void)state;
	use_up(limits, TEXT("a"), START_MS);
	use_up(limits, TEXT("b"), START_MS);
	assert_true(chat_limits_take(limits, TEXT("a"), START_MS) > 0);
	chat_limits_free(limits);
}

static void
zero_is_no_limit(void **state)
{
	struct chat_limits *limits = limits_of(0);

	(void)state;
	for (size_t i = 0; i < 10000; i++)
		assert_int_equal(
		    chat_limits_take(limits, TEXT("a"), START_MS), 0);
	chat_limits_free(limits);
}

/* A name that has rested gives way first. */
static void
many_names_do_not_push_out_one_that_is_being_limited(void **state)
{
	struct chat_limits *limits = limits_of(PER_MINUTE);
	char name[32];

	(void)state;
	use_up(limits, TEXT("busy"), START_MS);
	for (int i = 0; i < 20000; i++) {
		int length = snprintf(name, sizeof(name), "name %d", i);

		(void)chat_limits_take(limits,
		    (struct text_view){ name, (size_t)length }, START_MS);
	}
	assert_true(chat_limits_take(limits, TEXT("busy"), START_MS) > 0);
	chat_limits_free(limits);
}

static void
without_memory_there_are_none(void **state)
{
	struct chat_limits *limits = NULL;

	(void)state;
	alloc_fault_arm(0);
	assert_int_equal(chat_limits_new(1, &limits), ERR_NOMEM);
	alloc_fault_disarm();
	assert_null(limits);
	chat_limits_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_minutes_messages_may_come_at_once_and_then_one_at_a_time),
		cmocka_unit_test(each_name_has_its_own),
		cmocka_unit_test(zero_is_no_limit),
		cmocka_unit_test(
		    many_names_do_not_push_out_one_that_is_being_limited),
		cmocka_unit_test(without_memory_there_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
