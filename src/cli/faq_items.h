/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_FAQ_ITEMS_H
#define HOIDAP_CLI_FAQ_ITEMS_H

#include <jansson.h>

#include "buf.h"
#include "faq.h"

/* A list in one cell: an item a line, plain where that can be read back, JSON
 * where it cannot (see faq_columns.h for how each is written). */

enum faq_items_kind {
	FAQ_ITEMS_PHRASES,
	FAQ_ITEMS_KEYWORDS,
	FAQ_ITEMS_BUTTONS,
	FAQ_ITEMS_SOURCES,
};

/* LIST is a struct phrases for FAQ_ITEMS_PHRASES, else the struct faq_entry. */
enum result faq_items_render(
    enum faq_items_kind kind, const void *list, struct buf *out) MUST_CHECK;
/* ERR_INVALID with WHY in Vietnamese.  *ARRAY_OUT is yours. */
enum result faq_items_parse(enum faq_items_kind kind, struct text_view cell,
    json_t **array_out, struct complaint *why) MUST_CHECK;

/* A day written YYYY-MM-DD, or d/m/yyyy as Excel in Vietnam makes of it. */
bool faq_items_date(struct text_view text, char out[11]);

#endif
