/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channels.h"

#include "tests/support/cmocka_all.h"

static const uint64_t hour_ms = 3600 * 1000;

/* Times are hours ago; -1: never.  What is not 0 ends at UNTIL hours from the
 * last message or act. */
static const struct {
	const char *name;
	int heard_h;
	int renewed_h;
	enum reach reach;
	int until_h; /* from now */
} cases[] = {
	{ "just written", 0, 0, REACH_FREE, 24 },
	{ "in the last hour of the day", 23, 23, REACH_FREE, 1 },
	{ "a day ago", 24, 24, REACH_HUMAN, 6 * 24 },
	{ "renewed by a reaction", 50, 1, REACH_FREE, 23 },
	{ "a reaction a day ago", 50, 24, REACH_HUMAN, 7 * 24 - 50 },
	{ "in the last hour of the week", 167, 167, REACH_HUMAN, 1 },
	{ "a week ago", 168, 168, REACH_NONE, 0 },
	{ "only ever reacted", -1, 23, REACH_FREE, 1 },
	{ "only ever reacted, a day ago", -1, 24, REACH_NONE, 0 },
	{ "never seen", -1, -1, REACH_NONE, 0 },
};

static const uint64_t now_ms = 1800000000000;

static uint64_t
ago(int hours)
{
	return hours < 0 ? 0 : now_ms - (uint64_t)hours * hour_ms;
}

static void
a_page_may_write_for_a_day_and_its_people_for_a_week(void **state)
{
	const struct window_terms terms = { .now_ms = now_ms };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct contact contact = { .heard_ms =
						     ago(cases[i].heard_h),
			.renewed_ms = ago(cases[i].renewed_h),
			.replies = 100 };
		struct reply_window window =
		    channel_messenger.window(&contact, &terms);
		uint64_t until_ms =
		    cases[i].until_h == 0
			? 0
			: now_ms + (uint64_t)cases[i].until_h * hour_ms;

		if (window.reach != cases[i].reach ||
		    window.until_ms != until_ms)
			fail_msg("%s: %s until %+lld ms", cases[i].name,
			    reach_name(window.reach),
			    (long long)(window.until_ms - now_ms));
		assert_int_equal(
		    window.why != NULL, cases[i].reach == REACH_NONE);
	}
}

static void
a_page_that_cannot_send_reaches_nobody(void **state)
{
	const struct window_terms terms = { .now_ms = now_ms };
	const struct contact contact = { .heard_ms = now_ms,
		.renewed_ms = now_ms,
		.account_stopped = true };

	(void)state;
	assert_int_equal(
	    channel_messenger.window(&contact, &terms).reach, REACH_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_page_may_write_for_a_day_and_its_people_for_a_week),
		cmocka_unit_test(a_page_that_cannot_send_reaches_nobody),
	};

	return cmocka_run_group_tests_name(
	    "Messenger's windows", tests, NULL, NULL);
}
