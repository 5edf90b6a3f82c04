/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "src/faq/near.h"

static void
a_misspelt_name_is_offered_the_nearest_one(void **state)
{
	static const char *const names[] = { "answer", "asked_as", "buttons",
		"gio-lam-viec", "id" };
	static const struct {
		const char *wanted;
		const char *hint;
	} cases[] = {
		{ "anwser", "; did you mean \"answer\"?" },
		{ "asked", "" },
		{ "askedas", "; did you mean \"asked_as\"?" },
		{ "gio-lamviec", "; did you mean \"gio-lam-viec\"?" },
		{ "ids", "; did you mean \"id\"?" },
		{ "reviewed", "" },
		{ "", "" },
		{ "gio-lam-viec-gio-lam-viec-gio-lam-viec-gio-lam-viec-gio-lam-"
		  "viec-gio",
		    "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct near near = near_start(text_of(cases[i].wanted));
		char hint[NEAR_HINT_SIZE];

		for (size_t j = 0; j < sizeof(names) / sizeof(names[0]); j++)
			near_try(&near, text_of(names[j]));
		near_hint(&near, hint);
		assert_string_equal(hint, cases[i].hint);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_misspelt_name_is_offered_the_nearest_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
