/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check_fixture.h"

#include "tests/support/alloc_fault.h"

static void
what_the_loader_refuses_is_the_only_finding(void **state)
{
	struct findings *findings = NULL;
	char path[TEMP_DIR_PATH_SIZE];
	struct temp_dir dir;

	(void)state;
	temp_dir_make(&dir);
	temp_dir_file(&dir, "a.json", path);
	check_write(&dir, "a.json", TOPIC(ASKED("x", "Q?") ",\n\"ownr\": 1}"));
	assert_int_equal(
	    findings_collect(dir.path, "2026-11-24", &findings), OK);
	assert_null(findings->faq);
	assert_int_equal(findings->count, 1);
	assert_int_equal(findings->error_count, 1);
	assert_int_equal(findings->at[0].kind, FINDING_REFUSED);
	assert_string_equal(findings->at[0].file, path);
	assert_int_equal(findings->at[0].line, 3);
	assert_text(findings->at[0].what,
	    "entry \"x\": unknown key \"ownr\"; did you mean \"owner\"?");
	findings_free(findings);
	temp_dir_remove(&dir);
}

static void
a_folder_that_is_not_there_is_a_finding(void **state)
{
	struct findings *findings = NULL;

	(void)state;
	assert_int_equal(
	    findings_collect("no/such/folder", "2026-11-24", &findings), OK);
	assert_int_equal(findings->error_count, 1);
	assert_string_equal(findings->at[0].file, "no/such/folder");
	findings_free(findings);
}

static void
findings_come_by_file_and_line_and_errors_are_counted(void **state)
{
	struct findings *findings = NULL;
	struct temp_dir dir;

	(void)state;
	temp_dir_make(&dir);
	check_write(&dir, "b.json",
	    TOPIC(ASKED("x", "Khác?") ",\n\"valid_until\": \"2020-01-01\"}"));
	check_write(&dir, "a.json",
	    "\xEF\xBB\xBF" TOPIC("  " ASKED("y", "Q?") "}, " ASKED(
		"z", "Khác") ",\n\"asked_as\": [\"q\"]}"));
	assert_int_equal(
	    findings_collect(dir.path, "2026-11-24", &findings), OK);
	assert_true(findings->count > 3);
	for (size_t i = 1; i < findings->count; i++) {
		const struct finding *one = &findings->at[i - 1];
		const struct finding *next = &findings->at[i];
		int order = strcmp(one->file, next->file);

		assert_true(
		    order < 0 || (order == 0 && one->line <= next->line));
	}
	/* "q" and "Q?" on line 3, "Khác" twice, and x is expired. */
	assert_int_equal(findings->error_count, 3);
	findings_free(findings);
	temp_dir_remove(&dir);
}

static void
every_kind_has_a_name_and_a_remedy(void **state)
{
	(void)state;
	for (int i = 0; i < FINDING_KINDS; i++) {
		const struct finding_rule *rule =
		    finding_rule((enum finding_kind)i);

		assert_true(strlen(rule->name) > 0);
		assert_true(i == FINDING_REFUSED || strlen(rule->mend) > 0);
		assert_int_equal(rule->error, i <= FINDING_EXPIRED);
		for (int k = 0; k < i; k++)
			assert_string_not_equal(rule->name,
			    finding_rule((enum finding_kind)k)->name);
	}
}

/* Jansson's own allocations are walked in load_test.c. */
static void
without_memory_there_are_no_findings_and_no_leak(void **state)
{
	struct temp_dir dir;
	bool ended = false;

	(void)state;
	temp_dir_make(&dir);
	check_write(&dir, "a.json",
	    TOPIC(ASKED(
		"x", "Mất thẻ căn cước công dân?") ", \"keywords\": "
						   "[\"thẻ\"], \"patterns\": "
						   "[\"a\"], \"buttons\": "
						   "[{\"title\": "
						   "\"N\", \"entry\": "
						   "\"y\"}]},\n" ASKED("y",
						       "Báo mất thẻ căn cước "
						       "công dân?") "}"));
	for (unsigned nth = 0; !ended; nth++) {
		struct findings *findings = NULL;
		enum result result;

		alloc_fault_arm(nth);
		result = findings_collect(dir.path, "2026-11-24", &findings);
		ended = !alloc_fault_fired();
		alloc_fault_disarm();
		assert_true(result == OK || findings == NULL);
		if (ended)
			assert_int_equal(result, OK);
		findings_free(findings);
	}
	temp_dir_remove(&dir);
}

static void
the_shipped_base_has_no_errors(void **state)
{
	struct findings *findings = NULL;

	(void)state;
	assert_int_equal(findings_collect("faq", "2026-11-24", &findings), OK);
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->at[i];

		if (finding_rule(finding->kind)->error)
			fail_msg("%s:%u: %.*s", finding->file, finding->line,
			    TEXT_ARGS(finding->what));
	}
	findings_free(findings);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_loader_refuses_is_the_only_finding),
		cmocka_unit_test(a_folder_that_is_not_there_is_a_finding),
		cmocka_unit_test(
		    findings_come_by_file_and_line_and_errors_are_counted),
		cmocka_unit_test(every_kind_has_a_name_and_a_remedy),
		cmocka_unit_test(
		    without_memory_there_are_no_findings_and_no_leak),
		cmocka_unit_test(the_shipped_base_has_no_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
