/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "flight.h"

#include <assert.h>
#include <stdlib.h>

#include "settle.h"

/* A delivery is one or more calls, made one after another.  PARTS_DONE counts
 * those that need not be made again, courtesy calls included, so that a typing
 * sign is never repeated; a later try goes on behind them.
 *
 * What was delivered must be marked, or it is sent again when the lease runs
 * out.  So a settlement that the store does not take keeps its place and is
 * offered again, and no call begins that might outlive the lease. */

enum {
	ARENA_MAX_BYTES = 8 * 1024 * 1024,
	/* No call of a delivery begins later after its claim; what is left of
	 * it is claimed anew. */
	CALLS_BEGIN_MS = 60 * 1000,
	HOLD_MAX_MS = 20 * 1000,
	AGAIN_MS = 1000, /* when memory or the store fails */
};

void
flight_init(struct flight *flight, const struct tools *tools)
{
	*flight = (struct flight){ .state = FLIGHT_FREE, .tools = tools };
	arena_init(&flight->arena, ARENA_MAX_BYTES);
}

void
flight_fini(struct flight *flight)
{
	arena_fini(&flight->arena);
}

uint64_t
flight_lease_ms(const struct tools *tools)
{
	return CALLS_BEGIN_MS + tools->transfer_longest_ms;
}

/* ---- the end of a flight ---- */

static void
offer_settlement(struct flight *flight, uint64_t now_ms)
{
	enum result result =
	    store_settle(flight->tools->store, &flight->settlement);

	if (result == OK) {
		flight->state = FLIGHT_FREE;
		return;
	}
	flight->settle_next_ms = now_ms + AGAIN_MS;
	LOG(flight->tools->log, LOG_ERROR, "delivery_not_settled",
	    LOG_NUMBER("delivery", flight->delivery.id),
	    LOG_TEXT("result", result_name(result)));
}

static void
settle(struct flight *flight, const struct settlement *settlement)
{
	flight->state = FLIGHT_SETTLING;
	flight->settlement = *settlement;
	offer_settlement(flight, settlement->now_ms);
}

/* Nothing was tried: the account is closed, or we are stopping. */
static void
postpone(
    struct flight *flight, uint64_t now_ms, uint64_t due_ms, const char *reason)
{
	struct settlement settlement =
	    settle_later(&flight->delivery, now_ms, due_ms, reason);

	settle(flight, &settlement);
}

static void
count(const struct flight *flight, enum metric metric)
{
	const struct channel *channel = flight->account->account->channel;

	metrics_add(flight->tools->metrics, metric, channel->name, 1);
}

static void
log_end(const struct flight *flight, const struct settlement *settlement,
    const struct verdict *verdict)
{
	bool parked = settlement->state == DELIVERY_PARKED;

	LOG(flight->tools->log, parked ? LOG_WARN : LOG_INFO,
	    parked ? "delivery_parked" : "delivery",
	    LOG_TEXT("channel", flight->account->account->channel->name),
	    LOG_TEXT("account", flight->account->account->name),
	    LOG_NUMBER("delivery", flight->delivery.id),
	    LOG_TEXT("verdict", settle_verdict_name(verdict->kind)),
	    LOG_NUMBER("code", verdict->code),
	    LOG_NUMBER("subcode", verdict->subcode),
	    LOG_TEXT("why", verdict->reason),
	    LOG_NUMBER("attempts", settlement->attempts),
	    LOG_NUMBER("ms", settlement->now_ms - flight->claimed_ms));
}

/* Never sent: nobody could send it as it is. */
static void
park(struct flight *flight, uint64_t now_ms, const char *reason)
{
	struct settlement settlement =
	    settle_parked(&flight->delivery, now_ms, reason);

	/* A channel that is not known counts as "other". */
	metrics_add(flight->tools->metrics, METRIC_deliveries_parked,
	    flight->account == NULL ? "other"
				    : flight->account->account->channel->name,
	    1);
	LOG(flight->tools->log, LOG_WARN, "delivery_parked",
	    LOG_TEXT("channel", flight->delivery.channel.at),
	    LOG_TEXT("account_id", flight->delivery.account.at),
	    LOG_NUMBER("delivery", flight->delivery.id),
	    LOG_TEXT("why", reason));
	settle(flight, &settlement);
}

/* Without its buttons a reply may be split elsewhere, so that none of its text
 * parts stands for one that was delivered: they are all sent again.  The call
 * that was refused was no courtesy, so the loop ends there at the latest. */
