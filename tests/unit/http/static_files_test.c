/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "static_files.h"

#include "assets.h"
#include "tests/support/cmocka_all.h"

#include <string.h>

static const struct http_route routes[] = { STATIC_ROUTES, { 0 } };

enum { SCRIPT_MAX_BYTES = 15 * 1024 };

static struct http_answer
ask(const char *path, struct arena *arena)
{
	struct http_request request = { .method = "GET", .path = path };
	struct http_answer answer;

	arena_init(&request.arena, 65536);
	answer = static_files_answer(NULL, &request);
	*arena = request.arena;
	return answer;
}

static bool
holds(struct text_view text, const char *needle)
{
	return text_find(text, text_of(needle)) != SIZE_MAX;
}

static void
every_route_has_its_file_and_type(void **state)
{
	(void)state;
	for (size_t i = 0; routes[i].path != NULL; i++) {
		struct arena arena;
		struct http_answer answer = ask(routes[i].path, &arena);

		assert_int_equal(answer.status, 200);
		assert_true(answer.body.len > 0);
		assert_non_null(strstr(answer.content_type, "charset=utf-8"));
		arena_fini(&arena);
	}
}

static void
another_path_is_404(void **state)
{
	static const char *const paths[] = { "/chat/", "/", "/chat.html",
		"/src/http/web/chat.html" };

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct arena arena;

		assert_int_equal(ask(paths[i], &arena).status, 404);
		arena_fini(&arena);
	}
}

static void
other_sites_may_frame_the_chat_and_nothing_else(void **state)
{
	(void)state;
	for (size_t i = 0; routes[i].path != NULL; i++) {
		struct arena arena;
		const char *policy =
		    ask(routes[i].path, &arena).security_policy;
		bool framed = policy != NULL &&
			      strstr(policy, "frame-ancestors *") != NULL;

		assert_int_equal(framed, strcmp(routes[i].path, "/chat") == 0);
		arena_fini(&arena);
	}
}

/* The policy forbids it as well; this says so before a browser does. */
static void
the_pages_load_nothing_from_elsewhere_and_write_no_html(void **state)
{
	static const char *const forbidden[] = { "innerHTML", "outerHTML",
		"insertAdjacentHTML", "document.write", "eval(", "src=\"http",
		"href=\"http", "url(", "@import", "style=\"", "onclick=" };

	(void)state;
	for (size_t i = 0; routes[i].path != NULL; i++) {
		struct arena arena;
		struct text_view file = ask(routes[i].path, &arena).body;

		if (strcmp(routes[i].path, "/widget.js") == 0)
			file = text_slice(file,
			    text_find(file, TEXT("use strict")), file.len);
		for (size_t j = 0; j < sizeof(forbidden) / sizeof(forbidden[0]);
		     j++)
			if (holds(file, forbidden[j]))
				fail_msg("%s holds %s", routes[i].path,
				    forbidden[j]);
		arena_fini(&arena);
	}
}

static void
the_scripts_stay_small(void **state)
{
	struct arena arena;

	(void)state;
	assert_true(ask("/chat.js", &arena).body.len < SCRIPT_MAX_BYTES);
	arena_fini(&arena);
	assert_true(ask("/widget.js", &arena).body.len < SCRIPT_MAX_BYTES);
	arena_fini(&arena);
}

static void
the_page_is_marked_up_for_screen_readers(void **state)
{
	static const char *const wanted[] = { "<html lang=\"vi\">",
		"role=\"log\"", "aria-live=\"polite\"", "role=\"status\"",
		"<label for=\"text\">", "name=\"viewport\"", "<noscript>" };
	struct arena arena;
	struct text_view page = ask("/chat", &arena).body;

	(void)state;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
		if (!holds(page, wanted[i]))
			fail_msg("/chat lacks %s", wanted[i]);
	arena_fini(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_route_has_its_file_and_type),
		cmocka_unit_test(another_path_is_404),
		cmocka_unit_test(
		    other_sites_may_frame_the_chat_and_nothing_else),
		cmocka_unit_test(
		    the_pages_load_nothing_from_elsewhere_and_write_no_html),
		cmocka_unit_test(the_scripts_stay_small),
		cmocka_unit_test(the_page_is_marked_up_for_screen_readers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
