/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Citizens, scripts, echoes and the record, over real sockets. */
#include "rig.h"

#include "clock.h"

static struct rig_reply *
send_zalo(struct rig *rig)
{
	return rig_call(rig, "/zalo/v3.0/oa/message/cs",
	    "access_token: oa-token",
	    "{\"recipient\":{\"user_id\":\"5\"},\"message\":{\"text\":\"a\"}}");
}

static struct rig_reply *
send_messenger(struct rig *rig, const char *message)
{
	char body[1024];

	(void)snprintf(body, sizeof(body),
	    "{\"recipient\":{\"id\":\"5\"},\"messaging_type\":\"RESPONSE\","
	    "\"message\":%s}",
	    message);
	return rig_call(rig, "/graph/v25.0/1001/messages",
	    "Authorization: Bearer page-token", body);
}

static void
open_the_door(struct rig *rig)
{
	rig_do(
	    rig, "/simulator/settings", "{\"strangers\":true,\"proof\":false}");
}

/* ---- webhooks ---- */

static void
what_a_citizen_writes_arrives_truly_signed(void **state)
{
	struct rig *rig = *state;
	struct rig_hook hook;
	char hex[SECRET_HEX_SIZE];
	const struct text_view *parts;
	json_t *event;

	rig_do(rig, "/simulator/say",
	    "{\"channel\":\"messenger\",\"citizen\":\"5\",\"text\":\"Phí?\"}");
	hook = rig_hook(rig, 0);
	assert_string_equal(hook.path, "/webhooks/messenger");
	secret_hmac_sha256_hex(
	    TEXT("page app secret"), text_of(hook.body), hex);
	assert_string_equal(hook.messenger_signature + 7, hex);
	assert_non_null(strstr(hook.body, "Ph\\u00ed?"));

	rig_do(rig, "/simulator/say",
	    "{\"channel\":\"zalo\",\"citizen\":\"5\",\"text\":\"Phí?\"}");
	hook = rig_hook(rig, 1);
	event = json_loads(hook.body, 0, NULL);
	parts = (const struct text_view[]){ TEXT("88"), text_of(hook.body),
		text_of(json_string_value(json_object_get(event, "timestamp"))),
		TEXT("oa secret key") };
	secret_sha256_hex(parts, 4, hex);
	assert_string_equal(hook.zalo_signature + 4, hex);
	assert_non_null(strstr(hook.body, "Phí?"));
	json_decref(event);
}

static void
the_servers_answer_comes_back(void **state)
{
	struct rig *rig = *state;
	struct rig_reply *reply = rig_call(rig, "/simulator/say", "",
	    "{\"channel\":\"zalo\",\"citizen\":\"5\",\"text\":\"alo\"}");

	assert_int_equal(
	    json_integer_value(json_object_get(reply->json, "status")), 200);
	assert_string_equal(
	    json_string_value(json_object_get(reply->json, "body")),
	    "{\"taken\":true}");
	assert_non_null(strstr(rig_hook(rig, 0).body,
	    json_string_value(json_object_get(reply->json, "message_id"))));
	rig_drop(reply);
}

static void
a_redelivery_has_the_same_bytes(void **state)
{
	struct rig *rig = *state;
	struct rig_hook first;
	struct rig_hook again;
	char id[128];
	char body[256];

	rig_control(rig, "/simulator/say",
	    "{\"channel\":\"messenger\",\"citizen\":\"5\",\"text\":\"alo\"}",
	    "message_id", id);
	rig_do(rig, "/simulator/say",
	    "{\"channel\":\"messenger\",\"citizen\":\"5\",\"text\":\"hai\"}");
	(void)snprintf(body, sizeof(body), "{\"message_id\":\"%s\"}", id);
	rig_do(rig, "/simulator/redeliver", body);
	first = rig_hook(rig, 0);
	again = rig_hook(rig, 2);
	assert_string_equal(first.body, again.body);
	assert_string_equal(
	    first.messenger_signature, again.messenger_signature);
}

