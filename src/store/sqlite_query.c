/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite_query.h"

sqlite3_int64
sqlite_query_clamp(uint64_t number)
{
	return number > INT64_MAX ? INT64_MAX : (sqlite3_int64)number;
}

enum result
sqlite_query_result(int code)
{
	switch (code & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return OK;
	case SQLITE_NOMEM:
		return ERR_NOMEM;
	case SQLITE_TOOBIG:
		return ERR_TOO_LARGE;
	default:
		return ERR_IO;
	}
}

static int
bind(sqlite3_stmt *statement, int at, const struct sqlite_value *value)
{
	switch (value->kind) {
	case SQLITE_VALUE_NUMBER:
		return sqlite3_bind_int64(statement, at, value->number);
	case SQLITE_VALUE_REAL:
		return sqlite3_bind_double(statement, at, value->real);
	case SQLITE_VALUE_TEXT:
		/* A NULL pointer would bind NULL. */
		return sqlite3_bind_text64(statement, at,
		    value->text.at == NULL ? "" : value->text.at,
		    value->text.len, SQLITE_STATIC, SQLITE_UTF8);
	}
	return SQLITE_MISUSE;
}

enum result
sqlite_query_start(
    sqlite3_stmt *statement, const struct sqlite_value *values, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int code = bind(statement, (int)i + 1, &values[i]);

		if (code != SQLITE_OK) {
			sqlite_query_end(statement);
			return sqlite_query_result(code);
		}
	}
	return OK;
}

enum result
sqlite_query_next(sqlite3_stmt *statement)
{
	int code = sqlite3_step(statement);

	return code == SQLITE_DONE ? ERR_NOT_FOUND : sqlite_query_result(code);
}

void
sqlite_query_end(sqlite3_stmt *statement)
{
	/* Repeats the error of the last step, which was looked at there. */
	(void)sqlite3_reset(statement);
	(void)sqlite3_clear_bindings(statement);
}

enum result
sqlite_query_run(
    sqlite3_stmt *statement, const struct sqlite_value *values, size_t count)
{
	enum result result = sqlite_query_start(statement, values, count);

	if (result != OK)
		return result;
	result = sqlite_query_next(statement);
	sqlite_query_end(statement);
	return result == ERR_NOT_FOUND ? OK : result;
}

uint64_t
sqlite_query_number(sqlite3_stmt *statement, int column)
{
	return (uint64_t)sqlite3_column_int64(statement, column);
}

struct text_view
sqlite_query_text(sqlite3_stmt *statement, int column)
{
	/* In this order: the length is that of the text last asked for. */
	const unsigned char *text = sqlite3_column_text(statement, column);
	int len = sqlite3_column_bytes(statement, column);

	if (text == NULL)
		return (struct text_view){ "", 0 };
	return (struct text_view){ (const char *)text, (size_t)len };
}

enum result
sqlite_query_copy(sqlite3_stmt *statement, int column, struct arena *arena,
    struct text_view *out)
{
	return arena_text(arena, sqlite_query_text(statement, column), out);
}
