/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The last thing that was done to a group.  What is kept of it is how every
 * group was that it changed, with the version that they have since, and where
 * every question was that it moved.  A group that has another version now was
 * changed by somebody after that, and then nothing is undone. */
#include "sqlite_review.h"

/* An action touches at most two groups. */
enum { TOUCHED_MAX = 2 };

struct touched {
	uint64_t groups[TOUCHED_MAX];
	size_t count;
};

enum result
sqlite_review_forget(struct sqlite *sqlite, uint64_t group)
{
	static const enum sqlite_statement statements[] = {
		SQL_REVIEW_FORGET_MOVED, SQL_REVIEW_FORGET_BEFORE,
		SQL_REVIEW_FORGET_ACTION
	};
	enum result result = OK;

	for (size_t i = 0;
	     result == OK && i < sizeof(statements) / sizeof(statements[0]);
	     i++)
		result =
		    SQLITE_RUN(sqlite->sql[statements[i]], BIND_NUMBER(group));
	return result;
}

enum result
sqlite_review_act(struct sqlite *sqlite, uint64_t group, uint64_t *action_out)
{
	enum result result = sqlite_review_forget(sqlite, group);

	if (result == OK)
		result =
		    SQLITE_RUN(sqlite->sql[SQL_REVIEW_ACT], BIND_NUMBER(group));
	if (result == OK)
		*action_out = (uint64_t)sqlite3_last_insert_rowid(
		    sqlite->db[SQLITE_WRITER]);
	return result;
}

static enum result
find_touched(struct sqlite *sqlite, uint64_t action, struct touched *out)
{
	sqlite3_stmt *row = sqlite->sql[SQL_REVIEW_TOUCHED];
	enum result result = SQLITE_START(row, BIND_NUMBER(action));

	out->count = 0;
	while (result == OK && out->count < TOUCHED_MAX) {
		result = sqlite_query_next(row);
		if (result != OK)
			break;
		out->groups[out->count++] = sqlite_query_number(row, 0);
		if (sqlite_query_number(row, 1) == 0)
			result = ERR_INVALID;
	}
	sqlite_query_end(row);
	return result == ERR_NOT_FOUND ? OK : result;
}

static enum result
put_back(struct sqlite *sqlite, uint64_t action, const struct touched *touched)
{
	enum result result =
	    SQLITE_RUN(sqlite->sql[SQL_REVIEW_MOVE_BACK], BIND_NUMBER(action));

	for (size_t i = 0; result == OK && i < touched->count; i++) {
		result = SQLITE_RUN(sqlite->sql[SQL_REVIEW_PUT_BACK],
		    BIND_NUMBER(action), BIND_NUMBER(touched->groups[i]));
		if (result == OK)
			result =
			    sqlite_review_recount(sqlite, touched->groups[i]);
	}
	return result;
}

static enum result
check_version(struct sqlite *sqlite, uint64_t group, uint64_t version)
{
	sqlite3_stmt *row = sqlite->sql[SQL_REVIEW_HOLD];
	uint64_t now = 0;
	enum result result = sqlite_review_numbers(
	    row, SQLITE_START(row, BIND_NUMBER(group)), &now, 1);

	return result == OK && now != version ? ERR_INVALID : result;
}

enum result
sqlite_review_undo(struct backend *backend, uint64_t group, uint64_t version,
    const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *last = sqlite->sql[SQL_REVIEW_LAST_ACTION];
	struct touched touched;
	uint64_t action = 0;
	enum result result = check_version(sqlite, group, version);

	if (result != OK)
		return result;
	result = sqlite_review_numbers(
	    last, SQLITE_START(last, BIND_NUMBER(group)), &action, 1);
	if (result == ERR_NOT_FOUND)
		return ERR_INVALID;
	if (result == OK)
		result = find_touched(sqlite, action, &touched);
	if (result == OK)
		result = put_back(sqlite, action, &touched);
	if (result == OK)
		result = sqlite_review_forget(sqlite, group);
	return result == OK ? sqlite_audit_add(sqlite, line) : result;
}
