/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Zalo's message API and OAuth as a client meets them, over real sockets. */
#include "rig.h"

static const char citizen_api[] = "/zalo/v3.0/oa/message/cs";
static const char anonymous_api[] = "/zalo/v2.0/oa/message";

static struct rig_reply *
send_as(struct rig *rig, const char *token, const char *path, const char *body)
{
	char headers[512];
	char proof[SECRET_HEX_SIZE];

	secret_hmac_sha256_hex(TEXT("oa app secret"), text_of(token), proof);
	(void)snprintf(headers, sizeof(headers),
	    "access_token: %s\nappsecret_proof: %s", token, proof);
	return rig_call(rig, path, headers, body);
}

static struct rig_reply *
refresh(struct rig *rig, const char *refresh_token)
{
	char form[512];

	(void)snprintf(form, sizeof(form),
	    "grant_type=refresh_token&app_id=88&refresh_token=%s",
	    refresh_token);
	return rig_call(rig, "/zalo-oauth/v4/oa/access_token",
	    "secret_key: oa app secret\n"
	    "Content-Type: application/x-www-form-urlencoded",
	    form);
}

/* Errors come with HTTP status 200. */
static void
expect_error(struct rig_reply *reply, long long code)
{
	assert_int_equal(reply->status, 200);
	assert_int_equal(
	    json_integer_value(json_object_get(reply->json, "error")), code);
	rig_drop(reply);
}

static void
meet(struct rig *rig)
{
	rig_do(rig, "/simulator/say",
	    "{\"channel\":\"zalo\",\"citizen\":\"5\",\"text\":\"alo\"}");
}

#define TO_CITIZEN(message)                                                    \
	"{\"recipient\":{\"user_id\":\"5\"},\"message\":" message "}"
#define HELLO TO_CITIZEN("{\"text\":\"Chào anh/chị\"}")
#define WITH_BUTTON(button)                                                    \
	TO_CITIZEN("{\"text\":\"a\",\"attachment\":{\"type\":\"template\","    \
		   "\"payload\":{\"buttons\":[" button "]}}}")
#define QUERY                                                                  \
	"{\"title\":\"Lệ phí\",\"type\":\"oa.query.hide\",\"payload\":"     \
	"\"#hd entry:x\"}"

static void
a_message_is_taken_and_written_down(void **state)
{
	struct rig *rig = *state;
	struct rig_reply *reply;
	const json_t *data;
	const json_t *button;
	json_t *row;

	meet(rig);
	reply = send_as(rig, "oa-token", citizen_api,
	    WITH_BUTTON(QUERY ",{\"title\":\"Cổng\",\"type\":\"oa.open.url\","
			      "\"payload\":{\"url\":\"https://x.vn\"}}"));
	data = json_object_get(reply->json, "data");
	assert_int_equal(reply->status, 200);
	assert_string_equal(
	    json_string_value(json_object_get(data, "user_id")), "5");
	assert_true(json_is_string(json_object_get(data, "sent_time")));
	assert_string_equal(json_string_value(json_object_get(
				json_object_get(data, "quota"), "quota_type")),
	    "reply");
	row = rig_row(rig, "api", "send", 0);
	assert_string_equal(
	    json_string_value(json_object_get(row, "message_id")),
	    json_string_value(json_object_get(data, "message_id")));
	button = json_array_get(json_object_get(row, "buttons"), 0);
	assert_string_equal(
	    json_string_value(json_object_get(button, "payload")),
	    "#hd entry:x");
	button = json_array_get(json_object_get(row, "buttons"), 1);
	assert_string_equal(
	    json_string_value(json_object_get(button, "url")), "https://x.vn");
	json_decref(row);
	rig_drop(reply);
}

