/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assets.h"
#include "tests/support/store_fixture.h"

/* Which files are taken for a store of ours. */

static void
run_sql(const struct store_fixture *fixture, const char *sql)
{
	char path[TEMP_DIR_PATH_SIZE];
	sqlite3 *db = NULL;

	temp_dir_file(&fixture->dir, "store.db", path);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void
write_file(const struct store_fixture *fixture, long at, const char *bytes,
    size_t count)
{
	char path[TEMP_DIR_PATH_SIZE];
	FILE *file;

	temp_dir_file(&fixture->dir, "store.db", path);
	file = fopen(path, "r+b");
	assert_non_null(file);
	assert_int_equal(fseek(file, at, SEEK_SET), 0);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(
		    fwrite(bytes, 1, strlen(bytes), file), strlen(bytes));
	assert_int_equal(fclose(file), 0);
}

static void
expect_refusal(struct store_fixture *fixture, const char *words)
{
	struct complaint why = { .line = 0 };
	struct store *store = NULL;

	assert_int_equal(
	    store_open(&fixture->options, &store, &why), ERR_INVALID);
	assert_null(store);
	assert_non_null(strstr(fixture->url, why.file));
	if (strstr(why.text, words) == NULL)
		fail_msg("expected \"%s\" in \"%s\"", words, why.text);
}

static void
a_newer_schema_is_refused(void **state)
{
	store_fixture_close(*state);
	run_sql(*state, "PRAGMA user_version = 1000");
	expect_refusal(*state, "schema 1000, newer than");
}

static void
a_database_of_another_program_is_refused_and_left_alone(void **state)
{
	struct store_fixture *fixture = *state;
	char path[TEMP_DIR_PATH_SIZE];

	store_fixture_close(fixture);
	temp_dir_file(&fixture->dir, "store.db", path);
	assert_int_equal(unlink(path), 0);
	run_sql(fixture, "CREATE TABLE theirs (x); INSERT INTO theirs "
			 "VALUES (1)");
	expect_refusal(fixture, "another program");
	run_sql(fixture, "INSERT INTO theirs VALUES (2)");
	temp_dir_file(&fixture->dir, "store.db-wal", path);
	assert_int_not_equal(access(path, F_OK), 0);
}

static void
a_file_that_is_no_database_is_refused(void **state)
{
	store_fixture_close(*state);
	write_file(*state, 0, "This is a letter to the editor. ", 512);
	expect_refusal(*state, "is no database");
}

static void
a_damaged_database_is_refused(void **state)
{
	store_fixture_close(*state);
	/* The page of the schema, behind the header that says it is one. */
	write_file(*state, 100, "garbage.", 400);
	expect_refusal(*state, "is damaged");
}

static void
a_store_without_its_key_is_refused(void **state)
{
	store_fixture_close(*state);
	run_sql(*state, "DELETE FROM meta WHERE name = 'hash_key'");
	expect_refusal(*state, "lost the key");
}

static void
dedup_keys_differ_from_store_to_store(void **state)
{
	/* Taken from two stores of one event: the marks are keyed. */
	struct store_fixture *fixture = *state;
	struct said said = { .dedup_id = "m1" };
	char path[TEMP_DIR_PATH_SIZE];
	sqlite3_int64 keys[2] = { 0, 0 };

	for (size_t i = 0; i < 2; i++) {
		sqlite3_stmt *statement = NULL;
		sqlite3 *db = NULL;

		assert_int_equal(store_fixture_say(fixture, &said, 1), OK);
		store_fixture_close(fixture);
		temp_dir_file(&fixture->dir, "store.db", path);
		assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
		assert_int_equal(sqlite3_prepare_v2(db, "SELECT key FROM seen",
				     -1, &statement, NULL),
		    SQLITE_OK);
		assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
		keys[i] = sqlite3_column_int64(statement, 0);
		assert_true(keys[i] > 0);
		(void)sqlite3_finalize(statement);
		(void)sqlite3_close(db);
		assert_int_equal(unlink(path), 0);
		store_fixture_open(fixture);
	}
	assert_true(keys[0] != keys[1]);
}

/* As the first release left it: its schema, and one question of An. */
static void
write_first_schema(struct store_fixture *fixture)
{
	const struct asset *first =
	    asset_named("src/store/schema/001-first.sql");
	char path[TEMP_DIR_PATH_SIZE];
	char *schema;

	assert_non_null(first);
	schema = text_dup(first->content);
	assert_non_null(schema);
	temp_dir_file(&fixture->dir, "store.db", path);
	assert_int_equal(unlink(path), 0);
	run_sql(fixture, schema);
	free(schema);
	/* "hoid" */
	run_sql(fixture,
	    "PRAGMA application_id = 1752131940; PRAGMA user_version = 1;"
	    "INSERT INTO account VALUES (1, 'messenger', 'page');"
	    "INSERT INTO citizen VALUES (1, 1, 1, 0, 0, 'an', '', '');"
	    "INSERT INTO question VALUES (1, 1, 0, 0, 0, 0.2, 'unanswered', "
	    "'', 'g1', '', 'đổi mật khẩu')");
}

static void
an_older_schema_is_brought_up_to_date(void **state)
{
	struct store_fixture *fixture = *state;
	struct said labelled = { .outcome = { .label = TEXT("declined") } };
	struct question_row *rows;
	size_t count;

	store_fixture_close(fixture);
	write_first_schema(fixture);
	store_fixture_open(fixture);
	assert_int_equal(store_fixture_say(fixture, &labelled, 1), OK);
	rows = store_fixture_questions(fixture, &count);
	assert_int_equal(count, 1);
	assert_true(text_is(rows[0].question.text, "đổi mật khẩu"));
	assert_true(text_is(rows[0].question.label, "declined"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_older_schema_is_brought_up_to_date),
		cmocka_unit_test(a_newer_schema_is_refused),
		cmocka_unit_test(
		    a_database_of_another_program_is_refused_and_left_alone),
		cmocka_unit_test(a_file_that_is_no_database_is_refused),
		cmocka_unit_test(a_damaged_database_is_refused),
		cmocka_unit_test(a_store_without_its_key_is_refused),
		cmocka_unit_test(dedup_keys_differ_from_store_to_store),
	};

	return store_fixture_run(
	    "sqlite", "the schema", tests, sizeof(tests) / sizeof(tests[0]));
}
