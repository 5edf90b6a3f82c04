/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text.h"

#include <stdlib.h>

#include "tests/support/cmocka_all.h"

static void
a_view_of_null_is_empty(void **state)
{
	(void)state;
	assert_int_equal(text_of(NULL).len, 0);
	assert_true(text_equal(text_of(NULL), TEXT("")));
}

static void
a_slice_never_leaves_its_text(void **state)
{
	struct text_view text = TEXT("abc");

	(void)state;
	assert_true(text_is(text_slice(text, 1, 2), "b"));
	assert_true(text_is(text_slice(text, 1, 99), "bc"));
	assert_true(text_is(text_slice(text, 5, 9), ""));
	assert_true(text_is(text_slice(text, 2, 1), ""));
}

static void
trimming_takes_white_space_off_both_ends(void **state)
{
	(void)state;
	assert_true(text_is(text_trim(TEXT(" \t a b\r\n")), "a b"));
	assert_true(text_is(text_trim(TEXT(" \n ")), ""));
}

static void
splitting_gives_every_piece_also_empty_ones(void **state)
{
	struct text_view rest = TEXT("a,,b,");
	const char *const want[] = { "a", "", "b", "" };
	struct text_view piece;

	(void)state;
	for (int i = 0; i < 4; i++) {
		assert_true(text_split(&rest, ',', &piece));
		assert_true(text_is(piece, want[i]));
	}
	assert_false(text_split(&rest, ',', &piece));
}

static void
order_is_by_bytes_then_by_length(void **state)
{
	(void)state;
	assert_true(text_compare(TEXT("a"), TEXT("b")) < 0);
	assert_true(text_compare(TEXT("ab"), TEXT("a")) > 0);
	assert_int_equal(text_compare(TEXT(""), text_of(NULL)), 0);
}

static void
finding_tells_the_first_place(void **state)
{
	(void)state;
	assert_int_equal(text_find(TEXT("xabab"), TEXT("ab")), 1);
	assert_int_equal(text_find(TEXT("ab"), TEXT("abc")), SIZE_MAX);
	assert_int_equal(text_find(TEXT("ab"), TEXT("")), 0);
}

static void
a_copy_is_refused_rather_than_cut(void **state)
{
	char out[4] = "old";

	(void)state;
	assert_int_equal(
	    text_copy(out, sizeof(out), TEXT("abcd")), ERR_TOO_LARGE);
	assert_string_equal(out, "old");
	assert_int_equal(text_copy(out, sizeof(out), TEXT("abc")), OK);
	assert_string_equal(out, "abc");
}

static void
numbers_are_whole_decimal_and_in_range(void **state)
{
	static const struct {
		const char *text;
		enum result want;
		uint64_t number;
	} cases[] = {
		{ "0", OK, 0 },
		{ "42", OK, 42 },
		{ "100", OK, 100 },
		{ "101", ERR_INVALID, 0 },
		{ "", ERR_INVALID, 0 },
		{ "-1", ERR_INVALID, 0 },
		{ "1 ", ERR_INVALID, 0 },
		{ "0x1", ERR_INVALID, 0 },
		{ "99999999999999999999", ERR_INVALID, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t number = 0;

		assert_int_equal(
		    text_number(text_of(cases[i].text), 0, 100, &number),
		    cases[i].want);
		assert_int_equal(number, cases[i].number);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_view_of_null_is_empty),
		cmocka_unit_test(a_slice_never_leaves_its_text),
		cmocka_unit_test(trimming_takes_white_space_off_both_ends),
		cmocka_unit_test(splitting_gives_every_piece_also_empty_ones),
		cmocka_unit_test(order_is_by_bytes_then_by_length),
		cmocka_unit_test(finding_tells_the_first_place),
		cmocka_unit_test(a_copy_is_refused_rather_than_cut),
		cmocka_unit_test(numbers_are_whole_decimal_and_in_range),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
