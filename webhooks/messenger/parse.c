/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "messenger.h"

#include "event.h"

/* The envelope: {"object": "page", "entry": [{"id": PAGE, SECTION: [...]}]}.
 * Meta documents one item per section; others have seen more, so every list is
 * read to its end.
 *
 * A POST that is refused comes again, with all its events, for an hour, and
 * then the page is switched off.  So an item that makes no sense becomes an
 * event of its own, EVENT_IGNORED, and never spoils those beside it. */

static const struct section {
	const char *key;
	bool standby;
	const char *ignored; /* the word for its items; NULL: they are read */
} sections[] = {
	{ "messaging", false, NULL },
	{ "standby", true, NULL },
	{ "changes", false, "changes" },
};

enum { SECTION_COUNT = sizeof(sections) / sizeof(sections[0]) };

struct parser {
	struct messenger_reader reader;
	const struct account *account;
	struct message_list list;
};

/* An entry without items still counts for one ignored event. */
static size_t
entry_size(const json_t *entry)
{
	size_t size = 0;

	for (size_t i = 0; i < SECTION_COUNT; i++)
		size +=
		    json_array_size(json_object_get(entry, sections[i].key));
	return size == 0 ? 1 : size;
}

static void
read_section(struct parser *parser, const struct section *section,
    const json_t *items, struct text_view page)
{
	for (size_t i = 0; i < json_array_size(items); i++) {
		const json_t *item = json_array_get(items, i);
		struct message *message =
		    &parser->list.at[parser->list.count++];

		message->account = page;
		if (section->ignored != NULL)
			messenger_event_ignore(
			    &parser->reader, item, section->ignored, message);
		else if (!json_is_object(item))
			messenger_event_ignore(
			    &parser->reader, item, "malformed", message);
		else
			messenger_event_read(&parser->reader, item,
			    parser->account, section->standby, message);
	}
}

static void
read_entry(struct parser *parser, const json_t *entry)
{
	struct text_view page =
	    messenger_field_id(&parser->reader, json_object_get(entry, "id"));
	size_t before = parser->list.count;

	for (size_t i = 0; i < SECTION_COUNT; i++)
		read_section(parser, &sections[i],
		    json_object_get(entry, sections[i].key), page);
	if (parser->list.count == before) {
		struct message *message = &parser->list.at[before];

		parser->list.count++;
		message->account = page;
		messenger_event_ignore(
		    &parser->reader, entry, "empty_entry", message);
	}
}

static enum result
read_entries(
    struct parser *parser, const json_t *entries, struct complaint *why)
{
	size_t room = 0;

	for (size_t i = 0; i < json_array_size(entries); i++)
		room += entry_size(json_array_get(entries, i));
	if (room > MESSAGES_MAX) {
		complain(why, "", 0, "%zu events in one body; %d are taken",
		    room, MESSAGES_MAX);
		return ERR_TOO_LARGE;
	}
	parser->list.at =
	    arena_alloc(parser->reader.arena, room, sizeof(*parser->list.at));
	if (parser->list.at == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < json_array_size(entries); i++)
		read_entry(parser, json_array_get(entries, i));
	return parser->reader.out_of_memory ? ERR_NOMEM : OK;
}

/* Jansson's own words quote the body, which must not reach a log.  It has no
 * words where memory runs out early. */
static enum result
explain(const json_error_t *error, struct complaint *why)
{
	enum json_error_code code = json_error_code(error);

	if (code == json_error_unknown || code == json_error_out_of_memory)
		return ERR_NOMEM;
	complain(why, "", 0, "the body is not JSON: error %d at byte %d",
	    (int)code, error->position);
	return ERR_INVALID;
}

enum result
messenger_parse(struct text_view body, const struct account *account,
    struct arena *arena, struct message_list *out, struct complaint *why)
{
	struct parser parser = { { arena, false }, account, { NULL, 0 } };
	enum result result = ERR_INVALID;
	const json_t *entries;
	const char *object;
	json_error_t error;
	json_t *root =
	    json_loadb(body.at, body.len, JSON_REJECT_DUPLICATES, &error);

	if (root == NULL)
		return explain(&error, why);
	entries = json_object_get(root, "entry");
	object = json_string_value(json_object_get(root, "object"));
	if (!text_is(text_of(object), "page"))
		complain(why, "", 0, "\"object\" is not \"page\"");
	else if (!json_is_array(entries))
		complain(why, "", 0, "\"entry\" is not a list");
	else
		result = read_entries(&parser, entries, why);
	json_decref(root);
	if (result == OK)
		*out = parser.list;
	return result;
}
