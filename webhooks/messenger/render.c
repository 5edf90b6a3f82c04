/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "messenger.h"

#include "fit.h"
#include "secret.h"
#include "utf8.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>

/* A reply is its parts; buttons go with the last one.  After the first of
 * many comes a typing sign: there is more.  Before it there is none: a reply
 * is there at once, and the sign would only double the calls.
 *
 * Messenger has two kinds of them:
 *   quick replies  send a payload; they vanish after the next message, and go
 *                  with a text of full length;
 *   a template     shows links too, but three buttons at most, under a short
 *                  text.
 * A quick reply shows 20 characters.  Where a title needs more, as the
 * questions of "did you mean" do, the titles stand in the text as numbered
 * lines and the quick replies are their numbers.
 *
 * The tag HUMAN_AGENT goes with what a person wrote, and only where nothing
 * else is allowed any more: Meta takes it away from those who misuse it.
 *
 * The last part carries our delivery id as metadata: its echo then tells that a
 * delivery with an unclear end did arrive.  The parts before it say which they
 * are, since one of them alone is not the reply. */

enum {
	TEXT_UNITS_MAX = 2000, /* UTF-16 units: the safest reading */
	TEMPLATE_UNITS_MAX = 640,
	TEMPLATE_BUTTONS_MAX = 3,
	QUICK_REPLIES_MAX = 13,
	TYPING_PARTS_MIN = 3, /* a text and its buttons come as two */
	TITLE_UNITS_MAX = 20,
	URL_MAX_BYTES = 1024,
	BODY_MAX_BYTES = 65536,
};

enum button_style {
	BUTTONS_NONE, /* numbered lines only */
	BUTTONS_QUICK_REPLIES,
	BUTTONS_NUMBERS, /* numbered lines, and quick replies "1", "2" */
	BUTTONS_TEMPLATE,
};

static const struct fit_limits style_limits[] = {
	[BUTTONS_NONE] = { FIT_UTF16_UNITS, TEXT_UNITS_MAX, 0, 0, 0 },
	[BUTTONS_QUICK_REPLIES] = { FIT_UTF16_UNITS, TEXT_UNITS_MAX,
	    TEXT_UNITS_MAX, QUICK_REPLIES_MAX, TITLE_UNITS_MAX },
	[BUTTONS_NUMBERS] = { FIT_UTF16_UNITS, TEXT_UNITS_MAX, 0, 0, 0 },
	[BUTTONS_TEMPLATE] = { FIT_UTF16_UNITS, TEXT_UNITS_MAX,
	    TEMPLATE_UNITS_MAX, TEMPLATE_BUTTONS_MAX, TITLE_UNITS_MAX },
};

static enum button_style
choose_style(const struct reply *reply, bool plain)
{
	enum button_style style = BUTTONS_QUICK_REPLIES;

	if (plain || reply->button_count == 0)
		return BUTTONS_NONE;
	for (size_t i = 0; i < reply->button_count; i++) {
		if (reply->buttons[i].url.len > 0)
			return BUTTONS_TEMPLATE;
		if (utf16_length(reply->buttons[i].title) > TITLE_UNITS_MAX)
			style = BUTTONS_NUMBERS;
	}
	return style;
}

/* Quick replies titled "1", "2", ... for lines that are in the text. */
static enum result
number_buttons(
    const struct reply *reply, struct arena *arena, struct fitted *fitted)
{
	for (size_t i = 0; i < reply->button_count; i++) {
		char digits[24];

		(void)snprintf(digits, sizeof(digits), "%zu", i + 1);
		fitted->buttons[i].payload = reply->buttons[i].payload;
		if (arena_text(arena, text_of(digits),
			&fitted->buttons[i].title) != OK)
			return ERR_NOMEM;
	}
	fitted->button_count = reply->button_count;
	return OK;
}

/* ---- the message; NULL is always "out of memory", and json_pack() takes its
 * values even when it fails ---- */

static json_t *
build_text(struct text_view text)
{
	return json_stringn(text.at == NULL ? "" : text.at, text.len);
}

