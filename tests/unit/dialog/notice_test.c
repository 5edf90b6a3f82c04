/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/unit/dialog/fixture.h"

static struct notice down = { .from_ms = 0, .until_ms = 5000 };
static struct channel_off off;

/* The fixture's first entry belongs to the topic "le-phi". */
static void
begin(struct fixture *fixture, const struct notices *notices)
{
	down.text = TEXT("Cổng đang bảo trì.");
	down.topics = TEXT("");
	off = (struct channel_off){ .channel = TEXT("zalo"),
		.text = TEXT("Trợ lý tạm nghỉ."),
		.reason = TEXT("sai") };
	set_up(fixture);
	fixture->entries[0].topic = TEXT("le-phi");
	fixture->input.channel = "zalo";
	fixture->input.notices = notices;
}

static void
a_notice_comes_before_the_answer(void **state)
{
	const struct notices notices = { &down, 1, NULL, 0 };
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	begin(&fixture, &notices);
	decision = answered(&fixture, "phí bao nhiêu");
	assert_true(text_starts(
	    decision.reply.text, TEXT("Cổng đang bảo trì.\n\nLệ phí")));
	assert_holds(typed(&fixture, "hỏi chuyện khác").reply.text, "bảo trì");
	fixture.input.now_ms = 5000;
	assert_true(text_starts(
	    answered(&fixture, "phí bao nhiêu").reply.text, TEXT("Lệ phí")));
	tear_down(&fixture);
}

static void
a_notice_of_other_topics_stays_away(void **state)
{
	const struct notices notices = { &down, 1, NULL, 0 };
	struct fixture fixture;

	(void)state;
	begin(&fixture, &notices);
	down.topics = TEXT("ho-so");
	assert_true(text_starts(
	    answered(&fixture, "phí bao nhiêu").reply.text, TEXT("Lệ phí")));
	down.topics = TEXT("ho-so le-phi");
	assert_holds(answered(&fixture, "phí bao nhiêu").reply.text, "bảo trì");
	tear_down(&fixture);
}

static void
two_notices_stand_in_their_order_behind_the_first_words(void **state)
{
	struct notice both[2];
	const struct notices notices = { both, 2, NULL, 0 };
	struct fixture fixture;
	struct text_view text;

	(void)state;
	begin(&fixture, &notices);
	both[0] = both[1] = down;
	both[1].text = TEXT("Nghỉ lễ.");
	fixture.input.keep_days = 180;
	text = answered(&fixture, "phí bao nhiêu").reply.text;
	assert_true(text_find(text, TEXT("180 ngày")) <
		    text_find(text, TEXT("bảo trì")));
	assert_holds(text, "Cổng đang bảo trì.\n\nNghỉ lễ.\n\nLệ phí");
	tear_down(&fixture);
}

static void
small_talk_gets_no_notice(void **state)
{
	const struct notices notices = { &down, 1, NULL, 0 };
	struct fixture fixture;

	(void)state;
	begin(&fixture, &notices);
	taps(&fixture, "entry:chao-hoi");
	assert_true(text_is(decided(&fixture).reply.text, "Chào anh/chị."));
	tear_down(&fixture);
}

static void
a_bot_that_is_off_says_so_and_keeps_the_question(void **state)
{
	const struct notices notices = { &down, 1, &off, 1 };
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	begin(&fixture, &notices);
	decision = answered(&fixture, "phí bao nhiêu");
	assert_true(text_is(decision.reply.text, "Trợ lý tạm nghỉ."));
	assert_int_equal(decision.reply.button_count, 0);
	assert_int_equal(decision.decision, DECISION_UNANSWERED);
	assert_true(decision.logs);
	assert_true(text_is(decision.asked, "phí bao nhiêu"));
	assert_null(decision.entry);
	decision = tapped(&fixture, "entry:phi");
	assert_true(text_is(decision.reply.text, "Trợ lý tạm nghỉ."));
	assert_false(decision.logs);
	fixture.input.channel = "messenger";
	assert_holds(answered(&fixture, "phí bao nhiêu").reply.text, "Lệ phí");
	tear_down(&fixture);
}

static void
erasing_and_people_work_while_the_bot_is_off(void **state)
{
	const struct notices notices = { NULL, 0, &off, 1 };
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	begin(&fixture, &notices);
	assert_holds(typed(&fixture, "xóa dữ liệu của tôi").reply.text,
	    "không lấy lại được");
	decision = tapped(&fixture, "erase:yes");
	assert_true(decision.erase);
	fixture.message = (struct message){ .kind = EVENT_STAFF };
	(void)decided(&fixture);
	decision = typed(&fixture, "cảm ơn");
	assert_false(decision.replies);
	assert_int_equal(decision.decision, DECISION_HANDOFF);
	tear_down(&fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_notice_comes_before_the_answer),
		cmocka_unit_test(a_notice_of_other_topics_stays_away),
		cmocka_unit_test(
		    two_notices_stand_in_their_order_behind_the_first_words),
		cmocka_unit_test(small_talk_gets_no_notice),
		cmocka_unit_test(
		    a_bot_that_is_off_says_so_and_keeps_the_question),
		cmocka_unit_test(erasing_and_people_work_while_the_bot_is_off),
	};

	return cmocka_run_group_tests_name(
	    "notices in a conversation", tests, NULL, NULL);
}
