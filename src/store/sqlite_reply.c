/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite_reach.h"

/* What became of replies.  Those of one citizen are found by a scan: only
 * staff who look at a conversation come here, and the hot path pays for no
 * index. */

static enum result
read_row(sqlite3_stmt *row, struct arena *arena, struct reply_row *out)
{
	const int first = SQLITE_CONTACT_COLUMNS;
	struct sqlite_contact who;
	enum result result = sqlite_reach_read_contact(row, arena, &who);

	if (result == OK)
		result = sqlite_query_copy(row, first + 7, arena, &out->reason);
	if (result == OK)
		result = sqlite_query_copy(row, first + 8, arena, &out->reply);
	if (result != OK)
		return result;
	out->citizen = who.citizen;
	out->channel = who.channel;
	out->account = who.account;
	out->contact = who.contact;
	out->id = sqlite_query_number(row, first);
	out->created_ms = sqlite_query_number(row, first + 1);
	out->question = sqlite_query_number(row, first + 2);
	out->state = (enum delivery_state)sqlite_query_number(row, first + 3);
	out->attempts = (unsigned)sqlite_query_number(row, first + 4);
	out->authorship.human = sqlite_query_number(row, first + 5) != 0;
	out->authorship.paid = sqlite_query_number(row, first + 6) != 0;
	return OK;
}

static enum result
start(sqlite3_stmt *row, const struct reply_filter *filter)
{
	if (filter->citizen == 0)
		return SQLITE_START(row, BIND_NUMBER(filter->after_id),
		    BIND_NUMBER(filter->limit));
	return SQLITE_START(row, BIND_NUMBER(filter->after_id),
	    BIND_NUMBER(filter->limit), BIND_NUMBER(filter->citizen));
}

enum result
sqlite_reply_list(struct backend *backend, const struct reply_filter *filter,
    struct arena *arena, struct reply_row **rows_out, size_t *count_out)
{
	struct sqlite *sqlite = sqlite_of(backend);
	sqlite3_stmt *row =
	    sqlite->sql[filter->citizen == 0 ? SQL_REPLIES_PARKED
					     : SQL_REPLIES_OF];
	struct reply_row *rows =
	    arena_alloc(arena, filter->limit, sizeof(*rows));
	size_t count = 0;
	enum result result;

	if (rows == NULL)
		return ERR_NOMEM;
	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	result = start(row, filter);
	while (result == OK && count < filter->limit) {
		result = sqlite_query_next(row);
		if (result == OK)
			result = read_row(row, arena, &rows[count]);
		if (result == OK)
			count++;
	}
	sqlite_query_end(row);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	if (result != OK && result != ERR_NOT_FOUND)
		return result;
	*rows_out = rows;
	*count_out = count;
	return OK;
}

/* Right after the statement that was to change a parked reply. */
static enum result
found(const struct sqlite *sqlite)
{
	return sqlite3_changes(sqlite->db[SQLITE_WRITER]) == 0 ? ERR_NOT_FOUND
							       : OK;
}

enum result
sqlite_reply_retry(struct backend *backend, uint64_t delivery,
    const struct authorship *authorship, const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result = SQLITE_RUN(sqlite->sql[SQL_OUTBOX_RETRY],
	    BIND_NUMBER(delivery), BIND_NUMBER(line->at_ms),
	    BIND_ID(authorship->human), BIND_ID(authorship->paid));

	if (result == OK)
		result = found(sqlite);
	return result == OK ? sqlite_audit_add(sqlite, line) : result;
}

enum result
sqlite_reply_discard(
    struct backend *backend, uint64_t delivery, const struct audit_line *line)
{
	struct sqlite *sqlite = sqlite_of(backend);
	enum result result = SQLITE_RUN(sqlite->sql[SQL_OUTBOX_DISCARD],
	    BIND_NUMBER(delivery), BIND_TEXT(line->why));

	if (result == OK)
		result = found(sqlite);
	if (result == OK)
		result = SQLITE_RUN(
		    sqlite->sql[SQL_TOLD_DROP], BIND_NUMBER(delivery));
	if (result == OK)
		result = SQLITE_RUN(
		    sqlite->sql[SQL_CITIZEN_FORGET], BIND_NUMBER(delivery));
	return result == OK ? sqlite_audit_add(sqlite, line) : result;
}
