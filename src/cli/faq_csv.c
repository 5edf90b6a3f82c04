/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "faq_csv.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "csv_text.h"
#include "faq_encoding.h"

/* libcsv splits; this file adds what it leaves open: which of ; , and tab
 * stands between cells, limits, rows numbered as Excel numbers them, and
 * complaints.
 *
 * CSV_REPALL_NL reports every line end outside quotes, so that empty rows count
 * too, but it reports the two halves of CRLF one by one: the second half is
 * passed over. */

enum { PIECE_BYTES = 16 << 10 };

struct reading {
	struct faq_csv csv;
	struct text_view cells[FAQ_CSV_COLUMNS_MAX]; /* of the row so far */
	size_t cell_count;
	unsigned row; /* the number of the row that is being read */
	bool behind_cr;
	const char *file;
	struct complaint *why;
	enum result result;
};

static void
fault(struct reading *reading, const char *text)
{
	complain(reading->why, reading->file, reading->row, "%s", text);
	reading->result = ERR_INVALID;
}

static void
cell_too_long(struct reading *reading)
{
	fault(reading,
	    "có ô dài hơn 128 KiB: hãy xem lại dấu nháy kép, hoặc rút ngắn ô "
	    "đó");
}

static void
use_unix_lines(char *at, size_t *len)
{
	size_t kept = 0;

	for (size_t i = 0; i < *len; i++) {
		if (at[i] == '\r' && i + 1 < *len && at[i + 1] == '\n')
			continue;
		at[kept] = at[i];
		if (at[kept] == '\r')
			at[kept] = '\n';
		kept++;
	}
	*len = kept;
}

static void
add_cell(void *bytes, size_t len, void *context)
{
	struct reading *reading = context;
	struct text_view text;
	char *copy;

	reading->behind_cr = false;
	if (reading->result != OK)
		return;
	if (reading->cell_count == FAQ_CSV_COLUMNS_MAX) {
		fault(reading, "dòng có hơn 64 cột: hãy xóa bớt cột thừa");
		return;
	}
	if (len > FAQ_CSV_CELL_MAX_BYTES) {
		cell_too_long(reading);
		return;
	}
	if (len == 0) { /* takes no memory, however many there are */
		reading->cells[reading->cell_count++] = TEXT("");
		return;
	}
	copy =
	    arena_string(&reading->csv.arena, (struct text_view){ bytes, len });
	if (copy == NULL) {
		reading->result = ERR_NOMEM;
		return;
	}
	use_unix_lines(copy, &len);
	text = text_trim((struct text_view){ copy, len });
	if (text.len > 0 && text.at[0] == '\'' && csv_text_guarded(text))
		text = text_slice(text, 1, text.len);
	reading->cells[reading->cell_count++] = text;
}

/* The array doubles whenever its count is a power of two. */
static struct faq_csv_row *
new_row(struct faq_csv *csv)
{
	size_t count = csv->row_count;

	if ((count & (count - 1)) == 0) {
		struct faq_csv_row *grown = arena_alloc(
		    &csv->arena, count == 0 ? 1 : 2 * count, sizeof(*grown));

		if (grown == NULL)
			return NULL;
		if (count > 0)
			memcpy(grown, csv->rows, count * sizeof(*grown));
		csv->rows = grown;
	}
	return &csv->rows[csv->row_count++];
}

static enum result
keep_row(struct reading *reading)
{
	struct faq_csv_row *row;
	size_t count = reading->cell_count;

	while (count > 0 && reading->cells[count - 1].len == 0)
		count--;
	if (count == 0)
		return OK;
	if (reading->csv.row_count == FAQ_CSV_ROWS_MAX) {
		fault(reading, "tệp có hơn 20.000 dòng: hãy chia thành nhiều "
			       "tệp");
		return ERR_INVALID;
	}
	row = new_row(&reading->csv);
	if (row == NULL)
		return ERR_NOMEM;
	row->cells =
	    arena_alloc(&reading->csv.arena, count, sizeof(*reading->cells));
	if (row->cells == NULL)
		return ERR_NOMEM;
	memcpy(row->cells, reading->cells, count * sizeof(*row->cells));
	row->count = count;
	row->number = reading->row;
	return OK;
}

static void
end_row(int end, void *context)
{
	struct reading *reading = context;
	bool second_half =
	    reading->behind_cr && end == '\n' && reading->cell_count == 0;

	reading->behind_cr = end == '\r';
	if (second_half || reading->result != OK)
		return;
	reading->result = keep_row(reading);
	reading->cell_count = 0;
	if (reading->result == OK)
		reading->row++;
}

