/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Messenger's send API: POST /graph/vNN.N/PAGE/messages.  Checks come in the
 * order in which the platform's errors hide one another: token, proof, body,
 * recipient, message. */
#include "api.h"

#include "clock.h"
#include "messenger_check.h"
#include "secret.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum {
	TRACE_RANDOM_BYTES = 8,
	STANDARD_MS = 24 * 3600 * 1000,
	HUMAN_AGENT_MS = 7 * STANDARD_MS,
};

/* ---- errors ---- */

static const struct graph_error {
	json_int_t code, subcode;
	unsigned status;
	const char *type;
	const char *message;
} graph_errors[] = {
	{ 1, 0, 500, "OAuthException",
	    "An unknown error has occurred. Please try again later." },
	{ 1, 1357046, 500, "OAuthException", "Received Invalid JSON reply" },
	{ 2, 0, 500, "OAuthException",
	    "Service temporarily unavailable. Please try again later." },
	{ 4, 0, 403, "OAuthException",
	    "(#4) Application request limit reached" },
	{ 10, 2018278, 400, "OAuthException",
	    "(#10) This message is sent outside of allowed window." },
	{ 10, 2018300, 400, "OAuthException",
	    "(#10) Message failed to send because another app is controlling "
	    "this thread now." },
	{ 32, 0, 403, "OAuthException", "(#32) Page request limit reached" },
	{ 100, 0, 400, "OAuthException", "(#100) Invalid parameter" },
	{ 100, 1893061, 400, "OAuthException", "(#100) Invalid parameter" },
	{ 100, 2018001, 400, "OAuthException",
	    "(#100) No matching user found" },
	{ 190, 0, 401, "OAuthException",
	    "Invalid OAuth access token - Cannot parse access token" },
	{ 190, 460, 401, "OAuthException",
	    "Error validating access token: The session has been "
	    "invalidated because the user changed their password." },
	{ 200, 0, 403, "OAuthException", "(#200) Permissions error" },
	{ 551, 1545041, 400, "OAuthException",
	    "(#551) This person isn't available right now." },
	{ 613, 0, 403, "OAuthException",
	    "(#613) Calls to this api have exceeded the rate limit." },
	{ 1200, 0, 500, "OAuthException",
	    "(#1200) Temporary send message failure. Please try again "
	    "later." },
	{ 80006, 0, 403, "OAuthException",
	    "(#80006) There have been too many calls to this Messenger "
	    "account. Wait a bit and try again." },
};

/* MESSAGE may be NULL: the table's. */
static void
refuse(struct sim_served *out, json_int_t code, json_int_t subcode,
    const char *message)
{
	struct graph_error error = { code, subcode, 400, "OAuthException",
		"(#100) Invalid parameter" };
	size_t count = sizeof(graph_errors) / sizeof(graph_errors[0]);
	char trace[2 * TRACE_RANDOM_BYTES + 1];
	json_t *inner;

	for (size_t i = 0; i < count; i++)
		if (graph_errors[i].code == code &&
		    graph_errors[i].subcode == subcode)
			error = graph_errors[i];
	secret_random_hex(TRACE_RANDOM_BYTES, trace);
	inner = json_pack("{s:s, s:s, s:I, s:s}", "message",
	    message != NULL ? message : error.message, "type", error.type,
	    "code", code, "fbtrace_id", trace);
	if (subcode != 0)
		(void)json_object_set_new(
		    inner, "error_subcode", json_integer(subcode));
	if (error.status == 500)
		(void)json_object_set_new(inner, "is_transient", json_true());
	out->status = error.status;
	out->answer = json_pack("{s:o}", "error", inner);
}

static void
refuse_scripted(const json_t *error, struct sim_served *out)
{
	refuse(out, json_integer_value(json_object_get(error, "code")),
	    json_integer_value(json_object_get(error, "subcode")),
	    json_string_value(json_object_get(error, "message")));
}

/* ---- who asks ---- */

static struct text_view
token_of(const struct http_request *request)
{
	const struct text_view bearer = TEXT("Bearer ");
	struct text_view header = http_header(request, "Authorization");

	if (text_starts(header, bearer))
		return text_slice(header, bearer.len, header.len);
	return http_query(request, "access_token");
}

