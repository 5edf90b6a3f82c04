/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <assert.h>
#include <string.h>

#include "csv_text.h"
#include "src/cli/faq_csv.h"
#include "utf8.h"

/* Any bytes as a curator's sheet.  Refused: nothing is handed out, and the
 * complaint is text.  Accepted: every cell is trimmed UTF-8 within the limits,
 * rows go upwards, and what is written from them reads back the same. */

static void
check_cell(struct text_view cell)
{
	assert(cell.len <= FAQ_CSV_CELL_MAX_BYTES);
	assert(utf8_valid(cell));
	assert(text_equal(cell, text_trim(cell)));
	assert(text_find(cell, TEXT("\r")) == SIZE_MAX);
}

static void
check_rows(const struct faq_csv *csv)
{
	unsigned before = 0;

	assert(csv->row_count <= FAQ_CSV_ROWS_MAX);
	for (size_t i = 0; i < csv->row_count; i++) {
		const struct faq_csv_row *row = &csv->rows[i];

		assert(row->number > before);
		before = row->number;
		assert(row->count > 0 && row->count <= FAQ_CSV_COLUMNS_MAX);
		assert(row->cells[row->count - 1].len > 0);
		for (size_t j = 0; j < row->count; j++)
			check_cell(row->cells[j]);
	}
}

static void
check_same(const struct faq_csv *a, const struct faq_csv *b)
{
	assert(a->row_count == b->row_count);
	for (size_t i = 0; i < a->row_count; i++) {
		assert(a->rows[i].count == b->rows[i].count);
		for (size_t j = 0; j < a->rows[i].count; j++)
			assert(text_equal(
			    a->rows[i].cells[j], b->rows[i].cells[j]));
	}
}

/* The heading tells the separator when it is read back. */
static void
check_round_trip(const struct faq_csv *csv)
{
	static const struct text_view heading[] = { { "a", 1 }, { "b", 1 } };
	struct faq_csv again;
	struct complaint why;
	struct buf out;

	buf_init(&out, (size_t)4 * FAQ_CSV_MAX_BYTES);
	assert(csv_text_begin(&out) == OK);
	assert(csv_text_add(&out, heading, 2) == OK);
	for (size_t i = 0; i < csv->row_count; i++)
		assert(csv_text_add(
			   &out, csv->rows[i].cells, csv->rows[i].count) == OK);
	if (faq_csv_parse(buf_view(&out), "b.csv", &again, &why) == OK) {
		again.rows++;
		again.row_count--;
		check_same(csv, &again);
		faq_csv_fini(&again);
	} else {
		/* The quotes that were added may tip a short text over the
		 * share at which it counts as an old font. */
		assert(strstr(why.text, "bảng mã cũ") != NULL);
	}
	buf_fini(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text_view bytes = { (const char *)data, size };
	struct complaint why = { .text = "" };
	struct faq_csv csv = { .rows = NULL };

	if (faq_csv_parse(bytes, "a.csv", &csv, &why) != OK) {
		assert(csv.rows == NULL);
		assert(strcmp(why.file, "a.csv") == 0);
		assert(why.text[0] != '\0' && utf8_valid(text_of(why.text)));
		return 0;
	}
	check_rows(&csv);
	check_round_trip(&csv);
	faq_csv_fini(&csv);
	return 0;
}
