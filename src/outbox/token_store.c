/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "token_store.h"

#include "secret.h"

enum { LOCK_MARGIN_MS = 30 * 1000 };

void
token_store_init(struct token_store *store, const struct tools *tools,
    const struct account *account)
{
	store->tools = tools;
	store->account = account;
	secret_random_hex(TOKEN_OWNER_BYTES, store->owner);
}

enum result
token_store_load(const struct token_store *store, struct stored_token *out)
{
	return store_token_load(store->tools->store,
	    store->account->channel->name, store->account->id, out);
}

enum result
token_store_save(
    const struct token_store *store, const struct token_pair *pair, bool dead)
{
	struct stored_token stored = { .pair = *pair, .dead = dead };

	return store_token_save(store->tools->store,
	    store->account->channel->name, store->account->id, &stored);
}

static enum result
set_lock(const struct token_store *store, uint64_t now_ms, uint64_t until_ms)
{
	return store_token_lock(store->tools->store,
	    store->account->channel->name, store->account->id, store->owner,
	    now_ms, until_ms);
}

enum result
token_store_lock(const struct token_store *store, uint64_t now_ms)
{
	return set_lock(store, now_ms,
	    now_ms + store->tools->transfer_longest_ms + LOCK_MARGIN_MS);
}

void
token_store_unlock(const struct token_store *store, uint64_t now_ms)
{
	enum result result = set_lock(store, now_ms, 0);

	(void)result;
}

enum result
token_store_settings(const struct token_store *store, struct token_pair *out)
{
	struct token_pair pair = { .expires_ms = 0 };
	struct text_view access = text_of(store->account->access_token);
	struct text_view refresh = text_of(store->account->refresh_token);

	if (access.len == 0 && refresh.len == 0)
		return ERR_NOT_FOUND;
	if (text_copy(pair.access, sizeof(pair.access), access) != OK ||
	    text_copy(pair.refresh, sizeof(pair.refresh), refresh) != OK)
		return ERR_TOO_LARGE;
	*out = pair;
	return OK;
}
