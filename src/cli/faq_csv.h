/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_FAQ_CSV_H
#define HOIDAP_CLI_FAQ_CSV_H

#include "arena.h"
#include "buf.h"

/* CSV as Excel in Vietnam writes and reads it: UTF-8 with a byte order mark,
 * ";" between cells (or "," or a tab), quotes, CRLF. */

enum {
	FAQ_CSV_MAX_BYTES = 32 << 20,
	FAQ_CSV_ROWS_MAX = 20001, /* as many entries as a base may have */
	FAQ_CSV_COLUMNS_MAX = 64,
	FAQ_CSV_CELL_MAX_BYTES = 128 << 10, /* 32,767 characters, as Excel */
};

struct faq_csv_row {
	struct text_view *cells; /* trimmed, lines split by \n */
	size_t count;
	unsigned number; /* as Excel counts, from 1 */
};

struct faq_csv {
	struct faq_csv_row *rows; /* without those that are empty */
	size_t row_count;
	struct arena arena; /* owns everything above */
};

/* Read BYTES, which FILE is called in complaints.  ERR_INVALID with WHY in
 * Vietnamese, naming the row, for anything but whole CSV in UTF-8 within the
 * limits above.  *CSV_OUT is yours to faq_csv_fini(). */
enum result faq_csv_parse(struct text_view bytes, const char *file,
    struct faq_csv *csv_out, struct complaint *why) MUST_CHECK;
void faq_csv_fini(struct faq_csv *csv);

/* The cell of ROW at INDEX; empty when the row is shorter. */
struct text_view faq_csv_cell(const struct faq_csv_row *row, size_t index);

#endif