static const struct account *
account_of_token(const struct simulator *simulator, struct text_view token)
{
	for (size_t i = 0; i < simulator->account_count; i++) {
		const struct account *account = &simulator->accounts[i];

		if (strcmp(account->channel->name, "messenger") == 0 &&
		    secret_equal(token, text_of(account->access_token)))
			return account;
	}
	return NULL;
}

/* The timed form signs "TOKEN|TIME". */
static void
make_proof(const struct account *account, struct text_view time_s,
    char out[SECRET_HEX_SIZE])
{
	char message[4096];

	(void)snprintf(message, sizeof(message), "%s%s%.*s",
	    account->access_token, time_s.len > 0 ? "|" : "",
	    TEXT_ARGS(time_s));
	secret_hmac_sha256_hex(
	    text_of(account->app_secret), text_of(message), out);
}

static bool
check_proof(const struct simulator *simulator, const struct account *account,
    const struct http_request *request, struct sim_served *out)
{
	struct text_view given = http_query(request, "appsecret_proof");
	char proof[SECRET_HEX_SIZE];

	if (account->app_secret[0] == '\0')
		return true;
	if (given.len == 0 && !simulator->settings.proof)
		return true;
	make_proof(account, http_query(request, "appsecret_time"), proof);
	if (secret_equal(given, text_of(proof)))
		return true;
	refuse(out, 100, 0,
	    given.len == 0
		? "API calls from the server require an appsecret_proof "
		  "argument"
		: "Invalid appsecret_proof provided in the API argument");
	return false;
}

/* The node of "/graph/vNN.N/NODE/messages", or the empty view. */
static struct text_view
node_of(const char *path)
{
	struct text_view rest = text_of(path);
	struct text_view part[5];
	size_t count = 0;

	while (count < 5 && text_split(&rest, '/', &part[count]))
		count++;
	if (count != 5 || rest.at != NULL || !text_is(part[4], "messages") ||
	    part[2].len < 4 || part[2].at[0] != 'v' ||
	    !isdigit((unsigned char)part[2].at[1]))
		return text_of(NULL);
	return part[3];
}

/* NULL: refused. */
static const struct account *
admit(const struct simulator *simulator, const struct http_request *request,
    struct sim_served *out)
{
	struct text_view node = node_of(request->path);
	const struct account *account;

	if (node.len == 0) {
		refuse(out, 2500, 0, "Unknown path components");
		return NULL;
	}
	account = account_of_token(simulator, token_of(request));
	if (account == NULL) {
		refuse(out, 190, 0, NULL);
		return NULL;
	}
	if (!check_proof(simulator, account, request, out))
		return NULL;
	if (!text_is(node, "me") && !text_is(node, account->id)) {
		refuse(out, 100, 33,
		    "Unsupported post request. The object does not exist or "
		    "cannot be loaded due to missing permissions");
		return NULL;
	}
	return account;
}

/* ---- what is asked ---- */

/* True when the messaging type lets a message through; else refused. */
static bool
check_type(const json_t *body, struct sim_served *out)
{
	const char *type = sim_api_text(body, "messaging_type");

	if (strcmp(type, "RESPONSE") == 0 || strcmp(type, "UPDATE") == 0)
		return true;
	if (strcmp(type, "MESSAGE_TAG") == 0) {
		if (strcmp(sim_api_text(body, "tag"), "HUMAN_AGENT") == 0)
			return true;
		refuse(out, 100, 1893061, NULL);
		return false;
	}
	refuse(out, 100, 0,
	    "(#100) Param messaging_type must be one of {RESPONSE, UPDATE, "
	    "MESSAGE_TAG, UTILITY}");
	return false;
}

/* messenger.md, section 3: 24 hours for everything, 7 days for what a person
 * wrote, and nothing while another app has the thread. */
