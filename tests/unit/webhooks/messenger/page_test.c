/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "messenger_page.h"

#include "secret.h"
#include "tests/support/cmocka_all.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct api_response
answer(const char *body)
{
	return (struct api_response){ .status = 200, .body = text_of(body) };
}

#define ALL_FIELDS                                                             \
	"\"messages\",\"message_edits\",\"message_reactions\","                \
	"\"messaging_postbacks\",\"messaging_referrals\","                     \
	"\"messaging_optins\",\"messaging_handovers\","                        \
	"\"messaging_policy_enforcement\",\"message_echoes\",\"standby\""

static void
missing_fields_are_found_and_others_stay(void **state)
{
	static const struct {
		const char *body;
		const char *app;
		bool subscribed;
		const char *missing; /* its beginning */
		const char *all;     /* its beginning */
	} cases[] = {
		{ "{\"data\":[]}", "7", false, "messages,", "messages," },
		{ "{}", "", false, "messages,", "messages," },
		{ "{\"data\":[{\"id\":\"7\",\"subscribed_fields\":[" ALL_FIELDS
		  "]}]}",
		    "7", true, "", "messages,message_edits," },
		{ "{\"data\":[{\"id\":\"8\",\"subscribed_fields\":[" ALL_FIELDS
		  "]}]}",
		    "7", false, "messages,", "messages," },
		{ "{\"data\":[{\"id\":\"8\",\"subscribed_fields\":[" ALL_FIELDS
		  "]}]}",
		    "", true, "", "messages," },
		{ "{\"data\":[{\"id\":\"7\",\"subscribed_fields\":[\"feed\","
		  "7,\"messages\"]}]}",
		    "7", true, "message_edits,",
		    "feed,messages,message_edits," },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct api_response response = answer(cases[i].body);
		struct messenger_fields fields;
		struct complaint why;
		struct arena arena;

		arena_init(&arena, 1 << 16);
		assert_int_equal(
		    messenger_page_fields(&response, text_of(cases[i].app),
			&arena, &fields, &why),
		    OK);
		assert_int_equal(fields.subscribed, cases[i].subscribed);
		assert_true(text_starts(fields.all, text_of(cases[i].all)));
		assert_true(
		    text_starts(fields.missing, text_of(cases[i].missing)));
		assert_int_equal(
		    fields.missing.len == 0, cases[i].missing[0] == '\0');
		arena_fini(&arena);
	}
}

static void
an_id_may_be_a_number_and_must_be_there(void **state)
{
	static const struct {
		const char *body;
		enum result result;
	} cases[] = {
		{ "{\"id\":\"42\",\"name\":\"Trang\"}", OK },
		{ "{\"id\":42}", OK },
		{ "{\"name\":\"Trang\"}", ERR_INVALID },
		{ "{\"id\":-1}", ERR_INVALID },
		{ "{\"id\":null}", ERR_INVALID },
		{ "[]", ERR_INVALID },
		{ "", ERR_INVALID },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct api_response response = answer(cases[i].body);
		struct messenger_node node = { .id = { NULL, 0 } };
		struct complaint why = { .text = "" };
		struct arena arena;

		arena_init(&arena, 1 << 16);
		assert_int_equal(
		    messenger_page_read(&response, &arena, &node, &why),
		    cases[i].result);
		if (cases[i].result == OK)
			assert_true(text_is(node.id, "42"));
		else
			assert_int_not_equal(why.text[0], '\0');
		arena_fini(&arena);
	}
}

static void
errors_are_told_with_their_remedy(void **state)
{
	static const struct {
		const char *body;
		enum result result;
		const char *says;
	} cases[] = {
		{ "{\"error\":{\"code\":190,\"error_subcode\":460}}",
		    ERR_INVALID, "set messenger_page_token (error 190/460)" },
		{ "{\"error\":{\"code\":100,\"message\":\"Invalid "
		  "appsecret_proof provided\"}}",
		    ERR_INVALID, "messenger_app_secret" },
		{ "{\"error\":{\"code\":100,\"error_subcode\":33}}",
		    ERR_INVALID, "messenger_page_id" },
		{ "{\"error\":{\"code\":100,\"message\":\"odd\"}}", ERR_INVALID,
		    "error 100/0, \"odd\"" },
		{ "{\"error\":{\"code\":10}}", ERR_INVALID, "pages_messaging" },
		{ "{\"error\":{\"code\":80006}}", ERR_IO, "try again later" },
		{ "{\"error\":{\"code\":2}}", ERR_IO, "a fault at Meta" },
		{ "{\"error\":\"odd\"}", ERR_INVALID, "error 0/0" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct api_response response = answer(cases[i].body);
		struct complaint why = { .text = "" };

		assert_int_equal(
		    messenger_page_check(&response, &why), cases[i].result);
		if (strstr(why.text, cases[i].says) == NULL)
			fail_msg("%s: %s", cases[i].body, why.text);
	}
}

static void
the_token_is_in_a_header_and_never_in_an_address(void **state)
{
	static const struct account account = { .id = "1001",
		.app_secret = "",
		.access_token = "FAKE_token",
		.api = "https://graph.example/v25.0" };
	struct api_call call;
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 16);
	assert_int_equal(messenger_page_ask(&account,
			     MESSENGER_ASK_SUBSCRIPTIONS, &arena, &call),
	    OK);
	assert_string_equal(call.method, "GET");
	assert_string_equal(
	    call.url, "https://graph.example/v25.0/1001/subscribed_apps");
	assert_string_equal(call.headers[1].value, "Bearer FAKE_token");
	assert_int_equal(
	    messenger_page_subscribe(&account, TEXT("a,b"), &arena, &call), OK);
	assert_null(call.method);
	assert_true(text_is(call.body, "{\"subscribed_fields\":\"a,b\"}"));
	arena_fini(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(missing_fields_are_found_and_others_stay),
		cmocka_unit_test(an_id_may_be_a_number_and_must_be_there),
		cmocka_unit_test(errors_are_told_with_their_remedy),
		cmocka_unit_test(
		    the_token_is_in_a_header_and_never_in_an_address),
	};

	if (secret_init() != OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
