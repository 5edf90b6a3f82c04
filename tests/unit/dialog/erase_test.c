/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

static void
erasing_is_asked_back_and_then_done(void **state)
{
	static const char *const yes[] = { "Xóa hết", "xoa het", "1", "có",
		"đồng ý", "ok" };

	(void)state;
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
		struct fixture fixture;
		struct dialog_decision decision;

		set_up(&fixture);
		(void)answered(&fixture, "phí");
		decision = typed(&fixture, "xóa dữ liệu của tôi");
		assert_false(decision.erase);
		assert_false(decision.logs);
		assert_true(
		    text_is(decision.reply.buttons[0].payload, "erase:yes"));
		assert_true(
		    text_is(decision.reply.buttons[1].payload, "erase:no"));
		decision = typed(&fixture, yes[i]);
		assert_true(decision.erase);
		assert_holds(decision.reply.text, "Đã xóa");
		assert_int_equal(fixture.state.len, 0);
		tear_down(&fixture);
	}
}

static void
a_tap_confirms_as_well(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	(void)answered(&fixture, "phí");
	(void)typed(&fixture, "xoa du lieu cua toi");
	assert_true(tapped(&fixture, "erase:yes").erase);
	tear_down(&fixture);
}

static void
who_keeps_or_goes_on_asking_loses_nothing(void **state)
{
	static const char *const texts[] = { "Giữ lại", "không", "2", "thôi",
		"phí", "cái này để làm gì" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct fixture fixture;
		struct dialog_decision decision;

		set_up(&fixture);
		(void)answered(&fixture, "phí");
		(void)typed(&fixture, "xóa dữ liệu của tôi");
		decision = answered(&fixture, texts[i]);
		assert_false(decision.erase);
		assert_true(decision.replies);
		/* A yes that comes too late is asked again. */
		decision = tapped(&fixture, "erase:yes");
		assert_false(decision.erase);
		assert_int_equal(decision.after.said, SAID_ERASE);
		tear_down(&fixture);
	}
}

static void
nothing_is_erased_without_the_question_before(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	(void)answered(&fixture, "phí");
	assert_false(tapped(&fixture, "erase:yes").erase);
	(void)answered(&fixture, "phí");
	assert_false(answered(&fixture, "có").erase);
	tear_down(&fixture);
}

static void
a_person_who_answers_does_not_stand_in_the_way(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	fixture.message.kind = EVENT_STAFF;
	(void)decided(&fixture);
	assert_true(typed(&fixture, "xóa dữ liệu của tôi").replies);
	assert_true(typed(&fixture, "đồng ý").erase);
	tear_down(&fixture);
}

static void
who_is_erased_is_a_stranger_again(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	fixture.input.keep_days = 180;
	(void)answered(&fixture, "phí");
	(void)typed(&fixture, "xóa dữ liệu của tôi");
	decision = typed(&fixture, "xóa hết");
	assert_int_equal(text_find(decision.reply.text, TEXT("Đã xóa")), 0);
	assert_holds(answered(&fixture, "phí").reply.text, "180 ngày");
	tear_down(&fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(erasing_is_asked_back_and_then_done),
		cmocka_unit_test(a_tap_confirms_as_well),
		cmocka_unit_test(who_keeps_or_goes_on_asking_loses_nothing),
		cmocka_unit_test(nothing_is_erased_without_the_question_before),
		cmocka_unit_test(
		    a_person_who_answers_does_not_stand_in_the_way),
		cmocka_unit_test(who_is_erased_is_a_stranger_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
