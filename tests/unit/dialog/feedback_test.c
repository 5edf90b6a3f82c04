/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "citizen_fixture.h"
#include "fixture.h"

static const char question[] = "có giúp được anh/chị không?";

static void
it_is_asked_where_buttons_are_free_once_per_topic_and_day(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	decision = answered(&fixture, "phí");
	assert_holds(decision.reply.text, question);
	assert_int_equal(decision.reply.button_count, 3);
	assert_true(text_is(decision.reply.buttons[1].payload, "helped:yes"));
	decision = answered(&fixture, "phí nữa");
	assert_int_equal(decision.reply.button_count, 1);
	fixture.entries[0].topic = TEXT("another");
	assert_holds(answered(&fixture, "phí gì").reply.text, question);
	fixture.input.now_ms += 24ull * 3600 * 1000;
	assert_holds(answered(&fixture, "phí").reply.text, question);
	tear_down(&fixture);
}

static void
it_is_not_asked_under_taps_and_under_full_answers(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	assert_int_equal(tapped(&fixture, "entry:phi").reply.button_count, 1);
	fixture.entries[0].button_count = 0;
	assert_int_equal(tapped(&fixture, "entry:phi").reply.button_count, 0);
	tear_down(&fixture);
}

static void
what_is_said_of_it_is_a_label(void **state)
{
	static const struct {
		const char *said; /* "/payload": a tap */
		const char *label;
	} cases[] = {
		{ "/helped:yes", "helped" },
		{ "/helped:no", "unhelpful" },
		{ "có", "helped" },
		{ "dạ có", "helped" },
		{ "chưa", "unhelpful" },
		{ "không", "unhelpful" },
		{ "hữu ích lắm", "helped" },
		{ "không giúp được gì", "unhelpful" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture fixture;
		struct dialog_decision decision;

		set_up(&fixture);
		(void)answered(&fixture, "phí");
		decision = cases[i].said[0] == '/'
			       ? tapped(&fixture, cases[i].said + 1)
			       : typed(&fixture, cases[i].said);
		if (!text_is(decision.label, cases[i].label) || decision.logs)
			fail_msg("\"%s\": \"%.*s\"", cases[i].said,
			    TEXT_ARGS(decision.label));
		tear_down(&fixture);
	}
}

static void
a_tap_on_an_older_question_labels_nothing(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	(void)answered(&fixture, "phí");
	(void)typed(&fixture, "làm hộ chiếu");
	decision = tapped(&fixture, "helped:yes");
	assert_int_equal(decision.label.len, 0);
	assert_holds(decision.reply.text, "Cảm ơn");
	tear_down(&fixture);
}

static void
words_after_a_no_are_kept_with_the_question(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	(void)answered(&fixture, "phí");
	(void)tapped(&fixture, "helped:no");
	decision = typed(&fixture, "thiếu phí cho trẻ em");
	assert_true(text_is(decision.words, "thiếu phí cho trẻ em"));
	assert_false(decision.logs);
	assert_true(text_is(decision.reply.buttons[0].payload, "person"));
	/* Once. */
	assert_true(typed(&fixture, "và người già").logs);
	tear_down(&fixture);
}

static void
a_question_after_a_no_is_answered(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	(void)answered(&fixture, "phí");
	(void)tapped(&fixture, "helped:no");
	decision = answered(&fixture, "nộp ở đâu?");
	assert_int_equal(decision.words.len, 0);
	assert_int_equal(decision.decision, DECISION_ANSWER);
	tear_down(&fixture);
}

static void
an_unanswered_question_can_be_complained_of_too(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	(void)typed(&fixture, "làm hộ chiếu");
	assert_true(
	    text_is(typed(&fixture, "chẳng giúp gì").label, "unhelpful"));
	assert_true(text_is(
	    typed(&fixture, "tôi hỏi hộ chiếu").words, "tôi hỏi hộ chiếu"));
	tear_down(&fixture);
}

static void
who_says_thanks_is_asked_then(void **state)
{
	struct citizen citizen;
	struct dialog_decision decision;

	citizen_open(&citizen, *state);
	(void)citizen_say(&citizen, "làm hộ chiếu thế nào");
	decision = citizen_say(&citizen, "cảm ơn nhiều nha");
	assert_holds(decision.reply.text, question);
	assert_false(decision.logs);
	assert_int_equal(decision.reply.button_count, 2);
	assert_true(text_is(citizen_say(&citizen, "dạ có").label, "helped"));
	/* Nothing was answered since. */
	decision = citizen_say(&citizen, "cảm ơn");
	assert_false(citizen_has(decision.reply.text, question));
	citizen_close(&citizen);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    it_is_asked_where_buttons_are_free_once_per_topic_and_day),
		cmocka_unit_test(
		    it_is_not_asked_under_taps_and_under_full_answers),
		cmocka_unit_test(what_is_said_of_it_is_a_label),
		cmocka_unit_test(a_tap_on_an_older_question_labels_nothing),
		cmocka_unit_test(words_after_a_no_are_kept_with_the_question),
		cmocka_unit_test(a_question_after_a_no_is_answered),
		cmocka_unit_test(
		    an_unanswered_question_can_be_complained_of_too),
		cmocka_unit_test(who_says_thanks_is_asked_then),
	};

	return cmocka_run_group_tests(tests, citizen_load, citizen_unload);
}
