/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

static void
the_greeting_the_questions_and_the_menu_are_read(void **state)
{
	const struct load_file files[] = {
		{ "x/profile.json",
		    TEXT("{\"note\": \"n\", \"greeting\": \"Cổng "
			 "{{portal_url}}\", \"ice_breakers\": [{\"title\": "
			 "\"Hỏi?\", \"entry\": \"a\"}], \"menu\": [{\"title\": "
			 "\"Cổng\", \"url\": \"{{portal_url}}\"}]}") },
		{ "x/locality.json", TEXT(LOCALITY) },
		{ "x/t.json", TEXT(TOPIC(ENTRY("a") "}")) },
	};
	struct complaint why = { .text = "" };
	struct text_view greeting;
	struct arena arena;
	struct faq *faq;

	(void)state;
	if (load_files(files, COUNT_OF(files), &faq, &why) != OK)
		fail_msg("%s", why.text);
	assert_true(faq->profile.known);
	assert_string_equal(faq->profile.file, "x/profile.json");
	assert_int_equal(faq->profile.ice_breakers.count, 1);
	assert_text(faq->profile.ice_breakers.at[0].entry, "a");
	assert_int_equal(faq->profile.menu.count, 1);
	assert_text(faq->profile.menu.at[0].url, "{{portal_url}}");
	arena_init(&arena, 65536);
	assert_int_equal(faq_expand(faq, faq->profile.greeting, "2026-01-01",
			     &arena, &greeting),
	    OK);
	assert_text(greeting, "Cổng https://cong.vn");
	arena_fini(&arena);
	faq_free(faq);
}

static void
a_base_without_the_file_has_no_profile(void **state)
{
	struct faq *faq = fixture_base(TOPIC(""));

	(void)state;
	assert_false(faq->profile.known);
	faq_free(faq);
}

#define PROFILE(rest) "{\"greeting\": \"x\",\n" rest "}"
#define ITEM(title, where) "[{\"title\": \"" title "\", " where "}]"

static void
a_bad_profile_is_refused_with_its_line_and_a_remedy(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{ "{}", "faq/profile.json:1: \"greeting\" is missing: add it" },
		{ "{\n\"greeting\": \"{{nothing}}\"}",
		    "faq/profile.json:2: \"greeting\": locality.json has no "
		    "variable \"nothing\": add it there" },
		{ PROFILE("\"menus\": []"),
		    "faq/profile.json:2: unknown key \"menus\"; did you mean "
		    "\"menu\"?" },
		{ PROFILE("\"menu\": " ITEM("a", "\"entry\": \"none\"")),
		    "faq/profile.json:2: \"menu\" item 1 names entry \"none\", "
		    "which no file has: correct it or take it out" },
		{ PROFILE("\"menu\": [{\"title\": \"a\"}]"),
		    "faq/profile.json:2: menu item 1: it leads nowhere: add "
		    "\"url\" or \"entry\"" },
		{ PROFILE("\"menu\": " ITEM("1234567890123456789012345678901",
		      "\"url\": \"https://x\"")),
		    "faq/profile.json:2: menu item 1: \"title\" has 31 "
		    "characters, Messenger takes 30: shorten it" },
		{ PROFILE("\"menu\": " ITEM("a", "\"url\": \"http://x\"")),
		    "faq/profile.json:2: menu item 1: \"url\" is \"http://x\": "
		    "it must start with https:// or a {{variable}} and have no "
		    "spaces" },
		{ PROFILE(
		      "\"ice_breakers\": " ITEM("a", "\"url\": \"https://x\"")),
		    "faq/profile.json:2: ice breaker 1: it has \"url\", but "
		    "Messenger takes no link here: name an \"entry\"" },
		{ PROFILE("\"ice_breakers\": [{}, {}, {}, {}, {}]"),
		    "faq/profile.json:2: \"ice_breakers\" has 5 items, the "
		    "limit is 4: take some out" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		fixture_refused(
		    "faq/profile.json", cases[i].text, cases[i].want);
}

static void
the_shipped_profile_leads_to_answers_that_are_live(void **state)
{
	struct complaint why = { .text = "" };
	struct faq *faq = NULL;

	(void)state;
	if (faq_load("faq", &faq, &why) != OK)
		fail_msg("%s:%u: %s", why.file, why.line, why.text);
	assert_true(faq->profile.known);
	assert_int_equal(faq->profile.ice_breakers.count, 4);
	for (size_t i = 0; i < faq->profile.ice_breakers.count; i++)
		assert_true(faq_entry_live(
		    faq_find(faq, faq->profile.ice_breakers.at[i].entry),
		    "2026-11-25"));
	faq_free(faq);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_greeting_the_questions_and_the_menu_are_read),
		cmocka_unit_test(a_base_without_the_file_has_no_profile),
		cmocka_unit_test(
		    a_bad_profile_is_refused_with_its_line_and_a_remedy),
		cmocka_unit_test(
		    the_shipped_profile_leads_to_answers_that_are_live),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
