/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "field.h"

#include <stddef.h>
#include <stdlib.h>

#include <utf8proc.h>

#include "address.h"
#include "clock.h"
#include "expand.h"
#include "near.h"
#include "quote.h"
#include "utf8.h"

enum { PHRASE_MAX_BYTES = 2000 };

static enum result
store_nfc(struct arena *arena, struct text_view text, struct text_view *out)
{
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text.at,
	    (utf8proc_ssize_t)text.len, &composed,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	enum result result = ERR_NOMEM; /* all that can fail on valid UTF-8 */

	if (len >= 0)
		result = arena_text(arena,
		    (struct text_view){ (const char *)composed, (size_t)len },
		    out);
	free(composed);
	return result;
}

static enum result
refuse_unfit(struct reader *reader, const struct place *place,
    struct text_view text, bool many_lines)
{
	for (size_t pos = 0; pos < text.len;) {
		uint32_t code_point = utf8_next(text, &pos);

		if (code_point == '\n' && many_lines)
			continue;
		if (code_point == '\n')
			return reader_fail(reader, place,
			    "%s has a line break: write it on one line",
			    reader_name(place).text);
		if (quote_unfit(code_point))
			return reader_fail(reader, place,
			    "%s has the invisible character U+%04X: delete it",
			    reader_name(place).text, (unsigned)code_point);
	}
	return OK;
}

static enum result
read_text(struct reader *reader, const struct node *node, size_t max,
    bool many_lines, struct text_view *out)
{
	const struct place *place = &node->place;
	struct text_view text = { NULL, 0 };
	enum result result;

	if (!json_is_string(node->json))
		return reader_fail(reader, place, "%s must be a text in quotes",
		    reader_name(place).text);
	text = text_trim((struct text_view){
	    json_string_value(node->json), json_string_length(node->json) });
	if (text.len == 0)
		return reader_fail(reader, place,
		    "%s is empty: fill it in or take it out",
		    reader_name(place).text);
	if (text.len > max)
		return reader_fail(reader, place,
		    "%s has %zu bytes, the limit is %zu: shorten it",
		    reader_name(place).text, text.len, max);
	result = refuse_unfit(reader, place, text, many_lines);
	if (result != OK)
		return result;
	return store_nfc(&reader->faq->arena, text, out);
}

static enum result
read_line(struct reader *reader, const struct node *node, size_t max,
    struct text_view *out)
{
	struct text_view line = { NULL, 0 };
	enum result result = read_text(reader, node, max, false, &line);

	if (result != OK)
		return result;
	if (text_find(line, TEXT("{{")) != SIZE_MAX)
		return reader_fail(reader, &node->place,
		    "%s has \"{{\": variables work only in \"answer\" and in "
		    "the \"url\" of a button",
		    reader_name(&node->place).text);
	*out = line;
	return OK;
}

enum result
field_line(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	return read_line(reader, node, field->max, out);
}

enum result
field_template(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct complaint fault;
	struct text_view text = { NULL, 0 };
	enum result result = read_text(reader, node, field->max, true, &text);

	if (result != OK)
		return result;
	result = expand_check(reader->faq, text, &fault);
	if (result != OK)
		return reader_fail(reader, &node->place, "%s: %s",
		    reader_name(&node->place).text, fault.text);
	*(struct text_view *)out = text;
	return OK;
}

bool
field_is_id(struct text_view text)
{
	if (text.len == 0 || text.len > 64)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char byte = text.at[i];

		if ((byte < 'a' || byte > 'z') && (byte < '0' || byte > '9') &&
		    byte != '-')
			return false;
	}
	return true;
}

enum result
field_id(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct text_view id = { NULL, 0 };
	enum result result = read_line(reader, node, field->max, &id);

	if (result != OK)
		return result;
	if (!field_is_id(id))
		return reader_fail(reader, &node->place,
		    "%s is \"%s\": it may hold only a-z, 0-9 and \"-\", at "
		    "most 64 of them",
		    reader_name(&node->place).text, quote(id).text);
	*(struct text_view *)out = id;
	return OK;
}

enum result
field_date(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct text_view date = { NULL, 0 };
	enum result result;

	if (json_is_null(node->json))
		return OK;
	result = read_line(reader, node, field->max, &date);
	if (result != OK)
		return result;
	if (!date_valid(date))
		return reader_fail(reader, &node->place,
		    "%s is \"%s\", which is no day: write YYYY-MM-DD",
		    reader_name(&node->place).text, quote(date).text);
	*(struct text_view *)out = date;
	return OK;
}

enum result
field_url(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct text_view url = { NULL, 0 };
	enum result result = read_line(reader, node, field->max, &url);

	if (result != OK)
		return result;
	if (!address_of_web(url))
		return reader_fail(reader, &node->place,
		    "%s is \"%s\": it must start with https:// or http:// and "
		    "have no spaces",
		    reader_name(&node->place).text, quote(url).text);
	*(struct text_view *)out = url;
	return OK;
}

enum result
field_phrases(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct reader_places places;
	struct text_view *lines;
	enum result result;

	result = reader_list(reader, node, field->max, sizeof(*lines), &places);
	if (result != OK)
		return result;
	lines = places.at;
	for (size_t i = 0; i < places.count && result == OK; i++) {
		struct node item = reader_item(node, i);

		result = read_line(reader, &item, PHRASE_MAX_BYTES, &lines[i]);
	}
	if (result == OK)
		*(struct phrases *)out =
		    (struct phrases){ lines, places.count };
	return result;
}

#define AT(member) offsetof(struct faq_source, member)

enum result
field_source(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	static const struct field fields[] = {
		{ "title", field_line, AT(title), 300, true },
		{ "url", field_url, AT(url), 2000, false },
		{ "dated", field_date, AT(dated), 200, false },
	};

	(void)field;
	return reader_object(
	    reader, node, fields, sizeof(fields) / sizeof(fields[0]), out);
}

enum result
field_choice(struct reader *reader, const struct node *node,
    const char *const *words, size_t count, size_t *index_out)
{
	enum { WORD_MAX_BYTES = 64 };
	char hint[NEAR_HINT_SIZE];
	struct text_view word = { NULL, 0 };
	struct near near;
	enum result result = read_line(reader, node, WORD_MAX_BYTES, &word);

	if (result != OK)
		return result;
	for (size_t i = 0; i < count; i++) {
		if (text_is(word, words[i])) {
			*index_out = i;
			return OK;
		}
	}
	near = near_start(word);
	for (size_t i = 0; i < count; i++)
		near_try(&near, text_of(words[i]));
	near_hint(&near, hint);
	return reader_fail(reader, &node->place, "%s cannot be \"%s\"%s",
	    reader_name(&node->place).text, quote(word).text,
	    hint[0] == '\0' ? ": look in schema.json for the words" : hint);
}
