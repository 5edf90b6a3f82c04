/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "tokens.h"

static void
syllables_are_told_from_other_words(void **state)
{
	static const struct {
		const char *word;
		bool valid;
	} cases[] = {
		{ "nghieng", true },
		{ "duoc", true },
		{ "gi", true },
		{ "giay", true },
		{ "qui", true },
		{ "quyen", true },
		{ "khuya", true },
		{ "a", true },
		{ "oanh", true },
		{ "xoong", true },
		{ "", false },
		{ "b", false },
		{ "vneid", false },
		{ "dduoc", false },
		{ "zalo", false },
		{ "facebook", false },
		{ "nhs", false },
		{ "asdf", false },
		{ "2", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (syllable_valid(text_of(cases[i].word)) != cases[i].valid)
			fail_msg("wrong about '%s'", cases[i].word);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(syllables_are_told_from_other_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
