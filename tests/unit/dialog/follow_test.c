/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "citizen_fixture.h"

static void
a_bare_question_is_about_what_was_answered_before(void **state)
{
	static const struct {
		const char *before;
		const char *asked;
		const char *entry;
		const char *holds;
	} cases[] = {
		{ "đăng ký tạm trú thế nào", "còn phí thì sao?",
		    "dang-ky-tam-tru", "15.000 đồng" },
		{ "dang ky tam tru the nao", "le phi bao nhieu",
		    "dang-ky-tam-tru", "15.000 đồng" },
		{ "đăng ký tạm trú thế nào", "mất bao lâu vậy",
		    "dang-ky-tam-tru", "Thời hạn 3 ngày" },
		{ "làm hộ chiếu thế nào", "cần giấy tờ gì", "ho-chieu",
		    "Tải ảnh chân dung" },
		{ "làm hộ chiếu thế nào", "ở đâu vậy", "ho-chieu",
		    "quản lý xuất nhập cảnh" },
		/* An entry of its own, next to the one before. */
		{ "ký số từ xa là gì", "phí bao nhiêu", "chi-phi-chu-ky-so",
		    "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct citizen citizen;
		struct dialog_decision decision;

		citizen_open(&citizen, *state);
		(void)citizen_say(&citizen, cases[i].before);
		decision = citizen_say(&citizen, cases[i].asked);
		if (!citizen_answers(&decision, cases[i].entry) ||
		    (cases[i].holds[0] != '\0' &&
			!citizen_has(decision.reply.text, cases[i].holds)))
			fail_msg("\"%s\" after \"%s\": %.*s", cases[i].asked,
			    cases[i].before, TEXT_ARGS(decision.reply.text));
		assert_true(decision.logs);
		citizen_close(&citizen);
	}
}

static void
only_the_lines_that_speak_of_it_are_said(void **state)
{
	struct citizen citizen;
	struct dialog_decision decision;

	citizen_open(&citizen, *state);
	(void)citizen_say(&citizen, "đăng ký tạm trú thế nào");
	decision = citizen_say(&citizen, "phí bao nhiêu");
	assert_true(text_starts(decision.reply.text, TEXT("Về “")));
	assert_false(citizen_has(decision.reply.text, "chủ hộ xác nhận"));
	assert_true(citizen_has(decision.reply.text, "Nguồn: "));
	citizen_close(&citizen);
}

static void
a_question_of_its_own_does_not_lean(void **state)
{
	struct citizen citizen;
	struct dialog_decision decision;

	citizen_open(&citizen, *state);
	(void)citizen_say(&citizen, "làm hộ chiếu thế nào");
	decision = citizen_say(&citizen, "quên mật khẩu VNeID thì làm sao");
	assert_true(citizen_answers(&decision, "quen-mat-khau-vneid"));
	citizen_close(&citizen);
}

static void
nothing_is_leant_on_after_half_an_hour_or_by_a_stranger(void **state)
{
	struct citizen citizen;
	struct dialog_decision alone;
	struct dialog_decision late;

	citizen_open(&citizen, *state);
	alone = citizen_say(&citizen, "cần những giấy tờ gì vậy");
	assert_true(citizen_answers(&alone, "thanh-phan-ho-so"));
	(void)citizen_say(&citizen, "làm hộ chiếu thế nào");
	citizen.now_ms += 31 * 60 * 1000;
	late = citizen_say(&citizen, "cần những giấy tờ gì vậy");
	assert_true(citizen_answers(&late, "thanh-phan-ho-so"));
	citizen_close(&citizen);
}

static void
thanks_in_between_do_not_change_the_subject(void **state)
{
	struct citizen citizen;
	struct dialog_decision decision;

	citizen_open(&citizen, *state);
	(void)citizen_say(&citizen, "đăng ký tạm trú thế nào");
	(void)citizen_say(&citizen, "cảm ơn");
	decision = citizen_say(&citizen, "phí bao nhiêu vậy");
	assert_true(citizen_answers(&decision, "dang-ky-tam-tru"));
	citizen_close(&citizen);
}

static void
a_tapped_answer_can_be_leant_on_too(void **state)
{
	struct citizen citizen;
	struct dialog_decision decision;

	citizen_open(&citizen, *state);
	(void)citizen_tap(&citizen, "entry:dang-ky-tam-tru");
	decision = citizen_say(&citizen, "phí bao nhiêu");
	assert_true(citizen_answers(&decision, "dang-ky-tam-tru"));
	citizen_close(&citizen);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_bare_question_is_about_what_was_answered_before),
		cmocka_unit_test(only_the_lines_that_speak_of_it_are_said),
		cmocka_unit_test(a_question_of_its_own_does_not_lean),
		cmocka_unit_test(
		    nothing_is_leant_on_after_half_an_hour_or_by_a_stranger),
		cmocka_unit_test(thanks_in_between_do_not_change_the_subject),
		cmocka_unit_test(a_tapped_answer_can_be_leant_on_too),
	};

	return cmocka_run_group_tests(tests, citizen_load, citizen_unload);
}
