/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What keeps a conversation on its way, from the first notice to the last
 * erasure, the same on all three channels. */
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/http_client.h"
#include "tests/support/phone.h"

enum { SESSION_SIZE = 64, HEARD_SIZE = 8192 };

/* One service with one citizen, who holds a phone or sits at the page. */
struct talk {
	struct service service;
	struct phone phone;
	bool on_page;
	char session[SESSION_SIZE];
	char heard[HEARD_SIZE];
};

static struct phone phones[] = {
	{ .channel = "messenger", .citizen = "7001112223334445" },
	{ .channel = "zalo", .citizen = "8001112223334445" },
	{ .channel = "webchat", .citizen = "" },
};

static int
setup(void **state)
{
	struct talk *talk = calloc(1, sizeof(*talk));

	assert_non_null(talk);
	talk->phone = *(const struct phone *)*state;
	talk->phone.service = &talk->service;
	talk->on_page = strcmp(talk->phone.channel, "webchat") == 0;
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

/* Open again with other settings or another base. */
static void
reopen(struct talk *talk, const char *const *variables, const char *faq_dir)
{
	service_stop(&talk->service);
	talk->service.variables = variables;
	talk->service.faq_dir = faq_dir;
	service_start(&talk->service);
}

/* ---- saying and hearing ---- */

/* Keeps the messages of ANSWER, which is taken. */
static void
hear_page(struct talk *talk, struct http_client_answer answer)
{
	json_t *said = json_loadb(answer.body, answer.body_len, 0, NULL);
	const json_t *message;
	size_t i;

	assert_int_equal(answer.status, 200);
	free(answer.text);
	talk->heard[0] = '\0';
	(void)snprintf(talk->session, sizeof(talk->session), "%s",
	    record_text(said, "session"));
	json_array_foreach(json_object_get(said, "messages"), i, message)
	{
		size_t len = strlen(talk->heard);

		(void)snprintf(talk->heard + len, HEARD_SIZE - len, "%s\n",
		    record_text(message, "text"));
		talk->phone.seen =
		    (size_t)json_integer_value(json_object_get(message, "id"));
	}
	json_decref(said);
}

/* Takes BODY. */
static void
post_page(struct talk *talk, json_t *body)
{
	char headers[256];
	char *text;

	assert_int_equal(json_object_set_new(body, "after",
			     json_integer((json_int_t)talk->phone.seen)),
	    0);
	text = json_dumps(body, 0);
	json_decref(body);
	assert_non_null(text);
	(void)snprintf(headers, sizeof(headers),
	    "Content-Type: application/json\r\n%s%s%s",
	    talk->session[0] == '\0' ? "" : "X-Hoidap-Session: ", talk->session,
	    talk->session[0] == '\0' ? "" : "\r\n");
	hear_page(talk, http_client_call(talk->service.port, "POST",
			    "/api/v1/chat", headers, text_of(text)));
	free(text);
}

static const char *
ask(struct talk *talk, const char *text)
{
	if (!talk->on_page)
		return phone_ask(&talk->phone, text);
	post_page(talk, json_pack("{s:s}", "text", text));
	return talk->heard;
}

/* Say TEXT, then tap the button with TITLE that comes; PAYLOAD is what we gave
 * it, which a platform may wrap. */
static const char *
ask_and_tap(
    struct talk *talk, const char *text, const char *title, const char *payload)
{
	const json_t *button;

	if (talk->on_page) {
		(void)ask(talk, text);
		post_page(talk, json_pack("{s:s, s:s}", "payload", payload,
				    "title", title));
		return talk->heard;
	}
	assert_int_equal(phone_say(&talk->phone, text), 200);
	button = phone_button(phone_next(&talk->phone), title);
	assert_int_equal(
	    phone_tap(&talk->phone, title, record_text(button, "payload")),
	    200);
	return phone_hear(&talk->phone);
}

/* The same after a long answer, whose last parts may still come. */
static void
ask_until(struct talk *talk, const char *text, const char *part)
{
	const char *heard = ask(talk, text);

	while (!talk->on_page && strstr(heard, part) == NULL)
		heard = phone_hear(&talk->phone);
	if (strstr(heard, part) == NULL)
		fail_msg("\"%s\" has no \"%s\"", heard, part);
}

static void
say_in_vain(struct talk *talk, const char *text)
{
	size_t before;

	if (talk->on_page) {
		assert_string_equal(ask(talk, text), "");
		return;
	}
	service_wait_counts(&talk->service, service_queued_is, 0);
	before = phone_count(&talk->phone);
	assert_int_equal(phone_say(&talk->phone, text), 200);
	service_wait_counts(&talk->service, service_queued_is, 0);
	assert_int_equal(phone_count(&talk->phone), before);
}

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

/* The newest row of the question log; its texts live in ARENA. */
static struct question_row
last_question(struct talk *talk, struct arena *arena)
{
	const struct question_filter filter = { .limit = 1 };
	struct question_row *rows = NULL;
	size_t count = 0;

	assert_int_equal(store_questions(app_store(talk->service.app), &filter,
			     arena, &rows, &count),
	    OK);
	assert_int_equal(count, 1);
	return rows[0];
}

/* Ask something of the shipped base that is so vague that choices come. */
static void
be_vague(struct talk *talk)
{
	static const char *const vague[] = { "hồ sơ", "đăng ký", "lệ phí",
		"giấy tờ", "thủ tục", "tài khoản" };

	for (size_t i = 0; i < sizeof(vague) / sizeof(vague[0]); i++)
		if (has(ask(talk, vague[i]), "Có phải ý anh/chị là"))
			return;
	fail_msg("the base has become too sure");
}

/* ---- tests ---- */

static void
the_first_answer_comes_with_the_notice_and_the_second_without(void **state)
{
	struct talk *talk = *state;
	const char *text = ask(talk, "xin chào");

	assert_holds(text, "Đây là trợ lý tự động.");
	assert_holds(text, "180 ngày");
	assert_holds(text, "Xin chào anh/chị!");
	assert_false(has(ask(talk, "chữ ký số là gì"), "180 ngày"));
}

static void
what_is_said_of_choices_is_kept_for_staff(void **state)
{
	struct talk *talk = *state;
	struct question_row row;
	struct arena arena;

	arena_init(&arena, SIZE_MAX);
	reopen(talk, NULL, "faq");
	be_vague(talk);
	(void)ask(talk, "cái thứ hai");
	row = last_question(talk, &arena);
	assert_true(text_is(row.question.decision, "clarify"));
	assert_true(row.question.chosen.len > 0);
	ask_until(talk, "sai rồi", "Xin lỗi");
	row = last_question(talk, &arena);
	assert_true(text_is(row.question.label, "disputed"));
	be_vague(talk);
	ask_until(talk, "khong phai", "ghi lại để cán bộ");
	row = last_question(talk, &arena);
	assert_true(text_is(row.question.label, "declined"));
	arena_fini(&arena);
}

static void
what_is_not_understood_is_said_again(void **state)
{
	struct talk *talk = *state;

	(void)ask(talk, "chữ ký số là gì");
	assert_holds(ask(talk, "không hiểu"), "nói ngắn lại");
}

static void
a_person_is_called_and_the_bot_called_back(void **state)
{
	struct talk *talk = *state;
	struct question_row row;
	struct arena arena;

	assert_holds(ask(talk, "gặp cán bộ"), "gõ BOT");
	say_in_vain(talk, "chữ ký số là gì");
	arena_init(&arena, SIZE_MAX);
	row = last_question(talk, &arena);
	assert_true(text_is(row.question.text, "chữ ký số là gì"));
	assert_true(text_is(row.question.decision, "handoff"));
	arena_fini(&arena);
	assert_holds(ask(talk, "bot"), "đã trở lại");
	assert_holds(ask(talk, "quên mã PIN ký số"), "“Quên mã PIN”");
}

static void
a_citizen_is_erased_after_a_yes_and_not_before(void **state)
{
	static const char asked[] = "làm hộ chiếu ở đâu";
	struct talk *talk = *state;

	(void)ask(talk, asked);
	assert_holds(ask(talk, "xoa du lieu cua toi"), "không lấy lại được");
	assert_true(service_file_holds(&talk->service, asked));
	assert_holds(ask(talk, "giữ lại"), "giữ nguyên");
	assert_holds(
	    ask_and_tap(talk, "Xóa dữ liệu của tôi!", "Xóa hết", "erase:yes"),
	    "Đã xóa");
	service_wait_counts(&talk->service, service_queued_is, 0);
	service_stop(&talk->service);
	assert_false(service_file_holds(&talk->service, asked));
	if (!talk->on_page)
		assert_false(
		    service_file_holds(&talk->service, talk->phone.citizen));
	service_start(&talk->service);
	/* A stranger again. */
	assert_holds(ask(talk, "xin chào"), "180 ngày");
}

static void
a_flood_is_slowed_down_once(void **state)
{
	static const char *const variables[] = {
		"HOIDAP_CITIZEN_MESSAGES_PER_MINUTE=2", NULL
	};
	struct talk *talk = *state;

	reopen(talk, variables, NULL);
	(void)ask(talk, "xin chào");
	(void)ask(talk, "chữ ký số là gì");
	assert_holds(ask(talk, "quên mã PIN ký số"), "nhắn nhanh quá");
	say_in_vain(talk, "nộp hồ sơ trực tuyến thế nào");
	service_pass_ms(&talk->service, 61000);
	assert_holds(ask(talk, "chữ ký số là gì"), "Chữ ký số là cách");
}

static void
an_impatient_thumb_gets_one_answer(void **state)
{
	static const char *const variables[] = {
		"HOIDAP_CITIZEN_REPEAT_SECONDS=30", NULL
	};
	struct talk *talk = *state;

	reopen(talk, variables, NULL);
	(void)ask(talk, "chữ ký số là gì");
	say_in_vain(talk, "chữ ký số là gì");
	service_pass_ms(&talk->service, 31000);
	assert_holds(ask(talk, "chữ ký số là gì"), "Chữ ký số là cách");
}

#define TALK(test, phone)                                                      \
	cmocka_unit_test_prestate_setup_teardown(test, setup, teardown, phone)
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
