/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "place.h"

#include <string.h>

/* Jansson tells the line of a syntax error, but not of a value that it has
 * read.  So a complaint about a value carries its place, and only when it is
 * made does this scanner walk the source to that place and count lines.  The
 * source has passed Jansson, so there is no syntax to check here: a value is
 * skipped by its brackets and quotes alone.  Even so nothing reads past the
 * end.  Each question costs one pass over the file, which is why the lines of
 * all entries are asked for together. */

struct spot {
	size_t at;    /* where the key or the item begins */
	size_t value; /* where the value begins: AT, or behind the key */
};

/* Steps through the members of an object or the items of a list. */
struct walk {
	struct text_view source;
	size_t next;
	bool object;
};

static size_t
skip_any(struct text_view source, size_t pos, const char *bytes)
{
	while (pos < source.len && source.at[pos] != '\0' &&
	       strchr(bytes, source.at[pos]) != NULL)
		pos++;
	return pos;
}

static size_t
skip_string(struct text_view source, size_t pos)
{
	for (pos++; pos < source.len && source.at[pos] != '"'; pos++) {
		if (source.at[pos] == '\\')
			pos++;
	}
	return pos < source.len ? pos + 1 : source.len;
}

static size_t
skip_value(struct text_view source, size_t pos)
{
	static const char ends[] = " \t\r\n,:]}";
	size_t depth = 0;

	while (pos < source.len) {
		char byte = source.at[pos];

		if (depth == 0 && memchr(ends, byte, sizeof(ends) - 1) != NULL)
			break;
		if (byte == '{' || byte == '[')
			depth++;
		if (byte == '}' || byte == ']')
			depth--;
		pos = byte == '"' ? skip_string(source, pos) : pos + 1;
	}
	return pos;
}

/* False when there is no object or list at POS. */
static bool
walk_start(struct walk *walk, struct text_view source, size_t pos)
{
	if (pos >= source.len ||
	    (source.at[pos] != '{' && source.at[pos] != '['))
		return false;
	*walk = (struct walk){ source, pos + 1, source.at[pos] == '{' };
	return true;
}

static bool
walk_next(struct walk *walk, struct spot *spot_out)
{
	struct text_view source = walk->source;
	size_t pos = skip_any(source, walk->next, " \t\r\n,");

	if (pos >= source.len || source.at[pos] == '}' || source.at[pos] == ']')
		return false;
	spot_out->at = pos;
	if (walk->object) {
		pos = skip_string(source, pos);
		pos = skip_any(source, pos, " \t\r\n:");
	}
	spot_out->value = pos;
	walk->next = skip_value(source, pos);
	return true;
}

static bool
is_key(struct text_view source, size_t pos, const char *key)
{
	size_t end = skip_string(source, pos);

	return end - pos >= 2 &&
	       text_is(text_slice(source, pos + 1, end - 1), key);
}

static bool
find(struct text_view source, const struct place *place, struct spot *spot_out)
{
	struct walk walk;
	struct spot spot;

	if (place->parent == NULL) {
		spot.at = skip_any(source, 0, " \t\r\n");
		spot.value = spot.at;
		*spot_out = spot;
		return true;
	}
	if (!find(source, place->parent, &spot) ||
	    !walk_start(&walk, source, spot.value))
		return false;
	for (size_t index = 0; walk_next(&walk, &spot); index++) {
		if (place->key != NULL ? is_key(source, spot.at, place->key)
				       : index == place->index) {
			*spot_out = spot;
			return true;
		}
	}
	return false;
}

/* Newlines in SOURCE between FROM and TO. */
static unsigned
count_lines(struct text_view source, size_t from, size_t to)
{
	unsigned lines = 0;

	for (size_t pos = from; pos < to && pos < source.len; pos++)
		lines += source.at[pos] == '\n';
	return lines;
}

unsigned
place_line(struct text_view source, const struct place *place)
{
	struct spot spot = { 0, 0 };

	while (place != NULL && !find(source, place, &spot))
		place = place->parent;
	return 1 + count_lines(source, 0, spot.at);
}

void
place_items(struct text_view source, const struct place *list,
    struct place_spot *spots_out, size_t count)
{
	struct spot spot = { 0, 0 };
	struct walk walk = { source, source.len, false };
	size_t counted = 0;
	unsigned line = 1;

	if (find(source, list, &spot))
		(void)walk_start(&walk, source, spot.value);
	for (size_t i = 0; i < count; i++) {
		if (walk_next(&walk, &spot)) {
			line += count_lines(source, counted, spot.at);
			counted = spot.at;
		}
		spots_out[i] = (struct place_spot){ spot.at, line };
	}
}
