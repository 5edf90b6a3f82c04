/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "window.h"

#include "tests/support/cmocka_all.h"

static const uint64_t now_ms = 1800000000000;
static const uint64_t hour_ms = 3600 * 1000;

static void
what_citizens_do_opens_windows_and_what_happens_to_them_does_not(void **state)
{
	static const struct {
		enum event_kind kind;
		bool heard;
		bool renewed;
		bool left;
	} cases[] = {
		{ EVENT_TEXT, true, true, false },
		{ EVENT_TAP, true, true, false },
		{ EVENT_ATTACHMENT, true, true, false },
		{ EVENT_STANDBY, true, true, false },
		{ EVENT_START, false, true, false },
		{ EVENT_REACTION, false, true, false },
		{ EVENT_LEAVE, false, false, true },
		{ EVENT_READ, false, false, false },
		{ EVENT_RECEIVED, false, false, false },
		{ EVENT_EDITED, false, false, false },
		{ EVENT_UNSENT, false, false, false },
		{ EVENT_ECHO, false, false, false },
		{ EVENT_STAFF, false, false, false },
		{ EVENT_THREAD_LOST, false, false, false },
		{ EVENT_THREAD_OURS, false, false, false },
		{ EVENT_ERASE, false, false, false },
		{ EVENT_ACCOUNT, false, false, false },
		{ EVENT_IGNORED, false, false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct message message = { .kind = cases[i].kind,
			.at_ms = now_ms - 5 };
		struct contact news = contact_news(&message, now_ms);

		assert_int_equal(
		    news.heard_ms, cases[i].heard ? now_ms - 5 : 0);
		assert_int_equal(
		    news.renewed_ms, cases[i].renewed ? now_ms - 5 : 0);
		assert_int_equal(news.left, cases[i].left);
	}
}

/* A clock that is wrong must not close, or open, a window for good. */
static void
an_unlikely_time_is_not_believed(void **state)
{
	static const struct {
		uint64_t at_ms;
		uint64_t taken_ms;
	} cases[] = {
		{ 0, now_ms },
		{ now_ms + 1, now_ms },
		{ now_ms - 36 * hour_ms, now_ms - 36 * hour_ms },
		{ now_ms - 36 * hour_ms - 1, now_ms },
		{ UINT64_MAX, now_ms },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct message message = { .kind = EVENT_TEXT,
			.at_ms = cases[i].at_ms };

		assert_int_equal(
		    contact_news(&message, now_ms).heard_ms, cases[i].taken_ms);
	}
}

static void
news_move_a_contact_forward_only(void **state)
{
	const struct contact known = { .heard_ms = 100,
		.renewed_ms = 200,
		.replies = 3,
		.left = true,
		.anonymous = true };
	const struct contact none = { .heard_ms = 0 };
	const struct contact older = { .heard_ms = 50, .renewed_ms = 50 };
	const struct contact newer = { .heard_ms = 300, .renewed_ms = 300 };
	const struct contact gone = { .left = true };
	struct contact after = contact_after(&known, &none, 0);

	(void)state;
	assert_true(contact_equal(&after, &known));
	after = contact_after(&known, &none, 1);
	assert_int_equal(after.replies, 4);
	assert_false(contact_equal(&after, &known));
	after = contact_after(&known, &older, 1);
	assert_int_equal(after.heard_ms, 100);
	assert_int_equal(after.renewed_ms, 200);
	assert_int_equal(after.replies, 1);
	after = contact_after(&known, &newer, 0);
	assert_int_equal(after.heard_ms, 300);
	assert_int_equal(after.renewed_ms, 300);
	assert_false(after.left);
	assert_true(after.anonymous);
	after = contact_after(&newer, &gone, 0);
	assert_true(after.left);
	assert_int_equal(after.heard_ms, 300);
}

static void
who_wrote_a_reply_says_through_which_window_it_may_go(void **state)
{
	static const struct {
		enum reach reach;
		struct authorship authorship;
		bool may_go;
	} cases[] = {
		{ REACH_FREE, { false, false }, true },
		{ REACH_FREE, { true, true }, true },
		{ REACH_BILLABLE, { true, false }, false },
		{ REACH_BILLABLE, { true, true }, true },
		{ REACH_HUMAN, { false, true }, false },
		{ REACH_HUMAN, { true, false }, true },
		{ REACH_NONE, { true, true }, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct reply_window window = { .reach = cases[i].reach,
			.why = "no" };
		const char *why = window_refusal(&window, &cases[i].authorship);

		assert_int_equal(why == NULL, cases[i].may_go);
		if (cases[i].reach == REACH_NONE)
			assert_string_equal(why, "no");
	}
	assert_string_equal(reach_name(REACH_FREE), "free");
	assert_string_equal(reach_name(REACH_NONE), "none");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    what_citizens_do_opens_windows_and_what_happens_to_them_does_not),
		cmocka_unit_test(an_unlikely_time_is_not_believed),
		cmocka_unit_test(news_move_a_contact_forward_only),
		cmocka_unit_test(
		    who_wrote_a_reply_says_through_which_window_it_may_go),
	};

	return cmocka_run_group_tests_name("windows", tests, NULL, NULL);
}
