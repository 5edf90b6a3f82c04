/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Zalo's message API: POST /v3.0/oa/message/cs for people, and
 * POST /v2.0/oa/message, which is left for anonymous visitors of a website.
 * Errors come with HTTP status 200. */
#include "api.h"

#include "clock.h"
#include "secret.h"
#include "utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
	TEXT_MAX = 2000,
	PAYLOAD_MAX = 1000,
	BUTTONS_MAX = 5,
	NUMBER_SIZE = 24,
	FREE_MS = 48 * 3600 * 1000,
	INTERACTION_MS = 7 * 24 * 3600 * 1000,
};

static const char path_citizen[] = "/zalo/v3.0/oa/message/cs";
static const char path_anonymous[] = "/zalo/v2.0/oa/message";

/* ---- errors, in the official words ---- */

static const struct zalo_error {
	json_int_t code;
	const char *message;
} zalo_errors[] = {
	{ -32, "Your application reached limit call api" },
	{ -200, "Send message failed" },
	{ -201, "message is invalid!" },
	{ -204, "OA is disable" },
	{ -205, "OA is not exist" },
	{ -209, "Application is not activated" },
	{ -210, "Parameter exceeds allowable limit" },
	{ -211, "Out of quota" },
	{ -213, "User has not followed OA" },
	{ -216, "Access token is invalid" },
	{ -217, "User has blocked invitation from OA" },
	{ -218, "Out of quota receive" },
	{ -220, "access_token is expired or removed" },
	{ -221, "OA must be verified" },
	{ -224, "OA needs to upgrade package" },
	{ -227, "User is banned or has been inactive for more than 45 days" },
	{ -230, "User has not interacted with the OA in the past 7 days" },
	{ -232, "The user interaction has expired" },
	{ -233, "Message type is invalid or not support" },
	{ -234, "This message cannot be sent at night (10PM-6AM)" },
	{ -240, "MessageV2 API has been shut down, please switch to V3" },
	{ -242, "Invalid appsecret_proof" },
	{ -244, "User has restricted this message type" },
	{ -248, "Message violates our platform standards" },
};

/* MESSAGE may be NULL: the table's. */
static void
refuse(struct sim_served *out, json_int_t code, const char *message)
{
	size_t count = sizeof(zalo_errors) / sizeof(zalo_errors[0]);

	for (size_t i = 0; message == NULL && i < count; i++)
		if (zalo_errors[i].code == code)
			message = zalo_errors[i].message;
	out->status = 200;
	out->answer = json_pack("{s:I, s:s}", "error", code, "message",
	    message != NULL ? message : "Error");
}

static void
refuse_scripted(const json_t *error, struct sim_served *out)
{
	refuse(out, json_integer_value(json_object_get(error, "code")),
	    json_string_value(json_object_get(error, "message")));
}

/* ---- who asks ---- */

/* NULL: refused. */
static const struct account *
account_of_token(const struct simulator *simulator, struct text_view token,
    struct sim_served *out)
{
	json_int_t code = -216;

	for (size_t i = 0; i < simulator->account_count; i++) {
		const struct sim_chain *chain = &simulator->chains[i];

		if (strcmp(chain->account->channel->name, "zalo") != 0)
			continue;
		switch (sim_chain_ask(chain, token)) {
		case SIM_TOKEN_GOOD:
			return chain->account;
		case SIM_TOKEN_DEAD:
			code = -220;
			break;
		case SIM_TOKEN_UNKNOWN:
			break;
		}
	}
	refuse(out, code, NULL);
	return NULL;
}

static bool
proof_fits(const struct simulator *simulator, const struct account *account,
    const struct http_request *request)
{
	struct text_view given = http_header(request, "appsecret_proof");
	char proof[SECRET_HEX_SIZE];

	if (account->app_secret[0] == '\0')
		return true;
	if (given.len == 0 && !simulator->settings.proof)
		return true;
	secret_hmac_sha256_hex(text_of(account->app_secret),
	    http_header(request, "access_token"), proof);
	return secret_equal(given, text_of(proof));
}

/* NULL: refused. */
static const struct account *
admit(const struct simulator *simulator, const struct http_request *request,
    struct sim_served *out)
{
	const struct account *account;

