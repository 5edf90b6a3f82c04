/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include <stdlib.h>

#include "src/faq/place.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static const char source[] = "\n"
			     "{ \"title\": \"{ [ \\\"} \\\\\",\n"
			     "  \"other\": [1, {\"entries\": [\n"
			     "    2]}],\n"
			     "  \"entries\": [\n"
			     "    {\"id\": \"a\",\n"
			     "     \"buttons\": [\n"
			     "       {\"title\": \"x\"},\n"
			     "       {\"title\": \"y\",\n"
			     "        \"\\u0065ntry\": \"b\"}\n"
			     "     ]}, {\"id\": \"b\"},\n"
			     "    true,\n"
			     "    -1.5e3 , null ]\n"
			     "}\n";

static const struct place file = { NULL, NULL, 0 };
static const struct place entries = { &file, "entries", 0 };
static const struct place first = { &entries, NULL, 0 };
static const struct place second = { &entries, NULL, 1 };
static const struct place buttons = { &first, "buttons", 0 };
static const struct place button = { &buttons, NULL, 1 };

static void
every_place_has_the_line_of_its_key_or_item(void **state)
{
	static const struct {
		struct place place;
		unsigned line;
	} cases[] = {
		{ { NULL, NULL, 0 }, 2 },
		{ { &file, "title", 0 }, 2 },
		{ { &file, "other", 0 }, 3 },
		{ { &file, "entries", 0 }, 5 },
		{ { &entries, NULL, 0 }, 6 },
		{ { &first, "id", 0 }, 6 },
		{ { &first, "buttons", 0 }, 7 },
		{ { &buttons, NULL, 0 }, 8 },
		{ { &button, "title", 0 }, 9 },
		{ { &second, "id", 0 }, 11 },
		{ { &entries, NULL, 2 }, 12 },
		{ { &entries, NULL, 3 }, 13 },
		{ { &entries, NULL, 4 }, 13 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(place_line(text_of(source), &cases[i].place),
		    cases[i].line);
}

static void
what_cannot_be_found_has_the_line_of_what_is_around_it(void **state)
{
	static const struct {
		struct place place;
		unsigned line;
	} cases[] = {
		{ { &second, "answer", 0 }, 11 }, /* missing */
		{ { &button, "entry", 0 }, 9 },	  /* escaped */
		{ { &entries, NULL, 5 }, 5 },	  /* no such item */
		{ { &first, NULL, 9 }, 6 },	  /* no list */
		{ { &file, "answer", 0 }, 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(place_line(text_of(source), &cases[i].place),
		    cases[i].line);
}

static void
the_items_of_a_list_are_found_in_one_pass(void **state)
{
	static const unsigned want[] = { 6, 11, 12, 13, 13 };
	struct place_spot got[COUNT_OF(want)];

	(void)state;
	place_items(text_of(source), &entries, got, COUNT_OF(got));
	for (size_t i = 0; i < COUNT_OF(want); i++) {
		assert_int_equal(got[i].line, want[i]);
		assert_true(got[i].at < sizeof(source));
	}
}

/* Jansson vouches for the syntax, but reading past the end is never right. */
static void
a_source_cut_anywhere_is_not_read_past_its_end(void **state)
{
	(void)state;
	for (size_t len = 0; len < sizeof(source); len++) {
		char *copy = text_dup((struct text_view){ source, len });
		struct place title = { &button, "title", 0 };
		struct place_spot spots[5];

		assert_non_null(copy);
		assert_in_range(
		    place_line((struct text_view){ copy, len }, &title), 1, 14);
		place_items((struct text_view){ copy, len }, &entries, spots,
		    COUNT_OF(spots));
		free(copy);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_place_has_the_line_of_its_key_or_item),
		cmocka_unit_test(
		    what_cannot_be_found_has_the_line_of_what_is_around_it),
		cmocka_unit_test(the_items_of_a_list_are_found_in_one_pass),
		cmocka_unit_test(
		    a_source_cut_anywhere_is_not_read_past_its_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
