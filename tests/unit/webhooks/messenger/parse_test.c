/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channels.h"
#include "secret.h"

#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Single bodies are samples (webhooks/messenger/samples); here is what takes
 * more than one body. */

enum { ARENA_BYTES = 8 * 1024 * 1024 };

static const struct account account = {
	.name = "default",
	.id = "1",
	.app_id = "",
	.app_secret = "",
	.webhook_secret = "",
	.verify_token = "",
	.access_token = "",
	.refresh_token = "",
	.api = "",
	.oauth = "",
};

static enum result
parse(struct text_view body, struct arena *arena, struct message_list *list,
    struct complaint *why)
{
	return channel_messenger.parse(body, &account, arena, list, why);
}

/* The dedup id of the only event in a `messaging` list with this item. */
static struct text_view
dedup_of(const char *item, struct arena *arena)
{
	struct message_list list;
	struct buf body;

	buf_init(&body, 65536);
	assert_int_equal(buf_printf(&body,
			     "{\"object\":\"page\",\"entry\":[{\"id\":\"1\","
			     "\"messaging\":[%s]}]}",
			     item),
	    OK);
	assert_int_equal(parse(buf_view(&body), arena, &list, NULL), OK);
	assert_int_equal(list.count, 1);
	buf_fini(&body);
	return list.at[0].dedup_id;
}

#define FROM "\"sender\":{\"id\":\"2\"},\"recipient\":{\"id\":\"1\"}"