static void
forget_parts(struct flight *flight)
{
	unsigned *done = &flight->delivery.parts_done;

	*done = 0;
	while (flight->calls.at[*done].courtesy)
		++*done;
}

static void
end(struct flight *flight, const struct verdict *verdict, uint64_t now_ms)
{
	const struct settings *settings = flight->tools->settings;
	struct settle_terms terms = {
		.policy = { (unsigned)settings->outbox_attempts_max,
		    settings->outbox_backoff_ms,
		    settings->outbox_backoff_max_ms },
		.now_ms = now_ms,
		.dice = arc4random(),
	};
	struct settlement settlement =
	    settle_after(verdict, &flight->delivery, &terms);

	switch (settlement.state) {
	case DELIVERY_DELIVERED:
		count(flight, METRIC_deliveries);
		break;
	case DELIVERY_QUEUED:
		count(flight, METRIC_deliveries_retried);
		break;
	case DELIVERY_PARKED:
		count(flight, METRIC_deliveries_parked);
		break;
	case DELIVERY_ERASED:
	case DELIVERY_DISCARDED:
		break; /* of a person's making only */
	}
	log_end(flight, &settlement, verdict);
	settle(flight, &settlement);
}

/* ---- the calls ---- */

static void send_next(struct flight *flight, uint64_t now_ms);

static void
go_on(struct flight *flight, const struct verdict *verdict, uint64_t now_ms)
{
	flight->next++;
	flight->delivery.parts_done = (unsigned)flight->next;
	if (flight->next == flight->calls.count)
		end(flight, verdict, now_ms);
	else if (flight->tools->stopping ||
		 now_ms - flight->claimed_ms > CALLS_BEGIN_MS)
		postpone(flight, now_ms, now_ms, "part of it is sent");
	else
		send_next(flight, now_ms);
}

/* Where a channel has nothing to refresh, a token that is refused needs a
 * person. */
static void
judge(const struct flight *flight, const struct transfer_report *report,
    struct verdict *out)
{
	const struct channel *channel = flight->account->account->channel;

	channel->judge(&report->response, out);
	if (out->kind == VERDICT_REAUTH && channel->token == NULL)
		out->kind = VERDICT_STOPPED;
}

static void
take_answer(void *context, const struct transfer_report *report)
{
	struct flight *flight = context;
	struct verdict verdict = { .kind = VERDICT_DELIVERED };

	assert(flight->state == FLIGHT_CALLING);
	flight->transfer = NULL;
	metrics_observe(
	    flight->tools->metrics, METRIC_delivery_seconds, report->took_ns);
	if (!flight->calls.at[flight->next].courtesy) {
		judge(flight, report, &verdict);
		accounts_react(flight->tools, flight->account, &verdict,
		    flight->token_number, report->now_ms);
	}
	if (verdict.kind == VERDICT_DELIVERED) {
		go_on(flight, &verdict, report->now_ms);
		return;
	}
	if (verdict.kind == VERDICT_PLAIN)
		forget_parts(flight);
	end(flight, &verdict, report->now_ms);
}

static void
send_next(struct flight *flight, uint64_t now_ms)
{
	const struct channel *channel = flight->account->account->channel;
	struct transfer_request request = {
		.call = &flight->calls.at[flight->next],
		.usage_header = channel->usage_header,
		.done = take_answer,
		.context = flight,
	};
	struct verdict verdict = { .kind = VERDICT_STOPPED,
		.reason = "its API address is not https, or its token is no "
			  "header value" };
	enum result result =
	    transfer_start(flight->tools->pool, &request, &flight->transfer);

	if (result == OK) {
		flight->state = FLIGHT_CALLING;
	} else if (result == ERR_INVALID) {
		accounts_react(flight->tools, flight->account, &verdict,
		    flight->token_number, now_ms);
		end(flight, &verdict, now_ms);
	} else {
		postpone(flight, now_ms, now_ms + AGAIN_MS, "out of memory");
	}
}

/* What the platform would refuse, or bill, is not sent at all: platforms take
 * the right to send away from who tries.  The citizen's replies count this one
 * already. */
static const char *
forbidden(struct flight *flight, uint64_t now_ms)
{
	const struct channel *channel = flight->account->account->channel;
	struct contact contact = flight->delivery.contact;
	struct window_terms terms = { now_ms,
		flight->tools->settings->zalo_free_replies_max };

	if (channel->window == NULL)
		return NULL;
	if (contact.replies > 0)
		contact.replies--;
	flight->window = channel->window(&contact, &terms);
	return window_refusal(&flight->window, &flight->delivery.authorship);
}

