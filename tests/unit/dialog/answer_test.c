/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

static void
what_is_not_understood_is_said_again_shortly(void **state)
{
	static const char *const texts[] = { "không hiểu", "nói lại",
		"khó hiểu quá", "khong hieu" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct fixture fixture;
		struct dialog_decision decision;

		set_up(&fixture);
		(void)answered(&fixture, "phí");
		decision = typed(&fixture, texts[i]);
		assert_holds(decision.reply.text, "nói ngắn lại");
		assert_holds(decision.reply.text, "Lệ phí xem trên cổng.");
		assert_int_equal(decision.reply.button_count, 2);
		assert_true(
		    text_is(decision.reply.buttons[1].payload, "person"));
		assert_false(decision.logs);
		tear_down(&fixture);
	}
}

static void
a_long_answer_is_repeated_up_to_the_end_of_a_line(void **state)
{
	static const struct {
		const char *answer;
		const char *holds;
		const char *lacks;
	} cases[] = {
		{ "Việc thứ nhất phải làm là đọc kỹ hướng dẫn ở trên cổng.\n"
		  "Việc thứ hai xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
		    "ở trên cổng.\n\n", "Việc thứ hai" },
		{ "Việc thứ nhất phải làm là đọc kỹ hướng dẫn ở trên cổng. "
		  "Việc thứ hai xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		  "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
		    "ở trên cổng.\n\n", "Việc thứ hai" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture fixture;
		struct dialog_decision decision;

		set_up(&fixture);
		fixture.entries[0].answer = text_of(cases[i].answer);
		(void)answered(&fixture, "phí");
		decision = typed(&fixture, "không hiểu");
		assert_holds(decision.reply.text, cases[i].holds);
		assert_int_equal(
		    text_find(decision.reply.text, text_of(cases[i].lacks)),
		    SIZE_MAX);
		tear_down(&fixture);
	}
}

static void
the_second_time_a_person_is_to_explain(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	(void)answered(&fixture, "phí");
	(void)typed(&fixture, "không hiểu");
	decision = typed(&fixture, "vẫn chưa hiểu");
	assert_holds(decision.reply.text, "Cán bộ sẽ giải thích");
	assert_int_equal(decision.reply.button_count, 1);
	assert_true(text_is(decision.reply.buttons[0].payload, "person"));
	tear_down(&fixture);
}

static void
a_wrong_answer_is_a_label_on_its_question(void **state)
{
	static const char *const texts[] = { "sai rồi", "không đúng",
		"khong dung", "không phải" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct fixture fixture;
		struct dialog_decision decision;

		set_up(&fixture);
		(void)answered(&fixture, "phí");
		decision = typed(&fixture, texts[i]);
		assert_true(text_is(decision.label, "disputed"));
		assert_holds(decision.reply.text, "Xin lỗi");
		assert_true(
		    text_is(decision.reply.buttons[0].payload, "person"));
		assert_false(decision.logs);
		/* Said once. */
		decision = typed(&fixture, texts[i]);
		assert_int_equal(decision.label.len, 0);
		tear_down(&fixture);
	}
}

static void
a_chosen_answer_that_is_wrong_labels_the_question_too(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	(void)offered(&fixture, "hỏi cái này");
	(void)typed(&fixture, "cái đầu");
	assert_true(text_is(typed(&fixture, "sai rồi").label, "disputed"));
	tear_down(&fixture);
}

static void
a_tapped_answer_that_is_wrong_gets_a_row_of_its_own(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	(void)tapped(&fixture, "entry:phi");
	decision = typed(&fixture, "sai rồi");
	assert_int_equal(decision.label.len, 0);
	assert_true(decision.logs);
	assert_true(text_is(decision.asked, "sai rồi"));
	assert_ptr_equal(decision.entry, &fixture.entries[0]);
	tear_down(&fixture);
}

static void
without_an_answer_before_they_are_words_like_others(void **state)
{
	static const char *const texts[] = { "không hiểu", "sai rồi" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct fixture fixture;
		struct dialog_decision decision;

		set_up(&fixture);
		(void)tapped(&fixture, "entry:chao-hoi"); /* no answer */
		decision = typed(&fixture, texts[i]);
		assert_true(decision.logs);
		assert_int_equal(decision.decision, DECISION_UNANSWERED);
		tear_down(&fixture);
	}
}

static void
an_answer_that_is_gone_is_not_repeated(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	(void)answered(&fixture, "phí");
	fixture.entries[0].status = ENTRY_RETIRED;
	assert_int_equal(
	    typed(&fixture, "không hiểu").decision, DECISION_UNANSWERED);
	tear_down(&fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_understood_is_said_again_shortly),
		cmocka_unit_test(
		    a_long_answer_is_repeated_up_to_the_end_of_a_line),
		cmocka_unit_test(the_second_time_a_person_is_to_explain),
		cmocka_unit_test(a_wrong_answer_is_a_label_on_its_question),
		cmocka_unit_test(
		    a_chosen_answer_that_is_wrong_labels_the_question_too),
		cmocka_unit_test(
		    a_tapped_answer_that_is_wrong_gets_a_row_of_its_own),
		cmocka_unit_test(
		    without_an_answer_before_they_are_words_like_others),
		cmocka_unit_test(an_answer_that_is_gone_is_not_repeated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
