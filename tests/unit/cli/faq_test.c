/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/process.h"
#include "tests/support/temp_dir.h"

/* `hoidap faq` as people and programs run it. */

/* Three entries that are far apart, and good in every respect. */
#define ENTRY_OF(id, question, phrasings)                                      \
	"{\"id\": \"" id "\", \"question\": \"" question "\",\n\"asked_as\": " \
	"[" phrasings "],\n\"answer\": \"Đáp.\", \"owner\": \"P\", "         \
	"\"reviewed\": \"2026-11-24\",\n\"sources\": [{\"title\": \"L\", "     \
	"\"dated\": \"2025-01-01\"}]}"
#define TOPIC(entries)                                                         \
	"{\"topic\": \"t\", \"title\": \"T\", \"entries\": [\n" entries "\n]}"

#define THE                                                                                \
	ENTRY_OF("mat-the", "Mất thẻ căn cước thì làm sao?",                               \
	    "\"rớt thẻ căn cước\", \"làm lại thẻ căn cước bị mất\", " \
	    "\"mat the can cuoc\", \"thẻ căn cước thất lạc\"")
#define GIO                                                                                   \
	ENTRY_OF("gio-lam-viec", "Mấy giờ trung tâm mở cửa?",                                 \
	    "\"giờ làm việc của trung tâm\", \"thứ bảy có mở cửa không\", " \
	    "\"may gio mo cua\", \"trung tâm đóng cửa lúc mấy giờ\"")
#define THUE                                                                                \
	ENTRY_OF("nop-thue", "Nộp thuế đất qua mạng được không?",                           \
	    "\"đóng thuế đất online\", \"nop thue dat\", \"thuế đất nộp ở " \
	    "đâu\", \"nộp tiền thuế đất trên mạng\"")

static const char good_base[] = TOPIC(THE ",\n" GIO ",\n" THUE);

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

static struct process_output
run(const char *what, const struct temp_dir *dir, const char *option)
{
	const char *const arguments[] = { "faq", what, "--faq", dir->path,
		option, NULL };

	return process_run(arguments, "");
}

static void
assert_holds(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("no \"%s\" in:\n%s", part, text);
}

static void
check_passes_a_good_base(void **state)
{
	struct process_output output;
	struct temp_dir dir;

	(void)state;
	temp_dir_make(&dir);
	write_file(&dir, "a.json", good_base);
	output = run("check", &dir, NULL);
	assert_string_equal(output.err, "");
	assert_holds(output.out, "the base is good: 0 errors, 0 warnings; 3 "
				 "entries, 15 phrasings, version ");
	assert_int_equal(output.status, 0);
	process_output_free(&output);
	temp_dir_remove(&dir);
}

static void
check_names_the_line_and_the_remedy_and_fails(void **state)
{
	struct process_output output;
	char want[512];
	struct temp_dir dir;

	(void)state;
	temp_dir_make(&dir);
	write_file(&dir, "a.json",
	    TOPIC(THE ",\n" ENTRY_OF("khac", "Rớt thẻ căn cước",
		"\"một\", \"hai\", \"ba\", \"bốn\"")));
	output = run("check", &dir, NULL);
	(void)snprintf(want, sizeof(want),
	    "%s/a.json:6: error: entry \"khac\": \"Rớt thẻ căn cước\" is asked "
	    "of \"mat-the\" as well (%s/a.json:3); keep it in one entry, and "
	    "in the other move it to \"not_asked_as\" [asked-twice]\n",
	    dir.path, dir.path);
	assert_holds(output.out, want);
	assert_holds(output.out, "the base must be mended: 1 error, 1 warning");
	assert_int_equal(output.status, 1);
	process_output_free(&output);
	temp_dir_remove(&dir);
}

static void
check_reports_what_the_loader_refuses(void **state)
{
	struct process_output output;
	char want[512];
	struct temp_dir dir;

	(void)state;
	temp_dir_make(&dir);
	write_file(&dir, "a.json", "{\"topic\": \"t\",\n}");
	output = run("check", &dir, NULL);
	(void)snprintf(
	    want, sizeof(want), "%s/a.json:2: error: not valid JSON", dir.path);
	assert_holds(output.out, want);
	assert_holds(output.out, "[refused]\n");
	assert_int_equal(output.status, 1);
	process_output_free(&output);
	temp_dir_remove(&dir);
}

/* A lexicon word of signs alone: only the index refuses it. */
static void
check_reports_what_the_index_refuses(void **state)
{
	struct process_output output;
	struct temp_dir dir;

	(void)state;
	temp_dir_make(&dir);
	write_file(&dir, "a.json", good_base);
	write_file(&dir, "lexicon.json",
	    "{\"words\": [{\"written\": \"?!\", \"means\": [\"gì\"]}]}");
	output = run("check", &dir, NULL);
	assert_holds(output.out, "[refused]\n");
	assert_int_equal(output.status, 1);
	process_output_free(&output);
	temp_dir_remove(&dir);
}

static void
check_prints_json_for_programs(void **state)
{
	struct process_output output;
	const char *severity;
	const char *rule;
	struct temp_dir dir;
	json_t *report;
	int errors;
	int line;

	(void)state;
	temp_dir_make(&dir);
	write_file(&dir, "a.json",
	    TOPIC(THE ",\n" GIO ",\n" ENTRY_OF("x", "May gio mo cua?",
		"\"một hai ba\", "
		"\"hai\", \"ba\", \"bốn\"")));
	output = run("check", &dir, "--json");
	report = json_loads(output.out, 0, NULL);
	assert_non_null(report);
	assert_int_equal(json_unpack(report, "{s:i, s:[{s:i, s:s, s:s}]}",
			     "errors", &errors, "findings", "line", &line,
			     "severity", &severity, "rule", &rule),
	    0);
	assert_int_equal(errors, 1);
	assert_int_equal(line, 10);
	assert_string_equal(severity, "error");
	assert_string_equal(rule, "asked-twice");
	assert_int_equal(output.status, 1);
	json_decref(report);
	process_output_free(&output);
	temp_dir_remove(&dir);
}

