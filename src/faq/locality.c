/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "locality.h"

#include <stddef.h>
#include <string.h>

#include "field.h"
#include "quote.h"

/* What is said of a place: names, numbers, addresses.  Each value is looked
 * over again by its "review_by"; from the day after it is not said any more,
 * and neither is a value that nobody has filled in yet.  So such a variable
 * must have an "otherwise", and no answer ever has a hole. */

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* Substituted text must not look like a variable itself. */
static enum result
read_substitute(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct text_view text = { NULL, 0 };
	enum result result = field_line(reader, node, field, &text);

	if (result != OK)
		return result;
	if (text_find(text, TEXT("{")) != SIZE_MAX ||
	    text_find(text, TEXT("}")) != SIZE_MAX)
		return reader_fail(reader, &node->place,
		    "%s has a brace: take it out",
		    reader_name(&node->place).text);
	*(struct text_view *)out = text;
	return OK;
}

/* "" is a value that is not known yet. */
static enum result
read_value(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	if (json_is_string(node->json) && json_string_length(node->json) == 0)
		return OK;
	return read_substitute(reader, node, field, out);
}

/* Where a value comes from is for the people who keep the file: it is checked,
 * and not kept. */
static enum result
read_source(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct faq_source source;
	size_t mark = reader_enter(reader, "source");
	enum result result = field_source(reader, node, field, &source);

	(void)out;
	reader_leave(reader, mark);
	return result;
}

#define AT(member) offsetof(struct faq_variable, member)

static const struct field variable_fields[] = {
	{ "value", read_value, AT(value), 1000, true },
	{ "otherwise", read_substitute, AT(otherwise), 1000, false },
	{ "source", read_source, 0, 0, false },
	{ "review_by", field_date, AT(review_by), 200, false },
};

static enum result
read_variable(struct reader *reader, const struct node *node,
    struct faq_variable *variable)
{
	enum result result = reader_object(
	    reader, node, variable_fields, COUNT_OF(variable_fields), variable);

	if (result != OK || variable->otherwise.len > 0)
		return result;
	if (variable->value.len == 0)
		return reader_fail(reader, &node->place,
		    "\"value\" is empty, so \"otherwise\" must say what to "
		    "write instead: add it");
	if (variable->review_by.len > 0)
		return reader_fail(reader, &node->place,
		    "it has \"review_by\", so \"otherwise\" must say what to "
		    "write after that day: add it");
	return OK;
}

static bool
is_name(const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return len > 0 && len <= 64 && name[len] == '\0';
}

static enum result
add_variable(
    struct reader *reader, const struct node *variables, const char *name)
{
	struct faq *faq = reader->faq;
	struct faq_variable *variable = &faq->variables[faq->variable_count];
	struct node node = reader_member(variables, name);
	enum result result;
	size_t mark;

	if (!is_name(name))
		return reader_fail(reader, &node.place,
		    "variable \"%s\" may hold only a-z, 0-9 and \"_\", at "
		    "most 64 of them: rename it",
		    quote(text_of(name)).text);
	result = arena_text(&faq->arena, text_of(name), &variable->name);
	if (result != OK)
		return result;
	mark = reader_enter(reader, "variable \"%s\"", name);
	result = read_variable(reader, &node, variable);
	reader_leave(reader, mark);
	if (result == OK)
		faq->variable_count++;
	return result;
}

static enum result
read_variables(struct reader *reader, const struct node *node,
    const struct field *field, void *out)
{
	struct faq *faq = reader->faq;
	size_t count = json_object_size(node->json);
	enum result result = OK;
	const char *name;
	json_t *value;

	(void)out;
	if (!json_is_object(node->json))
		return reader_fail(reader, &node->place,
		    "\"variables\" must be an object in { }");
	if (count > field->max)
		return reader_fail(reader, &node->place,
		    "there are %zu variables, the limit is %zu: take some out",
		    count, field->max);
	faq->variables =
	    arena_alloc(&faq->arena, count, sizeof(*faq->variables));
	if (faq->variables == NULL)
		return ERR_NOMEM;
	json_object_foreach(node->json, name, value)
	{
		result = add_variable(reader, node, name);
		if (result != OK)
			break;
	}
	return result;
}

enum result
locality_read(struct reader *reader, const struct node *root)
{
	static const struct field fields[] = {
		{ "locality", field_line, 0, 300, true },
		{ "variables", read_variables, 0, 500, true },
	};
	struct text_view locality; /* for people; not kept */

	return reader_object(reader, root, fields, COUNT_OF(fields), &locality);
}
