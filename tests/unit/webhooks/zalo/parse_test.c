/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

#include "channels.h"
#include "secret.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What each event means is told by webhooks/zalo/samples; here are the rules
 * that hold for all of them. */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define OA "685681503488589011"
#define CITIZEN "369277302531456952"

static const struct account account = { .id = OA };

#define assert_text(view, string)                                              \
	do {                                                                   \
		assert_int_equal((view).len, strlen(string));                  \
		assert_memory_equal((view).at, (string), strlen(string));      \
	} while (0)

struct fixture {
	struct arena arena;
	struct complaint why;
};

static int
set_up(void **state)
{
	static struct fixture fixture;

	arena_init(&fixture.arena, 1 << 20);
	memset(&fixture.why, 0, sizeof(fixture.why));
	*state = &fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	arena_fini(&fixture->arena);
	return 0;
}

static struct message
parse(struct fixture *fixture, const char *body)
{
	struct message_list list = { 0 };

	assert_int_equal(channel_zalo.parse(text_of(body), &account,
			     &fixture->arena, &list, &fixture->why),
	    OK);
	assert_int_equal(list.count, 1);
	return list.at[0];
}

/* A body of event NAME from the citizen to the OA, with MESSAGE in it. */
static const char *
event(struct fixture *fixture, const char *name, const char *message)
{
	char body[2048];
	int length = snprintf(body, sizeof(body),
	    "{\"event_name\":\"%s\",\"sender\":{\"id\":\"" CITIZEN
	    "\"},\"recipient\":{\"id\":\"" OA "\"},\"message\":%s}",
	    name, message);

	assert_true(length > 0 && (size_t)length < sizeof(body));
	return arena_string(&fixture->arena, text_of(body));
}

static bool
same_dedup_id(struct fixture *fixture, const char *one, const char *other)
{
	return text_equal(
	    parse(fixture, one).dedup_id, parse(fixture, other).dedup_id);
}

static void
a_message_is_told_apart_by_its_name_and_id(void **state)
{
	struct fixture *f = *state;
	const char *text =
	    event(f, "user_send_text", "{\"msg_id\":\"a1\",\"text\":\"x\"}");
	const char *again =
	    event(f, "user_send_text", "{\"text\":\"x\",\"msg_id\":\"a1\"}");
	const char *echo = event(f, "oa_send_text", "{\"msg_id\":\"a1\"}");

	assert_text(parse(f, text).dedup_id, "user_send_text:a1");
	assert_true(same_dedup_id(f, text, again));
	assert_false(same_dedup_id(f, text, echo));
}

static void
events_without_an_id_of_their_own_are_told_apart_by_their_body(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *name;
		const char *one;
		const char *other;
	} cases[] = {
		/* The console's test button. */
		{ "user_send_text",
		    "{\"msg_id\":\"This is message id\",\"text\":\"a\"}",
		    "{\"msg_id\":\"This is message id\",\"text\":\"b\"}" },
		{ "user_send_text", "{\"text\":\"a\"}", "{\"text\":\"b\"}" },
		/* Two reactions to one message. */
		{ "user_reacted_message",
		    "{\"msg_id\":\"a1\",\"react_icon\":\"/-heart\"}",
		    "{\"msg_id\":\"a1\",\"react_icon\":\"/-strong\"}" },
		{ "follow2", "{\"msg_id\":\"a1\"}", "{\"msg_id\":\"a1\" }" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *one = event(f, cases[i].name, cases[i].one);

		assert_true(same_dedup_id(f, one, one));
		assert_false(same_dedup_id(
		    f, one, event(f, cases[i].name, cases[i].other)));
	}
}

