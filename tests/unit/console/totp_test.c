/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/console/totp.h"

#include <string.h>

#include "tests/support/cmocka_all.h"

/* The secret of RFC 6238's appendix B, "12345678901234567890". */
#define SECRET TEXT("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")

static void
codes_are_those_of_the_standard(void **state)
{
	static const struct {
		uint64_t second;
		const char *code; /* the last six of its eight digits */
	} cases[] = {
		{ 59, "287082" },
		{ 1111111109, "081804" },
		{ 1111111111, "050471" },
		{ 1234567890, "005924" },
		{ 2000000000, "279037" },
		{ 20000000000, "353130" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char code[TOTP_CODE_SIZE];

		assert_int_equal(
		    totp_code(SECRET, cases[i].second / 30, code), OK);
		assert_string_equal(code, cases[i].code);
	}
}

static void
a_code_counts_a_step_early_or_late_and_never_again(void **state)
{
	enum { STEP = 1000 };
	static const struct {
		uint64_t step; /* whose code */
		uint64_t last;
		enum result want;
	} cases[] = {
		{ STEP, 0, OK },
		{ STEP - 1, 0, OK },
		{ STEP + 1, 0, OK },
		{ STEP - 2, 0, ERR_INVALID },
		{ STEP + 2, 0, ERR_INVALID },
		{ STEP, STEP - 1, OK },
		{ STEP, STEP, ERR_INVALID },
		{ STEP - 1, STEP, ERR_INVALID },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char code[TOTP_CODE_SIZE];
		uint64_t step = 0;

		assert_int_equal(totp_code(SECRET, cases[i].step, code), OK);
		assert_int_equal(
		    totp_check(SECRET, text_of(code), STEP * 30000ull + 29999,
			cases[i].last, &step),
		    cases[i].want);
		assert_int_equal(step, cases[i].want == OK ? cases[i].step : 0);
	}
}

static void
what_is_no_code_or_no_secret_is_refused(void **state)
{
	static const char *const codes[] = { "", "28708", "2870820", "abcdef" };
	static const char *const secrets[] = { "", "GEZDGNBV",
		"gezdgnbvgy3tqojqgezdgnbvgy3tqojq",
		"0EZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" };
	char code[TOTP_CODE_SIZE];
	uint64_t step;

	(void)state;
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		assert_int_equal(
		    totp_check(SECRET, text_of(codes[i]), 59000, 0, &step),
		    ERR_INVALID);
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		assert_int_equal(
		    totp_code(text_of(secrets[i]), 1, code), ERR_INVALID);
}

static void
a_new_secret_is_good_and_of_its_own(void **state)
{
	char first[TOTP_SECRET_SIZE];
	char second[TOTP_SECRET_SIZE];
	char code[TOTP_CODE_SIZE];

	(void)state;
	totp_secret(first);
	totp_secret(second);
	assert_int_equal(strlen(first), TOTP_SECRET_SIZE - 1);
	assert_string_not_equal(first, second);
	assert_int_equal(totp_code(text_of(first), 1, code), OK);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_are_those_of_the_standard),
		cmocka_unit_test(
		    a_code_counts_a_step_early_or_late_and_never_again),
		cmocka_unit_test(what_is_no_code_or_no_secret_is_refused),
		cmocka_unit_test(a_new_secret_is_good_and_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
