/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite_user.h"

enum { USERS_MAX = 1000 }; /* of a list: far more than an office has */

static bool
changed_nothing(struct sqlite *sqlite)
{
	return sqlite3_changes(sqlite->db[SQLITE_WRITER]) == 0;
}

enum result
sqlite_user_read(
    sqlite3_stmt *row, struct arena *arena, struct staff_account *out)
{
	struct staff_user *user = &out->user;
	enum result result = sqlite_query_copy(row, 1, arena, &user->login);

	user->id = sqlite_query_number(row, 0);
	user->roles = (unsigned)sqlite_query_number(row, 3);
	user->disabled = sqlite_query_number(row, 4) != 0;
	out->totp_step = sqlite_query_number(row, 7);
	out->created_ms = sqlite_query_number(row, 8);
	out->seen_ms = sqlite_query_number(row, 9);
	if (result == OK)
		result = sqlite_query_copy(row, 2, arena, &user->name);
	if (result == OK)
		result = sqlite_query_copy(row, 5, arena, &out->hash);
	if (result == OK)
		result = sqlite_query_copy(row, 6, arena, &out->totp);
	return result;
}

static enum result
user_add(struct backend *backend, const struct staff_account *account,
    const struct audit_line *line, uint64_t *id_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	const struct staff_user *user = &account->user;
	sqlite3_int64 id;
	enum result result = SQLITE_RUN(sqlite->sql[SQL_USER_ADD],
	    BIND_TEXT(user->login), BIND_TEXT(user->name),
	    BIND_NUMBER(user->roles), BIND_ID(user->disabled),
	    BIND_TEXT(account->hash), BIND_NUMBER(line->at_ms));

	if (result != OK)
		return result;
	if (changed_nothing(sqlite))
		return ERR_INVALID; /* the login is taken */
	id = sqlite3_last_insert_rowid(sqlite->db[SQLITE_WRITER]);
	result = sqlite_audit_add(sqlite, line);
	if (result == OK)
		*id_out = (uint64_t)id;
	return result;
}

/* ERR_INVALID when nobody is left who may manage users. */
static enum result
check_admins(struct sqlite *sqlite)
{
	sqlite3_stmt *row = sqlite->sql[SQL_USER_ADMINS];
	uint64_t left = 0;
	enum result result = SQLITE_START(row, BIND_ID(ROLE_ADMIN));

	if (result == OK)
		result = sqlite_query_next(row);
	if (result == OK)
		left = sqlite_query_number(row, 0);
	sqlite_query_end(row);
	if (result == OK && left == 0)
		result = ERR_INVALID;
	return result;
}

static enum result
user_change(struct backend *backend, const struct staff_user *user,
    const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result = SQLITE_RUN(sqlite->sql[SQL_USER_CHANGE],
	    BIND_NUMBER(user->id), BIND_TEXT(user->name),
	    BIND_NUMBER(user->roles), BIND_ID(user->disabled));

	if (result != OK)
		return result;
	if (changed_nothing(sqlite))
		return ERR_NOT_FOUND;
	result = check_admins(sqlite);
	if (result == OK && user->disabled)
		result = sqlite_session_drop(sqlite, user->id, TEXT(""));
	if (result == OK)
		result = sqlite_audit_add(sqlite, line);
	return result;
}

static enum result
user_password(struct backend *backend, uint64_t id, struct text_view hash,
    struct text_view keep, const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result = SQLITE_RUN(
	    sqlite->sql[SQL_USER_PASSWORD], BIND_NUMBER(id), BIND_TEXT(hash));

	if (result != OK)
		return result;
	if (changed_nothing(sqlite))
		return ERR_NOT_FOUND;
	result = sqlite_session_drop(sqlite, id, keep);
	if (result == OK)
		result = sqlite_audit_add(sqlite, line);
	return result;
}

static enum result
user_totp(struct backend *backend, uint64_t id, struct text_view secret,
    uint64_t step, const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result = SQLITE_RUN(sqlite->sql[SQL_USER_TOTP],
	    BIND_NUMBER(id), BIND_TEXT(secret), BIND_NUMBER(step));

	if (result != OK)
		return result;
	if (changed_nothing(sqlite))
		return ERR_NOT_FOUND;
	return sqlite_audit_add(sqlite, line);
}

static enum result
user_totp_step(struct backend *backend, uint64_t id, uint64_t step)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result = SQLITE_RUN(sqlite->sql[SQL_USER_TOTP_STEP],
	    BIND_NUMBER(id), BIND_NUMBER(step));

	if (result == OK && changed_nothing(sqlite))
		result = ERR_INVALID;
	return result;
}

static enum result
user_find(struct backend *backend, uint64_t id, struct text_view login,
    struct arena *arena, struct staff_account *out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[id > 0 ? SQL_USER_GET : SQL_USER_FIND];
	struct staff_account found = { .created_ms = 0 };
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = id > 0 ? SQLITE_START(row, BIND_NUMBER(id))
			: SQLITE_START(row, BIND_TEXT(login));
	if (result == OK)
		result = sqlite_query_next(row);
	if (result == OK)
		result = sqlite_user_read(row, arena, &found);
	sqlite_query_end(row);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result == OK)
		*out = found;
	return result;
}

static enum result
users(struct backend *backend, struct arena *arena,
    struct staff_account **accounts_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_USERS];
	struct staff_account *found =
	    arena_alloc(arena, USERS_MAX, sizeof(*found));
	size_t count = 0;
	enum result result;

	if (found == NULL)
		return ERR_NOMEM;
	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = SQLITE_START(row, BIND_ID(USERS_MAX));
	while (result == OK && count < USERS_MAX) {
		result = sqlite_query_next(row);
		if (result == OK)
			result = sqlite_user_read(row, arena, &found[count]);
		if (result == OK)
			count++;
	}
	sqlite_query_end(row);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != OK && result != ERR_NOT_FOUND)
		return result;
	*accounts_out = found;
	*count_out = count;
	return OK;
}

const struct backend_staff sqlite_user_functions = {
	.user_add = user_add,
	.user_change = user_change,
	.user_password = user_password,
	.user_totp = user_totp,
	.user_totp_step = user_totp_step,
	.session_add = sqlite_session_add,
	.session_touch = sqlite_session_touch,
	.session_end = sqlite_session_end,
	.session_end_all = sqlite_session_end_all,
	.audit_add = sqlite_audit_append,
	.user_find = user_find,
	.users = users,
	.session_find = sqlite_session_find,
	.audit = sqlite_audit_list,
};
