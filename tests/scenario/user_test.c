/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap user`: accounts made where the server runs. */
#include <stdio.h>
#include <string.h>

#include "tests/support/cmocka_all.h"
#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

#define GOOD "bốn từ dễ nhớ\n"

struct office {
	struct temp_dir dir;
	char config[TEMP_DIR_PATH_SIZE];
};

static int
setup(void **state)
{
	static struct office office;
	char store[TEMP_DIR_PATH_SIZE];
	FILE *file;

	temp_dir_make(&office.dir);
	temp_dir_file(&office.dir, "hoidap.ini", office.config);
	temp_dir_file(&office.dir, "hoidap.db", store);
	file = fopen(office.config, "w");
	assert_non_null(file);
	assert_true(fprintf(file, "store = sqlite:%s\n", store) > 0);
	assert_int_equal(fclose(file), 0);
	*state = &office;
	return 0;
}

static int
teardown(void **state)
{
	const struct office *office = *state;

	temp_dir_remove(&office->dir);
	return 0;
}

/* Run `hoidap user WORDS` (split at spaces); OUT holds a part of what it says
 * to stdout, or to stderr when it fails. */
static void
user(const struct office *office, const char *words, const char *input,
    int status, const char *says)
{
	enum { WORDS_MAX = 16, WORDS_SIZE = 256 };
	const char *arguments[WORDS_MAX] = { "user" };
	struct process_output output;
	char copy[WORDS_SIZE];
	char *rest = copy;
	size_t count = 1;
	const char *said;

	(void)snprintf(copy, sizeof(copy), "%s", words);
	while (rest != NULL && count < WORDS_MAX - 3)
		arguments[count++] = strsep(&rest, " ");
	arguments[count++] = "--config";
	arguments[count] = office->config;
	output = process_run(arguments, input);
	said = status == 0 ? output.out : output.err;
	if (output.status != status || strstr(said, says) == NULL)
		fail_msg("user %s: %d, %s%s", words, output.status, output.out,
		    output.err);
	process_output_free(&output);
}

static void
the_first_admin_is_added_before_the_first_start(void **state)
{
	user(*state, "add an --roles admin,editor --name An", GOOD, 0, "");
	user(*state, "list", "", 0, "an\teditor,admin\tactive\tnever\t-\n");
	user(*state, "add an --roles admin", GOOD, 1, "\"an\" is taken");
}

static void
accounts_are_changed_and_the_last_admin_stays(void **state)
{
	user(*state, "add an --roles admin", GOOD, 0, "");
	user(*state, "add binh --roles editor", GOOD, 0, "");
	user(*state, "roles binh --roles curator,reviewer", "", 0, "");
	user(*state, "disable binh", "", 0, "");
	user(*state, "list", "", 0, "binh\tcurator,reviewer\tdisabled");
	user(*state, "enable binh", "", 0, "");
	user(*state, "list", "", 0, "binh\tcurator,reviewer\tactive");
	user(*state, "disable an", "", 1, "the last admin");
	user(*state, "roles an --roles editor", "", 1, "the last admin");
	user(*state, "passwd binh", "một mật khẩu khác\n", 0, "");
	user(*state, "passwd chi", GOOD, 1, "there is no user \"chi\"");
}

static void
bad_logins_and_passwords_are_refused_in_words(void **state)
{
	user(*state, "add An --roles admin", GOOD, 1, "lower-case letters");
	user(*state, "add an --roles admin", "ngắn\n", 1, "fewer than 10");
	user(*state, "add an --roles admin", "", 1, "fewer than 10");
	user(*state, "add an --roles king", GOOD, 2, "usage");
	user(*state, "add an", GOOD, 2, "usage");
	user(*state, "add", GOOD, 2, "usage");
	user(*state, "list an", "", 2, "usage");
	user(*state, "list", "", 0, "");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_first_admin_is_added_before_the_first_start),
		TEST(accounts_are_changed_and_the_last_admin_stays),
		TEST(bad_logins_and_passwords_are_refused_in_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
