/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_OUTBOX_FLIGHT_H
#define HOIDAP_OUTBOX_FLIGHT_H

#include "accounts.h"

/* One claimed delivery, from its claim until the store has taken how it
 * ended. */
enum flight_state {
	FLIGHT_FREE, /* a place for the next one */
	FLIGHT_HELD, /* waits for its account's token */
	FLIGHT_CALLING,
	FLIGHT_SETTLING, /* the store has not taken the settlement yet */
};

struct flight {
	enum flight_state state;
	const struct tools *tools;
	struct account_state *account;
	struct delivery delivery; /* texts in ARENA */
	struct arena arena;
	struct reply_window window; /* through which it goes */
	struct api_call_list calls;
	size_t next;	       /* of CALLS */
	uint64_t token_number; /* of the pair that CALLS use */
	uint64_t claimed_ms;
	struct transfer *transfer; /* FLIGHT_CALLING */
	struct settlement settlement;
	uint64_t settle_next_ms; /* FLIGHT_SETTLING */
};

void flight_init(struct flight *flight, const struct tools *tools);
void flight_fini(struct flight *flight);

/* How long a claim must lease its deliveries for. */
uint64_t flight_lease_ms(const struct tools *tools);

/* DELIVERY is copied.  ACCOUNT is NULL when the settings do not have it. */
void flight_begin(struct flight *flight, const struct delivery *delivery,
    struct account_state *account, uint64_t now_ms);
/* Go on where that is possible: at every turn of the sender's loop. */
void flight_step(struct flight *flight, uint64_t now_ms);
/* Give up waiting for the platform. */
void flight_abort(struct flight *flight, uint64_t now_ms);

#endif
