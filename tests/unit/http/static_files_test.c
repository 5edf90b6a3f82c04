/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "static_files.h"

#include "assets.h"
#include "tests/support/cmocka_all.h"

#include <string.h>

static struct static_files context = { .frame_origins = "https://a.vn" };
static const struct http_route routes[] = { STATIC_ROUTES(&context), { 0 } };

/* Of all files together: a phone on a slow line fetches them first. */
enum { ALL_MAX_BYTES = 30000 };

static struct http_answer
ask(const char *path, struct arena *arena)
{
	struct http_request request = { .method = "GET", .path = path };
	struct http_answer answer;

	arena_init(&request.arena, 65536);
	answer = static_files_answer(&context, &request);
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
named_sites_may_frame_the_chat_and_nothing_else(void **state)
{
	static const char ancestors[] = "frame-ancestors 'self' https://a.vn";

	(void)state;
	for (size_t i = 0; routes[i].path != NULL; i++) {
		struct arena arena;
		const char *policy =
		    ask(routes[i].path, &arena).security_policy;
		bool framed =
		    policy != NULL && strstr(policy, ancestors) != NULL;

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
without_named_sites_only_ours_may(void **state)
{
	struct static_files nobody = { .frame_origins = "" };
	struct http_request request = { .method = "GET", .path = "/chat" };
	const char *policy;

	(void)state;
	arena_init(&request.arena, 65536);
	policy = static_files_answer(&nobody, &request).security_policy;
	assert_non_null(policy);
	assert_string_equal(
	    strstr(policy, "frame-ancestors"), "frame-ancestors 'self'");
	arena_fini(&request.arena);
}

static void
all_files_together_stay_small(void **state)
{
	size_t bytes = 0;

	(void)state;
	for (size_t i = 0; routes[i].path != NULL; i++) {
		struct arena arena;

		bytes += ask(routes[i].path, &arena).body.len;
		arena_fini(&arena);
	}
	assert_true(bytes < ALL_MAX_BYTES);
}

/* Quoted, and another for each file. */
static void
every_file_has_an_etag_of_its_own(void **state)
{
	char seen[8][32];
	size_t count = 0;

	(void)state;
	for (; routes[count].path != NULL; count++) {
		struct arena arena;
		const char *etag = ask(routes[count].path, &arena).etag;

		assert_int_equal(strlen(etag), 18);
		assert_true(etag[0] == '"' && etag[17] == '"');
		assert_int_equal(
		    text_copy(seen[count], sizeof(seen[count]), text_of(etag)),
		    OK);
		for (size_t i = 0; i < count; i++)
			assert_string_not_equal(seen[i], seen[count]);
		arena_fini(&arena);
	}
}

static void
the_page_is_marked_up_for_screen_readers(void **state)
{
	static const char *const wanted[] = { "<html lang=\"vi\">",
		"role=\"log\"", "aria-live=\"polite\"", "role=\"status\"",
		"<label for=\"text\"", "name=\"viewport\"", "<noscript>" };
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
		    named_sites_may_frame_the_chat_and_nothing_else),
		cmocka_unit_test(without_named_sites_only_ours_may),
		cmocka_unit_test(
		    the_pages_load_nothing_from_elsewhere_and_write_no_html),
		cmocka_unit_test(all_files_together_stay_small),
		cmocka_unit_test(every_file_has_an_etag_of_its_own),
		cmocka_unit_test(the_page_is_marked_up_for_screen_readers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
