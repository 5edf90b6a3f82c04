/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

static void
a_buffer_grows_up_to_its_ceiling(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 100);
	for (int i = 0; i < 10; i++)
		assert_int_equal(buf_add(&buf, TEXT("0123456789")), OK);
	assert_int_equal(buf_add_char(&buf, 'x'), ERR_TOO_LARGE);
	assert_int_equal(buf.len, 100);
	buf_fini(&buf);
}

static void
a_refused_append_changes_nothing(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 5);
	assert_int_equal(buf_printf(&buf, "%d", 123), OK);
	assert_int_equal(buf_printf(&buf, "%s", "abc"), ERR_TOO_LARGE);
	assert_true(text_is(buf_view(&buf), "123"));
	buf_fini(&buf);
}

static void
a_taken_string_is_the_callers(void **state)
{
	struct buf buf;
	char *taken;

	(void)state;
	buf_init(&buf, 100);
	assert_int_equal(buf_add(&buf, TEXT("hòa")), OK);
	taken = buf_take(&buf);
	assert_string_equal(taken, "hòa");
	assert_int_equal(buf.len, 0);
	free(taken);
	taken = buf_take(&buf);
	assert_string_equal(taken, "");
	free(taken);
	buf_fini(&buf);
}

static void
an_arena_gives_zeroed_separate_pieces(void **state)
{
	struct arena arena;
	char *pieces[200];

	(void)state;
	arena_init(&arena, 1 << 20);
	for (int i = 0; i < 200; i++) {
		pieces[i] = arena_alloc(&arena, 1, 100);
		for (int j = 0; j < 100; j++)
			assert_int_equal(pieces[i][j], 0);
		memset(pieces[i], i, 100);
	}
	for (int i = 0; i < 200; i++)
		assert_int_equal(pieces[i][99], (char)i);
	arena_fini(&arena);
}

static void
an_arena_keeps_its_ceiling(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, 64);
	assert_null(arena_alloc(&arena, 1, 65));
	assert_null(arena_alloc(&arena, SIZE_MAX, 2));
	assert_null(arena_alloc(&arena, SIZE_MAX, 1));
	assert_non_null(arena_alloc(&arena, 1, 64));
	assert_null(arena_alloc(&arena, 1, 1));
	arena_reset(&arena);
	assert_non_null(arena_alloc(&arena, 1, 64));
	arena_fini(&arena);
}

static void
out_of_memory_is_told(void **state)
{
	struct arena arena;
	struct buf buf;
	struct text_view copy;

	(void)state;
	arena_init(&arena, 1000);
	buf_init(&buf, 1000);
	alloc_fault_arm(0);
	assert_int_equal(arena_text(&arena, TEXT("x"), &copy), ERR_NOMEM);
	alloc_fault_arm(0);
	assert_int_equal(buf_add(&buf, TEXT("x")), ERR_NOMEM);
	alloc_fault_arm(0);
	assert_null(buf_take(&buf));
	alloc_fault_arm(0);
	assert_null(text_dup(TEXT("x")));
	alloc_fault_disarm();
	arena_fini(&arena);
	buf_fini(&buf);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_buffer_grows_up_to_its_ceiling),
		cmocka_unit_test(a_refused_append_changes_nothing),
		cmocka_unit_test(a_taken_string_is_the_callers),
		cmocka_unit_test(an_arena_gives_zeroed_separate_pieces),
		cmocka_unit_test(an_arena_keeps_its_ceiling),
		cmocka_unit_test(out_of_memory_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
