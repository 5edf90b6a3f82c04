/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite_notice.h"

/* More than anybody reads at once. */
enum { NOTICES_MAX = 100, CHANNELS_MAX = 16 };

static enum result
add(struct backend *backend, const struct notice *notice,
    const struct audit_line *line, uint64_t *id_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result = SQLITE_RUN(sqlite->sql[SQL_NOTICE_ADD],
	    BIND_NUMBER(notice->from_ms), BIND_NUMBER(notice->until_ms),
	    BIND_TEXT(notice->topics), BIND_TEXT(notice->text));

	if (result == OK)
		*id_out = (uint64_t)sqlite3_last_insert_rowid(
		    sqlite->db[SQLITE_WRITER]);
	return result == OK ? sqlite_audit_add(sqlite, line) : result;
}

/* With its line, unless the statement that was run just now changed nothing. */
static enum result
audit_change(struct sqlite *sqlite, const struct audit_line *line)
{
	if (sqlite3_changes(sqlite->db[SQLITE_WRITER]) == 0)
		return ERR_NOT_FOUND;
	return sqlite_audit_add(sqlite, line);
}

static enum result
end(struct backend *backend, uint64_t id, const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result = SQLITE_RUN(sqlite->sql[SQL_NOTICE_END],
	    BIND_NUMBER(id), BIND_NUMBER(line->at_ms));

	return result == OK ? audit_change(sqlite, line) : result;
}

static enum result
off(struct backend *backend, const struct channel_off *off,
    const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result = SQLITE_RUN(sqlite->sql[SQL_CHANNEL_OFF],
	    BIND_TEXT(off->channel), BIND_NUMBER(line->at_ms),
	    BIND_TEXT(off->text), BIND_TEXT(off->reason));

	return result == OK ? sqlite_audit_add(sqlite, line) : result;
}

static enum result
on(struct backend *backend, struct text_view channel,
    const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result =
	    SQLITE_RUN(sqlite->sql[SQL_CHANNEL_ON], BIND_TEXT(channel));

	return result == OK ? audit_change(sqlite, line) : result;
}

/* ---- reading ---- */

static enum result
read_notice(sqlite3_stmt *row, struct arena *arena, struct notice *out)
{
	enum result result = sqlite_query_copy(row, 3, arena, &out->topics);

	out->id = sqlite_query_number(row, 0);
	out->from_ms = sqlite_query_number(row, 1);
	out->until_ms = sqlite_query_number(row, 2);
	return result == OK ? sqlite_query_copy(row, 4, arena, &out->text)
			    : result;
}

static enum result
read_off(sqlite3_stmt *row, struct arena *arena, struct channel_off *out)
{
	enum result result = sqlite_query_copy(row, 0, arena, &out->channel);

	out->since_ms = sqlite_query_number(row, 1);
	if (result == OK)
		result = sqlite_query_copy(row, 2, arena, &out->text);
	return result == OK ? sqlite_query_copy(row, 3, arena, &out->reason)
			    : result;
}

static enum result
read_notices(struct sqlite *sqlite, uint64_t now_ms, struct arena *arena,
    struct notices *out)
{
	sqlite3_stmt *row = sqlite->sql[SQL_NOTICES];
	enum result result = SQLITE_START(row, BIND_NUMBER(now_ms));

	while (result == OK && out->count < NOTICES_MAX) {
		result = sqlite_query_next(row);
		if (result == OK)
			result = read_notice(row, arena, &out->at[out->count]);
		if (result == OK)
			out->count++;
	}
	sqlite_query_end(row);
	return result == ERR_NOT_FOUND ? OK : result;
}

static enum result
read_channels(struct sqlite *sqlite, struct arena *arena, struct notices *out)
{
	sqlite3_stmt *row = sqlite->sql[SQL_CHANNELS_OFF];
	enum result result = OK;

	while (result == OK && out->off_count < CHANNELS_MAX) {
		result = sqlite_query_next(row);
		if (result == OK)
			result =
			    read_off(row, arena, &out->off[out->off_count]);
		if (result == OK)
			out->off_count++;
	}
	sqlite_query_end(row);
	return result == ERR_NOT_FOUND ? OK : result;
}

static enum result
list(struct backend *backend, uint64_t now_ms, struct arena *arena,
    struct notices *out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	struct notices read = {
		.at = arena_alloc(arena, NOTICES_MAX, sizeof(*read.at)),
		.off = arena_alloc(arena, CHANNELS_MAX, sizeof(*read.off)),
	};
	enum result result;

	if (read.at == NULL || read.off == NULL)
		return ERR_NOMEM;
	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = read_notices(sqlite, now_ms, arena, &read);
	if (result == OK)
		result = read_channels(sqlite, arena, &read);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result == OK)
		*out = read;
	return result;
}

const struct backend_notice sqlite_notice_functions = {
	.add = add,
	.end = end,
	.off = off,
	.on = on,
	.list = list,
};
