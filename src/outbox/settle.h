/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_OUTBOX_SETTLE_H
#define HOIDAP_OUTBOX_SETTLE_H

#include "outbox.h"

/* What becomes of a delivery, decided without clock, chance or store. */

struct settle_terms {
	struct retry_policy policy;
	uint64_t now_ms;
	uint32_t dice;
};

/* After a call that got VERDICT.  DELIVERY is as claimed, but for PARTS_DONE,
 * which has moved on with every call that was delivered. */
struct settlement settle_after(const struct verdict *verdict,
    const struct delivery *delivery, const struct settle_terms *terms);

/* Queued until DUE_MS with no try counted: the reply is not at fault. */
struct settlement settle_later(const struct delivery *delivery, uint64_t now_ms,
    uint64_t due_ms, const char *reason);
/* For a person to look at. */
struct settlement settle_parked(
    const struct delivery *delivery, uint64_t now_ms, const char *reason);

/* Until when VERDICT keeps its whole account from sending; 0: it does not. */
uint64_t settle_closes_until(const struct verdict *verdict, uint64_t now_ms);

/* "delivered", "retry", ...: for logs. */
const char *settle_verdict_name(enum verdict_kind kind);

#endif
