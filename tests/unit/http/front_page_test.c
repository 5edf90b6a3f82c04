/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "front_page.h"

#include "tests/support/cmocka_all.h"

static bool
page_holds(const char *code, const char *part)
{
	struct front_page page = { code };
	struct http_request request = { .path = "/" };
	struct http_answer answer;
	bool holds;

	arena_init(&request.arena, 1 << 16);
	answer = front_page_answer(&page, &request);
	assert_int_equal(answer.status, 200);
	holds = text_find(answer.body, text_of(part)) != SIZE_MAX;
	arena_fini(&request.arena);
	return holds;
}

static void
the_root_leads_to_the_chat_page(void **state)
{
	(void)state;
	assert_true(page_holds("", "<a href=\"/chat\">"));
	assert_false(page_holds("", "zalo-platform"));
}

static void
the_root_proves_the_domain_to_zalo(void **state)
{
	(void)state;
	assert_true(page_holds("Ab_1-",
	    "<meta name=\"zalo-platform-site-verification\" "
	    "content=\"Ab_1-\">"));
}

static void
no_memory_is_told(void **state)
{
	struct front_page page = { "x" };
	struct http_request request = { .path = "/" };

	(void)state;
	arena_init(&request.arena, 16);
	assert_int_equal(front_page_answer(&page, &request).status, 500);
	arena_fini(&request.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_root_leads_to_the_chat_page),
		cmocka_unit_test(the_root_proves_the_domain_to_zalo),
		cmocka_unit_test(no_memory_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
