/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_FIELD_H
#define HOIDAP_FAQ_FIELD_H

#include "reader.h"

/* Values that many tables of fields hold: rows name these in .read.  Each
 * stores NFC, trimmed, in the arena of the base. */

/* Text of one line without {{variables}}: a struct text_view. */
enum result field_line(struct reader *reader, const struct node *node,
    const struct field *field, void *out) MUST_CHECK;
/* Text that may have several lines and {{variables}}, which must exist. */
enum result field_template(struct reader *reader, const struct node *node,
    const struct field *field, void *out) MUST_CHECK;
/* 1 to 64 of a-z, 0-9 and "-". */
enum result field_id(struct reader *reader, const struct node *node,
    const struct field *field, void *out) MUST_CHECK;
/* A real day YYYY-MM-DD, or null, which gives the empty view. */
enum result field_date(struct reader *reader, const struct node *node,
    const struct field *field, void *out) MUST_CHECK;
/* An address of the web, http:// or https://. */
enum result field_url(struct reader *reader, const struct node *node,
    const struct field *field, void *out) MUST_CHECK;
/* A list of at most FIELD->max lines: a struct phrases. */
enum result field_phrases(struct reader *reader, const struct node *node,
    const struct field *field, void *out) MUST_CHECK;

/* Where a fact comes from: a struct faq_source. */
enum result field_source(struct reader *reader, const struct node *node,
    const struct field *field, void *out) MUST_CHECK;

/* One of COUNT words, by its index. */
enum result field_choice(struct reader *reader, const struct node *node,
    const char *const *words, size_t count, size_t *index_out) MUST_CHECK;

/* Would field_id() take this? */
bool field_is_id(struct text_view text);

#endif
