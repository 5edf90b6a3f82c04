/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* From webhook to reply, the same on every channel that pushes. */
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/phone.h"

/* One service with one citizen of one channel. */
struct talk {
	struct service service;
	struct phone phone;
};

static struct phone phones[] = {
	{ .channel = "messenger", .citizen = "7001112223334445" },
	{ .channel = "zalo", .citizen = "8001112223334445" },
};

static int
setup(void **state)
{
	struct talk *talk = calloc(1, sizeof(*talk));

	assert_non_null(talk);
	talk->phone = *(const struct phone *)*state;
	talk->phone.service = &talk->service;
	service_open(&talk->service);
	*state = talk;
	return 0;
}

static int
teardown(void **state)
{
	struct talk *talk = *state;

	service_close(&talk->service);
	free(talk);
	return 0;
}

static void
assert_holds(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" has no \"%s\"", text, part);
}

static void
a_question_is_answered_with_source_and_date(void **state)
{
	struct talk *talk = *state;
	const char *text = phone_ask(&talk->phone, "chu ky so la gi");

	assert_holds(text, "Chữ ký số là cách ký tên");
	assert_holds(text, "Nguồn: Luật Giao dịch điện tử.");
	assert_holds(text, "Cập nhật: 24/11/2026.");
}

static void
a_tap_brings_its_payload_back(void **state)
{
	struct talk *talk = *state;
	struct phone *phone = &talk->phone;
	const json_t *row;
	const json_t *button;

	assert_int_equal(phone_say(phone, "Chữ ký số là gì?"), 200);
	row = phone_next(phone);
	button = phone_button(row, "Chi phí ký số");
	assert_int_equal(
	    phone_tap(phone, "Chi phí ký số", record_text(button, "payload")),
	    200);
	phone_hears(phone, "Chi phí ký số do nhà cung cấp");
}

static void
a_typed_number_works_as_the_tap(void **state)
{
	struct talk *talk = *state;

	(void)phone_ask(&talk->phone, "Chữ ký số là gì?");
	assert_holds(phone_ask(&talk->phone, "3"), "“Quên mã PIN”");
}

static void
a_link_that_is_typed_as_a_number_is_told(void **state)
{
	struct talk *talk = *state;

	(void)phone_ask(&talk->phone, "Chữ ký số là gì?");
	assert_holds(
	    phone_ask(&talk->phone, "1"), "https://dichvucong.gov.vn/ky-so");
}

static void
what_is_no_text_gets_a_kind_word(void **state)
{
	static const struct {
		const char *kind, *heard;
	} cases[] = {
		{ "image", "chưa đọc được hình ảnh" },
		{ "sticker", "gõ câu hỏi bằng chữ" },
		{ "audio", "chưa nghe được" },
		{ "location", "đã gửi vị trí" },
	};
	struct talk *talk = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(
		    phone_attach(&talk->phone, cases[i].kind), 200);
		phone_hears(&talk->phone, cases[i].heard);
	}
}

static void
who_opens_the_conversation_is_welcomed(void **state)
{
	struct talk *talk = *state;

	assert_int_equal(phone_follow(&talk->phone), 200);
	phone_hears(&talk->phone, "Xin chào anh/chị!");
}

/* The newest row of the question log; its texts live in ARENA. */
static struct question_row
last_question(struct service *service, struct arena *arena)
{
	const struct question_filter filter = { .limit = 1 };
	struct question_row *rows = NULL;
	size_t count = 0;

	assert_int_equal(store_questions(app_store(service->app), &filter,
			     arena, &rows, &count),
	    OK);
	assert_int_equal(count, 1);
	return rows[0];
}

static void
an_unknown_question_is_not_guessed_but_kept_for_staff(void **state)
{
	static const char asked[] = "làm hộ chiếu ở đâu";
	struct talk *talk = *state;
	struct question_row row;
	struct arena arena;

	assert_holds(
	    phone_ask(&talk->phone, asked), "chưa có câu trả lời chắc chắn");
	arena_init(&arena, SIZE_MAX);
	row = last_question(&talk->service, &arena);
	assert_true(text_is(row.question.text, asked));
	assert_true(text_is(row.question.decision, "unanswered"));
	assert_true(text_is(row.channel, talk->phone.channel));
	arena_fini(&arena);
}

