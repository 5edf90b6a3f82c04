/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "zalo.h"

#include "call.h"
#include "fit.h"
#include "secret.h"

#include <jansson.h>
#include <stdio.h>

/* A reply is one or more text messages; its buttons hang on the last, as a
 * template without a template_type, which is what running systems send.  No
 * official page describes buttons on v3.0, so judge() answers VERDICT_PLAIN
 * when Zalo refuses them, and CONTEXT.plain prints them as numbered lines.
 *
 * Zalo does not say whether its limit of 2000 characters means code points or
 * something smaller; sources count code points.  Nor is a limit of titles
 * known for these messages: 35 is that of template messages. */

enum {
	TEXT_MAX = 2000,
	BUTTONS_MAX = 5,
	TITLE_MAX = 35,
	PAYLOAD_MAX_BYTES = 1000,
};

static const char path_citizen[] = "/v3.0/oa/message/cs";
static const char path_anonymous[] = "/v2.0/oa/message";

/* NULL when out of memory, as json_pack() takes it. */
static json_t *
json_of(struct text_view text)
{
	return json_stringn(text.len == 0 ? "" : text.at, text.len);
}

static json_t *
recipient_of(const struct delivery_address *to)
{
	if (to->conversation.len == 0)
		return json_pack("{s:o}", "user_id", json_of(to->citizen));
	return json_pack("{s:o, s:o}", "anonymous_id", json_of(to->citizen),
	    "conversation_id", json_of(to->conversation));
}

static enum result
link_button(const struct button *button, json_t **out)
{
	*out = json_pack("{s:o, s:s, s:{s:o}}", "title", json_of(button->title),
	    "type", "oa.open.url", "payload", "url", json_of(button->url));
	return *out == NULL ? ERR_NOMEM : OK;
}

/* "hide": the payload does not show up in the citizen's chat. */
static enum result
tap_button(const struct button *button, json_t **out)
{
	char payload[PAYLOAD_MAX_BYTES + 1];
	int length = snprintf(payload, sizeof(payload), "%s%.*s",
	    ZALO_TAP_PREFIX, TEXT_ARGS(button->payload));

	if (length < 0 || (size_t)length >= sizeof(payload))
		return ERR_TOO_LARGE;
	*out = json_pack("{s:o, s:s, s:s}", "title", json_of(button->title),
	    "type", "oa.query.hide", "payload", payload);
	return *out == NULL ? ERR_NOMEM : OK;
}

static enum result
add_button(const struct button *button, json_t *buttons)
{
	json_t *added = NULL;
	enum result result = button->url.len > 0 ? link_button(button, &added)
						 : tap_button(button, &added);

	if (result != OK)
		return result;
	return json_array_append_new(buttons, added) == 0 ? OK : ERR_NOMEM;
}

/* {"type": "template", "payload": {"buttons": [...]}} */
static enum result
attachment_of(const struct fitted *fitted, json_t **out)
{
	json_t *buttons = json_array();
	enum result result = buttons == NULL ? ERR_NOMEM : OK;

	for (size_t i = 0; result == OK && i < fitted->button_count; i++)
		result = add_button(&fitted->buttons[i], buttons);
	if (result != OK) {
		json_decref(buttons);
		return result;
	}
	*out = json_pack("{s:s, s:{s:o}}", "type", "template", "payload",
	    "buttons", buttons);
	return *out == NULL ? ERR_NOMEM : OK;
}

/* ROOT as compact JSON in ARENA.  Takes ROOT, which is NULL when there was no
 * memory for it. */
static enum result
dump(json_t *root, struct arena *arena, struct text_view *out)
{
	size_t size =
	    root == NULL ? 0 : json_dumpb(root, NULL, 0, JSON_COMPACT);
	char *text = size == 0 ? NULL : arena_alloc(arena, size + 1, 1);
	enum result result = ERR_NOMEM;

	if (text != NULL &&
	    json_dumpb(root, text, size, JSON_COMPACT) == size) {
		*out = (struct text_view){ text, size };
		result = OK;
	}
	json_decref(root);
	return result;
}

/* One message; FITTED has the buttons to hang on it, or is NULL. */
static enum result
render_body(struct text_view text, const struct fitted *fitted,
    const struct delivery_address *to, struct arena *arena,
    struct text_view *out)
{
	json_t *attachment = NULL;
	enum result result;

	if (fitted != NULL && fitted->button_count > 0) {
		result = attachment_of(fitted, &attachment);
		if (result != OK)
			return result;
	}
	return dump(
	    json_pack("{s:o, s:{s:o, s:o*}}", "recipient", recipient_of(to),
		"message", "text", json_of(text), "attachment", attachment),
	    arena, out);
}

/* What every part of the reply has in common: where it goes and in whose
 * name. */
static enum result
begin_call(const struct delivery_address *to,
    const struct render_context *context, struct arena *arena,
    struct api_call *out)
{
	const struct account *account = context->account;
	bool anonymous = to->conversation.len > 0;
	char proof[SECRET_HEX_SIZE];
	struct api_call call;
	enum result result = zalo_call_begin(arena, account->api,
	    anonymous ? path_anonymous : path_citizen, &call);

	if (result == OK)
		result = zalo_call_header(
		    &call, arena, "Content-Type", TEXT("application/json"));
	if (result == OK)
		result = zalo_call_header(
		    &call, arena, "access_token", context->access_token);
	if (result == OK && account->app_secret[0] != '\0') {
		secret_hmac_sha256_hex(
		    text_of(account->app_secret), context->access_token, proof);
		result = zalo_call_header(
		    &call, arena, "appsecret_proof", text_of(proof));
	}
	if (result == OK)
		*out = call;
	return result;
}

enum result
zalo_render(const struct reply *reply, const struct delivery_address *to,
    const struct render_context *context, struct arena *arena,
    struct api_call_list *out)
{
	const struct fit_limits limits = { .unit = FIT_CODE_POINTS,
		.text = TEXT_MAX,
		.text_with_buttons = TEXT_MAX,
		.buttons = context->plain ? 0 : BUTTONS_MAX,
		.title = TITLE_MAX };
	struct api_call_list list = { 0 };
	struct fitted fitted;
	struct api_call call;
	enum result result = fit_reply(reply, &limits, arena, &fitted);

	if (result == OK)
		result = begin_call(to, context, arena, &call);
	for (size_t i = 0; result == OK && i < fitted.part_count; i++) {
		bool last = i + 1 == fitted.part_count;

		result = render_body(fitted.parts[i], last ? &fitted : NULL, to,
		    arena, &call.body);
		list.at[list.count++] = call;
	}
	if (result == OK)
		*out = list;
	return result;
}