	if (strcmp(request->path, path_citizen) != 0 &&
	    strcmp(request->path, path_anonymous) != 0) {
		refuse(out, 404, "You are accessing an empty or invalid API");
		out->status = 404;
		return NULL;
	}
	account = account_of_token(
	    simulator, http_header(request, "access_token"), out);
	if (account != NULL && !proof_fits(simulator, account, request)) {
		refuse(out, -242, NULL);
		return NULL;
	}
	return account;
}

/* ---- what is asked ---- */

static size_t
length(const json_t *string)
{
	return utf8_length(text_of(json_string_value(string)));
}

/* A link's payload is an object, a query's is text. */
static bool
check_button(const json_t *button, struct sim_served *out)
{
	const char *type = sim_api_text(button, "type");
	const json_t *payload = json_object_get(button, "payload");

	if (sim_api_text(button, "title")[0] == '\0')
		refuse(out, -201, "title is invalid!");
	else if (strncmp(type, "oa.query.", 9) == 0) {
		if (length(payload) == 0)
			refuse(out, -201, "payload is invalid!");
		else if (length(payload) > PAYLOAD_MAX)
			refuse(out, -210, NULL);
	} else if (strcmp(type, "oa.open.url") == 0) {
		if (sim_api_text(payload, "url")[0] == '\0')
			refuse(out, -201, "url is invalid!");
	} else if (strncmp(type, "oa.open.", 8) != 0) {
		refuse(out, -201, "type is invalid!");
	}
	return out->status == 0;
}

static bool
check_message(const json_t *message, struct sim_served *out)
{
	const json_t *text = json_object_get(message, "text");
	const json_t *attachment = json_object_get(message, "attachment");
	const json_t *buttons =
	    json_object_get(json_object_get(attachment, "payload"), "buttons");

	if (length(text) == 0 && attachment == NULL)
		refuse(out, -201, "text is invalid!");
	else if (attachment != NULL &&
		 sim_api_text(attachment, "type")[0] == '\0')
		refuse(out, -201, "attachment is invalid!");
	else if (length(text) > TEXT_MAX ||
		 json_array_size(buttons) > BUTTONS_MAX)
		refuse(out, -210, NULL);
	for (size_t i = 0; out->status == 0 && i < json_array_size(buttons);
	     i++)
		(void)check_button(json_array_get(buttons, i), out);
	return out->status == 0;
}

static const char *
citizen_of(const json_t *body)
{
	const json_t *recipient = json_object_get(body, "recipient");
	const char *user = sim_api_text(recipient, "user_id");

	return user[0] != '\0' ? user : sim_api_text(recipient, "anonymous_id");
}

/* False: refused. */
static bool
check_recipient(const struct simulator *simulator,
    const struct account *account, const struct http_request *request,
    const json_t *recipient, struct sim_served *out)
{
	bool old_api = strcmp(request->path, path_anonymous) == 0;
	const char *user = sim_api_text(recipient, "user_id");
	const char *anonymous = sim_api_text(recipient, "anonymous_id");

	if (old_api && user[0] != '\0')
		refuse(out, -240, NULL);
	else if (!old_api && user[0] == '\0')
		refuse(out, -201, "user_id is invalid!");
	else if (old_api && anonymous[0] == '\0')
		refuse(out, -201, "anonymous_id is invalid!");
	else if (old_api &&
		 sim_api_text(recipient, "conversation_id")[0] == '\0')
		refuse(out, -201, "conversation_id is invalid!");
	else if (!simulator->settings.strangers &&
		 !sim_people_know(
		     &simulator->people, account, old_api ? anonymous : user))
		refuse(out, -230, NULL);
	return out->status == 0;
}

/* zalo.md, section 3.5: free for 48 hours after the last interaction, billed
 * for 7 days.  *BILLED_OUT is untouched when it is refused. */
static bool
check_window(struct simulator *simulator, const struct account *account,
    const char *citizen, struct sim_served *out, bool *billed_out)
{
	const struct sim_settings *settings = &simulator->settings;
	struct sim_person person =
	    sim_people_ask(&simulator->people, account, citizen);
	uint64_t now_ms = clock_now_ms();
	bool billed = now_ms >= person.renewed_ms + FREE_MS ||
		      (settings->free_replies > 0 &&
			  person.sent >= settings->free_replies);

	if (!settings->windows || person.renewed_ms == 0)
		return true;
	if (person.left)
		refuse(out, -213, NULL);
	else if (now_ms >= person.renewed_ms + INTERACTION_MS)
		refuse(out, -230, NULL);
	else if (billed && settings->quota == 0)
		refuse(out, -211, NULL);
	else
		*billed_out = billed;
	return out->status == 0;
}

