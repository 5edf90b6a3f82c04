/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "src/faq/address.h"

static void
only_whole_addresses_are_addresses(void **state)
{
	static const struct {
		const char *text;
		bool secure;
		bool of_web;
	} cases[] = {
		{ "https://dichvucong.gov.vn", true, true },
		{ "https://a.vn/tìm?x=1&y=2#z", true, true },
		{ "http://a.vn", false, true },
		{ "https://", false, false },
		{ "HTTPS://a.vn", false, false },
		{ "a.vn", false, false },
		{ "javascript:alert(1)", false, false },
		{ "https://a.vn b", false, false },
		{ "https://a.vn\n", false, false },
		{ "https://a.vn/\"x", false, false },
		{ "số tổng đài", false, false },
		{ "", false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct text_view text = text_of(cases[i].text);

		assert_int_equal(address_secure(text), cases[i].secure);
		assert_int_equal(address_of_web(text), cases[i].of_web);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_whole_addresses_are_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
