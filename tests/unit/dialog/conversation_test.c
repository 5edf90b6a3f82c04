/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "dialog.h"

#include <string.h>

#include "tests/support/cmocka_all.h"

static void
what_is_packed_is_read_back(void **state)
{
	const struct conversation written = { .silent_until_ms = UINT64_MAX,
		.thread_lost = 1,
		.misses = 2,
		.said = SAID_CHOICES,
		.told = 1,
		.minute_ms = 7,
		.count = 8,
		.heard = 9,
		.heard_ms = 10,
		.echo = 11,
		.entry = TEXT("phi"),
		.options = TEXT("1\nentry=\n") };
	struct conversation read;
	struct arena arena;
	struct buf packed;
	struct buf again;

	(void)state;
	arena_init(&arena, 1 << 16);
	buf_init(&packed, 1 << 16);
	buf_init(&again, 1 << 16);
	assert_int_equal(conversation_pack(&written, &packed), OK);
	assert_int_equal(
	    conversation_unpack(buf_view(&packed), &arena, &read), OK);
	assert_int_equal(read.silent_until_ms, UINT64_MAX);
	assert_int_equal(read.echo, 11);
	assert_true(text_is(read.entry, "phi"));
	assert_true(text_equal(read.options, written.options));
	assert_int_equal(conversation_pack(&read, &again), OK);
	assert_string_equal(packed.at, again.at);
	buf_fini(&again);
	buf_fini(&packed);
	arena_fini(&arena);
}

static void
nothing_to_remember_is_an_empty_state(void **state)
{
	const struct conversation nothing = { 0 };
	struct buf packed;

	(void)state;
	buf_init(&packed, 1 << 16);
	assert_int_equal(conversation_pack(&nothing, &packed), OK);
	assert_int_equal(packed.len, 0);
	buf_fini(&packed);
}

static void
a_state_that_makes_no_sense_counts_as_new(void **state)
{
	struct conversation read;
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 16);
	assert_int_equal(
	    conversation_unpack(
		TEXT("x\n=\nsilent=abc\nmisses=1\nzzz"), &arena, &read),
	    OK);
	assert_int_equal(read.silent_until_ms, 0);
	assert_int_equal(read.misses, 1);
	arena_fini(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_packed_is_read_back),
		cmocka_unit_test(nothing_to_remember_is_an_empty_state),
		cmocka_unit_test(a_state_that_makes_no_sense_counts_as_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
