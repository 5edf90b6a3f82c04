/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "bubbles.h"

#include "channels.h"
#include "faq_json.h"

/* What a preview shows must be what is sent, so nothing about a platform's
 * limits is known here: a channel renders its API calls, and the text and the
 * buttons are read back from them. */

/* Stands in where no page or OA is set up. */
static const struct account nobody = {
	.name = "",
	.id = "preview",
	.app_id = "",
	.app_secret = "",
	.webhook_secret = "",
	.verify_token = "",
	.access_token = "",
	.refresh_token = "",
	.api = "",
	.oauth = "",
};

/* The address of a button, wherever the platform has it. */
static json_t *
url_of(const json_t *button)
{
	json_t *url = json_object_get(button, "url");

	if (url == NULL)
		url =
		    json_object_get(json_object_get(button, "payload"), "url");
	return json_is_string(url) ? url : NULL;
}

static json_t *
buttons_json(const json_t *list)
{
	json_t *buttons = json_array();
	int failed = 0;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *button = json_array_get(list, i);

		failed |= json_array_append_new(
		    buttons, json_pack("{s:O, s:O*}", "title",
				 json_object_get(button, "title"), "url",
				 url_of(button)));
	}
	if (failed == 0)
		return buttons;
	json_decref(buttons);
	return NULL;
}

/* A message of Messenger or Zalo. */
static json_t *
bubble_json(const json_t *message)
{
	const json_t *payload =
	    json_object_get(json_object_get(message, "attachment"), "payload");
	json_t *text = json_object_get(message, "text");
	json_t *list = json_object_get(message, "quick_replies");

	if (text == NULL)
		text = json_object_get(payload, "text");
	if (list == NULL)
		list = json_object_get(payload, "buttons");
	return json_pack(
	    "{s:O, s:o}", "text", text, "buttons", buttons_json(list));
}

static json_t *
calls_json(const struct api_call_list *calls)
{
	json_t *list = json_array();
	int failed = 0;

	for (size_t i = 0; i < calls->count; i++) {
		json_t *body;

		if (calls->at[i].courtesy)
			continue;
		body = faq_json_parse(calls->at[i].body);
		failed |= json_array_append_new(
		    list, bubble_json(json_object_get(body, "message")));
		json_decref(body);
	}
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

static const struct account *
account_of(const struct settings *settings, const struct channel *channel)
{
	for (size_t i = 0; i < settings->account_count; i++) {
		if (settings->accounts[i].channel == channel)
			return &settings->accounts[i];
	}
	return &nobody;
}

static enum result
render(const struct channel *channel, const struct reply *reply,
    const struct render_context *context, struct arena *arena, json_t **out)
{
	static const struct delivery_address to = { { "1", 1 }, { NULL, 0 } };
	struct api_call_list *calls = arena_alloc(arena, 1, sizeof(*calls));
	enum result result =
	    calls == NULL ? ERR_NOMEM
			  : channel->render(reply, &to, context, arena, calls);

	if (result == OK)
		*out = calls_json(calls);
	else if (result == ERR_TOO_LARGE || result == ERR_INVALID)
		*out = json_pack("{s:s}", "refused", result_name(result));
	else
		return result;
	return *out == NULL ? ERR_NOMEM : OK;
}

enum result
bubbles_render(const struct reply *reply, const struct settings *settings,
    uint64_t now_ms, struct arena *arena, json_t **bubbles_out)
{
	json_t *bubbles = json_object();
	enum result result = bubbles == NULL ? ERR_NOMEM : OK;

	for (size_t i = 0; channels[i] != NULL && result == OK; i++) {
		const struct render_context context = {
			.account = account_of(settings, channels[i]),
			.access_token = TEXT("preview"),
			.delivery_id = 1,
			.now_s = now_ms / 1000,
		};
		json_t *list = NULL;

		if (channels[i]->pushes)
			result =
			    render(channels[i], reply, &context, arena, &list);
		else
			list = json_pack("[o]", faq_json_reply(reply));
		if (result == OK &&
		    json_object_set_new(bubbles, channels[i]->name, list) != 0)
			result = ERR_NOMEM;
	}
	if (result == OK)
		*bubbles_out = bubbles;
	else
		json_decref(bubbles);
	return result;
}
