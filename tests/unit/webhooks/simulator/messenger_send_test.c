/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Messenger's send API as a client meets it, over real sockets. */
#include "rig.h"

#include "utf8.h"

/* HMAC-SHA256 of "page-token" with "page app secret". */
static void
proof_of(const char *message, char out[SECRET_HEX_SIZE])
{
	secret_hmac_sha256_hex(TEXT("page app secret"), text_of(message), out);
}

static struct rig_reply *
send_to(struct rig *rig, const char *node, const char *body)
{
	char path[256];
	char proof[SECRET_HEX_SIZE];

	proof_of("page-token", proof);
	(void)snprintf(path, sizeof(path),
	    "/graph/v25.0/%s/messages?appsecret_proof=%s", node, proof);
	return rig_call(rig, path, "Authorization: Bearer page-token", body);
}

static void
meet(struct rig *rig)
{
	rig_do(rig, "/simulator/say",
	    "{\"channel\":\"messenger\",\"citizen\":\"5\",\"text\":\"alo\"}");
}

static const json_t *
error_of(const struct rig_reply *reply)
{
	return json_object_get(reply->json, "error");
}

static long long
code_of(const struct rig_reply *reply, const char *key)
{
	return json_integer_value(json_object_get(error_of(reply), key));
}

#define MESSAGE(members)                                                       \
	"{\"recipient\":{\"id\":\"5\"},\"messaging_type\":\"RESPONSE\","       \
	"\"message\":{" members "}}"

static void
a_message_is_taken_and_written_down(void **state)
{
	struct rig *rig = *state;
	struct rig_reply *reply;
	json_t *row;

	meet(rig);
	reply = send_to(rig, "1001",
	    MESSAGE("\"text\":\"Chào anh/chị\",\"quick_replies\":[{"
		    "\"content_type\":\"text\",\"title\":\"Co\",\"payload\":"
		    "\"entry:x\"}]"));
	assert_int_equal(reply->status, 200);
	assert_string_equal(
	    json_string_value(json_object_get(reply->json, "recipient_id")),
	    "5");
	row = rig_row(rig, "api", "send", 0);
	assert_string_equal(
	    json_string_value(json_object_get(row, "message_id")),
	    json_string_value(json_object_get(reply->json, "message_id")));
	assert_string_equal(
	    json_string_value(json_object_get(row, "text")), "Chào anh/chị");
	assert_string_equal(
	    json_string_value(json_object_get(
		json_array_get(json_object_get(row, "buttons"), 0), "kind")),
	    "quick_reply");
	assert_true(json_is_true(json_object_get(row, "accepted")));
	json_decref(row);
	rig_drop(reply);
}

static void
typing_has_no_message_id(void **state)
{
	struct rig *rig = *state;
	struct rig_reply *reply;
	json_t *row;

	meet(rig);
	reply = send_to(rig, "me",
	    "{\"recipient\":{\"id\":\"5\"},\"sender_action\":\"typing_on\"}");
	assert_int_equal(reply->status, 200);
	assert_null(json_object_get(reply->json, "message_id"));
	row = rig_row(rig, "api", "action", 0);
	assert_string_equal(
	    json_string_value(json_object_get(row, "action")), "typing_on");
	json_decref(row);
	rig_drop(reply);
}

static void
what_the_platform_refuses_is_refused(void **state)
{
	static const struct {
		const char *body;
		long long code, subcode;
	} cases[] = {
		{ "not JSON", 100, 0 },
		{ "{}", 100, 0 },
		{ "{\"recipient\":{\"id\":\"5\"},\"message\":{\"text\":\"a\"}}",
		    100, 0 },
		{ "{\"recipient\":{\"id\":\"6\"},\"messaging_type\":"
		  "\"RESPONSE\",\"message\":{\"text\":\"a\"}}",
		    100, 2018001 },
		{ "{\"recipient\":{\"id\":\"5\"},\"messaging_type\":"
		  "\"MESSAGE_TAG\",\"tag\":\"ACCOUNT_UPDATE\",\"message\":{"
		  "\"text\":\"a\"}}",
		    100, 1893061 },
		{ "{\"recipient\":{\"id\":\"5\"},\"sender_action\":\"dance\"}",
		    100, 0 },
		{ "{\"recipient\":{\"id\":\"5\"},\"messaging_type\":"
		  "\"RESPONSE\",\"sender_action\":\"typing_on\",\"message\":{"
		  "\"text\":\"a\"}}",
		    100, 0 },
		{ MESSAGE(""), 100, 0 },
		{ MESSAGE("\"text\":\"\""), 100, 0 },
		{ MESSAGE("\"text\":7"), 100, 0 },
		{ MESSAGE("\"text\":\"a\",\"attachment\":{\"type\":\"image\"}"),
		    100, 0 },
		{ MESSAGE("\"text\":\"a\",\"quick_replies\":[]"), 100, 0 },
		{ MESSAGE("\"text\":\"a\",\"quick_replies\":[{\"content_type\":"
			  "\"text\",\"title\":\"hai mươi mốt ký tự đó\","
			  "\"payload\":\"p\"}]"),
		    100, 0 },
		{ MESSAGE("\"attachment\":{\"type\":\"template\",\"payload\":{"
			  "\"template_type\":\"button\",\"text\":\"a\","
			  "\"buttons\":[]}}"),
		    100, 0 },
		{ MESSAGE("\"attachment\":{\"type\":\"template\",\"payload\":{"
			  "\"template_type\":\"button\",\"text\":\"a\","
			  "\"buttons\":[{\"type\":\"web_url\",\"title\":\"a\","
			  "\"url\":\"ftp:x\"}]}}"),
		    100, 0 },
	};
	struct rig *rig = *state;

	meet(rig);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct rig_reply *reply = send_to(rig, "1001", cases[i].body);

		assert_int_equal(reply->status, 400);
		assert_int_equal(code_of(reply, "code"), cases[i].code);
		assert_int_equal(
		    code_of(reply, "error_subcode"), cases[i].subcode);
		assert_non_null(json_string_value(
		    json_object_get(error_of(reply), "fbtrace_id")));
		rig_drop(reply);
	}
}

