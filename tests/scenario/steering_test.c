/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What keeps a conversation on its way, from the first notice to the last
 * erasure, the same on all three channels. */
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/talk.h"

static struct phone phones[] = {
	{ .channel = "messenger", .citizen = "7001112223334445" },
	{ .channel = "zalo", .citizen = "8001112223334445" },
	{ .channel = "webchat", .citizen = "" },
};

static bool
has(const char *text, const char *part)
{
	return strstr(text, part) != NULL;
}

static void
assert_holds(const char *text, const char *part)
{
	if (!has(text, part))
		fail_msg("\"%s\" has no \"%s\"", text, part);
}

/* Ask something of the shipped base that is so vague that choices come. */
static void
be_vague(struct talk *talk)
{
	static const char *const vague[] = { "đăng ký", "lệ phí", "tài khoản" };

	for (size_t i = 0; i < sizeof(vague) / sizeof(vague[0]); i++)
		if (has(talk_ask(talk, vague[i]), "Có phải ý anh/chị là"))
			return;
	fail_msg("the base has become too sure");
}

/* ---- tests ---- */

static void
the_first_answer_comes_with_the_notice_and_the_second_without(void **state)
{
	struct talk *talk = *state;
	const char *text = talk_ask(talk, "xin chào");

	assert_holds(text, "Đây là trợ lý tự động.");
	assert_holds(text, "180 ngày");
	assert_holds(text, "Xin chào anh/chị!");
	assert_false(has(talk_ask(talk, "chữ ký số là gì"), "180 ngày"));
}

static void
what_is_said_of_choices_is_kept_for_staff(void **state)
{
	struct talk *talk = *state;
	struct question_row row;
	struct arena arena;

	arena_init(&arena, SIZE_MAX);
	talk_reopen(talk, NULL, "faq");
	be_vague(talk);
	(void)talk_ask(talk, "cái thứ hai");
	row = talk_last_question(talk, &arena);
	assert_true(text_is(row.question.decision, "clarify"));
	assert_true(row.question.chosen.len > 0);
	talk_ask_until(talk, "sai rồi", "Xin lỗi");
	row = talk_last_question(talk, &arena);
	assert_true(text_is(row.question.label, "disputed"));
	be_vague(talk);
	talk_ask_until(talk, "khong phai", "ghi lại để cán bộ");
	row = talk_last_question(talk, &arena);
	assert_true(text_is(row.question.label, "declined"));
	arena_fini(&arena);
}

static void
what_is_not_understood_is_said_again(void **state)
{
	struct talk *talk = *state;

	(void)talk_ask(talk, "chữ ký số là gì");
	assert_holds(talk_ask(talk, "không hiểu"), "nói ngắn lại");
}

static void
a_person_is_called_and_the_bot_called_back(void **state)
{
	struct talk *talk = *state;
	struct question_row row;
	struct arena arena;

	assert_holds(talk_ask(talk, "gặp cán bộ"), "gõ BOT");
	talk_say_in_vain(talk, "chữ ký số là gì");
	arena_init(&arena, SIZE_MAX);
	row = talk_last_question(talk, &arena);
	assert_true(text_is(row.question.text, "chữ ký số là gì"));
	assert_true(text_is(row.question.decision, "handoff"));
	arena_fini(&arena);
	assert_holds(talk_ask(talk, "bot"), "đã trở lại");
	assert_holds(talk_ask(talk, "quên mã PIN ký số"), "“Quên mã PIN”");
}

static void
a_citizen_is_erased_after_a_yes_and_not_before(void **state)
{
	static const char asked[] = "làm hộ chiếu ở đâu";
	struct talk *talk = *state;

	(void)talk_ask(talk, asked);
	assert_holds(
	    talk_ask(talk, "xoa du lieu cua toi"), "không lấy lại được");
	assert_true(service_file_holds(&talk->service, asked));
	assert_holds(talk_ask(talk, "giữ lại"), "giữ nguyên");
	assert_holds(talk_ask_and_tap(
			 talk, "Xóa dữ liệu của tôi!", "Xóa hết", "erase:yes"),
	    "Đã xóa");
	service_wait_counts(&talk->service, service_queued_is, 0);
	service_stop(&talk->service);
	assert_false(service_file_holds(&talk->service, asked));
	if (!talk->on_page)
		assert_false(
		    service_file_holds(&talk->service, talk->phone.citizen));
	service_start(&talk->service);
	/* A stranger again. */
	assert_holds(talk_ask(talk, "xin chào"), "180 ngày");
}

static void
a_flood_is_slowed_down_once(void **state)
{
	static const char *const variables[] = {
		"HOIDAP_CITIZEN_MESSAGES_PER_MINUTE=2", NULL
	};
	struct talk *talk = *state;

	talk_reopen(talk, variables, NULL);
	(void)talk_ask(talk, "xin chào");
	(void)talk_ask(talk, "chữ ký số là gì");
	assert_holds(talk_ask(talk, "quên mã PIN ký số"), "nhắn nhanh quá");
	talk_say_in_vain(talk, "nộp hồ sơ trực tuyến thế nào");
	service_pass_ms(&talk->service, 61000);
	assert_holds(talk_ask(talk, "chữ ký số là gì"), "Chữ ký số là cách");
}

static void
an_impatient_thumb_gets_one_answer(void **state)
{
	static const char *const variables[] = {
		"HOIDAP_CITIZEN_REPEAT_SECONDS=30", NULL
	};
	struct talk *talk = *state;

	talk_reopen(talk, variables, NULL);
	(void)talk_ask(talk, "chữ ký số là gì");
	talk_say_in_vain(talk, "chữ ký số là gì");
	service_pass_ms(&talk->service, 31000);
	assert_holds(talk_ask(talk, "chữ ký số là gì"), "Chữ ký số là cách");
}

#define TALK(test, phone)                                                      \
	cmocka_unit_test_prestate_setup_teardown(                              \
	    test, talk_setup, talk_teardown, phone)
#define TALKS(phone)                                                               \
	{                                                                          \
		TALK(                                                              \
		    the_first_answer_comes_with_the_notice_and_the_second_without, \
		    phone),                                                        \
		    TALK(what_is_said_of_choices_is_kept_for_staff, phone),        \
		    TALK(what_is_not_understood_is_said_again, phone),             \
		    TALK(a_person_is_called_and_the_bot_called_back, phone),       \
		    TALK(a_citizen_is_erased_after_a_yes_and_not_before,           \
			phone),                                                    \
		    TALK(a_flood_is_slowed_down_once, phone),                      \
		    TALK(an_impatient_thumb_gets_one_answer, phone),               \
	}

int
main(void)
{
	const struct CMUnitTest on_messenger[] = TALKS(&phones[0]);
	const struct CMUnitTest on_zalo[] = TALKS(&phones[1]);
	const struct CMUnitTest on_the_page[] = TALKS(&phones[2]);

	return cmocka_run_group_tests_name(
		   "steering on Messenger", on_messenger, NULL, NULL) +
	       cmocka_run_group_tests_name(
		   "steering on Zalo", on_zalo, NULL, NULL) +
	       cmocka_run_group_tests_name(
		   "steering on the page", on_the_page, NULL, NULL);
}