static void
a_raw_body_goes_out_as_it_is(void **state)
{
	struct rig *rig = *state;
	char hex[SECRET_HEX_SIZE];

	secret_hmac_sha256_hex(TEXT("page app secret"), TEXT("x"), hex);
	rig_do(rig, "/simulator/raw",
	    "{\"channel\":\"messenger\",\"body\":\"{ \\\"odd\\\": 1}\"}");
	rig_do(rig, "/simulator/raw",
	    "{\"channel\":\"messenger\",\"body\":\"x\"}");
	rig_do(rig, "/simulator/raw",
	    "{\"channel\":\"messenger\",\"body\":\"x\",\"signature\":"
	    "\"bad\"}");
	rig_do(rig, "/simulator/raw",
	    "{\"channel\":\"zalo\",\"body\":\"x\",\"signature\":\"none\"}");
	assert_string_equal(rig_hook(rig, 0).body, "{ \"odd\": 1}");
	assert_string_equal(rig_hook(rig, 1).messenger_signature + 7, hex);
	assert_int_equal(strlen(rig_hook(rig, 2).messenger_signature), 71);
	assert_string_not_equal(rig_hook(rig, 2).messenger_signature + 7, hex);
	assert_string_equal(rig_hook(rig, 3).zalo_signature, "");
}

/* A quick reply is one only while it is on the phone. */
static void
a_tap_is_what_the_button_was(void **state)
{
	static const char tap[] =
	    "{\"channel\":\"messenger\",\"citizen\":\"5\",\"payload\":"
	    "\"entry:x\",\"title\":\"Co\"}";
	struct rig *rig = *state;

	open_the_door(rig);
	rig_do(rig, "/simulator/follow",
	    "{\"channel\":\"messenger\",\"citizen\":\"5\"}");
	rig_drop(send_messenger(rig,
	    "{\"text\":\"a\",\"quick_replies\":[{\"content_type\":\"text\","
	    "\"title\":\"Co\",\"payload\":\"entry:x\"}]}"));
	rig_do(rig, "/simulator/tap", tap);
	rig_do(rig, "/simulator/tap", tap);
	assert_non_null(strstr(rig_hook(rig, 0).body, "GET_STARTED"));
	assert_non_null(strstr(rig_hook(rig, 1).body, "quick_reply"));
	assert_null(strstr(rig_hook(rig, 2).body, "quick_reply"));
	assert_non_null(strstr(rig_hook(rig, 2).body, "postback"));
}

static void
webhooks_are_retried_when_a_test_asks(void **state)
{
	struct rig *rig = *state;

	rig->failures = 2;
	rig_do(rig, "/simulator/settings", "{\"retries\":3}");
	rig_do(rig, "/simulator/say",
	    "{\"channel\":\"zalo\",\"citizen\":\"5\",\"text\":\"alo\"}");
	assert_int_equal(rig_hook_count(rig), 3);
	assert_string_equal(rig_hook(rig, 0).num_retry, "");
	assert_string_equal(rig_hook(rig, 2).num_retry, "2");
	assert_string_equal(rig_hook(rig, 0).body, rig_hook(rig, 2).body);
}

static void
a_failed_webhook_is_not_retried_unasked(void **state)
{
	struct rig *rig = *state;
	json_t *row;

	rig->failures = 1;
	rig_do(rig, "/simulator/say",
	    "{\"channel\":\"zalo\",\"citizen\":\"5\",\"text\":\"alo\"}");
	assert_int_equal(rig_hook_count(rig), 1);
	row = rig_row(rig, "api", "ack", 0);
	assert_true(json_is_false(json_object_get(row, "accepted")));
	json_decref(row);
}

