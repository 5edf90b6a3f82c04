/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "profile.h"

#include <stddef.h>

#include "entry.h"
#include "field.h"
#include "utf8.h"

/* What a Messenger page shows before anybody has written.  The limits are
 * Messenger's (webhooks/messenger/README.md), told here with the line, since
 * it is curators who write the file.  The greeting is measured when its
 * variables are filled in. */

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define AT(member) offsetof(struct faq_profile, member)

enum { TEXT_MAX_BYTES = 1000 };

struct kind {
	const char *name; /* in complaints */
	size_t title_max; /* characters */
	bool may_link;
};

static enum result
check_item(struct reader *reader, const struct node *node,
    const struct kind *kind, const struct faq_button *item)
{
	struct node title = reader_member(node, "title");
	size_t length = utf16_length(item->title);

	if (length > kind->title_max)
		return reader_fail(reader, &title.place,
		    "\"title\" has %zu characters, Messenger takes %zu: "
		    "shorten it",
		    length, kind->title_max);
	if (!kind->may_link && item->url.len > 0)
		return reader_fail(reader, &node->place,
		    "it has \"url\", but Messenger takes no link here: name "
		    "an \"entry\"");
	return OK;
}

static enum result
read_items(struct reader *reader, const struct node *node, size_t max,
    const struct kind *kind, struct faq_items *out)
{
	struct reader_places places;
	enum result result =
	    reader_list(reader, node, max, sizeof(struct faq_button), &places);

	if (result != OK)
		return result;
	*out = (struct faq_items){ places.at, places.count };
	for (size_t i = 0; i < places.count && result == OK; i++) {
		struct node item = reader_item(node, i);
		size_t mark = reader_enter(reader, "%s %zu", kind->name, i + 1);

		result = entry_read_button(reader, &item, &out->at[i]);
		if (result == OK)
			result = check_item(reader, &item, kind, &out->at[i]);
		reader_leave(reader, mark);
	}
	return result;
}

static enum result
read_ice_breakers(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	static const struct kind kind = { "ice breaker", 80, false };

	return read_items(reader, node, field->max, &kind, out);
}

static enum result
read_menu(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	static const struct kind kind = { "menu item", 30, true };

	return read_items(reader, node, field->max, &kind, out);
}

/* For the people who keep the file. */
static enum result
read_note(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct text_view note;

	(void)out;
	return field_line(reader, node, field, &note);
}

enum result
profile_read(struct reader *reader, const struct node *root)
{
	static const struct field fields[] = {
		{ "note", read_note, 0, 2000, false },
		{ "greeting", field_template, AT(greeting), TEXT_MAX_BYTES,
		    true },
		{ "ice_breakers", read_ice_breakers, AT(ice_breakers),
		    FAQ_ICE_BREAKERS_MAX, false },
		{ "menu", read_menu, AT(menu), FAQ_MENU_MAX, false },
	};
	struct faq_profile *profile = &reader->faq->profile;
	enum result result =
	    reader_object(reader, root, fields, COUNT_OF(fields), profile);

	if (result == OK) {
		profile->known = true;
		profile->file =
		    arena_string(&reader->faq->arena, text_of(reader->file));
		if (profile->file == NULL)
			result = ERR_NOMEM;
	}
	return result;
}
