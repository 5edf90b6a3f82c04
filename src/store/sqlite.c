/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite.h"

#include <stdlib.h>
#include <unistd.h>

#include "sqlite_editions.h"
#include "sqlite_figures.h"
#include "sqlite_notice.h"
#include "sqlite_reach.h"
#include "sqlite_review.h"
#include "sqlite_talk.h"
#include "sqlite_user.h"

/* A write-ahead log with synchronous=FULL: what is committed survives a power
 * cut, readers never wait for the writer, nor it for them.  The file has one
 * owner (a lock beside it says so), which is why leases may live in memory. */

enum {
	/* A packed state or the text of an account: far more than any is. */
	SCRATCH_MAX_BYTES = 1024 * 1024,
};

static const struct {
	enum sqlite_connection connection;
	const char *sql;
} statements[SQL_STATEMENTS] = {
#define STATEMENT(connection, name, sql)                                       \
	[SQL_##name] = { SQLITE_##connection, (sql) },
#include "sqlite_statements_table.h"
#undef STATEMENT
};

struct sqlite *
sqlite_of(struct backend *backend)
{
	return (struct sqlite *)backend;
}

static enum result
prepare(struct sqlite *sqlite, const char *path, struct complaint *why)
{
	for (size_t i = 0; i < SQL_STATEMENTS; i++) {
		sqlite3 *db = sqlite->db[statements[i].connection];
		int code = sqlite3_prepare_v3(db, statements[i].sql, -1,
		    SQLITE_PREPARE_PERSISTENT, &sqlite->sql[i], NULL);

		if (code != SQLITE_OK)
			return sqlite_file_explain(db, code, path, why);
	}
	return OK;
}

static void
backend_close(struct backend *backend)
{
	struct sqlite *sqlite;

	if (backend == NULL)
		return;
	sqlite = sqlite_of(backend);
	for (size_t i = 0; i < SQL_STATEMENTS; i++)
		(void)sqlite3_finalize(sqlite->sql[i]);
	/* The writer goes last: it folds the log into the file. */
	for (size_t i = SQLITE_CONNECTIONS; i-- > 0;) {
		(void)sqlite3_close(sqlite->db[i]);
		(void)pthread_mutex_destroy(&sqlite->mutex[i]);
	}
	if (sqlite->lock_fd >= 0)
		(void)close(sqlite->lock_fd);
	leases_fini(&sqlite->leases);
	arena_fini(&sqlite->scratch);
	free(sqlite);
}

/* Whoever held one was the file's owner before us, and was killed: waiting
 * until it runs out would keep its account silent for minutes. */
static enum result
unlock_tokens(struct sqlite *sqlite, const char *path, struct complaint *why)
{
	enum result result =
	    sqlite_query_run(sqlite->sql[SQL_TOKEN_UNLOCK_ALL], NULL, 0);

	if (result != OK)
		complain(why, path, 0, "cannot be written: %s",
		    sqlite3_errmsg(sqlite->db[SQLITE_WRITER]));
	return result;
}

static enum result
open_file(struct sqlite *sqlite, const char *path, struct complaint *why)
{
	enum result result = sqlite_file_lock(path, &sqlite->lock_fd, why);

	if (result != OK)
		return result;
	result = sqlite_file_create(path, why);
	if (result != OK)
		return result;
	result = sqlite_file_connect(
	    path, SQLITE_WRITER, &sqlite->db[SQLITE_WRITER], why);
	if (result != OK)
		return result;
	result = sqlite_schema_upgrade(sqlite->db[SQLITE_WRITER], path, why);
	if (result != OK)
		return result;
	for (enum sqlite_connection i = SQLITE_SENDER; i < SQLITE_CONNECTIONS;
	     i++) {
		result = sqlite_file_connect(path, i, &sqlite->db[i], why);
		if (result != OK)
			return result;
	}
	result =
	    sqlite_schema_hash_key(sqlite->db[SQLITE_WRITER], sqlite->hash_key);
	if (result != OK) {
		complain(why, path, 0,
		    "has lost the key of its dedup marks; "
		    "restore it from a backup");
		return result;
	}
	result = prepare(sqlite, path, why);
	if (result != OK)
		return result;
	return unlock_tokens(sqlite, path, why);
}

static enum result
backend_open_file(
    const char *where, struct backend **backend_out, struct complaint *why)
{
	enum result result;
	struct sqlite *sqlite = calloc(1, sizeof(*sqlite));

	if (sqlite == NULL) {
		complain(why, where, 0, "out of memory");
		return ERR_NOMEM;
	}
	sqlite->backend.kind = &backend_sqlite;
	sqlite->lock_fd = -1;
	/* Cannot fail with the default attributes on Linux. */
	for (size_t i = 0; i < SQLITE_CONNECTIONS; i++)
		(void)pthread_mutex_init(&sqlite->mutex[i], NULL);
	leases_init(&sqlite->leases);
	arena_init(&sqlite->scratch, SCRATCH_MAX_BYTES);
	result = open_file(sqlite, where, why);
	if (result != OK)
		goto out;
	*backend_out = &sqlite->backend;
	sqlite = NULL; /* handed over */
out:
	backend_close(sqlite == NULL ? NULL : &sqlite->backend);
	return result;
}

/* ---- the transaction ---- */

static enum result
run(struct backend *backend, enum sqlite_statement statement)
{
	return sqlite_query_run(sqlite_of(backend)->sql[statement], NULL, 0);
}

static enum result
begin(struct backend *backend)
{
	return run(backend, SQL_BEGIN);
}

static enum result
commit(struct backend *backend)
{
	return run(backend, SQL_COMMIT);
}

/* After some errors SQLite has rolled back by itself. */
static bool
is_lost(struct backend *backend)
{
	return sqlite3_get_autocommit(sqlite_of(backend)->db[SQLITE_WRITER]);
}

static void
rollback(struct backend *backend)
{
	sqlite_account_forget(sqlite_of(backend));
	if (!is_lost(backend))
		(void)run(backend, SQL_ROLLBACK);
}

static enum result
part_begin(struct backend *backend)
{
	/* Outside a transaction a savepoint would begin, and commit, one of
	 * its own. */
	return is_lost(backend) ? ERR_IO : run(backend, SQL_PART_BEGIN);
}

static enum result
part_keep(struct backend *backend)
{
	return run(backend, SQL_PART_KEEP);
}

static enum result
part_undo(struct backend *backend)
{
	enum result result;

	sqlite_account_forget(sqlite_of(backend));
	if (is_lost(backend))
		return ERR_IO;
	result = run(backend, SQL_PART_UNDO);
	return result == OK ? part_keep(backend) : result;
}

static const char *
trouble(struct backend *backend)
{
	return sqlite3_errmsg(sqlite_of(backend)->db[SQLITE_WRITER]);
}

const struct backend_kind backend_sqlite = {
	.scheme = "sqlite:",
	.open = backend_open_file,
	.close = backend_close,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.part_begin = part_begin,
	.part_keep = part_keep,
	.part_undo = part_undo,
	.trouble = trouble,
	.turn = sqlite_turn,
	.settle = sqlite_outbox_settle,
	.settle_fetched = sqlite_outbox_settle_fetched,
	.token_save = sqlite_token_save,
	.token_lock = sqlite_token_lock,
	.probe = sqlite_staff_probe,
	.purge = sqlite_purge,
	.claim = sqlite_outbox_claim,
	.lease_hold = sqlite_outbox_lease_hold,
	.lease_end = sqlite_outbox_lease_end,
	.fetch = sqlite_outbox_fetch,
	.token_load = sqlite_token_load,
	.questions = sqlite_staff_questions,
	.records = sqlite_privacy_records,
	.erase = sqlite_privacy_erase,
	.count_old = sqlite_privacy_count_old,
	.scrub = sqlite_purge_scrub,
	.count = sqlite_staff_count,
	.staff = &sqlite_user_functions,
	.editions = &sqlite_editions_functions,
	.reach = &sqlite_reach_functions,
	.notice = &sqlite_notice_functions,
	.review = &sqlite_review_functions,
	.figures = &sqlite_figures_functions,
	.talk = &sqlite_talk_functions,
};