static json_t *
build_quick_reply(const struct button *button)
{
	return json_pack("{s:s, s:o, s:o}", "content_type", "text", "title",
	    build_text(button->title), "payload", build_text(button->payload));
}

static json_t *
build_template_button(const struct button *button)
{
	if (button->url.len > 0)
		return json_pack("{s:s, s:o, s:o}", "type", "web_url", "title",
		    build_text(button->title), "url", build_text(button->url));
	return json_pack("{s:s, s:o, s:o}", "type", "postback", "title",
	    build_text(button->title), "payload", build_text(button->payload));
}

static json_t *
build_buttons(const struct fitted *fitted, enum button_style style)
{
	json_t *list = json_array();
	int failed = 0;

	for (size_t i = 0; i < fitted->button_count; i++)
		failed |= json_array_append_new(
		    list, style == BUTTONS_TEMPLATE
			      ? build_template_button(&fitted->buttons[i])
			      : build_quick_reply(&fitted->buttons[i]));
	if (failed == 0)
		return list;
	json_decref(list);
	return NULL;
}

/* The part that carries the buttons. */
static json_t *
build_message_with_buttons(struct text_view text, const struct fitted *fitted,
    enum button_style style, const char *metadata)
{
	json_t *buttons = build_buttons(fitted, style);

	if (style != BUTTONS_TEMPLATE)
		return json_pack("{s:o, s:o, s:s}", "text", build_text(text),
		    "quick_replies", buttons, "metadata", metadata);
	return json_pack("{s:{s:s, s:{s:s, s:o, s:o}}, s:s}", "attachment",
	    "type", "template", "payload", "template_type", "button", "text",
	    build_text(text), "buttons", buttons, "metadata", metadata);
}

/* ---- the calls ---- */

struct renderer {
	struct arena *arena;
	struct text_view citizen;
	struct api_call envelope; /* URL and headers, the same for all */
	bool tagged;		  /* past 24 hours, and a person wrote it */
	char metadata[sizeof(MESSENGER_METADATA_PREFIX) + 20];
	char of_part[sizeof(MESSENGER_METADATA_PREFIX) + 42];
};

static char *
url_of(const struct render_context *context, struct arena *arena)
{
	const struct account *account = context->account;
	struct text_view secret = text_of(account->app_secret);
	char proof[SECRET_HEX_SIZE];
	struct buf url;
	char *kept = NULL;
	enum result result;

	buf_init(&url, URL_MAX_BYTES);
	result = buf_printf(&url, "%s/%s/messages", account->api, account->id);
	if (result == OK && secret.len > 0) {
		secret_hmac_sha256_hex(secret, context->access_token, proof);
		result = buf_printf(&url, "?appsecret_proof=%s", proof);
	}
	if (result == OK)
		kept = arena_string(arena, buf_view(&url));
	buf_fini(&url);
	return kept;
}

/* The token goes into a header: URLs get logged on their way. */
static enum result
renderer_init(struct renderer *renderer, const struct delivery_address *to,
    const struct render_context *context, struct arena *arena)
{
	struct api_call *envelope = &renderer->envelope;
	struct text_view token = context->access_token;
	size_t bearer_size = sizeof("Bearer ") + token.len;
	char *bearer = arena_alloc(arena, bearer_size, 1);

	*renderer = (struct renderer){ .arena = arena,
		.citizen = to->citizen,
		.tagged = context->human && context->reach == REACH_HUMAN };
	(void)snprintf(renderer->metadata, sizeof(renderer->metadata),
	    MESSENGER_METADATA_PREFIX "%" PRIu64, context->delivery_id);
	envelope->url = url_of(context, arena);
	if (bearer == NULL || envelope->url == NULL)
		return ERR_NOMEM;
	(void)snprintf(bearer, bearer_size, "Bearer %.*s", TEXT_ARGS(token));
	envelope->headers[0] =
	    (struct api_header){ "Content-Type", "application/json" };
	envelope->headers[1] = (struct api_header){ "Authorization", bearer };
	envelope->header_count = 2;
	return OK;
}

