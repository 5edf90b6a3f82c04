/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_xlsx.h"

#include <stdio.h>
#include <unistd.h>

#include <xlsxwriter.h>

#include "faq_columns.h"
#include "faq_file.h"

/* One sheet, a row an entry, with the first row and the columns up to the id
 * held in place.  Every cell is text: Excel must not make numbers of ids or
 * days of its own of dates. */

enum { CELL_MAX_BYTES = 2 << 20, PATH_SIZE = 4096 };

/* In characters; what is read more is wider. */
static double
width_of(size_t column)
{
	static const double few = 16;
	static const double many = 50;
	const char *key = faq_columns_key(column);

	return key[0] == 'a' || key[0] == 'q' || key[0] == 'n' ? many : few;
}

static enum result
write_cell(lxw_worksheet *sheet, size_t row, size_t column, const char *text,
    lxw_format *format)
{
	lxw_error error = worksheet_write_string(
	    sheet, (lxw_row_t)row, (lxw_col_t)column, text, format);

	if (error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED)
		return ERR_TOO_LARGE;
	return error == LXW_NO_ERROR ? OK : ERR_NOMEM;
}

static enum result
write_entry(lxw_worksheet *sheet, size_t row, const struct faq_entry *entry,
    lxw_format *format, struct complaint *why)
{
	enum result result = OK;
	struct buf cell;

	buf_init(&cell, CELL_MAX_BYTES);
	for (size_t i = 0; i < FAQ_COLUMNS_COUNT && result == OK; i++) {
		buf_reset(&cell);
		result = faq_columns_render(entry, i, &cell);
		if (result == OK && cell.len > 0)
			result = write_cell(sheet, row, i, cell.at, format);
		if (result == ERR_TOO_LARGE)
			complain(why, entry->file, entry->line,
			    "câu “%.*s”: cột “%s” dài hơn một ô của Excel "
			    "(32.767 ký tự); hãy xuất ra JSON",
			    TEXT_ARGS(entry->id), faq_columns_heading(i));
	}
	buf_fini(&cell);
	return result;
}

static enum result
fill(lxw_workbook *book, const struct faq *faq, struct complaint *why)
{
	lxw_worksheet *sheet = workbook_add_worksheet(book, "Hỏi đáp");
	lxw_format *heading = workbook_add_format(book);
	lxw_format *body = workbook_add_format(book);
	enum result result = OK;

	if (sheet == NULL || heading == NULL || body == NULL)
		return ERR_NOMEM;
	format_set_bold(heading);
	format_set_text_wrap(body);
	format_set_align(body, LXW_ALIGN_VERTICAL_TOP);
	format_set_num_format_index(body, 49); /* "@": text, also when edited */
	for (size_t i = 0; i < FAQ_COLUMNS_COUNT && result == OK; i++) {
		if (worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i,
			width_of(i), body) != LXW_NO_ERROR)
			result = ERR_NOMEM;
		else
			result = write_cell(
			    sheet, 0, i, faq_columns_heading(i), heading);
	}
	worksheet_freeze_panes(sheet, 1, FAQ_COLUMN_FIRST_FIELD);
	for (size_t i = 0; i < faq->entry_count && result == OK; i++)
		result = write_entry(sheet, i + 1, &faq->entries[i], body, why);
	return result;
}

enum result
faq_xlsx_write(const struct faq *faq, const char *path, struct complaint *why)
{
	char temporary[PATH_SIZE];
	int wanted = snprintf(
	    temporary, sizeof(temporary), "%s.new-%ld", path, (long)getpid());
	enum result result;
	lxw_workbook *book;
	lxw_error error;

	if (wanted < 0 || (size_t)wanted >= sizeof(temporary))
		return ERR_TOO_LARGE;
	book = workbook_new(temporary);
	if (book == NULL)
		return ERR_NOMEM;
	result = fill(book, faq, why);
	/* Also frees it, and there is no other way. */
	error = workbook_close(book);
	if (result == OK && error != LXW_NO_ERROR) {
		complain(why, path, 0, "không ghi được tệp: %s",
		    lxw_strerror(error));
		result = ERR_IO;
	}
	if (result == OK)
		return faq_file_replace(temporary, path, why);
	(void)unlink(temporary);
	return result;
}
