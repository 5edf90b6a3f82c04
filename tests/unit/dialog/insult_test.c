/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

static void
an_insult_is_answered_once_a_day(void **state)
{
	static const char *const texts[] = { "đồ ngu", "bot ngu quá", "do ngu",
		"vô dụng", "mày dốt vậy", "đm" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct fixture fixture;
		struct dialog_decision decision;

		set_up(&fixture);
		decision = typed(&fixture, texts[i]);
		if (!decision.replies || decision.logs)
			fail_msg("\"%s\" is not heard", texts[i]);
		assert_holds(decision.reply.text, "xin lỗi");
		assert_false(typed(&fixture, "ngu quá").replies);
		fixture.input.now_ms += 24ull * 3600 * 1000;
		assert_true(typed(&fixture, "ngu quá").replies);
		tear_down(&fixture);
	}
}

static void
who_asks_with_an_insult_is_answered(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	(void)typed(&fixture, "đồ ngu");
	assert_int_equal(answered(&fixture, "ngu quá, phí bao nhiêu").decision,
	    DECISION_ANSWER);
	tear_down(&fixture);
}

static void
harmless_words_are_no_insult(void **state)
{
	static const char *const texts[] = { "đi ngủ", "đợt này", "điện", "ngừ",
		"con chó", "dụng" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct fixture fixture;

		set_up(&fixture);
		if (!typed(&fixture, texts[i]).logs)
			fail_msg("\"%s\"", texts[i]);
		tear_down(&fixture);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_insult_is_answered_once_a_day),
		cmocka_unit_test(who_asks_with_an_insult_is_answered),
		cmocka_unit_test(harmless_words_are_no_insult),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