static void
what_is_sent_comes_back_as_an_echo(void **state)
{
	struct rig *rig = *state;

	rig_do(rig, "/simulator/settings",
	    "{\"strangers\":true,\"proof\":false,\"echoes\":true}");
	rig_drop(
	    send_messenger(rig, "{\"text\":\"a\",\"metadata\":\"hoidap:12\"}"));
	json_decref(rig_row(rig, "api", "ack", 0));
	assert_non_null(strstr(rig_hook(rig, 0).body, "\"is_echo\":true"));
	assert_non_null(strstr(rig_hook(rig, 0).body, "hoidap:12"));
	rig_drop(send_zalo(rig));
	json_decref(rig_row(rig, "api", "ack", 1));
	assert_non_null(strstr(rig_hook(rig, 1).body, "oa_send_text"));
}

static void
what_makes_no_sense_is_explained(void **state)
{
	static const struct {
		const char *path, *body;
		long status;
	} cases[] = {
		{ "/simulator/say", "7", 400 },
		{ "/simulator/say", "{\"channel\":\"fax\"}", 400 },
		{ "/simulator/say", "{\"channel\":\"zalo\",\"text\":\"a\"}",
		    400 },
		{ "/simulator/say", "{\"channel\":\"zalo\",\"citizen\":\"5\"}",
		    400 },
		{ "/simulator/say",
		    "{\"channel\":\"zalo\",\"account\":\"9\",\"citizen\":"
		    "\"5\",\"text\":\"a\"}",
		    400 },
		{ "/simulator/tap",
		    "{\"channel\":\"zalo\",\"citizen\":\"5\",\"payload\":"
		    "\"p\"}",
		    400 },
		{ "/simulator/attach",
		    "{\"channel\":\"zalo\",\"citizen\":\"5\",\"kind\":\"fax\"}",
		    400 },
		{ "/simulator/leave",
		    "{\"channel\":\"messenger\",\"citizen\":\"5\"}", 400 },
		{ "/simulator/raw",
		    "{\"channel\":\"zalo\",\"body\":\"x\",\"signature\":"
		    "\"maybe\"}",
		    400 },
		{ "/simulator/raw", "{\"channel\":\"zalo\",\"body\":{}}", 400 },
		{ "/simulator/redeliver", "{\"message_id\":\"x\"}", 409 },
		{ "/simulator/script",
		    "{\"channel\":\"messenger\",\"api\":\"token\",\"rules\":"
		    "[]}",
		    400 },
		{ "/simulator/script", "{\"channel\":\"zalo\"}", 400 },
		{ "/simulator/settings", "{\"echoes\":1}", 400 },
		{ "/simulator/settings", "{\"retries\":11}", 400 },
		{ "/simulator/tokens", "{}", 400 },
	};
	struct rig *rig = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct rig_reply *reply =
		    rig_call(rig, cases[i].path, "", cases[i].body);

		assert_int_equal(reply->status, cases[i].status);
		assert_non_null(
		    json_string_value(json_object_get(reply->json, "error")));
		rig_drop(reply);
	}
	assert_int_equal(rig_hook_count(rig), 0);
}

/* ---- scripts ---- */

static void
a_scripted_status_comes_as_often_as_asked(void **state)
{
	struct rig *rig = *state;
	static const long want[] = { 500, 500, 200 };

	open_the_door(rig);
	rig_do(rig, "/simulator/script",
	    "{\"channel\":\"zalo\",\"api\":\"send\",\"rules\":[{\"times\":2,"
	    "\"status\":500,\"body\":\"oops\"}]}");
	for (size_t i = 0; i < COUNT(want); i++) {
		struct rig_reply *reply = send_zalo(rig);

		assert_int_equal(reply->status, want[i]);
		assert_int_equal(
		    strcmp(reply->text, "oops") == 0, want[i] == 500);
		rig_drop(reply);
	}
}

