/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "json_body.h"

#include <string.h>

#include "tests/support/cmocka_all.h"

static enum result
read(const char *text, struct complaint *why)
{
	json_t *json = NULL;
	enum result result = json_body_read(text_of(text), &json, why);

	assert_int_equal(result == OK, json != NULL);
	json_decref(json);
	return result;
}

static void
an_object_is_read_and_anything_else_refused(void **state)
{
	static const struct {
		const char *body;
		const char *why; /* NULL: it is good */
	} cases[] = {
		{ "{}", NULL },
		{ " {\"a\": [1, {\"b\": null}]}\n", NULL },
		{ "{\"a\": \"[[[[[[[[[[[[[[[[[[[[[[\"}", NULL },
		{ "{\"a\": \"\\\"[[[[[[[[[[[[[[[[[[\"}", NULL },
		{ "", "not JSON" },
		{ "[]", "not a JSON object" },
		{ "1", "not JSON" },
		{ "{\"a\": 1", "not JSON" },
		{ "{\"a\": 1} x", "not JSON" },
		{ "{\"a\": 1, \"a\": 2}", "not JSON" },
		{ "{\"a\": \"\\u0000\"}", "not JSON" },
		{ "{\"a\": \"\xff\"}", "not UTF-8" },
		{ "{\"a\":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}",
		    "deeper than 16" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct complaint why = { .text = "" };
		enum result result = read(cases[i].body, &why);

		if (cases[i].why == NULL) {
			assert_int_equal(result, OK);
			continue;
		}
		assert_int_equal(result, ERR_INVALID);
		if (strstr(why.text, cases[i].why) == NULL)
			fail_msg("%s: %s", cases[i].body, why.text);
	}
}

static void
brackets_without_end_do_not_reach_the_parser(void **state)
{
	enum { MANY = 500000 };
	static char deep[MANY + 1];
	struct complaint why = { .text = "" };

	(void)state;
	memset(deep, '[', MANY);
	assert_int_equal(read(deep, &why), ERR_INVALID);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_object_is_read_and_anything_else_refused),
		cmocka_unit_test(brackets_without_end_do_not_reach_the_parser),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
