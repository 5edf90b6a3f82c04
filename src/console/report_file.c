/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A report as a file.  In CSV a share is written as Excel in Vietnam reads it,
 * "83,4%"; the workbook has numbers, with a format. */
#include "report_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "csv_text.h"

enum { FILE_MAX_BYTES = 8 << 20, CELL_SIZE = 64, PIECE_BYTES = 65536 };

/* ---- CSV ---- */

/* A number as Excel in Vietnam reads it: with a comma. */
static void
number_text(const struct report_cell *cell, char out[CELL_SIZE])
{
	bool is_share = cell->kind == REPORT_SHARE;
	char *point;

	(void)snprintf(out, CELL_SIZE, "%.*f%s",
	    cell->kind == REPORT_COUNT ? 0 : 1,
	    is_share ? 100 * cell->number : cell->number, is_share ? "%" : "");
	point = strchr(out, '.');
	if (point != NULL)
		*point = ',';
}

static enum result
add_csv_row(struct buf *out, const struct report_table *table,
    const struct report_cell *row)
{
	struct text_view cells[REPORT_COLUMNS_MAX];
	char numbers[REPORT_COLUMNS_MAX][CELL_SIZE];

	for (size_t i = 0; i < table->column_count; i++) {
		cells[i] = row[i].text;
		if (row[i].kind == REPORT_TEXT)
			continue;
		number_text(&row[i], numbers[i]);
		cells[i] = text_of(numbers[i]);
	}
	return csv_text_add(out, cells, table->column_count);
}

static enum result
add_csv_table(struct buf *out, const struct report_table *table)
{
	const struct text_view title = text_of(table->title);
	struct text_view columns[REPORT_COLUMNS_MAX];
	enum result result = csv_text_add(out, NULL, 0);

	for (size_t i = 0; i < table->column_count; i++)
		columns[i] = text_of(table->columns[i]);
	if (result == OK)
		result = csv_text_add(out, &title, 1);
	if (result == OK)
		result = csv_text_add(out, columns, table->column_count);
	for (size_t i = 0; result == OK && i < table->row_count; i++)
		result = add_csv_row(
		    out, table, &table->cells[i * table->column_count]);
	return result;
}

enum result
report_file_csv(
    const struct report *report, struct arena *arena, struct text_view *out)
{
	struct buf file;
	enum result result;

	buf_init(&file, FILE_MAX_BYTES);
	result = csv_text_begin(&file);
	if (result == OK)
		result = csv_text_add(&file, &report->title, 1);
	for (size_t i = 0; result == OK && i < report->table_count; i++)
		result = add_csv_table(&file, &report->tables[i]);
	if (result == OK)
		result = arena_text(arena, buf_view(&file), out);
	buf_fini(&file);
	return result;
}

/* ---- the workbook ---- */

struct book {
	lxw_workbook *workbook;
	lxw_format *heading;
	lxw_format *formats[REPORT_HOURS + 1]; /* by kind */
};

static enum result
result_of(lxw_error error)
{
	if (error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
		return ERR_TOO_LARGE;
	return error == LXW_NO_ERROR ? OK : ERR_NOMEM;
}

static enum result
start_book(struct book *book)
{
	static const char *const numbers[] = { [REPORT_TEXT] = "@",
		[REPORT_COUNT] = "#,##0",
		[REPORT_SHARE] = "0.0%",
		[REPORT_HOURS] = "0.0" };

	book->heading = workbook_add_format(book->workbook);
	if (book->heading == NULL)
		return ERR_NOMEM;
	format_set_bold(book->heading);
	for (size_t i = 0; i <= REPORT_HOURS; i++) {
		book->formats[i] = workbook_add_format(book->workbook);
		if (book->formats[i] == NULL)
			return ERR_NOMEM;
		format_set_num_format(book->formats[i], numbers[i]);
		format_set_align(book->formats[i], LXW_ALIGN_VERTICAL_TOP);
	}
	format_set_text_wrap(book->formats[REPORT_TEXT]);
	return OK;
}

/* Texts are written as strings: what begins like a formula stays text. */
static enum result
write_cell(const struct book *book, lxw_worksheet *sheet, lxw_row_t row,
    lxw_col_t column, const struct report_cell *cell)
{
	lxw_format *format = book->formats[cell->kind];
	char *text;
	lxw_error error;

	if (cell->kind != REPORT_TEXT)
		return result_of(worksheet_write_number(
		    sheet, row, column, cell->number, format));
	text = text_dup(cell->text);
	if (text == NULL)
		return ERR_NOMEM;
	error = worksheet_write_string(sheet, row, column, text, format);
	free(text);
	return result_of(error);
}

static enum result
write_table(const struct book *book, const struct report_table *table)
{
	static const double narrow = 14;
	static const double wide = 45;
	lxw_worksheet *sheet =
	    workbook_add_worksheet(book->workbook, table->title);
	enum result result = sheet == NULL ? ERR_NOMEM : OK;

	for (size_t i = 0; result == OK && i < table->column_count; i++) {
		bool text = i == 0 || i == 6;

		result = result_of(worksheet_set_column(sheet, (lxw_col_t)i,
		    (lxw_col_t)i, text ? wide : narrow, NULL));
		if (result == OK)
			result = result_of(worksheet_write_string(sheet, 0,
			    (lxw_col_t)i, table->columns[i], book->heading));
	}
	if (result == OK)
		worksheet_freeze_panes(sheet, 1, 0);
	for (size_t i = 0; i < table->row_count * table->column_count; i++) {
		if (result != OK)
			break;
		result = write_cell(book, sheet,
		    (lxw_row_t)(i / table->column_count + 1),
		    (lxw_col_t)(i % table->column_count), &table->cells[i]);
	}
	return result;
}

/* libxlsxwriter writes to a path only. */
static enum result
write_book(const struct report *report, const char *path)
{
	struct book book = { .workbook = workbook_new(path) };
	enum result result;
	lxw_error error;

	if (book.workbook == NULL)
		return ERR_NOMEM;
	result = start_book(&book);
	for (size_t i = 0; result == OK && i < report->table_count; i++)
		result = write_table(&book, &report->tables[i]);
	/* Also frees it, and there is no other way. */
	error = workbook_close(book.workbook);
	return result == OK && error != LXW_NO_ERROR ? ERR_IO : result;
}

static enum result
read_file(int fd, struct arena *arena, struct text_view *out)
{
	char piece[PIECE_BYTES];
	struct buf file;
	enum result result = OK;
	ssize_t got;

	buf_init(&file, FILE_MAX_BYTES);
	while (result == OK && (got = read(fd, piece, sizeof(piece))) != 0)
		result = got < 0 ? ERR_IO
				 : buf_add(&file, (struct text_view){
						      piece, (size_t)got });
	if (result == OK)
		result = arena_text(arena, buf_view(&file), out);
	buf_fini(&file);
	return result;
}

enum result
report_file_xlsx(
    const struct report *report, struct arena *arena, struct text_view *out)
{
	char path[] = "/tmp/hoidap-report-XXXXXX";
	int fd = mkstemp(path); /* readable by its owner only */
	enum result result;

	if (fd < 0)
		return ERR_IO;
	result = write_book(report, path);
	if (result == OK)
		result = read_file(fd, arena, out);
	(void)unlink(path);
	(void)close(fd);
	return result;
}
