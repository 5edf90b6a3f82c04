/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "messenger.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

/* What the Send API answered.  The body decides before the status: errors come
 * with 200, too.  There is no idempotency key, so only a clear refusal may be
 * sent again at once; whatever may have been delivered is VERDICT_UNCLEAR, and
 * its echo settles it.
 *
 * Error numbers come as a code and a subcode.  The first row that fits is
 * taken; ANY fits every subcode, 0 is "none". */

enum {
	ANY = -1,
	BAD_PARAMETER = 100,
	THROTTLED_S = 60,
	REGAIN_MINUTES_MAX = 24 * 60,
	TRACE_LENGTH_MAX = 32,
};

static const struct error_rule {
	int64_t code;
	int64_t subcode;
	enum verdict_kind kind;
	unsigned after_s;
	const char *reason;
} error_rules[] = {
	{ 1, 1357046, VERDICT_UNCLEAR, 0, "sent, but the answer was lost" },
	{ 1, ANY, VERDICT_RETRY, 30, "unknown error" },
	{ 2, ANY, VERDICT_RETRY, 5, "temporary failure" },
	{ 1200, ANY, VERDICT_RETRY, 5, "temporary failure" },

	{ 4, ANY, VERDICT_PAUSE, 300, "rate limit of the app" },
	{ 17, ANY, VERDICT_PAUSE, 300, "rate limit of the user" },
	{ 32, ANY, VERDICT_PAUSE, 300, "rate limit of the page" },
	{ 613, ANY, VERDICT_PAUSE, 60, "rate limit of the page" },
	{ 80001, ANY, VERDICT_PAUSE, 300, "rate limit of the page" },
	{ 80006, ANY, VERDICT_PAUSE, 300, "rate limit of Messenger" },
	{ 9, ANY, VERDICT_REFUSED, 0, "too much for this person" },

	{ 10, 2018278, VERDICT_REFUSED, 0, "outside the 24 hour window" },
	{ 10, 2018065, VERDICT_STOPPED, 0, "pages_messaging is missing" },
	{ 10, 2018108, VERDICT_STOPPED, 0, "the page may not send" },
	{ 10, 0, VERDICT_STOPPED, 0, "permission is missing" },
	{ 10, ANY, VERDICT_REFUSED, 0, "not allowed for this person" },
	{ 200, 1545041, VERDICT_REFUSED, 0, "the person is not available" },
	{ 200, ANY, VERDICT_STOPPED, 0, "the app is not approved" },
	{ 230, ANY, VERDICT_STOPPED, 0, "permission is missing" },
	{ 190, ANY, VERDICT_STOPPED, 0, "the page token is not valid" },

	{ BAD_PARAMETER, 2018001, VERDICT_REFUSED, 0,
	    "no such person on this page" },
	{ BAD_PARAMETER, 1893061, VERDICT_REFUSED, 0,
	    "the message tag is retired" },
	{ BAD_PARAMETER, ANY, VERDICT_REFUSED, 0, "a parameter is wrong" },
	{ 36000, ANY, VERDICT_REFUSED, 0, "the image is too large" },
	{ 551, ANY, VERDICT_REFUSED, 0, "the person is not available" },
	{ 10303, ANY, VERDICT_REFUSED, 0, "account linking failed" },
};

/* What an error message names when it is the buttons that are wrong. */
static const char *const button_words[] = { "button", "quick_repl", "template",
	"attachment" };

static uint64_t
ms_of(uint64_t seconds)
{
	return seconds * 1000;
}

static void
set_reason(struct verdict *out, const char *reason)
{
	(void)snprintf(out->reason, sizeof(out->reason), "%s", reason);
}

/* Meta's support asks for this id.  What is not one is left out. */
static void
add_trace(const json_t *error, struct verdict *out)
{
	static const char id_bytes[] = "abcdefghijklmnopqrstuvwxyz"
				       "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				       "0123456789_-";
	struct text_view trace =
	    text_of(json_string_value(json_object_get(error, "fbtrace_id")));
	size_t length = strlen(out->reason);

	if (trace.len == 0 || trace.len > TRACE_LENGTH_MAX ||
	    strspn(trace.at, id_bytes) != trace.len)
		return;
	(void)snprintf(out->reason + length, sizeof(out->reason) - length,
	    " (fbtrace_id %s)", trace.at);
}

static const struct error_rule *
rule_for(int64_t code, int64_t subcode)
{
	size_t count = sizeof(error_rules) / sizeof(error_rules[0]);

	for (size_t i = 0; i < count; i++)
		if (error_rules[i].code == code &&
		    (error_rules[i].subcode == ANY ||
			error_rules[i].subcode == subcode))
			return &error_rules[i];
	return NULL;
}

