/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_OUTBOX_TOKEN_H
#define HOIDAP_OUTBOX_TOKEN_H

#include "tools.h"

/* The token in force of one account.  For a channel whose tokens expire it is
 * read from the store, refreshed there under a lock, and always written down
 * before it is used; for any other channel it is the one of the settings. */
struct token;

enum token_state {
	TOKEN_USABLE,
	TOKEN_SOON,  /* is being read or refreshed: wait for it */
	TOKEN_LATER, /* not before token_later_ms() */
};

/* NULL when out of memory.  ACCOUNT and TOOLS must outlive it. */
struct token *token_new(
    const struct tools *tools, const struct account *account);
/* Gives up a call that is under way.  Takes NULL. */
void token_free(struct token *token);

/* Do what is due: at every turn of the sender's loop. */
void token_tick(struct token *token, uint64_t now_ms);

enum token_state token_state(const struct token *token, uint64_t now_ms);
uint64_t token_later_ms(const struct token *token);
/* A person must consent again before anything can be sent. */
bool token_is_dead(const struct token *token);
/* A new pair is on its way to the store: losing it costs a consent. */
bool token_is_busy(const struct token *token);

/* The access token, borrowed until the next tick, and the number of its pair:
 * every new pair has another one. */
struct text_view token_access(const struct token *token, uint64_t *number_out);
/* The platform refuses pair NUMBER.  Nothing happens when it is not in force
 * any more. */
void token_refuse(struct token *token, uint64_t number, uint64_t now_ms);

#endif
