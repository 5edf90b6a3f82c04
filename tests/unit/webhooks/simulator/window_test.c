/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* How long the platforms let an account write, by their clock, and who may. */
#include "rig.h"
#include "tests/support/clock_shift.h"

static const uint64_t hour_ms = 3600 * 1000;

static void
act(struct rig *rig, const char *what, const char *channel)
{
	char path[64];
	char body[256];

	(void)snprintf(path, sizeof(path), "/simulator/%s", what);
	(void)snprintf(body, sizeof(body),
	    "{\"channel\":\"%s\",\"citizen\":\"5\",\"text\":\"alo\","
	    "\"payload\":\"m_1\"}",
	    channel);
	rig_do(rig, path, body);
}

/* The error's number, or 0: it was taken. */
static long long
send_messenger(struct rig *rig, const char *type)
{
	char proof[SECRET_HEX_SIZE];
	char path[256];
	char body[256];
	struct rig_reply *reply;
	const json_t *error;
	long long subcode;

	secret_hmac_sha256_hex(
	    TEXT("page app secret"), TEXT("page-token"), proof);
	(void)snprintf(path, sizeof(path),
	    "/graph/v25.0/me/messages?appsecret_proof=%s", proof);
	(void)snprintf(body, sizeof(body),
	    "{\"recipient\":{\"id\":\"5\"},%s,\"message\":{\"text\":\"a\"}}",
	    type);
	reply = rig_call(rig, path, "Authorization: Bearer page-token", body);
	error = json_object_get(reply->json, "error");
	subcode = json_integer_value(json_object_get(error, "error_subcode"));
	assert_int_equal(reply->status, error == NULL ? 200 : 400);
	rig_drop(reply);
	return subcode;
}

#define RESPONSE "\"messaging_type\":\"RESPONSE\""
#define HUMAN "\"messaging_type\":\"MESSAGE_TAG\",\"tag\":\"HUMAN_AGENT\""

static struct rig_reply *
send_zalo(struct rig *rig)
{
	char headers[512];
	char proof[SECRET_HEX_SIZE];

	secret_hmac_sha256_hex(TEXT("oa app secret"), TEXT("oa-token"), proof);
	(void)snprintf(headers, sizeof(headers),
	    "access_token: oa-token\nappsecret_proof: %s", proof);
	return rig_call(rig, "/zalo/v3.0/oa/message/cs", headers,
	    "{\"recipient\":{\"user_id\":\"5\"},\"message\":{\"text\":\"a\"}}");
}

static long long
zalo_error(struct rig *rig)
{
	struct rig_reply *reply = send_zalo(rig);
	long long code =
	    json_integer_value(json_object_get(reply->json, "error"));

	assert_int_equal(reply->status, 200);
	rig_drop(reply);
	return code;
}

/* The type of quota that a message was paid with. */
static void
expect_quota(struct rig *rig, const char *want)
{
	struct rig_reply *reply = send_zalo(rig);
	const json_t *quota =
	    json_object_get(json_object_get(reply->json, "data"), "quota");
	const char *type =
	    json_string_value(json_object_get(quota, "quota_type"));

	assert_non_null(type);
	assert_string_equal(type, want);
	rig_drop(reply);
}

static void
messenger_takes_a_day_and_a_week_from_people(void **state)
{
	struct rig *rig = *state;

	act(rig, "say", "messenger");
	clock_shift(23 * hour_ms);
	assert_int_equal(send_messenger(rig, RESPONSE), 0);
	clock_shift(hour_ms);
	assert_int_equal(send_messenger(rig, RESPONSE), 2018278);
	assert_int_equal(send_messenger(rig, HUMAN), 0);
	act(rig, "react", "messenger");
	assert_int_equal(send_messenger(rig, RESPONSE), 0);
	clock_shift(6 * 24 * hour_ms);
	assert_int_equal(send_messenger(rig, HUMAN), 2018278);
	rig_do(rig, "/simulator/settings", "{\"windows\":false}");
	assert_int_equal(send_messenger(rig, RESPONSE), 0);
}

static void
messenger_refuses_who_does_not_control_the_thread(void **state)
{
	struct rig *rig = *state;

	act(rig, "say", "messenger");
	act(rig, "take", "messenger");
	assert_int_equal(send_messenger(rig, RESPONSE), 2018300);
	act(rig, "say", "messenger");
	assert_non_null(strstr(rig_hook(rig, 2).body, "\"standby\":[{"));
	act(rig, "pass", "messenger");
	assert_int_equal(send_messenger(rig, RESPONSE), 0);
	act(rig, "say", "messenger");
	assert_null(strstr(rig_hook(rig, 4).body, "\"standby\""));
}

static void
zalo_takes_two_days_free_and_a_week_billed(void **state)
{
	struct rig *rig = *state;

	act(rig, "say", "zalo");
	clock_shift(47 * hour_ms);
	expect_quota(rig, "reply");
	clock_shift(hour_ms);
	rig_do(rig, "/simulator/settings", "{\"quota\":1}");
	expect_quota(rig, "sub_quota");
	assert_int_equal(zalo_error(rig), -211);
	clock_shift(5 * 24 * hour_ms);
	assert_int_equal(zalo_error(rig), -230);
	act(rig, "react", "zalo");
	expect_quota(rig, "reply");
	act(rig, "leave", "zalo");
	assert_int_equal(zalo_error(rig), -213);
}

static void
zalo_can_count_free_replies_as_it_once_did(void **state)
{
	struct rig *rig = *state;

	rig_do(rig, "/simulator/settings", "{\"free_replies\":2}");
	act(rig, "say", "zalo");
	expect_quota(rig, "reply");
	expect_quota(rig, "reply");
	expect_quota(rig, "sub_quota");
	act(rig, "say", "zalo");
	expect_quota(rig, "reply");
}

static void
zalo_knows_no_control_of_threads(void **state)
{
	struct rig *rig = *state;
	struct rig_reply *reply = rig_call(rig, "/simulator/take", "",
	    "{\"channel\":\"zalo\",\"citizen\":\"5\"}");

	assert_int_equal(reply->status, 400);
	rig_drop(reply);
}

static void
an_erasure_is_asked_for_as_meta_does(void **state)
{
	struct rig *rig = *state;
	struct rig_reply *reply;
	struct rig_hook hook;

	rig_do(rig, "/simulator/erase", "{\"user_id\":\"218471\"}");
	hook = rig_hook(rig, 0);
	assert_string_equal(hook.path, "/webhooks/messenger/deletion");
	assert_true(text_starts(text_of(hook.body), TEXT("signed_request=")));
	assert_non_null(strchr(hook.body, '.'));
	reply = rig_call(rig, "/simulator/erase", "", "{}");
	assert_int_equal(reply->status, 400);
	rig_drop(reply);
	rig_do(rig, "/simulator/withdraw",
	    "{\"channel\":\"zalo\",\"citizen\":\"5\"}");
	assert_non_null(
	    strstr(rig_hook(rig, 1).body, "\"event_name\":\"user_withdraw\""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RIG_TEST(messenger_takes_a_day_and_a_week_from_people),
		RIG_TEST(messenger_refuses_who_does_not_control_the_thread),
		RIG_TEST(zalo_takes_two_days_free_and_a_week_billed),
		RIG_TEST(zalo_can_count_free_replies_as_it_once_did),
		RIG_TEST(zalo_knows_no_control_of_threads),
		RIG_TEST(an_erasure_is_asked_for_as_meta_does),
	};

	if (secret_init() != OK ||
	    curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
