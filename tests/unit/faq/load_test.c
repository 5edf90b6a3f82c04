/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

#include <jansson.h>

#include "tests/support/alloc_fault.h"

static void
entries_keep_the_order_of_the_files_and_know_their_lines(void **state)
{
	struct faq *faq = NULL;
	struct complaint why;

	(void)state;
	assert_int_equal(
	    fixture_load_two(TOPIC(ENTRY("z") "},\n\n" ENTRY("c") "}"),
		TOPIC(ENTRY("b") "}"), &faq, &why),
	    OK);
	assert_int_equal(faq->entry_count, 3);
	assert_text(faq->entries[0].id, "z");
	assert_int_equal(faq->entries[0].line, 2);
	assert_text(faq->entries[1].id, "c");
	assert_int_equal(faq->entries[1].line, 4);
	assert_text(faq->entries[2].id, "b");
	assert_string_equal(faq->entries[2].file, "faq/b.json");
	faq_free(faq);
}

/* More than the first few doublings of the array. */
static void
many_entries_are_all_there(void **state)
{
	struct buf topic;
	struct faq *faq;

	(void)state;
	buf_init(&topic, 1 << 20);
	assert_int_equal(
	    buf_printf(&topic, "{\"topic\": \"t\", \"title\": \"T\", "
			       "\"entries\": [\n"),
	    OK);
	for (unsigned i = 0; i < 1000; i++)
		assert_int_equal(buf_printf(&topic,
				     "%s{\"id\": \"e%u\", \"question\": \"?\", "
				     "\"answer\": \"Đ\"}",
				     i == 0 ? "" : ",\n", i),
		    OK);
	assert_int_equal(buf_printf(&topic, "]}"), OK);
	faq = fixture_base(topic.at);
	assert_int_equal(faq->entry_count, 1000);
	assert_text(faq->entries[0].id, "e0");
	assert_text(faq->entries[999].id, "e999");
	assert_int_equal(faq->entries[999].line, 1001);
	assert_ptr_equal(faq_find(faq, TEXT("e512")), &faq->entries[512]);
	faq_free(faq);
	buf_fini(&topic);
}

