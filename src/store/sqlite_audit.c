/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite_user.h"

/* The audit log is only added to: two triggers of the schema hold even our own
 * statements to that. */

enum result
sqlite_audit_add(struct sqlite *sqlite, const struct audit_line *line)
{
	return SQLITE_RUN(sqlite->sql[SQL_AUDIT_ADD], BIND_NUMBER(line->at_ms),
	    BIND_NUMBER(line->user), BIND_TEXT(line->login),
	    BIND_TEXT(line->action), BIND_TEXT(line->subject),
	    BIND_TEXT(line->before), BIND_TEXT(line->after),
	    BIND_TEXT(line->why));
}

enum result
sqlite_audit_append(struct backend *backend, const struct audit_line *line)
{
	return sqlite_audit_add(sqlite_of(backend), line);
}

static enum result
read_texts(sqlite3_stmt *row, struct arena *arena, struct audit_line *line)
{
	struct text_view *const texts[] = { &line->login, &line->action,
		&line->subject, &line->before, &line->after, &line->why };
	enum result result = OK;

	for (size_t i = 0; result == OK && i < sizeof(texts) / sizeof(texts[0]);
	     i++)
		result = sqlite_query_copy(row, 3 + (int)i, arena, texts[i]);
	return result;
}

static enum result
read_line(sqlite3_stmt *row, struct sqlite_list *list)
{
	struct audit_line *line = sqlite_list_add(list);

	if (line == NULL)
		return ERR_NOMEM;
	line->id = sqlite_query_number(row, 0);
	line->at_ms = sqlite_query_number(row, 1);
	line->user = sqlite_query_number(row, 2);
	return read_texts(row, list->arena, line);
}

static enum result
start(sqlite3_stmt *row, const struct audit_filter *filter)
{
	uint64_t before = filter->before_id > 0 ? filter->before_id : INT64_MAX;
	uint64_t until = filter->until_ms > 0 ? filter->until_ms : INT64_MAX;

	return SQLITE_START(row, BIND_NUMBER(before),
	    BIND_NUMBER(filter->from_ms), BIND_NUMBER(until),
	    BIND_TEXT(filter->login), BIND_TEXT(filter->action),
	    BIND_TEXT(filter->subject), BIND_NUMBER(filter->limit));
}

enum result
sqlite_audit_list(struct backend *backend, const struct audit_filter *filter,
    struct arena *arena, struct audit_line **lines_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row = sqlite->sql[SQL_AUDIT_LIST];
	struct sqlite_list list = { .arena = arena,
		.size = sizeof(struct audit_line) };
	enum result result;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = sqlite_list_read(row, start(row, filter), read_line, &list);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != OK)
		return result;
	*lines_out = list.at;
	*count_out = list.count;
	return OK;
}
