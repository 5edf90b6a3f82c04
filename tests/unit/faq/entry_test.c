/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

#include <string.h>

static const char whole[] = TOPIC(
    "{\"id\": \"gio-lam-viec\",\n"
    " \"question\": \"  Giờ làm việc?  \",\n"
    " \"asked_as\": [\"mấy giờ mở cửa\", \"may gio mo cua\"],\n"
    " \"not_asked_as\": [\"mấy giờ rồi\"],\n"
    " \"keywords\": [\"giờ làm\", [\"mở cửa\", \"mấy giờ\"]],\n"
    " \"patterns\": [\"\\\\bgi[oờ]\\\\b\"],\n"
    " \"answer\": \"Từ thứ Hai.\\nGọi {{hotline}}.\",\n"
    " \"buttons\": [{\"title\": \"Cổng\", \"url\": \"{{portal_url}}/a\"},\n"
    "             {\"title\": \"Khác\", \"entry\": \"gio-lam-viec\"}],\n"
    " \"kind\": \"refer\",\n"
    " \"related\": [\"gio-lam-viec\"],\n"
    " \"sources\": [{\"title\": \"Nghị định\", \"url\": \"http://a.vn\",\n"
    "              \"dated\": \"2025-04-10\"}, {\"title\": \"B\"}],\n"
    " \"owner\": \"Trung tâm\", \"reviewed\": \"2026-11-24\",\n"
    " \"valid_from\": \"2025-07-01\", \"valid_until\": null,\n"
    " \"status\": \"draft\", \"tier\": \"background\"}");

static void
every_key_of_an_entry_is_read(void **state)
{
	struct faq *faq = fixture_base(whole);
	const struct faq_entry *entry = &faq->entries[0];

	(void)state;
	assert_int_equal(faq->entry_count, 1);
	assert_text(entry->id, "gio-lam-viec");
	assert_text(entry->topic, "t");
	assert_text(entry->topic_title, "T");
	assert_true(entry->background);
	assert_text(entry->question, "Giờ làm việc?");
	assert_int_equal(entry->asked_as.count, 2);
	assert_text(entry->asked_as.at[1], "may gio mo cua");
	assert_int_equal(entry->not_asked_as.count, 1);
	assert_text(entry->not_asked_as.at[0], "mấy giờ rồi");
	assert_int_equal(entry->keyword_count, 2);
	assert_int_equal(entry->keywords[0].count, 1);
	assert_text(entry->keywords[0].at[0], "giờ làm");
	assert_int_equal(entry->keywords[1].count, 2);
	assert_text(entry->keywords[1].at[1], "mấy giờ");
	assert_int_equal(entry->patterns.count, 1);
	assert_text(entry->patterns.at[0], "\\bgi[oờ]\\b");
	assert_text(entry->answer, "Từ thứ Hai.\nGọi {{hotline}}.");
	assert_int_equal(entry->button_count, 2);
	assert_text(entry->buttons[0].title, "Cổng");
	assert_text(entry->buttons[0].url, "{{portal_url}}/a");
	assert_text(entry->buttons[1].entry, "gio-lam-viec");
	assert_int_equal(entry->related.count, 1);
	assert_int_equal(entry->source_count, 2);
	assert_text(entry->sources[0].title, "Nghị định");
	assert_text(entry->sources[0].url, "http://a.vn");
	assert_text(entry->sources[0].dated, "2025-04-10");
	assert_int_equal(entry->sources[1].url.len, 0);
	assert_text(entry->owner, "Trung tâm");
	assert_text(entry->reviewed, "2026-11-24");
	assert_text(entry->valid_from, "2025-07-01");
	assert_int_equal(entry->valid_until.len, 0);
	assert_int_equal(entry->kind, ENTRY_REFER);
	assert_int_equal(entry->status, ENTRY_DRAFT);
	assert_string_equal(entry->file, "faq/a.json");
	assert_int_equal(entry->line, 2);
	faq_free(faq);
}

static void
what_an_entry_does_not_say_has_its_default(void **state)
{
	struct faq *faq = fixture_base(TOPIC(ENTRY("a") "}"));
	const struct faq_entry *entry = &faq->entries[0];

	(void)state;
	assert_int_equal(entry->kind, ENTRY_ANSWER);
	assert_int_equal(entry->status, ENTRY_PUBLISHED);
	assert_int_equal(entry->asked_as.count, 0);
	assert_int_equal(entry->button_count, 0);
	assert_int_equal(entry->reviewed.len, 0);
	faq_free(faq);
}

