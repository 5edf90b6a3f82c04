/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What staff do for citizens: answer them later, within the platforms' rules,
 * take their conversations, and put words before answers or in their place. */
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "desk.h"
#include "store_notice.h"
#include "tests/support/phone.h"

#define UNKNOWN "làm hộ chiếu ở đâu"
#define KNOWN "chữ ký số là gì"
#define KNOWN_ANSWER "Chữ ký số là cách"

static const uint64_t hour_ms = 3600 * 1000;

/* One service with one citizen of one channel, and the desk of its staff. */
struct talk {
	struct service service;
	struct phone phone;
	struct desk desk;
	struct arena arena;
	uint64_t question; /* that nobody has answered yet */
};

static struct phone phones[] = {
	{ .channel = "messenger", .citizen = "7001112223334445" },
	{ .channel = "zalo", .citizen = "8001112223334445" },
};

/* Meta is told where to look for the state of an erasure. */
static const char *const variables[] = {
	"HOIDAP_PUBLIC_URL=https://hoidap.example.vn", NULL
};

static int
setup(void **state)
{
	struct talk *talk = calloc(1, sizeof(*talk));

	assert_non_null(talk);
	talk->phone = *(const struct phone *)*state;
	talk->phone.service = &talk->service;
	talk->service.variables = variables;
	service_open(&talk->service);
	talk->desk = (struct desk){ .store = app_store(talk->service.app),
		.silent_ms = hour_ms };
	arena_init(&talk->arena, 64 << 20);
	*state = talk;
	return 0;
}

static int
teardown(void **state)
{
	struct talk *talk = *state;

	service_close(&talk->service);
	arena_fini(&talk->arena);
	free(talk);
	return 0;
}

static bool
on_messenger(const struct talk *talk)
{
	return strcmp(talk->phone.channel, "messenger") == 0;
}

/* ---- the desk ---- */

static struct audit_line
line_of(const char *action)
{
	return (struct audit_line){ .at_ms = clock_now_ms(),
		.user = 7,
		.login = TEXT("lan"),
		.action = text_of(action),
		.subject = TEXT("test"),
		.why = TEXT("thử") };
}

static struct question_row
last_question(struct talk *talk)
{
	const struct question_filter filter = { .limit = 1 };
	struct question_row *rows = NULL;
	size_t count = 0;

	assert_int_equal(store_questions(talk->desk.store, &filter,
			     &talk->arena, &rows, &count),
	    OK);
	assert_int_equal(count, 1);
	return rows[0];
}

static struct asker
asker_of(struct talk *talk)
{
	struct asker *askers = NULL;
	size_t count = 0;

	assert_int_equal(store_reach_askers(talk->desk.store, &talk->question,
			     1, &talk->arena, &askers, &count),
	    OK);
	assert_int_equal(count, 1);
	return askers[0];
}

static struct reach_counts
answer_later(struct talk *talk, bool paid)
{
	const struct reply reply = { .text = TEXT("Ở phường ạ.") };
	struct asker asker = asker_of(talk);
	struct audit_line line = line_of("question.reply");
	const struct desk_answer answer = { .questions = &asker.question,
		.count = 1,
		.reply = &reply,
		.paid = paid,
		.now_ms = line.at_ms };
	struct reach_counts shown;
	struct reach_counts done;
	struct window_terms terms = desk_terms(&talk->desk, line.at_ms);

	reach_count(&asker, 1, &terms, paid, &shown);
	assert_int_equal(
	    desk_answer(&talk->desk, &answer, &line, &talk->arena, &done), OK);
	assert_memory_equal(&shown, &done, sizeof(done));
	return done;
}

static enum result
steer(struct talk *talk, enum takeover_act act, const char *words)
{
	struct audit_line line = line_of("conversation.steer");
	const struct desk_order order = { .citizen = asker_of(talk).citizen,
		.act = act,
		.words = text_of(words),
		.now_ms = line.at_ms };
	uint64_t delivery;

	return desk_steer(&talk->desk, &order, &line, &talk->arena, &delivery);
}

static void
post_notices(struct talk *talk)
{
	assert_int_equal(store_notices_post(talk->desk.store, clock_now_ms(),
			     app_notices(talk->service.app)),
	    OK);
}

static struct reply_row
only_parked(struct talk *talk)
{
	const struct reply_filter filter = { .limit = 10 };
	struct reply_row *rows = NULL;
	size_t count = 0;

	service_wait_counts(&talk->service, service_parked_is, 1);
	assert_int_equal(store_reach_replies(talk->desk.store, &filter,
			     &talk->arena, &rows, &count),
	    OK);
	assert_int_equal(count, 1);
	return rows[0];
}

