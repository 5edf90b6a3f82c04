/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "src/cli/faq_columns.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static size_t
column(const char *name)
{
	size_t found = faq_columns_find(text_of(name));

	if (found >= FAQ_COLUMNS_COUNT)
		fail_msg("no column %s", name);
	return found;
}

/* As JSON; free() it. */
static char *
parsed(const char *name, const char *cell)
{
	struct complaint why = { .text = "" };
	json_t *value = NULL;
	char *text;

	if (faq_columns_parse(column(name), text_of(cell), &value, &why) != OK)
		fail_msg("%s: %s", cell, why.text);
	text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	json_decref(value);
	return text;
}

static char *
rendered(const struct faq_entry *entry, const char *name)
{
	struct buf out;

	buf_init(&out, 4096);
	assert_int_equal(faq_columns_render(entry, column(name), &out), OK);
	return buf_take(&out);
}

static void
a_column_is_found_by_key_and_by_heading_in_any_case(void **state)
{
	static const struct {
		const char *name;
		const char *key;
	} cases[] = {
		{ "asked_as", "asked_as" },
		{ "Cách hỏi", "asked_as" },
		{ "CÁCH HỎI", "asked_as" },
		{ "MÃ", "id" },
		{ "Id", "id" },
		{ "câu trả lời", "answer" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(
		    faq_columns_key(column(cases[i].name)), cases[i].key);
	assert_true(faq_columns_find(TEXT("Ghi chú")) == SIZE_MAX);
	assert_true(faq_columns_find(TEXT("")) == SIZE_MAX);
}

static void
a_cell_is_read_as_the_value_it_says(void **state)
{
	static const struct {
		const char *column;
		const char *cell;
		const char *json;
	} cases[] = {
		{ "question", "", "null" },
		{ "asked_as", "một\n\n  hai  \n",
		    "[\"m\xE1\xBB\x99t\",\"hai\"]" },
		{ "asked_as", "[\"là JSON\"]", "[[\"l\xC3\xA0 JSON\"]]" },
		{ "asked_as", "\"xin chào\" là gì",
		    "[\"\\\"xin ch\xC3\xA0o\\\" l\xC3\xA0 g\xC3\xAC\"]" },
		{ "keywords", "a b\nc + d + e",
		    "[\"a b\",[\"c\",\"d\",\"e\"]]" },
		{ "keywords", "c+d", "[\"c+d\"]" },
		{ "buttons", "A | B | {{x|y}}",
		    "[{\"title\":\"A | B\",\"url\":\"{{x|y}}\"}]" },
		{ "buttons", "A | https://a.vn",
		    "[{\"title\":\"A\",\"url\":\"https://a.vn\"}]" },
		{ "buttons", "A | tam-tru",
		    "[{\"title\":\"A\",\"entry\":\"tam-tru\"}]" },
		{ "sources", "Luật", "[{\"title\":\"Lu\xE1\xBA\xADt\"}]" },
		{ "sources", "L | 1/7/2025",
		    "[{\"title\":\"L\",\"dated\":\"2025-07-01\"}]" },
		{ "sources", "L | https://a.vn | 2025-07-01",
		    "[{\"title\":\"L\",\"url\":\"https://a.vn\","
		    "\"dated\":\"2025-07-01\"}]" },
		{ "sources", "L | phần 2",
		    "[{\"title\":\"L | ph\xE1\xBA\xA7n "
		    "2\"}]" },
		{ "reviewed", "2026-11-24", "\"2026-11-24\"" },
		{ "reviewed", "24/11/2026", "\"2026-11-24\"" },
		{ "reviewed", "4/1/2026", "\"2026-01-04\"" },
		{ "status", "NHÁP", "\"draft\"" },
		{ "status", "retired", "\"retired\"" },
		{ "kind", "gặp cán bộ", "\"handoff\"" },
		{ "tier", "danh mục", "\"background\"" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char *got = parsed(cases[i].column, cases[i].cell);

		assert_string_equal(got, cases[i].json);
		free(got);
	}
}

static void
a_cell_without_sense_is_refused_with_a_remedy(void **state)
{
	static const struct {
		const char *column;
		const char *cell;
		const char *says;
	} cases[] = {
		{ "reviewed", "32/1/2026", "hãy viết năm-tháng-ngày" },
		{ "reviewed", "29/2/2026", "hãy viết năm-tháng-ngày" },
		{ "reviewed", "11/24/2026", "hãy viết năm-tháng-ngày" },
		{ "reviewed", "1/1/2026/1", "hãy viết năm-tháng-ngày" },
		{ "reviewed", "46350", "hãy viết năm-tháng-ngày" },
		{ "status", "xong", "“đang dùng”, “nháp”, “đã bỏ”" },
		{ "tier", "x", "hãy chọn “danh mục”" },
		{ "buttons", "Mở Cổng", "tên nút | địa chỉ hoặc mã câu" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct complaint why = { .text = "" };
		json_t *value = NULL;

		assert_int_equal(faq_columns_parse(column(cases[i].column),
				     text_of(cases[i].cell), &value, &why),
		    ERR_INVALID);
		assert_null(value);
		if (strstr(why.text, cases[i].says) == NULL)
			fail_msg("%s: %s", cases[i].cell, why.text);
	}
}

/* Whatever stands in a title or phrase: it comes back as it was. */
static void
items_with_separators_in_them_survive(void **state)
{
	static struct text_view texts[] = { { "a + b", 5 }, { "[x]", 3 },
		{ "\"x\"", 3 }, { "A | https://b.vn", 16 },
		{ "B | 2026-01-01", 14 } };
	struct phrases keyword[] = { { texts, 2 }, { texts + 2, 1 } };
	struct faq_button buttons[] = { { .title = texts[3],
	    .entry = TEXT("x") } };
	struct faq_source sources[] = { { .title = texts[4] },
		{ .title = texts[3], .dated = TEXT("2026-01-01") } };
	const struct faq_entry entry = { .asked_as = { texts, 5 },
		.keywords = keyword,
		.keyword_count = 2,
		.buttons = buttons,
		.button_count = 1,
		.sources = sources,
		.source_count = 2 };
	static const struct {
		const char *column;
		const char *json;
	} cases[] = {
		{ "asked_as",
		    "[\"a + b\",\"[x]\",\"\\\"x\\\"\",\"A | https://b.vn\","
		    "\"B | 2026-01-01\"]" },
		{ "keywords", "[[\"a + b\",\"[x]\"],\"\\\"x\\\"\"]" },
		{ "buttons", "[{\"title\":\"A | https://b.vn\",\"entry\":"
			     "\"x\"}]" },
		{ "sources",
		    "[{\"title\":\"B | 2026-01-01\"},{\"title\":"
		    "\"A | https://b.vn\",\"dated\":\"2026-01-01\"}]" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char *cell = rendered(&entry, cases[i].column);
		char *back = parsed(cases[i].column, cell);

		assert_string_equal(back, cases[i].json);
		free(back);
		free(cell);
	}
}

static void
an_entry_is_written_for_people(void **state)
{
	static struct text_view all[] = { { "a", 1 }, { "b", 1 } };
	struct phrases keywords[] = { { all, 2 }, { all, 1 } };
	struct faq_button buttons[] = {
		{ .title = TEXT("Mở"), .url = TEXT("{{portal_url}}") },
		{ .title = TEXT("Phí"), .entry = TEXT("phi") },
	};
	struct faq_source sources[] = { { .title = TEXT("Luật"),
	    .dated = TEXT("2025-07-01") } };
	const struct faq_entry entry = { .keywords = keywords,
		.keyword_count = 2,
		.buttons = buttons,
		.button_count = 2,
		.sources = sources,
		.source_count = 1,
		.status = ENTRY_RETIRED,
		.kind = ENTRY_REFER };
	static const struct {
		const char *column;
		const char *cell;
	} cases[] = {
		{ "keywords", "a + b\na" },
		{ "buttons", "Mở | {{portal_url}}\nPhí | phi" },
		{ "sources", "Luật | 2025-07-01" },
		{ "status", "đã bỏ" },
		{ "kind", "chỉ nơi khác" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char *cell = rendered(&entry, cases[i].column);

		assert_string_equal(cell, cases[i].cell);
		free(cell);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_column_is_found_by_key_and_by_heading_in_any_case),
		cmocka_unit_test(a_cell_is_read_as_the_value_it_says),
		cmocka_unit_test(a_cell_without_sense_is_refused_with_a_remedy),
		cmocka_unit_test(items_with_separators_in_them_survive),
		cmocka_unit_test(an_entry_is_written_for_people),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
