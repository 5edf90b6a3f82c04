/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sqlite.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "assets.h"
#include "secret.h"

/* The file says whose it is (application_id) and how far its schema has come
 * (user_version: that many migrations have run).  A migration, once released,
 * never changes: what comes later is a new row here and a new file. */
static const char *const migrations[] = {
	"src/store/schema/001-first.sql",
	"src/store/schema/002-labels.sql",
	"src/store/schema/003-feedback.sql",
	"src/store/schema/004-reach.sql",
	"src/store/schema/005-staff.sql",
	"src/store/schema/006-review.sql",
	"src/store/schema/007-editions.sql",
	"src/store/schema/009-grades.sql",
};

enum {
	APPLICATION_ID = 0x686f6964, /* "hoid" */
	MIGRATIONS = sizeof(migrations) / sizeof(migrations[0]),
	MIGRATION_MAX_BYTES = 65536,
	HASH_KEY_HEX = 2 * crypto_shorthash_KEYBYTES,
};

struct schema {
	sqlite3_int64 application;
	sqlite3_int64 version;
	sqlite3_int64 objects; /* tables, indexes, ... */
};

static int
read_number(sqlite3 *db, const char *sql, sqlite3_int64 *out)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*out = sqlite3_column_int64(statement, 0);
	(void)sqlite3_finalize(statement);
	return code == SQLITE_ROW ? SQLITE_OK : code;
}

static int
read_schema(sqlite3 *db, struct schema *schema)
{
	int code =
	    read_number(db, "PRAGMA application_id", &schema->application);

	if (code == SQLITE_OK)
		code = read_number(db, "PRAGMA user_version", &schema->version);
	if (code == SQLITE_OK)
		code = read_number(
		    db, "SELECT count(*) FROM sqlite_master", &schema->objects);
	return code;
}

static enum result
check(const struct schema *schema, const char *path, struct complaint *why)
{
	bool is_new = schema->application == 0 && schema->version == 0 &&
		      schema->objects == 0;

	if (!is_new && schema->application != APPLICATION_ID) {
		complain(why, path, 0,
		    "is a database of another program; give hoidap a file of "
		    "its own");
		return ERR_INVALID;
	}
	if (schema->version < 0 || schema->version > MIGRATIONS) {
		complain(why, path, 0,
		    "has schema %" PRId64 ", newer than schema %d of this "
		    "hoidap; install the newer hoidap again",
		    (int64_t)schema->version, (int)MIGRATIONS);
		return ERR_INVALID;
	}
	return OK;
}

static int
migrate(sqlite3 *db, size_t number)
{
	const struct asset *asset = asset_named(migrations[number]);
	char script[MIGRATION_MAX_BYTES];
	int code;

	if (asset == NULL ||
	    text_copy(script, sizeof(script), asset->content) != OK)
		return SQLITE_INTERNAL;
	code = sqlite3_exec(db, script, NULL, NULL, NULL);
	if (code != SQLITE_OK)
		return code;
	(void)snprintf(script, sizeof(script),
	    "PRAGMA application_id = %d; PRAGMA user_version = %zu;",
	    (int)APPLICATION_ID, number + 1);
	return sqlite3_exec(db, script, NULL, NULL, NULL);
}

/* The key goes in with the first schema, in the same transaction. */
static int
make_hash_key(sqlite3 *db)
{
	static const char sql[] =
	    "INSERT INTO meta (name, value) VALUES ('hash_key', ?1) "
	    "ON CONFLICT DO NOTHING";
	char hex[HASH_KEY_HEX + 1];
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);

	secret_random_hex(crypto_shorthash_KEYBYTES, hex);
	if (code == SQLITE_OK)
		code = sqlite3_bind_text(
		    statement, 1, hex, HASH_KEY_HEX, SQLITE_STATIC);
	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	(void)sqlite3_finalize(statement);
	return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int
migrate_from(sqlite3 *db, size_t version)
{
	int code = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);

	for (size_t i = version; code == SQLITE_OK && i < MIGRATIONS; i++)
		code = migrate(db, i);
	if (code == SQLITE_OK)
		code = make_hash_key(db);
	if (code == SQLITE_OK)
		code = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
	return code;
}

enum result
sqlite_schema_upgrade(sqlite3 *db, const char *path, struct complaint *why)
{
	struct schema schema = { .version = 0 };
	enum result result =
	    sqlite_file_explain(db, read_schema(db, &schema), path, why);
	int code;

	if (result == OK)
		result = check(&schema, path, why);
	if (result != OK)
		return result;
	code = sqlite3_exec(db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
	if (code == SQLITE_OK && schema.version < MIGRATIONS)
		code = migrate_from(db, (size_t)schema.version);
	return sqlite_file_explain(db, code, path, why);
}

enum result
sqlite_schema_hash_key(
    sqlite3 *db, unsigned char key[crypto_shorthash_KEYBYTES])
{
	enum result result = ERR_INVALID;
	sqlite3_stmt *statement = NULL;
	struct text_view hex;
	size_t len = 0;

	if (sqlite3_prepare_v2(db,
		"SELECT value FROM meta WHERE name = 'hash_key'", -1,
		&statement, NULL) != SQLITE_OK ||
	    sqlite_query_next(statement) != OK)
		goto out;
	hex = sqlite_query_text(statement, 0);
	if (sodium_hex2bin(key, crypto_shorthash_KEYBYTES, hex.at, hex.len,
		NULL, &len, NULL) == 0 &&
	    len == crypto_shorthash_KEYBYTES)
		result = OK;
out:
	(void)sqlite3_finalize(statement);
	return result;
}
