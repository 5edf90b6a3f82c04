/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

static void
too_many_messages_bring_one_notice_then_silence(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	fixture.input.messages_per_minute = 3;
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(
		    answered(&fixture, "phí").decision, DECISION_ANSWER);
	assert_holds(answered(&fixture, "phí").reply.text, "nhanh quá");
	for (size_t i = 0; i < 3; i++) {
		struct dialog_decision decision = answered(&fixture, "phí");

		assert_false(decision.replies);
		assert_false(decision.logs);
	}
	assert_false(tapped(&fixture, "entry:phi").replies);
	fixture.input.now_ms += 60000;
	assert_int_equal(answered(&fixture, "phí").decision, DECISION_ANSWER);
	tear_down(&fixture);
}

static void
the_same_text_is_answered_once_for_a_while(void **state)
{
	static const struct {
		uint64_t after_ms;
		const char *text;
		bool replies;
	} steps[] = {
		{ 0, "phí", true }, { 1, "phí", false }, { 1, " phí ", false },
		{ 1, "lệ phí", true }, { 1, "phí", true },
		{ 29999, "phí", false },
		{ 1, "phí", true }, /* 30 s after the answer */
	};
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	fixture.input.repeat_ms = 30000;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		fixture.input.now_ms += steps[i].after_ms;
		assert_int_equal(answered(&fixture, steps[i].text).replies,
		    steps[i].replies);
	}
	tear_down(&fixture);
}

static void
a_number_may_choose_twice_in_a_row(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	fixture.input.repeat_ms = 30000;
	(void)offered(&fixture, "hỏi cái này");
	assert_true(typed(&fixture, "1").replies);
	/* Now the link below the answer. */
	assert_holds(typed(&fixture, "1").reply.text, "https://");
	tear_down(&fixture);
}

static void
a_repetition_does_not_disturb_the_choice(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	fixture.input.repeat_ms = 30000;
	(void)offered(&fixture, "hỏi cái này");
	assert_false(offered(&fixture, "hỏi cái này").replies);
	assert_true(text_is(typed(&fixture, "cái đầu").chosen, "phi"));
	tear_down(&fixture);
}

static void
our_own_words_coming_back_are_ignored(void **state)
{
	static const char reply[] = "Lệ phí xem trên cổng.";
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	/* Whether it helped is asked once. */
	(void)answered(&fixture, "phí");
	assert_true(text_is(answered(&fixture, "phí gì").reply.text, reply));
	assert_false(answered(&fixture, reply).replies);
	assert_false(answered(&fixture, reply).logs);
	assert_true(answered(&fixture, "lệ phí xem ở đâu").replies);
	tear_down(&fixture);
}

static void
the_first_part_of_a_long_reply_is_known_too(void **state)
{
	static const char whole[] =
	    "Anh/chị mở cổng dịch vụ công quốc gia, đăng nhập, rồi tìm thủ "
	    "tục cần làm.\n\nSau đó nộp hồ sơ.";
	static const char part[] =
	    "Anh/chị mở cổng dịch vụ công quốc gia, đăng nhập, rồi tìm thủ "
	    "tục cần làm.";
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	fixture.entries[0].answer = text_of(whole);
	(void)answered(&fixture, "phí");
	assert_false(answered(&fixture, part).replies);
	tear_down(&fixture);
}

static void
guards_that_are_off_let_everything_pass(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	for (size_t i = 0; i < 100; i++)
		assert_true(answered(&fixture, "phí").replies);
	tear_down(&fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    too_many_messages_bring_one_notice_then_silence),
		cmocka_unit_test(the_same_text_is_answered_once_for_a_while),
		cmocka_unit_test(a_number_may_choose_twice_in_a_row),
		cmocka_unit_test(a_repetition_does_not_disturb_the_choice),
		cmocka_unit_test(our_own_words_coming_back_are_ignored),
		cmocka_unit_test(the_first_part_of_a_long_reply_is_known_too),
		cmocka_unit_test(guards_that_are_off_let_everything_pass),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
