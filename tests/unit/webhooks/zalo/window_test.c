/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channels.h"

#include "tests/support/cmocka_all.h"

static const uint64_t hour_ms = 3600 * 1000;
static const uint64_t now_ms = 1800000000000;

static const struct {
	const char *name;
	int renewed_h; /* hours ago; -1: never */
	unsigned replies;
	unsigned free_max;
	bool anonymous;
	bool left;
	bool stopped;
	enum reach reach;
	int until_h; /* from now */
} cases[] = {
	{ "just written", 0, 0, 0, false, false, false, REACH_FREE, 48 },
	{ "the free ones are not counted any more", 47, 100, 0, false, false,
	    false, REACH_FREE, 1 },
	{ "the last of eight", 1, 7, 8, false, false, false, REACH_FREE, 47 },
	{ "the ninth of eight", 1, 8, 8, false, false, false, REACH_BILLABLE,
	    167 },
	{ "two days ago", 48, 0, 0, false, false, false, REACH_BILLABLE, 120 },
	{ "in the last hour of the week", 167, 0, 0, false, false, false,
	    REACH_BILLABLE, 1 },
	{ "a week ago", 168, 0, 0, false, false, false, REACH_NONE, 0 },
	{ "never", -1, 0, 0, false, false, false, REACH_NONE, 0 },
	{ "a visitor of the website", 47, 0, 0, true, false, false, REACH_FREE,
	    1 },
	{ "a visitor is never billed", 48, 0, 0, true, false, false, REACH_NONE,
	    0 },
	{ "unfollowed", 0, 0, 0, false, true, false, REACH_NONE, 0 },
	{ "no consent", 0, 0, 0, false, false, true, REACH_NONE, 0 },
};

static void
an_oa_may_write_free_for_two_days_and_billed_for_a_week(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct window_terms terms = { now_ms, cases[i].free_max };
		const struct contact contact = {
			.renewed_ms =
			    cases[i].renewed_h < 0
				? 0
				: now_ms -
				      (uint64_t)cases[i].renewed_h * hour_ms,
			.replies = cases[i].replies,
			.anonymous = cases[i].anonymous,
			.left = cases[i].left,
			.account_stopped = cases[i].stopped,
		};
		struct reply_window window =
		    channel_zalo.window(&contact, &terms);
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
our_own_page_is_always_open_and_an_unknown_channel_never(void **state)
{
	const struct window_terms terms = { .now_ms = now_ms };
	const struct contact nobody = { .heard_ms = 0 };

	(void)state;
	assert_int_equal(
	    channel_window(TEXT("webchat"), &nobody, &terms).reach, REACH_FREE);
	assert_int_equal(
	    channel_window(TEXT("viber"), &nobody, &terms).reach, REACH_NONE);
	assert_int_equal(
	    channel_window(TEXT("zalo"), &nobody, &terms).reach, REACH_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_oa_may_write_free_for_two_days_and_billed_for_a_week),
		cmocka_unit_test(
		    our_own_page_is_always_open_and_an_unknown_channel_never),
	};

	return cmocka_run_group_tests_name("Zalo's windows", tests, NULL, NULL);
}
