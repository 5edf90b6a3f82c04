/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite_user.h"

/* A session ends by going: what is past its limits is not found, and leaves
 * the table when somebody signs in. */

static uint64_t
ago(uint64_t now_ms, uint64_t ms)
{
	return now_ms > ms ? now_ms - ms : 0;
}

enum result
sqlite_session_add(struct backend *backend, struct text_view token_hash,
    uint64_t user, const struct session_limits *limits,
    const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	uint64_t now_ms = limits->now_ms;
	enum result result = SQLITE_RUN(sqlite->sql[SQL_SESSION_FORGET],
	    BIND_NUMBER(ago(now_ms, limits->absolute_ms)),
	    BIND_NUMBER(ago(now_ms, limits->idle_ms)));

	if (result == OK)
		result = SQLITE_RUN(sqlite->sql[SQL_SESSION_ADD],
		    BIND_TEXT(token_hash), BIND_NUMBER(user),
		    BIND_NUMBER(now_ms));
	if (result == OK)
		result = SQLITE_RUN(sqlite->sql[SQL_USER_SEEN],
		    BIND_NUMBER(user), BIND_NUMBER(now_ms));
	if (result == OK)
		result = sqlite_audit_add(sqlite, line);
	return result;
}

enum result
sqlite_session_touch(
    struct backend *backend, struct text_view token_hash, uint64_t now_ms)
{
	return SQLITE_RUN(sqlite_of(backend)->sql[SQL_SESSION_TOUCH],
	    BIND_TEXT(token_hash), BIND_NUMBER(now_ms));
}

enum result
sqlite_session_end(struct backend *backend, struct text_view token_hash,
    const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result =
	    SQLITE_RUN(sqlite->sql[SQL_SESSION_END], BIND_TEXT(token_hash));

	if (result != OK || sqlite3_changes(sqlite->db[SQLITE_WRITER]) == 0)
		return result;
	return sqlite_audit_add(sqlite, line);
}

enum result
sqlite_session_drop(struct sqlite *sqlite, uint64_t user, struct text_view keep)
{
	return SQLITE_RUN(sqlite->sql[SQL_SESSION_END_ALL], BIND_NUMBER(user),
	    BIND_TEXT(keep));
}

enum result
sqlite_session_end_all(
    struct backend *backend, uint64_t user, const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result = sqlite_session_drop(sqlite, user, TEXT(""));

	return result == OK ? sqlite_audit_add(sqlite, line) : result;
}

enum result
sqlite_session_find(struct backend *backend, struct text_view token_hash,
    const struct session_limits *limits, struct arena *arena,
    struct staff_account *out, uint64_t *seen_ms_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_SESSION_FIND];
	struct staff_account found = { .created_ms = 0 };
	uint64_t seen_ms = 0;
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = SQLITE_START(row, BIND_TEXT(token_hash),
	    BIND_NUMBER(ago(limits->now_ms, limits->absolute_ms)),
	    BIND_NUMBER(ago(limits->now_ms, limits->idle_ms)));
	if (result == OK)
		result = sqlite_query_next(row);
	if (result == OK)
		result = sqlite_user_read(row, arena, &found);
	if (result == OK)
		seen_ms = sqlite_query_number(row, SQLITE_USER_COLUMNS);
	sqlite_query_end(row);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != OK)
		return result;
	*out = found;
	*seen_ms_out = seen_ms;
	return OK;
}
