/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_OUTBOX_H
#define HOIDAP_OUTBOX_H

#include "metrics.h"
#include "settings.h"
#include "store.h"

/* The retry policy, pure: DICE (any random number) spreads the waits, so that
 * a test can ask for an exact one. */
struct retry_policy {
	unsigned attempts_max;
	uint64_t backoff_ms;
	uint64_t backoff_max_ms;
};

/* When to try again after the ATTEMPTSth failed try: true and *AT_MS_OUT, or
 * false: no more tries.  The wait is backoff * 2^(attempts-1), at most
 * backoff_max, of which the upper half is jitter; never before AFTER_MS from
 * now. */
bool retry_next(const struct retry_policy *policy, unsigned attempts,
    uint64_t now_ms, uint64_t after_ms, uint32_t dice, uint64_t *at_ms_out);

/* The sender: one thread that owns the only curl_multi, claims deliveries,
 * sends their parts one after another, and settles them as the channel's judge
 * says. It refreshes tokens under the store's lock. */
struct sender;

struct sender_options {
	const struct settings *settings; /* accounts, limits */
	struct store *store;
	struct metrics *metrics; /* may be NULL */
	const struct log *log;	 /* may be NULL */
	/* Whose deliveries it claims, NULL-ended.  NULL: all of channels.c. */
	const struct channel *const *channels;
};

enum result sender_start(const struct sender_options *options,
    struct sender **sender_out, struct complaint *why) MUST_CHECK;
/* There may be something to send: from any thread, cheap. */
void sender_wake(struct sender *sender);
/* Did its loop turn within the last SECONDS? */
bool sender_alive(const struct sender *sender, unsigned seconds);
/* Let calls under way finish for up to GRACE_MS, then stop.  A refresh of a
 * token is waited for beyond that, up to its own time-out, since losing a new
 * pair costs a person's consent.  The store must still be open, and nobody may
 * wake the sender any more.  Takes NULL. */
void sender_stop(struct sender *sender, unsigned grace_ms);

#endif
