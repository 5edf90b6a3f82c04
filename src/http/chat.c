/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The web chat: a citizen writes, fetches what was answered, and erases it.
 *
 * The body must be declared as JSON, which a page of another site cannot send
 * without asking first, and we never say yes.
 *
 * The replies are fetched on the store's thread, right after the commit: that
 * is one indexed read, and saves the page a second request on a slow network.
 * What comes later, from staff or after a pause, is told to a page that waits
 * (chat_waiters.c). */
#include "chat.h"

#include <stdlib.h>

#include "chat_replies.h"
#include "chat_request.h"
#include "chat_visit.h"
#include "clock.h"
#include "secret.h"

enum {
	RANDOM_BYTES = 16,
	WAIT_MAX_S = 30, /* proxies cut a silent connection after a minute */
};

/* ---- starting and stopping ---- */

enum result
chat_start(const struct chat_options *options, struct chat **chat_out)
{
	struct chat *chat = calloc(1, sizeof(*chat));
	enum result result;

	if (chat == NULL)
		return ERR_NOMEM;
	chat->options = *options;
	result = chat_limits_new(options->session_per_minute, &chat->sessions);
	if (result == OK)
		result = chat_limits_new(
		    options->address_per_minute, &chat->addresses);
	if (result == OK)
		result = chat_waiters_start(options->waiting_max,
		    options->turns->metrics, &chat->waiters);
	if (result != OK) {
		chat_stop(chat);
		return result;
	}
	*chat_out = chat;
	return OK;
}

void
chat_look(struct chat *chat)
{
	chat_waiters_look(chat->waiters);
}

void
chat_close(struct chat *chat)
{
	chat_waiters_close(chat->waiters);
}

void
chat_stop(struct chat *chat)
{
	if (chat == NULL)
		return;
	chat_waiters_stop(chat->waiters);
	chat_limits_free(chat->addresses);
	chat_limits_free(chat->sessions);
	free(chat);
}

/* The session, where it has to be said, and the replies. */
static struct http_answer
tell_replies(const struct chat_visit *visit, struct http_request *request,
    bool tell_session)
{
	const struct chat_replies wanted = { &visit->session, visit->after,
		tell_session };
	struct text_view body;
	size_t count;
	enum result result = chat_replies_read(visit->chat->options.store,
	    &wanted, &request->arena, &body, &count);

	return result == OK ? http_json(request, 200, body)
			    : chat_visit_busy(request);
}

/* ---- POST ---- */

static void
on_done(void *context, struct http_request *request, enum result result)
{
	const struct chat_visit *visit = context;
	const struct chat_options *options = &visit->chat->options;
	struct http_answer answer = result == OK
					? tell_replies(visit, request, true)
					: chat_visit_busy(request);

	metrics_add(options->turns->metrics,
	    result == OK ? METRIC_events : METRIC_webhooks_busy, CHAT_CHANNEL,
	    1);
	LOG(options->log, result == OK ? LOG_INFO : LOG_WARN, "chat",
	    LOG_NUMBER("id", request->id),
	    LOG_TEXT("result", result_name(result)),
	    LOG_NUMBER(
		"us", (clock_monotonic_ns() - request->started_ns) / 1000));
	http_finish(request, &answer);
}

/* The page chooses the id of its message, so it is told apart by citizen:
 * nobody can block the messages of somebody else. */
static enum result
fill_dedup_id(
    struct chat_visit *visit, struct text_view id, struct arena *arena)
{
	char random[2 * RANDOM_BYTES + 1];
	char hex[SECRET_HEX_SIZE];
	struct text_view parts[2] = { visit->session.citizen, id };

	secret_random_hex(RANDOM_BYTES, random);
	if (id.len == 0)
		parts[1] = text_of(random);
	secret_sha256_hex(parts, 2, hex);
	return arena_text(arena, text_of(hex), &visit->message.dedup_id);
}

static enum result
fill_message(struct chat_visit *visit, const struct chat_request *asked,
    struct arena *arena, uint64_t now_ms)
{
	bool tapped = asked->payload.len > 0;

	visit->after = asked->after;
	visit->message = (struct message){
		.kind = tapped ? EVENT_TAP : EVENT_TEXT,
		.at_ms = now_ms,
		.account = TEXT(CHAT_ACCOUNT),
		.citizen = visit->session.citizen,
		.text = tapped ? asked->title : asked->text,
		.payload = asked->payload,
	};
	visit->messages = (struct message_list){ &visit->message, 1 };
	return fill_dedup_id(visit, asked->id, arena);
}

static enum result
start_turn(struct chat_visit *visit, struct http_request *request,
    struct complaint *why)
{
	const struct turns_order order = { .request = request,
		.channel = channel_named(TEXT(CHAT_CHANNEL)),
		.messages = &visit->messages,
		.done = on_done,
		.context = visit };
	uint64_t now_ms = clock_now_ms();
	struct chat_request asked;
	enum result result =
	    chat_request_read(request->body, &request->arena, &asked, why);

	if (result == OK)
		result = fill_message(visit, &asked, &request->arena, now_ms);
	if (result != OK)
		return result;
	return turns_start(visit->chat->options.turns, &order, now_ms);
}

