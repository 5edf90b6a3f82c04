/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check_fixture.h"

static void
a_phrasing_of_two_entries_is_found_however_it_is_written(void **state)
{
	static const struct check_case cases[] = {
		{ TOPIC(ASKED("x", "Mất thẻ căn cước?") "},\n" ASKED("y",
		      "Khác?") ",\n\"asked_as\": [\n\"một\",\n\"mat the can "
			       "cuoc\"]}"),
		    "6 y: \"mat the can cuoc\" is asked of \"x\" as well "
		    "(@/a.json:2)\n" },
		{ TOPIC(ASKED("x", "Làm lại thẻ hoà giải?") "},\n" ASKED(
		      "y", "LÀM LẠI, thẻ hòa giải") "}"),
		    "3 y: \"LÀM LẠI, thẻ hòa giải\" is asked of \"x\" as well "
		    "(@/a.json:2)\n" },
		/* The same within an entry helps those without accents. */
		{ TOPIC(
		      ASKED("x", "Mất thẻ?") ", \"asked_as\": [\"mat the\"]}"),
		    "" },
		{ TOPIC(
		      ASKED("x", "Mất thẻ?") "},\n" ASKED("y", "Thẻ mất?") "}"),
		    "" },
		/* Nobody finds a retired entry. */
		{ TOPIC(ASKED("x", "Mất thẻ?") "},\n" ASKED(
		      "y", "Mất thẻ?") ", \"status\": \"retired\"}"),
		    "" },
		{ TOPIC(ASKED("x", "Mất thẻ?") "},\n" ASKED(
		      "y", "Mất thẻ?") ", \"status\": \"draft\"}"),
		    "3 y: \"Mất thẻ?\" is asked of \"x\" as well "
		    "(@/a.json:2)\n" },
		/* Signs alone are no phrasing. */
		{ TOPIC(ASKED("x", "?!") "},\n" ASKED("y", "?!") "}"), "" },
	};

	(void)state;
	CHECK(FINDING_ASKED_TWICE, cases);
}

static void
what_is_asked_and_not_asked_at_once_is_found(void **state)
{
	static const struct check_case cases[] = {
		{ TOPIC(ASKED("x", "Mất thẻ?") ",\n\"not_asked_as\": [\"mat "
					       "THE\"]}"),
		    "3 x: \"mat THE\" is among the phrasings of this entry, "
		    "too\n" },
		/* That is what not_asked_as is for. */
		{ TOPIC(ASKED("x", "Mất thẻ?") ", \"not_asked_as\": [\"làm "
					       "thẻ\"]},\n" ASKED(
						   "y", "Làm thẻ?") "}"),
		    "" },
		{ TOPIC(ASKED("x", "Mất thẻ?") ",\n\"asked_as\": [\"Hôm nay "
					       "trời có mưa không?\"]}"),
		    "3 x: \"Hôm nay trời có mưa không?\" is among the messages "
		    "of off-topic.json, too\n" },
	};

	(void)state;
	CHECK(FINDING_ASKED_AND_NOT, cases);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_phrasing_of_two_entries_is_found_however_it_is_written),
		cmocka_unit_test(what_is_asked_and_not_asked_at_once_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
