/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What citizens say of the answers, and of the bot, on all three channels. */
#include "tests/support/cmocka_all.h"

#include <string.h>

#include "tests/support/talk.h"

static struct phone phones[] = {
	{ .channel = "messenger", .citizen = "7001112223334445" },
	{ .channel = "zalo", .citizen = "8001112223334445" },
	{ .channel = "webchat", .citizen = "" },
};

static void
assert_holds(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" has no \"%s\"", text, part);
}

static void
assert_last(struct talk *talk, const char *label, const char *words)
{
	struct question_row row;
	struct arena arena;

	arena_init(&arena, SIZE_MAX);
	row = talk_last_question(talk, &arena);
	if (!text_is(row.question.label, label) ||
	    !text_is(row.question.words, words))
		fail_msg("label \"%.*s\", words \"%.*s\"",
		    TEXT_ARGS(row.question.label),
		    TEXT_ARGS(row.question.words));
	arena_fini(&arena);
}

static void
a_no_and_its_reason_are_kept_for_staff(void **state)
{
	struct talk *talk = *state;

	assert_holds(
	    talk_ask_and_tap(talk, "quên mã PIN ký số", "Chưa", "helped:no"),
	    "thiếu hay sai chỗ nào");
	assert_last(talk, "unhelpful", "");
	assert_holds(
	    talk_ask(talk, "mở ra không thấy nút đó, gọi 0912345678 nhé"),
	    "góp ý đã được ghi lại");
	assert_last(talk, "unhelpful",
	    "mở ra không thấy nút đó, gọi [số điện thoại] nhé");
	assert_false(service_file_holds(&talk->service, "0912345678"));
}

static void
a_yes_is_kept_and_not_asked_for_again(void **state)
{
	struct talk *talk = *state;
	static const char asked[] = "giúp được anh/chị không?";

	assert_holds(talk_ask(talk, "quên mã PIN ký số"), asked);
	assert_holds(talk_ask(talk, "có"), "Cảm ơn anh/chị");
	assert_last(talk, "helped", "");
	assert_null(strstr(talk_ask(talk, "chi phí ký số bao nhiêu"), asked));
}

static void
an_insult_is_answered_once(void **state)
{
	struct talk *talk = *state;

	assert_holds(talk_ask(talk, "đồ ngu"), "xin lỗi");
	talk_say_in_vain(talk, "bot ngu quá");
	assert_holds(talk_ask(talk, "quên mã PIN ký số"), "chọn “Quên mã PIN”");
}

#define TALK(test, phone)                                                      \
	cmocka_unit_test_prestate_setup_teardown(                              \
	    test, talk_setup, talk_teardown, phone)
#define TALKS(phone)                                                           \
	{                                                                      \
		TALK(a_no_and_its_reason_are_kept_for_staff, phone),           \
		    TALK(a_yes_is_kept_and_not_asked_for_again, phone),        \
		    TALK(an_insult_is_answered_once, phone),                   \
	}

int
main(void)
{
	const struct CMUnitTest on_messenger[] = TALKS(&phones[0]);
	const struct CMUnitTest on_zalo[] = TALKS(&phones[1]);
	const struct CMUnitTest on_the_page[] = TALKS(&phones[2]);

	return cmocka_run_group_tests_name(
		   "feedback on Messenger", on_messenger, NULL, NULL) +
	       cmocka_run_group_tests_name(
		   "feedback on Zalo", on_zalo, NULL, NULL) +
	       cmocka_run_group_tests_name(
		   "feedback on the page", on_the_page, NULL, NULL);
}
