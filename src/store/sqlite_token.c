/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite.h"

/* Tokens that are refreshed.  A refresh token works once, so that one
 * refresher at a time holds the lock of its account. */

static enum result
read_token(sqlite3_stmt *row, struct stored_token *token)
{
	struct token_pair *pair = &token->pair;
	enum result result = text_copy(
	    pair->access, sizeof(pair->access), sqlite_query_text(row, 0));

	if (result == OK)
		result = text_copy(pair->refresh, sizeof(pair->refresh),
		    sqlite_query_text(row, 1));
	pair->expires_ms = sqlite_query_number(row, 2);
	token->dead = sqlite_query_number(row, 3) != 0;
	return result;
}

enum result
sqlite_token_load(struct backend *backend, const struct token_key *key,
    struct stored_token *out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_TOKEN_LOAD];
	struct stored_token token = { .dead = false };
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = SQLITE_START(row, BIND_TEXT(text_of(key->channel)),
	    BIND_TEXT(text_of(key->account)));
	if (result == OK)
		result = sqlite_query_next(row);
	if (result == OK)
		result = read_token(row, &token);
	sqlite_query_end(row);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result == OK)
		*out = token;
	sodium_memzero(&token, sizeof(token));
	return result;
}

enum result
sqlite_token_save(struct backend *backend, const struct token_key *key,
    const struct stored_token *token)
{
	const struct token_pair *pair = &token->pair;

	return SQLITE_RUN(sqlite_of(backend)->sql[SQL_TOKEN_SAVE],
	    BIND_TEXT(text_of(key->channel)), BIND_TEXT(text_of(key->account)),
	    BIND_TEXT(text_of(pair->access)), BIND_TEXT(text_of(pair->refresh)),
	    BIND_NUMBER(pair->expires_ms), BIND_ID(token->dead));
}

enum result
sqlite_token_lock(struct backend *backend, const struct token_key *key,
    const struct token_lock *lock)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result = SQLITE_RUN(sqlite->sql[SQL_TOKEN_LOCK],
	    BIND_TEXT(text_of(key->channel)), BIND_TEXT(text_of(key->account)),
	    BIND_TEXT(text_of(lock->owner)), BIND_NUMBER(lock->until_ms),
	    BIND_NUMBER(lock->now_ms));

	if (result != OK)
		return result;
	if (sqlite3_changes(sqlite->db[SQLITE_WRITER]) == 0)
		return ERR_BUSY;
	return OK;
}