static void
a_scripted_error_has_the_platforms_shape(void **state)
{
	struct rig *rig = *state;
	struct rig_reply *reply;

	open_the_door(rig);
	rig_do(rig, "/simulator/script",
	    "{\"channel\":\"messenger\",\"rules\":[{\"error\":{\"code\":10,"
	    "\"subcode\":2018278}}]}");
	rig_do(rig, "/simulator/script",
	    "{\"channel\":\"zalo\",\"rules\":[{\"error\":{\"code\":-32}}]}");
	reply = send_messenger(rig, "{\"text\":\"a\"}");
	assert_int_equal(reply->status, 400);
	assert_int_equal(
	    json_integer_value(json_object_get(
		json_object_get(reply->json, "error"), "error_subcode")),
	    2018278);
	rig_drop(reply);
	reply = send_zalo(rig);
	assert_int_equal(reply->status, 200);
	assert_int_equal(
	    json_integer_value(json_object_get(reply->json, "error")), -32);
	rig_drop(reply);
}

static void
a_dropped_answer_may_hide_a_taken_message(void **state)
{
	struct rig *rig = *state;

	open_the_door(rig);
	rig_do(rig, "/simulator/script",
	    "{\"channel\":\"zalo\",\"rules\":[{\"drop\":\"before\"},{\"drop\":"
	    "\"after\"}]}");
	for (unsigned i = 0; i < 2; i++) {
		struct rig_reply *reply = send_zalo(rig);
		json_t *row = rig_row(rig, "api", "send", i);

		assert_int_equal(reply->status, 0);
		assert_int_equal(
		    json_is_true(json_object_get(row, "accepted")), i == 1);
		json_decref(row);
		rig_drop(reply);
	}
}

static void
a_scripted_delay_is_kept(void **state)
{
	struct rig *rig = *state;
	uint64_t started_ms;
	struct rig_reply *reply;

	open_the_door(rig);
	rig_do(rig, "/simulator/script",
	    "{\"channel\":\"zalo\",\"rules\":[{\"delay_ms\":60}]}");
	started_ms = clock_monotonic_ms();
	reply = send_zalo(rig);
	assert_true(clock_monotonic_ms() - started_ms >= 60);
	assert_int_equal(
	    json_integer_value(json_object_get(reply->json, "error")), 0);
	rig_drop(reply);
}

/* ---- the record ---- */

static void *
wait_for_a_row(void *context)
{
	return rig_call(
	    context, "/simulator/record?after=0&wait_ms=30000", "", NULL);
}

static void
a_reader_wakes_when_something_happens(void **state)
{
	struct rig *rig = *state;
	uint64_t started_ms = clock_monotonic_ms();
	struct rig_reply *reply;
	pthread_t reader;
	void *result;

	assert_int_equal(pthread_create(&reader, NULL, wait_for_a_row, rig), 0);
	rig_do(rig, "/simulator/say",
	    "{\"channel\":\"zalo\",\"citizen\":\"5\",\"text\":\"alo\"}");
	assert_int_equal(pthread_join(reader, &result), 0);
	reply = result;
	assert_true(json_array_size(reply->json) >= 1);
	assert_true(clock_monotonic_ms() - started_ms < 25000);
	rig_drop(reply);
}

static void
a_question_stands_before_its_acknowledgement(void **state)
{
	struct rig *rig = *state;
	json_t *asked;
	json_t *acknowledged;

	rig_do(rig, "/simulator/say",
	    "{\"channel\":\"zalo\",\"citizen\":\"5\",\"text\":\"alo\"}");
	asked = rig_row(rig, "event", "say", 0);
	acknowledged = rig_row(rig, "api", "ack", 0);
	assert_string_equal(
	    json_string_value(json_object_get(asked, "text")), "alo");
	assert_int_equal(json_integer_value(json_object_get(asked, "n")), 1);
	assert_int_equal(
	    json_integer_value(json_object_get(acknowledged, "n")), 2);
	json_decref(asked);
	json_decref(acknowledged);
}

