/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check_fixture.h"

static void
letters_apart_from_their_marks_are_found(void **state)
{
	static const struct check_case cases[] = {
		/* "ò" as o and U+0300 */
		{ TOPIC(ASKED("x", "Q?") ",\n\"asked_as\": [\n\"ho\xCC\x80"
					 "a\"]}"),
		    "4 : letters and their marks are separate characters\n" },
		{ TOPIC(ASKED("x", "Q?") ", \"asked_as\": [\"hòa\"]}"), "" },
	};

	(void)state;
	CHECK(FINDING_NOT_COMPOSED, cases);
}

static void
two_places_of_a_tone_mark_are_found_in_what_citizens_read(void **state)
{
	static const struct check_case cases[] = {
		{ TOPIC(ASKED("x", "Khóa thẻ?") "},\n" ASKED(
		      "y", "Mở khoá, hoà giải?") "}"),
		    "3 y: \"khoá\" has its mark on the second vowel\n" },
		{ TOPIC(ASKED("x", "Hòa giải?") ",\n\"buttons\": [{\"title\": "
						"\"HUỶ\", \"url\": "
						"\"https://a.vn\"}]}"),
		    "3 x: \"HUỶ\" has its mark on the second vowel\n" },
		/* All in the new style is a style, too. */
		{ TOPIC(ASKED("x", "Mở khoá, hoà giải?") "}"), "" },
		/* Closed rimes and qu have only one way. */
		{ TOPIC(ASKED("x", "Hòa toàn, hoàn, quý, quà, ngoài?") "}"),
		    "" },
		/* Citizens write as they like. */
		{ TOPIC(ASKED("x", "Hòa?") ", \"asked_as\": [\"hoà\"]}"), "" },
	};

	(void)state;
	CHECK(FINDING_NEW_STYLE_TONE, cases);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_apart_from_their_marks_are_found),
		cmocka_unit_test(
		    two_places_of_a_tone_mark_are_found_in_what_citizens_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