static void
text_is_stored_composed(void **state)
{
	/* "hòa" typed with a combining grave accent. */
	struct faq *faq =
	    fixture_base(TOPIC("{\"id\": \"a\", \"question\": \"ho\xCC\x80"
			       "a\", \"answer\": \"ho\\u0300a\"}"));

	(void)state;
	assert_text(faq->entries[0].question, "hòa");
	assert_text(faq->entries[0].answer, "hòa");
	faq_free(faq);
}

/* Each stands in a topic file from its line 2 on. */
static const struct {
	const char *topic;
	const char *want;
} bad_entries[] = {
	{ TOPIC("7"), "faq/t.json:2: entry 1: \"entries\" item 1 must be an "
		      "object in { }" },
	{ TOPIC("{\"id\": \"a\", \"answer\": \"Đáp.\"}"),
	    "faq/t.json:2: entry \"a\": \"question\" is missing: add it" },
	{ TOPIC("{\"id\": \"a\", \"question\": \"Hỏi?\"}"),
	    "faq/t.json:2: entry \"a\": \"answer\" is missing: add it" },
	{ TOPIC(ENTRY("a") "},\n {\"question\": \"Hỏi?\"}"),
	    "faq/t.json:3: entry 2: \"id\" is missing: add it" },
	{ TOPIC(
	      "{\"id\": \"a\", \"question\": \"Hỏi?\",\n\"anwser\": \"Đáp.\"}"),
	    "faq/t.json:3: entry \"a\": unknown key \"anwser\"; did you mean "
	    "\"answer\"?" },
	{ TOPIC(ENTRY("a") ",\n\n\"ghi chú\": 1}"),
	    "faq/t.json:4: entry \"a\": unknown key \"ghi chú\": take it "
	    "out" },
	{ TOPIC(ENTRY("Gio_Lam") "}"),
	    "faq/t.json:2: entry 1: \"id\" is \"Gio_Lam\": it may hold only "
	    "a-z, 0-9 and \"-\", at most 64 of them" },
	{ TOPIC(ENTRY("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		      "aaaaaaaaa") "}"),
	    "faq/t.json:2: entry 1: \"id\" is \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\": it may hold only a-z, "
	    "0-9 and \"-\", at most 64 of them" },
	{ TOPIC("{\"id\": \"a\", \"question\": 7, \"answer\": \"Đáp.\"}"),
	    "faq/t.json:2: entry \"a\": \"question\" must be a text in "
	    "quotes" },
	{ TOPIC("{\"id\": \"a\", \"question\": null, \"answer\": \"Đáp.\"}"),
	    "faq/t.json:2: entry \"a\": \"question\" must be a text in "
	    "quotes" },
	{ TOPIC("{\"id\": \"a\", \"question\": \"Hỏi\\ngì?\","
		"\"answer\": \"Đáp.\"}"),
	    "faq/t.json:2: entry \"a\": \"question\" has a line break: write "
	    "it on one line" },
	{ TOPIC("{\"id\": \"a\", \"question\": \"Hỏi {{hotline}}?\","
		"\"answer\": \"Đáp.\"}"),
	    "faq/t.json:2: entry \"a\": \"question\" has \"{{\": variables "
	    "work only in \"answer\" and in the \"url\" of a button" },
	{ TOPIC("{\"id\": \"a\", \"question\": \"Hỏi?\","
		"\"answer\": \"Một\\tHai\"}"),
	    "faq/t.json:2: entry \"a\": \"answer\" has the invisible "
	    "character U+0009: delete it" },
	{ TOPIC("{\"id\": \"a\", \"question\": \"Hỏi?\","
		"\"answer\": \"Một\\u202Ehai\"}"),
	    "faq/t.json:2: entry \"a\": \"answer\" has the invisible "
	    "character U+202E: delete it" },
	{ TOPIC("{\"id\": \"a\", \"question\": \"Hỏi?\",\n"
		"\"answer\": \"Gọi {{hotlin}}.\"}"),
	    "faq/t.json:3: entry \"a\": \"answer\": locality.json has no "
	    "variable \"hotlin\"; did you mean \"hotline\"?" },
	{ TOPIC("{\"id\": \"a\", \"question\": \"Hỏi?\",\n"
		"\"answer\": \"Gọi {{hotline.\"}"),
	    "faq/t.json:3: entry \"a\": \"answer\": \"{{\" has no \"}}\" "
	    "behind it: add it" },
	{ TOPIC(ENTRY("a") ", \"asked_as\": \"một\"}"),
	    "faq/t.json:2: entry \"a\": \"asked_as\" must be a list in "
	    "[ ]" },
	{ TOPIC(ENTRY("a") ", \"asked_as\": [\"một\",\n\"hai\",\n\" \"]}"),
	    "faq/t.json:4: entry \"a\": \"asked_as\" item 3 is empty: fill it "
	    "in or take it out" },
	{ TOPIC(ENTRY("a") ", \"keywords\": [\"một\", [\"hai\", 3]]}"),
	    "faq/t.json:2: entry \"a\": \"keywords\" item 2 item 2 must be a "
	    "text in quotes" },
	{ TOPIC(ENTRY("a") ", \"keywords\": [[]]}"),
	    "faq/t.json:2: entry \"a\": \"keywords\" item 1 is an empty list: "
	    "take it out" },
	{ TOPIC(ENTRY("a") ", \"keywords\": {}}"),
	    "faq/t.json:2: entry \"a\": \"keywords\" must be a list in "
	    "[ ]" },
	{ TOPIC(ENTRY("a") ",\n\"patterns\": [\"ok\",\n\"a(b\"]}"),
	    "faq/t.json:4: entry \"a\": \"patterns\" item 2 does not compile: "
	    "missing closing parenthesis, behind \"a(b\"" },
	{ TOPIC(ENTRY("a") ", \"patterns\": [\"a\\\\Cb\"]}"),
	    "faq/t.json:2: entry \"a\": \"patterns\" item 1 does not compile: "
	    "using \\C is disabled by the application, behind \"a\\C\"" },
	{ TOPIC(ENTRY("a") ", \"buttons\": [{\"title\": \"Một\"}]}"),
	    "faq/t.json:2: entry \"a\": button 1: it leads nowhere: add "
	    "\"url\" or \"entry\"" },
	{ TOPIC(ENTRY("a") ", \"buttons\": [{\"title\": \"Một\",\n"
			   "\"url\": \"https://a.vn\", \"entry\": \"a\"}]}"),
	    "faq/t.json:2: entry \"a\": button 1: it has both \"url\" and "
	    "\"entry\": keep one" },
	{ TOPIC(ENTRY("a") ", \"buttons\": [{\"title\": \"Một\",\n"
			   "\"url\": \"http://a.vn\"}]}"),
	    "faq/t.json:3: entry \"a\": button 1: \"url\" is \"http://a.vn\": "
	    "it must start with https:// or a {{variable}} and have no "
	    "spaces" },
	{ TOPIC(ENTRY("a") ", \"buttons\": [{\"title\": \"Một\", \"url\": "
			   "\"{{portal_url}}/a b\"}]}"),
	    "faq/t.json:2: entry \"a\": button 1: \"url\" is "
	    "\"{{portal_url}}/a b\": it must start with https:// or a "
	    "{{variable}} and have no spaces" },
	{ TOPIC(ENTRY("a") ", \"buttons\": [{\"title\": \"Một\", \"url\": "
			   "\"{{portal}}\"}]}"),
	    "faq/t.json:2: entry \"a\": button 1: \"url\": locality.json has "
	    "no variable \"portal\": add it there" },
	{ TOPIC(ENTRY("a") ", \"buttons\": [{\"url\": \"https://a.vn\"}]}"),
	    "faq/t.json:2: entry \"a\": button 1: \"title\" is missing: add "
	    "it" },
	{ TOPIC(ENTRY("a") ", \"buttons\": [{\"title\": \"Một\", \"link\": "
			   "\"https://a.vn\"}]}"),
	    "faq/t.json:2: entry \"a\": button 1: unknown key \"link\": take "
	    "it out" },
	{ TOPIC(ENTRY("a") ", \"buttons\": [{}, {}, {}, {}]}"),
	    "faq/t.json:2: entry \"a\": \"buttons\" has 4 items, the limit is "
	    "3: take some out" },
	{ TOPIC(ENTRY("a") ", \"kind\": \"anser\"}"),
	    "faq/t.json:2: entry \"a\": \"kind\" cannot be \"anser\"; did you "
	    "mean \"answer\"?" },
	{ TOPIC(ENTRY("a") ", \"kind\": 1}"),
	    "faq/t.json:2: entry \"a\": \"kind\" must be a text in quotes" },
	{ TOPIC(ENTRY("a") ", \"status\": \"live\"}"),
	    "faq/t.json:2: entry \"a\": \"status\" cannot be \"live\": look "
	    "in schema.json for the words" },
	{ TOPIC(ENTRY("a") ", \"sources\": [{\"url\": \"https://a.vn\"}]}"),
	    "faq/t.json:2: entry \"a\": source 1: \"title\" is missing: add "
	    "it" },
	{ TOPIC(ENTRY("a") ", \"sources\": [{\"title\": \"A\", \"url\": "
			   "\"a.vn\"}]}"),
	    "faq/t.json:2: entry \"a\": source 1: \"url\" is \"a.vn\": it "
	    "must start with https:// or http:// and have no spaces" },
	{ TOPIC(ENTRY("a") ", \"sources\": [{\"title\": \"A\",\n\"dated\": "
			   "\"2025-04\"}]}"),
	    "faq/t.json:3: entry \"a\": source 1: \"dated\" is \"2025-04\", "
	    "which is no day: write YYYY-MM-DD" },
	{ TOPIC(ENTRY("a") ",\n\"reviewed\": \"2026-02-29\"}"),
	    "faq/t.json:3: entry \"a\": \"reviewed\" is \"2026-02-29\", which "
	    "is no day: write YYYY-MM-DD" },
	{ TOPIC(ENTRY("a") ",\n\"valid_from\": \"2026-02-02\",\n"
			   "\"valid_until\": \"2026-02-01\"}"),
	    "faq/t.json:4: entry \"a\": \"valid_until\" is before "
	    "\"valid_from\": mend one of them" },
};

static void
a_bad_entry_is_refused_with_its_line_and_a_remedy(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad_entries); i++)
		fixture_refused(
		    "faq/t.json", bad_entries[i].topic, bad_entries[i].want);
}

