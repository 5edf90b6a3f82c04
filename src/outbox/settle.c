/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "settle.h"

#include <inttypes.h>
#include <stdio.h>

/* Which verdict costs a try, and when the next one comes.
 *
 * A try is counted when the reply itself may be at fault, or when repeating it
 * may double it.  It is not counted when the whole account cannot send: such a
 * reply waits as long as it takes and is never parked for that.
 *
 * No platform has an idempotency key, so an unclear end (a time-out, a server
 * error) may be a delivered message.  The next try comes late enough for an
 * echo to settle the delivery first, and an unclear try leaves at most two more
 * tries: ATTEMPTS jumps to that number, since the store keeps no second
 * counter. */

enum {
	UNCLEAR_WAIT_MS = 20 * 1000,
	UNCLEAR_REPEATS_MAX = 2,
	REAUTH_AT_ONCE_MAX = 2,
	PAUSE_MS = 60 * 1000, /* when the platform does not say */
	STOP_MS = 5 * 60 * 1000,
};

static const char *const verdict_names[] = {
	[VERDICT_DELIVERED] = "delivered",
	[VERDICT_RETRY] = "retry",
	[VERDICT_UNCLEAR] = "unclear",
	[VERDICT_REFUSED] = "refused",
	[VERDICT_PLAIN] = "plain",
	[VERDICT_REAUTH] = "reauth",
	[VERDICT_PAUSE] = "pause",
	[VERDICT_STOPPED] = "stopped",
};

const char *
settle_verdict_name(enum verdict_kind kind)
{
	return verdict_names[kind];
}

uint64_t
settle_closes_until(const struct verdict *verdict, uint64_t now_ms)
{
	if (verdict->kind == VERDICT_STOPPED)
		return now_ms + STOP_MS;
	if (verdict->kind == VERDICT_PAUSE)
		return now_ms +
		       (verdict->after_ms > 0 ? verdict->after_ms : PAUSE_MS);
	/* A delivered message may come with a wait for the next one. */
	if (verdict->kind == VERDICT_DELIVERED && verdict->after_ms > 0)
		return now_ms + verdict->after_ms;
	return 0;
}

static struct settlement
settle_as(const struct delivery *delivery, enum delivery_state state,
    uint64_t now_ms, uint64_t due_ms)
{
	return (struct settlement){ .delivery = delivery->id,
		.state = state,
		.now_ms = now_ms,
		.due_ms = due_ms,
		.attempts = delivery->attempts,
		.parts_done = delivery->parts_done,
		.plain = delivery->plain };
}

struct settlement
settle_later(const struct delivery *delivery, uint64_t now_ms, uint64_t due_ms,
    const char *reason)
{
	struct settlement out =
	    settle_as(delivery, DELIVERY_QUEUED, now_ms, due_ms);

	(void)snprintf(out.reason, sizeof(out.reason), "%s", reason);
	return out;
}

struct settlement
settle_parked(
    const struct delivery *delivery, uint64_t now_ms, const char *reason)
{
	struct settlement out =
	    settle_as(delivery, DELIVERY_PARKED, now_ms, now_ms);

	(void)snprintf(out.reason, sizeof(out.reason), "%s", reason);
	return out;
}

/* The code stands first: whatever is cut off, it is not that. */
static void
explain(const struct verdict *verdict, struct settlement *out)
{
	size_t size = sizeof(out->reason);
	int used = 0;

	if (verdict->subcode != 0)
		used = snprintf(out->reason, size, "%" PRId64 "/%" PRId64 ": ",
		    verdict->code, verdict->subcode);
	else if (verdict->code != 0)
		used =
		    snprintf(out->reason, size, "%" PRId64 ": ", verdict->code);
	(void)snprintf(out->reason + used, size - (size_t)used, "%.*s",
	    (int)size - used - 1, verdict->reason);
}

/* Queued for the next try, or parked when there is none. */
static void
try_again(
    const struct settle_terms *terms, uint64_t after_ms, struct settlement *out)
{
	if (!retry_next(&terms->policy, out->attempts, terms->now_ms, after_ms,
		terms->dice, &out->due_ms))
		out->state = DELIVERY_PARKED;
}

static void
try_again_after_echo(
    const struct settle_terms *terms, uint64_t after_ms, struct settlement *out)
{
	unsigned max = terms->policy.attempts_max;
	unsigned spent =
	    max > UNCLEAR_REPEATS_MAX ? max - UNCLEAR_REPEATS_MAX : 0;

	if (out->attempts < spent)
		out->attempts = spent;
	try_again(terms,
	    after_ms > UNCLEAR_WAIT_MS ? after_ms : UNCLEAR_WAIT_MS, out);
}

struct settlement
settle_after(const struct verdict *verdict, const struct delivery *delivery,
    const struct settle_terms *terms)
{
	struct settlement out =
	    settle_as(delivery, DELIVERY_QUEUED, terms->now_ms, terms->now_ms);

	explain(verdict, &out);
	out.attempts++;
	switch (verdict->kind) {
	case VERDICT_DELIVERED:
		out.state = DELIVERY_DELIVERED;
		break;
	case VERDICT_REFUSED:
		out.state = DELIVERY_PARKED;
		break;
	case VERDICT_RETRY:
		try_again(terms, verdict->after_ms, &out);
		break;
	case VERDICT_UNCLEAR:
		try_again_after_echo(terms, verdict->after_ms, &out);
		break;
	case VERDICT_REAUTH:
		if (out.attempts > REAUTH_AT_ONCE_MAX)
			try_again(terms, verdict->after_ms, &out);
		break;
	case VERDICT_PLAIN:
		if (delivery->plain)
			out.state = DELIVERY_PARKED;
		out.plain = true;
		break;
	case VERDICT_PAUSE:
	case VERDICT_STOPPED:
		out.attempts = delivery->attempts;
		out.due_ms = settle_closes_until(verdict, terms->now_ms);
		break;
	}
	return out;
}
