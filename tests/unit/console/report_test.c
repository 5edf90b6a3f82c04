/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/console/report_file.h"

#include <string.h>

#include "tests/support/cmocka_all.h"

enum { ARENA_BYTES = 4 << 20 };

/* 2026-11-01, midnight in Vietnam. */
static const uint64_t november = UINT64_C(1793466000000);
static const uint64_t day_ms = (uint64_t)24 * 3600 * 1000;

struct made {
	struct arena arena;
	struct faq *faq;
	struct report report;
};

/* A report of DAYS days with one question each, of which one is worth a look:
 * a group whose text is a formula. */
static struct made
make(size_t days, enum figures_language language)
{
	struct made made;
	struct figures_counts *each;
	struct figures_row channel = { TEXT("zalo"), { .questions = days } };
	struct figures_row topic = { TEXT(""), { .questions = days } };
	struct figures_group group = { 1, 3, TEXT("=cmd|' /C calc'!A0") };
	struct audit_line added = { .at_ms = november,
		.login = TEXT("lan"),
		.subject = TEXT("entry phi") };
	const uint64_t graded[GRADES] = {
		[GRADE_RIGHT] = 8, [GRADE_WRONG] = 1, [GRADE_UNASKED] = 1
	};
	struct figures figures = { .first_day_ms = november,
		.day_count = days,
		.channels = &channel,
		.channel_count = 1,
		.wait = { 4, 5400000, 7200000 } };
	struct report_source source = {
		.period = { november, november + days * day_ms },
		.language = language,
		.figures = &figures,
		.graded = graded,
		.topics = &topic,
		.topic_count = 1,
		.groups = &group,
		.group_count = 1,
		.added = &added,
		.added_count = 1,
	};

	arena_init(&made.arena, ARENA_BYTES);
	each = arena_alloc(&made.arena, days, sizeof(*each));
	assert_non_null(each);
	for (size_t i = 0; i < days; i++)
		each[i].questions = 1;
	figures.days = each;
	figures.all = (struct figures_counts){ .questions = days,
		.answered = 1,
		.clarified = 2,
		.picked = 1,
		.unanswered = days - 3 };
	made.faq = faq_new();
	assert_non_null(made.faq);
	assert_int_equal(faq_seal(made.faq), OK);
	source.faq = made.faq;
	assert_int_equal(report_make(&source, &made.arena, &made.report), OK);
	return made;
}

static void
end(struct made *made)
{
	faq_free(made->faq);
	arena_fini(&made->arena);
}

static const struct report_table *
table(const struct made *made, const char *key)
{
	for (size_t i = 0; i < made->report.table_count; i++)
		if (strcmp(made->report.tables[i].key, key) == 0)
			return &made->report.tables[i];
	fail_msg("there is no table %s", key);
	return NULL;
}

/* The row of TABLE that begins with NAME. */
static const struct report_cell *
row(const struct report_table *table, const char *name)
{
	for (size_t i = 0; i < table->row_count; i++)
		if (text_is(table->cells[i * table->column_count].text, name))
			return &table->cells[i * table->column_count];
	fail_msg("there is no row %s", name);
	return NULL;
}

static void
a_rate_comes_with_its_counts_and_its_interval(void **state)
{
	struct made made = make(10, FIGURES_VIETNAMESE);
	const struct report_table *summary = table(&made, "summary");
	const struct report_cell *answered = row(summary, "Được trả lời ngay");
	const struct report_cell *wrong = row(summary, "Sai theo kiểm tra");

	(void)state;
	assert_int_equal(answered[1].number, 2); /* one was picked */
	assert_int_equal(answered[2].number, 10);
	assert_true(answered[3].number > 0.199 && answered[3].number < 0.201);
	assert_true(answered[4].number < 0.2 && answered[5].number > 0.2);
	assert_int_equal(wrong[1].number, 2);
	assert_int_equal(wrong[2].number, 10);
	/* Nobody said whether it helped: no rate at all, rather than 0. */
	assert_int_equal(
	    row(summary, "Người dân thấy hữu ích")[3].kind, REPORT_TEXT);
	end(&made);
}

static void
a_month_is_listed_by_day_and_a_quarter_by_month(void **state)
{
	struct made month = make(30, FIGURES_VIETNAMESE);
	struct made quarter = make(92, FIGURES_VIETNAMESE);
	const struct report_table *months = table(&quarter, "times");

	(void)state;
	assert_int_equal(table(&month, "times")->row_count, 30);
	assert_int_equal(
	    row(table(&month, "times"), "30/11/2026")[1].number, 1);
	assert_int_equal(months->row_count, 3);
	assert_int_equal(row(months, "11/2026")[1].number, 30);
	assert_int_equal(row(months, "01/2027")[1].number, 31);
	assert_true(text_is(
	    month.report.title, "Báo cáo hỏi đáp 01/11/2026 – 30/11/2026"));
	end(&month);
	end(&quarter);
}

static bool
holds(struct text_view text, const char *needle)
{
	return text_find(text, text_of(needle)) != SIZE_MAX;
}

static void
the_csv_file_is_for_excel_in_vietnam_and_holds_no_formula(void **state)
{
	struct made made = make(10, FIGURES_VIETNAMESE);
	struct text_view file;

	(void)state;
	assert_int_equal(report_file_csv(&made.report, &made.arena, &file), OK);
	assert_memory_equal(file.at, "\xEF\xBB\xBF\"Báo cáo", 13);
	assert_true(holds(file, "\r\n\"Được trả lời ngay\";\"2\";\"10\";"
				"\"20,0%\";"));
	assert_true(holds(file, "\r\n\"Zalo\";\"10\";"));
	assert_true(
	    holds(file, "\"Một nửa được trả lời trong (giờ)\";\"1,5\"\r\n"));
	assert_true(holds(file, "\r\n\"'=cmd|' /C calc'!A0\";\"3\"\r\n"));
	assert_true(holds(file, "\r\n\"01/11/2026\";\"phi\";\"lan\"\r\n"));
	end(&made);
}

static void
the_workbook_is_a_zip_archive(void **state)
{
	struct made made = make(10, FIGURES_ENGLISH);
	struct text_view file;

	(void)state;
	assert_int_equal(
	    report_file_xlsx(&made.report, &made.arena, &file), OK);
	assert_memory_equal(file.at, "PK\x03\x04", 4);
	assert_true(holds(file, "xl/worksheets/sheet7.xml"));
	end(&made);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_rate_comes_with_its_counts_and_its_interval),
		cmocka_unit_test(
		    a_month_is_listed_by_day_and_a_quarter_by_month),
		cmocka_unit_test(
		    the_csv_file_is_for_excel_in_vietnam_and_holds_no_formula),
		cmocka_unit_test(the_workbook_is_a_zip_archive),
	};

	return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
