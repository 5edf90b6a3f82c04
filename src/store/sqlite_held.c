/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite.h"

/* Replies that wait a moment, in case their citizen is not done speaking.
 *
 * The sender may claim one just while this transaction takes it back, and it
 * reads the last commit.  So the writer leases it first, as a sender would:
 * who holds the lease has it.  The lease of one that was dropped runs out by
 * itself; should the transaction be undone, the reply goes out then. */

enum { LEASE_MS = 30000 };

/* False: the sender has it. */
static enum result
lease(struct sqlite *sqlite, uint64_t delivery, uint64_t now_ms, bool *out)
{
	uint64_t until_ms;
	bool leased = false;
	enum result result = OK;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_SENDER]);
	if (!leases_has(&sqlite->leases, delivery, &until_ms)) {
		result = leases_reserve(&sqlite->leases, 1);
		if (result == OK) {
			leases_take(
			    &sqlite->leases, delivery, now_ms + LEASE_MS);
			leased = true;
		}
	}
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_SENDER]);
	if (result == OK)
		*out = leased;
	return result;
}

enum result
sqlite_held_recall(struct sqlite *sqlite, sqlite3_int64 citizen_id,
    uint64_t due_ms, sqlite3_int64 *question_out, struct text_view *text_out)
{
	sqlite3_stmt *row = sqlite->sql[SQL_HELD_FIND];
	struct text_view text = { .at = NULL };
	sqlite3_int64 question = 0;
	uint64_t delivery = 0;
	bool leased = false;
	enum result result =
	    SQLITE_START(row, BIND_ID(citizen_id), BIND_NUMBER(due_ms));

	if (result != OK)
		return result;
	result = sqlite_query_next(row);
	if (result == OK) {
		delivery = sqlite_query_number(row, 0);
		question = (sqlite3_int64)sqlite_query_number(row, 1);
		result = sqlite_query_copy(row, 2, &sqlite->scratch, &text);
	}
	sqlite_query_end(row);
	if (result == OK)
		result = lease(sqlite, delivery, due_ms, &leased);
	if (result != OK)
		return result;
	if (!leased)
		return ERR_NOT_FOUND;
	result = SQLITE_RUN(sqlite->sql[SQL_HELD_DROP], BIND_NUMBER(delivery));
	if (result != OK)
		return result;
	*question_out = question;
	*text_out = text;
	return OK;
}

enum result
sqlite_held_release(struct sqlite *sqlite, sqlite3_int64 citizen_id,
    uint64_t due_ms, uint64_t now_ms)
{
	return SQLITE_RUN(sqlite->sql[SQL_HELD_RELEASE], BIND_ID(citizen_id),
	    BIND_NUMBER(due_ms), BIND_NUMBER(now_ms));
}
