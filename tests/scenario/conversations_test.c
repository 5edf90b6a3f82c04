/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Staff look at conversations and take part in them, over the API of the real
 * server, with a citizen at a phone. */
#include "tests/support/cmocka_all.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "store_reach.h"
#include "tests/support/phone.h"
#include "tests/support/staff.h"

#define UNKNOWN "làm hộ chiếu ở đâu"
#define KNOWN "chữ ký số là gì"

enum { PATH_SIZE = 160, BODY_SIZE = 400 };

static const uint64_t hour_ms = 3600 * 1000;

struct desk_talk {
	struct service service;
	struct phone phone;
	struct staff lan; /* an editor */
};

static struct phone phones[] = {
	{ .channel = "messenger", .citizen = "7001112223334445" },
	{ .channel = "zalo", .citizen = "8001112223334445" },
};

static int
setup(void **state)
{
	struct desk_talk *talk = calloc(1, sizeof(*talk));

	assert_non_null(talk);
	talk->phone = *(const struct phone *)*state;
	talk->phone.service = &talk->service;
	service_open(&talk->service);
	talk->lan = staff_enter(
	    &talk->service, staff_add(&talk->service, "lan", ROLE_EDITOR));
	*state = talk;
	return 0;
}

static int
teardown(void **state)
{
	struct desk_talk *talk = *state;

	service_close(&talk->service);
	free(talk);
	return 0;
}

static bool
on_zalo(const struct desk_talk *talk)
{
	return strcmp(talk->phone.channel, "zalo") == 0;
}

/* Whoever was away long signs in again. */
static void
pass(struct desk_talk *talk, uint64_t ms)
{
	service_pass_ms(&talk->service, ms);
	talk->lan = staff_enter(&talk->service, talk->lan.id);
}

static void
settle(struct desk_talk *talk)
{
	service_wait_counts(&talk->service, service_queued_is, 0);
}

static json_int_t
number(const json_t *json, const char *name)
{
	return json_integer_value(json_object_get(json, name));
}

static const char *
string(const json_t *json, const char *name)
{
	return json_string_value(json_object_get(json, name));
}

static size_t
count_of(const json_t *json, const char *name)
{
	return json_array_size(json_object_get(json, name));
}

/* The list for QUERY must have COUNT rows; the id of the first. */
static json_int_t
listed(struct desk_talk *talk, const char *query, size_t count)
{
	char path[PATH_SIZE];
	json_t *page;
	json_int_t id;

	(void)snprintf(path, sizeof(path), "/conversations%s", query);
	page = staff_expect(&talk->lan, "GET", path, NULL, 200);
	if (count_of(page, "conversations") != count)
		fail_msg("%s has %zu", path, count_of(page, "conversations"));
	id = number(
	    json_array_get(json_object_get(page, "conversations"), 0), "id");
	json_decref(page);
	return id;
}

/* Time that passes brings a visitor of the page as well. */
static const char *
path_of(struct desk_talk *talk, const char *action, char path[PATH_SIZE])
{
	const char *query =
	    on_zalo(talk) ? "?channel=zalo" : "?channel=messenger";

	(void)snprintf(path, PATH_SIZE,
	    "/conversations/%" JSON_INTEGER_FORMAT "%s", listed(talk, query, 1),
	    action);
	return path;
}

static json_t *
look(struct desk_talk *talk)
{
	char path[PATH_SIZE];

	return staff_expect(
	    &talk->lan, "GET", path_of(talk, "", path), NULL, 200);
}

static json_t *
act(struct desk_talk *talk, const char *action, const char *body)
{
	char path[PATH_SIZE];

	return staff_expect(
	    &talk->lan, "POST", path_of(talk, action, path), body, 200);
}

static void
refuse(struct desk_talk *talk, const char *action, const char *body,
    unsigned status, const char *code)
{
	char path[PATH_SIZE];

	staff_refused(&talk->lan, "POST", path_of(talk, action, path), body,
	    status, code);
}

static void
ask_the_unknown(struct desk_talk *talk)
{
	assert_int_equal(phone_say(&talk->phone, UNKNOWN), 200);
	phone_hears(&talk->phone, "chưa có câu trả lời");
	settle(talk);
}

/* ---- looking ---- */

static void
a_list_is_searched_and_shows_nobodys_whole_id(void **state)
{
	static const struct {
		const char *query;
		size_t count;
	} cases[] = { { "", 1 }, { "?q=ho%20chieu", 1 }, { "?q=4445", 1 },
		{ "?q=7001112223334445", 0 }, { "?q=khong%20co", 0 },
		{ "?channel=webchat", 0 }, { "?silent=1", 0 },
		{ "?before_ms=1000&before_id=1", 0 } };
	struct desk_talk *talk = *state;
	struct staff_said said;

	ask_the_unknown(talk);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		(void)listed(talk, cases[i].query, cases[i].count);
	said = staff_call(&talk->lan, "GET", "/conversations", NULL);
	assert_null(strstr(said.head, talk->phone.citizen));
	assert_non_null(strstr(said.head, "\"free\""));
	staff_said_end(&said);
	staff_refused(
	    &talk->lan, "GET", "/conversations?q=%ff", NULL, 400, "bad_field");
	staff_refused(
	    &talk->lan, "GET", "/conversations/999999", NULL, 404, "not_found");
}

