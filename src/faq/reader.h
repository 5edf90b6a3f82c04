/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_READER_H
#define HOIDAP_FAQ_READER_H

#include <jansson.h>

#include "faq.h"
#include "place.h"

/* Reads one JSON file strictly: what may stand in an object is a table of
 * fields, and everything else is a fault with its line. */
struct reader {
	struct faq *faq; /* being filled; its arena holds what is read */
	const char *file;
	struct text_view source;
	struct complaint *why; /* may be NULL */
	char subject[128]; /* what is being read, as in `entry "x": button 2`;
			      put before every complaint */
};

/* A JSON value and its place in the file.  It points to its parent, which
 * must live as long.  JSON is borrowed. */
struct node {
	struct place place;
	json_t *json;
};

struct node reader_member(const struct node *parent, const char *key);
struct node reader_item(const struct node *parent, size_t index);

/* Parse the source; *ROOT_OUT is yours to json_decref(). */
enum result reader_parse(struct reader *reader, json_t **root_out) MUST_CHECK;

/* Complain about PLACE; always ERR_INVALID, for `return reader_fail(...)`. */
enum result reader_fail(struct reader *reader, const struct place *place,
    const char *format, ...) PRINTF_LIKE(3, 4);

/* Add to the subject; returns what reader_leave() takes to drop it again. */
size_t reader_enter(struct reader *reader, const char *format, ...)
    PRINTF_LIKE(2, 3);
void reader_leave(struct reader *reader, size_t mark);

/* How a complaint calls a place: `"asked_as" item 3`. */
struct reader_name {
	char text[128];
};
struct reader_name reader_name(const struct place *place);

/* One key of an object. */
struct field {
	const char *name;
	/* Reads the value of NODE into OUT; FIELD is this row. */
	enum result (*read)(struct reader *reader, const struct node *node,
	    const struct field *field, void *out);
	size_t at;  /* offset of OUT in the struct that is being filled */
	size_t max; /* bytes of a text, items of a list */
	bool required;
};

/* Fill INTO from the object NODE, in the order of FIELDS.  A key without a
 * row, and a required key that is missing, are faults. */
enum result reader_object(struct reader *reader, const struct node *node,
    const struct field *fields, size_t count, void *into) MUST_CHECK;

/* An array in the arena with a zeroed place for each item of a JSON list. */
struct reader_places {
	void *at;
	size_t count;
};

/* NODE must be a list of at most MAX items; a place has SIZE bytes. */
enum result reader_list(struct reader *reader, const struct node *node,
    size_t max, size_t size, struct reader_places *places_out) MUST_CHECK;

#endif