static void
a_topic_file_that_is_not_one_is_refused(void **state)
{
	static const struct {
		const char *text;
		const char *want;
	} cases[] = {
		{ "", "faq/t.json:1: not valid JSON: '[' or '{' expected near "
		      "end of file; look for a missing or spare comma, quote "
		      "or bracket here or just above" },
		{ "{\"topic\": \"t\"\n\"title\": 1}",
		    "faq/t.json:2: not valid JSON: '}' expected near "
		    "'\"title\"'; look for a missing or spare comma, quote or "
		    "bracket here or just above" },
		{ "{\"topic\": \"t\",\n\n\"topic\": \"u\"}",
		    "faq/t.json:3: not valid JSON: duplicate object key near "
		    "'\"topic\"'; look for a missing or spare comma, quote or "
		    "bracket here or just above" },
		{ "{\"topic\":\n\"\xFF\"}",
		    "faq/t.json:2: not valid JSON: unable to decode byte 0xff "
		    "near '\"'; look for a missing or spare comma, quote or "
		    "bracket here or just above" },
		{ "[]", "faq/t.json:1: the file must be an object in { }" },
		{ "{\"title\": \"T\", \"entries\": []}",
		    "faq/t.json:1: \"topic\" is missing: add it" },
		{ "{\"topic\": \"T\", \"title\": \"T\", \"entries\": []}",
		    "faq/t.json:1: \"topic\" is \"T\": it may hold only a-z, "
		    "0-9 and \"-\", at most 64 of them" },
		{ "{\"topic\": \"t\", \"title\": \"T\",\n\"entries\": {}}",
		    "faq/t.json:2: \"entries\" must be a list in [ ]" },
		{ "{\"topic\": \"t\", \"title\": \"T\",\n\"entrys\": []}",
		    "faq/t.json:2: unknown key \"entrys\"; did you mean "
		    "\"entries\"?" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		fixture_refused("faq/t.json", cases[i].text, cases[i].want);
}

static void
an_id_that_no_file_has_is_refused(void **state)
{
	static const struct {
		const char *topic;
		const char *want;
	} cases[] = {
		{ TOPIC(ENTRY("gio-lam-viec") ",\n\"buttons\": [\n"
					      "{\"title\": \"A\", \"url\": "
					      "\"https://a.vn\"},\n"
					      "{\"title\": \"B\",\n\"entry\": "
					      "\"gio-lamviec\"}]}"),
		    "faq/t.json:6: entry \"gio-lam-viec\": button 2 names "
		    "entry \"gio-lamviec\", which no file has; did you mean "
		    "\"gio-lam-viec\"?" },
		{ TOPIC(ENTRY("a") "},\n" ENTRY("b") ", \"related\": [\"a\",\n"
						     "\"xa-lac\"]}"),
		    "faq/t.json:4: entry \"b\": \"related\" names entry "
		    "\"xa-lac\", which no file has: correct it or take it "
		    "out" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		fixture_refused("faq/t.json", cases[i].topic, cases[i].want);
}

static void
ids_may_be_named_before_and_across_files(void **state)
{
	struct faq *faq = NULL;
	struct complaint why;

	(void)state;
	assert_int_equal(
	    fixture_load_two(TOPIC(ENTRY("a") ", \"related\": [\"b\"]}"),
		TOPIC(ENTRY("b") ", \"status\": \"retired\", \"buttons\": "
				 "[{\"title\": \"A\", \"entry\": \"a\"}]}"),
		&faq, &why),
	    OK);
	faq_free(faq);
}

static void
an_id_used_twice_is_refused_where_it_comes_again(void **state)
{
	struct complaint why = { .line = 0 };
	struct faq *faq = NULL;

	(void)state;
	assert_int_equal(
	    fixture_load_two(TOPIC(ENTRY("x") "},\n" ENTRY("a") "}"),
		TOPIC(ENTRY("b") "},\n\n" ENTRY("a") "}"), &faq, &why),
	    ERR_INVALID);
	assert_null(faq);
	assert_string_equal(why.file, "faq/b.json");
	assert_int_equal(why.line, 4);
	assert_string_equal(why.text, "entry \"a\": faq/a.json:3 has this id "
				      "already: rename one of them");
}

static void
a_byte_order_mark_is_passed_over(void **state)
{
	struct faq *faq = fixture_base("\xEF\xBB\xBF" TOPIC(ENTRY("a") "}"));

	(void)state;
	assert_int_equal(faq->entry_count, 1);
	assert_int_equal(faq->entries[0].line, 2);
	faq_free(faq);
}

static void
the_schema_is_no_topic(void **state)
{
	const struct load_file file = { "faq/schema.json",
		TEXT("not read at all") };
	struct faq *faq;

	(void)state;
	assert_int_equal(load_files(&file, 1, &faq, NULL), OK);
	assert_int_equal(faq->entry_count, 0);
	faq_free(faq);
}

static void
a_caller_may_do_without_the_complaint(void **state)
{
	const struct load_file file = { "t.json", TEXT("{\"a\": 1}") };
	struct faq *faq = NULL;

	(void)state;
	assert_int_equal(load_files(&file, 1, &faq, NULL), ERR_INVALID);
	assert_null(faq);
}

/* ---- failing allocations ---- */

static void
walk(bool jansson)
{
	const struct load_file rich[] = {
		{ "faq/lexicon.json",
		    TEXT(
			"{\"words\": [{\"written\": \"đk\", \"means\": [\"đăng "
			"ký\"]}]}") },
		{ "faq/locality.json", TEXT(LOCALITY) },
		{ "faq/off-topic.json", TEXT("{\"messages\": [\"hát đi\"]}") },
		{ "faq/t.json",
		    TEXT(TOPIC(ENTRY(
			"a") ", \"asked_as\": [\"một\", \"hai\"], "
			     "\"keywords\": [\"ba\", [\"bốn\", \"năm\"]], "
			     "\"patterns\": [\"\\\\bsáu\\\\b\"], "
			     "\"buttons\": [{\"title\": \"A\", \"entry\": "
			     "\"b\"}], \"sources\": [{\"title\": \"S\"}]"
			     "},\n" ENTRY("b") "},\n" ENTRY("c") "}")) },
	};
	bool reached_the_end = false;

	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct complaint why;
		struct faq *faq = NULL;
		enum result result;

		alloc_fault_arm(nth);
		result = load_files(rich, COUNT_OF(rich), &faq, &why);
		alloc_fault_disarm();
		reached_the_end = !alloc_fault_fired();
		if (reached_the_end)
			assert_int_equal(result, OK);
		else if (!jansson)
			assert_int_equal(result, ERR_NOMEM);
		assert_int_equal(faq != NULL, result == OK);
		faq_free(faq);
	}
}

static void
each_failing_allocation_of_ours_is_reported(void **state)
{
	(void)state;
	walk(false);
}

/* Jansson 2.14 passes over a failure while a token's buffer grows, and says
 * "invalid" for others; but nothing may leak or be half handed out. */
static void
no_failing_allocation_of_janssons_leaks(void **state)
{
	json_malloc_t usual_malloc;
	json_free_t usual_free;

	(void)state;
	json_get_alloc_funcs(&usual_malloc, &usual_free);
	json_set_alloc_funcs(malloc, free); /* now the wrapped ones */
	walk(true);
	json_set_alloc_funcs(usual_malloc, usual_free);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    entries_keep_the_order_of_the_files_and_know_their_lines),
		cmocka_unit_test(many_entries_are_all_there),
		cmocka_unit_test(a_topic_file_that_is_not_one_is_refused),
		cmocka_unit_test(an_id_that_no_file_has_is_refused),
		cmocka_unit_test(ids_may_be_named_before_and_across_files),
		cmocka_unit_test(
		    an_id_used_twice_is_refused_where_it_comes_again),
		cmocka_unit_test(a_byte_order_mark_is_passed_over),
		cmocka_unit_test(the_schema_is_no_topic),
		cmocka_unit_test(a_caller_may_do_without_the_complaint),
		cmocka_unit_test(each_failing_allocation_of_ours_is_reported),
		cmocka_unit_test(no_failing_allocation_of_janssons_leaks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