/* ---- the citizen ---- */

static void
do_at_phone(struct talk *talk, const char *path, const char *payload)
{
	json_t *said = service_control(&talk->service, path,
	    json_pack("{s:s, s:s, s:s}", "channel", talk->phone.channel,
		"citizen", talk->phone.citizen, "payload", payload));

	assert_int_equal(
	    json_integer_value(json_object_get(said, "status")), 200);
	json_decref(said);
}

static void
say_in_vain(struct talk *talk, const char *text)
{
	size_t before;

	service_wait_counts(&talk->service, service_queued_is, 0);
	before = phone_count(&talk->phone);
	assert_int_equal(phone_say(&talk->phone, text), 200);
	service_wait_counts(&talk->service, service_queued_is, 0);
	assert_int_equal(phone_count(&talk->phone), before);
}

static void
ask_the_unknown(struct talk *talk)
{
	assert_int_equal(phone_say(&talk->phone, UNKNOWN), 200);
	phone_hears(&talk->phone, "chưa có câu trả lời");
	service_wait_counts(&talk->service, service_queued_is, 0);
	talk->question = last_question(talk).id;
}

/* ---- answering later ---- */

static void
a_question_is_answered_days_later_and_once(void **state)
{
	struct talk *talk = *state;
	enum reach reach = on_messenger(talk) ? REACH_HUMAN : REACH_BILLABLE;
	struct reach_counts done;
	const json_t *row;
	const json_t *body;
	size_t before;

	ask_the_unknown(talk);
	service_pass_ms(&talk->service, 3 * 24 * hour_ms);
	done = answer_later(talk, true);
	assert_int_equal(done.replies[reach], 1);
	row = phone_next(&talk->phone);
	assert_non_null(strstr(record_text(row, "text"), "“" UNKNOWN "”"));
	assert_non_null(strstr(record_text(row, "text"), "Ở phường ạ."));
	assert_true(json_is_true(json_object_get(row, "accepted")));
	body = json_object_get(row, "body");
	if (on_messenger(talk)) {
		assert_string_equal(
		    record_text(body, "messaging_type"), "MESSAGE_TAG");
		assert_string_equal(record_text(body, "tag"), "HUMAN_AGENT");
	}
	service_wait_counts(&talk->service, service_queued_is, 0);
	before = phone_count(&talk->phone);
	done = answer_later(talk, true);
	assert_int_equal(done.told, 1);
	service_wait_counts(&talk->service, service_queued_is, 0);
	assert_int_equal(phone_count(&talk->phone), before);
}

static void
within_the_window_a_person_writes_as_the_bot_does(void **state)
{
	struct talk *talk = *state;
	const json_t *row;

	ask_the_unknown(talk);
	service_pass_ms(&talk->service, 20 * hour_ms);
	assert_int_equal(answer_later(talk, false).replies[REACH_FREE], 1);
	row = phone_next(&talk->phone);
	if (on_messenger(talk)) {
		assert_string_equal(
		    record_text(json_object_get(row, "body"), "messaging_type"),
		    "RESPONSE");
		assert_null(
		    json_object_get(json_object_get(row, "body"), "tag"));
	}
}

static void
nobody_is_written_to_after_a_week(void **state)
{
	struct talk *talk = *state;
	size_t before;

	ask_the_unknown(talk);
	before = phone_count(&talk->phone);
	service_pass_ms(&talk->service, 7 * 24 * hour_ms);
	assert_int_equal(answer_later(talk, true).refused[REACH_NONE], 1);
	assert_int_equal(phone_count(&talk->phone), before);
	assert_int_equal(steer(talk, TAKEOVER_SAY, "xin chào"), ERR_INVALID);
}

static void
a_reaction_opens_the_window_again(void **state)
{
	struct talk *talk = *state;

	ask_the_unknown(talk);
	service_pass_ms(&talk->service, 50 * hour_ms);
	do_at_phone(talk, "/simulator/react", talk->phone.message_id);
	assert_int_equal(answer_later(talk, false).replies[REACH_FREE], 1);
	phone_hears(&talk->phone, "Ở phường ạ.");
}

