/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/http/route.h"

#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

static const struct http_route routes[] = {
	{ .method = "GET", .path = "/a" },
	{ .method = "POST", .path = "/a" },
	{ .method = "GET", .path = "/a/*" },
	{ .method = "DELETE", .path = "/a/b" },
	{ .method = "GET", .path = "/a/b" },
	{ .path = NULL },
};

static void
the_first_row_that_fits_method_and_path_wins(void **state)
{
	static const struct {
		const char *method, *path;
		const struct http_route *want;
	} cases[] = {
		{ "GET", "/a", &routes[0] },
		{ "POST", "/a", &routes[1] },
		{ "GET", "/a/", &routes[2] },
		{ "GET", "/a/b", &routes[2] },
		{ "GET", "/a/b/c", &routes[2] },
		{ "DELETE", "/a/b", &routes[3] },
		{ "DELETE", "/a", NULL },
		{ "GET", "/ab", NULL },
		{ "GET", "", NULL },
		{ "get", "/a", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_ptr_equal(
		    route_find(routes, cases[i].method, cases[i].path),
		    cases[i].want);
}

static void
the_methods_of_a_path_are_listed_once_each(void **state)
{
	static const struct {
		const char *path, *want;
	} cases[] = {
		{ "/a", "GET, HEAD, POST" },
		{ "/a/b", "GET, HEAD, DELETE" },
		{ "/a/x", "GET, HEAD" },
		{ "/x", "" },
	};
	struct arena arena;

	(void)state;
	arena_init(&arena, 4096);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(
		    route_methods(routes, cases[i].path, &arena),
		    cases[i].want);
	arena_fini(&arena);
}

static void
methods_without_memory_are_null(void **state)
{
	bool fired = true;

	(void)state;
	for (unsigned nth = 0; fired; nth++) {
		struct arena arena;
		const char *methods;

		arena_init(&arena, 4096);
		alloc_fault_arm(nth);
		methods = route_methods(routes, "/a", &arena);
		fired = alloc_fault_fired();
		alloc_fault_disarm();
		assert_int_equal(methods == NULL, fired);
		arena_fini(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_row_that_fits_method_and_path_wins),
		cmocka_unit_test(the_methods_of_a_path_are_listed_once_each),
		cmocka_unit_test(methods_without_memory_are_null),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