static bool
check_window(const struct simulator *simulator, const struct account *account,
    const json_t *body, struct sim_served *out)
{
	bool tagged =
	    strcmp(sim_api_text(body, "messaging_type"), "MESSAGE_TAG") == 0;
	struct sim_person person = sim_people_ask(&simulator->people, account,
	    sim_api_text(json_object_get(body, "recipient"), "id"));
	uint64_t ends_ms = tagged ? person.heard_ms + HUMAN_AGENT_MS
				  : person.renewed_ms + STANDARD_MS;

	if (person.away)
		refuse(out, 10, 2018300, NULL);
	else if (simulator->settings.windows && person.renewed_ms > 0 &&
		 clock_now_ms() >= ends_ms)
		refuse(out, 10, 2018278, NULL);
	return out->status == 0;
}

static const char *
citizen_of(const json_t *body)
{
	return sim_api_text(json_object_get(body, "recipient"), "id");
}

/* False: refused. */
static bool
check_body(const struct simulator *simulator, const struct account *account,
    const json_t *body, struct sim_served *out)
{
	bool is_action = json_object_get(body, "sender_action") != NULL;
	const char *citizen = citizen_of(body);
	const char *wrong = NULL;

	if (citizen[0] == '\0') {
		refuse(
		    out, 100, 0, "(#100) param recipient must be non-empty.");
		return false;
	}
	if (!is_action && !check_type(body, out))
		return false;
	if (!simulator->settings.strangers &&
	    !sim_people_know(&simulator->people, account, citizen)) {
		refuse(out, 100, 2018001, NULL);
		return false;
	}
	if (!check_window(simulator, account, body, out))
		return false;
	wrong = is_action ? sim_messenger_check_action(body)
			  : sim_messenger_check_message(
				json_object_get(body, "message"));
	if (wrong != NULL)
		refuse(out, 100, 0, wrong);
	return wrong == NULL;
}

static void
serve(struct simulator *simulator, const struct http_request *request,
    const json_t *body, struct sim_served *out)
{
	const struct account *account = admit(simulator, request, out);
	const json_t *message = json_object_get(body, "message");
	const char *citizen = citizen_of(body);

	if (account == NULL || !check_body(simulator, account, body, out))
		return;
	out->status = 200;
	out->accepted = true;
	out->account = account;
	if (message == NULL) {
		out->answer = json_pack("{s:s}", "recipient_id", citizen);
		return;
	}
	sim_messenger_phone.make_id(out->message_id);
	sim_people_show(&simulator->people, account, citizen,
	    json_object_get(message, "quick_replies"));
	out->answer = json_pack("{s:s, s:s}", "recipient_id", citizen,
	    "message_id", out->message_id);
}

/* ---- what it is ---- */

static json_t *
read_body(const struct http_request *request)
{
	if (!sim_api_content_is(request, TEXT("application/json")))
		return NULL;
	return sim_api_json(request);
}

/* {"kind", "title", "payload" or "url"} for each of LIST, added to BUTTONS. */
static void
add_buttons(json_t *buttons, const json_t *list, const char *kind_key)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *from = json_array_get(list, i);

		(void)json_array_append_new(
		    buttons, json_pack("{s:s, s:s, s:O*, s:O*}", "kind",
				 kind_key != NULL ? sim_api_text(from, kind_key)
						  : "quick_reply",
				 "title", sim_api_text(from, "title"),
				 "payload", json_object_get(from, "payload"),
				 "url", json_object_get(from, "url")));
	}
}

static json_t *
describe(const json_t *body)
{
	const json_t *message = json_object_get(body, "message");
	const json_t *payload =
	    json_object_get(json_object_get(message, "attachment"), "payload");
	const char *text = sim_api_text(message, "text");
	const json_t *action = json_object_get(body, "sender_action");
	json_t *buttons = json_array();

	add_buttons(buttons, json_object_get(payload, "buttons"), "type");
	add_buttons(buttons, json_object_get(message, "quick_replies"), NULL);
	return json_pack("{s:s, s:s, s:s, s:s, s:o}", "api",
	    action != NULL ? "action" : "send", "citizen", citizen_of(body),
	    "action", sim_api_text(body, "sender_action"), "text",
	    text[0] != '\0' ? text : sim_api_text(payload, "text"), "buttons",
	    buttons);
}

const struct sim_api sim_messenger_send = {
	.channel = "messenger",
	.name = "send",
	.read = read_body,
	.describe = describe,
	.serve = serve,
	.refuse = refuse_scripted,
};