static void
what_the_platform_refuses_is_refused(void **state)
{
	static const struct {
		const char *path, *body;
		long long code;
	} cases[] = {
		{ citizen_api, "not JSON", -201 },
		{ citizen_api, "{\"message\":{\"text\":\"a\"}}", -201 },
		{ citizen_api, TO_CITIZEN("{}"), -201 },
		{ citizen_api, TO_CITIZEN("{\"text\":\"\"}"), -201 },
		{ citizen_api,
		    "{\"recipient\":{\"user_id\":\"6\"},\"message\":{\"text\":"
		    "\"a\"}}",
		    -230 },
		{ anonymous_api, HELLO, -240 },
		{ anonymous_api,
		    "{\"recipient\":{\"anonymous_id\":\"5\"},\"message\":{"
		    "\"text\":\"a\"}}",
		    -201 },
		{ citizen_api, WITH_BUTTON("{\"title\":\"\"}"), -201 },
		{ citizen_api,
		    WITH_BUTTON("{\"title\":\"a\",\"type\":\"oa.dance\"}"),
		    -201 },
		{ citizen_api,
		    WITH_BUTTON("{\"title\":\"a\",\"type\":\"oa.open.url\","
				"\"payload\":\"https://x.vn\"}"),
		    -201 },
		{ citizen_api,
		    WITH_BUTTON("{\"title\":\"a\",\"type\":\"oa.query.hide\","
				"\"payload\":{\"url\":\"x\"}}"),
		    -201 },
		{ citizen_api,
		    WITH_BUTTON(QUERY "," QUERY "," QUERY "," QUERY "," QUERY
				      "," QUERY),
		    -210 },
	};
	struct rig *rig = *state;

	meet(rig);
	for (size_t i = 0; i < COUNT(cases); i++)
		expect_error(
		    send_as(rig, "oa-token", cases[i].path, cases[i].body),
		    cases[i].code);
	expect_error(
	    send_as(rig, "oa-token", citizen_api,
		WITH_BUTTON(QUERY "," QUERY "," QUERY "," QUERY "," QUERY)),
	    0);
}

/* 2000 times "ạ" makes 6000 bytes. */
static void
texts_are_measured_in_characters(void **state)
{
	struct rig *rig = *state;
	static char body[8192];
	size_t len;

	meet(rig);
	for (size_t count = 2000; count <= 2001; count++) {
		len = (size_t)snprintf(body, sizeof(body), "%s",
		    "{\"recipient\":{\"user_id\":\"5\"},\"message\":{\"text\":"
		    "\"");
		for (size_t i = 0; i < count; i++)
			len += (size_t)snprintf(
			    body + len, sizeof(body) - len, "ạ");
		(void)snprintf(body + len, sizeof(body) - len, "\"}}");
		expect_error(send_as(rig, "oa-token", citizen_api, body),
		    count == 2000 ? 0 : -210);
	}
}

static void
a_wrong_token_or_proof_is_refused(void **state)
{
	struct rig *rig = *state;

	meet(rig);
	expect_error(send_as(rig, "other", citizen_api, HELLO), -216);
	expect_error(rig_call(rig, citizen_api, "", HELLO), -216);
	expect_error(
	    rig_call(rig, citizen_api, "access_token: oa-token", HELLO), -242);
	expect_error(rig_call(rig, citizen_api,
			 "access_token: oa-token\nappsecret_proof: 00", HELLO),
	    -242);
}

static void
an_unknown_api_is_not_found(void **state)
{
	struct rig *rig = *state;
	struct rig_reply *reply =
	    send_as(rig, "oa-token", "/zalo/v3.0/oa/message", HELLO);

	assert_int_equal(reply->status, 404);
	rig_drop(reply);
}

static void
an_anonymous_visitor_is_answered_on_the_old_api(void **state)
{
	struct rig *rig = *state;
	struct rig_reply *reply;

	rig_do(rig, "/simulator/say",
	    "{\"channel\":\"zalo\",\"citizen\":\"5\",\"conversation\":\"c9\","
	    "\"text\":\"alo\"}");
	reply = send_as(rig, "oa-token", anonymous_api,
	    "{\"recipient\":{\"anonymous_id\":\"5\",\"conversation_id\":"
	    "\"c9\"},\"message\":{\"text\":\"a\"}}");
	assert_string_equal(
	    json_string_value(json_object_get(
		json_object_get(reply->json, "data"), "conversation_id")),
	    "c9");
	rig_drop(reply);
}

