/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite.h"

#include <string.h>

static bool
is_account(const struct sqlite_account *account, const char *channel,
    struct text_view name)
{
	return text_is(name, account->name) &&
	       strcmp(account->channel, channel) == 0;
}

/* Not remembered: more accounts than we keep, or a name too long for it. */
static void
remember(struct sqlite *sqlite, const char *channel, struct text_view name,
    sqlite3_int64 id)
{
	struct sqlite_account *account =
	    &sqlite->accounts[sqlite->account_count];

	if (sqlite->account_count == SQLITE_ACCOUNTS_MAX ||
	    text_copy(account->name, sizeof(account->name), name) != OK)
		return;
	account->channel = channel;
	account->id = id;
	sqlite->account_count++;
}

static enum result
find(struct sqlite *sqlite, const char *channel, struct text_view name,
    sqlite3_int64 *id_out)
{
	sqlite3_stmt *statement = sqlite->sql[SQL_ACCOUNT_FIND];
	enum result result = SQLITE_START(
	    statement, BIND_TEXT(text_of(channel)), BIND_TEXT(name));

	if (result != OK)
		return result;
	result = sqlite_query_next(statement);
	if (result == OK)
		*id_out = (sqlite3_int64)sqlite_query_number(statement, 0);
	sqlite_query_end(statement);
	return result;
}

enum result
sqlite_account_id(struct sqlite *sqlite, const char *channel,
    struct text_view name, sqlite3_int64 *id_out)
{
	enum result result;

	for (size_t i = 0; i < sqlite->account_count; i++)
		if (is_account(&sqlite->accounts[i], channel, name)) {
			*id_out = sqlite->accounts[i].id;
			return OK;
		}
	result = SQLITE_RUN(sqlite->sql[SQL_ACCOUNT_ADD],
	    BIND_TEXT(text_of(channel)), BIND_TEXT(name));
	if (result == OK)
		result = find(sqlite, channel, name, id_out);
	if (result == OK)
		remember(sqlite, channel, name, *id_out);
	return result;
}

void
sqlite_account_forget(struct sqlite *sqlite)
{
	sqlite->account_count = 0;
}
