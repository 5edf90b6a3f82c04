/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "entry.h"

#include <stddef.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "address.h"
#include "field.h"
#include "quote.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* ---- keywords and patterns ---- */

/* A keyword is a phrase, or a list of phrases that must all occur. */
static enum result
read_keyword(struct reader *reader, const struct node *node,
    const struct field *field, struct phrases *out)
{
	static const struct field all_of = { .max = 8 };
	struct phrases keyword = { .count = 1 };
	enum result result;

	if (json_is_array(node->json)) {
		if (json_array_size(node->json) == 0)
			return reader_fail(reader, &node->place,
			    "%s is an empty list: take it out",
			    reader_name(&node->place).text);
		return field_phrases(reader, node, &all_of, out);
	}
	keyword.at = arena_alloc(&reader->faq->arena, 1, sizeof(*keyword.at));
	if (keyword.at == NULL)
		return ERR_NOMEM;
	result = field_line(reader, node, field, keyword.at);
	if (result == OK)
		*out = keyword;
	return result;
}

static enum result
read_keywords(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	static const struct field phrase = { .max = 200 };
	struct faq_entry *entry = out;
	struct reader_places places;
	enum result result = reader_list(
	    reader, node, field->max, sizeof(*entry->keywords), &places);

	if (result != OK)
		return result;
	entry->keywords = places.at;
	entry->keyword_count = places.count;
	for (size_t i = 0; i < places.count && result == OK; i++) {
		struct node item = reader_item(node, i);

		result =
		    read_keyword(reader, &item, &phrase, &entry->keywords[i]);
	}
	return result;
}

static enum result
check_pattern(
    struct reader *reader, const struct place *place, struct text_view pattern)
{
	/* As src/match compiles it; and no \C, half a character. */
	static const uint32_t options =
	    PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_NEVER_BACKSLASH_C;
	PCRE2_UCHAR text[128];
	PCRE2_SIZE at;
	int error;
	pcre2_code *code = pcre2_compile(
	    (PCRE2_SPTR)pattern.at, pattern.len, options, &error, &at, NULL);

	if (code != NULL) {
		pcre2_code_free(code);
		return OK;
	}
	if (error == PCRE2_ERROR_HEAP_FAILED)
		return ERR_NOMEM;
	if (pcre2_get_error_message(error, text, sizeof(text)) < 0)
		text[0] = '\0';
	return reader_fail(reader, place,
	    "%s does not compile: %s, behind \"%s\"", reader_name(place).text,
	    (const char *)text, quote(text_slice(pattern, 0, at)).text);
}

static enum result
read_patterns(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct phrases patterns;
	enum result result = field_phrases(reader, node, field, &patterns);

	if (result != OK)
		return result;
	for (size_t i = 0; i < patterns.count && result == OK; i++) {
		struct node item = reader_item(node, i);

		result = check_pattern(reader, &item.place, patterns.at[i]);
	}
	if (result == OK)
		*(struct phrases *)out = patterns;
	return result;
}

/* ---- buttons and sources ---- */

/* An address, or one that begins with a variable: what that one holds is
 * judged when the button is shown. */
static enum result
read_button_url(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct text_view url = { NULL, 0 };
	enum result result = field_template(reader, node, field, &url);

	if (result != OK)
		return result;
	if (address_secure(url) ||
	    (text_starts(url, TEXT("{{")) && address_clean(url))) {
		*(struct text_view *)out = url;
		return OK;
	}
	return reader_fail(reader, &node->place,
	    "%s is \"%s\": it must start with https:// or a {{variable}} and "
	    "have no spaces",
	    reader_name(&node->place).text, quote(url).text);
}

enum result
entry_read_button(
    struct reader *reader, const struct node *node, struct faq_button *out)
{
	static const struct field fields[] = {
		{ "title", field_line, offsetof(struct faq_button, title), 200,
		    true },
		{ "url", read_button_url, offsetof(struct faq_button, url),
		    2000, false },
		{ "entry", field_id, offsetof(struct faq_button, entry), 200,
		    false },
	};
	enum result result =
	    reader_object(reader, node, fields, COUNT_OF(fields), out);

	if (result != OK)
		return result;
	if (out->url.len == 0 && out->entry.len == 0)
		return reader_fail(reader, &node->place,
		    "it leads nowhere: add \"url\" or \"entry\"");
	if (out->url.len > 0 && out->entry.len > 0)
		return reader_fail(reader, &node->place,
		    "it has both \"url\" and \"entry\": keep one");
	return OK;
}