/* COUNT times "ạ" (one UTF-16 unit) or "👍" (two). */
static void
fill(char *out, const char *piece, size_t count)
{
	size_t len = strlen(piece);

	for (size_t i = 0; i < count; i++)
		memcpy(out + i * len, piece, len);
	out[count * len] = '\0';
}

static void
texts_are_measured_in_utf16_units(void **state)
{
	static const struct {
		const char *form, *piece;
		size_t count;
		long status;
	} cases[] = {
		{ MESSAGE("\"text\":\"%s\""), "ạ", 2000, 200 },
		{ MESSAGE("\"text\":\"%s\""), "ạ", 2001, 400 },
		{ MESSAGE("\"text\":\"%s\""), "👍", 1000, 200 },
		{ MESSAGE("\"text\":\"%s\""), "👍", 1001, 400 },
		{ MESSAGE("\"attachment\":{\"type\":\"template\",\"payload\":{"
			  "\"template_type\":\"button\",\"text\":\"%s\","
			  "\"buttons\":[{\"type\":\"postback\",\"title\":\"a\","
			  "\"payload\":\"p\"}]}}"),
		    "ạ", 640, 200 },
		{ MESSAGE("\"attachment\":{\"type\":\"template\",\"payload\":{"
			  "\"template_type\":\"button\",\"text\":\"%s\","
			  "\"buttons\":[{\"type\":\"postback\",\"title\":\"a\","
			  "\"payload\":\"p\"}]}}"),
		    "ạ", 641, 400 },
	};
	struct rig *rig = *state;

	meet(rig);
	for (size_t i = 0; i < COUNT(cases); i++) {
		static char text[16384], before[1024], body[17408];
		const char *slot = strstr(cases[i].form, "%s");
		struct rig_reply *reply;

		fill(text, cases[i].piece, cases[i].count);
		rig_keep(before, sizeof(before),
		    (struct text_view){
			cases[i].form, (size_t)(slot - cases[i].form) });
		(void)snprintf(
		    body, sizeof(body), "%s%s%s", before, text, slot + 2);
		reply = send_to(rig, "1001", body);
		assert_int_equal(reply->status, cases[i].status);
		rig_drop(reply);
	}
}

/* BEFORE, then PIECE as often as COUNT says with commas between, then AFTER. */
static long
status_of_list(struct rig *rig, const char *before, const char *piece,
    size_t count, const char *after)
{
	static char body[4096];
	size_t len = (size_t)snprintf(body, sizeof(body), "%s", before);
	struct rig_reply *reply;
	long status;

	for (size_t i = 0; i < count; i++)
		len += (size_t)snprintf(body + len, sizeof(body) - len, "%s%s",
		    i > 0 ? "," : "", piece);
	(void)snprintf(body + len, sizeof(body) - len, "%s", after);
	reply = send_to(rig, "1001", body);
	status = reply->status;
	rig_drop(reply);
	return status;
}

#define TO_CITIZEN                                                             \
	"{\"recipient\":{\"id\":\"5\"},\"messaging_type\":\"RESPONSE\","       \
	"\"message\":"

static void
there_are_only_so_many_buttons(void **state)
{
	static const struct {
		const char *before, *piece, *after;
		size_t max;
	} cases[] = {
		{ TO_CITIZEN "{\"text\":\"a\",\"quick_replies\":[",
		    "{\"content_type\":\"text\",\"title\":\"Co\",\"payload\":"
		    "\"p\"}",
		    "]}}", 13 },
		{ TO_CITIZEN "{\"attachment\":{\"type\":\"template\","
			     "\"payload\":{\"template_type\":\"button\","
			     "\"text\":\"a\",\"buttons\":[",
		    "{\"type\":\"postback\",\"title\":\"Co\",\"payload\":"
		    "\"p\"}",
		    "]}}}}", 3 },
	};
	struct rig *rig = *state;

	meet(rig);
	for (size_t i = 0; i < COUNT(cases); i++)
		for (size_t count = cases[i].max; count <= cases[i].max + 1;
		     count++)
			assert_int_equal(
			    status_of_list(rig, cases[i].before, cases[i].piece,
				count, cases[i].after),
			    count == cases[i].max ? 200 : 400);
}