/* A topic with one entry whose KEY holds COUNT times ITEM. */
static char *
topic_with(const char *key, const char *item, const char *between, size_t count,
    const char *close)
{
	struct buf topic;

	buf_init(&topic, 1 << 20);
	assert_int_equal(buf_printf(&topic,
			     "{\"topic\": \"t\", \"title\": \"T\", "
			     "\"entries\": [{\"id\": \"a\", %s",
			     key),
	    OK);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(
		    buf_printf(&topic, "%s%s", i == 0 ? "" : between, item),
		    OK);
	assert_int_equal(buf_printf(&topic, "%s}]}", close), OK);
	return buf_take(&topic);
}

static void
one_past_each_limit_is_refused(void **state)
{
	static const struct {
		const char *key;
		const char *item;
		const char *between;
		size_t count;
		const char *close;
		const char *want;
	} cases[] = {
		{ "\"question\": \"?\", \"answer\": \"Đ\", \"asked_as\": [",
		    "\"hỏi\"", ",", 501, "]",
		    "faq/t.json:1: entry \"a\": \"asked_as\" has 501 items, "
		    "the limit is 500: take some out" },
		{ "\"question\": \"?\", \"answer\": \"Đ\", \"asked_as\": [\"",
		    "a", "", 2001, "\"]",
		    "faq/t.json:1: entry \"a\": \"asked_as\" item 1 has 2001 "
		    "bytes, the limit is 2000: shorten it" },
		{ "\"question\": \"?\", \"answer\": \"", "a", "", 8193, "\"",
		    "faq/t.json:1: entry \"a\": \"answer\" has 8193 bytes, the "
		    "limit is 8192: shorten it" },
		{ "\"question\": \"?\", \"answer\": \"", "{{office}}", "", 819,
		    "\"", NULL },
		{ "\"answer\": \"Đ\", \"question\": \"", "a", "", 501, "\"",
		    "faq/t.json:1: entry \"a\": \"question\" has 501 bytes, "
		    "the limit is 500: shorten it" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char *topic = topic_with(cases[i].key, cases[i].item,
		    cases[i].between, cases[i].count, cases[i].close);

		assert_non_null(topic);
		if (cases[i].want != NULL)
			fixture_refused("faq/t.json", topic, cases[i].want);
		else
			faq_free(fixture_base(topic));
		free(topic);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_of_an_entry_is_read),
		cmocka_unit_test(what_an_entry_does_not_say_has_its_default),
		cmocka_unit_test(text_is_stored_composed),
		cmocka_unit_test(
		    a_bad_entry_is_refused_with_its_line_and_a_remedy),
		cmocka_unit_test(one_past_each_limit_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
