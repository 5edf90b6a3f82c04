/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap privacy`, as an operator uses it on the file of a stopped server. */
#include "tests/support/cmocka_all.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/phone.h"
#include "tests/support/process.h"

#define CITIZEN "7001112223334445"
#define ASKED "làm hộ chiếu ở đâu"

enum { ARGUMENTS_MAX = 10 };

static void
assert_holds(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" has no \"%s\"", text, part);
}

/* Run `hoidap privacy WORDS...` (NULL-ended) with the settings of SERVICE. */
static struct process_output
privacy(struct service *service, const char *const *words, const char *input)
{
	const char *arguments[ARGUMENTS_MAX + 4] = { "privacy" };
	char path[TEMP_DIR_PATH_SIZE];
	size_t count = 1;
	FILE *file;

	temp_dir_file(&service->dir, "hoidap.ini", path);
	file = fopen(path, "we");
	assert_non_null(file);
	assert_true(fprintf(file, "store = sqlite:%s/hoidap.db\n",
			service->dir.path) > 0);
	assert_int_equal(fclose(file), 0);
	for (size_t i = 0; words[i] != NULL && i < ARGUMENTS_MAX; i++)
		arguments[count++] = words[i];
	arguments[count++] = "--config";
	arguments[count++] = path;
	arguments[count] = NULL;
	return process_run(arguments, input);
}

#define OF_CITIZEN "--channel", "messenger", "--citizen", CITIZEN

static void
ask_and_stop(struct service *service)
{
	struct phone phone = { service, "messenger", CITIZEN, 0, "" };

	(void)phone_ask(&phone, ASKED);
	service_wait_counts(service, service_queued_is, 0);
	service_stop(service);
}

static void
what_is_kept_of_a_citizen_is_exported(void **state)
{
	const char *words[] = { "export", OF_CITIZEN, NULL };
	struct service *service = *state;
	struct process_output output;
	json_t *exported;
	const json_t *record;
	const json_t *question;

	ask_and_stop(service);
	output = privacy(service, words, "");
	assert_int_equal(output.status, 0);
	exported = json_loads(output.out, 0, NULL);
	assert_string_equal(record_text(exported, "citizen"), CITIZEN);
	record = json_array_get(json_object_get(exported, "records"), 0);
	assert_string_equal(record_text(record, "account"), SERVICE_PAGE_ID);
	assert_holds(record_text(record, "seen"), "+07:00");
	question = json_array_get(json_object_get(record, "questions"), 0);
	assert_string_equal(record_text(question, "text"), ASKED);
	assert_string_equal(record_text(question, "decision"), "unanswered");
	assert_int_equal(strlen(record_text(question, "at")), 25);
	json_decref(exported);
	process_output_free(&output);
	service_start(service);
}

static void
a_citizen_is_erased_after_a_yes(void **state)
{
	const char *words[] = { "erase", OF_CITIZEN, NULL };
	const char *surely[] = { "erase", OF_CITIZEN, "--yes", NULL };
	struct service *service = *state;
	const struct {
		const char *const *words;
		const char *input;
		int status;
		const char *out;
		const char *err;
	} steps[] = {
		{ words, "", 1, "", "nothing was erased" },
		{ words, "no\n", 1, "", "nothing was erased" },
		{ words, "yes\n", 0, "in 1 accounts", "cannot be undone" },
		{ surely, "", 1, "", "nothing is kept" },
	};

	ask_and_stop(service);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct process_output output =
		    privacy(service, steps[i].words, steps[i].input);

		assert_int_equal(output.status, steps[i].status);
		assert_holds(output.out, steps[i].out);
		assert_holds(output.err, steps[i].err);
		process_output_free(&output);
	}
	assert_false(service_file_holds(service, ASKED));
	assert_false(service_file_holds(service, CITIZEN));
	service_start(service);
}

static void
a_purge_is_previewed_and_done(void **state)
{
	const char *preview[] = { "purge", "--dry-run", "--days", "3", NULL };
	const char *purge[] = { "purge", "--days", "3", NULL };
	struct service *service = *state;
	const struct {
		const char *const *words;
		const char *out;
	} steps[] = {
		{ preview, "would erase 0 texts older than 3 days\n" },
		{ purge, "erased 0 texts older than 3 days\n" },
	};

	ask_and_stop(service);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		struct process_output output =
		    privacy(service, steps[i].words, "");

		assert_int_equal(output.status, 0);
		assert_string_equal(output.out, steps[i].out);
		process_output_free(&output);
	}
	assert_true(service_file_holds(service, ASKED));
	service_start(service);
}

static void
a_running_server_keeps_its_store_to_itself(void **state)
{
	const char *words[] = { "export", OF_CITIZEN, NULL };
	struct service *service = *state;
	struct process_output output = privacy(service, words, "");

	assert_int_equal(output.status, 1);
	assert_holds(output.err, "is open in another hoidap; stop that one");
	process_output_free(&output);
}

static void
a_store_that_is_not_there_is_not_made(void **state)
{
	const char *words[] = { "purge", NULL };
	struct service *service = *state;
	struct service elsewhere = { 0 };
	struct process_output output;

	(void)service;
	temp_dir_make(&elsewhere.dir);
	output = privacy(&elsewhere, words, "");
	assert_int_equal(output.status, 1);
	assert_holds(output.err, "there is no such store");
	process_output_free(&output);
	temp_dir_remove(&elsewhere.dir);
}

static void
wrong_usage_is_told(void **state)
{
	static const char *const cases[][8] = {
		{ NULL },
		{ "forget", NULL },
		{ "export", NULL },
		{ "export", "--channel", "zalo", NULL },
		{ "export", "--channel", "fax", "--citizen", "1", NULL },
		{ "purge", "--citizen", "1", NULL },
		{ "purge", "--days", "0", NULL },
		{ "purge", "--days", "many", NULL },
		{ "purge", "now", NULL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct process_output output = privacy(*state, cases[i], "");

		assert_int_equal(output.status, 2);
		assert_true(strlen(output.err) > 0);
		process_output_free(&output);
	}
}

#define SCENARIO(test)                                                         \
	cmocka_unit_test_setup_teardown(test, service_setup, service_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCENARIO(what_is_kept_of_a_citizen_is_exported),
		SCENARIO(a_citizen_is_erased_after_a_yes),
		SCENARIO(a_purge_is_previewed_and_done),
		SCENARIO(a_running_server_keeps_its_store_to_itself),
		SCENARIO(a_store_that_is_not_there_is_not_made),
		SCENARIO(wrong_usage_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
