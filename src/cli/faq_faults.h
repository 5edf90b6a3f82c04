/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_FAQ_FAULTS_H
#define HOIDAP_CLI_FAQ_FAULTS_H

#include "arena.h"
#include "buf.h"

/* Everything that is wrong with an imported file, row by row, in Vietnamese:
 * "FILE:ROW: cột “Mã”: what, and how to mend it". */

/* More than these are counted, not told. */
enum { FAQ_FAULTS_TOLD_MAX = 100 };

struct faq_fault {
	unsigned row;
	unsigned order; /* of its finding */
	const char *text;
};

struct faq_faults {
	const char *file;
	struct faq_fault at[FAQ_FAULTS_TOLD_MAX];
	size_t count; /* also of those that are not told */
	struct arena arena;
};

void faq_faults_init(struct faq_faults *faults, const char *file);
void faq_faults_fini(struct faq_faults *faults);

/* COLUMN is a heading, or NULL for the row as a whole. */
enum result faq_faults_add(struct faq_faults *faults, unsigned row,
    const char *column, const char *format, ...) MUST_CHECK PRINTF_LIKE(4, 5);

/* What the loader said about the entry of ROW: its sentence names a JSON key
 * and is in English, so the column and the gist in Vietnamese go before it. */
enum result faq_faults_add_loader(
    struct faq_faults *faults, unsigned row, const char *complaint) MUST_CHECK;

/* Write them a line each, in the order of the rows, then how many more there
 * are. */
enum result faq_faults_write(
    struct faq_faults *faults, struct buf *out) MUST_CHECK;

#endif
