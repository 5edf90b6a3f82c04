/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "messenger_profile.h"

#include "secret.h"
#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct account account = {
	.id = "1001",
	.app_secret = "FAKE_secret",
	.access_token = "FAKE_token",
	.api = "https://graph.example/v25.0",
};

static const struct messenger_item questions[] = {
	{ .title = { "Hỏi?", 6 }, .payload = { "entry:a", 7 } },
};
static const struct messenger_item items[] = {
	{ .title = { "Một", 5 }, .payload = { "entry:a", 7 } },
	{ .title = { "Hai", 3 }, .url = { "https://x", 9 } },
};
static const struct messenger_profile profile = {
	.greeting = { "Xin chào", 9 },
	.ice_breakers = questions,
	.ice_breaker_count = 1,
	.menu = items,
	.menu_count = 2,
};

#define STARTED "\"get_started\":{\"payload\":\"start\"}"
#define GREETS "\"greeting\":[{\"locale\":\"default\",\"text\":\"Xin chào\"}]"
#define ASKS                                                                   \
	"\"ice_breakers\":[{\"locale\":\"default\",\"call_to_actions\":"       \
	"[{\"question\":\"Hỏi?\",\"payload\":\"entry:a\"}]}]"
#define ITEM_ONE                                                               \
	"{\"type\":\"postback\",\"title\":\"Một\",\"payload\":\"entry:a\"}"
#define ITEM_TWO                                                               \
	"{\"type\":\"web_url\",\"title\":\"Hai\",\"url\":\"https://x\","       \
	"\"webview_height_ratio\":\"full\"}"
#define MENU(list)                                                             \
	"\"persistent_menu\":[{\"locale\":\"default\","                        \
	"\"composer_input_disabled\":false,\"call_to_actions\":[" list "]}]"
#define DATA(members) "{\"data\":[{" members "}]}"

static enum result
compare(const struct messenger_profile *wanted, const char *body,
    struct arena *arena, struct messenger_changes *out)
{
	const struct api_response response = { .status = 200,
		.body = text_of(body) };
	struct complaint why = { .text = "" };

	return messenger_profile_compare(wanted, &response, arena, out, &why);
}

