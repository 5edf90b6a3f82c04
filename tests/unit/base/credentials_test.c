/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "credentials.h"

#include <string.h>

#include "secret.h"
#include "tests/support/cmocka_all.h"

static void
a_password_fits_its_own_hash_only(void **state)
{
	char hash[PASSWORD_HASH_SIZE];
	char again[PASSWORD_HASH_SIZE];

	(void)state;
	assert_int_equal(credentials_hash(TEXT("mật khẩu của tôi"), hash), OK);
	assert_int_equal(credentials_hash(TEXT("mật khẩu của tôi"), again), OK);
	assert_non_null(strstr(hash, "$argon2id$"));
	assert_string_not_equal(hash, again); /* salted */
	assert_true(credentials_fit(TEXT("mật khẩu của tôi"), text_of(hash)));
	/* The same letters, their marks apart. */
	assert_true(credentials_fit(
	    TEXT("ma\xcc\xa3\xcc\x82t kh\xc3\xa2\xcc\x89u cu\xcc\x89"
		 "a to\xcc\x82i"),
	    text_of(hash)));
	assert_false(credentials_fit(TEXT("mat khau cua toi"), text_of(hash)));
	assert_false(credentials_fit(TEXT(""), text_of(hash)));
	assert_false(credentials_fit(TEXT("x"), TEXT("")));
	assert_false(credentials_fit(TEXT("x"), TEXT("no hash")));
}

static void
weak_passwords_are_refused(void **state)
{
	static const struct {
		const char *password;
		const char *why; /* NULL: it is good */
	} cases[] = {
		{ "bốn từ dễ nhớ", NULL },
		{ "ngắn quá", "fewer than 10" },
		{ "aaaaaaaaaaaa", "easy to guess" },
		{ "nguyenan 2026", "easy to guess" },
		{ "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "UTF-8" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct complaint why = { .text = "" };
		enum result result = credentials_check(
		    text_of(cases[i].password), TEXT("nguyenan"), &why);

		assert_int_equal(
		    result, cases[i].why == NULL ? OK : ERR_INVALID);
		if (cases[i].why != NULL &&
		    strstr(why.text, cases[i].why) == NULL)
			fail_msg("%s: %s", cases[i].password, why.text);
	}
}

static void
logins_are_plain_words(void **state)
{
	static const struct {
		const char *login;
		enum result want;
	} cases[] = {
		{ "an", OK },
		{ "nguyen.an-2_x", OK },
		{ "a", ERR_INVALID },
		{ "", ERR_INVALID },
		{ "2an", ERR_INVALID },
		{ "An", ERR_INVALID },
		{ "bình", ERR_INVALID },
		{ "an binh", ERR_INVALID },
		{ "abcdefghijabcdefghijabcdefghijabc", ERR_INVALID },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(
		    credentials_check_login(text_of(cases[i].login), NULL),
		    cases[i].want);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_password_fits_its_own_hash_only),
		cmocka_unit_test(weak_passwords_are_refused),
		cmocka_unit_test(logins_are_plain_words),
	};

	if (secret_init() != OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