static void
a_wrong_token_or_proof_is_refused(void **state)
{
	static const char *const body = MESSAGE("\"text\":\"a\"");
	struct rig *rig = *state;
	char good[SECRET_HEX_SIZE];
	char timed[SECRET_HEX_SIZE];
	char paths[7][256];
	static const struct {
		const char *headers;
		long status;
		long long code;
	} cases[7] = {
		{ "Authorization: Bearer page-token", 200, 0 },
		{ "Authorization: Bearer other", 401, 190 },
		{ "", 401, 190 },
		{ "", 200, 0 },
		{ "Authorization: Bearer page-token", 400, 100 },
		{ "Authorization: Bearer page-token", 400, 100 },
		{ "Authorization: Bearer page-token", 200, 0 },
	};

	meet(rig);
	proof_of("page-token", good);
	proof_of("page-token|1700000000", timed);
	for (size_t i = 0; i < 3; i++)
		(void)snprintf(paths[i], sizeof(paths[i]),
		    "/graph/v25.0/1001/messages?appsecret_proof=%s", good);
	(void)snprintf(paths[3], sizeof(paths[3]),
	    "/graph/v25.0/1001/messages?access_token=page-token&"
	    "appsecret_proof=%s",
	    good);
	(void)snprintf(
	    paths[4], sizeof(paths[4]), "/graph/v25.0/1001/messages");
	(void)snprintf(paths[5], sizeof(paths[5]),
	    "/graph/v25.0/1001/messages?appsecret_proof=%s", timed);
	(void)snprintf(paths[6], sizeof(paths[6]),
	    "/graph/v25.0/1001/messages?appsecret_time=1700000000&"
	    "appsecret_proof=%s",
	    timed);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct rig_reply *reply =
		    rig_call(rig, paths[i], cases[i].headers, body);

		assert_int_equal(reply->status, cases[i].status);
		assert_int_equal(code_of(reply, "code"), cases[i].code);
		rig_drop(reply);
	}
}

static void
the_proof_can_be_left_to_choice(void **state)
{
	struct rig *rig = *state;
	struct rig_reply *reply;

	meet(rig);
	rig_do(rig, "/simulator/settings", "{\"proof\":false}");
	reply = rig_call(rig, "/graph/v25.0/1001/messages",
	    "Authorization: Bearer page-token", MESSAGE("\"text\":\"a\""));
	assert_int_equal(reply->status, 200);
	rig_drop(reply);
}

static void
another_page_or_path_is_unknown(void **state)
{
	static const struct {
		const char *node;
		long long code, subcode;
	} cases[] = {
		{ "9009", 100, 0 },
		{ "1001/photos", 2500, 0 },
	};
	struct rig *rig = *state;

	meet(rig);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct rig_reply *reply =
		    send_to(rig, cases[i].node, MESSAGE("\"text\":\"a\""));

		assert_int_equal(reply->status, 400);
		assert_int_equal(code_of(reply, "code"), cases[i].code);
		rig_drop(reply);
	}
}

static void
strangers_can_be_let_in(void **state)
{
	struct rig *rig = *state;
	struct rig_reply *reply;

	rig_do(rig, "/simulator/settings", "{\"strangers\":true}");
	reply = send_to(rig, "1001", MESSAGE("\"text\":\"a\""));
	assert_int_equal(reply->status, 200);
	rig_drop(reply);
}

static void
a_form_is_no_message(void **state)
{
	struct rig *rig = *state;
	struct rig_reply *reply;

	meet(rig);
	rig_do(rig, "/simulator/settings", "{\"proof\":false}");
	reply = rig_call(rig, "/graph/v25.0/1001/messages",
	    "Authorization: Bearer page-token\n"
	    "Content-Type: application/x-www-form-urlencoded",
	    MESSAGE("\"text\":\"a\""));
	assert_int_equal(code_of(reply, "code"), 100);
	rig_drop(reply);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		RIG_TEST(a_message_is_taken_and_written_down),
		RIG_TEST(typing_has_no_message_id),
		RIG_TEST(what_the_platform_refuses_is_refused),
		RIG_TEST(texts_are_measured_in_utf16_units),
		RIG_TEST(there_are_only_so_many_buttons),
		RIG_TEST(a_wrong_token_or_proof_is_refused),
		RIG_TEST(the_proof_can_be_left_to_choice),
		RIG_TEST(another_page_or_path_is_unknown),
		RIG_TEST(strangers_can_be_let_in),
		RIG_TEST(a_form_is_no_message),
	};

	if (secret_init() != OK ||
	    curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