static void
a_reset_forgets_all_but_the_tokens(void **state)
{
	struct rig *rig = *state;
	struct rig_reply *reply;

	open_the_door(rig);
	rig_do(rig, "/simulator/tokens", "{\"zalo\":{\"expire\":true}}");
	rig_do(rig, "/simulator/script",
	    "{\"channel\":\"zalo\",\"rules\":[{\"status\":500}]}");
	rig_do(rig, "/simulator/reset", "{}");
	reply = rig_call(rig, "/simulator/record", "", NULL);
	assert_string_equal(reply->text, "[]");
	rig_drop(reply);
	open_the_door(rig);
	reply = send_zalo(rig);
	assert_int_equal(
	    json_integer_value(json_object_get(reply->json, "error")), -220);
	rig_drop(reply);
}

static void *
send_in_a_thread(void *context)
{
	return send_zalo(context);
}

/* The row tells that the delayed request is in: stopping meets it asleep. */
static void
stopping_wakes_those_who_wait(void **state)
{
	struct rig *rig = *state;
	uint64_t started_ms = clock_monotonic_ms();
	struct rig_reply *reply;
	pthread_t client;
	void *result;

	open_the_door(rig);
	rig_do(rig, "/simulator/script",
	    "{\"channel\":\"zalo\",\"rules\":[{\"delay_ms\":60000}]}");
	assert_int_equal(
	    pthread_create(&client, NULL, send_in_a_thread, rig), 0);
	json_decref(rig_row(rig, "api", "send", 0));
	simulator_stop(rig->simulator);
	rig->simulator = NULL;
	assert_int_equal(pthread_join(client, &result), 0);
	reply = result;
	assert_int_equal(reply->status, 200);
	assert_true(clock_monotonic_ms() - started_ms < 50000);
	rig_drop(reply);
}

/* ---- the page ---- */

static void
the_page_may_frame_the_chat_of_the_server(void **state)
{
	struct rig *rig = *state;
	struct rig_reply *reply = rig_call(rig, "/", "", NULL);
	char chat[128];

	assert_int_equal(reply->status, 200);
	rig_drop(reply);
	reply = rig_call(rig, "/demo/config", "", NULL);
	rig_keep(chat, sizeof(chat),
	    text_of(
		json_string_value(json_object_get(reply->json, "chat_url"))));
	assert_non_null(strstr(chat, "/chat"));
	rig_drop(reply);
}

static void
only_an_origin_is_a_target(void **state)
{
	static const char *const cases[] = { "", "http://", "ftp://x",
		"http://x/path", "http://x; script-src *", "http://x y" };
	struct rig *rig = *state;

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(
		    simulator_target(rig->simulator, cases[i]), ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RIG_TEST(what_a_citizen_writes_arrives_truly_signed),
		RIG_TEST(the_servers_answer_comes_back),
		RIG_TEST(a_redelivery_has_the_same_bytes),
		RIG_TEST(a_raw_body_goes_out_as_it_is),
		RIG_TEST(a_tap_is_what_the_button_was),
		RIG_TEST(webhooks_are_retried_when_a_test_asks),
		RIG_TEST(a_failed_webhook_is_not_retried_unasked),
		RIG_TEST(what_is_sent_comes_back_as_an_echo),
		RIG_TEST(what_makes_no_sense_is_explained),
		RIG_TEST(a_scripted_status_comes_as_often_as_asked),
		RIG_TEST(a_scripted_error_has_the_platforms_shape),
		RIG_TEST(a_dropped_answer_may_hide_a_taken_message),
		RIG_TEST(a_scripted_delay_is_kept),
		RIG_TEST(a_reader_wakes_when_something_happens),
		RIG_TEST(a_question_stands_before_its_acknowledgement),
		RIG_TEST(a_reset_forgets_all_but_the_tokens),
		RIG_TEST(stopping_wakes_those_who_wait),
		RIG_TEST(the_page_may_frame_the_chat_of_the_server),
		RIG_TEST(only_an_origin_is_a_target),
	};

	if (secret_init() != OK ||
	    curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
