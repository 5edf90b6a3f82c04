/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One message that is several questions, several messages that are one, and
 * what leans on the answer before, the same on all three channels. */
#include "tests/support/cmocka_all.h"

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

/* Wait for the rest of a question. */
static void
open_patient(struct talk *talk)
{
	static const char *const variables[] = { "HOIDAP_BURST_WAIT_MS=4000",
		NULL };

	talk_reopen(talk, variables, NULL);
}

static uint64_t
question_count(struct talk *talk)
{
	struct store_counts counts;

	assert_int_equal(
	    store_count(app_store(talk->service.app), &counts), OK);
	return counts.questions;
}

static void
assert_last(struct talk *talk, const char *text, const char *entry)
{
	struct question_row row;
	struct arena arena;

	arena_init(&arena, SIZE_MAX);
	row = talk_last_question(talk, &arena);
	if (!text_is(row.question.text, text) ||
	    !text_is(row.question.entry, entry))
		fail_msg("\"%.*s\" -> \"%.*s\"", TEXT_ARGS(row.question.text),
		    TEXT_ARGS(row.question.entry));
	arena_fini(&arena);
}

static void
several_questions_are_answered_in_one_reply(void **state)
{
	struct talk *talk = *state;

	talk_reopen(talk, NULL, "faq");
	talk_ask_until(talk,
	    "Quên mật khẩu VNeID thì làm sao? Làm hộ chiếu thế nào?",
	    "■ Làm hộ chiếu");
	assert_int_equal(question_count(talk), 1);
}

static void
a_bare_question_leans_on_the_answer_before(void **state)
{
	struct talk *talk = *state;

	talk_reopen(talk, NULL, "faq");
	talk_ask_until(talk, "đăng ký tạm trú thế nào", "Nguồn:");
	talk_ask_until(talk, "còn phí thì sao?", "Về “");
	assert_last(talk, "còn phí thì sao?", "dang-ky-tam-tru");
}

static void
pieces_become_one_question_and_one_reply(void **state)
{
	struct talk *talk = *state;

	open_patient(talk);
	talk_say(talk, "anh ơi");
	assert_string_equal(talk->heard, "");
	talk_say(talk, "em ơi");
	assert_string_equal(talk->heard, "");
	talk_ask_until(talk, "mã pin ký số", "“Quên mã PIN”");
	assert_int_equal(question_count(talk), 1);
	assert_last(talk, "anh ơi em ơi mã pin ký số", "quen-ma-pin");
	/* Those that were taken back never come. */
	service_pass_ms(&talk->service, 20000);
	service_wait_counts(&talk->service, service_queued_is, 0);
	if (talk->on_page)
		assert_string_equal(talk_hear(talk), "");
}

static void
a_piece_without_a_rest_is_answered_when_the_wait_is_over(void **state)
{
	struct talk *talk = *state;

	open_patient(talk);
	talk_say(talk, "anh ơi");
	if (talk->on_page)
		assert_string_equal(talk_hear(talk), "");
	service_wait_counts(&talk->service, service_queued_is, 1);
	service_pass_ms(&talk->service, 4100);
	assert_true(strlen(talk_hear(talk)) > 0);
}

static void
a_whole_question_does_not_wait(void **state)
{
	struct talk *talk = *state;

	open_patient(talk);
	assert_true(has(talk_ask(talk, "làm hộ chiếu ở đâu"),
	    "chưa có câu trả lời chắc chắn"));
}

static void
a_held_reply_survives_a_restart(void **state)
{
	struct talk *talk = *state;

	open_patient(talk);
	talk_say(talk, "anh ơi");
	open_patient(talk);
	talk_ask_until(talk, "mã pin ký số", "“Quên mã PIN”");
	assert_int_equal(question_count(talk), 1);
	service_pass_ms(&talk->service, 20000);
	service_wait_counts(&talk->service, service_queued_is, 0);
}

static void
a_held_reply_goes_before_the_one_that_does_not_wait(void **state)
{
	struct talk *talk = *state;
	const char *heard;

	open_patient(talk);
	talk_say(talk, "anh ơi");
	heard = talk_ask(talk, "gặp cán bộ");
	assert_true(has(heard, "Có phải ý") || has(heard, "chưa có câu trả"));
	if (!talk->on_page)
		heard = talk_hear(talk);
	assert_true(has(heard, "cán bộ"));
}

#define TALK(test, phone)                                                      \
	cmocka_unit_test_prestate_setup_teardown(                              \
	    test, talk_setup, talk_teardown, phone)
#define TALKS(phone)                                                              \
	{                                                                         \
		TALK(several_questions_are_answered_in_one_reply, phone),         \
		    TALK(a_bare_question_leans_on_the_answer_before, phone),      \
		    TALK(pieces_become_one_question_and_one_reply, phone),        \
		    TALK(                                                         \
			a_piece_without_a_rest_is_answered_when_the_wait_is_over, \
			phone),                                                   \
		    TALK(a_whole_question_does_not_wait, phone),                  \
		    TALK(a_held_reply_survives_a_restart, phone),                 \
		    TALK(a_held_reply_goes_before_the_one_that_does_not_wait,     \
			phone),                                                   \
	}

int
main(void)
{
	const struct CMUnitTest on_messenger[] = TALKS(&phones[0]);
	const struct CMUnitTest on_zalo[] = TALKS(&phones[1]);
	const struct CMUnitTest on_the_page[] = TALKS(&phones[2]);

	return cmocka_run_group_tests_name(
		   "pieces on Messenger", on_messenger, NULL, NULL) +
	       cmocka_run_group_tests_name(
		   "pieces on Zalo", on_zalo, NULL, NULL) +
	       cmocka_run_group_tests_name(
		   "pieces on the page", on_the_page, NULL, NULL);
}
