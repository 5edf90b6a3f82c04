/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The web chat.  A citizen is known by a session token that only their browser
 * has; we keep its SHA-256 as their channel id, so that who reads the store
 * cannot read along in anybody's chat.
 *
 * The token comes in a header of our own and the body must be declared as
 * JSON: a page of another site cannot send either without asking first, and we
 * never say yes.
 *
 * The replies are fetched on the store's thread, right after the commit: that
 * is one indexed read, and saves the page a second request on a slow
 * network. */
#include "chat.h"

#include <stdlib.h>
#include <strings.h>

#include "chat_request.h"
#include "clock.h"
#include "reply_json.h"
#include "secret.h"

enum {
	TOKEN_BYTES = 16,
	TOKEN_LEN = 2 * TOKEN_BYTES,
	REPLIES_MAX = 50, /* of one answer; the page asks again for more */
	BUSY_RETRY_AFTER_S = 2,
};

#define CHANNEL_NAME "webchat"
#define SESSION_HEADER "X-Hoidap-Session"

/* One POST or GET of one citizen, in the request's arena. */
struct visit {
	const struct chat *chat;
	struct text_view token;
	struct text_view citizen;
	uint64_t after;
	struct message message;
	struct message_list messages;
};

/* ---- the session ---- */

static bool
is_token(struct text_view text)
{
	if (text.len != TOKEN_LEN)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char digit = text.at[i];

		if (!(digit >= '0' && digit <= '9') &&
		    !(digit >= 'a' && digit <= 'f'))
			return false;
	}
	return true;
}

static enum result
enter(struct visit *visit, struct text_view token, struct arena *arena)
{
	char hex[SECRET_HEX_SIZE];
	enum result result = arena_text(arena, token, &visit->token);

	secret_sha256_hex(&token, 1, hex);
	if (result == OK)
		result = arena_text(arena, text_of(hex), &visit->citizen);
	return result;
}

/* The session of REQUEST.  ERR_NOT_FOUND when it names none. */
static enum result
find_session(
    struct visit *visit, struct http_request *request, struct complaint *why)
{
	struct text_view token = http_header(request, SESSION_HEADER);

	if (token.len == 0) {
		complain(
		    why, NULL, 0, "the header " SESSION_HEADER " is missing");
		return ERR_NOT_FOUND;
	}
	if (!is_token(token)) {
		complain(why, NULL, 0,
		    "the header " SESSION_HEADER " is no session: it has %d "
		    "digits of lower-case hex",
		    TOKEN_LEN);
		return ERR_INVALID;
	}
	return enter(visit, token, &request->arena);
}

static enum result
find_or_make_session(
    struct visit *visit, struct http_request *request, struct complaint *why)
{
	char token[TOKEN_LEN + 1];
	enum result result = find_session(visit, request, why);

	if (result != ERR_NOT_FOUND)
		return result;
	secret_random_hex(TOKEN_BYTES, token);
	return enter(visit, text_of(token), &request->arena);
}

/* ---- replies as JSON ---- */

/* One that cannot be read is left out: it must not hide those behind it. */
static enum result
add_reply(
    json_t *messages, const struct delivery *delivery, struct arena *arena)
{
	struct reply reply;
	enum result result = reply_unpack(delivery->reply, arena, &reply);

	if (result == ERR_INVALID)
		return OK;
	if (result != OK)
		return result;
	/* Takes the message over, and refuses a NULL. */
	if (json_array_append_new(messages, reply_json(delivery->id, &reply)))
		return ERR_NOMEM;
	return OK;
}

static enum result
fetch_replies(const struct visit *visit, struct arena *arena, json_t *messages)
{
	const struct store_fetch fetch = { CHANNEL_NAME, visit->citizen,
		visit->after, REPLIES_MAX };
	struct delivery *found;
	size_t count;
	enum result result =
	    store_fetch(visit->chat->store, &fetch, arena, &found, &count);

	for (size_t i = 0; result == OK && i < count; i++)
		result = add_reply(messages, &found[i], arena);
	return result;
}

static enum result
print(const json_t *root, struct arena *arena, struct text_view *out)
{
	char *text = json_dumps(root, JSON_COMPACT);
	enum result result = ERR_NOMEM;

	if (text != NULL)
		result = arena_text(arena, text_of(text), out);
	free(text);
	return result;
}

static struct http_answer
busy(struct http_request *request)
{
	struct http_answer answer =
	    http_error(request, 503, "too much is waiting; send it again soon");

	answer.retry_after_s = BUSY_RETRY_AFTER_S;
	return answer;
}

