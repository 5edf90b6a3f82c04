/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_FAQ_COLUMNS_H
#define HOIDAP_CLI_FAQ_COLUMNS_H

#include <jansson.h>

#include "buf.h"
#include "faq.h"

/* The columns of a sheet of entries, and how each is written in a cell:
 *   a list             one item a line
 *   a keyword          phrases that must all occur, with " + " between them
 *   a button           TITLE | address or id
 *   a source           TITLE | address | date; the last two may be missing
 *   a date             YYYY-MM-DD; Excel's dd/mm/yyyy is read too
 *   status and kind    in Vietnamese; the JSON words are read too
 * An item that this cannot say (a title with " | " in it) stands as JSON. */

/* The first of the columns: they are of the topic, or name the entry. */
enum {
	FAQ_COLUMN_TOPIC,
	FAQ_COLUMN_TOPIC_TITLE,
	FAQ_COLUMN_ID,
	FAQ_COLUMN_FIRST_FIELD, /* from here on: what an entry holds */
	FAQ_COLUMNS_COUNT = 19,
};

/* "asked_as", the key in the JSON files; and "Cách hỏi". */
const char *faq_columns_key(size_t column);
const char *faq_columns_heading(size_t column);
/* The column that NAME means, by key or heading in any case, or SIZE_MAX. */
size_t faq_columns_find(struct text_view name);
/* Must a new entry have it? */
bool faq_columns_required(size_t column);

/* Write what ENTRY has there; nothing for what it has not. */
enum result faq_columns_render(
    const struct faq_entry *entry, size_t column, struct buf *out) MUST_CHECK;

/* The value of a cell, or null for an empty one.  ERR_INVALID with WHY, a
 * sentence in Vietnamese that does not name the column.  *VALUE_OUT is yours.
 * Whether the value is good is for faq_load() to say. */
enum result faq_columns_parse(size_t column, struct text_view cell,
    json_t **value_out, struct complaint *why) MUST_CHECK;

#endif
