/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check_fixture.h"

static void
an_entry_past_its_last_day_is_found(void **state)
{
	static const struct check_case cases[] = {
		{ TOPIC(ASKED("x", "Q?") ",\n\"valid_until\": \"2026-11-23\"}"),
		    "3 x: it is published, and was valid until 2026-11-23\n" },
		{ TOPIC(ASKED("x", "Q?") ", \"valid_until\": \"2026-11-24\"}"),
		    "" },
		{ TOPIC(ASKED("x", "Q?") ", \"valid_until\": \"2026-11-23\", "
					 "\"status\": \"draft\"}"),
		    "" },
	};

	(void)state;
	CHECK(FINDING_EXPIRED, cases);
}

static void
an_old_review_is_found_after_180_days(void **state)
{
	static const struct check_case cases[] = {
		{ TOPIC(ASKED("x", "Q?") "}"),
		    "2 x: it does not say when it was \"reviewed\"\n" },
		{ TOPIC(ASKED("x", "Q?") ",\n\"reviewed\": \"2026-05-27\"}"),
		    "3 x: it was reviewed 181 days ago, more than 180\n" },
		{ TOPIC(ASKED("x", "Q?") ",\n\"reviewed\": \"2024-02-28\"}"),
		    "3 x: it was reviewed 1000 days ago, more than 180\n" },
		{ TOPIC(ASKED("x", "Q?") ", \"reviewed\": \"2026-05-28\"}"),
		    "" },
		{ TOPIC(ASKED("x", "Q?") ", \"reviewed\": \"2027-01-01\"}"),
		    "" },
	};

	(void)state;
	CHECK(FINDING_OLD_REVIEW, cases);
}

static void
missing_sources_dates_and_owners_are_found(void **state)
{
	static const struct check_case sources[] = {
		{ TOPIC(ASKED("x", "Q?") "}"),
		    "2 x: the answer names no source\n" },
		{ TOPIC(ASKED("x", "Q?") ", \"kind\": \"smalltalk\"}"), "" },
		{ TOPIC(ASKED("x", "Q?") ", \"status\": \"retired\"}"), "" },
	};
	static const struct check_case dates[] = {
		{ TOPIC(ASKED("x", "Q?") ", \"sources\": [\n{\"title\": \"A\", "
					 "\"dated\": \"2025-01-01\"},\n"
					 "{\"title\": \"Luật B\"}]}"),
		    "4 x: the source \"Luật B\" is not \"dated\"\n" },
	};
	static const struct check_case owners[] = {
		{ TOPIC(ASKED("x", "Q?") "}"), "2 x: it has no \"owner\"\n" },
		{ TOPIC(ASKED("x", "Q?") ", \"owner\": \"P\"}"), "" },
	};

	(void)state;
	CHECK(FINDING_NO_SOURCE, sources);
	CHECK(FINDING_NO_DATE, dates);
	CHECK(FINDING_NO_OWNER, owners);
}

static void
few_phrasings_and_a_question_without_its_mark_are_found(void **state)
{
	static const struct check_case few[] = {
		{ TOPIC(ASKED("x", "Q?") ", \"asked_as\": [\"a\", \"b\", "
					 "\"c\"]}"),
		    "2 x: it is known by 4 phrasings, fewer than 5\n" },
		{ TOPIC(ASKED("x", "Q?") ", \"asked_as\": [\"a\", \"b\", "
					 "\"c\", \"d\"]}"),
		    "" },
	};
	static const struct check_case marks[] = {
		{ TOPIC(ASKED("x", "Mất thẻ") "}"),
		    "2 x: the question does not end with \"?\"\n" },
		{ TOPIC(ASKED("x", "Mất thẻ") ", \"kind\": \"refer\"}"), "" },
	};

	(void)state;
	CHECK(FINDING_FEW_PHRASINGS, few);
	CHECK(FINDING_NO_QUESTION_MARK, marks);
}

/* LOCALITY has the hotline's review on 2027-02-22. */
static void
a_variable_past_its_review_is_found_with_its_line(void **state)
{
	struct findings *findings = NULL;
	struct temp_dir dir;
	struct buf got;

	(void)state;
	buf_init(&got, CHECK_REPORT_MAX_BYTES);
	temp_dir_make(&dir);
	check_write(&dir, "a.json", TOPIC(ASKED("x", "Q?") "}"));
	check_write(&dir, "locality.json",
	    "{\"locality\": \"X\",\n\"variables\": {\n\"site\": {\"value\": "
	    "\"https://a.vn\"},\n\"hotline\": {\"value\": \"1022\", "
	    "\"otherwise\": \"tổng đài\", \"review_by\": \"2027-02-22\"},\n"
	    "\"fax\": {\"value\": \"\", \"otherwise\": \"-\", "
	    "\"review_by\": \"2020-01-01\"}}}");
	assert_int_equal(
	    findings_collect(dir.path, "2027-02-23", &findings), OK);
	check_report(findings, FINDING_STALE_VARIABLE, &got);
	assert_string_equal(got.at,
	    "4 : variable \"hotline\" was to be reviewed by 2027-02-22, and "
	    "its \"otherwise\" is said instead\n");
	findings_free(findings);
	temp_dir_remove(&dir);
	buf_fini(&got);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_entry_past_its_last_day_is_found),
		cmocka_unit_test(an_old_review_is_found_after_180_days),
		cmocka_unit_test(missing_sources_dates_and_owners_are_found),
		cmocka_unit_test(
		    few_phrasings_and_a_question_without_its_mark_are_found),
		cmocka_unit_test(
		    a_variable_past_its_review_is_found_with_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
