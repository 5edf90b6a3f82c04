/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check_fixture.h"

#define BUTTON(body) ",\n\"buttons\": [{\"title\": \"N\", " body "}]}"
#define OTHER(more) ",\n" ASKED("y", "Khác?") more "}"

static void
a_button_that_leads_nowhere_is_found(void **state)
{
	static const struct check_case cases[] = {
		{ TOPIC(ASKED("x", "Q?") BUTTON("\"entry\": \"y\"")
			  OTHER(", \"status\": \"draft\"")),
		    "3 x: button \"N\" leads to \"y\", which is not in use "
		    "today\n" },
		{ TOPIC(ASKED("x", "Q?") BUTTON("\"entry\": \"y\"")
			  OTHER(", \"valid_until\": \"2026-11-23\"")),
		    "3 x: button \"N\" leads to \"y\", which is not in use "
		    "today\n" },
		{ TOPIC(ASKED("x", "Q?") BUTTON("\"entry\": \"x\"") OTHER("")),
		    "3 x: button \"N\" leads to the entry that it stands "
		    "in\n" },
		{ TOPIC(ASKED("x", "Q?") BUTTON("\"url\": \"{{office}}\"")),
		    "3 x: button \"N\" opens \"công an phường\" today, which "
		    "is no https:// address\n" },
		{ TOPIC(ASKED("x", "Q?") BUTTON("\"url\": \"{{portal_url}}\"")),
		    "" },
		{ TOPIC(ASKED("x", "Q?") BUTTON("\"entry\": \"y\"") OTHER("")),
		    "" },
	};

	(void)state;
	CHECK(FINDING_DEAD_BUTTON, cases);
}

static void
a_related_entry_out_of_use_is_found(void **state)
{
	static const struct check_case cases[] = {
		{ TOPIC(ASKED("x", "Q?") ",\n\"related\": [\"y\"]}" OTHER(
		      ", \"status\": \"retired\"")),
		    "3 x: the related entry \"y\" is not in use today\n" },
		{ TOPIC(ASKED("x", "Q?") ", \"related\": [\"y\"]}" OTHER("")),
		    "" },
	};

	(void)state;
	CHECK(FINDING_DEAD_RELATED, cases);
}

static void
a_title_that_a_platform_cuts_is_found(void **state)
{
	static const struct check_case cases[] = {
		{ TOPIC(ASKED("x", "Q?") ", \"buttons\": [\n{\"title\": "
					 "\"Ăăăăăăăăăăăăăăăăăăăăă\", \"url\": "
					 "\"https://a\"}]}"),
		    "3 x: button \"Ăăăăăăăăăăăăăăăăăăăăă\" has 21 characters, "
		    "more than 20\n" },
		{ TOPIC(ASKED("x", "Q?") ", \"buttons\": [{\"title\": "
					 "\"Ăăăăăăăăăăăăăăăăăăăă\", \"url\": "
					 "\"https://a\"}]}"),
		    "" },
	};

	(void)state;
	CHECK(FINDING_LONG_TITLE, cases);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_button_that_leads_nowhere_is_found),
		cmocka_unit_test(a_related_entry_out_of_use_is_found),
		cmocka_unit_test(a_title_that_a_platform_cuts_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
