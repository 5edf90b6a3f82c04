/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_SQLITE_H
#define HOIDAP_STORE_SQLITE_H

#include <pthread.h>
#include <sodium.h>

#include "backend.h"
#include "leases.h"
#include "sqlite_list.h"
#include "sqlite_query.h"

/* The embedded database: one file, one owner.  sqlite.c opens it and fills
 * the table of functions; each other sqlite_*.c holds one use case. */

enum sqlite_connection {
	SQLITE_WRITER, /* the writer's thread */
	SQLITE_SENDER, /* claims and fetches, under its mutex */
	SQLITE_STAFF,  /* all other reads, under its mutex */
	SQLITE_CONNECTIONS,
};

enum sqlite_statement {
#define STATEMENT(connection, name, sql) SQL_##name,
#include "sqlite_statements_table.h"
#undef STATEMENT
	SQL_STATEMENTS,
};

/* Ids of the accounts seen so far: a few pages and OAs. */
enum { SQLITE_ACCOUNTS_MAX = 64, SQLITE_ACCOUNT_NAME_SIZE = 96 };

struct sqlite_account {
	const char *channel; /* static */
	char name[SQLITE_ACCOUNT_NAME_SIZE];
	sqlite3_int64 id;
};

struct sqlite {
	struct backend backend; /* first */
	int lock_fd;
	sqlite3 *db[SQLITE_CONNECTIONS];
	sqlite3_stmt *sql[SQL_STATEMENTS];
	pthread_mutex_t mutex[SQLITE_CONNECTIONS];
	struct leases leases;
	sqlite3_int64 account_served_last; /* by a claim; the sender's */

	/* The writer's own. */
	unsigned char hash_key[crypto_shorthash_KEYBYTES];
	struct arena scratch; /* of one turn */
	struct sqlite_account accounts[SQLITE_ACCOUNTS_MAX];
	size_t account_count;
};

struct sqlite *sqlite_of(struct backend *backend);

/* sqlite_file.c: the file and its connections. */
enum result sqlite_file_lock(
    const char *path, int *fd_out, struct complaint *why) MUST_CHECK;
enum result sqlite_file_create(
    const char *path, struct complaint *why) MUST_CHECK;
enum result sqlite_file_connect(const char *path,
    enum sqlite_connection connection, sqlite3 **db_out,
    struct complaint *why) MUST_CHECK;
/* The result for CODE, with WHY: what is wrong with the file is ERR_INVALID,
 * what is wrong with the disk ERR_IO. */
enum result sqlite_file_explain(
    sqlite3 *db, int code, const char *path, struct complaint *why) MUST_CHECK;

/* sqlite_schema.c: refuse what is no store of ours, bring an older one up to
 * date. */
enum result sqlite_schema_upgrade(
    sqlite3 *db, const char *path, struct complaint *why) MUST_CHECK;
/* The random key of the dedup marks, made with the schema. */
enum result sqlite_schema_hash_key(
    sqlite3 *db, unsigned char key[crypto_shorthash_KEYBYTES]) MUST_CHECK;

/* sqlite_account.c.  An id looked up in a transaction that is undone must be
 * forgotten. */
enum result sqlite_account_id(struct sqlite *sqlite, const char *channel,
    struct text_view name, sqlite3_int64 *id_out) MUST_CHECK;
void sqlite_account_forget(struct sqlite *sqlite);

/* sqlite_turn.c */
enum result sqlite_turn(
    struct backend *backend, struct turn *turn, bool *outbox_changed);
/* What one citizen leaves: their row, for the counts, that leads to nobody. */
enum result sqlite_turn_erase(struct sqlite *sqlite, sqlite3_int64 citizen_id,
    sqlite3_int64 last_question) MUST_CHECK;

/* sqlite_held.c: the reply to CITIZEN_ID that is due at DUE_MS.  Taking it back
 * is ERR_NOT_FOUND when it has gone, or is on its way; then *QUESTION_OUT is
 * the question it was for (0: none) and *TEXT_OUT, in the scratch arena, what
 * that says. */
enum result sqlite_held_recall(struct sqlite *sqlite, sqlite3_int64 citizen_id,
    uint64_t due_ms, sqlite3_int64 *question_out,
    struct text_view *text_out) MUST_CHECK;
enum result sqlite_held_release(struct sqlite *sqlite, sqlite3_int64 citizen_id,
    uint64_t due_ms, uint64_t now_ms) MUST_CHECK;

/* sqlite_outbox.c */
enum result sqlite_outbox_claim(struct backend *backend,
    const struct store_claim *claim, struct arena *arena, struct delivery *out,
    size_t *count_out, uint64_t *next_due_out);
void sqlite_outbox_lease_hold(struct backend *backend, uint64_t delivery);
void sqlite_outbox_lease_end(struct backend *backend, uint64_t delivery);
enum result sqlite_outbox_fetch(struct backend *backend,
    const struct store_fetch *fetch, struct arena *arena, struct delivery **out,
    size_t *count_out);
enum result sqlite_outbox_settle(
    struct backend *backend, const struct settlement *settlement);
enum result sqlite_outbox_settle_fetched(
    struct backend *backend, uint64_t delivery);
/* Right after the statement that settled DELIVERY: forget the citizen whose
 * last reply it was, unless that statement changed nothing. */
enum result sqlite_outbox_arrived(
    struct sqlite *sqlite, uint64_t delivery) MUST_CHECK;

/* sqlite_token.c */
enum result sqlite_token_load(struct backend *backend,
    const struct token_key *key, struct stored_token *out);
enum result sqlite_token_save(struct backend *backend,
    const struct token_key *key, const struct stored_token *token);
enum result sqlite_token_lock(struct backend *backend,
    const struct token_key *key, const struct token_lock *lock);

/* sqlite_staff.c */
enum result sqlite_staff_questions(struct backend *backend,
    const struct question_filter *filter, struct arena *arena,
    struct question_row **rows_out, size_t *count_out);
/* A row of QUESTIONS or RECORD_QUESTIONS. */
enum result sqlite_staff_read_question(sqlite3_stmt *row, struct arena *arena,
    struct question_row *out) MUST_CHECK;
/* The same, for sqlite_list_read(). */
enum result sqlite_staff_add_question(
    sqlite3_stmt *row, struct sqlite_list *list) MUST_CHECK;
enum result sqlite_staff_count(
    struct backend *backend, struct store_counts *out);
enum result sqlite_staff_probe(struct backend *backend, uint64_t now_ms);

/* sqlite_privacy.c */
enum result sqlite_privacy_records(struct backend *backend, const char *channel,
    struct text_view citizen, struct arena *arena,
    struct citizen_record **records_out, size_t *count_out);
enum result sqlite_privacy_erase(struct backend *backend, const char *channel,
    struct text_view citizen, size_t *erased_out);
enum result sqlite_privacy_count_old(
    struct backend *backend, uint64_t before_ms, uint64_t *count_out);

/* sqlite_audit.c: in the transaction of what LINE tells. */
enum result sqlite_audit_add(
    struct sqlite *sqlite, const struct audit_line *line) MUST_CHECK;

/* sqlite_purge.c */
enum result sqlite_purge(struct backend *backend, struct purge *purge);
enum result sqlite_purge_scrub(struct backend *backend);

#endif
