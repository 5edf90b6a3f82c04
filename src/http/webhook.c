/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A platform's POST: verify, parse, hand over to turns.c, answer after the
 * commit.
 *
 * What is genuine is answered 200 even when it cannot be read: an odd message
 * must not make the platform switch the webhook off.  Only what we could not
 * keep gets a 503, so that the platform sends it again. */
#include "webhook.h"

#include <string.h>

#include "clock.h"

enum { BUSY_RETRY_AFTER_S = 2 };

#define WEBHOOK_PATH "/webhooks/"

/* The channel of the request's path; NULL for one that takes no webhooks. */
static const struct channel *
channel_of(const struct http_request *request)
{
	const struct channel *channel =
	    text_starts(text_of(request->path), TEXT(WEBHOOK_PATH))
		? channel_named(
		      text_of(request->path + sizeof(WEBHOOK_PATH) - 1))
		: NULL;

	return channel != NULL && channel->parse != NULL ? channel : NULL;
}

static struct http_answer
no_such_channel(struct http_request *request)
{
	return http_error(
	    request, 404, "there is no channel with webhooks at this address");
}

/* Platforms look at the status alone, so the hot path sends no headers. */
static const struct http_answer accepted = { .status = 200,
	.body = { "{\"status\":\"ok\"}", sizeof("{\"status\":\"ok\"}") - 1 } };

/* The account of CHANNEL whose secret fits; *RESULT_OUT says how the best of
 * them judged. */
static const struct account *
verify(const struct webhooks *webhooks, const struct channel *channel,
    const struct http_request *request, enum genuineness *result_out)
{
	const struct settings *settings = webhooks->settings;
	struct webhook_request webhook = { request->body,
		http_header(request, channel->signature_header) };

	*result_out =
	    webhook.signature.len == 0 ? WEBHOOK_UNSIGNED : WEBHOOK_FORGED;
	for (size_t i = 0; i < settings->account_count; i++) {
		const struct account *account = &settings->accounts[i];

		if (account->channel == channel &&
		    channel->verify(&webhook, account) == WEBHOOK_GENUINE) {
			*result_out = WEBHOOK_GENUINE;
			return account;
		}
	}
	return NULL;
}

static void
refuse(const struct webhooks *webhooks, const struct channel *channel,
    struct http_request *request, enum genuineness genuineness)
{
	bool is_forged = genuineness == WEBHOOK_FORGED;
	unsigned status =
	    is_forged ? channel->forged_status : channel->unsigned_status;
	struct http_answer answer =
	    status == 200
		? accepted
		: http_error(request, status,
		      is_forged ? "the signature does not fit the body"
				: "the signature is missing");

	metrics_add(webhooks->metrics,
	    is_forged ? METRIC_webhooks_forged : METRIC_webhooks_unsigned,
	    channel->name, 1);
	LOG(webhooks->log, LOG_WARN,
	    is_forged ? "webhook_forged" : "webhook_unsigned",
	    LOG_NUMBER("id", request->id), LOG_TEXT("channel", channel->name),
	    LOG_NUMBER("bytes", request->body.len),
	    LOG_NUMBER("status", status));
	http_finish(request, &answer);
}

static bool
is_ours(const struct settings *settings, const struct channel *channel,
    struct text_view account_id)
{
	for (size_t i = 0; i < settings->account_count; i++)
		if (settings->accounts[i].channel == channel &&
		    text_is(account_id, settings->accounts[i].id))
			return true;
	return false;
}

/* Events of pages and OAs that are not set up here are dropped, counted; one
 * that does not say belongs to the account that signed. */
static void
keep_ours(const struct webhooks *webhooks, const struct channel *channel,
    const struct account *signer, struct message_list *messages)
{
	size_t kept = 0;

	for (size_t i = 0; i < messages->count; i++) {
		struct message *message = &messages->at[i];

		if (message->account.len == 0)
			message->account = text_of(signer->id);
		if (message->kind != EVENT_IGNORED &&
		    is_ours(webhooks->settings, channel, message->account))
			messages->at[kept++] = *message;
		else
			metrics_add(webhooks->metrics, METRIC_events_ignored,
			    channel->name, 1);
	}
	metrics_add(
	    webhooks->metrics, METRIC_events, channel->name, messages->count);
	messages->count = kept;
}

