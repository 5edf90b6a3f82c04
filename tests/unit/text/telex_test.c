/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "src/text/telex.h"

static void
raw_keystrokes_give_the_skeleton(void **state)
{
	static const struct {
		const char *typed;
		const char *skeleton;
	} cases[] = {
		{ "dduwowcj", "duoc" },
		{ "dduwowngf", "duong" },
		{ "nguwoif", "nguoi" },
		{ "nguoiwf", "nguoi" },
		{ "ddang", "dang" },
		{ "chaof", "chao" },
		{ "minhf", "minh" },
		{ "tieengs", "tieng" },
		{ "d9u7o7c5", "duoc" },
		{ "tie61ng", "tieng" },
		{ "ca8n", "can" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char out[TELEX_WORD_MAX];
		size_t len = telex_skeleton(text_of(cases[i].typed), out);
		struct text_view got = { out, len };

		if (!text_is(got, cases[i].skeleton))
			fail_msg("%s gives '%.*s', want '%s'", cases[i].typed,
			    TEXT_ARGS(got), cases[i].skeleton);
	}
}

static void
what_is_no_left_over_stays(void **state)
{
	static const char *const cases[] = { "duoc", "dang", "xoong", "ct01",
		"ct07", "dc02", "tk05", "a1", "b2", "muc2", "his", "max", "tax",
		"box", "is", "how", "post", "test", "vneid", "2025", "500k",
		"mp3", "đăng", "", "a", "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww" };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char out[TELEX_WORD_MAX];

		if (telex_skeleton(text_of(cases[i]), out) != 0)
			fail_msg("'%s' was taken for Telex", cases[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(raw_keystrokes_give_the_skeleton),
		cmocka_unit_test(what_is_no_left_over_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
