/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

static void
the_week_and_the_days_off_are_read(void **state)
{
	const struct load_file files[] = {
		{ "x/hours.json",
		    TEXT("{\"note\": \"theo thông báo\", \"week\": "
			 "{\"monday\": [\"07:30-11:30\", \"13:30-17:00\"], "
			 "\"sunday\": [\"00:00-24:00\"], \"friday\": []}, "
			 "\"holidays\": [{\"from\": \"2027-02-05\", \"to\": "
			 "\"2027-02-11\", \"name\": \"Tết\"}], \"closures\": "
			 "[{\"from\": \"2027-03-01\", \"name\": \"Dọn "
			 "nhà\"}]}") },
	};
	struct complaint why = { .text = "" };
	const struct faq_hours *hours;
	struct faq *faq;

	(void)state;
	if (load_files(files, 1, &faq, &why) != OK)
		fail_msg("%s", why.text);
	hours = &faq->hours;
	assert_true(hours->known);
	assert_int_equal(hours->week[0].span_count, 2);
	assert_int_equal(hours->week[0].spans[0].from, 450);
	assert_int_equal(hours->week[0].spans[1].to, 1020);
	assert_int_equal(hours->week[1].span_count, 0);
	assert_int_equal(hours->week[4].span_count, 0);
	assert_int_equal(hours->week[6].spans[0].to, 1440);
	assert_int_equal(hours->closed_count, 2);
	assert_text(hours->closed[0].name, "Tết");
	assert_text(hours->closed[0].to, "2027-02-11");
	assert_text(hours->closed[1].to, "2027-03-01");
	faq_free(faq);
}

static void
a_base_without_the_file_does_not_know(void **state)
{
	struct faq *faq = fixture_base(TOPIC(""));

	(void)state;
	assert_false(faq->hours.known);
	faq_free(faq);
}

#define WEEK(day) "{\"week\": {\n\"monday\": [" day "]}}"
#define SPAN_HELP " must be two times of a day, as in \"07:30-11:30\""

static void
bad_hours_are_refused_with_their_line_and_a_remedy(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{ "{}", "faq/hours.json:1: \"week\" is missing: add it" },
		{ WEEK("\"7:30-11:30\""),
		    "faq/hours.json:2: \"monday\" item 1" SPAN_HELP },
		{ WEEK("\"07:30-25:30\""),
		    "faq/hours.json:2: \"monday\" item 1" SPAN_HELP },
		{ WEEK("\"07:30-24:01\""),
		    "faq/hours.json:2: \"monday\" item 1" SPAN_HELP },
		{ WEEK("\"07:60-11:30\""),
		    "faq/hours.json:2: \"monday\" item 1" SPAN_HELP },
		{ WEEK("\"11:30-07:30\""),
		    "faq/hours.json:2: \"monday\" item 1" SPAN_HELP },
		{ WEEK("\"13:00-17:00\", \"07:30-11:30\""),
		    "faq/hours.json:2: \"monday\" item 2 begins before the "
		    "one above it ends: put them in order" },
		{ "{\"week\": {},\n\"holidays\": [{\"from\": null, \"name\": "
		  "\"x\"}]}",
		    "faq/hours.json:2: \"from\" is null: name the day" },
		{ "{\"week\": {},\n\"holidays\": [{\"from\": \"2027-01-02\", "
		  "\"to\": \"2027-01-01\", \"name\": \"x\"}]}",
		    "faq/hours.json:2: \"to\" is before \"from\": correct one "
		    "of them" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		fixture_refused("faq/hours.json", cases[i].text, cases[i].want);
}

/* A base promises no hours until the
 * agency has put its own into hours.json. */
static void
the_shipped_base_promises_no_hours(void **state)
{
	struct complaint why = { .text = "" };
	struct faq *faq = NULL;

	(void)state;
	if (faq_load("faq", &faq, &why) != OK)
		fail_msg("%s:%u: %s", why.file, why.line, why.text);
	assert_false(faq->hours.known);
	faq_free(faq);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_week_and_the_days_off_are_read),
		cmocka_unit_test(a_base_without_the_file_does_not_know),
		cmocka_unit_test(
		    bad_hours_are_refused_with_their_line_and_a_remedy),
		cmocka_unit_test(the_shipped_base_promises_no_hours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