static void
on_done(void *context, struct http_request *request, enum result result)
{
	const struct webhooks *webhooks = context;
	const struct channel *channel = channel_of(request);
	struct http_answer answer = accepted;
	uint64_t took_ns = clock_monotonic_ns() - request->started_ns;

	if (result != OK) {
		answer = http_error(request, 503,
		    "too much is waiting to be stored; send it again soon");
		answer.retry_after_s = BUSY_RETRY_AFTER_S;
		metrics_add(
		    webhooks->metrics, METRIC_webhooks_busy, channel->name, 1);
	}
	metrics_observe(webhooks->metrics, METRIC_webhook_seconds, took_ns);
	LOG(webhooks->log, result == OK ? LOG_INFO : LOG_WARN, "webhook",
	    LOG_NUMBER("id", request->id), LOG_TEXT("channel", channel->name),
	    LOG_TEXT("result", result_name(result)),
	    LOG_NUMBER("us", took_ns / 1000));
	http_finish(request, &answer);
}

/* A genuine body of which nothing is kept. */
static void
drop_unreadable(const struct webhooks *webhooks, const struct channel *channel,
    struct http_request *request, const struct complaint *why)
{
	struct http_answer answer = accepted;

	metrics_add(
	    webhooks->metrics, METRIC_webhooks_unreadable, channel->name, 1);
	LOG(webhooks->log, LOG_WARN, "webhook_unreadable",
	    LOG_NUMBER("id", request->id), LOG_TEXT("channel", channel->name),
	    LOG_TEXT("why", why->text));
	http_finish(request, &answer);
}

void
webhook_begin(void *context, struct http_request *request)
{
	const struct webhooks *webhooks = context;
	const struct channel *channel = channel_of(request);
	struct message_list messages = { NULL, 0 };
	struct complaint why = { .text = "" };
	struct turns_order order = { request, channel, &messages, on_done,
		context };
	const struct account *account;
	enum genuineness genuineness;
	enum result result;

	if (channel == NULL) {
		struct http_answer answer = no_such_channel(request);

		http_finish(request, &answer);
		return;
	}
	account = verify(webhooks, channel, request, &genuineness);
	if (account == NULL) {
		refuse(webhooks, channel, request, genuineness);
		return;
	}
	result = channel->parse(
	    request->body, account, &request->arena, &messages, &why);
	if (result == ERR_INVALID || result == ERR_TOO_LARGE) {
		drop_unreadable(webhooks, channel, request, &why);
		return;
	}
	metrics_add(webhooks->metrics, METRIC_webhooks, channel->name, 1);
	if (result == OK) {
		keep_ours(webhooks, channel, account, &messages);
		result = turns_start(webhooks->turns, &order, clock_now_ms());
	}
	if (result != OK)
		on_done(context, request, result);
}

static struct text_view
query_value(const void *request, const char *name)
{
	return http_query(request, name);
}

struct http_answer
webhook_handshake(void *context, struct http_request *request)
{
	const struct webhooks *webhooks = context;
	const struct settings *settings = webhooks->settings;
	const struct channel *channel = channel_of(request);
	struct webhook_query query = { query_value, request };
	struct text_view challenge;

	if (channel == NULL)
		return no_such_channel(request);
	for (size_t i = 0; i < settings->account_count; i++) {
		const struct account *account = &settings->accounts[i];

		if (account->channel != channel ||
		    channel->handshake(&query, account, &challenge) != OK ||
		    arena_text(&request->arena, challenge, &challenge) != OK)
			continue;
		return (struct http_answer){ .status = 200,
			.content_type = "text/plain; charset=utf-8",
			.body = challenge };
	}
	return http_error(
	    request, 403, "the verify token is not the one of the settings");
}
