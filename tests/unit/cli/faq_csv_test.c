/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "csv_text.h"
#include "src/cli/faq_csv.h"
#include "tests/support/alloc_fault.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

static void
assert_text(struct text_view got, const char *want)
{
	char *copy = text_dup(got);

	assert_non_null(copy);
	assert_string_equal(copy, want);
	free(copy);
}

static struct faq_csv
parsed(struct text_view bytes)
{
	struct complaint why = { .text = "" };
	struct faq_csv csv = { .rows = NULL };

	if (faq_csv_parse(bytes, "a.csv", &csv, &why) != OK)
		fail_msg("%s:%u: %s", why.file, why.line, why.text);
	return csv;
}

static void
refused(struct text_view bytes, unsigned row, const char *words)
{
	struct complaint why = { .text = "" };
	struct faq_csv csv = { .rows = NULL };

	assert_int_equal(
	    faq_csv_parse(bytes, "a.csv", &csv, &why), ERR_INVALID);
	assert_null(csv.rows);
	assert_int_equal(why.line, row);
	if (strstr(why.text, words) == NULL)
		fail_msg("\"%s\" is not in: %s", words, why.text);
}

static void
a_sheet_as_excel_in_vietnam_writes_it_is_read(void **state)
{
	struct faq_csv csv = parsed(
	    TEXT("\xEF\xBB\xBF"
		 "Mã;Câu hỏi;Câu trả lời\r\n"
		 "tam-tru;\"Hỏi \"\"gì\"\"; ở đâu?\";\"Dòng một\nDòng hai\"\r\n"
		 "ngan;  Hai bên có dấu cách  ;\r\n"));

	(void)state;
	assert_int_equal(csv.row_count, 3);
	assert_text(csv.rows[0].cells[0], "Mã");
	assert_text(csv.rows[1].cells[1], "Hỏi \"gì\"; ở đâu?");
	assert_text(csv.rows[1].cells[2], "Dòng một\nDòng hai");
	assert_text(csv.rows[2].cells[1], "Hai bên có dấu cách");
	assert_int_equal(csv.rows[2].count, 2);
	assert_text(faq_csv_cell(&csv.rows[2], 7), "");
	faq_csv_fini(&csv);
}

