/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The command line, as a script of an operator meets it. */
#include "tests/support/cmocka_all.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/process.h"
#include "tests/support/record.h"
#include "tests/support/temp_dir.h"

#define SMALL "tests/scenario/faq"

enum { ARGUMENTS_MAX = 8 };

static void
assert_holds(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" has no \"%s\"", text, part);
}

/* The only object on the only line of TEXT; yours. */
static json_t *
only_line(const char *text)
{
	json_t *object = json_loads(text, 0, NULL);
	const char *end = strchr(text, '\n');

	assert_true(json_is_object(object));
	assert_true(end != NULL && end[1] == '\0');
	return object;
}

static void
a_question_is_answered_in_words(void **state)
{
	const char *arguments[] = { "ask", "--faq", SMALL, "chu ky so la gi",
		NULL };
	struct process_output output = process_run(arguments, "");

	(void)state;
	assert_int_equal(output.status, 0);
	assert_holds(output.out, "Chữ ký số là cách ký tên");
	assert_holds(output.out, "[2] Chi phí ký số");
	assert_string_equal(output.err, "");
	process_output_free(&output);
}

static void
a_script_gets_one_object_with_every_member(void **state)
{
	static const char *const members[] = { "text", "decision", "id",
		"confidence", "candidates", "reply", "kb" };
	const char *arguments[] = { "ask", "--json", "--faq", SMALL,
		"chu ky so la gi", NULL };
	struct process_output output = process_run(arguments, "");
	json_t *said = only_line(output.out);

	(void)state;
	assert_int_equal(output.status, 0);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if (json_object_get(said, members[i]) == NULL)
			fail_msg("there is no \"%s\"", members[i]);
	assert_string_equal(record_text(said, "decision"), "answer");
	assert_string_equal(record_text(said, "id"), "chu-ky-so");
	assert_int_equal(json_array_size(json_object_get(
			     json_object_get(said, "reply"), "buttons")),
	    3);
	json_decref(said);
	process_output_free(&output);
}

static void
an_explanation_names_what_spoke_for_an_answer(void **state)
{
	const char *arguments[] = { "ask", "--explain", "--faq", SMALL,
		"chữ ký số là gì", NULL };
	struct process_output output = process_run(arguments, "");

	(void)state;
	assert_int_equal(output.status, 0);
	assert_holds(output.out, "chu-ky-so");
	assert_holds(output.out, "%");
	process_output_free(&output);
}

static void
a_batch_gives_a_line_for_each_question(void **state)
{
	const char *arguments[] = { "ask", "--batch", "--faq", SMALL, NULL };
	static const char *const want[] = { "chu-ky-so", "", "chao-hoi" };
	struct process_output output = process_run(
	    arguments, "chữ ký số là gì\nlàm hộ chiếu ở đâu\nxin chào");
	const char *line = output.out;

	(void)state;
	assert_int_equal(output.status, 0);
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		json_t *said = json_loads(line, JSON_DISABLE_EOF_CHECK, NULL);

		assert_true(json_is_object(said));
		assert_string_equal(record_text(said, "id"), want[i]);
		json_decref(said);
		line = strchr(line, '\n');
		assert_non_null(line);
		line++;
	}
	assert_string_equal(line, "");
	process_output_free(&output);
}

static void
a_line_that_is_no_text_is_named_by_its_number(void **state)
{
	const char *arguments[] = { "ask", "--batch", "--faq", SMALL, NULL };
	struct process_output output =
	    process_run(arguments, "xin chào\n\xff\xfe\n");

	(void)state;
	assert_int_equal(output.status, 1);
	assert_holds(output.err, "stdin:2:");
	process_output_free(&output);
}

