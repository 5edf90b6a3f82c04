/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What is Zalo's own; conversation_test.c has what it shares. */
#include "tests/support/cmocka_all.h"

#include <string.h>

#include "tests/support/phone.h"

#define CITIZEN "8001112223334445"

/* Until they share their name, Zalo gives visitors a conversation id that a
 * reply must carry. */
static void
an_anonymous_visitor_is_answered_in_their_conversation(void **state)
{
	struct service *service = *state;
	const struct record_filter sent = {
		.api = "send", .channel = "zalo", .citizen = "anonymous-1"
	};
	size_t at = 0;
	const json_t *row;
	const json_t *recipient;

	json_decref(service_control(service, "/simulator/say",
	    json_pack("{s:s, s:s, s:s, s:s}", "channel", "zalo", "citizen",
		"anonymous-1", "conversation", "conversation-1", "text",
		"chữ ký số là gì")));
	row = record_wait(&service->record, &sent, &at);
	recipient = json_object_get(json_object_get(row, "body"), "recipient");
	assert_string_equal(
	    record_text(recipient, "conversation_id"), "conversation-1");
	assert_non_null(
	    strstr(record_text(row, "text"), "Chữ ký số là cách ký tên"));
}

/* A tap is nothing but its payload as text: what a citizen types by hand must
 * do no more than a tap could. */
static void
a_payload_typed_by_hand_is_no_more_than_a_tap(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "zalo", CITIZEN, 0, "" };
	const json_t *row;

	assert_int_equal(phone_say(&phone, "xin chào"), 200);
	row = phone_next(&phone);
	assert_int_equal(
	    phone_say(&phone,
		record_text(phone_button(row, "Gặp cán bộ"), "payload")),
	    200);
	phone_hears(&phone, "bộ phận một cửa");
}

/* Who leaves hears nothing more; the webhook is answered all the same. */
static void
who_unfollows_is_not_written_to(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "zalo", CITIZEN, 0, "" };
	json_t *said;

	(void)phone_ask(&phone, "xin chào");
	said = service_control(service, "/simulator/leave",
	    json_pack("{s:s, s:s}", "channel", "zalo", "citizen", CITIZEN));
	assert_int_equal(
	    json_integer_value(json_object_get(said, "status")), 200);
	json_decref(said);
	service_wait_counts(service, service_queued_is, 0);
	assert_int_equal(phone_count(&phone), 1);
}

#define SCENARIO(test)                                                         \
	cmocka_unit_test_setup_teardown(test, service_setup, service_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCENARIO(
		    an_anonymous_visitor_is_answered_in_their_conversation),
		SCENARIO(a_payload_typed_by_hand_is_no_more_than_a_tap),
		SCENARIO(who_unfollows_is_not_written_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
