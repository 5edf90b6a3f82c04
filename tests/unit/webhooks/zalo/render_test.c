/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

#include "channels.h"
#include "secret.h"
#include "utf8.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const struct account account = {
	.app_secret = "FAKE_app_secret",
	.api = "https://zalo.example",
};

static const struct account without_app_secret = {
	.app_secret = "",
	.api = "https://zalo.example",
};

static const struct delivery_address citizen = { .citizen = { "42", 2 } };

static int
set_up(void **state)
{
	static struct arena arena;

	arena_init(&arena, 1 << 20);
	*state = &arena;
	return 0;
}

static int
tear_down(void **state)
{
	arena_fini(*state);
	return 0;
}

static struct render_context
context_of(const struct account *who, bool plain)
{
	return (struct render_context){
		.account = who, .access_token = TEXT("TOKEN"), .plain = plain
	};
}

static struct api_call_list
render(const struct reply *reply, bool plain, struct arena *arena)
{
	const struct render_context context = context_of(&account, plain);
	struct api_call_list list = { 0 };

	assert_int_equal(
	    channel_zalo.render(reply, &citizen, &context, arena, &list), OK);
	return list;
}

/* Yours to json_decref(). */
static json_t *
body_of(const struct api_call *call)
{
	json_t *root = json_loadb(
	    call->body.at, call->body.len, JSON_REJECT_DUPLICATES, NULL);

	assert_non_null(root);
	return root;
}

static const char *
header(const struct api_call *call, const char *name)
{
	for (size_t i = 0; i < call->header_count; i++)
		if (strcmp(call->headers[i].name, name) == 0)
			return call->headers[i].value;
	return NULL;
}

static void
the_token_goes_bare_into_a_header_with_its_proof(void **state)
{
	const struct reply reply = { .text = TEXT("Xin chào") };
	const struct render_context context =
	    context_of(&without_app_secret, false);
	struct api_call_list list = render(&reply, false, *state);

	assert_int_equal(list.count, 1);
	assert_string_equal(
	    list.at[0].url, "https://zalo.example/v3.0/oa/message/cs");
	assert_string_equal(
	    header(&list.at[0], "Content-Type"), "application/json");
	assert_string_equal(header(&list.at[0], "access_token"), "TOKEN");
	assert_string_equal(header(&list.at[0], "appsecret_proof"),
	    "d19723759145da924b0800ebcea59d8a4f4deb33dfd71ba36e3ee493b3b1482b");
	assert_null(strstr(list.at[0].url, "TOKEN"));
	assert_false(list.at[0].courtesy);

	assert_int_equal(
	    channel_zalo.render(&reply, &citizen, &context, *state, &list), OK);
	assert_null(header(&list.at[0], "appsecret_proof"));
}

static void
a_long_text_is_split_and_its_buttons_hang_on_the_last_part(void **state)
{
	static const char word[] = "chữ ký số ";
	static char text[REPLY_TEXT_MAX_BYTES];
	struct reply reply = { .button_count = 1,
		.buttons = { { .title = TEXT("Gặp cán bộ"),
		    .payload = TEXT("person") } } };
	struct api_call_list list;
	size_t length = 0;

	for (; length + sizeof(word) <= 8000; length += sizeof(word) - 1)
		memcpy(text + length, word, sizeof(word) - 1);
	reply.text = (struct text_view){ text, length };
	list = render(&reply, false, *state);
	assert_true(list.count > 2);
	for (size_t i = 0; i < list.count; i++) {
		json_t *root = body_of(&list.at[i]);
		const json_t *message = json_object_get(root, "message");
		const char *part =
		    json_string_value(json_object_get(message, "text"));

		assert_in_range(utf8_length(text_of(part)), 1, 2000);
		assert_int_equal(json_object_get(message, "attachment") != NULL,
		    i + 1 == list.count);
		json_decref(root);
	}
}

static void
a_reply_gives_the_same_calls_every_time(void **state)
{
	const struct reply reply = { .text = TEXT("Phí là 0 đồng."),
		.buttons = { { .title = TEXT("Xem"),
		    .url = TEXT("https://dvc.example/a?b=c&d=\"e\"") } },
		.button_count = 1 };
	struct api_call_list one = render(&reply, false, *state);
	struct api_call_list two = render(&reply, false, *state);

	assert_int_equal(one.count, two.count);
	assert_true(text_equal(one.at[0].body, two.at[0].body));
	assert_string_equal(one.at[0].url, two.at[0].url);
}

