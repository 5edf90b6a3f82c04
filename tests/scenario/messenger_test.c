/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What is Messenger's own; conversation_test.c has what it shares. */
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/http_client.h"
#include "tests/support/phone.h"
#include "tests/support/webhook_post.h"

#define CITIZEN "7001112223334445"

static void
the_handshake_gives_the_challenge_back_only_to_who_knows_the_token(void **state)
{
	static const struct {
		const char *query;
		unsigned status;
	} cases[] = {
		{ "hub.mode=subscribe&hub.verify_token=token-of-the-handshake"
		  "&hub.challenge=1158201444",
		    200 },
		{ "hub.mode=subscribe&hub.verify_token=guessed"
		  "&hub.challenge=1158201444",
		    403 },
		{ "", 403 },
	};
	struct service *service = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_client_answer answer;
		char path[256];

		(void)snprintf(path, sizeof(path), "/webhooks/messenger?%s",
		    cases[i].query);
		answer = http_client_call(
		    service->port, "GET", path, "", text_of(NULL));
		assert_int_equal(answer.status, cases[i].status);
		if (answer.status == 200)
			assert_string_equal(answer.body, "1158201444");
		free(answer.text);
	}
}

/* It is there at once; parts of a long one are in samples/render-long-*. */
static void
a_short_answer_needs_no_typing_sign(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "messenger", CITIZEN, 0, "" };
	const struct record_filter action = { .api = "action",
		.citizen = CITIZEN };

	(void)phone_ask(&phone, "xin chào");
	assert_int_equal(record_count(&service->record, &action), 0);
}

/* Meta puts several people's events into one body. */
static void
every_event_of_a_batch_is_answered(void **state)
{
	static const char batch[] =
	    "{\"object\":\"page\",\"entry\":[{\"id\":\"" SERVICE_PAGE_ID
	    "\",\"time\":1,\"messaging\":["
	    "{\"sender\":{\"id\":\"11\"},\"recipient\":{\"id\":"
	    "\"" SERVICE_PAGE_ID "\"},\"timestamp\":1,\"message\":"
	    "{\"mid\":\"m_one\",\"text\":\"xin chào\"}},"
	    "{\"sender\":{\"id\":\"12\"},\"recipient\":{\"id\":"
	    "\"" SERVICE_PAGE_ID "\"},\"timestamp\":2,\"message\":"
	    "{\"mid\":\"m_two\",\"text\":\"chữ ký số là gì\"}},"
	    "{\"sender\":{\"id\":\"11\"},\"recipient\":{\"id\":"
	    "\"" SERVICE_PAGE_ID "\"},\"timestamp\":3,\"message\":"
	    "{\"mid\":\"m_three\",\"text\":\"quên mã PIN ký số\"}}]}]}";
	struct service *service = *state;
	struct phone one = { service, "messenger", "11", 0, "" };
	struct phone two = { service, "messenger", "12", 0, "" };

	service_switch(service, "{\"strangers\": true}");
	assert_int_equal(
	    webhook_post(service, "messenger", TEXT(batch), SIGNATURE_GOOD),
	    200);
	phone_hears(&one, "Xin chào");
	phone_hears(&one, "“Quên mã PIN”");
	phone_hears(&two, "Chữ ký số là cách");
}

#define SCENARIO(test)                                                         \
	cmocka_unit_test_setup_teardown(test, service_setup, service_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCENARIO(
		    the_handshake_gives_the_challenge_back_only_to_who_knows_the_token),
		SCENARIO(a_short_answer_needs_no_typing_sign),
		SCENARIO(every_event_of_a_batch_is_answered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
