/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

#include "channels.h"

#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { NOW_MS = 1000000 };

static const struct account account = {
	.app_id = "621270425794884977",
	.app_secret = "FAKE_app_secret",
	.oauth = "https://oauth.example",
};

static enum result
read_answer(const char *body, struct token_pair *out, struct complaint *why)
{
	const struct api_response response = { .status = 200,
		.body = text_of(body) };

	return channel_zalo.token->read(&response, NOW_MS, out, why);
}

static void
the_refresh_token_is_sent_as_an_encoded_form(void **state)
{
	const struct token_pair pair = { .refresh = "aZ09-._~+/= &%\xC3\xA9" };
	struct api_call call;
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 16);
	assert_int_equal(
	    channel_zalo.token->render(&account, &pair, &arena, &call), OK);
	assert_string_equal(
	    call.url, "https://oauth.example/v4/oa/access_token");
	assert_int_equal(call.header_count, 2);
	assert_string_equal(call.headers[0].name, "Content-Type");
	assert_string_equal(
	    call.headers[0].value, "application/x-www-form-urlencoded");
	assert_string_equal(call.headers[1].name, "secret_key");
	assert_string_equal(call.headers[1].value, "FAKE_app_secret");
	assert_true(text_is(call.body,
	    "grant_type=refresh_token&app_id=621270425794884977&refresh_token="
	    "aZ09-._~%2B%2F%3D%20%26%25%C3%A9"));
	arena_fini(&arena);
}

static void
the_lifetime_may_be_a_string_a_number_or_missing(void **state)
{
	static const struct {
		const char *expires_in;
		uint64_t lifetime_s;
	} cases[] = {
		{ ",\"expires_in\":\"90000\"", 90000 },
		{ ",\"expires_in\":3600", 3600 },
		{ "", 90000 },
		{ ",\"expires_in\":null", 90000 },
		{ ",\"expires_in\":\"\"", 90000 },
		{ ",\"expires_in\":\"soon\"", 90000 },
		{ ",\"expires_in\":0", 90000 },
		{ ",\"expires_in\":-5", 90000 },
		{ ",\"expires_in\":9223372036854775807", 90000 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct token_pair pair;
		char body[256];

		(void)snprintf(body, sizeof(body),
		    "{\"access_token\":\"AAA\",\"refresh_token\":\"RRR\""
		    "%s}",
		    cases[i].expires_in);
		assert_int_equal(read_answer(body, &pair, NULL), OK);
		assert_string_equal(pair.access, "AAA");
		assert_string_equal(pair.refresh, "RRR");
		assert_int_equal(
		    pair.expires_ms, NOW_MS + cases[i].lifetime_s * 1000);
	}
}

static void
a_token_is_refreshed_after_twenty_of_its_twenty_five_hours(void **state)
{
	(void)state;
	assert_int_equal(
	    channel_zalo.token->refresh_before_ms, 5 * 3600 * 1000);
}

static void
failures_tell_a_dead_token_from_an_unclear_answer(void **state)
{
	static const struct {
		const char *body;
		enum result result;
		const char *why;
	} cases[] = {
		{ "{\"error\":-14014,\"error_name\":\"Invalid refresh token.\","
		  "\"error_reason\":\"\"}",
		    ERR_INVALID, "-14014" },
		{ "{\"error\":\"-14014\"}", ERR_INVALID, "-14014" },
		{ "{\"error\":-14020}", ERR_INVALID, "-14020" },
		{ "{\"error\":-14002}", ERR_INVALID, "app id" },
		{ "{\"error\":-14004}", ERR_INVALID, "app secret" },
		{ "{\"error\":-14999}", ERR_IO, "-14999" },
		{ "{}", ERR_IO, "no usable pair" },
		{ "{\"error\":0,\"access_token\":\"A\"}", ERR_IO,
		    "no usable pair" },
		{ "{\"refresh_token\":\"R\"}", ERR_IO, "no usable pair" },
		{ "{\"access_token\":\"A\\r\\nX: y\",\"refresh_token\":\"R\"}",
		    ERR_IO, "no usable pair" },
		{ "{\"access_token\":\"\",\"refresh_token\":\"R\"}", ERR_IO,
		    "no usable pair" },
		{ "{\"access_token\":7,\"refresh_token\":\"R\"}", ERR_IO,
		    "no usable pair" },
		{ "<html>", ERR_IO, "unreadable" },
		{ "", ERR_IO, "unreadable" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct token_pair pair = { .expires_ms = 77 };
		struct complaint why;

		assert_int_equal(
		    read_answer(cases[i].body, &pair, &why), cases[i].result);
		assert_non_null(strstr(why.text, cases[i].why));
		assert_int_equal(pair.expires_ms, 77);
	}
}

static void
a_token_longer_than_its_place_is_not_cut(void **state)
{
	char body[2600];
	struct token_pair pair;

	(void)state;
	(void)snprintf(body, sizeof(body),
	    "{\"access_token\":\"%02047d\",\"refresh_token\":\"R\"}", 0);
	assert_int_equal(read_answer(body, &pair, NULL), OK);
	assert_int_equal(strlen(pair.access), 2047);
	(void)snprintf(body, sizeof(body),
	    "{\"access_token\":\"%02048d\",\"refresh_token\":\"R\"}", 0);
	assert_int_equal(read_answer(body, &pair, NULL), ERR_IO);
}

static void
no_answer_or_a_server_error_kills_no_token(void **state)
{
	static const char dead[] = "{\"error\":-14014}";
	struct api_response response = { .body = text_of(dead) };
	struct token_pair pair;
	struct complaint why;

	(void)state;
	assert_int_equal(
	    channel_zalo.token->read(&response, NOW_MS, &pair, &why), ERR_IO);
	response.status = 503;
	assert_int_equal(
	    channel_zalo.token->read(&response, NOW_MS, &pair, &why), ERR_IO);
	assert_non_null(strstr(why.text, "503"));
	response.status = 400;
	assert_int_equal(
	    channel_zalo.token->read(&response, NOW_MS, &pair, &why),
	    ERR_INVALID);
}

static void
every_allocation_of_the_call_may_fail(void **state)
{
	const struct token_pair pair = { .refresh = "R+R" };
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct api_call call = { .header_count = 77 };
		struct arena arena;
		enum result result;

		arena_init(&arena, 1 << 16);
		alloc_fault_arm(nth);
		result =
		    channel_zalo.token->render(&account, &pair, &arena, &call);
		alloc_fault_disarm();
		reached_the_end = !alloc_fault_fired();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		assert_int_equal(call.header_count, reached_the_end ? 2 : 77);
		arena_fini(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_refresh_token_is_sent_as_an_encoded_form),
		cmocka_unit_test(
		    the_lifetime_may_be_a_string_a_number_or_missing),
		cmocka_unit_test(
		    a_token_is_refreshed_after_twenty_of_its_twenty_five_hours),
		cmocka_unit_test(
		    failures_tell_a_dead_token_from_an_unclear_answer),
		cmocka_unit_test(a_token_longer_than_its_place_is_not_cut),
		cmocka_unit_test(no_answer_or_a_server_error_kills_no_token),
		cmocka_unit_test(every_allocation_of_the_call_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