/* The same question under two entries: whichever is right, half are wrong. */
static void
test_fails_where_entries_cannot_be_told_apart(void **state)
{
	struct process_output output;
	struct temp_dir dir;

	(void)state;
	temp_dir_make(&dir);
	write_file(&dir, "a.json",
	    TOPIC(THE ",\n" GIO ",\n" ENTRY_OF("the-khac",
		"Rơi thẻ căn cước thì sao?",
		"\"thẻ căn cước bị rớt\", \"làm lại thẻ căn cước thất lạc\", "
		"\"the can cuoc mat\", \"thẻ căn cước bị mất\"")));
	output = run("test", &dir, NULL);
	assert_holds(output.out, "phrasings understood unlearnt");
	assert_holds(output.out, "goal 80 %: missed\n");
	assert_holds(output.out, "\" is taken for \"");
	assert_holds(output.out, "golden.tsv is not there");
	assert_int_equal(output.status, 1);
	process_output_free(&output);
	temp_dir_remove(&dir);
}

static void
test_asks_the_golden_questions(void **state)
{
	struct process_output output;
	struct temp_dir dir;
	char want[512];
	json_t *golden;
	json_t *report;
	int first;
	int line;

	(void)state;
	temp_dir_make(&dir);
	write_file(&dir, "a.json", good_base);
	write_file(&dir, "golden.tsv",
	    "# câu hỏi\tmã\nthẻ căn cước của tôi bị mất rồi\tmat-the\n\n"
	    "mấy giờ trung tâm đóng cửa\tnop-thue\n");
	output = run("test", &dir, NULL);
	(void)snprintf(want, sizeof(want),
	    "%s/golden.tsv:4: \"mấy giờ trung tâm đóng cửa\" belongs to "
	    "nop-thue, the bot thinks of gio-lam-viec\n",
	    dir.path);
	assert_holds(output.out, want);
	assert_int_equal(output.status, 1);
	process_output_free(&output);

	output = run("test", &dir, "--json");
	report = json_loads(output.out, 0, NULL);
	golden = json_object_get(report, "golden");
	assert_int_equal(json_unpack(golden, "{s:{s:i}, s:[{s:i}]}", "first",
			     "right", &first, "missed", "line", &line),
	    0);
	assert_int_equal(first, 1);
	assert_int_equal(line, 4);
	json_decref(report);
	process_output_free(&output);
	temp_dir_remove(&dir);
}

static void
a_bad_golden_line_is_named(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{ "\nchỉ có câu hỏi\n",
		    ":2: write a question, a tab, and an id or \"none\"\n" },
		{ "câu\tkhong-co\n",
		    ":1: no file has an entry \"khong-co\": correct the id\n" },
		{ "c\xFFu\tnone\n",
		    ":1: the line is not UTF-8: save the file as UTF-8\n" },
	};
	struct temp_dir dir;

	(void)state;
	temp_dir_make(&dir);
	write_file(&dir, "a.json", good_base);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct process_output output;

		write_file(&dir, "golden.tsv", cases[i].text);
		output = run("test", &dir, NULL);
		assert_holds(output.err, cases[i].want);
		assert_int_equal(output.status, 1);
		process_output_free(&output);
	}
	temp_dir_remove(&dir);
}

/* A higher threshold never answers more. */
static void
stats_show_what_each_threshold_costs(void **state)
{
	struct process_output output;
	struct temp_dir dir;
	double before = 1;
	json_t *report;
	json_t *curve;

	(void)state;
	temp_dir_make(&dir);
	write_file(&dir, "a.json", good_base);
	output = run("stats", &dir, "--json");
	assert_int_equal(output.status, 0);
	report = json_loads(output.out, 0, NULL);
	curve = json_object_get(report, "curve");
	assert_true(json_array_size(curve) > 5);
	for (size_t i = 0; i < json_array_size(curve); i++) {
		double answered = json_real_value(
		    json_object_get(json_array_get(curve, i), "answered"));

		assert_true(answered <= before);
		before = answered;
	}
	json_decref(report);
	process_output_free(&output);
	output = run("stats", &dir, NULL);
	assert_holds(output.out, "in force\n");
	process_output_free(&output);
	temp_dir_remove(&dir);
}

static void
an_unknown_subcommand_or_option_is_wrong_usage(void **state)
{
	static const char *const arguments[][4] = {
		{ "faq", NULL },
		{ "faq", "polish", NULL },
		{ "faq", "check", "--colour", NULL },
		{ "faq", "test", "more", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(arguments) / sizeof(arguments[0]); i++) {
		struct process_output output = process_run(arguments[i], "");

		assert_int_equal(output.status, 2);
		assert_string_equal(output.out, "");
		assert_true(strlen(output.err) > 0);
		process_output_free(&output);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(check_passes_a_good_base),
		cmocka_unit_test(check_names_the_line_and_the_remedy_and_fails),
		cmocka_unit_test(check_reports_what_the_loader_refuses),
		cmocka_unit_test(check_reports_what_the_index_refuses),
		cmocka_unit_test(check_prints_json_for_programs),
		cmocka_unit_test(test_fails_where_entries_cannot_be_told_apart),
		cmocka_unit_test(test_asks_the_golden_questions),
		cmocka_unit_test(a_bad_golden_line_is_named),
		cmocka_unit_test(stats_show_what_each_threshold_costs),
		cmocka_unit_test(
		    an_unknown_subcommand_or_option_is_wrong_usage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