static void
a_conversation_says_what_was_asked_and_what_became_of_the_replies(void **state)
{
	struct desk_talk *talk = *state;
	const json_t *question;
	const json_t *reply;
	json_t *shown;

	assert_int_equal(phone_say(&talk->phone, UNKNOWN " 0912345678"), 200);
	phone_hears(&talk->phone, "chưa có câu trả lời");
	settle(talk);
	shown = look(talk);
	question = json_array_get(json_object_get(shown, "questions"), 0);
	assert_null(strstr(string(question, "text"), "0912345678"));
	assert_string_equal(string(question, "decision"), "unanswered");
	reply = json_array_get(json_object_get(shown, "replies"), 0);
	assert_string_equal(string(reply, "state"), "delivered");
	assert_false(json_is_true(json_object_get(reply, "human")));
	assert_int_equal(number(reply, "question"), number(question, "id"));
	json_decref(shown);
}

/* ---- taking part ---- */

static void
a_person_takes_over_writes_once_and_gives_back(void **state)
{
	struct desk_talk *talk = *state;
	const json_t *written;
	json_t *shown;
	size_t before;

	ask_the_unknown(talk);
	json_decref(act(talk, "/take", "{}"));
	phone_hears(&talk->phone, "Cán bộ");
	(void)listed(talk, "?silent=1", 1);
	shown = act(talk, "/say",
	    "{\"text\": \"Dạ ở phường ạ.\", "
	    "\"key\": \"k1\"}");
	phone_hears(&talk->phone, "Dạ ở phường ạ.");
	written = json_array_get(
	    json_object_get(shown, "replies"), count_of(shown, "replies") - 1);
	assert_true(json_is_true(json_object_get(written, "human")));
	assert_string_equal(string(written, "text"), "Dạ ở phường ạ.");
	assert_int_equal(count_of(shown, "acts"), 2);
	assert_int_equal(
	    number(json_array_get(json_object_get(shown, "acts"), 0), "at_ms"),
	    number(written, "at_ms"));
	json_decref(shown);
	settle(talk);
	before = phone_count(&talk->phone);
	json_decref(act(talk, "/say",
	    "{\"text\": \"Dạ ở phường ạ.\", "
	    "\"key\": \"k1\"}"));
	settle(talk);
	assert_int_equal(phone_count(&talk->phone), before);
	json_decref(act(talk, "/give-back", "{}"));
	phone_hears(&talk->phone, "trả lời thay cán bộ");
	(void)listed(talk, "?silent=1", 0);
}

static void
words_are_refused_with_what_to_do(void **state)
{
	static const char words[] = "{\"text\": \"Dạ\", \"key\": \"k\"}";
	struct desk_talk *talk = *state;
	json_t *shown;

	ask_the_unknown(talk);
	refuse(talk, "/say", "{\"text\": \" \\n\", \"key\": \"k\"}", 400,
	    "required");
	refuse(talk, "/say", "{\"text\": \"Dạ\"}", 400, "bad_field");
	pass(talk, 3 * 24 * hour_ms);
	if (on_zalo(talk)) {
		refuse(talk, "/say", words, 409, "billable");
		json_decref(act(talk, "/say",
		    "{\"text\": \"Dạ\", \"key\": \"k\", \"paid\": true}"));
		phone_hears(&talk->phone, "Dạ");
	}
	pass(talk, 7 * 24 * hour_ms);
	refuse(talk, "/say", words, 409, "window_closed");
	shown = look(talk);
	assert_string_equal(
	    string(json_object_get(
		       json_object_get(shown, "conversation"), "window"),
		"reach"),
	    "none");
	json_decref(shown);
}

/* ---- replies that did not get through ---- */

/* A reply that the platform refuses for good; its id. */
static json_int_t
park(struct desk_talk *talk)
{
	json_t *page;
	json_int_t id;

	ask_the_unknown(talk);
	service_script(&talk->service, "zalo", "send",
	    "[{\"error\": {\"code\": -213}, \"times\": 1}]");
	assert_int_equal(phone_say(&talk->phone, KNOWN), 200);
	service_wait_counts(&talk->service, service_parked_is, 1);
	page = staff_expect(&talk->lan, "GET", "/parked", NULL, 200);
	assert_int_equal(count_of(page, "parked"), 1);
	id = number(json_array_get(json_object_get(page, "parked"), 0), "id");
	assert_true(
	    strlen(string(json_array_get(json_object_get(page, "parked"), 0),
		"reason")) > 0);
	json_decref(page);
	return id;
}