void
chat_begin(void *context, struct http_request *request)
{
	struct chat_visit *visit = chat_visit_new(context, request);
	struct complaint why = { .text = "" };
	enum result result = ERR_NOMEM;

	if (!http_has_json(request)) {
		struct http_answer answer = http_error(
		    request, 415, "the content type must be application/json");

		http_finish(request, &answer);
		return;
	}
	if (visit != NULL)
		result =
		    chat_session_find_or_make(request, &visit->session, &why);
	if (result == OK && !chat_visit_may_write(visit))
		return;
	if (result == OK)
		result = start_turn(visit, request, &why);
	/* On OK on_done() answers, or has answered. */
	if (result != OK)
		chat_visit_refuse(request, result, &why);
}

/* ---- GET ---- */

static enum result
look_for_replies(
    void *context, struct arena *scratch, struct text_view *found_out)
{
	const struct chat_visit *visit = context;
	const struct chat_replies wanted = { &visit->session, visit->after,
		false };
	size_t count;
	enum result result = chat_replies_read(
	    visit->chat->options.store, &wanted, scratch, found_out, &count);

	return result == OK && count == 0 ? ERR_NOT_FOUND : result;
}

static void
end_waiting(void *context, struct http_request *request, enum result result,
    struct text_view found)
{
	struct text_view body = TEXT("{\"messages\":[]}");
	struct http_answer answer;

	(void)context;
	if (result == OK)
		result = arena_text(&request->arena, found, &body);
	answer = result == OK || result == ERR_NOT_FOUND
		     ? http_json(request, 200, body)
		     : chat_visit_busy(request);
	http_finish(request, &answer);
}

/* The replies, at once or when there is one. */
static void
answer_fetch(
    struct chat_visit *visit, struct http_request *request, uint64_t wait_s)
{
	struct http_answer answer;

	visit->waiter = (struct chat_waiter){
		.citizen = visit->session.citizen,
		.until_ms = clock_monotonic_ms() + wait_s * 1000,
		.look = look_for_replies,
		.wake = end_waiting,
		.context = visit,
		.request = request,
	};
	if (wait_s > 0 &&
	    chat_waiters_add(visit->chat->waiters, &visit->waiter))
		return;
	answer = tell_replies(visit, request, false);
	http_finish(request, &answer);
}

static enum result
read_query(const struct http_request *request, struct chat_visit *visit,
    uint64_t *wait_s_out, struct complaint *why)
{
	struct text_view after = http_query(request, "after");
	struct text_view wait = http_query(request, "wait_s");

	if (after.len > 0 &&
	    text_number(after, 0, INT64_MAX, &visit->after) != OK) {
		complain(why, NULL, 0,
		    "\"after\" must be the number of the last message seen");
		return ERR_INVALID;
	}
	if (wait.len > 0 && text_number(wait, 0, WAIT_MAX_S, wait_s_out)) {
		complain(why, NULL, 0,
		    "\"wait_s\" must be a number of seconds up to %d",
		    WAIT_MAX_S);
		return ERR_INVALID;
	}
	return OK;
}

void
chat_fetch(void *context, struct http_request *request)
{
	struct chat_visit *visit = chat_visit_new(context, request);
	struct complaint why = { .text = "" };
	uint64_t wait_s = 0;
	enum result result = ERR_NOMEM;

	if (visit != NULL)
		result = chat_session_find(request, &visit->session, &why);
	if (result == OK)
		result = read_query(request, visit, &wait_s, &why);
	if (result == OK)
		answer_fetch(visit, request, wait_s);
	else
		chat_visit_refuse(request, result, &why);
}

/* ---- DELETE ---- */

static enum result
decide_erasure(void *context, struct text_view state, struct turn_outcome *out)
{
	(void)context;
	(void)state;
	out->erase = true;
	return OK;
}

static void
on_erased(struct turn_batch *batch, enum result result)
{
	const struct chat_visit *visit = batch->context;
	struct http_request *request = visit->request;
	struct http_answer answer =
	    result == OK ? http_json(request, 200, TEXT("{\"erased\": true}"))
			 : chat_visit_busy(request);

	LOG(visit->chat->options.log, result == OK ? LOG_INFO : LOG_WARN,
	    "chat_erased", LOG_NUMBER("id", request->id),
	    LOG_TEXT("result", result_name(result)));
	http_finish(request, &answer);
}

/* A turn like any other, so it comes after what the citizen wrote before. */
static enum result
start_erasure(struct chat_visit *visit)
{
	visit->turn = (struct turn){ .channel = CHAT_CHANNEL,
		.account = TEXT(CHAT_ACCOUNT),
		.citizen = visit->session.citizen,
		.now_ms = clock_now_ms(),
		.decide = decide_erasure };
	visit->batch = (struct turn_batch){ .turns = &visit->turn,
		.count = 1,
		.done = on_erased,
		.context = visit };
	return store_submit(visit->chat->options.store, &visit->batch);
}

void
chat_erase(void *context, struct http_request *request)
{
	struct chat_visit *visit = chat_visit_new(context, request);
	struct complaint why = { .text = "" };
	enum result result = ERR_NOMEM;

	if (visit != NULL)
		result = chat_session_find(request, &visit->session, &why);
	if (result == OK && !chat_visit_may_write(visit))
		return;
	if (result == OK)
		result = start_erasure(visit);
	if (result != OK)
		chat_visit_refuse(request, result, &why);
}