/* CHANGES lists properties, those to be removed with a "-". */
static void
only_what_differs_is_a_change(void **state)
{
	static const struct messenger_profile bare = { .greeting = {
							   "Xin chào", 9 } };
	static const struct {
		const struct messenger_profile *wanted;
		const char *body;
		const char *changes;
	} cases[] = {
		{ &profile, "{\"data\":[]}",
		    "get_started greeting ice_breakers persistent_menu " },
		{ &profile,
		    DATA(STARTED "," GREETS "," ASKS
				 "," MENU(ITEM_ONE "," ITEM_TWO)),
		    "" },
		{ &profile,
		    DATA(STARTED "," GREETS "," ASKS
				 "," MENU(ITEM_TWO "," ITEM_ONE)),
		    "persistent_menu " },
		{ &profile,
		    DATA(STARTED "," GREETS "," ASKS "," MENU(ITEM_ONE)),
		    "persistent_menu " },
		{ &profile,
		    DATA("\"get_started\":{\"payload\":\"other\"}," GREETS
			 ",\"ice_breakers\":[{\"question\":\"Hỏi?\","
			 "\"payload\":\"entry:a\"}]," MENU(
			     ITEM_ONE "," ITEM_TWO)),
		    "get_started ice_breakers " },
		{ &profile, DATA("\"greeting\":7,\"get_started\":[]"),
		    "get_started greeting ice_breakers persistent_menu " },
		{ &bare, DATA(STARTED "," GREETS "," ASKS "," MENU(ITEM_ONE)),
		    "-ice_breakers -persistent_menu " },
		{ &bare, DATA(STARTED "," GREETS), "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct messenger_changes changes;
		char got[256] = "";
		struct arena arena;

		arena_init(&arena, 1 << 16);
		assert_int_equal(
		    compare(cases[i].wanted, cases[i].body, &arena, &changes),
		    OK);
		for (size_t j = 0; j < changes.count; j++) {
			size_t length = strlen(got);

			(void)snprintf(got + length, sizeof(got) - length,
			    "%s%s ", changes.at[j].after.len > 0 ? "" : "-",
			    changes.at[j].property);
		}
		assert_string_equal(got, cases[i].changes);
		arena_fini(&arena);
	}
}

static void
changes_become_one_call_that_sets_and_one_that_removes(void **state)
{
	static const struct messenger_profile wanted = {
		.greeting = { "Chào", 5 },
		.ice_breakers = questions,
		.ice_breaker_count = 1,
	};
	struct api_call calls[MESSENGER_PROFILE_CALLS];
	struct messenger_changes changes;
	struct arena arena;
	size_t count;

	(void)state;
	arena_init(&arena, 1 << 16);
	assert_int_equal(
	    compare(&wanted,
		DATA(STARTED "," GREETS "," ASKS "," MENU(ITEM_ONE)), &arena,
		&changes),
	    OK);
	assert_int_equal(
	    messenger_profile_apply(&account, &changes, &arena, calls, &count),
	    OK);
	assert_int_equal(count, 2);
	assert_null(calls[0].method);
	assert_true(text_is(calls[0].body,
	    "{\"greeting\":[{\"locale\":\"default\",\"text\":\"Chào\"}]}"));
	assert_string_equal(calls[1].method, "DELETE");
	assert_true(
	    text_is(calls[1].body, "{\"fields\":[\"persistent_menu\"]}"));
	for (size_t i = 0; i < count; i++) {
		assert_non_null(strstr(calls[i].url,
		    "/v25.0/me/messenger_profile?appsecret_proof="));
		assert_null(strstr(calls[i].url, "FAKE_token"));
	}
	changes.count = 0;
	assert_int_equal(
	    messenger_profile_apply(&account, &changes, &arena, calls, &count),
	    OK);
	assert_int_equal(count, 0);
	arena_fini(&arena);
}

static void
what_messenger_would_refuse_is_refused_here(void **state)
{
	char long_text[400];
	const struct messenger_item linked = { .title = { "a", 1 },
		.payload = { "p", 1 },
		.url = { "https://x", 9 } };
	struct messenger_item item = { .title = { "a", 1 },
		.payload = { "p", 1 } };
	struct messenger_profile wanted = profile;
	struct complaint why;

	(void)state;
	memset(long_text, 'a', sizeof(long_text));
	assert_int_equal(messenger_profile_check(&profile, &why), OK);
	wanted.greeting = (struct text_view){ long_text, 160 };
	assert_int_equal(messenger_profile_check(&wanted, &why), OK);
	wanted.greeting = (struct text_view){ long_text, 161 };
	assert_int_equal(messenger_profile_check(&wanted, &why), ERR_INVALID);
	assert_non_null(strstr(why.text, "161 characters"));
	wanted = profile;
	wanted.menu = &item;
	wanted.menu_count = 1;
	item.title = (struct text_view){ long_text, 30 };
	assert_int_equal(messenger_profile_check(&wanted, &why), OK);
	item.title = (struct text_view){ long_text, 31 };
	assert_int_equal(messenger_profile_check(&wanted, &why), ERR_INVALID);
	wanted.menu = &linked;
	assert_int_equal(messenger_profile_check(&wanted, &why), ERR_INVALID);
	wanted = profile;
	wanted.ice_breaker_count = 5;
	assert_int_equal(messenger_profile_check(&wanted, &why), ERR_INVALID);
}

/* Jansson can lose a key of what it reads when memory runs out: then what is
 * there already is set once more. */
static void
every_allocation_may_fail_once(void **state)
{
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct api_call calls[MESSENGER_PROFILE_CALLS];
		struct messenger_changes changes = { .count = 0 };
		size_t count = 77;
		struct arena arena;
		enum result result;

		arena_init(&arena, 1 << 16);
		alloc_fault_arm(nth);
		result =
		    compare(&profile, DATA(STARTED "," ASKS), &arena, &changes);
		if (result == OK)
			result = messenger_profile_apply(
			    &account, &changes, &arena, calls, &count);
		alloc_fault_disarm();
		reached_the_end = !alloc_fault_fired();
		if (result == OK)
			assert_int_equal(count, 1);
		else
			assert_true(
			    !reached_the_end && count == 77 &&
			    (result == ERR_NOMEM || result == ERR_INVALID));
		arena_fini(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_differs_is_a_change),
		cmocka_unit_test(
		    changes_become_one_call_that_sets_and_one_that_removes),
		cmocka_unit_test(what_messenger_would_refuse_is_refused_here),
		cmocka_unit_test(every_allocation_may_fail_once),
	};

	json_set_alloc_funcs(malloc, free);
	if (secret_init() != OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
