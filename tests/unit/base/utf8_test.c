/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "utf8.h"

#include "tests/support/cmocka_all.h"

static void
only_well_formed_utf8_is_valid(void **state)
{
	const struct {
		struct text_view text;
		bool want;
	} cases[] = {
		{ TEXT(""), true },
		{ TEXT("Đăng ký"), true },
		{ TEXT("😀"), true },
		{ TEXT("a\0b"), true },
		{ TEXT("\xc3"), false },	     /* cut short */
		{ TEXT("\xc0\xaf"), false },	     /* overlong */
		{ TEXT("\xed\xa0\x80"), false },     /* surrogate */
		{ TEXT("\xf4\x90\x80\x80"), false }, /* past U+10FFFF */
		{ TEXT("\x80"), false },	     /* no lead byte */
		{ TEXT("\xf0\x9f\x98"), false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(utf8_valid(cases[i].text), cases[i].want);
}

static void
reading_broken_bytes_never_leaves_the_text(void **state)
{
	struct text_view text = TEXT("\xf0\x9f");
	size_t pos = 0;

	(void)state;
	assert_int_equal(utf8_next(text, &pos), 0xFFFD);
	assert_int_equal(utf8_next(text, &pos), 0xFFFD);
	assert_int_equal(pos, 2);
}

static void
lengths_count_code_points_and_utf16_units(void **state)
{
	struct text_view text = TEXT("ký 😀");

	(void)state;
	assert_int_equal(utf8_length(text), 4);
	assert_int_equal(utf16_length(text), 5);
}

static void
a_cut_keeps_characters_whole(void **state)
{
	const struct {
		struct text_view text;
		size_t max;
		const char *want;
	} cases[] = {
		{ TEXT("abc"), 5, "abc" },
		{ TEXT("abc"), 2, "ab" },
		{ TEXT("ký số"), 2, "ký" },
		/* k + y with a combining acute: one character, not two. */
		{ TEXT("ky\xcc\x81 so"), 2, "k" },
		/* A surrogate pair is not split. */
		{ TEXT("a😀b"), 2, "a" },
		{ TEXT("a😀b"), 3, "a😀" },
		/* Family: four emoji joined by ZWJ stay together. */
		{ TEXT("a👨‍👩‍👧‍👦b"), 8, "a" },
		{ TEXT("a"), 0, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct text_view got = utf8_cut(cases[i].text, cases[i].max);

		assert_int_equal(got.len, text_of(cases[i].want).len);
		assert_true(text_is(got, cases[i].want));
	}
}

static void
what_is_put_is_read_back(void **state)
{
	static const uint32_t code_points[] = { 'a', 0x1EA1, 0x0111, 0x1F600 };

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		char bytes[4];
		size_t pos = 0;
		struct text_view text = { bytes,
			utf8_put(code_points[i], bytes) };

		assert_int_equal(utf8_next(text, &pos), code_points[i]);
		assert_int_equal(pos, text.len);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_well_formed_utf8_is_valid),
		cmocka_unit_test(reading_broken_bytes_never_leaves_the_text),
		cmocka_unit_test(lengths_count_code_points_and_utf16_units),
		cmocka_unit_test(a_cut_keeps_characters_whole),
		cmocka_unit_test(what_is_put_is_read_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
