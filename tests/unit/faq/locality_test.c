/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

#define VARIABLES(text) "{\"locality\": \"X\", \"variables\": {\n" text "\n}}"

static enum result
load_locality(const char *text, struct faq **faq_out, struct complaint *why)
{
	const struct load_file file = { "faq/locality.json", text_of(text) };

	return load_files(&file, 1, faq_out, why);
}

static void
every_variable_is_read(void **state)
{
	static const char text[] = VARIABLES(
	    "\"portal_url\": {\"value\": \"https://cong.vn\"},\n"
	    "\"phone_2\": {\"value\": \"\", \"otherwise\": \"số trên trang\",\n"
	    "  \"source\": {\"title\": \"A\", \"url\": \"https://a.vn\",\n"
	    "  \"dated\": \"2025-01-01\"}, \"review_by\": \"2027-02-22\"},\n"
	    "\"emergency\": {\"value\": \"113\", \"review_by\": null}");
	struct complaint why;
	struct faq *faq;

	(void)state;
	assert_int_equal(load_locality(text, &faq, &why), OK);
	assert_int_equal(faq->variable_count, 3);
	assert_text(faq->variables[0].name, "portal_url");
	assert_text(faq->variables[0].value, "https://cong.vn");
	assert_text(faq->variables[1].name, "phone_2");
	assert_int_equal(faq->variables[1].value.len, 0);
	assert_text(faq->variables[1].otherwise, "số trên trang");
	assert_text(faq->variables[1].review_by, "2027-02-22");
	assert_int_equal(faq->variables[2].review_by.len, 0);
	faq_free(faq);
}

static void
a_bad_locality_is_refused_with_its_line_and_a_remedy(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{ "[]", "faq/locality.json:1: the file must be an object in "
			"{ }" },
		{ "{}", "faq/locality.json:1: \"locality\" is missing: add "
			"it" },
		{ "{\"locality\": \"X\"}",
		    "faq/locality.json:1: \"variables\" is missing: add it" },
		{ "{\"locality\": \"X\", \"variables\": []}",
		    "faq/locality.json:1: \"variables\" must be an object in "
		    "{ }" },
		{ VARIABLES("\"a\": \"1022\""),
		    "faq/locality.json:2: variable \"a\": \"a\" must be an "
		    "object in { }" },
		{ VARIABLES("\"a\": {}"),
		    "faq/locality.json:2: variable \"a\": \"value\" is "
		    "missing: add it" },
		{ VARIABLES("\"a\": {\"value\": 1022}"),
		    "faq/locality.json:2: variable \"a\": \"value\" must be a "
		    "text in quotes" },
		{ VARIABLES("\"a\": {\"value\": \"\"}"),
		    "faq/locality.json:2: variable \"a\": \"value\" is empty, "
		    "so \"otherwise\" must say what to write instead: add "
		    "it" },
		{ VARIABLES("\"a\": {\"value\": \"1\"},\n\"b\": {\"value\": "
			    "\"1\", \"review_by\": \"2027-01-01\"}"),
		    "faq/locality.json:3: variable \"b\": it has "
		    "\"review_by\", so \"otherwise\" must say what to write "
		    "after that day: add it" },
		{ VARIABLES("\"a\": {\"value\": \"\",\n\"otherwise\": \"\"}"),
		    "faq/locality.json:3: variable \"a\": \"otherwise\" is "
		    "empty: fill it in or take it out" },
		{ VARIABLES("\"a\": {\"value\": \"{b}\"}"),
		    "faq/locality.json:2: variable \"a\": \"value\" has a "
		    "brace: take it out" },
		{ VARIABLES("\"a\": {\"value\": \"{{b}}\"}"),
		    "faq/locality.json:2: variable \"a\": \"value\" has "
		    "\"{{\": variables work only in \"answer\" and in the "
		    "\"url\" of a button" },
		{ VARIABLES("\"a\": {\"value\": \"1\",\n\"otherwize\": "
			    "\"x\"}"),
		    "faq/locality.json:3: variable \"a\": unknown key "
		    "\"otherwize\"; did you mean \"otherwise\"?" },
		{ VARIABLES("\"a\": {\"value\": \"1\", \"review_by\": "
			    "\"2027-13-01\"}"),
		    "faq/locality.json:2: variable \"a\": \"review_by\" is "
		    "\"2027-13-01\", which is no day: write YYYY-MM-DD" },
		{ VARIABLES("\"a\": {\"value\": \"1\", \"source\": {}}"),
		    "faq/locality.json:2: variable \"a\": source: \"title\" "
		    "is missing: add it" },
		{ VARIABLES("\"Số máy\": {\"value\": \"1\"}"),
		    "faq/locality.json:2: variable \"Số máy\" may hold only "
		    "a-z, 0-9 and \"_\", at most 64 of them: rename it" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct complaint why = { .line = 0 };
		struct faq *faq = NULL;
		char got[1024];

		assert_int_equal(
		    load_locality(cases[i].text, &faq, &why), ERR_INVALID);
		assert_null(faq);
		complaint_print(&why, got, sizeof(got));
		assert_string_equal(got, cases[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_variable_is_read),
		cmocka_unit_test(
		    a_bad_locality_is_refused_with_its_line_and_a_remedy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