static enum result
read_buttons(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct faq_entry *entry = out;
	struct reader_places places;
	enum result result = reader_list(
	    reader, node, field->max, sizeof(*entry->buttons), &places);

	if (result != OK)
		return result;
	entry->buttons = places.at;
	entry->button_count = places.count;
	for (size_t i = 0; i < places.count && result == OK; i++) {
		struct node item = reader_item(node, i);
		size_t mark = reader_enter(reader, "button %zu", i + 1);

		result = entry_read_button(reader, &item, &entry->buttons[i]);
		reader_leave(reader, mark);
	}
	return result;
}

static enum result
read_sources(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct faq_entry *entry = out;
	struct reader_places places;
	enum result result = reader_list(
	    reader, node, field->max, sizeof(*entry->sources), &places);

	if (result != OK)
		return result;
	entry->sources = places.at;
	entry->source_count = places.count;
	for (size_t i = 0; i < places.count && result == OK; i++) {
		struct node item = reader_item(node, i);
		size_t mark = reader_enter(reader, "source %zu", i + 1);

		result = field_source(reader, &item, field, &entry->sources[i]);
		reader_leave(reader, mark);
	}
	return result;
}

/* ---- the entry ---- */

static enum result
read_kind(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	static const char *const words[] = {
		[ENTRY_ANSWER] = "answer",
		[ENTRY_SMALLTALK] = "smalltalk",
		[ENTRY_REFER] = "refer",
		[ENTRY_HANDOFF] = "handoff",
	};
	size_t index;
	enum result result =
	    field_choice(reader, node, words, COUNT_OF(words), &index);

	(void)field;
	if (result == OK)
		*(enum entry_kind *)out = (enum entry_kind)index;
	return result;
}

static enum result
read_status(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	static const char *const words[] = {
		[ENTRY_PUBLISHED] = "published",
		[ENTRY_DRAFT] = "draft",
		[ENTRY_RETIRED] = "retired",
	};
	size_t index;
	enum result result =
	    field_choice(reader, node, words, COUNT_OF(words), &index);

	(void)field;
	if (result == OK)
		*(enum entry_status *)out = (enum entry_status)index;
	return result;
}

static enum result
read_tier(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	static const char *const words[] = {
		[false] = "curated",
		[true] = "background",
	};
	size_t index;
	enum result result =
	    field_choice(reader, node, words, COUNT_OF(words), &index);

	(void)field;
	if (result == OK)
		*(bool *)out = index == true;
	return result;
}

#define AT(member) offsetof(struct faq_entry, member)
/* The offset for readers that fill more than one member. */
enum { WHOLE = 0 };

static const struct field entry_fields[] = {
	{ "id", field_id, AT(id), 200, true },
	{ "question", field_line, AT(question), 500, true },
	{ "asked_as", field_phrases, AT(asked_as), 500, false },
	{ "not_asked_as", field_phrases, AT(not_asked_as), 500, false },
	{ "keywords", read_keywords, WHOLE, 100, false },
	{ "patterns", read_patterns, AT(patterns), 20, false },
	{ "answer", field_template, AT(answer), 8192, true },
	{ "buttons", read_buttons, WHOLE, FAQ_BUTTONS_MAX, false },
	{ "kind", read_kind, AT(kind), 0, false },
	{ "related", field_phrases, AT(related), 10, false },
	{ "sources", read_sources, WHOLE, 10, false },
	{ "owner", field_line, AT(owner), 300, false },
	{ "reviewed", field_date, AT(reviewed), 200, false },
	{ "valid_from", field_date, AT(valid_from), 200, false },
	{ "valid_until", field_date, AT(valid_until), 200, false },
	{ "status", read_status, AT(status), 0, false },
	{ "tier", read_tier, AT(background), 0, false },
};

enum result
entry_read(
    struct reader *reader, const struct node *node, struct faq_entry *entry_out)
{
	struct text_view id =
	    text_of(json_string_value(json_object_get(node->json, "id")));
	struct node until = reader_member(node, "valid_until");
	struct faq_entry entry = { .kind = ENTRY_ANSWER };
	enum result result;
	size_t mark;

	if (field_is_id(id))
		mark = reader_enter(reader, "entry \"%.*s\"", TEXT_ARGS(id));
	else
		mark = reader_enter(reader, "entry %zu", node->place.index + 1);
	result = reader_object(
	    reader, node, entry_fields, COUNT_OF(entry_fields), &entry);
	if (result == OK && entry.valid_until.len > 0 &&
	    text_compare(entry.valid_from, entry.valid_until) > 0)
		result = reader_fail(reader, &until.place,
		    "\"valid_until\" is before \"valid_from\": mend one of "
		    "them");
	reader_leave(reader, mark);
	if (result == OK)
		*entry_out = entry;
	return result;
}
