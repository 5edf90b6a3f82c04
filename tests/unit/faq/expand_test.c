/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

#include "src/faq/expand.h"

static void
a_variable_becomes_its_value_or_what_is_said_instead(void **state)
{
	static const struct {
		const char *text;
		const char *today;
		const char *want;
	} cases[] = {
		{ "Đáp.", "2026-11-24", "Đáp." },
		{ "Gọi {{hotline}}.", "2026-11-24", "Gọi 1022." },
		{ "Gọi {{hotline}}.", "2027-02-22", "Gọi 1022." },
		{ "Gọi {{hotline}}.", "2027-02-23", "Gọi tổng đài." },
		{ "Gọi {{hotline|bưu điện}}.", "2026-11-24", "Gọi 1022." },
		{ "Gọi {{hotline|bưu điện}}.", "2027-02-23", "Gọi bưu điện." },
		{ "Đến {{office}}.", "2026-11-24", "Đến công an phường." },
		{ "Đến {{office|trụ sở}}.", "2026-11-24", "Đến trụ sở." },
		{ "Đến {{office|a|b}}.", "2026-11-24", "Đến a|b." },
		{ "{{portal_url}}{{hotline}}", "9999-12-31",
		    "https://cong.vntổng đài" },
		{ "{ một } {{hotline}} { hai }", "2026-11-24",
		    "{ một } 1022 { hai }" },
		{ "", "2026-11-24", "" },
	};
	struct faq *faq = fixture_base(TOPIC(""));

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct text_view text = text_of(cases[i].text);
		struct complaint why;
		struct buf out;

		buf_init(&out, 1000);
		assert_int_equal(expand_check(faq, text, &why), OK);
		assert_int_equal(
		    expand_text(faq, text, cases[i].today, &out), OK);
		assert_text(buf_view(&out), cases[i].want);
		buf_fini(&out);
	}
	faq_free(faq);
}

static void
broken_braces_and_unknown_names_are_faults(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{ "a {{hotline", "\"{{\" has no \"}}\" behind it: add it" },
		{ "a {{hotline}", "\"{{\" has no \"}}\" behind it: add it" },
		{ "{{", "\"{{\" has no \"}}\" behind it: add it" },
		{ "a }} b", "\"}}\" has no \"{{\" before it: add it" },
		{ "{{hotline}}}} b", "\"}}\" has no \"{{\" before it: add it" },
		{ "{{{hotline}}}",
		    "there is a brace inside {{ }}: take it out" },
		{ "{{hotline|{{office}}}}",
		    "there is a brace inside {{ }}: take it out" },
		{ "{{}}", "{{ }} names no variable: write {{name}}" },
		{ "{{|x}}", "{{ }} names no variable: write {{name}}" },
		{ "{{hotline|}}",
		    "there is nothing behind the \"|\" in {{ }}: write what to "
		    "say instead of the variable" },
		{ "{{hotline| }}",
		    "there is nothing behind the \"|\" in {{ }}: write what to "
		    "say instead of the variable" },
		{ "{{hotlien}}", "locality.json has no variable \"hotlien\"; "
				 "did you mean \"hotline\"?" },
		{ "{{ hotline }}", "locality.json has no variable \" hotline "
				   "\"; did you mean \"hotline\"?" },
		{ "{{toa_an|tòa án}}",
		    "locality.json has no variable \"toa_an\": add it there" },
	};
	struct faq *faq = fixture_base(TOPIC(""));

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct text_view text = text_of(cases[i].text);
		struct complaint why = { .line = 0 };
		struct buf out;

		buf_init(&out, 1000);
		assert_int_equal(expand_check(faq, text, &why), ERR_INVALID);
		assert_string_equal(why.text, cases[i].want);
		assert_int_equal(
		    expand_text(faq, text, "2026-11-24", &out), ERR_INVALID);
		buf_fini(&out);
	}
	faq_free(faq);
}

static void
a_text_that_variables_could_blow_up_is_refused(void **state)
{
	struct faq *faq = fixture_base(TOPIC(""));
	struct complaint why = { .line = 0 };
	struct buf text;

	(void)state;
	buf_init(&text, 1 << 16);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(buf_add(&text, TEXT("{{office}}")), OK);
	assert_int_equal(expand_check(faq, buf_view(&text), &why), ERR_INVALID);
	assert_string_equal(why.text,
	    "with its variables filled in it may have 18000 bytes, the limit "
	    "is 15360: shorten it");
	buf_fini(&text);
	faq_free(faq);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_variable_becomes_its_value_or_what_is_said_instead),
		cmocka_unit_test(broken_braces_and_unknown_names_are_faults),
		cmocka_unit_test(
		    a_text_that_variables_could_blow_up_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
