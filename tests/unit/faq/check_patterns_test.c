/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check_fixture.h"

#include <string.h>

#define PATTERN(pattern)                                                       \
	TOPIC(ASKED("x", "Q?") ",\n\"patterns\": [\"" pattern "\"]}")

static bool
is_slow(const char *topic)
{
	struct findings *findings = NULL;
	struct temp_dir dir;
	struct buf got;
	bool slow;

	buf_init(&got, CHECK_REPORT_MAX_BYTES);
	temp_dir_make(&dir);
	check_write(&dir, "a.json", topic);
	assert_int_equal(
	    findings_collect(dir.path, "2026-11-24", &findings), OK);
	check_report(findings, FINDING_SLOW_PATTERN, &got);
	slow = got.len > 0;
	if (slow)
		assert_memory_equal(got.at, "3 x: pattern ", 13);
	findings_free(findings);
	temp_dir_remove(&dir);
	buf_fini(&got);
	return slow;
}

static void
a_pattern_that_takes_too_many_steps_is_found(void **state)
{
	static const char *const slow[] = {
		PATTERN("(a+)+$"),
		PATTERN("^(\\\\w+\\\\s?)+$"),
		PATTERN("(ph|p|h|hi|i)+x"),
		PATTERN("(.*)(.*)(.*)(.*)z$"),
		PATTERN("^(([a-z])+.)+[A-Z]([a-z])+$"),
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(slow); i++) {
		if (!is_slow(slow[i]))
			fail_msg("not found: %s", slow[i]);
	}
}

static void
a_pattern_as_curators_write_it_is_good(void **state)
{
	static const char *const good[] = {
		PATTERN("\\\\bct\\\\s?0?7\\\\b"),
		PATTERN(
		    "\\\\b(quên|quen|đổi|doi)\\\\b.*\\\\bpass?\\\\s?code\\\\b"),
		PATTERN(
		    "^\\\\W*(app\\\\s|ứng dụng\\\\s)?vneid\\\\s(là|la)\\\\b"),
		PATTERN("\\\\b1022\\\\b"),
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		if (is_slow(good[i]))
			fail_msg("refused: %s", good[i]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pattern_that_takes_too_many_steps_is_found),
		cmocka_unit_test(a_pattern_as_curators_write_it_is_good),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