static void
the_citizen_is_whichever_id_is_not_the_oa(void **state)
{
	static const struct {
		const char *name;
		const char *sender;
		const char *recipient;
		const char *citizen;
		const char *oa;
	} cases[] = {
		{ "user_send_text", "7", OA, "7", OA },
		{ "user_seen_message", OA, "7", "7", OA },
		{ "user_seen_message", "7", OA, "7", OA },
		{ "user_reacted_message", OA, "7", "7", OA },
		{ "oa_send_text", OA, "7", "7", OA },
		/* Another OA of the same app: the event's usual direction. */
		{ "user_send_text", "7", "99", "7", "99" },
		{ "oa_send_text", "99", "7", "7", "99" },
		{ "user_seen_message", "99", "7", "7", "99" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char body[512];
		struct message message;

		(void)snprintf(body, sizeof(body),
		    "{\"event_name\":\"%s\",\"sender\":{\"id\":\"%s\"},"
		    "\"recipient\":{\"id\":\"%s\"}}",
		    cases[i].name, cases[i].sender, cases[i].recipient);
		message = parse(*state, body);
		assert_text(message.citizen, cases[i].citizen);
		assert_text(message.account, cases[i].oa);
	}
}

static void
ids_and_times_are_read_as_strings_or_as_numbers(void **state)
{
	static const char body[] =
	    "{\"event_name\":\"user_send_text\",\"timestamp\":1754553540000,"
	    "\"sender\":{\"id\":369277302531456952},\"recipient\":{\"id\":"
	    "685681503488589011},\"message\":{\"msg_id\":12,\"text\":\"x\"}}";
	struct message message = parse(*state, body);

	assert_text(message.citizen, CITIZEN);
	assert_text(message.account, OA);
	assert_text(message.dedup_id, "user_send_text:12");
	assert_int_equal(message.at_ms, 1754553540000);
}

static void
a_time_that_cannot_be_read_is_left_out(void **state)
{
	static const char *const times[] = { "\"soon\"", "null", "-1", "\"\"",
		"1.5", "\"99999999999999999999999\"" };

	for (size_t i = 0; i < COUNT(times); i++) {
		char body[256];

		(void)snprintf(body, sizeof(body),
		    "{\"event_name\":\"remove_tag\",\"timestamp\":%s}",
		    times[i]);
		assert_int_equal(parse(*state, body).at_ms, 0);
	}
}

static void
only_the_prefix_with_something_behind_it_is_a_tap(void **state)
{
	static const struct {
		const char *text;
		enum event_kind kind;
		const char *payload;
	} cases[] = {
		{ "#hd entry:phi", EVENT_TAP, "entry:phi" },
		{ "#hd person", EVENT_TAP, "person" },
		{ "#hd ", EVENT_TEXT, "" },
		{ "#hd", EVENT_TEXT, "" },
		{ "#hdentry:phi", EVENT_TEXT, "" },
		{ " #hd person", EVENT_TEXT, "" },
		{ "#HD person", EVENT_TEXT, "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char part[128];
		struct message message;

		(void)snprintf(
		    part, sizeof(part), "{\"text\":\"%s\"}", cases[i].text);
		message = parse(*state, event(*state, "user_send_text", part));
		assert_int_equal(message.kind, cases[i].kind);
		assert_text(message.payload, cases[i].payload);
		assert_text(message.text,
		    cases[i].kind == EVENT_TEXT ? cases[i].text : "");
	}
}

static void
members_of_a_wrong_type_read_as_absent(void **state)
{
	static const char *const messages[] = { "null", "[]", "\"text\"", "7",
		"{\"text\":7,\"msg_id\":{},\"conversation_id\":[]}",
		"{\"text\":null,\"attachments\":{}}", "{\"attachments\":[7]}",
		"{\"attachments\":[{\"payload\":[]}]}" };

	for (size_t i = 0; i < COUNT(messages); i++) {
		struct message file =
		    parse(*state, event(*state, "user_send_file", messages[i]));
		struct message text =
		    parse(*state, event(*state, "user_send_text", messages[i]));
		struct message seen = parse(
		    *state, event(*state, "user_seen_message", messages[i]));

		assert_int_equal(file.attachment, ATTACHMENT_FILE);
		assert_int_equal(file.text.len, 0);
		assert_int_equal(text.kind, EVENT_TEXT);
		assert_int_equal(text.text.len, 0);
		assert_int_equal(seen.about.len, 0);
	}
}

static void
an_admin_id_that_is_empty_is_no_person(void **state)
{
	static const char *const senders[] = { "", ",\"admin_id\":\"\"",
		",\"admin_id\":null" };

	for (size_t i = 0; i < COUNT(senders); i++) {
		char body[256];

		(void)snprintf(body, sizeof(body),
		    "{\"event_name\":\"oa_send_text\",\"sender\":{\"id\":\"" OA
		    "\"%s},\"recipient\":{\"id\":\"7\"}}",
		    senders[i]);
		assert_int_equal(parse(*state, body).kind, EVENT_ECHO);
	}
}

static void
what_is_no_event_is_refused_and_says_why(void **state)
{
	static const struct {
		const char *body;
		const char *why;
	} cases[] = {
		{ "", "not valid JSON" },
		{ "{", "not valid JSON" },
		{ "\"secret words", "not valid JSON" },
		{ "{\"event_name\":\"a\",\"event_name\":\"b\"}",
		    "not valid JSON" },
		{ "{\"event_name\":\"a\\u0000b\"}", "not valid JSON" },
		{ "{\"event_name\":\"\\ud83d\"}", "not valid JSON" },
		{ "{\"event_name\":\"a\xff\"}", "not valid JSON" },
		{ "[]", "event_name" },
		{ "{}", "event_name" },
		{ "{\"event_name\":7}", "event_name" },
		{ "{\"event_name\":\"\"}", "event_name" },
		{ "{\"event_name\":\"a b\"}", "event_name" },
		{ "{\"event_name\":\"\\n\"}", "event_name" },
		{ "{\"event_name\":\"sự_kiện\"}", "event_name" },
		{ "{\"event_name\":\"user_send_text\"}", "no citizen" },
		{ "{\"event_name\":\"follow\",\"follower\":{}}", "no citizen" },
		{ "{\"event_name\":\"user_withdraw\",\"oa_id\":\"" OA "\"}",
		    "no citizen" },
		{ "{\"event_name\":\"oa_send_text\",\"sender\":{\"id\":\"" OA
		  "\"},\"recipient\":{\"id\":\"" OA "\"}}",
		    "no citizen" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct message_list list = { NULL, 77 };

		assert_int_equal(channel_zalo.parse(text_of(cases[i].body),
				     &account, &f->arena, &list, &f->why),
		    ERR_INVALID);
		assert_non_null(strstr(f->why.text, cases[i].why));
		assert_null(strstr(f->why.text, "secret"));
		assert_int_equal(list.count, 77);
	}
}

static void
long_names_and_ids_are_refused(void **state)
{
	struct fixture *f = *state;
	struct message_list list = { 0 };
	char body[512];

	(void)snprintf(body, sizeof(body), "{\"event_name\":\"%065d\"}", 0);
	assert_int_equal(channel_zalo.parse(text_of(body), &account, &f->arena,
			     &list, &f->why),
	    ERR_INVALID);
	(void)snprintf(body, sizeof(body), "{\"event_name\":\"%064d\"}", 0);
	assert_int_equal(parse(f, body).kind, EVENT_IGNORED);

	(void)snprintf(body, sizeof(body),
	    "{\"event_name\":\"follow\",\"follower\":{\"id\":\"%0129d\"}}", 0);
	assert_int_equal(channel_zalo.parse(text_of(body), &account, &f->arena,
			     &list, &f->why),
	    ERR_INVALID);
	assert_non_null(strstr(f->why.text, "follow: an id is longer"));
	(void)snprintf(body, sizeof(body),
	    "{\"event_name\":\"follow\",\"follower\":{\"id\":\"%0128d\"}}", 0);
	assert_int_equal(parse(f, body).citizen.len, 128);
}

static void
an_arena_that_is_full_is_out_of_memory(void **state)
{
	struct fixture *f = *state;
	const char *body =
	    event(f, "user_send_text", "{\"text\":\"xin chào\"}");
	size_t max_bytes = 0;
	enum result result = ERR_NOMEM;

	for (; result != OK && max_bytes < 4096; max_bytes += 16) {
		struct message_list list = { NULL, 77 };
		struct arena small;

		arena_init(&small, max_bytes);
		result = channel_zalo.parse(
		    text_of(body), &account, &small, &list, &f->why);
		if (result != OK) {
			assert_int_equal(result, ERR_NOMEM);
			assert_int_equal(list.count, 77);
		}
		arena_fini(&small);
	}
	assert_in_range(max_bytes, 256, 1024);
}

/* Jansson 2.14 drops a byte, and may then read out of bounds, when the buffer
 * of its lexer cannot grow.  It never has to for tokens of at most 15 bytes
 * with their quotes, so the bodies here have no longer ones. */
static void
walk_allocations(const char *body)
{
	bool reached_the_end = false;

	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct message_list list = { NULL, 77 };
		struct complaint why;
		struct arena arena;
		enum result result;

		arena_init(&arena, 1 << 20);
		alloc_fault_arm(nth);
		result = channel_zalo.parse(
		    text_of(body), &account, &arena, &list, &why);
		alloc_fault_disarm();
		reached_the_end = !alloc_fault_fired();
		/* A token without memory reads as a broken one. */
		assert_true(reached_the_end
				? result == OK
				: result == ERR_NOMEM || result == ERR_INVALID);
		assert_int_equal(list.count, reached_the_end ? 1 : 77);
		arena_fini(&arena);
	}
}

static void
every_allocation_may_fail(void **state)
{
	(void)state;
	walk_allocations("{\"event_name\":\"user_send_gif\",\"sender\":{\"id\":"
			 "\"7\"},\"recipient\":{\"id\":\"8\"},\"message\":{"
			 "\"msg_id\":\"a1\",\"text\":\"xin\"}}");
	walk_allocations("{\"event_name\":\"oa_send_text\",\"sender\":{\"id\":"
			 "\"8\",\"admin_id\":\"5\"},\"recipient\":{\"id\":"
			 "\"7\"},\"message\":{\"msg_id\":\"a1\"}}");
	walk_allocations("{\"event_name\":\"follow\",\"follower\":{\"id\":"
			 "\"7\"},\"oa_id\":\"8\",\"timestamp\":17}");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_message_is_told_apart_by_its_name_and_id, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    events_without_an_id_of_their_own_are_told_apart_by_their_body,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    the_citizen_is_whichever_id_is_not_the_oa, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    ids_and_times_are_read_as_strings_or_as_numbers, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    a_time_that_cannot_be_read_is_left_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    only_the_prefix_with_something_behind_it_is_a_tap, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    members_of_a_wrong_type_read_as_absent, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    an_admin_id_that_is_empty_is_no_person, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    what_is_no_event_is_refused_and_says_why, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    long_names_and_ids_are_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    an_arena_that_is_full_is_out_of_memory, set_up, tear_down),
		cmocka_unit_test(every_allocation_may_fail),
	};

	json_set_alloc_funcs(malloc, free);
	if (secret_init() != OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