/* Count the message that was taken. */
static void
count_sent(struct simulator *simulator, const struct account *account,
    const char *citizen, bool billed)
{
	struct sim_people *people = &simulator->people;
	struct sim_person person = sim_people_ask(people, account, citizen);

	person.sent++;
	if (sim_people_know(people, account, citizen) &&
	    sim_people_tell(people, account, citizen, &person) != OK)
		LOG(simulator->log, LOG_WARN, "simulator_uncounted",
		    LOG_TEXT("channel", account->channel->name));
	if (billed)
		simulator->settings.quota--;
}

/* The quota that a message has used; NULL when out of memory. */
static json_t *
quota_of(const struct simulator *simulator, bool billed)
{
	char remain[NUMBER_SIZE];

	if (!billed)
		return json_pack("{s:s}", "quota_type", "reply");
	(void)snprintf(remain, sizeof(remain), "%u", simulator->settings.quota);
	return json_pack("{s:s, s:s, s:s, s:s}", "quota_type", "sub_quota",
	    "remain", remain, "total", "500", "expired_date", "31/12/2026");
}

/* QUOTA is taken. */
static json_t *
success(const char *message_id, const json_t *recipient, json_t *quota)
{
	const char *user = sim_api_text(recipient, "user_id");
	char now_ms[NUMBER_SIZE];

	if (user[0] == '\0') {
		json_decref(quota);
		return json_pack("{s:{s:s, s:s, s:s}, s:i, s:s}", "data",
		    "message_id", message_id, "anonymous_id",
		    sim_api_text(recipient, "anonymous_id"), "conversation_id",
		    sim_api_text(recipient, "conversation_id"), "error", 0,
		    "message", "Success");
	}
	(void)snprintf(now_ms, sizeof(now_ms), "%" PRIu64, clock_now_ms());
	return json_pack("{s:{s:s, s:s, s:s, s:o}, s:i, s:s}", "data",
	    "message_id", message_id, "user_id", user, "sent_time", now_ms,
	    "quota", quota, "error", 0, "message", "Success");
}

static void
serve(struct simulator *simulator, const struct http_request *request,
    const json_t *body, struct sim_served *out)
{
	const struct account *account = admit(simulator, request, out);
	const json_t *recipient = json_object_get(body, "recipient");
	const char *citizen = citizen_of(body);
	bool billed = false;

	if (account == NULL ||
	    !check_recipient(simulator, account, request, recipient, out) ||
	    !check_window(simulator, account, citizen, out, &billed) ||
	    !check_message(json_object_get(body, "message"), out))
		return;
	sim_zalo_phone.make_id(out->message_id);
	out->status = 200;
	out->accepted = true;
	out->account = account;
	count_sent(simulator, account, citizen, billed);
	out->answer =
	    success(out->message_id, recipient, quota_of(simulator, billed));
}

/* ---- what it is ---- */

static json_t *
read_body(const struct http_request *request)
{
	if (!sim_api_content_is(request, TEXT("application/json")))
		return NULL;
	return sim_api_json(request);
}

static json_t *
describe_button(const json_t *button)
{
	json_t *payload = json_object_get(button, "payload");
	json_t *url = json_object_get(payload, "url");

	return json_pack("{s:s, s:s, s:O*, s:O*}", "kind",
	    sim_api_text(button, "type"), "title",
	    sim_api_text(button, "title"), "payload",
	    json_is_string(payload) ? payload : NULL, "url", url);
}

static json_t *
describe(const json_t *body)
{
	const json_t *message = json_object_get(body, "message");
	const json_t *list = json_object_get(
	    json_object_get(json_object_get(message, "attachment"), "payload"),
	    "buttons");
	json_t *buttons = json_array();

	for (size_t i = 0; i < json_array_size(list); i++)
		(void)json_array_append_new(
		    buttons, describe_button(json_array_get(list, i)));
	return json_pack("{s:s, s:s, s:s, s:o}", "api", "send", "citizen",
	    citizen_of(body), "text", sim_api_text(message, "text"), "buttons",
	    buttons);
}

const struct sim_api sim_zalo_send = {
	.channel = "zalo",
	.name = "send",
	.read = read_body,
	.describe = describe,
	.serve = serve,
	.refuse = refuse_scripted,
};