static bool
blames_buttons(const json_t *error)
{
	const char *message =
	    json_string_value(json_object_get(error, "message"));
	size_t count = sizeof(button_words) / sizeof(button_words[0]);

	for (size_t i = 0; i < count; i++)
		if (text_find(text_of(message), text_of(button_words[i])) !=
		    SIZE_MAX)
			return true;
	return false;
}

static void
judge_status(long status, struct verdict *out)
{
	if (status == 429) {
		out->kind = VERDICT_PAUSE;
		out->after_ms = ms_of(THROTTLED_S);
		set_reason(out, "throttled");
	} else if (status >= 500 || (status >= 200 && status < 300)) {
		out->kind = VERDICT_UNCLEAR;
		set_reason(out, "an answer that does not say what happened");
	} else {
		out->kind = VERDICT_RETRY;
		set_reason(out, "not an answer of the Send API");
	}
}

static void
judge_error(long status, const json_t *error, struct verdict *out)
{
	const struct error_rule *rule;

	out->code = json_integer_value(json_object_get(error, "code"));
	out->subcode =
	    json_integer_value(json_object_get(error, "error_subcode"));
	rule = rule_for(out->code, out->subcode);
	if (rule != NULL && rule->code == BAD_PARAMETER &&
	    rule->subcode == ANY && blames_buttons(error)) {
		out->kind = VERDICT_PLAIN;
		set_reason(out, "the buttons were refused");
	} else if (rule != NULL) {
		out->kind = rule->kind;
		out->after_ms = ms_of(rule->after_s);
		set_reason(out, rule->reason);
	} else if (json_is_true(json_object_get(error, "is_transient"))) {
		set_reason(out, "temporary failure");
	} else if (status == 429 || status >= 500) {
		judge_status(status, out);
	} else {
		out->kind = VERDICT_REFUSED;
		set_reason(out, "an error that is not in our table");
	}
	/* A failing server may have passed the message on before it failed. */
	if (out->kind == VERDICT_RETRY && status >= 500)
		out->kind = VERDICT_UNCLEAR;
	add_trace(error, out);
}

/* {"ID": [{"type": "messenger", "estimated_time_to_regain_access": MINUTES}]}:
 * the longest of the waits. */
static uint64_t
regain_ms(struct text_view usage)
{
	json_t *root = json_loadb(usage.at, usage.len, 0, NULL);
	json_int_t longest = 0;
	const char *id;
	json_t *list;

	json_object_foreach(root, id, list)
	{
		for (size_t i = 0; i < json_array_size(list); i++) {
			json_int_t minutes = json_integer_value(
			    json_object_get(json_array_get(list, i),
				"estimated_time_to_regain_access"));

			if (minutes > longest)
				longest = minutes;
		}
	}
	json_decref(root);
	if (longest > REGAIN_MINUTES_MAX)
		longest = REGAIN_MINUTES_MAX;
	return ms_of((uint64_t)longest * 60);
}

/* A limit that is reached stops the next call, not the one that was answered:
 * a message that was taken stays delivered, with the wait beside it. */
static void
judge_usage(struct text_view usage, struct verdict *out)
{
	uint64_t wait_ms = usage.len == 0 ? 0 : regain_ms(usage);

	if (wait_ms == 0)
		return;
	if (out->kind == VERDICT_RETRY) {
		out->kind = VERDICT_PAUSE;
		set_reason(out, "rate limit, by the usage header");
	}
	if (out->kind == VERDICT_PAUSE || out->kind == VERDICT_DELIVERED)
		out->after_ms = wait_ms;
}

static void
judge_body(const struct api_response *response, struct verdict *out)
{
	json_t *root =
	    json_loadb(response->body.at, response->body.len, 0, NULL);
	const json_t *error = json_object_get(root, "error");
	const json_t *id = json_object_get(root, "message_id");

	if (json_is_object(error)) {
		judge_error(response->status, error, out);
	} else if (response->status >= 200 && response->status < 300 &&
		   json_is_string(id)) {
		out->kind = VERDICT_DELIVERED;
		if (text_copy(out->message_id, sizeof(out->message_id),
			text_of(json_string_value(id))) != OK)
			set_reason(out, "the message id is too long to keep");
	} else {
		judge_status(response->status, out);
	}
	json_decref(root);
}

void
messenger_judge(const struct api_response *response, struct verdict *out)
{
	*out = (struct verdict){ .kind = VERDICT_RETRY };
	if (response->status != 0) {
		judge_body(response, out);
	} else if (response->sent) {
		out->kind = VERDICT_UNCLEAR;
		set_reason(out, "no answer to a request that was sent");
	} else {
		set_reason(out, "the request was not sent");
	}
	judge_usage(response->usage, out);
}
