/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include <string.h>

#include "buf.h"
#include "src/faq/quote.h"
#include "utf8.h"

static void
what_cannot_be_seen_is_quoted_as_a_question_mark(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{ "", "" },
		{ "Giờ làm việc", "Giờ làm việc" },
		{ "a\nb\x1B[31mc\x7F", "a?b?[31mc?" },
		{ "a\xE2\x80\xAE"
		  "b\xEF\xBB\xBF",
		    "a?b?" },
		{ "a\xC1\xFF", "a??" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
		    quote(text_of(cases[i].text)).text, cases[i].want);
}

static void
a_long_quotation_is_cut_between_characters(void **state)
{
	struct quote quoted;
	struct buf text;

	(void)state;
	buf_init(&text, 1000);
	assert_int_equal(buf_add_char(&text, 'a'), OK);
	for (size_t i = 0; i < 100; i++)
		assert_int_equal(buf_add(&text, TEXT("ờ")), OK);
	quoted = quote(buf_view(&text));
	buf_fini(&text);
	assert_true(utf8_valid(text_of(quoted.text)));
	assert_int_equal(strlen(quoted.text), 1 + 3 * 41 + 3);
	assert_string_equal(quoted.text + strlen(quoted.text) - 6, "ờ...");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    what_cannot_be_seen_is_quoted_as_a_question_mark),
		cmocka_unit_test(a_long_quotation_is_cut_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