/* The separator that the first line has most of, outside quotes. */
static unsigned char
separator_of(struct text_view bytes)
{
	static const char candidates[] = { ';', ',', '\t' };
	size_t counts[sizeof(candidates)] = { 0 };
	bool quoted = false;
	size_t best = 0;

	for (size_t i = 0; i < bytes.len; i++) {
		char byte = bytes.at[i];
		const char *found =
		    memchr(candidates, byte, sizeof(candidates));

		if (byte == '"')
			quoted = !quoted;
		if (quoted)
			continue;
		if (byte == '\n' || byte == '\r')
			break;
		if (found != NULL)
			counts[found - candidates]++;
	}
	for (size_t i = 1; i < sizeof(candidates); i++)
		best = counts[i] > counts[best] ? i : best;
	return (unsigned char)candidates[best];
}

/* Piece by piece, so that a fault ends the reading, and a cell that never ends
 * is found before libcsv has gathered it all: its buffer grows by a fixed step,
 * which costs the square of the cell's length. */
static void
feed(struct reading *reading, struct csv_parser *parser, struct text_view bytes)
{
	for (size_t at = 0; at < bytes.len && reading->result == OK;
	     at += PIECE_BYTES) {
		struct text_view piece =
		    text_slice(bytes, at, at + PIECE_BYTES);

		if (csv_parse(parser, piece.at, piece.len, add_cell, end_row,
			reading) != piece.len)
			return;
		if (csv_get_buffer_size(parser) >
		    FAQ_CSV_CELL_MAX_BYTES + 2 * PIECE_BYTES)
			cell_too_long(reading);
	}
	if (reading->result == OK)
		(void)csv_fini(parser, add_cell, end_row, reading);
}

static void
split(struct reading *reading, struct text_view bytes)
{
	static const unsigned char options =
	    CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL | CSV_EMPTY_IS_NULL;
	struct csv_parser parser;

	(void)csv_init(&parser, options);
	csv_set_delim(&parser, separator_of(bytes));
	/* Not the default: calls that libcsv makes itself cannot be made to
	 * fail in a test. */
	csv_set_realloc_func(&parser, realloc);
	csv_set_free_func(&parser, free);
	csv_set_blk_size(&parser, PIECE_BYTES);
	feed(reading, &parser, bytes);
	if (reading->result == OK && csv_error(&parser) == CSV_EPARSE)
		fault(reading,
		    "dấu nháy kép (\") không khép, hoặc đứng giữa ô không có "
		    "nháy: hãy sửa ô đó, hoặc lưu lại tệp bằng Excel");
	else if (reading->result == OK && csv_error(&parser) != CSV_SUCCESS)
		reading->result = ERR_NOMEM;
	csv_free(&parser);
}

enum result
faq_csv_parse(struct text_view bytes, const char *file, struct faq_csv *csv_out,
    struct complaint *why)
{
	struct reading *reading;
	enum result result = faq_encoding_check(bytes, file, why);

	if (result != OK)
		return result;
	reading = calloc(1, sizeof(*reading));
	if (reading == NULL)
		return ERR_NOMEM;
	reading->row = 1;
	reading->file = file;
	reading->why = why;
	/* Copies of all cells, each with its NUL, and the tables of rows. */
	arena_init(&reading->csv.arena, (size_t)8 * FAQ_CSV_MAX_BYTES);
	if (text_starts(bytes, csv_text_mark))
		bytes = text_slice(bytes, csv_text_mark.len, bytes.len);
	if (bytes.len > FAQ_CSV_MAX_BYTES)
		fault(reading, "tệp lớn hơn 32 MiB: hãy chia thành nhiều tệp");
	else if (bytes.len > 0)
		split(reading, bytes);
	result = reading->result;
	if (result == OK)
		*csv_out = reading->csv;
	else
		faq_csv_fini(&reading->csv);
	free(reading);
	return result;
}

void
faq_csv_fini(struct faq_csv *csv)
{
	arena_fini(&csv->arena);
	*csv = (struct faq_csv){ .rows = NULL };
}

struct text_view
faq_csv_cell(const struct faq_csv_row *row, size_t index)
{
	return index < row->count ? row->cells[index] : TEXT("");
}

/* ---- writing ---- */
