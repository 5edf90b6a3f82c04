/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_FAQ_ROWS_H
#define HOIDAP_CLI_FAQ_ROWS_H

#include <jansson.h>

#include "arena.h"
#include "faq_faults.h"

/* An imported file, row by row, not yet compared with the base.  What is wrong
 * with a row goes to FAULTS; a row with a fault is left out. */

struct faq_row {
	unsigned
	    number; /* of the sheet's row, or of the entry in a JSON file */
	const char *topic; /* "" when not said */
	const char *title; /* of the topic; NULL: not said */
	const char *id;
	json_t *entry; /* key -> value; null: nothing stands there */
	bool whole;    /* ENTRY is all of it, not only what changes */
};

struct faq_rows {
	struct faq_row *at;
	size_t count;
	size_t size;
	struct arena arena; /* the names */
};

void faq_rows_init(struct faq_rows *rows);
void faq_rows_fini(struct faq_rows *rows);

/* The readers: BYTES are the file, which FAULTS->file names.  ERR_INVALID with
 * WHY when the file as a whole cannot be read. */

/* A sheet with the columns of faq_columns.h. */
enum result faq_rows_read_csv(struct text_view bytes, struct faq_rows *rows,
    struct faq_faults *faults, struct complaint *why) MUST_CHECK;
/* A topic file, or a list of several. */
enum result faq_rows_read_json(struct text_view bytes, struct faq_rows *rows,
    struct faq_faults *faults, struct complaint *why) MUST_CHECK;

/* Add a row, copying its names; its ENTRY is taken over, also on failure. */
enum result faq_rows_add(
    struct faq_rows *rows, const struct faq_row *row) MUST_CHECK;
/* Find ids that stand in two rows. */
enum result faq_rows_check(
    const struct faq_rows *rows, struct faq_faults *faults) MUST_CHECK;

#endif
