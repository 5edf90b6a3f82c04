/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CSV_TEXT_H
#define HOIDAP_CSV_TEXT_H

#include "buf.h"

/* Write CSV as Excel in Vietnam reads it: UTF-8 with a byte order mark, ";"
 * between cells, quotes, CRLF. */

extern const struct text_view csv_text_mark;

/* Append the mark that tells Excel the file is UTF-8: first of all. */
enum result csv_text_begin(struct buf *out) MUST_CHECK;
/* Append a row.  What Excel would take for a formula (=, +, -, @ in front) is
 * written with an apostrophe before it. */
enum result csv_text_add(
    struct buf *out, const struct text_view *cells, size_t count) MUST_CHECK;
/* Does CELL get that apostrophe?  Also when it begins with one already, so
 * that whoever reads may take off the first. */
bool csv_text_guarded(struct text_view cell);

#endif
