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
the_file_of_the_domain_check_is_there_by_its_whole_name(void **state)
{
	static const struct {
		const char *code;
		const char *path;
		unsigned status;
	} cases[] = {
		{ "Ab_1-", "/zalo_verifierAb_1-.html", 200 },
		{ "Ab_1-", "/zalo_verifierAb_1-", 404 },
		{ "Ab_1-", "/zalo_verifierAb_1-.html2", 404 },
		{ "Ab_1-", "/zalo_verifierAb_1.html", 404 },
		{ "Ab_1-", "/zalo_verifier.html", 404 },
		{ "", "/zalo_verifier.html", 404 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct front_page page = { cases[i].code };
		struct http_request request = { .path = cases[i].path };

		arena_init(&request.arena, 1 << 16);
		assert_int_equal(front_page_verifier(&page, &request).status,
		    cases[i].status);
		arena_fini(&request.arena);
	}
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
		cmocka_unit_test(
		    the_file_of_the_domain_check_is_there_by_its_whole_name),
		cmocka_unit_test(no_memory_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
