/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check_fixture.h"

#define THREE(a, b, c)                                                         \
	"},\n" ASKED("a", a) "},\n" ASKED("b", b) "},\n" ASKED("c", c) "}"

static void
a_keyword_that_three_other_entries_hold_is_found(void **state)
{
	static const struct check_case cases[] = {
		{ TOPIC(ASKED("x", "Xin thẻ?") ",\n\"keywords\": [\"thẻ căn "
					       "cước\"]\n" THREE(
						   "Mất thẻ căn cước?",
						   "Đổi the can cuoc?",
						   "Thẻ căn cước trẻ em?")),

		    "3 x: the keyword \"thẻ căn cước\" stands in phrasings of "
		    "3 other entries, such as \"Thẻ căn cước trẻ em?\" of "
		    "\"c\" (@/a.json:7)\n" },
		/* Two may be neighbours. */
		{ TOPIC(ASKED("x", "Xin thẻ?") ", \"keywords\": [\"thẻ căn "
					       "cước\"]" THREE(
						   "Mất thẻ căn cước?",
						   "Đổi thẻ căn cước?", "Bỏ?")),
		    "" },
		/* In its own phrasings it belongs. */
		{ TOPIC(ASKED(
		      "x", "Xin thẻ?") ", \"keywords\": [\"xin thẻ\"], "
				       "\"asked_as\": [\"cho xin thẻ\"]" THREE(
					   "A?", "B?", "C?")),
		    "" },
		/* Whole words, one behind another, with their marks. */
		{ TOPIC(
		      ASKED("x", "Xin thẻ?") ", \"keywords\": [\"mất "
					     "thẻ\"]" THREE("Mật thẻ?",
						 "Mất một thẻ?", "Mất thẻo?")),
		    "" },
		/* All phrases of one keyword. */
		{ TOPIC(ASKED("x",
		      "Xin thẻ?") ",\n\"keywords\": [\"không\", "
				  "[\"mất\", \"sổ đỏ\"]]" THREE("Mất sổ đỏ?",
				      "Sổ đỏ bị mất?", "Mất gì, sổ đỏ?")),
		    "3 x: the keyword \"mất\" stands in phrasings of 3 other "
		    "entries, such as \"Mất gì, sổ đỏ?\" of \"c\" "
		    "(@/a.json:6)\n" },
		{ TOPIC(ASKED("x", "Xin thẻ?") ", \"keywords\": [[\"mất\", "
					       "\"sổ đỏ\"]]" THREE("Mất xe?",
						   "Sổ đỏ?", "Mất sổ?")),
		    "" },
	};

	(void)state;
	CHECK(FINDING_GREEDY_KEYWORD, cases);
}

/* Many phrasings of one entry are still one entry. */
static void
an_entry_is_counted_once(void **state)
{
	check_found(FINDING_GREEDY_KEYWORD,
	    TOPIC(ASKED("x", "Xin?") ", \"keywords\": [\"thẻ\"]},\n" ASKED(
		"y", "Thẻ một?") ", \"asked_as\": [\"thẻ hai\", \"thẻ ba\", "
				 "\"thẻ bốn\"]}"),
	    "");
	(void)state;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_keyword_that_three_other_entries_hold_is_found),
		cmocka_unit_test(an_entry_is_counted_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