static enum result
render(struct flight *flight, uint64_t now_ms)
{
	const struct account *account = flight->account->account;
	struct delivery_address to = { flight->delivery.citizen,
		flight->delivery.conversation };
	struct render_context context = { .account = account,
		.delivery_id = flight->delivery.id,
		.now_s = now_ms / 1000,
		.plain = flight->delivery.plain,
		.human = flight->delivery.authorship.human,
		.reach = flight->window.reach };
	struct reply reply;
	enum result result =
	    reply_unpack(flight->delivery.reply, &flight->arena, &reply);

	if (result != OK)
		return result;
	context.access_token =
	    token_access(flight->account->token, &flight->token_number);
	return account->channel->render(
	    &reply, &to, &context, &flight->arena, &flight->calls);
}

/* The last call has not been made, or the delivery would not be here; so it is
 * made whatever PARTS_DONE says, which counted calls of an older program
 * perhaps. */
static void
launch(struct flight *flight, uint64_t now_ms)
{
	const char *why_not = forbidden(flight, now_ms);
	size_t done = flight->delivery.parts_done;
	enum result result;

	if (why_not != NULL) {
		park(flight, now_ms, why_not);
		return;
	}
	result = render(flight, now_ms);
	if (result == ERR_NOMEM) {
		postpone(flight, now_ms, now_ms + AGAIN_MS, "out of memory");
	} else if (result == ERR_TOO_LARGE) {
		park(flight, now_ms, "it is too long for the platform");
	} else if (result != OK || flight->calls.count == 0) {
		park(flight, now_ms, "the stored reply cannot be rendered");
	} else {
		flight->next =
		    done < flight->calls.count ? done : flight->calls.count - 1;
		send_next(flight, now_ms);
	}
}

/* ---- what the sender calls ---- */

static enum result
copy(struct flight *flight, const struct delivery *delivery)
{
	struct delivery *out = &flight->delivery;
	struct text_view *const texts[] = { &out->channel, &out->account,
		&out->citizen, &out->conversation, &out->reply };
	enum result result = OK;

	arena_reset(&flight->arena);
	*out = *delivery;
	for (size_t i = 0; result == OK && i < sizeof(texts) / sizeof(texts[0]);
	     i++)
		result = arena_text(&flight->arena, *texts[i], texts[i]);
	return result;
}

void
flight_begin(struct flight *flight, const struct delivery *delivery,
    struct account_state *account, uint64_t now_ms)
{
	assert(flight->state == FLIGHT_FREE);
	flight->state = FLIGHT_HELD;
	flight->account = account;
	flight->window = (struct reply_window){ .reach = REACH_FREE };
	flight->claimed_ms = now_ms;
	if (copy(flight, delivery) != OK)
		postpone(flight, now_ms, now_ms + AGAIN_MS, "out of memory");
	else if (account == NULL)
		park(flight, now_ms,
		    "its page or OA is not in the settings any more");
	else
		flight_step(flight, now_ms);
}

static void
try_to_launch(struct flight *flight, uint64_t now_ms)
{
	uint64_t until_ms = now_ms;

	if (flight->tools->stopping) {
		postpone(flight, now_ms, now_ms, "the server stopped");
		return;
	}
	switch (accounts_gate(flight->account, now_ms, &until_ms)) {
	case GATE_OPEN:
		launch(flight, now_ms);
		break;
	case GATE_SOON:
		if (now_ms - flight->claimed_ms > HOLD_MAX_MS)
			postpone(flight, now_ms, now_ms,
			    "waits for the access token");
		break;
	case GATE_CLOSED:
		postpone(flight, now_ms, until_ms, "its account is closed");
		break;
	}
}

void
flight_step(struct flight *flight, uint64_t now_ms)
{
	if (flight->state == FLIGHT_HELD)
		try_to_launch(flight, now_ms);
	else if (flight->state == FLIGHT_SETTLING &&
		 now_ms >= flight->settle_next_ms)
		offer_settlement(flight, now_ms);
}

void
flight_abort(struct flight *flight, uint64_t now_ms)
{
	if (flight->state == FLIGHT_CALLING)
		transfer_abort(flight->transfer, now_ms);
}
