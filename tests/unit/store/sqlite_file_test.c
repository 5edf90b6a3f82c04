/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/support/alloc_fault.h"
#include "tests/support/store_fixture.h"

/* The file itself: who may open it, who may read it, what is left in it. */

static void
a_second_owner_is_refused_with_the_name_of_the_file(void **state)
{
	struct store_fixture *fixture = *state;
	struct complaint why = { .line = 0 };
	struct store *second;

	assert_int_equal(
	    store_open(&fixture->options, &second, &why), ERR_BUSY);
	assert_non_null(strstr(fixture->url, why.file));
	assert_non_null(strstr(why.text, "another hoidap"));
	store_fixture_close(fixture);
	store_fixture_open(fixture);
}

static void
only_the_owner_can_read_the_files(void **state)
{
	static const char *const names[] = { "store.db", "store.db-wal",
		"store.db-shm", "store.db.lock" };
	struct store_fixture *fixture = *state;
	char path[TEMP_DIR_PATH_SIZE];
	struct stat found;

	temp_dir_file(&fixture->dir, "store.db", path);
	store_fixture_close(fixture);
	assert_int_equal(chmod(path, 0644), 0);
	store_fixture_open(fixture);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		temp_dir_file(&fixture->dir, names[i], path);
		assert_int_equal(stat(path, &found), 0);
		assert_int_equal(found.st_mode & 0777, 0600);
	}
}

static void
a_url_that_names_no_usable_file_is_refused(void **state)
{
	static const struct {
		const char *url;
		enum result want;
		const char *text;
	} cases[] = {
		{ "store.db", ERR_INVALID, "sqlite:PATH" },
		{ "mysql://x", ERR_INVALID, "sqlite:PATH" },
		{ "sqlite:", ERR_INVALID, "path of a file" },
		{ "sqlite:/nowhere/store.db", ERR_IO, "No such file" },
		{ "sqlite:/dev/null/store.db", ERR_IO, "Not a directory" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct store_options options = { .url = cases[i].url };
		struct complaint why = { .line = 0 };
		struct store *store;

		assert_int_equal(
		    store_open(&options, &store, &why), cases[i].want);
		assert_non_null(strstr(why.text, cases[i].text));
	}
}

static bool
file_holds(
    const struct store_fixture *fixture, const char *name, const char *bytes)
{
	static char content[4 * 1024 * 1024];
	char path[TEMP_DIR_PATH_SIZE];
	FILE *file;
	size_t len;

	temp_dir_file(&fixture->dir, name, path);
	file = fopen(path, "rb");
	if (file == NULL)
		return false; /* the log of a closed store */
	len = fread(content, 1, sizeof(content), file);
	assert_true(len < sizeof(content));
	(void)fclose(file);
	return memmem(content, len, bytes, strlen(bytes)) != NULL;
}

/* Does the file or its log hold BYTES? */
static bool
holds(const struct store_fixture *fixture, const char *bytes)
{
	return file_holds(fixture, "store.db", bytes) ||
	       file_holds(fixture, "store.db-wal", bytes);
}

static void
what_is_erased_leaves_the_files_with_the_next_purge(void **state)
{
	struct store_fixture *fixture = *state;
	static const char *const secrets[] = { "citizen-4711", "talk-4711",
		"state-4711", "text-4711", "reply-4711" };
	struct question question = { .text = text_of("text-4711") };
	struct said said = { .citizen = "citizen-4711",
		.conversation = "talk-4711",
		.outcome = { .state = TEXT("state-4711"),
		    .reply = TEXT("reply-4711"),
		    .question = &question } };
	struct said erase = { .citizen = "citizen-4711",
		.outcome = { .erase = true } };

	assert_int_equal(store_fixture_say(fixture, &said, 1), OK);
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		assert_true(holds(fixture, secrets[i]));
	assert_int_equal(store_fixture_say(fixture, &erase, 1), OK);
	assert_int_equal(store_purge(fixture->store, 1, 1), OK);
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		assert_false(holds(fixture, secrets[i]));
}

static void
a_delivered_reply_leaves_the_file(void **state)
{
	struct store_fixture *fixture = *state;
	const struct settlement delivered = {
		.delivery = store_fixture_reply(fixture, "an", "reply-4711"),
		.state = DELIVERY_DELIVERED,
	};

	store_fixture_settle(fixture, &delivered);
	store_fixture_close(fixture);
	assert_false(holds(fixture, "reply-4711"));
	store_fixture_open(fixture);
}

static void
an_opening_without_memory_fails_cleanly(void **state)
{
	struct store_fixture *fixture = *state;
	bool failed = true;

	store_fixture_close(fixture);
	for (unsigned nth = 0; failed; nth++) {
		struct store *store = NULL;
		enum result result;

		alloc_fault_arm(nth);
		result = store_open(&fixture->options, &store, NULL);
		failed = alloc_fault_fired();
		alloc_fault_disarm();
		assert_int_equal(result, failed ? ERR_NOMEM : OK);
		store_close(store);
	}
	store_fixture_open(fixture);
}

static void
a_settlement_without_memory_keeps_its_lease(void **state)
{
	struct store_fixture *fixture = *state;
	struct settlement delivered = { .state = DELIVERY_DELIVERED };
	struct delivery claimed[1];

	delivered.delivery = store_fixture_reply(fixture, "an", "một");
	(void)store_fixture_claim(fixture, 1000, claimed, 1, NULL);
	alloc_fault_arm(0);
	assert_int_equal(store_settle(fixture->store, &delivered), ERR_NOMEM);
	alloc_fault_disarm();
	assert_int_equal(
	    store_fixture_claim(fixture, 1500, claimed, 1, NULL), 0);
	assert_int_equal(
	    store_fixture_claim(fixture, 2000, claimed, 1, NULL), 1);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_second_owner_is_refused_with_the_name_of_the_file),
		cmocka_unit_test(only_the_owner_can_read_the_files),
		cmocka_unit_test(a_url_that_names_no_usable_file_is_refused),
		cmocka_unit_test(
		    what_is_erased_leaves_the_files_with_the_next_purge),
		cmocka_unit_test(a_delivered_reply_leaves_the_file),
		cmocka_unit_test(an_opening_without_memory_fails_cleanly),
		cmocka_unit_test(a_settlement_without_memory_keeps_its_lease),
	};

	return store_fixture_run(
	    "sqlite", "the file", tests, sizeof(tests) / sizeof(tests[0]));
}
