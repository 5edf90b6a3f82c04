/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/dialog/cues.h"

#include <string.h>

#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static struct cues
read(const char *text)
{
	struct arena arena;
	struct cues cues;

	arena_init(&arena, 1 << 20);
	assert_int_equal(cues_read(text_of(text), &arena, &cues), OK);
	arena_fini(&arena);
	return cues;
}

static void
words_that_steer_are_known_with_and_without_marks(void **state)
{
	static const struct {
		const char *text;
		unsigned want; /* among others */
	} cases[] = {
		{ "Không phải", CUE_NOT_THESE | CUE_WRONG },
		{ "khong phai", CUE_NOT_THESE | CUE_WRONG },
		{ "ko phải đâu ạ", CUE_NOT_THESE },
		{ "không có cái nào", CUE_NOT_THESE },
		{ "k có cái nào đúng hết", CUE_NOT_THESE },
		{ "không", CUE_NOT_THESE | CUE_NO },
		{ "tôi muốn hỏi cái khác", CUE_NOT_THESE },
		{ "không hiểu", CUE_UNCLEAR },
		{ "tui hông hiểu gì hết trơn á", CUE_UNCLEAR },
		{ "chưa hiểu lắm", CUE_UNCLEAR },
		{ "khó hiểu quá", CUE_UNCLEAR },
		{ "noi lai di", CUE_UNCLEAR },
		{ "Nói rõ hơn giúp tôi", CUE_UNCLEAR },
		{ "là sao?", CUE_UNCLEAR },
		{ "sai rồi", CUE_WRONG },
		{ "không đúng", CUE_WRONG },
		{ "khong dung", CUE_WRONG },
		{ "chưa đúng ý tôi", CUE_WRONG },
		{ "bạn trả lời sai rồi", CUE_WRONG },
		{ "xóa dữ liệu của tôi", CUE_ERASE },
		{ "XOÁ DỮ LIỆU CỦA TÔI", CUE_ERASE },
		{ "xoa het du lieu cua toi di", CUE_ERASE },
		{ "Tôi muốn xóa thông tin của mình", CUE_ERASE },
		{ "xóa lịch sử trò chuyện", CUE_ERASE },
		{ "xóa hết tin nhắn giúp em", CUE_ERASE },
		{ "gặp cán bộ", CUE_PERSON },
		{ "cho tôi gặp người thật", CUE_PERSON },
		{ "BOT", CUE_BOT },
		{ "tiếp tục", CUE_BOT },
		{ "tiep tuc", CUE_BOT },
		{ "đồng ý", CUE_YES },
		{ "Xóa hết", CUE_YES | CUE_ERASE },
		{ "Giữ lại", CUE_NO },
		{ "đừng xóa", CUE_NO },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if ((read(cases[i].text).kinds & cases[i].want) !=
		    cases[i].want)
			fail_msg("\"%s\" gives %x", cases[i].text,
			    read(cases[i].text).kinds);
}

static void
questions_are_not_taken_for_words_that_steer(void **state)
{
	static const char *const texts[] = {
		"không phải, tôi hỏi lệ phí cơ",
		"có phải không",
		"đúng không",
		"tôi không dùng điện thoại",
		"không dùng được",
		"sai thông tin trên căn cước thì làm sao",
		"không hiểu cách nộp hồ sơ",
		"nói lại cách đăng ký tạm trú",
		"xóa tài khoản VNeID",
		"xóa dữ liệu trên cổng dịch vụ công được không",
		"xóa giấy tờ trong kho cá nhân",
		"không xóa dữ liệu của tôi chứ",
		"đừng xóa dữ liệu của tôi",
		"cán bộ phường là ai",
		"bot là ai",
		"phí",
		"",
		"?",
		"👍",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		if (read(texts[i]).kinds != 0)
			fail_msg(
			    "\"%s\" gives %x", texts[i], read(texts[i]).kinds);
}

static void
options_are_named_by_number_and_by_order(void **state)
{
	static const struct {
		const char *text;
		unsigned option;
		bool bare;
	} cases[] = {
		{ "1", 1, false },
		{ " 2 ", 2, false },
		{ "2.", 2, false },
		{ "số 2", 2, false },
		{ "so 2", 2, false },
		{ "ý 2", 2, false },
		{ "y 2", 2, false },
		{ "Câu 3", 3, false },
		{ "cau 3 nhe", 3, false },
		{ "cái đầu", 1, false },
		{ "cai dau", 1, false },
		{ "cái đầu tiên ạ", 1, false },
		{ "cái thứ hai", 2, false },
		{ "cai thu hai", 2, false },
		{ "cái thứ nhất", 1, false },
		{ "ý thứ ba đó", 3, false },
		{ "chọn số 1", 1, false },
		{ "cho tôi cái số 2 nha", 2, false },
		{ "cái cuối", CUES_LAST, false },
		{ "cai cuoi cung", CUES_LAST, false },
		{ "hai", 2, true },
		{ "thứ hai", 2, true },
		{ "đầu tiên", 1, true },
		{ "10", 10, false },
		{ "11", 0, false },
		{ "0", 0, false },
		{ "1 hay 2", 0, false },
		{ "một hai", 0, false },
		{ "cái đâu", 0, false },
		{ "ở đâu", 0, false },
		{ "cái nào", 0, false },
		{ "số 2 đường Lê Lợi", 0, false },
		{ "lệ phí cái thứ hai", 0, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct cues cues = read(cases[i].text);

		if (cues.option != cases[i].option ||
		    cues.bare != cases[i].bare)
			fail_msg("\"%s\" gives %u, bare %d", cases[i].text,
			    cues.option, cues.bare);
	}
}

static void
a_long_text_asks_and_does_not_steer(void **state)
{
	char text[400];

	(void)state;
	memset(text, '\0', sizeof(text));
	for (size_t i = 0; i < 30; i++)
		memcpy(text + i * 11, "khong phai ", 11);
	assert_int_equal(read(text).kinds, 0);
}

static void
a_title_is_known_however_it_is_typed(void **state)
{
	static const struct {
		const char *typed;
		const char *title;
		bool same;
	} cases[] = {
		{ "gap can bo", "Gặp cán bộ", true },
		{ "ko phải", "Không phải", true },
		{ "gặp cán bộ nào", "Gặp cán bộ", false },
		{ "", "", false },
	};
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct cues cues;
		bool same = !cases[i].same;

		assert_int_equal(
		    cues_read(text_of(cases[i].typed), &arena, &cues), OK);
		assert_int_equal(
		    cues_say(&cues, text_of(cases[i].title), &arena, &same),
		    OK);
		assert_int_equal(same, cases[i].same);
	}
	arena_fini(&arena);
}

static void
every_failed_allocation_is_told(void **state)
{
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct arena arena;
		struct cues cues;
		enum result got;

		arena_init(&arena, 1 << 20);
		alloc_fault_arm(nth);
		got = cues_read(TEXT("cái thứ hai"), &arena, &cues);
		reached_the_end = !alloc_fault_fired();
		alloc_fault_disarm();
		assert_int_equal(got, reached_the_end ? OK : ERR_NOMEM);
		arena_fini(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    words_that_steer_are_known_with_and_without_marks),
		cmocka_unit_test(questions_are_not_taken_for_words_that_steer),
		cmocka_unit_test(options_are_named_by_number_and_by_order),
		cmocka_unit_test(a_long_text_asks_and_does_not_steer),
		cmocka_unit_test(a_title_is_known_however_it_is_typed),
		cmocka_unit_test(every_failed_allocation_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
