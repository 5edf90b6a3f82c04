/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_OUTBOX_TOKEN_STORE_H
#define HOIDAP_OUTBOX_TOKEN_STORE_H

#include "tools.h"

/* The stored pair of one account, and the lock under which it is refreshed. */
enum { TOKEN_OWNER_BYTES = 16 };

struct token_store {
	const struct tools *tools;
	const struct account *account;
	char owner[2 * TOKEN_OWNER_BYTES + 1]; /* nobody else has this one */
};

void token_store_init(struct token_store *store, const struct tools *tools,
    const struct account *account);

/* Each as in store.h. */
enum result token_store_load(
    const struct token_store *store, struct stored_token *out) MUST_CHECK;
enum result token_store_save(const struct token_store *store,
    const struct token_pair *pair, bool dead) MUST_CHECK;
/* Long enough for one call that is made under it. */
enum result token_store_lock(
    const struct token_store *store, uint64_t now_ms) MUST_CHECK;
/* A lock that stays after all runs out by itself. */
void token_store_unlock(const struct token_store *store, uint64_t now_ms);

/* The pair that a person wrote into the settings.  ERR_NOT_FOUND when there is
 * none, ERR_TOO_LARGE when it cannot be one. */
enum result token_store_settings(
    const struct token_store *store, struct token_pair *out) MUST_CHECK;

#endif
