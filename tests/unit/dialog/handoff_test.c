/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

/* Wednesday 2026-11-25, 09:00 in Vietnam. */
static const uint64_t morning_ms = 1795572000000;

static void
open_office(struct fixture *fixture)
{
	for (size_t i = 0; i < 5; i++)
		fixture->faq.hours.week[i] =
		    (struct faq_day){ .spans = { { 450, 690 }, { 810, 1020 } },
			    .span_count = 2 };
	fixture->faq.hours.known = true;
	fixture->input.now_ms = morning_ms;
	fixture->input.staff_silence_ms = 30 * 60000;
}

static void
in_office_hours_the_bot_steps_back_and_says_how_to_get_it_back(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	open_office(&fixture);
	decision = tapped(&fixture, "person");
	assert_int_equal(decision.decision, DECISION_HANDOFF);
	assert_holds(decision.reply.text, "Cán bộ sẽ trả lời.");
	assert_holds(decision.reply.text, "Đang trong giờ làm việc");
	assert_holds(decision.reply.text, "30 phút");
	assert_holds(decision.reply.text, "gõ BOT");
	/* A tap says nothing that staff could read; the log does. */
	assert_true(text_is(decision.asked, "Gặp cán bộ"));
	fixture.input.now_ms += 29 * 60000;
	decision = answered(&fixture, "phí");
	assert_false(decision.replies);
	assert_int_equal(decision.decision, DECISION_HANDOFF);
	assert_true(text_is(decision.asked, "phí"));
	fixture.input.now_ms += 60001;
	assert_true(answered(&fixture, "phí").replies);
	tear_down(&fixture);
}

static void
the_bot_is_back_before_people_leave(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	open_office(&fixture);
	fixture.input.now_ms += (2 * 60 + 20) * 60000; /* 11:20 */
	decision = tapped(&fixture, "person");
	assert_holds(decision.reply.text, "10 phút");
	fixture.input.now_ms += 10 * 60000;
	assert_true(answered(&fixture, "phí").replies);
	tear_down(&fixture);
}

static void
outside_office_hours_it_says_when_people_are_back_and_stays(void **state)
{
	static const struct {
		unsigned hours_later;
		const char *holds;
	} cases[] = {
		{ 3, "13 giờ 30 hôm nay" },	  /* noon */
		{ 9, "7 giờ 30 thứ Năm 26/11" },  /* evening */
		{ 72, "7 giờ 30 thứ Hai 30/11" }, /* Saturday */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture fixture;
		struct dialog_decision decision;

		set_up(&fixture);
		open_office(&fixture);
		fixture.input.now_ms +=
		    cases[i].hours_later * 3600 * (uint64_t)1000;
		decision = typed(&fixture, "gặp cán bộ");
		assert_holds(decision.reply.text, "ngoài giờ làm việc");
		assert_holds(decision.reply.text, cases[i].holds);
		assert_true(text_is(decision.asked, "gặp cán bộ"));
		assert_int_equal(decision.after.silent_until_ms, 0);
		assert_true(answered(&fixture, "phí").replies);
		tear_down(&fixture);
	}
}

static void
a_holiday_is_named(void **state)
{
	struct faq_closed closed = { TEXT("2026-11-25"), TEXT("2026-11-26"),
		TEXT("Quốc khánh") };
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	open_office(&fixture);
	fixture.faq.hours.closed = &closed;
	fixture.faq.hours.closed_count = 1;
	decision = tapped(&fixture, "person");
	assert_holds(decision.reply.text, "(Quốc khánh)");
	assert_holds(decision.reply.text, "thứ Sáu 27/11");
	tear_down(&fixture);
}

static void
a_base_without_hours_promises_no_time(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	decision = tapped(&fixture, "person");
	assert_int_equal(
	    text_find(decision.reply.text, TEXT("giờ làm việc")), SIZE_MAX);
	assert_int_equal(decision.after.silent_until_ms, 1500);
	tear_down(&fixture);
}

static void
a_base_without_such_an_entry_says_where_to_ask(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	fixture.entries[2].status = ENTRY_DRAFT;
	decision = tapped(&fixture, "person");
	assert_holds(decision.reply.text, "chưa chuyển máy được");
	assert_int_equal(decision.after.silent_until_ms, 0);
	tear_down(&fixture);
}

static void
the_citizen_calls_the_bot_back(void **state)
{
	static const char *const texts[] = { "BOT", "bot ơi", "tiếp tục",
		"tiep tuc" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct fixture fixture;

		set_up(&fixture);
		(void)tapped(&fixture, "person");
		assert_false(answered(&fixture, "phí").replies);
		assert_holds(
		    typed(&fixture, texts[i]).reply.text, "đã trở lại");
		assert_true(answered(&fixture, "phí").replies);
		tear_down(&fixture);
	}
}

static void
a_thread_of_another_app_is_not_called_back(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	fixture.message.kind = EVENT_THREAD_LOST;
	(void)decided(&fixture);
	assert_false(typed(&fixture, "bot").replies);
	assert_false(typed(&fixture, "xóa dữ liệu của tôi").replies);
	tear_down(&fixture);
}

static void
a_wrong_word_in_the_silence_labels_nothing(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	(void)offered(&fixture, "hỏi cái này");
	fixture.message.kind = EVENT_STAFF;
	(void)decided(&fixture);
	(void)typed(&fixture, "chờ chút");
	fixture.input.now_ms += 1000;
	decision = tapped(&fixture, "entry:phi");
	assert_true(decision.replies);
	assert_int_equal(decision.chosen.len, 0);
	tear_down(&fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    in_office_hours_the_bot_steps_back_and_says_how_to_get_it_back),
		cmocka_unit_test(the_bot_is_back_before_people_leave),
		cmocka_unit_test(
		    outside_office_hours_it_says_when_people_are_back_and_stays),
		cmocka_unit_test(a_holiday_is_named),
		cmocka_unit_test(a_base_without_hours_promises_no_time),
		cmocka_unit_test(
		    a_base_without_such_an_entry_says_where_to_ask),
		cmocka_unit_test(the_citizen_calls_the_bot_back),
		cmocka_unit_test(a_thread_of_another_app_is_not_called_back),
		cmocka_unit_test(a_wrong_word_in_the_silence_labels_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
