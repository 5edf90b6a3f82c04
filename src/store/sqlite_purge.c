/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite.h"

/* What has become too old goes, in pieces small enough that turns wait a few
 * milliseconds at most.  Question texts have an index by age, which is cheap
 * as it grows at its end.  The other tables would pay too much for one on the
 * hot path, so a purge walks over them in the order of their keys. */

enum {
	PIECE_ROWS = 1000,
	/* Messenger sends an event again for up to 36 hours, Zalo for two. */
	REDELIVERY_MS = 48 * 3600 * 1000,
};

static const struct walk {
	enum sqlite_statement up_to;
	enum sqlite_statement purge;
} walks[] = {
	{ SQL_SEEN_WALK, SQL_SEEN_PURGE },
	{ SQL_OUTBOX_WALK, SQL_OUTBOX_PURGE },
	/* After the outbox: a citizen with a reply on its way stays. */
	{ SQL_CITIZEN_WALK, SQL_CITIZEN_PURGE },
};

enum { WALKS = sizeof(walks) / sizeof(walks[0]) };

static uint64_t
before(uint64_t now_ms, uint64_t age_ms)
{
	return now_ms > age_ms ? now_ms - age_ms : 0;
}

/* ERR_NOT_FOUND: the walk is over. */
static enum result
find_end(struct sqlite *sqlite, const struct walk *walk, int64_t after,
    int64_t *up_to_out)
{
	sqlite3_stmt *row = sqlite->sql[walk->up_to];
	enum result result =
	    SQLITE_START(row, BIND_ID(after), BIND_ID(PIECE_ROWS));

	if (result != OK)
		return result;
	result = sqlite_query_next(row);
	if (result == OK && sqlite3_column_type(row, 0) == SQLITE_NULL)
		result = ERR_NOT_FOUND;
	if (result == OK)
		*up_to_out = (int64_t)sqlite_query_number(row, 0);
	sqlite_query_end(row);
	return result;
}

static enum result
walk_on(struct sqlite *sqlite, struct purge *purge)
{
	const struct walk *walk = &walks[purge->step - 1];
	int64_t up_to;
	enum result result = find_end(sqlite, walk, purge->after, &up_to);

	if (result == ERR_NOT_FOUND) {
		purge->finished = purge->step == WALKS;
		purge->step++;
		purge->after = 0;
		return OK;
	}
	if (result == OK)
		result = SQLITE_RUN(sqlite->sql[walk->purge],
		    BIND_ID(purge->after), BIND_ID(up_to),
		    BIND_NUMBER(before(purge->now_ms, REDELIVERY_MS)),
		    BIND_NUMBER(before(purge->now_ms, purge->keep_ms)));
	if (result == OK)
		purge->after = up_to;
	return result;
}

static enum result
purge_texts(struct sqlite *sqlite, struct purge *purge)
{
	enum result result = SQLITE_RUN(sqlite->sql[SQL_QUESTION_PURGE],
	    BIND_NUMBER(before(purge->now_ms, purge->keep_ms)),
	    BIND_ID(PIECE_ROWS));

	if (result == OK &&
	    sqlite3_changes(sqlite->db[SQLITE_WRITER]) < PIECE_ROWS)
		purge->step++;
	return result;
}

enum result
sqlite_purge(struct backend *backend, struct purge *purge)
{
	struct sqlite *sqlite = sqlite_of(backend);

	return purge->step == 0 ? purge_texts(sqlite, purge)
				: walk_on(sqlite, purge);
}

/* Fold the log into the file and empty it: on a quiet site its old pages would
 * lie there for months.  When somebody reads just now, the next purge does. */
enum result
sqlite_purge_scrub(struct backend *backend)
{
	struct sqlite *sqlite = sqlite_of(backend);
	int code;

	(void)pthread_mutex_lock(&sqlite->mutex[SQLITE_STAFF]);
	code = sqlite3_wal_checkpoint_v2(sqlite->db[SQLITE_STAFF], NULL,
	    SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	(void)pthread_mutex_unlock(&sqlite->mutex[SQLITE_STAFF]);
	return (code & 0xff) == SQLITE_BUSY ? OK : sqlite_query_result(code);
}