static void
none_of_the_personal_numbers_is_kept_anywhere(void **state)
{
	static const char *const numbers[] = { "079123456789", "0912345678",
		"an.nguyen@example.com" };
	struct talk *talk = *state;
	struct service *service = &talk->service;
	const char *heard;

	heard = phone_ask(&talk->phone,
	    "căn cước của tôi là 079123456789, gọi 0912345678 hoặc "
	    "an.nguyen@example.com, làm hộ chiếu ở đâu");
	assert_holds(heard, "không cần và không nên gửi số căn cước");
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		assert_false(service_file_holds(service, numbers[i]));
		assert_null(strstr(heard, numbers[i]));
		assert_int_equal(log_watch_count(&service->log, numbers[i]), 0);
	}
	assert_true(service_file_holds(service, "làm hộ chiếu"));
	service_stop(service);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		assert_false(service_file_holds(service, numbers[i]));
	service_start(service);
}

static void
a_long_answer_comes_in_parts_and_in_order(void **state)
{
	struct talk *talk = *state;
	struct phone *phone = &talk->phone;
	unsigned step = 0;
	unsigned parts = 0;

	assert_int_equal(phone_say(phone, "nộp hồ sơ trực tuyến thế nào"), 200);
	while (step < 12) {
		const char *text = phone_hear(phone);

		parts++;
		for (;;) {
			char next[32];

			(void)snprintf(
			    next, sizeof(next), "Bước thứ %u:", step + 1);
			text = strstr(text, next);
			if (text == NULL)
				break;
			step++;
		}
	}
	assert_in_range(parts, 3, 14);
}

static void
a_reply_of_staff_silences_the_bot(void **state)
{
	struct talk *talk = *state;
	struct phone *phone = &talk->phone;
	struct phone other = { .service = &talk->service,
		.channel = phone->channel,
		.citizen = "9009009009009" };

	(void)phone_ask(phone, "xin chào");
	assert_int_equal(phone_staff(phone, "Để tôi giúp anh/chị."), 200);
	assert_int_equal(phone_say(phone, "chữ ký số là gì"), 200);
	/* Had there been a reply, it would have gone before this one. */
	assert_holds(phone_ask(&other, "xin chào"), "Xin chào");
	service_wait_counts(&talk->service, service_queued_is, 0);
	assert_int_equal(phone_count(phone), 1);
}

static void
our_own_echo_silences_nobody(void **state)
{
	struct talk *talk = *state;
	struct phone *phone = &talk->phone;
	const struct record_filter echo = { .api = "webhook",
		.channel = phone->channel,
		.citizen = phone->citizen };
	size_t at = 0;

	service_switch(&talk->service, "{\"echoes\": true}");
	(void)phone_ask(phone, "xin chào");
	while (
	    strcmp(record_text(
		       record_wait(&talk->service.record, &echo, &at), "event"),
		"echo") != 0)
		continue;
	assert_holds(phone_ask(phone, "chữ ký số là gì"), "Chữ ký số là");
}

#define TALK(test, phone)                                                      \
	cmocka_unit_test_prestate_setup_teardown(test, setup, teardown, phone)
#define TALKS(phone)                                                           \
	{                                                                      \
		TALK(a_question_is_answered_with_source_and_date, phone),      \
		    TALK(a_tap_brings_its_payload_back, phone),                \
		    TALK(a_typed_number_works_as_the_tap, phone),              \
		    TALK(a_link_that_is_typed_as_a_number_is_told, phone),     \
		    TALK(what_is_no_text_gets_a_kind_word, phone),             \
		    TALK(who_opens_the_conversation_is_welcomed, phone),       \
		    TALK(                                                      \
			an_unknown_question_is_not_guessed_but_kept_for_staff, \
			phone),                                                \
		    TALK(                                                      \
			none_of_the_personal_numbers_is_kept_anywhere, phone), \
		    TALK(a_long_answer_comes_in_parts_and_in_order, phone),    \
		    TALK(a_reply_of_staff_silences_the_bot, phone),            \
		    TALK(our_own_echo_silences_nobody, phone),                 \
	}

int
main(void)
{
	const struct CMUnitTest on_messenger[] = TALKS(&phones[0]);
	const struct CMUnitTest on_zalo[] = TALKS(&phones[1]);

	return cmocka_run_group_tests_name(
		   "a conversation on Messenger", on_messenger, NULL, NULL) +
	       cmocka_run_group_tests_name(
		   "a conversation on Zalo", on_zalo, NULL, NULL);
}
