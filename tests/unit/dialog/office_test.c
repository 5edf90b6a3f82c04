/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/dialog/office.h"

#include "tests/support/cmocka_all.h"

enum { HOUR_MS = 3600 * 1000 };

/* Monday 2026-11-23, 00:00 in Vietnam. */
static const uint64_t monday_ms = 1795366800000;

static struct faq_closed closed[] = {
	{ { "2026-11-26", 10 }, { "2026-11-27", 10 }, { "Lễ", 4 } },
};

static struct faq_hours
hours(void)
{
	struct faq_hours week = {
		.known = true, .closed = closed, .closed_count = 1
	};

	for (size_t i = 0; i < 5; i++)
		week.week[i] =
		    (struct faq_day){ .spans = { { 450, 690 }, { 810, 1020 } },
			    .span_count = 2 };
	return week;
}

static void
people_are_there_in_the_spans_of_the_week(void **state)
{
	static const struct {
		unsigned day;
		unsigned minute;
		bool open;
		/* When they leave or come: day and minute. */
		unsigned next_day;
		unsigned next_minute;
		const char *closed_for;
	} cases[] = {
		{ 0, 0, false, 0, 450, "" },
		{ 0, 449, false, 0, 450, "" },
		{ 0, 450, true, 0, 690, "" },
		{ 0, 689, true, 0, 690, "" },
		{ 0, 690, false, 0, 810, "" },
		{ 0, 1019, true, 0, 1020, "" },
		{ 0, 1020, false, 1, 450, "" },
		{ 2, 1200, false, 7, 450, "" }, /* a holiday and a week-end */
		{ 3, 600, false, 7, 450, "Lễ" },
		{ 5, 600, false, 7, 450, "" },
		{ 6, 1439, false, 7, 450, "" },
	};
	const struct faq_hours week = hours();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint64_t day_ms = 24ull * HOUR_MS;
		struct office office =
		    office_at(&week, monday_ms + cases[i].day * day_ms +
					 cases[i].minute * (uint64_t)60000);
		uint64_t next_ms = monday_ms + cases[i].next_day * day_ms +
				   cases[i].next_minute * (uint64_t)60000;

		assert_int_equal(office.open, cases[i].open);
		assert_int_equal(
		    office.open ? office.until_ms : office.opens_ms, next_ms);
		assert_true(text_is(office.closed_for, cases[i].closed_for));
	}
}

static void
an_office_that_never_opens_promises_nothing(void **state)
{
	const struct faq_hours never = { .known = true };
	struct office office = office_at(&never, monday_ms);

	(void)state;
	assert_false(office.open);
	assert_int_equal(office.opens_ms, 0);
}

static void
times_are_told_as_people_say_them(void **state)
{
	static const struct {
		unsigned hours;
		unsigned minutes;
		const char *want;
	} cases[] = {
		{ 7, 30, "7 giờ 30 hôm nay" },
		{ 13, 0, "13 giờ hôm nay" },
		{ 24 + 8, 5, "8 giờ 05 thứ Ba 24/11" },
		{ 6 * 24 + 8, 0, "8 giờ Chủ nhật 29/11" },
		{ 9 * 24 + 8, 0, "8 giờ thứ Tư 02/12" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char got[OFFICE_TIME_SIZE];

		office_time(monday_ms + cases[i].hours * (uint64_t)HOUR_MS +
				cases[i].minutes * (uint64_t)60000,
		    monday_ms, got);
		assert_string_equal(got, cases[i].want);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(people_are_there_in_the_spans_of_the_week),
		cmocka_unit_test(an_office_that_never_opens_promises_nothing),
		cmocka_unit_test(times_are_told_as_people_say_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