static void
a_payload_beyond_zalos_limit_is_too_large(void **state)
{
	static char payload[1000];
	struct reply reply = { .text = TEXT("x"),
		.buttons = { { .title = TEXT("y") } },
		.button_count = 1 };
	const struct render_context context = context_of(&account, false);
	struct api_call_list list = { .count = 77 };

	memset(payload, 'a', sizeof(payload));
	reply.buttons[0].payload = (struct text_view){ payload, 996 };
	assert_int_equal(
	    channel_zalo.render(&reply, &citizen, &context, *state, &list), OK);
	list.count = 77;
	reply.buttons[0].payload.len = 997;
	assert_int_equal(
	    channel_zalo.render(&reply, &citizen, &context, *state, &list),
	    ERR_TOO_LARGE);
	assert_int_equal(list.count, 77);
	/* Numbered lines have no payload. */
	assert_int_equal(render(&reply, true, *state).count, 1);
}

static void
what_we_render_as_a_button_comes_back_as_a_tap(void **state)
{
	const struct account oa = { .id = "1" };
	const struct reply reply = { .text = TEXT("Anh/chị hỏi về phí?"),
		.buttons = { { .title = TEXT("Phí chữ ký số"),
		    .payload = TEXT("entry:phi-chu-ky-so") } },
		.button_count = 1 };
	struct api_call_list list = render(&reply, false, *state);
	json_t *root = body_of(&list.at[0]);
	json_t *button = json_array_get(
	    json_object_get(
		json_object_get(
		    json_object_get(
			json_object_get(root, "message"), "attachment"),
		    "payload"),
		"buttons"),
	    0);
	json_t *tapped = json_pack("{s:s, s:{s:s}, s:{s:s}, s:{s:O}}",
	    "event_name", "user_send_text", "sender", "id", "42", "recipient",
	    "id", "1", "message", "text", json_object_get(button, "payload"));
	char *webhook = json_dumps(tapped, 0);
	struct message_list messages = { 0 };

	assert_non_null(webhook);
	assert_int_equal(
	    channel_zalo.parse(text_of(webhook), &oa, *state, &messages, NULL),
	    OK);
	assert_int_equal(messages.at[0].kind, EVENT_TAP);
	assert_true(text_is(messages.at[0].payload, "entry:phi-chu-ky-so"));
	free(webhook);
	json_decref(tapped);
	json_decref(root);
}

static void
every_allocation_may_fail(void **state)
{
	static const struct delivery_address visitor = { .citizen = { "42", 2 },
		.conversation = { "43", 2 } };
	const struct reply reply = { .text = TEXT("Anh/chị chọn giúp em ạ."),
		.buttons = { { .title = TEXT("Cổng dịch vụ"),
				 .url = TEXT("https://dvc.example") },
		    { .title = TEXT("Gặp cán bộ"),
			.payload = TEXT("person") } },
		.button_count = 2 };
	const struct render_context context = context_of(&account, false);
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct api_call_list list = { .count = 77 };
		struct arena arena;
		enum result result;

		arena_init(&arena, 1 << 20);
		alloc_fault_arm(nth);
		result = channel_zalo.render(
		    &reply, &visitor, &context, &arena, &list);
		alloc_fault_disarm();
		reached_the_end = !alloc_fault_fired();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		assert_int_equal(list.count, reached_the_end ? 1 : 77);
		arena_fini(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    the_token_goes_bare_into_a_header_with_its_proof, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    a_long_text_is_split_and_its_buttons_hang_on_the_last_part,
		    set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_reply_gives_the_same_calls_every_time, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_payload_beyond_zalos_limit_is_too_large, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    what_we_render_as_a_button_comes_back_as_a_tap, set_up,
		    tear_down),
		cmocka_unit_test(every_allocation_may_fail),
	};

	json_set_alloc_funcs(malloc, free);
	if (secret_init() != OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