static void
wrong_usage_is_status_two_and_says_how(void **state)
{
	static const char *const cases[][ARGUMENTS_MAX] = {
		{ NULL },
		{ "frobnicate", NULL },
		{ "ask", NULL },
		{ "ask", "--wrong", NULL },
		{ "ask", "one", "two", NULL },
		{ "ask", "--batch", "text", NULL },
		{ "serve", "now", NULL },
		{ "config", NULL },
		{ "config", "change", NULL },
		{ "faq", NULL },
		{ "faq", "check", "twice", NULL },
		{ "demo", "--port", "many", NULL },
		{ "eval", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct process_output output = process_run(cases[i], "");

		if (output.status != 2 || output.err[0] == '\0' ||
		    output.out[0] != '\0')
			fail_msg("case %zu: status %d, \"%s\"", i,
			    output.status, output.err);
		process_output_free(&output);
	}
}

static void
write_file(const struct temp_dir *dir, const char *name, const char *text)
{
	char path[TEMP_DIR_PATH_SIZE];
	FILE *file;

	temp_dir_file(dir, name, path);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void
a_broken_base_is_refused_with_file_and_line(void **state)
{
	static const char topic[] = "{\n  \"topic\": \"t\", \"title\": \"T\",\n"
				    "  \"entries\": [\n"
				    "    { \"id\": \"a\", \"question\": \"Hỏi "
				    "gì?\", \"answer\": \"Đáp.\",\n"
				    "      \"anser\": \"\" }\n  ]\n}\n";
	const char *ask[] = { "ask", "--faq", NULL, "xin chào", NULL };
	const char *check[] = { "faq", "check", "--faq", NULL, NULL };
	struct process_output output;
	struct temp_dir dir;

	(void)state;
	temp_dir_make(&dir);
	write_file(&dir, "t.json", topic);
	ask[2] = check[3] = dir.path;
	output = process_run(ask, "");
	assert_int_equal(output.status, 1);
	assert_string_equal(output.out, "");
	assert_holds(output.err, "t.json:5:");
	assert_holds(output.err, "\"anser\"");
	assert_ptr_equal(
	    strchr(output.err, '\n') + 1, output.err + strlen(output.err));
	process_output_free(&output);
	/* What is wrong with a base is what a check is asked for. */
	output = process_run(check, "");
	assert_int_equal(output.status, 1);
	assert_holds(output.out, "t.json:5:");
	assert_holds(output.out, "\"anser\"");
	process_output_free(&output);
	temp_dir_remove(&dir);
}

static void
a_good_base_is_counted(void **state)
{
	const char *check[] = { "faq", "check", "--faq", SMALL, NULL };
	const char *stats[] = { "faq", "stats", "--faq", SMALL, NULL };
	struct process_output output = process_run(check, "");

	(void)state;
	assert_int_equal(output.status, 0);
	assert_holds(output.out, "6 entries");
	process_output_free(&output);
	output = process_run(stats, "");
	assert_int_equal(output.status, 0);
	assert_holds(output.out, "confidence");
	process_output_free(&output);
}

static void
the_printed_example_is_a_good_settings_file(void **state)
{
	const char *print[] = { "config", "print", "--example", NULL };
	struct process_output output = process_run(print, "");
	char path[TEMP_DIR_PATH_SIZE];
	struct temp_dir dir;

	(void)state;
	assert_int_equal(output.status, 0);
	temp_dir_make(&dir);
	write_file(&dir, "hoidap.ini", output.out);
	process_output_free(&output);
	temp_dir_file(&dir, "hoidap.ini", path);
	output = process_run(
	    (const char *const[]){ "config", "check", "--config", path, NULL },
	    "");
	if (output.status != 0)
		fail_msg("%s", output.err);
	assert_holds(output.out, "good");
	process_output_free(&output);
	temp_dir_remove(&dir);
}

static void
a_wrong_setting_is_refused_with_file_and_line(void **state)
{
	char path[TEMP_DIR_PATH_SIZE];
	struct process_output output;
	struct temp_dir dir;

	(void)state;
	temp_dir_make(&dir);
	write_file(&dir, "hoidap.ini", "; mine\nhttp_threads = many\n");
	temp_dir_file(&dir, "hoidap.ini", path);
	output = process_run(
	    (const char *const[]){ "config", "check", "--config", path, NULL },
	    "");
	assert_int_equal(output.status, 1);
	assert_holds(output.err, "hoidap.ini:2:");
	assert_holds(output.err, "http_threads");
	process_output_free(&output);
	temp_dir_remove(&dir);
}

static void
a_printed_configuration_shows_no_secret(void **state)
{
	char path[TEMP_DIR_PATH_SIZE];
	struct process_output output;
	struct temp_dir dir;

	(void)state;
	temp_dir_make(&dir);
	write_file(&dir, "hoidap.ini",
	    "messenger_page_id = 1\nmessenger_app_secret = do-not-show\n"
	    "messenger_page_token = nor-this\n"
	    "messenger_verify_token = nor-that\n");
	temp_dir_file(&dir, "hoidap.ini", path);
	output = process_run(
	    (const char *const[]){ "config", "print", "--config", path, NULL },
	    "");
	assert_int_equal(output.status, 0);
	assert_holds(output.out, "(set)");
	assert_null(strstr(output.out, "do-not-show"));
	assert_null(strstr(output.out, "nor-th"));
	process_output_free(&output);
	temp_dir_remove(&dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_question_is_answered_in_words),
		cmocka_unit_test(a_script_gets_one_object_with_every_member),
		cmocka_unit_test(an_explanation_names_what_spoke_for_an_answer),
		cmocka_unit_test(a_batch_gives_a_line_for_each_question),
		cmocka_unit_test(a_line_that_is_no_text_is_named_by_its_number),
		cmocka_unit_test(wrong_usage_is_status_two_and_says_how),
		cmocka_unit_test(a_broken_base_is_refused_with_file_and_line),
		cmocka_unit_test(a_good_base_is_counted),
		cmocka_unit_test(the_printed_example_is_a_good_settings_file),
		cmocka_unit_test(a_wrong_setting_is_refused_with_file_and_line),
		cmocka_unit_test(a_printed_configuration_shows_no_secret),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