static void
a_reply_whose_window_has_closed_is_parked_and_can_be_retried(void **state)
{
	static const struct authorship as_it_is = { false, false };
	struct talk *talk = *state;
	struct audit_line line;
	struct reply_row parked;

	ask_the_unknown(talk);
	service_script(&talk->service, talk->phone.channel, "send",
	    on_messenger(talk)
		? "[{\"times\": 1, \"error\": {\"code\": 2}}]"
		: "[{\"times\": 1, \"error\": {\"code\": -200}}]");
	assert_int_equal(phone_say(&talk->phone, KNOWN), 200);
	service_wait_metric(&talk->service,
	    "hoidap_deliveries_retried_total{channel=\"messenger\"}",
	    on_messenger(talk) ? 1 : 0);
	service_wait_metric(&talk->service,
	    "hoidap_deliveries_retried_total{channel=\"zalo\"}",
	    on_messenger(talk) ? 0 : 1);
	service_pass_ms(&talk->service, 3 * 24 * hour_ms);
	parked = only_parked(talk);
	assert_true(text_is(parked.reason,
	    on_messenger(talk)
		? "too late for the bot: only a person may write"
		: "it would be billed, and nobody agreed to that"));
	assert_false(parked.authorship.human);
	/* They come back, and so does the answer. */
	assert_int_equal(phone_say(&talk->phone, "xin chào"), 200);
	service_wait_counts(&talk->service, service_queued_is, 0);
	line = line_of("reply.retry");
	assert_int_equal(
	    store_reach_retry(talk->desk.store, parked.id, &as_it_is, &line),
	    OK);
	while (strstr(phone_hear(&talk->phone), KNOWN_ANSWER) == NULL)
		continue;
	service_wait_counts(&talk->service, service_parked_is, 0);
}

static void
a_quota_that_is_used_up_parks_the_reply(void **state)
{
	struct talk *talk = *state;

	ask_the_unknown(talk);
	service_switch(&talk->service, "{\"quota\": 0}");
	service_pass_ms(&talk->service, 3 * 24 * hour_ms);
	assert_int_equal(answer_later(talk, true).replies[REACH_BILLABLE], 1);
	assert_true(text_starts(only_parked(talk).reason, TEXT("-211:")));
}

static void
who_unfollows_is_not_written_to(void **state)
{
	struct talk *talk = *state;

	ask_the_unknown(talk);
	do_at_phone(talk, "/simulator/leave", "");
	assert_int_equal(answer_later(talk, true).refused[REACH_NONE], 1);
	assert_int_equal(phone_follow(&talk->phone), 200);
	assert_int_equal(answer_later(talk, true).replies[REACH_FREE], 1);
}

/* ---- taking over ---- */

static void
a_conversation_is_taken_over_and_given_back(void **state)
{
	struct talk *talk = *state;

	ask_the_unknown(talk);
	assert_int_equal(steer(talk, TAKEOVER_TAKE, ""), OK);
	phone_hears(&talk->phone, "Cán bộ đang xem");
	say_in_vain(talk, KNOWN);
	assert_int_equal(
	    steer(talk, TAKEOVER_SAY, "Chào anh, tôi là Lan."), OK);
	phone_hears(&talk->phone, "Chào anh, tôi là Lan.");
	say_in_vain(talk, "cảm ơn chị Lan");
	assert_int_equal(steer(talk, TAKEOVER_GIVE_BACK, ""), OK);
	phone_hears(&talk->phone, "lại trả lời");
	assert_int_equal(phone_say(&talk->phone, "chữ ký số là gì vậy"), 200);
	phone_hears(&talk->phone, KNOWN_ANSWER);
}

static void
a_thread_of_another_app_is_only_watched(void **state)
{
	struct talk *talk = *state;

	ask_the_unknown(talk);
	do_at_phone(talk, "/simulator/take", "");
	say_in_vain(talk, KNOWN);
	do_at_phone(talk, "/simulator/request", "");
	assert_int_equal(steer(talk, TAKEOVER_SAY, "xin chào"), OK);
	assert_true(text_starts(only_parked(talk).reason, TEXT("10/2018300:")));
	do_at_phone(talk, "/simulator/pass", "");
	assert_int_equal(phone_say(&talk->phone, "chữ ký số là gì vậy"), 200);
	while (strstr(phone_hear(&talk->phone), KNOWN_ANSWER) == NULL)
		continue;
}

/* ---- notices and the off switch ---- */