static void
a_parked_reply_is_tried_again(void **state)
{
	struct desk_talk *talk = *state;
	char path[PATH_SIZE];

	(void)snprintf(path, sizeof(path),
	    "/parked/%" JSON_INTEGER_FORMAT "/retry", park(talk));
	staff_refused(&talk->lan, "POST", path, "{}", 400, "bad_field");
	json_decref(staff_expect(&talk->lan, "POST", path,
	    "{\"human\": false, \"paid\": false}", 200));
	phone_hears(&talk->phone, "Chữ ký số là cách");
	service_wait_counts(&talk->service, service_parked_is, 0);
	staff_refused(&talk->lan, "POST", path,
	    "{\"human\": false, \"paid\": false}", 404, "not_found");
}

static void
a_parked_reply_is_discarded_for_a_reason(void **state)
{
	struct desk_talk *talk = *state;
	const struct audit_filter filter = { .action = TEXT("parked."),
		.limit = 10 };
	struct audit_line *lines = NULL;
	struct arena arena;
	size_t count = 0;
	char path[PATH_SIZE];

	(void)snprintf(path, sizeof(path),
	    "/parked/%" JSON_INTEGER_FORMAT "/discard", park(talk));
	staff_refused(
	    &talk->lan, "POST", path, "{\"why\": \" \"}", 400, "required");
	service_wait_counts(&talk->service, service_parked_is, 1);
	json_decref(staff_expect(
	    &talk->lan, "POST", path, "{\"why\": \"đã gọi điện\"}", 200));
	service_wait_counts(&talk->service, service_parked_is, 0);
	arena_init(&arena, 1 << 20);
	assert_int_equal(store_audit(app_store(talk->service.app), &filter,
			     &arena, &lines, &count),
	    OK);
	assert_int_equal(count, 1);
	assert_true(text_is(lines[0].why, "đã gọi điện"));
	assert_true(text_is(lines[0].login, "lan"));
	arena_fini(&arena);
}

/* ---- texts kept for answering ---- */

static json_int_t
keep(struct desk_talk *talk, json_int_t version, const char *texts,
    unsigned status)
{
	char body[BODY_SIZE];
	json_t *said;
	json_int_t next;

	(void)snprintf(body, sizeof(body),
	    "{\"version\": %" JSON_INTEGER_FORMAT ", \"texts\": %s}", version,
	    texts);
	said = staff_expect(&talk->lan, "PUT", "/canned-replies", body, status);
	next = number(said, "version");
	json_decref(said);
	return next;
}

static void
kept_texts_are_changed_by_version(void **state)
{
	static const char one[] =
	    "[{\"title\": \" Chào \", \"text\": \"Dạ chào anh/chị.\"}]";
	struct desk_talk *talk = *state;
	json_t *shown =
	    staff_expect(&talk->lan, "GET", "/canned-replies", NULL, 200);
	json_int_t first = number(shown, "version");
	json_int_t second = keep(talk, first, one, 200);

	assert_int_not_equal(first, second);
	assert_int_equal(count_of(shown, "texts"), 0);
	json_decref(shown);
	(void)keep(talk, first, "[]", 409);
	(void)keep(talk, second, "[{\"title\": \"x\"}]", 400);
	(void)keep(talk, second, "[7]", 400);
	(void)keep(talk, second, "{}", 400);
	shown = staff_expect(&talk->lan, "GET", "/canned-replies", NULL, 200);
	assert_string_equal(
	    string(json_array_get(json_object_get(shown, "texts"), 0), "title"),
	    "Chào");
	json_decref(shown);
	(void)keep(talk, second, "[]", 200);
}

#define TALK(test, phone)                                                      \
	cmocka_unit_test_prestate_setup_teardown(test, setup, teardown, phone)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TALK(a_list_is_searched_and_shows_nobodys_whole_id, &phones[0]),
		TALK(
		    a_conversation_says_what_was_asked_and_what_became_of_the_replies,
		    &phones[0]),
		TALK(
		    a_person_takes_over_writes_once_and_gives_back, &phones[0]),
		TALK(
		    a_person_takes_over_writes_once_and_gives_back, &phones[1]),
		TALK(words_are_refused_with_what_to_do, &phones[0]),
		TALK(words_are_refused_with_what_to_do, &phones[1]),
		TALK(a_parked_reply_is_tried_again, &phones[1]),
		TALK(a_parked_reply_is_discarded_for_a_reason, &phones[1]),
		TALK(kept_texts_are_changed_by_version, &phones[0]),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