static void
the_separator_is_the_one_that_the_first_line_has_most_of(void **state)
{
	static const struct {
		const char *bytes;
		const char *second;
	} cases[] = {
		{ "a;b,c;d\n1;2;3\n", "2" },
		{ "a,b,c\n1,2;2,3\n", "2;2" },
		{ "a\tb\n1\t2\n", "2" },
		{ "\"a,b,c,d\";e\n1;2\n", "2" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct faq_csv csv = parsed(text_of(cases[i].bytes));

		assert_text(csv.rows[1].cells[1], cases[i].second);
		faq_csv_fini(&csv);
	}
}

static void
rows_are_numbered_as_excel_numbers_them(void **state)
{
	static const char *const line_ends[] = { "\n", "\r\n", "\r" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(line_ends); i++) {
		const char *end = line_ends[i];
		char sheet[256];
		struct faq_csv csv;

		/* Row 2 has two lines, rows 3 and 5 are empty. */
		(void)snprintf(sheet, sizeof(sheet),
		    "a;b%s\"1\n1\";2%s%s3;4%s;;%s5;6", end, end, end, end, end);
		csv = parsed(text_of(sheet));
		assert_int_equal(csv.row_count, 4);
		assert_int_equal(csv.rows[0].number, 1);
		assert_int_equal(csv.rows[1].number, 2);
		assert_int_equal(csv.rows[2].number, 4);
		assert_int_equal(csv.rows[3].number, 6);
		faq_csv_fini(&csv);
	}
}

static void
what_is_written_is_read_back_and_never_a_formula(void **state)
{
	static const char *const texts[] = { "thường", "=1+1", "-  mục một",
		"+84", "@a", "'=1", "''-x", "'thường'", "a;b", "\"a\"",
		"một\nhai" };
	struct text_view cells[COUNT_OF(texts)];
	struct faq_csv csv;
	struct buf out;

	(void)state;
	buf_init(&out, 4096);
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		cells[i] = text_of(texts[i]);
	assert_int_equal(csv_text_begin(&out), OK);
	assert_int_equal(csv_text_add(&out, cells, COUNT_OF(texts)), OK);
	assert_null(strstr(out.at, "\"="));
	assert_null(strstr(out.at, "\"-"));
	csv = parsed(buf_view(&out));
	assert_int_equal(csv.rows[0].count, COUNT_OF(texts));
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		assert_text(csv.rows[0].cells[i], texts[i]);
	faq_csv_fini(&csv);
	buf_fini(&out);
}

static void
quotes_that_do_not_close_name_the_row(void **state)
{
	(void)state;
	refused(TEXT("a;b\n1;2\n3;\"4\n5;6\n"), 3, "dấu nháy kép");
	refused(TEXT("a;b\n1;x\"y\"\n"), 2, "dấu nháy kép");
	refused(TEXT("a;b\n1;\"x\"y\n"), 2, "dấu nháy kép");
	refused(TEXT("\""), 1, "dấu nháy kép");
}

static void
thousands_of_columns_are_refused(void **state)
{
	static char row[20000];

	(void)state;
	memset(row, ';', sizeof(row));
	memcpy(row, "a;b\n", 4);
	refused((struct text_view){ row, sizeof(row) }, 2, "hơn 64 cột");
}

static void
a_cell_of_ten_megabytes_is_refused(void **state)
{
	size_t len = (size_t)10 << 20;
	char *sheet = malloc(len);

	(void)state;
	assert_non_null(sheet);
	memset(sheet, 'x', len);
	memcpy(sheet, "a;b\n1;", 6);
	refused((struct text_view){ sheet, len }, 2, "128 KiB");
	free(sheet);
}

static void
too_many_bytes_and_rows_are_refused(void **state)
{
	size_t len = (size_t)FAQ_CSV_MAX_BYTES + 1;
	char *sheet = malloc(len);

	(void)state;
	assert_non_null(sheet);
	memset(sheet, '\n', len);
	refused((struct text_view){ sheet, len }, 1, "32 MiB");
	for (size_t i = 0; i < 50000; i++)
		sheet[2 * i] = 'x';
	refused((struct text_view){ sheet, 100000 }, 20002, "20.000 dòng");
	free(sheet);
}

static void
millions_of_empty_rows_cost_nothing(void **state)
{
	size_t len = (size_t)4 << 20;
	char *sheet = malloc(len);
	struct faq_csv csv;

	(void)state;
	assert_non_null(sheet);
	for (size_t i = 0; i < len; i++)
		sheet[i] = i % 4 == 3 ? '\n' : ';';
	memcpy(sheet + len - 4, "a;b\n", 4);
	csv = parsed((struct text_view){ sheet, len });
	assert_int_equal(csv.row_count, 1);
	assert_int_equal(csv.rows[0].number, len / 4);
	assert_true(csv.arena.used_bytes < 1 << 20);
	faq_csv_fini(&csv);
	free(sheet);
}

static void
a_zero_byte_is_refused(void **state)
{
	(void)state;
	refused(TEXT("a;b\n1;x\0y\n"), 0, "byte 0");
}

static void
nothing_at_all_is_a_sheet_without_rows(void **state)
{
	static const char *const sheets[] = { "", "\xEF\xBB\xBF", "\r\n\r\n",
		";;;\n" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(sheets); i++) {
		struct faq_csv csv = parsed(text_of(sheets[i]));

		assert_int_equal(csv.row_count, 0);
		faq_csv_fini(&csv);
	}
}

static void
every_allocation_may_fail(void **state)
{
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct faq_csv csv = { .rows = NULL };
		enum result result;

		alloc_fault_arm(nth);
		result = faq_csv_parse(TEXT("a;b\r\n\"1\n1\";'=2\r\n3;4\r\n"),
		    "a.csv", &csv, NULL);
		reached_the_end = !alloc_fault_fired();
		alloc_fault_disarm();
		/* libcsv asks for less when it cannot have more. */
		assert_true(
		    result == OK || (!reached_the_end && result == ERR_NOMEM));
		if (result == OK)
			faq_csv_fini(&csv);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sheet_as_excel_in_vietnam_writes_it_is_read),
		cmocka_unit_test(
		    the_separator_is_the_one_that_the_first_line_has_most_of),
		cmocka_unit_test(rows_are_numbered_as_excel_numbers_them),
		cmocka_unit_test(
		    what_is_written_is_read_back_and_never_a_formula),
		cmocka_unit_test(quotes_that_do_not_close_name_the_row),
		cmocka_unit_test(thousands_of_columns_are_refused),
		cmocka_unit_test(a_cell_of_ten_megabytes_is_refused),
		cmocka_unit_test(too_many_bytes_and_rows_are_refused),
		cmocka_unit_test(millions_of_empty_rows_cost_nothing),
		cmocka_unit_test(a_zero_byte_is_refused),
		cmocka_unit_test(nothing_at_all_is_a_sheet_without_rows),
		cmocka_unit_test(every_allocation_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