static void
a_notice_stands_before_answers_while_it_lasts(void **state)
{
	struct talk *talk = *state;
	struct notice notice = { .from_ms = clock_now_ms(),
		.until_ms = clock_now_ms() + hour_ms,
		.text = TEXT("Cổng dịch vụ công đang bảo trì.") };
	struct audit_line line = line_of("notice.add");
	uint64_t id;

	ask_the_unknown(talk);
	assert_int_equal(
	    store_notice_add(talk->desk.store, &notice, &line, &id), OK);
	post_notices(talk);
	assert_int_equal(phone_say(&talk->phone, KNOWN), 200);
	phone_hears(&talk->phone, "đang bảo trì.\n\n" KNOWN_ANSWER);
	service_wait_counts(&talk->service, service_queued_is, 0);
	service_pass_ms(&talk->service, 2 * hour_ms);
	assert_null(
	    strstr(phone_ask(&talk->phone, "chữ ký số là gì vậy"), "bảo trì"));
}

static void
a_channel_that_is_off_says_so_and_keeps_the_question(void **state)
{
	struct talk *talk = *state;
	struct channel_off off = { .channel = text_of(talk->phone.channel),
		.text = TEXT("Trợ lý tạm nghỉ, cán bộ sẽ trả lời sau."),
		.reason = TEXT("trả lời sai lệ phí") };
	struct audit_line line = line_of("channel.off");

	ask_the_unknown(talk);
	assert_int_equal(store_channel_off(talk->desk.store, &off, &line), OK);
	post_notices(talk);
	assert_int_equal(phone_say(&talk->phone, KNOWN), 200);
	phone_hears(&talk->phone, "Trợ lý tạm nghỉ");
	assert_true(text_is(last_question(talk).question.text, KNOWN));
	/* It survives a restart. */
	service_wait_counts(&talk->service, service_queued_is, 0);
	service_stop(&talk->service);
	service_start(&talk->service);
	talk->desk.store = app_store(talk->service.app);
	assert_int_equal(phone_say(&talk->phone, KNOWN), 200);
	phone_hears(&talk->phone, "Trợ lý tạm nghỉ");
	assert_int_equal(
	    store_channel_on(talk->desk.store, off.channel, &line), OK);
	post_notices(talk);
	assert_int_equal(phone_say(&talk->phone, KNOWN), 200);
	phone_hears(&talk->phone, KNOWN_ANSWER);
}

/* ---- erasing ---- */

static void
the_platform_can_ask_to_erase_somebody(void **state)
{
	struct talk *talk = *state;
	json_t *said;

	ask_the_unknown(talk);
	if (!on_messenger(talk)) {
		do_at_phone(talk, "/simulator/withdraw", "");
		assert_true(asker_of(talk).forgotten);
		return;
	}
	said = service_control(&talk->service, "/simulator/erase",
	    json_pack("{s:s}", "user_id", "218471"));
	assert_int_equal(
	    json_integer_value(json_object_get(said, "status")), 200);
	assert_non_null(strstr(record_text(said, "body"), "confirmation_code"));
	json_decref(said);
	/* The id is the app's: it leads to no conversation. */
	assert_false(asker_of(talk).forgotten);
}

#define TALK(test, phone)                                                      \
	cmocka_unit_test_prestate_setup_teardown(test, setup, teardown, phone)
#define ON_BOTH(phone)                                                         \
	TALK(a_question_is_answered_days_later_and_once, phone),               \
	    TALK(within_the_window_a_person_writes_as_the_bot_does, phone),    \
	    TALK(nobody_is_written_to_after_a_week, phone),                    \
	    TALK(a_reaction_opens_the_window_again, phone),                    \
	    TALK(a_reply_whose_window_has_closed_is_parked_and_can_be_retried, \
		phone),                                                        \
	    TALK(a_conversation_is_taken_over_and_given_back, phone),          \
	    TALK(a_notice_stands_before_answers_while_it_lasts, phone),        \
	    TALK(a_channel_that_is_off_says_so_and_keeps_the_question, phone), \
	    TALK(the_platform_can_ask_to_erase_somebody, phone)

int
main(void)
{
	const struct CMUnitTest of_messenger[] = {
		ON_BOTH(&phones[0]),
		TALK(a_thread_of_another_app_is_only_watched, &phones[0]),
	};
	const struct CMUnitTest of_zalo[] = {
		ON_BOTH(&phones[1]),
		TALK(a_quota_that_is_used_up_parks_the_reply, &phones[1]),
		TALK(who_unfollows_is_not_written_to, &phones[1]),
	};

	return cmocka_run_group_tests_name(
		   "reaching citizens on Messenger", of_messenger, NULL, NULL) +
	       cmocka_run_group_tests_name(
		   "reaching citizens on Zalo", of_zalo, NULL, NULL);
}
