/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_PLACE_H
#define HOIDAP_FAQ_PLACE_H

#include "text.h"

/* The way to a value in a JSON file, from the outside in:
 * the file -> "entries" -> item 3 -> "buttons" -> item 1 -> "entry". */
struct place {
	const struct place *parent; /* NULL: the whole file */
	const char *key;	    /* NULL: item INDEX of a list */
	size_t index;		    /* counted from 0 */
};

/* The line, counted from 1, where the key or the item at PLACE stands.  What
 * cannot be found (a key that is missing, or written with escapes) gives the
 * line of what is around it.  SOURCE is JSON that Jansson has accepted. */
unsigned place_line(struct text_view source, const struct place *place);

struct place_spot {
	size_t at; /* offset in the file */
	unsigned line;
};

/* Where the first COUNT items of LIST begin, found in one pass. */
void place_items(struct text_view source, const struct place *list,
    struct place_spot *spots_out, size_t count);

#endif
