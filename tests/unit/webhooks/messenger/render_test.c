/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channels.h"
#include "secret.h"

#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* What single replies become is in webhooks/messenger/samples/render-*. */

enum { ARENA_BYTES = 8 * 1024 * 1024 };

static const struct account account = {
	.name = "default",
	.id = "1",
	.app_secret = "app secret",
	.api = "https://graph.example/v25.0",
};

static struct reply
long_reply(const char *url)
{
	static const char sentence[] = "Một câu đủ dài để phải cắt. ";
	static char text[9000];
	size_t filled = 0;

	while (filled + sizeof(sentence) < sizeof(text)) {
		memcpy(text + filled, sentence, sizeof(sentence));
		filled += sizeof(sentence) - 1;
	}
	return (struct reply){
		.text = { text, filled },
		.buttons = { { .title = TEXT("Cổng dịch vụ công quốc gia"),
				 .url = text_of(url),
				 .payload =
				     url == NULL ? TEXT("entry:a") : TEXT("") },
		    { .title = TEXT("Gặp cán bộ"),
			.payload = TEXT("person") } },
		.button_count = 2,
	};
}

static enum result
render(
    const struct reply *reply, struct arena *arena, struct api_call_list *calls)
{
	const struct delivery_address to = { .citizen = TEXT("2") };
	const struct render_context context = {
		.account = &account,
		.access_token = TEXT("token"),
		.delivery_id = UINT64_MAX,
	};

	return channel_messenger.render(reply, &to, &context, arena, calls);
}

static void
the_same_reply_gives_the_same_calls(void **state)
{
	struct reply reply = long_reply("https://a.vn");
	struct api_call_list first;
	struct api_call_list again;
	struct arena arena;

	(void)state;
	arena_init(&arena, ARENA_BYTES);
	assert_int_equal(render(&reply, &arena, &first), OK);
	assert_int_equal(render(&reply, &arena, &again), OK);
	assert_int_equal(first.count, again.count);
	assert_true(first.count > 2);
	for (size_t i = 0; i < first.count; i++) {
		assert_string_equal(first.at[i].url, again.at[i].url);
		assert_true(text_equal(first.at[i].body, again.at[i].body));
	}
	arena_fini(&arena);
}

static void
a_typing_sign_stands_only_after_the_first_of_many_parts(void **state)
{
	struct reply reply = long_reply("https://a.vn");
	struct api_call_list calls;
	struct arena arena;

	(void)state;
	arena_init(&arena, ARENA_BYTES);
	assert_int_equal(render(&reply, &arena, &calls), OK);
	assert_true(calls.count > 3);
	for (size_t i = 0; i < calls.count; i++)
		assert_int_equal(calls.at[i].courtesy, i == 1);
	reply.text = TEXT("Một câu.");
	assert_int_equal(render(&reply, &arena, &calls), OK);
	assert_int_equal(calls.count, 1);
	arena_fini(&arena);
}

/* The echo of one part does not mean that the reply has arrived. */
static void
only_the_last_message_carries_the_bare_delivery_id(void **state)
{
	struct reply reply = long_reply(NULL);
	struct api_call_list calls;
	struct arena arena;

	(void)state;
	arena_init(&arena, ARENA_BYTES);
	assert_int_equal(render(&reply, &arena, &calls), OK);
	for (size_t i = 0; i < calls.count; i++) {
		size_t at = text_find(
		    calls.at[i].body, TEXT("\"hoidap:18446744073709551615"));
		struct text_view rest;

		if (calls.at[i].courtesy)
			continue;
		assert_true(at != SIZE_MAX);
		rest = text_slice(calls.at[i].body,
		    at + sizeof("\"hoidap:18446744073709551615") - 1,
		    calls.at[i].body.len);
		assert_int_equal(rest.at[0], i + 1 == calls.count ? '"' : '.');
	}
	arena_fini(&arena);
}

/* Inside 24 hours nothing needs the tag, and the bot never gets it. */
static void
only_what_a_person_writes_late_is_tagged(void **state)
{
	static const struct {
		bool human;
		enum reach reach;
		bool tagged;
	} cases[] = {
		{ false, REACH_FREE, false },
		{ false, REACH_HUMAN, false },
		{ true, REACH_FREE, false },
		{ true, REACH_HUMAN, true },
	};
	const struct reply reply = { .text = TEXT("a") };
	const struct delivery_address to = { .citizen = TEXT("2") };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct render_context context = { .account = &account,
			.access_token = TEXT("token"),
			.human = cases[i].human,
			.reach = cases[i].reach };
		struct api_call_list calls;
		struct arena arena;
		struct text_view body;

		arena_init(&arena, ARENA_BYTES);
		assert_int_equal(channel_messenger.render(
				     &reply, &to, &context, &arena, &calls),
		    OK);
		body = calls.at[calls.count - 1].body;
		assert_int_equal(
		    text_find(body, TEXT("\"messaging_type\":\"MESSAGE_TAG\","
					 "\"tag\":\"HUMAN_AGENT\"")) !=
			SIZE_MAX,
		    cases[i].tagged);
		assert_int_equal(
		    text_find(body, TEXT("\"RESPONSE\"")) == SIZE_MAX,
		    cases[i].tagged);
		arena_fini(&arena);
	}
}

static void
no_token_is_in_a_url(void **state)
{
	struct reply reply = long_reply(NULL);
	struct api_call_list calls;
	struct arena arena;

	(void)state;
	arena_init(&arena, ARENA_BYTES);
	assert_int_equal(render(&reply, &arena, &calls), OK);
	for (size_t i = 0; i < calls.count; i++)
		assert_null(strstr(calls.at[i].url, "token"));
	arena_fini(&arena);
}

static void
walk_allocations(const struct reply *reply)
{
	bool reached_the_end = false;

	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct api_call_list calls = { .count = 0 };
		struct arena arena;
		enum result result;

		arena_init(&arena, ARENA_BYTES);
		alloc_fault_arm(nth);
		result = render(reply, &arena, &calls);
		alloc_fault_disarm();
		reached_the_end = !alloc_fault_fired();
		if (result != (reached_the_end ? OK : ERR_NOMEM))
			fail_msg("allocation %u: %s", nth, result_name(result));
		assert_true(reached_the_end || calls.count == 0);
		arena_fini(&arena);
	}
}

static void
every_allocation_of_render_may_fail_once(void **state)
{
	struct reply with_link = long_reply("https://a.vn");
	struct reply with_numbers = long_reply(NULL);

	(void)state;
	walk_allocations(&with_link);
	walk_allocations(&with_numbers);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_reply_gives_the_same_calls),
		cmocka_unit_test(
		    a_typing_sign_stands_only_after_the_first_of_many_parts),
		cmocka_unit_test(
		    only_the_last_message_carries_the_bare_delivery_id),
		cmocka_unit_test(only_what_a_person_writes_late_is_tagged),
		cmocka_unit_test(no_token_is_in_a_url),
		cmocka_unit_test(every_allocation_of_render_may_fail_once),
	};

	json_set_alloc_funcs(malloc, free);
	if (secret_init() != OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
