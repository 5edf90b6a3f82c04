/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "near.h"
#include "quote.h"

struct node
reader_member(const struct node *parent, const char *key)
{
	return (struct node){ { &parent->place, key, 0 },
		json_object_get(parent->json, key) };
}

struct node
reader_item(const struct node *parent, size_t index)
{
	return (struct node){ { &parent->place, NULL, index },
		json_array_get(parent->json, index) };
}

enum result
reader_parse(struct reader *reader, json_t **root_out)
{
	json_error_t error = { .line = 0 };
	json_t *root = json_loadb(reader->source.at, reader->source.len,
	    JSON_REJECT_DUPLICATES, &error);

	if (root != NULL) {
		*root_out = root;
		return OK;
	}
	/* Jansson says nothing when it runs out of memory. */
	if (error.text[0] == '\0' ||
	    json_error_code(&error) == json_error_out_of_memory)
		return ERR_NOMEM;
	complain(reader->why, reader->file,
	    error.line > 0 ? (unsigned)error.line : 1,
	    "not valid JSON: %s; look for a missing or spare comma, quote or "
	    "bracket here or just above",
	    quote(text_of(error.text)).text);
	return ERR_INVALID;
}

enum result
reader_fail(
    struct reader *reader, const struct place *place, const char *format, ...)
{
	char text[sizeof(reader->why->text)];
	va_list args;

	if (reader->why == NULL)
		return ERR_INVALID;
	va_start(args, format);
	(void)vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	complain(reader->why, reader->file, place_line(reader->source, place),
	    "%s%s%s", reader->subject, reader->subject[0] == '\0' ? "" : ": ",
	    text);
	return ERR_INVALID;
}

size_t
reader_enter(struct reader *reader, const char *format, ...)
{
	size_t mark = strlen(reader->subject);
	char part[sizeof(reader->subject)];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(part, sizeof(part), format, args);
	va_end(args);
	(void)snprintf(reader->subject + mark, sizeof(reader->subject) - mark,
	    "%s%s", mark == 0 ? "" : ": ", part);
	return mark;
}

void
reader_leave(struct reader *reader, size_t mark)
{
	reader->subject[mark] = '\0';
}

struct reader_name
reader_name(const struct place *place)
{
	struct reader_name name;
	struct reader_name around;

	if (place->key != NULL) {
		(void)snprintf(
		    name.text, sizeof(name.text), "\"%s\"", place->key);
		return name;
	}
	if (place->parent == NULL) {
		(void)snprintf(name.text, sizeof(name.text), "the file");
		return name;
	}
	around = reader_name(place->parent);
	(void)snprintf(name.text, sizeof(name.text), "%.90s item %zu",
	    around.text, place->index + 1);
	return name;
}

static bool
has_field(const struct field *fields, size_t count, const char *key)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(fields[i].name, key) == 0)
			return true;
	}
	return false;
}

static enum result
refuse_unknown_keys(struct reader *reader, const struct node *node,
    const struct field *fields, size_t count)
{
	const char *key;
	json_t *value;

	json_object_foreach(node->json, key, value)
	{
		struct place place = { &node->place, key, 0 };
		struct near near = near_start(text_of(key));
		char hint[NEAR_HINT_SIZE];

		if (has_field(fields, count, key))
			continue;
		for (size_t i = 0; i < count; i++)
			near_try(&near, text_of(fields[i].name));
		near_hint(&near, hint);
		return reader_fail(reader, &place, "unknown key \"%s\"%s",
		    quote(text_of(key)).text,
		    hint[0] == '\0' ? ": take it out" : hint);
	}
	return OK;
}

enum result
reader_object(struct reader *reader, const struct node *node,
    const struct field *fields, size_t count, void *into)
{
	enum result result;

	if (!json_is_object(node->json))
		return reader_fail(reader, &node->place,
		    "%s must be an object in { }",
		    reader_name(&node->place).text);
	result = refuse_unknown_keys(reader, node, fields, count);
	for (size_t i = 0; i < count && result == OK; i++) {
		const struct field *field = &fields[i];
		struct node member = reader_member(node, field->name);

		if (member.json != NULL)
			result = field->read(
			    reader, &member, field, (char *)into + field->at);
		else if (field->required)
			result = reader_fail(reader, &node->place,
			    "\"%s\" is missing: add it", field->name);
	}
	return result;
}

enum result
reader_list(struct reader *reader, const struct node *node, size_t max,
    size_t size, struct reader_places *places_out)
{
	size_t count = json_array_size(node->json);
	void *places;

	if (!json_is_array(node->json))
		return reader_fail(reader, &node->place,
		    "%s must be a list in [ ]", reader_name(&node->place).text);
	if (count > max)
		return reader_fail(reader, &node->place,
		    "%s has %zu items, the limit is %zu: take some out",
		    reader_name(&node->place).text, count, max);
	places = arena_alloc(&reader->faq->arena, count, size);
	if (places == NULL)
		return ERR_NOMEM;
	*places_out = (struct reader_places){ places, count };
	return OK;
}
