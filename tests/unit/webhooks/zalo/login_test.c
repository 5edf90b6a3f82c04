/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "zalo_login.h"

#include "secret.h"
#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define SEED "00112233445566778899aabbccddeeff"

static const struct account account = {
	.app_id = "621270425794884977",
	.app_secret = "FAKE_app_secret",
	.oauth = "https://oauth.example",
};

/* RFC 7636: BASE64URL(SHA256(verifier)), without padding. */
static void
the_challenge_is_the_hash_of_the_verifier(void **state)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char want[ZALO_VERIFIER_SIZE];
	struct zalo_login login;
	struct zalo_login other;

	(void)state;
	zalo_login_init(&login, TEXT(SEED));
	zalo_login_init(&other, TEXT(SEED "0"));
	assert_int_equal(strlen(login.verifier), 43);
	(void)crypto_hash_sha256(
	    hash, (const unsigned char *)login.verifier, 43);
	(void)sodium_bin2base64(want, sizeof(want), hash, sizeof(hash),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	assert_string_equal(login.challenge, want);
	assert_string_not_equal(login.verifier, other.verifier);
	assert_string_not_equal(login.verifier, login.state);
}

static void
the_consent_page_gets_the_challenge_and_not_the_verifier(void **state)
{
	struct zalo_login login;
	struct text_view url;
	struct arena arena;
	char want[512];

	(void)state;
	arena_init(&arena, 1 << 16);
	zalo_login_init(&login, TEXT(SEED));
	assert_int_equal(zalo_login_url(&account, &login,
			     TEXT("https://a.vn/?x=1"), &arena, &url),
	    OK);
	(void)snprintf(want, sizeof(want),
	    "https://oauth.example/v4/oa/permission?app_id="
	    "621270425794884977&redirect_uri=https%%3A%%2F%%2Fa.vn%%2F%%3Fx"
	    "%%3D1&code_challenge=%s&state=%s",
	    login.challenge, login.state);
	assert_true(text_is(url, want));
	arena_fini(&arena);
}

static void
the_exchange_brings_the_verifier_and_the_secret(void **state)
{
	struct zalo_login login;
	struct api_call call;
	struct arena arena;
	char want[512];

	(void)state;
	arena_init(&arena, 1 << 16);
	zalo_login_init(&login, TEXT(SEED));
	assert_int_equal(
	    zalo_login_exchange(&account, &login, TEXT("c&d"), &arena, &call),
	    OK);
	(void)snprintf(want, sizeof(want),
	    "grant_type=authorization_code&app_id=621270425794884977&code=c"
	    "%%26d&code_verifier=%s",
	    login.verifier);
	assert_true(text_is(call.body, want));
	assert_string_equal(
	    call.url, "https://oauth.example/v4/oa/access_token");
	assert_string_equal(call.headers[1].name, "secret_key");
	assert_string_equal(call.headers[1].value, "FAKE_app_secret");
	arena_fini(&arena);
}

static void
a_pasted_address_or_code_is_read_and_anything_else_refused(void **state)
{
	static const struct {
		const char *pasted;
		const char *code; /* NULL: refused */
		const char *oa_id;
	} cases[] = {
		{ "https://a.vn/?oa_id=3&code=ab-_%2B&x=1", "ab-_+", "3" },
		{ "  https://a.vn/cb?code=ab#top\n", "ab#top", "" },
		{ "ab-_", "ab-_", "" },
		{ "a%2Bb", "a+b", "" },
		{ "", NULL, "" },
		{ "\n", NULL, "" },
		{ "https://a.vn/?code=", NULL, "" },
		{ "https://a.vn/", "https://a.vn/", "" },
		{ "https://a.vn/?code=a%0Ab", NULL, "" },
		{ "https://a.vn/?code=a%zz", NULL, "" },
		{ "https://a.vn/?code=a%2", NULL, "" },
		{ "https://a.vn/?code=a&oa_id=%00", NULL, "" },
		{ "https://a.vn/?code=a&state=other", NULL, "" },
		{ "https://a.vn/?error=-14003&code=", NULL, "" },
		{ "mã của tôi", NULL, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct zalo_consent consent = { .code = { NULL, 0 } };
		struct complaint why = { .text = "" };
		struct zalo_login login;
		struct arena arena;
		enum result result;

		arena_init(&arena, 1 << 16);
		zalo_login_init(&login, TEXT(SEED));
		result = zalo_login_read(
		    &login, text_of(cases[i].pasted), &arena, &consent, &why);
		assert_int_equal(
		    result, cases[i].code == NULL ? ERR_INVALID : OK);
		if (result == OK) {
			assert_true(text_is(consent.code, cases[i].code));
			assert_true(text_is(consent.oa_id, cases[i].oa_id));
		} else {
			assert_int_not_equal(why.text[0], '\0');
		}
		arena_fini(&arena);
	}
}

static void
every_allocation_may_fail_once(void **state)
{
	bool reached_the_end = false;
	struct zalo_login login;

	(void)state;
	zalo_login_init(&login, TEXT(SEED));
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct zalo_consent consent;
		struct text_view url;
		struct api_call call;
		struct arena arena;
		enum result result;

		arena_init(&arena, 1 << 16);
		alloc_fault_arm(nth);
		result = zalo_login_url(
		    &account, &login, TEXT("https://a.vn/"), &arena, &url);
		if (result == OK)
			result = zalo_login_read(&login,
			    TEXT("https://a.vn/?code=a&oa_id=b"), &arena,
			    &consent, NULL);
		if (result == OK)
			result = zalo_login_exchange(
			    &account, &login, consent.code, &arena, &call);
		alloc_fault_disarm();
		reached_the_end = !alloc_fault_fired();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		arena_fini(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_challenge_is_the_hash_of_the_verifier),
		cmocka_unit_test(
		    the_consent_page_gets_the_challenge_and_not_the_verifier),
		cmocka_unit_test(
		    the_exchange_brings_the_verifier_and_the_secret),
		cmocka_unit_test(
		    a_pasted_address_or_code_is_read_and_anything_else_refused),
		cmocka_unit_test(every_allocation_may_fail_once),
	};

	if (secret_init() != OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
