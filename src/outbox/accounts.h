/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_OUTBOX_ACCOUNTS_H
#define HOIDAP_OUTBOX_ACCOUNTS_H

#include "token.h"

/* The pages and OAs that can send, and whether they may now. */
struct accounts;

struct account_state {
	const struct account *account;
	struct token *token;
	uint64_t closed_until_ms;
};

/* NULL when out of memory.  TOOLS must outlive it. */
struct accounts *accounts_new(const struct tools *tools);
/* Takes NULL. */
void accounts_free(struct accounts *accounts);

/* Look after the tokens: at every turn of the sender's loop. */
void accounts_tick(struct accounts *accounts, uint64_t now_ms);
/* Is a token being refreshed? */
bool accounts_are_busy(const struct accounts *accounts);

/* NULL: not in the settings (any more). */
struct account_state *accounts_find(
    struct accounts *accounts, struct text_view channel, struct text_view id);

enum account_gate {
	GATE_OPEN,
	GATE_SOON, /* worth waiting with a delivery in hand */
	GATE_CLOSED,
};

/* *UNTIL_MS_OUT is set for GATE_CLOSED. */
enum account_gate accounts_gate(
    const struct account_state *state, uint64_t now_ms, uint64_t *until_ms_out);
/* What VERDICT means for the account as a whole; NUMBER is that of the token
 * which was used. */
void accounts_react(const struct tools *tools, struct account_state *state,
    const struct verdict *verdict, uint64_t number, uint64_t now_ms);

#endif
