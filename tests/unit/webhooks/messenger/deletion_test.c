/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "messenger_deletion.h"
#include "secret.h"

#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORM_BYTES = 16384 };

static const struct text_view secret = { "app secret", 10 };

/* Made with Python's hmac and base64. */
static const char known[] =
    "2jlCkTNK4kX0AvIjZMrBwoVahXGM9POPJbY5T1PMhmA."
    "eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImV4cGlyZXMiOjEyOTE4NDA0MDAsImlzc3Vl"
    "ZF9hdCI6MTI5MTgzNjgwMCwidXNlcl9pZCI6IjIxODQ3MSJ9";

/* "SIGNATURE." in front of what is already encoded. */
static void
sign(struct text_view key, const char *encoded, char out[FORM_BYTES])
{
	unsigned char mac[32];

	secret_hmac_sha256(key, text_of(encoded), mac);
	assert_non_null(sodium_bin2base64(out, FORM_BYTES, mac, sizeof(mac),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING));
	(void)snprintf(
	    out + strlen(out), FORM_BYTES - strlen(out), ".%s", encoded);
}

static void
sign_json(struct text_view key, const char *json, char out[FORM_BYTES])
{
	char encoded[FORM_BYTES];

	assert_non_null(sodium_bin2base64(encoded, sizeof(encoded),
	    (const unsigned char *)json, strlen(json),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING));
	sign(key, encoded, out);
}

static void
expect(const char *form, struct text_view key, const char *user_id)
{
	struct text_view got = TEXT("untouched");
	struct arena arena;

	arena_init(&arena, 65536);
	assert_int_equal(
	    messenger_signed_request(text_of(form), key, &arena, &got),
	    user_id == NULL ? ERR_INVALID : OK);
	assert_true(text_is(got, user_id == NULL ? "untouched" : user_id));
	arena_fini(&arena);
}

static void
what_meta_signed_names_its_user(void **state)
{
	static const char *const payloads[] = {
		"{\"algorithm\":\"HMAC-SHA256\",\"user_id\":\"218471\"}",
		"{\"algorithm\":\"hmac-sha256\",\"user_id\":218471,\"x\":{}}",
	};
	char form[FORM_BYTES];

	(void)state;
	expect(known, secret, "218471");
	for (size_t i = 0; i < sizeof(payloads) / sizeof(payloads[0]); i++) {
		sign_json(secret, payloads[i], form);
		expect(form, secret, "218471");
	}
}

static void
another_signature_is_refused(void **state)
{
	static const char payload[] =
	    "{\"algorithm\":\"HMAC-SHA256\",\"user_id\":\"1\"}";
	char form[FORM_BYTES];

	(void)state;
	sign_json(TEXT("other secret"), payload, form);
	expect(form, secret, NULL);
	sign_json(TEXT(""), payload, form);
	expect(form, TEXT(""), NULL);
	expect(strchr(known, '.'), secret, NULL);
	(void)snprintf(form, sizeof(form), "%s", known);
	form[strlen(form) - 1] = 'A';
	expect(form, secret, NULL);
}

static void
a_signed_payload_that_says_nothing_is_refused(void **state)
{
	static const char *const payloads[] = {
		"{\"algorithm\":\"NONE\",\"user_id\":\"1\"}",
		"{\"user_id\":\"1\"}",
		"{\"algorithm\":\"HMAC-SHA256\"}",
		"{\"algorithm\":\"HMAC-SHA256\",\"user_id\":{\"a\":1}}",
		"{\"algorithm\":\"HMAC-SHA256\",\"user_id\":\"\"}",
		"[\"HMAC-SHA256\"]",
		"user_id=1",
		"",
	};
	char form[FORM_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof(payloads) / sizeof(payloads[0]); i++) {
		sign_json(secret, payloads[i], form);
		expect(form, secret, NULL);
	}
}

static void
other_shapes_are_refused(void **state)
{
	static const char *const forms[] = { "", ".", "a", "a.b.c", "%%.%%",
		"2jlCkTNK4kX0AvIjZMrBwoVahXGM9POPJbY5T1PMhmA" };
	char payload[8000];
	char form[FORM_BYTES];

	(void)state;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		expect(forms[i], secret, NULL);
	sign(secret, "bm90+base64url", form);
	expect(form, secret, NULL);
	(void)snprintf(payload, sizeof(payload),
	    "{\"algorithm\":\"HMAC-SHA256\",\"user_id\":\"1\",\"x\":\"%0*d\"}",
	    7000, 1);
	sign_json(secret, payload, form);
	expect(form, secret, NULL);
}

/* Jansson 2.14 takes some failures of memory for bad syntax. */
static void
every_allocation_may_fail_once(void **state)
{
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct text_view user_id;
		struct arena arena;
		enum result result;

		arena_init(&arena, 65536);
		alloc_fault_arm(nth);
		result = messenger_signed_request(
		    TEXT(known), secret, &arena, &user_id);
		alloc_fault_disarm();
		reached_the_end = !alloc_fault_fired();
		if (reached_the_end)
			assert_int_equal(result, OK);
		else
			assert_true(
			    result == ERR_NOMEM || result == ERR_INVALID);
		arena_fini(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_meta_signed_names_its_user),
		cmocka_unit_test(another_signature_is_refused),
		cmocka_unit_test(a_signed_payload_that_says_nothing_is_refused),
		cmocka_unit_test(other_shapes_are_refused),
		cmocka_unit_test(every_allocation_may_fail_once),
	};

	json_set_alloc_funcs(malloc, free);
	if (secret_init() != OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
