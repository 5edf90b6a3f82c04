/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include <string.h>

#include "compare.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static struct faq_outcome
outcome(enum decision decision, const char *id, const char *text)
{
	return (struct faq_outcome){ .decision = decision,
		.ids = { text_of(id) },
		.id_count = id == NULL ? 0 : 1,
		.reply = { .text = text_of(text) } };
}

static void
each_way_an_answer_can_change_has_its_name(void **state)
{
	static const struct {
		enum decision before;
		const char *before_id;
		enum decision after;
		const char *after_id;
		const char *after_text;
		const char *name;
	} cases[] = {
		{ DECISION_ANSWER, "a", DECISION_ANSWER, "a", "x", "none" },
		{ DECISION_ANSWER, "a", DECISION_ANSWER, "a", "y",
		    "text_changed" },
		{ DECISION_ANSWER, "a", DECISION_REFER, "b", "x",
		    "other_entry" },
		{ DECISION_ANSWER, "a", DECISION_UNANSWERED, NULL, "z",
		    "lost_answer" },
		{ DECISION_ANSWER, "a", DECISION_CLARIFY, "a", "z",
		    "answer_to_clarify" },
		{ DECISION_UNANSWERED, NULL, DECISION_SMALLTALK, "a", "x",
		    "new_answer" },
		{ DECISION_UNANSWERED, NULL, DECISION_CLARIFY, "a", "x",
		    "new_clarify" },
		{ DECISION_UNANSWERED, NULL, DECISION_UNANSWERED, NULL, "y",
		    "none" },
		{ DECISION_UNANSWERED, NULL, DECISION_NONE, NULL, "y", "none" },
		{ DECISION_CLARIFY, "a", DECISION_ANSWER, "a", "x",
		    "clarify_to_answer" },
		{ DECISION_CLARIFY, "a", DECISION_UNANSWERED, NULL, "x",
		    "lost_clarify" },
		{ DECISION_CLARIFY, "a", DECISION_CLARIFY, "b", "x",
		    "other_choices" },
		{ DECISION_CLARIFY, "a", DECISION_CLARIFY, "a", "y", "none" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct faq_outcome before =
		    outcome(cases[i].before, cases[i].before_id, "x");
		struct faq_outcome after = outcome(
		    cases[i].after, cases[i].after_id, cases[i].after_text);

		assert_string_equal(
		    compare_name(compare_outcomes(&before, &after)),
		    cases[i].name);
	}
}

static void
a_changed_button_is_a_changed_answer(void **state)
{
	struct faq_outcome before = outcome(DECISION_ANSWER, "a", "x");
	struct faq_outcome after = before;

	(void)state;
	before.reply.button_count = after.reply.button_count = 1;
	before.reply.buttons[0].url = TEXT("https://a.vn");
	after.reply.buttons[0].url = TEXT("https://b.vn");
	assert_int_equal(compare_outcomes(&before, &after), FAQ_CHANGE_TEXT);
	after.reply.button_count = 0;
	assert_int_equal(compare_outcomes(&before, &after), FAQ_CHANGE_TEXT);
}

static void
each_change_has_a_heading_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < FAQ_CHANGES_COUNT; i++)
		for (int j = 0; j < i; j++)
			assert_string_not_equal(
			    compare_heading((enum faq_change)i),
			    compare_heading((enum faq_change)j));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_way_an_answer_can_change_has_its_name),
		cmocka_unit_test(a_changed_button_is_a_changed_answer),
		cmocka_unit_test(each_change_has_a_heading_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