/* json_dumps() of Jansson 2.14 can lose a key when memory runs out, and still
 * give a string: so this remembers every failed append itself. */
struct sink {
	struct buf text;
	enum result result;
};

static int
sink_add(const char *bytes, size_t size, void *context)
{
	struct sink *sink = context;

	if (sink->result == OK)
		sink->result =
		    buf_add(&sink->text, (struct text_view){ bytes, size });
	return sink->result == OK ? 0 : -1;
}

static enum result
write_json(const json_t *json, struct arena *arena, struct text_view *out)
{
	struct sink sink = { .result = OK };
	int dumped;

	if (json == NULL)
		return ERR_NOMEM;
	buf_init(&sink.text, BODY_MAX_BYTES);
	dumped = json_dump_callback(json, sink_add, &sink, JSON_COMPACT);
	if (sink.result == OK && dumped != 0)
		sink.result = ERR_NOMEM;
	if (sink.result == OK)
		sink.result = arena_text(arena, buf_view(&sink.text), out);
	buf_fini(&sink.text);
	return sink.result;
}

/* Takes BODY, which may be NULL: out of memory. */
static enum result
add_call(const struct renderer *renderer, json_t *body, bool courtesy,
    struct api_call_list *calls)
{
	struct api_call *call = &calls->at[calls->count];
	enum result result;

	*call = renderer->envelope;
	call->courtesy = courtesy;
	result = write_json(body, renderer->arena, &call->body);
	json_decref(body);
	if (result == OK)
		calls->count++;
	return result;
}

static enum result
add_typing(const struct renderer *renderer, struct api_call_list *calls)
{
	return add_call(renderer,
	    json_pack("{s:{s:o}, s:s}", "recipient", "id",
		build_text(renderer->citizen), "sender_action", "typing_on"),
	    true, calls);
}

/* Takes MESSAGE, which may be NULL. */
static enum result
add_message(const struct renderer *renderer, json_t *message,
    struct api_call_list *calls)
{
	return add_call(renderer,
	    json_pack("{s:{s:o}, s:s, s:s*, s:o}", "recipient", "id",
		build_text(renderer->citizen), "messaging_type",
		renderer->tagged ? "MESSAGE_TAG" : "RESPONSE", "tag",
		renderer->tagged ? "HUMAN_AGENT" : NULL, "message", message),
	    false, calls);
}

static enum result
add_parts(struct renderer *renderer, const struct fitted *fitted,
    enum button_style style, struct api_call_list *calls)
{
	for (size_t i = 0; i < fitted->part_count; i++) {
		bool is_last = i + 1 == fitted->part_count;
		enum result result;
		json_t *message;

		(void)snprintf(renderer->of_part, sizeof(renderer->of_part),
		    "%s.%zu", renderer->metadata, i + 1);
		message =
		    is_last && fitted->button_count > 0
			? build_message_with_buttons(fitted->parts[i], fitted,
			      style, renderer->metadata)
			: json_pack("{s:o, s:s}", "text",
			      build_text(fitted->parts[i]), "metadata",
			      is_last ? renderer->metadata : renderer->of_part);
		result = add_message(renderer, message, calls);

		if (result == OK && i == 0 &&
		    fitted->part_count >= TYPING_PARTS_MIN)
			result = add_typing(renderer, calls);
		if (result != OK)
			return result;
	}
	return OK;
}

enum result
messenger_render(const struct reply *reply, const struct delivery_address *to,
    const struct render_context *context, struct arena *arena,
    struct api_call_list *out)
{
	enum button_style style = choose_style(reply, context->plain);
	struct api_call_list calls = { .count = 0 };
	struct renderer renderer;
	struct fitted fitted;
	enum result result =
	    fit_reply(reply, &style_limits[style], arena, &fitted);

	if (result == OK && style == BUTTONS_NUMBERS)
		result = number_buttons(reply, arena, &fitted);
	if (result == OK)
		result = renderer_init(&renderer, to, context, arena);
	if (result == OK)
		result = add_parts(&renderer, &fitted, style, &calls);
	if (result == OK)
		*out = calls;
	return result;
}
