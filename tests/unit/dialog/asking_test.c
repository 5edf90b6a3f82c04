/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/dialog/asking.h"

#include "tests/support/cmocka_all.h"

static struct dialog_asking
asking(const char *text)
{
	struct dialog_asking asking;
	struct tokens tokens;
	struct arena arena;

	arena_init(&arena, 1 << 20);
	assert_int_equal(tokens_read(text_of(text), &arena, &tokens), OK);
	asking = asking_of(text_of(text), &tokens);
	arena_fini(&arena);
	return asking;
}

static void
what_asks_is_told_from_what_tells(void **state)
{
	static const struct {
		const char *text;
		bool asks;
	} cases[] = {
		{ "nộp hồ sơ ở đâu", true },
		{ "nop ho so o dau", true },
		{ "cần gì", true },
		{ "làm sao để nộp", true },
		{ "nộp được không ạ", true },
		{ "nop dc ko ad", true },
		{ "có kết quả chưa vậy anh", true },
		{ "phí?", true },
		{ "tôi nộp hồ sơ tháng trước", false },
		{ "em làm căn cước", false },
		{ "nhà có bản sao", false },
		{ "ban sao giay khai sinh", false },
		{ "nộp lúc đầu tháng", false },
		{ "bị đau đầu", false },
		{ "không", false },
		{ "", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (asking(cases[i].text).asks != cases[i].asks)
			fail_msg("\"%s\"", cases[i].text);
}

static void
a_bare_question_names_no_subject(void **state)
{
	static const struct {
		const char *text;
		bool bare;
		unsigned aspects;
	} cases[] = {
		{ "còn phí thì sao?", true, ASPECT_FEE },
		{ "ở đâu vậy", true, ASPECT_PLACE },
		{ "mất bao lâu", true, ASPECT_TIME },
		{ "mat bao lau", true, ASPECT_TIME },
		{ "cần giấy tờ gì", true, ASPECT_PAPERS },
		{ "lệ phí", true, ASPECT_FEE },
		{ "bao nhiêu tiền, mấy ngày có", true,
		    ASPECT_FEE | ASPECT_TIME },
		{ "phí làm hộ chiếu bao nhiêu", false, ASPECT_FEE },
		{ "nộp hồ sơ trực tuyến thế nào", false, 0 },
		{ "dạ", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct dialog_asking got = asking(cases[i].text);

		if (got.bare != cases[i].bare ||
		    got.aspects != cases[i].aspects)
			fail_msg("\"%s\": bare %d, aspects %u", cases[i].text,
			    got.bare, got.aspects);
	}
}

static void
a_line_answers_the_aspect_it_speaks_of(void **state)
{
	const struct text_view fee = TEXT(" lệ phí 7.000 đồng ");

	(void)state;
	assert_true(asking_answers(ASPECT_FEE, fee));
	assert_false(asking_answers(ASPECT_PLACE, fee));
	assert_true(asking_answers(ASPECT_FEE | ASPECT_PLACE, fee));
	assert_false(asking_answers(0, fee));
	/* Whole words only. */
	assert_false(asking_answers(ASPECT_FEE, TEXT(" phía bắc ")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_asks_is_told_from_what_tells),
		cmocka_unit_test(a_bare_question_names_no_subject),
		cmocka_unit_test(a_line_answers_the_aspect_it_speaks_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
