/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

static void
close_candidates_are_offered(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	decision = offered(&fixture, "hỏi cái này");
	assert_int_equal(decision.decision, DECISION_CLARIFY);
	assert_true(decision.logs);
	assert_int_equal(decision.reply.button_count, 3);
	assert_true(text_is(decision.reply.buttons[1].payload, "entry:o-dau"));
	assert_true(text_is(decision.reply.buttons[2].payload, "not:none"));
	tear_down(&fixture);
}

static void
an_option_that_is_named_works_as_its_tap(void **state)
{
	static const struct {
		const char *text;
		const char *chosen;
	} cases[] = {
		{ " 2 ", "o-dau" },
		{ "số 1", "phi" },
		{ "ý 2", "o-dau" },
		{ "cái đầu", "phi" },
		{ "cai thu hai", "o-dau" },
		{ "hai", "o-dau" },
		/* The last choice, not the refusal below it. */
		{ "cái cuối", "o-dau" },
		{ "y 1", "phi" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture fixture;
		struct dialog_decision decision;

		set_up(&fixture);
		(void)offered(&fixture, "hỏi cái này");
		decision = typed(&fixture, cases[i].text);
		assert_int_equal(decision.decision, DECISION_ANSWER);
		assert_true(text_is(decision.entry->id, cases[i].chosen));
		/* Evidence for staff, on the question asked before. */
		assert_true(text_is(decision.chosen, cases[i].chosen));
		assert_false(decision.logs);
		tear_down(&fixture);
	}
}

static void
a_tap_on_a_choice_is_the_same_evidence(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	(void)offered(&fixture, "hỏi cái này");
	decision = tapped(&fixture, "entry:o-dau");
	assert_true(text_is(decision.chosen, "o-dau"));
	/* Once only, and not for a button of another reply. */
	decision = tapped(&fixture, "entry:o-dau");
	assert_int_equal(decision.chosen.len, 0);
	(void)offered(&fixture, "hỏi cái này");
	decision = tapped(&fixture, "entry:chao-hoi");
	assert_int_equal(decision.chosen.len, 0);
	tear_down(&fixture);
}

static void
declining_all_choices_labels_the_question_for_staff(void **state)
{
	static const char *const texts[] = { "không phải", "khong phai",
		"không có cái nào", "3" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct fixture fixture;
		struct dialog_decision decision;

		set_up(&fixture);
		(void)offered(&fixture, "hỏi cái này");
		decision = typed(&fixture, texts[i]);
		assert_int_equal(decision.decision, DECISION_UNANSWERED);
		assert_true(text_is(decision.label, "declined"));
		assert_false(decision.logs);
		assert_true(
		    text_is(decision.reply.buttons[0].payload, "person"));
		tear_down(&fixture);
	}
}

static void
an_old_refusal_says_nothing_of_a_later_question(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	(void)offered(&fixture, "hỏi cái này");
	(void)answered(&fixture, "phí");
	decision = tapped(&fixture, "not:none");
	assert_int_equal(decision.label.len, 0);
	tear_down(&fixture);
}

static void
a_question_instead_of_a_choice_is_answered(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	(void)offered(&fixture, "hỏi cái này");
	decision = answered(&fixture, "không phải, tôi hỏi lệ phí cơ");
	assert_ptr_equal(decision.entry, &fixture.entries[0]);
	assert_int_equal(decision.label.len, 0);
	assert_true(decision.logs);
	tear_down(&fixture);
}

static void
one_word_chooses_only_among_choices(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	(void)answered(&fixture, "phí");
	/* "Monday", it may be. */
	assert_int_equal(
	    typed(&fixture, "thứ hai").decision, DECISION_UNANSWERED);
	tear_down(&fixture);
}

static void
the_title_of_a_button_works_as_its_tap(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	(void)answered(&fixture, "phí");
	decision = typed(&fixture, "mo cong");
	assert_true(
	    text_is(decision.reply.text, "Mở cổng: https://dichvucong.gov.vn"));
	tear_down(&fixture);
}

static void
an_option_past_the_last_is_no_choice(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	(void)offered(&fixture, "hỏi cái này");
	decision = typed(&fixture, "cái số 5");
	assert_int_equal(decision.decision, DECISION_UNANSWERED);
	assert_int_equal(decision.label.len, 0);
	tear_down(&fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(close_candidates_are_offered),
		cmocka_unit_test(an_option_that_is_named_works_as_its_tap),
		cmocka_unit_test(a_tap_on_a_choice_is_the_same_evidence),
		cmocka_unit_test(
		    declining_all_choices_labels_the_question_for_staff),
		cmocka_unit_test(
		    an_old_refusal_says_nothing_of_a_later_question),
		cmocka_unit_test(a_question_instead_of_a_choice_is_answered),
		cmocka_unit_test(one_word_chooses_only_among_choices),
		cmocka_unit_test(the_title_of_a_button_works_as_its_tap),
		cmocka_unit_test(an_option_past_the_last_is_no_choice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
