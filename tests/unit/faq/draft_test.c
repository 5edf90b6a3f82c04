/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "draft.h"

#include <stdio.h>
#include <string.h>

#include "fixture.h"

/* An entry in a form: all of its faults, each at its field. */

static struct draft *
read_draft(const char *json)
{
	struct faq *base = fixture_base(TOPIC(ENTRY("a") "}"));
	struct draft *draft = NULL;

	assert_int_equal(draft_read(base, text_of(json), &draft), OK);
	assert_true((draft->entry == NULL) == (draft->fault_count > 0));
	faq_free(base);
	return draft;
}

static void
a_good_draft_is_an_entry(void **state)
{
	struct draft *draft = read_draft(
	    ENTRY("b") ", \"asked_as\": [\" hỏi  gì \"], \"related\": [\"a\"], "
		       "\"buttons\": [{\"title\": \"B\", \"entry\": \"b\"}]}");

	(void)state;
	assert_int_equal(draft->fault_count, 0);
	assert_text(draft->entry->id, "b");
	assert_text(draft->entry->asked_as.at[0], "hỏi  gì");
	draft_free(draft);
}

static void
each_fault_stands_at_its_field(void **state)
{
	static const struct {
		const char *json;
		const char *field;
		const char *code;
	} cases[] = {
		{ "[]", "", "bad_value" },
		{ "{", "", "bad_value" },
		{ "{\"id\": \"a\", \"id\": \"b\"}", "", "bad_value" },
		{ "{\"id\": \"a\", \"question\": \"A?\"}", "answer",
		    "missing" },
		{ ENTRY("A b") "}", "id", "bad_id" },
		{ ENTRY("a") ", \"asked_as\": [\"\"]}", "asked_as", "empty" },
		{ ENTRY("a") ", \"asked_as\": [\"a\\nb\"]}", "asked_as",
		    "line_break" },
		{ ENTRY("a") ", \"asked_as\": [\"{{hotline}}\"]}", "asked_as",
		    "variable_misplaced" },
		{ ENTRY("a") ", \"patterns\": [\"(\"]}", "patterns",
		    "bad_pattern" },
		{ ENTRY("a") ", \"kind\": \"nothing\"}", "kind", "bad_choice" },
		{ ENTRY("a") ", \"reviewed\": \"2026-02-30\"}", "reviewed",
		    "bad_date" },
		{ ENTRY("a") ", \"sources\": [{\"title\": \"S\", \"url\": "
			     "\"ftp://x\"}]}",
		    "sources", "bad_url" },
		{ ENTRY("a") ", \"related\": [\"zz\"]}", "related",
		    "unknown_entry" },
		{ ENTRY("a") ", \"buttons\": [{\"title\": \"B\", \"entry\": "
			     "\"zz\"}]}",
		    "buttons", "unknown_entry" },
		{ ENTRY("a") ", \"buttons\": [{\"title\": \"B\"}]}", "buttons",
		    "leads_nowhere" },
		{ ENTRY("a") ", \"valid_from\": \"2026-02-02\", "
			     "\"valid_until\": \"2026-01-01\"}",
		    "valid_until", "ends_before_it_begins" },
		{ ENTRY("a") ", \"colour\": 1}", "colour", "unknown_key" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct draft *draft = read_draft(cases[i].json);
		bool found = false;

		for (size_t j = 0; j < draft->fault_count; j++)
			found |=
			    strcmp(draft->faults[j].field, cases[i].field) ==
				0 &&
			    strcmp(draft->faults[j].code, cases[i].code) == 0;
		if (!found)
			fail_msg("%s: %s %s %s", cases[i].json,
			    draft->faults[0].field, draft->faults[0].code,
			    draft->faults[0].text);
		draft_free(draft);
	}
}

static void
all_faults_are_told_at_once(void **state)
{
	struct draft *draft = read_draft(
	    "{\"id\": \"b\", \"question\": \"\", \"answer\": \"{{no}}\", "
	    "\"kind\": \"x\"}");

	(void)state;
	assert_int_equal(draft->fault_count, 3);
	assert_string_equal(draft->faults[1].code, "unknown_variable");
	draft_free(draft);
}

static void
faults_past_the_limit_are_left_out(void **state)
{
	char json[4096] = "{\"id\": \"b\"";
	struct draft *draft;

	(void)state;
	for (int i = 0; i < 2 * DRAFT_FAULTS_MAX; i++) {
		size_t len = strlen(json);

		(void)snprintf(
		    json + len, sizeof(json) - len, ", \"k%d\": 1", i);
	}
	json[strlen(json) + 1] = '\0';
	json[strlen(json)] = '}';
	draft = read_draft(json);
	assert_int_equal(draft->fault_count, DRAFT_FAULTS_MAX);
	draft_free(draft);
}

static void
a_topic_is_no_other_file(void **state)
{
	static const struct {
		const char *name;
		bool want;
	} cases[] = { { "ky-so", true }, { "hours", false },
		{ "off-topic", false }, { "schema", false }, { "", false },
		{ "../x", false } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(
		    draft_is_topic(text_of(cases[i].name)), cases[i].want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_draft_is_an_entry),
		cmocka_unit_test(each_fault_stands_at_its_field),
		cmocka_unit_test(all_faults_are_told_at_once),
		cmocka_unit_test(faults_past_the_limit_are_left_out),
		cmocka_unit_test(a_topic_is_no_other_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
