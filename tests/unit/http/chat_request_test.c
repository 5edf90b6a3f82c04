/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What is refused, and why, is in chat_test.c. */
#include "src/http/chat_request.h"

#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

#include <jansson.h>
#include <stdlib.h>

enum { ARENA_MAX = 65536 };

static void
a_typed_text_is_trimmed_and_read_with_its_fields(void **state)
{
	struct arena arena;
	struct complaint why;
	struct chat_request asked;

	(void)state;
	arena_init(&arena, ARENA_MAX);
	assert_int_equal(
	    chat_request_read(TEXT("{\"text\": \" xin\\nchào \", \"id\": \"1\","
				   " \"after\": 9007199254740991, \"x\": {}}"),
		&arena, &asked, &why),
	    OK);
	assert_true(text_is(asked.text, "xin\nchào"));
	assert_true(text_is(asked.id, "1"));
	assert_int_equal(asked.after, 9007199254740991);
	assert_int_equal(asked.payload.len, 0);
	assert_int_equal(asked.title.len, 0);
	arena_fini(&arena);
}

static void
a_tap_has_its_title(void **state)
{
	struct arena arena;
	struct complaint why;
	struct chat_request asked;

	(void)state;
	arena_init(&arena, ARENA_MAX);
	assert_int_equal(
	    chat_request_read(
		TEXT("{\"payload\":\"entry:a\",\"title\":\"\\u0110\"}"), &arena,
		&asked, &why),
	    OK);
	assert_true(text_is(asked.payload, "entry:a"));
	assert_true(text_is(asked.title, "Đ"));
	assert_int_equal(asked.after, 0);
	arena_fini(&arena);
}

static void
a_refused_request_leaves_its_output_alone(void **state)
{
	struct chat_request asked = { .after = 77 };
	struct complaint why;
	struct arena arena;

	(void)state;
	arena_init(&arena, ARENA_MAX);
	assert_int_equal(chat_request_read(TEXT("{\"id\":\"a\",\"after\":5}"),
			     &arena, &asked, &why),
	    ERR_INVALID);
	assert_int_equal(asked.after, 77);
	assert_int_equal(asked.id.len, 0);
	arena_fini(&arena);
}

/* A body that is deep rather than long must not eat the stack. */
static void
a_deep_body_is_refused(void **state)
{
	enum { DEPTH = 30000 };
	char *body = malloc(DEPTH);
	struct chat_request asked;
	struct complaint why;
	struct arena arena;

	(void)state;
	assert_non_null(body);
	for (size_t i = 0; i < DEPTH; i++)
		body[i] = '[';
	arena_init(&arena, ARENA_MAX);
	assert_int_equal(chat_request_read((struct text_view){ body, DEPTH },
			     &arena, &asked, &why),
	    ERR_INVALID);
	arena_fini(&arena);
	free(body);
}

/* Jansson calls some of them a syntax error. */
static void
every_lost_allocation_is_an_error(void **state)
{
	bool fired = true;

	(void)state;
	for (unsigned nth = 0; fired; nth++) {
		struct arena arena;
		struct complaint why;
		struct chat_request asked;
		enum result got;

		arena_init(&arena, ARENA_MAX);
		alloc_fault_arm(nth);
		got = chat_request_read(
		    TEXT("{\"payload\": \"person\", \"title\": \"Đ\", "
			 "\"id\": \"1\", \"after\": 3}"),
		    &arena, &asked, &why);
		fired = alloc_fault_fired();
		alloc_fault_disarm();
		assert_int_equal(got != OK, fired);
		arena_fini(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_typed_text_is_trimmed_and_read_with_its_fields),
		cmocka_unit_test(a_tap_has_its_title),
		cmocka_unit_test(a_refused_request_leaves_its_output_alone),
		cmocka_unit_test(a_deep_body_is_refused),
		cmocka_unit_test(every_lost_allocation_is_an_error),
	};

	json_set_alloc_funcs(malloc, free);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