/* The session, where it has to be said, and the replies. */
static struct http_answer
tell_replies(
    const struct visit *visit, struct http_request *request, bool tell_session)
{
	json_t *root = json_object();
	json_t *messages = json_array();
	struct text_view body = TEXT("");
	int failed = json_object_set_new(root, "messages", messages);
	enum result result = ERR_NOMEM;

	if (tell_session)
		failed |= json_object_set_new(root, "session",
		    json_stringn(visit->token.at, visit->token.len));
	if (failed == 0)
		result = fetch_replies(visit, &request->arena, messages);
	if (result == OK)
		result = print(root, &request->arena, &body);
	json_decref(root);
	return result == OK ? http_json(request, 200, body) : busy(request);
}

/* ---- POST ---- */

static void
on_done(void *context, struct http_request *request, enum result result)
{
	const struct visit *visit = context;
	const struct chat *chat = visit->chat;
	struct http_answer answer =
	    result == OK ? tell_replies(visit, request, true) : busy(request);

	metrics_add(chat->turns->metrics,
	    result == OK ? METRIC_events : METRIC_webhooks_busy, CHANNEL_NAME,
	    1);
	LOG(chat->log, result == OK ? LOG_INFO : LOG_WARN, "chat",
	    LOG_NUMBER("id", request->id),
	    LOG_TEXT("result", result_name(result)),
	    LOG_NUMBER(
		"us", (clock_monotonic_ns() - request->started_ns) / 1000));
	http_finish(request, &answer);
}

/* The page chooses the id of its message, so it is told apart by citizen:
 * nobody can block the messages of somebody else. */
static enum result
fill_dedup_id(struct visit *visit, struct text_view id, struct arena *arena)
{
	char random[TOKEN_LEN + 1];
	char hex[SECRET_HEX_SIZE];
	struct text_view parts[2] = { visit->citizen, id };

	secret_random_hex(TOKEN_BYTES, random);
	if (id.len == 0)
		parts[1] = text_of(random);
	secret_sha256_hex(parts, 2, hex);
	return arena_text(arena, text_of(hex), &visit->message.dedup_id);
}

static enum result
fill_message(struct visit *visit, const struct chat_request *asked,
    struct arena *arena, uint64_t now_ms)
{
	bool tapped = asked->payload.len > 0;

	visit->after = asked->after;
	visit->message = (struct message){
		.kind = tapped ? EVENT_TAP : EVENT_TEXT,
		.at_ms = now_ms,
		.account = TEXT("web"), /* there is only this one */
		.citizen = visit->citizen,
		.text = tapped ? asked->title : asked->text,
		.payload = asked->payload,
	};
	visit->messages = (struct message_list){ &visit->message, 1 };
	return fill_dedup_id(visit, asked->id, arena);
}

static enum result
start_turn(const struct chat *chat, struct http_request *request,
    struct complaint *why)
{
	struct visit *visit = arena_alloc(&request->arena, 1, sizeof(*visit));
	struct turns_order order = { .request = request,
		.channel = channel_named(TEXT(CHANNEL_NAME)),
		.done = on_done,
		.context = visit };
	uint64_t now_ms = clock_now_ms();
	struct chat_request asked;
	enum result result;

	if (visit == NULL)
		return ERR_NOMEM;
	visit->chat = chat;
	result = find_or_make_session(visit, request, why);
	if (result == OK)
		result = chat_request_read(
		    request->body, &request->arena, &asked, why);
	if (result == OK)
		result = fill_message(visit, &asked, &request->arena, now_ms);
	if (result != OK)
		return result;
	order.messages = &visit->messages;
	return turns_start(chat->turns, &order, now_ms);
}

static bool
is_json(const struct http_request *request)
{
	const struct text_view json = TEXT("application/json");
	struct text_view type = http_header(request, "Content-Type");

	if (type.len < json.len || strncasecmp(type.at, json.at, json.len) != 0)
		return false;
	return type.len == json.len || type.at[json.len] == ';' ||
	       type.at[json.len] == ' ';
}

void
chat_begin(void *context, struct http_request *request)
{
	const struct chat *chat = context;
	struct complaint why = { .text = "" };
	struct http_answer answer;
	enum result result;

	if (!is_json(request)) {
		answer = http_error(
		    request, 415, "the content type must be application/json");
		http_finish(request, &answer);
		return;
	}
	result = start_turn(chat, request, &why);
	if (result == OK)
		return; /* on_done() answers, or has answered */
	answer = result == ERR_INVALID ? http_error(request, 400, why.text)
				       : busy(request);
	http_finish(request, &answer);
}

/* ---- GET ---- */

struct http_answer
chat_fetch(void *context, struct http_request *request)
{
	struct visit visit = { .chat = context };
	struct text_view after = http_query(request, "after");
	struct complaint why = { .text = "" };
	enum result result = find_session(&visit, request, &why);

	if (result == ERR_NOMEM)
		return busy(request);
	if (result != OK)
		return http_error(request, 400, why.text);
	if (after.len > 0 &&
	    text_number(after, 0, INT64_MAX, &visit.after) != OK)
		return http_error(request, 400,
		    "\"after\" must be the number of the last message seen");
	return tell_replies(&visit, request, false);
}
