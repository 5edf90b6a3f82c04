/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "topic.h"

#include <stddef.h>
#include <string.h>

#include "entry.h"
#include "field.h"

/* Of all topics together. */
enum { ENTRIES_MAX = 20000 };

struct topic {
	struct text_view name;
	struct text_view title;
};

/* The array is full whenever the count is a power of two (or nothing), and
 * then doubles, so it needs no counter of its own. */
static enum result
add_entry(struct faq *faq, const struct faq_entry *entry)
{
	size_t count = faq->entry_count;

	if ((count & (count - 1)) == 0) {
		struct faq_entry *grown = arena_alloc(
		    &faq->arena, count == 0 ? 1 : 2 * count, sizeof(*grown));

		if (grown == NULL)
			return ERR_NOMEM;
		if (count > 0)
			memcpy(grown, faq->entries, count * sizeof(*grown));
		faq->entries = grown;
	}
	faq->entries[faq->entry_count++] = *entry;
	return OK;
}

static enum result
add_entries(struct reader *reader, const struct node *list,
    const struct topic *topic, const struct reader_places *spots)
{
	const char *file =
	    arena_string(&reader->faq->arena, text_of(reader->file));
	enum result result = file == NULL ? ERR_NOMEM : OK;
	const struct place_spot *spot = spots->at;

	for (size_t i = 0; i < spots->count && result == OK; i++) {
		struct node item = reader_item(list, i);
		struct faq_entry entry;

		result = entry_read(reader, &item, &entry);
		if (result != OK)
			break;
		entry.topic = topic->name;
		entry.topic_title = topic->title;
		entry.file = file;
		entry.line = spot[i].line;
		result = add_entry(reader->faq, &entry);
	}
	return result;
}

static enum result
read_entries(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	size_t room = field->max - reader->faq->entry_count;
	struct reader_places spots;
	enum result result =
	    reader_list(reader, node, room, sizeof(struct place_spot), &spots);

	if (result != OK)
		return result;
	place_items(reader->source, &node->place, spots.at, spots.count);
	return add_entries(reader, node, out, &spots);
}

enum result
topic_read(struct reader *reader, const struct node *root)
{
	/* The entries come last: they are given the other two. */
	static const struct field fields[] = {
		{ "topic", field_id, offsetof(struct topic, name), 200, true },
		{ "title", field_line, offsetof(struct topic, title), 300,
		    true },
		{ "entries", read_entries, 0, ENTRIES_MAX, true },
	};
	struct topic topic;

	return reader_object(
	    reader, root, fields, sizeof(fields) / sizeof(fields[0]), &topic);
}