static void
a_refresh_gives_a_new_pair_and_kills_the_old_token(void **state)
{
	struct rig *rig = *state;
	struct rig_reply *reply;
	char access[256];

	meet(rig);
	reply = refresh(rig, "oa-refresh");
	assert_string_equal(
	    json_string_value(json_object_get(reply->json, "expires_in")),
	    "90000");
	assert_non_null(
	    json_string_value(json_object_get(reply->json, "refresh_token")));
	rig_keep(access, sizeof(access),
	    text_of(json_string_value(
		json_object_get(reply->json, "access_token"))));
	rig_drop(reply);

	expect_error(send_as(rig, "oa-token", citizen_api, HELLO), -220);
	expect_error(send_as(rig, access, citizen_api, HELLO), 0);
	expect_error(refresh(rig, "oa-refresh"), -14014);
	expect_error(send_as(rig, access, citizen_api, HELLO), 0);
}

static void
an_access_token_can_be_made_to_expire(void **state)
{
	struct rig *rig = *state;

	meet(rig);
	expect_error(send_as(rig, "oa-token", citizen_api, HELLO), 0);
	rig_do(rig, "/simulator/tokens", "{\"zalo\":{\"expire\":true}}");
	expect_error(send_as(rig, "oa-token", citizen_api, HELLO), -220);
}

static void
oauth_refuses_what_does_not_fit(void **state)
{
	static const struct {
		const char *headers, *form;
		long long code;
	} cases[] = {
		{ "secret_key: oa app secret",
		    "grant_type=refresh_token&app_id=99&refresh_token="
		    "oa-refresh",
		    -14002 },
		{ "secret_key: other",
		    "grant_type=refresh_token&app_id=88&refresh_token="
		    "oa-refresh",
		    -14004 },
		{ "",
		    "grant_type=refresh_token&app_id=88&refresh_token="
		    "oa-refresh",
		    -14004 },
		{ "secret_key: oa app secret",
		    "grant_type=password&app_id=88&refresh_token=oa-refresh",
		    -14018 },
		{ "secret_key: oa app secret",
		    "grant_type=refresh_token&app_id=88&refresh_token=oa%2",
		    -14002 },
		{ "secret_key: oa app secret",
		    "grant_type=refresh_token&app_id=88&refresh_token=",
		    -14014 },
		{ "secret_key: oa app secret",
		    "grant_type=refresh_token&app_id=88", -14014 },
		{ "secret_key: oa app secret", "", -14002 },
	};
	struct rig *rig = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		char headers[256];

		(void)snprintf(headers, sizeof(headers),
		    "Content-Type: application/x-www-form-urlencoded\n%s",
		    cases[i].headers);
		expect_error(rig_call(rig, "/zalo-oauth/v4/oa/access_token",
				 headers, cases[i].form),
		    cases[i].code);
	}
}

static void
a_form_is_decoded(void **state)
{
	struct rig *rig = *state;
	struct rig_reply *reply = refresh(rig, "oa%2Drefres%68");

	assert_non_null(
	    json_string_value(json_object_get(reply->json, "access_token")));
	rig_drop(reply);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RIG_TEST(a_message_is_taken_and_written_down),
		RIG_TEST(what_the_platform_refuses_is_refused),
		RIG_TEST(texts_are_measured_in_characters),
		RIG_TEST(a_wrong_token_or_proof_is_refused),
		RIG_TEST(an_unknown_api_is_not_found),
		RIG_TEST(an_anonymous_visitor_is_answered_on_the_old_api),
		RIG_TEST(a_refresh_gives_a_new_pair_and_kills_the_old_token),
		RIG_TEST(an_access_token_can_be_made_to_expire),
		RIG_TEST(oauth_refuses_what_does_not_fit),
		RIG_TEST(a_form_is_decoded),
	};

	if (secret_init() != OK ||
	    curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
