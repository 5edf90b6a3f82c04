/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_SQLITE_QUERY_H
#define HOIDAP_STORE_SQLITE_QUERY_H

#include <sqlite3.h>

#include "arena.h"
#include "text.h"

/* One use of a prepared statement: start, take rows, end.  Bound texts are
 * borrowed until the end, so that none may be skipped. */

enum sqlite_value_kind {
	SQLITE_VALUE_NUMBER,
	SQLITE_VALUE_REAL,
	SQLITE_VALUE_TEXT,
};

struct sqlite_value {
	enum sqlite_value_kind kind;
	sqlite3_int64 number;
	double real;
	struct text_view text;
};

#define BIND_ID(value)                                                         \
	((struct sqlite_value){                                                \
	    .kind = SQLITE_VALUE_NUMBER, .number = (value) })
/* Of uint64_t: what does not fit becomes the largest number there is. */
#define BIND_NUMBER(value)                                                     \
	((struct sqlite_value){ .kind = SQLITE_VALUE_NUMBER,                   \
	    .number = sqlite_query_clamp(value) })
#define BIND_REAL(value)                                                       \
	((struct sqlite_value){ .kind = SQLITE_VALUE_REAL, .real = (value) })
#define BIND_TEXT(value)                                                       \
	((struct sqlite_value){ .kind = SQLITE_VALUE_TEXT, .text = (value) })

/* SQLITE_START(statement, BIND_ID(id), BIND_TEXT(text)) */
#define SQLITE_START(statement, ...)                                           \
	sqlite_query_start((statement),                                        \
	    (const struct sqlite_value[]){ __VA_ARGS__ },                      \
	    sizeof((const struct sqlite_value[]){ __VA_ARGS__ }) /             \
		sizeof(struct sqlite_value))
/* The same, for a statement without rows: started, run and ended. */
#define SQLITE_RUN(statement, ...)                                             \
	sqlite_query_run((statement),                                          \
	    (const struct sqlite_value[]){ __VA_ARGS__ },                      \
	    sizeof((const struct sqlite_value[]){ __VA_ARGS__ }) /             \
		sizeof(struct sqlite_value))

sqlite3_int64 sqlite_query_clamp(uint64_t number);

enum result sqlite_query_start(sqlite3_stmt *statement,
    const struct sqlite_value *values, size_t count) MUST_CHECK;
/* The next row; ERR_NOT_FOUND after the last. */
enum result sqlite_query_next(sqlite3_stmt *statement) MUST_CHECK;
void sqlite_query_end(sqlite3_stmt *statement);
enum result sqlite_query_run(sqlite3_stmt *statement,
    const struct sqlite_value *values, size_t count) MUST_CHECK;

/* Columns of the row, counted from 0. */
uint64_t sqlite_query_number(sqlite3_stmt *statement, int column);
/* Borrowed until the next row; NULL is the empty view. */
struct text_view sqlite_query_text(sqlite3_stmt *statement, int column);
/* The same, copied. */
enum result sqlite_query_copy(sqlite3_stmt *statement, int column,
    struct arena *arena, struct text_view *out) MUST_CHECK;

/* What a result code of SQLite means to us. */
enum result sqlite_query_result(int code) MUST_CHECK;

#endif