static void
a_redelivery_has_the_same_dedup_id(void **state)
{
	static const struct {
		const char *first, *again;
	} cases[] = {
		{ "{" FROM ",\"message\":{\"mid\":\"m\",\"text\":\"a\"}}",
		    "{\"message\":{\"text\":\"a\",\"mid\":\"m\"}," FROM "}" },
		{ "{" FROM ",\"timestamp\":5,\"postback\":{\"payload\":\"p\"}}",
		    "{\"postback\":{\"payload\":\"p\"},\"timestamp\":5," FROM
		    "}" },
		{ "{" FROM ",\"read\":{\"watermark\":7}}",
		    "{" FROM ", \"read\": {\"watermark\": 7}}" },
		{ "\"odd\"", "\"odd\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena arena;

		arena_init(&arena, ARENA_BYTES);
		assert_true(text_equal(dedup_of(cases[i].first, &arena),
		    dedup_of(cases[i].again, &arena)));
		arena_fini(&arena);
	}
}

static void
different_events_have_different_dedup_ids(void **state)
{
	static const char *const items[] = {
		"{" FROM ",\"message\":{\"mid\":\"m\",\"text\":\"a\"}}",
		"{" FROM ",\"message\":{\"mid\":\"n\",\"text\":\"a\"}}",
		"{" FROM ",\"message\":{\"mid\":\"m\",\"is_deleted\":true}}",
		"{" FROM ",\"message_edit\":{\"mid\":\"m\",\"text\":\"b\","
		"\"num_edit\":1}}",
		"{" FROM ",\"message_edit\":{\"mid\":\"m\",\"text\":\"b\","
		"\"num_edit\":2}}",
		"{" FROM ",\"reaction\":{\"mid\":\"m\",\"action\":\"react\"}}",
		"{" FROM
		",\"reaction\":{\"mid\":\"m\",\"action\":\"unreact\"}}",
		"{" FROM ",\"timestamp\":5,\"postback\":{\"mid\":\"m\","
		"\"payload\":\"p\"}}",
		"{" FROM ",\"timestamp\":6,\"postback\":{\"mid\":\"m\","
		"\"payload\":\"p\"}}",
		"{" FROM ",\"timestamp\":6,\"postback\":{\"mid\":\"m\","
		"\"payload\":\"q\"}}",
		"{\"sender\":{\"id\":\"3\"},\"timestamp\":6,\"postback\":{"
		"\"mid\":\"m\",\"payload\":\"q\"}}",
		"null",
		"7",
	};
	enum { COUNT = sizeof(items) / sizeof(items[0]) };
	struct text_view ids[COUNT];
	struct arena arena;

	(void)state;
	arena_init(&arena, ARENA_BYTES);
	for (size_t i = 0; i < COUNT; i++) {
		ids[i] = dedup_of(items[i], &arena);
		assert_true(ids[i].len > 0);
		for (size_t j = 0; j < i; j++)
			if (text_equal(ids[i], ids[j]))
				fail_msg("%s and %s", items[i], items[j]);
	}
	arena_fini(&arena);
}

static void
an_unsent_message_is_named_as_it_was_when_it_came(void **state)
{
	const struct text_view unsent =
	    TEXT("{\"object\":\"page\",\"entry\":[{\"id\":\"1\","
		 "\"messaging\":[{" FROM
		 ",\"message\":{\"mid\":\"m\",\"is_deleted\":true}}]}]}");
	struct message_list list;
	struct arena arena;

	(void)state;
	arena_init(&arena, ARENA_BYTES);
	assert_int_equal(parse(unsent, &arena, &list, NULL), OK);
	assert_true(text_equal(list.at[0].about,
	    dedup_of("{" FROM ",\"message\":{\"mid\":\"m\",\"text\":\"a\"}}",
		&arena)));
	arena_fini(&arena);
}

static void
a_mid_longer_than_any_id_still_has_a_short_dedup_id(void **state)
{
	struct text_view id;
	struct arena arena;
	struct buf item;

	(void)state;
	arena_init(&arena, ARENA_BYTES);
	buf_init(&item, 65536);
	assert_int_equal(buf_printf(&item,
			     "{" FROM ",\"message\":{\"mid\":\"%0*d\","
			     "\"text\":\"a\"}}",
			     5000, 1),
	    OK);
	id = dedup_of(buf_view(&item).at, &arena);
	assert_true(text_starts(id, TEXT("text:")));
	assert_true(id.len < 100);
	buf_fini(&item);
	arena_fini(&arena);
}

static enum result
parse_many(unsigned count, struct complaint *why)
{
	struct message_list list;
	struct arena arena;
	struct buf body;
	enum result result;

	arena_init(&arena, ARENA_BYTES);
	buf_init(&body, 1 << 20);
	assert_int_equal(
	    buf_add(&body, TEXT("{\"object\":\"page\",\"entry\":[")), OK);
	for (unsigned i = 0; i < count; i++)
		assert_int_equal(
		    buf_printf(&body,
			"%s{\"id\":\"1\",\"messaging\":[{" FROM
			",\"message\":{\"mid\":\"m%u\",\"text\":\"a\"}}]}",
			i == 0 ? "" : ",", i),
		    OK);
	assert_int_equal(buf_add(&body, TEXT("]}")), OK);
	result = parse(buf_view(&body), &arena, &list, why);
	if (result == OK)
		assert_int_equal(list.count, count);
	buf_fini(&body);
	arena_fini(&arena);
	return result;
}

static void
a_full_batch_is_taken_and_more_is_too_large(void **state)
{
	struct complaint why = { .text = "" };

	(void)state;
	assert_int_equal(parse_many(MESSAGES_MAX, &why), OK);
	assert_int_equal(parse_many(MESSAGES_MAX + 1, &why), ERR_TOO_LARGE);
	assert_string_equal(
	    why.text, "1001 events in one body; 1000 are taken");
}

static void
a_complaint_quotes_nothing_of_the_body(void **state)
{
	static const char *const bodies[] = {
		"{\"object\":\"page\",\"secret\":\"secret\" secret",
		"{\"object\":\"secret\"}",
		"{\"object\":\"page\",\"entry\":\"secret\"}",
		"secret",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		struct complaint why = { .text = "" };
		struct message_list list;
		struct arena arena;

		arena_init(&arena, ARENA_BYTES);
		assert_int_equal(parse(text_of(bodies[i]), &arena, &list, &why),
		    ERR_INVALID);
		assert_true(why.text[0] != '\0');
		assert_null(strstr(why.text, "secret"));
		arena_fini(&arena);
	}
}

static const char every_shape[] =
    "{\"object\":\"page\",\"entry\":[{\"id\":1,\"messaging\":["
    "{" FROM ",\"message\":{\"mid\":\"m\",\"text\":\"ch\\u00e0o\"}},"
    "{" FROM ",\"message\":{\"mid\":\"n\",\"attachments\":[{\"type\":"
    "\"image\",\"title\":\"t\"}]}},"
    "{" FROM ",\"message\":{\"mid\":\"o\",\"text\":\"x\",\"quick_reply\":"
    "{\"payload\":\"p\"}}},"
    "{" FROM ",\"message\":{\"mid\":\"e\",\"is_echo\":true,\"app_id\":7,"
    "\"metadata\":\"hoidap:1\"}},"
    "{" FROM ",\"postback\":{\"payload\":\"start\",\"referral\":{\"ref\":"
    "\"r\"}}},"
    "{" FROM ",\"message_edit\":{\"mid\":\"m\",\"text\":\"y\"}},"
    "{" FROM ",\"delivery\":{\"mids\":[\"m\"],\"watermark\":1}},"
    "{" FROM ",\"reaction\":{\"mid\":\"m\",\"emoji\":\"x\"}},"
    "{\"policy_enforcement\":{\"action\":\"block\"}},"
    "{" FROM ",\"take_thread_control\":{\"new_owner_app_id\":1}},"
    "5],\"changes\":[{}]},{}]}";

/* When memory runs out inside a string, Jansson 2.14 speaks of bad syntax, or
 * loses a byte of it and goes on: then all that we promise is to leak nothing
 * and to leave the output alone when we fail. */
static void
every_allocation_of_parse_may_fail_once(void **state)
{
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct message_list list = { NULL, 0 };
		struct arena arena;
		enum result result;

		arena_init(&arena, ARENA_BYTES);
		alloc_fault_arm(nth);
		result = parse(TEXT(every_shape), &arena, &list, NULL);
		alloc_fault_disarm();
		reached_the_end = !alloc_fault_fired();
		assert_true(result == OK || result == ERR_NOMEM ||
			    result == ERR_INVALID);
		assert_int_equal(list.count, result == OK ? 13 : 0);
		if (reached_the_end)
			assert_int_equal(result, OK);
		arena_fini(&arena);
	}
}

static void
a_full_arena_is_out_of_memory(void **state)
{
	struct message_list list = { NULL, 0 };
	struct arena arena;

	(void)state;
	arena_init(&arena, 2048);
	assert_int_equal(
	    parse(TEXT(every_shape), &arena, &list, NULL), ERR_NOMEM);
	assert_int_equal(list.count, 0);
	arena_fini(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_redelivery_has_the_same_dedup_id),
		cmocka_unit_test(different_events_have_different_dedup_ids),
		cmocka_unit_test(
		    an_unsent_message_is_named_as_it_was_when_it_came),
		cmocka_unit_test(
		    a_mid_longer_than_any_id_still_has_a_short_dedup_id),
		cmocka_unit_test(a_full_batch_is_taken_and_more_is_too_large),
		cmocka_unit_test(a_complaint_quotes_nothing_of_the_body),
		cmocka_unit_test(every_allocation_of_parse_may_fail_once),
		cmocka_unit_test(a_full_arena_is_out_of_memory),
	};

	json_set_alloc_funcs(malloc, free);
	if (secret_init() != OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
