/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "citizen_fixture.h"

static struct dialog_decision
asked(struct citizen *citizen, const char *text)
{
	citizen->state = TEXT("");
	return citizen_say(citizen, text);
}

static size_t
answers_in(struct text_view text)
{
	static const char mark[] = "■ ";
	size_t count = 0;
	size_t at;

	while ((at = text_find(text, TEXT(mark))) != SIZE_MAX) {
		text = text_slice(text, at + sizeof(mark) - 1, text.len);
		count++;
	}
	return count;
}

static void
each_of_several_questions_is_answered_in_one_reply(void **state)
{
	static const struct {
		const char *text;
		const char *first;
		size_t answers;
	} cases[] = {
		{ "Quên mật khẩu VNeID thì làm sao? Làm hộ chiếu thế nào?",
		    "quen-mat-khau-vneid", 2 },
		{ "làm hộ chiếu thế nào\nquên mã pin ký số thì sao", "ho-chieu",
		    2 },
		{ "lam ho chieu the nao. quen mat khau vneid thi lam sao",
		    "ho-chieu", 2 },
		{ "Chào em, làm hộ chiếu thế nào, với lại quên mật khẩu VNeID "
		  "thì làm sao?",
		    "ho-chieu", 2 },
		/* At most three. */
		{ "Làm hộ chiếu thế nào? Quên mật khẩu VNeID thì sao? Quên mã "
		  "PIN ký số thì sao? Đăng ký kết hôn cần gì?",
		    "ho-chieu", 3 },
	};
	struct citizen citizen;

	citizen_open(&citizen, *state);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct dialog_decision decision =
		    asked(&citizen, cases[i].text);

		if (!citizen_answers(&decision, cases[i].first) ||
		    answers_in(decision.reply.text) != cases[i].answers)
			fail_msg("\"%s\": %.*s", cases[i].text,
			    TEXT_ARGS(decision.reply.text));
		assert_in_range(decision.reply.button_count, 1, 3);
		assert_int_equal(decision.decision, DECISION_ANSWER);
	}
	citizen_close(&citizen);
}

static void
one_question_stays_one(void **state)
{
	static const struct {
		const char *text;
		const char *entry; /* NULL: not answered */
	} cases[] = {
		{ "làm hộ chiếu thế nào", "ho-chieu" },
		{ "làm thẻ căn cước cần giấy tờ gì và phí bao nhiêu",
		    "cap-doi-can-cuoc" },
		{ "làm hộ chiếu ở đâu? phí bao nhiêu?", "ho-chieu" },
		{ "Làm hộ chiếu thế nào? Xin hộ chiếu ở đâu?", "ho-chieu" },
		/* What is told on the way is no question. */
		{ "Tôi đã đăng ký kết hôn năm ngoái. Quên mật khẩu VNeID thì "
		  "làm sao?",
		    "quen-mat-khau-vneid" },
		{ "con mèo nhà tôi hay kêu, làm sao bây giờ? Nó đói.", NULL },
	};
	struct citizen citizen;

	citizen_open(&citizen, *state);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct dialog_decision decision =
		    asked(&citizen, cases[i].text);
		bool right = cases[i].entry == NULL
				 ? decision.decision != DECISION_ANSWER
				 : citizen_answers(&decision, cases[i].entry) ||
				       decision.decision == DECISION_CLARIFY;

		if (!right || answers_in(decision.reply.text) != 0)
			fail_msg("\"%s\": %.*s", cases[i].text,
			    TEXT_ARGS(decision.reply.text));
	}
	citizen_close(&citizen);
}

static void
a_story_is_cut_to_its_question(void **state)
{
	struct citizen citizen;
	struct dialog_decision decision;

	citizen_open(&citizen, *state);
	decision = asked(&citizen,
	    "Tôi năm nay ngoài bảy mươi, con cháu đi làm xa, mắt kém nên gõ "
	    "chậm lắm, mong bên mình thông cảm, cho tôi hỏi cách đăng ký tạm "
	    "trú trực tuyến?");
	assert_true(citizen_answers(&decision, "dang-ky-tam-tru"));
	/* Not by the whole: it is the part that is sure. */
	assert_int_equal(citizen.input.match.decision, MATCH_CLARIFY);
	assert_int_equal(citizen.input.part_count, 1);
	citizen_close(&citizen);
}

static void
staff_see_each_answer_in_the_log(void **state)
{
	struct citizen citizen;
	struct dialog_decision decision;
	struct buf text;

	citizen_open(&citizen, *state);
	decision = asked(
	    &citizen, "Quên mật khẩu VNeID thì làm sao? Làm hộ chiếu thế nào?");
	buf_init(&text, CANDIDATES_TEXT_MAX_BYTES);
	assert_int_equal(candidates_text(&citizen.input, &decision, &text), OK);
	assert_true(
	    text_starts(buf_view(&text), TEXT("quen-mat-khau-vneid 0.")) ||
	    text_starts(buf_view(&text), TEXT("quen-mat-khau-vneid 1.")));
	assert_true(citizen_has(buf_view(&text), " | ho-chieu "));
	buf_fini(&text);
	citizen_close(&citizen);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    each_of_several_questions_is_answered_in_one_reply),
		cmocka_unit_test(one_question_stays_one),
		cmocka_unit_test(a_story_is_cut_to_its_question),
		cmocka_unit_test(staff_see_each_answer_in_the_log),
	};

	return cmocka_run_group_tests(tests, citizen_load, citizen_unload);
}
