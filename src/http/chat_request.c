/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "chat_request.h"

#include <jansson.h>

#include "chat.h"
#include "json_body.h"
#include "utf8.h"

enum {
	BUTTON_TEXT_MAX = 256, /* code points of a payload or a title */
	ID_MAX = 64,
};

struct field {
	const char *name;
	size_t max; /* code points */
	struct text_view *out;
};

/* A field that is not there stays empty. */
static enum result
read_text(const json_t *root, const struct field *field, struct arena *arena,
    struct complaint *why)
{
	const json_t *value = json_object_get(root, field->name);
	struct text_view text;

	if (value == NULL)
		return OK;
	if (!json_is_string(value)) {
		complain(why, NULL, 0, "\"%s\" must be a string", field->name);
		return ERR_INVALID;
	}
	text = (struct text_view){ json_string_value(value),
		json_string_length(value) };
	text = text_trim(text);
	if (utf8_length(text) > field->max) {
		complain(why, NULL, 0,
		    "\"%s\" is longer than %zu characters; make it shorter",
		    field->name, field->max);
		return ERR_INVALID;
	}
	return arena_text(arena, text, field->out);
}

static enum result
read_after(const json_t *root, uint64_t *out, struct complaint *why)
{
	const json_t *value = json_object_get(root, "after");

	if (value == NULL)
		return OK;
	if (!json_is_integer(value) || json_integer_value(value) < 0) {
		complain(why, NULL, 0,
		    "\"after\" must be the number of the last message seen");
		return ERR_INVALID;
	}
	*out = (uint64_t)json_integer_value(value);
	return OK;
}

static enum result
read_object(const json_t *root, struct arena *arena, struct chat_request *out,
    struct complaint *why)
{
	struct chat_request asked = { .after = 0 };
	const struct field fields[] = {
		{ "text", CHAT_TEXT_MAX, &asked.text },
		{ "payload", BUTTON_TEXT_MAX, &asked.payload },
		{ "title", BUTTON_TEXT_MAX, &asked.title },
		{ "id", ID_MAX, &asked.id },
	};
	enum result result = OK;

	for (size_t i = 0;
	     result == OK && i < sizeof(fields) / sizeof(fields[0]); i++)
		result = read_text(root, &fields[i], arena, why);
	if (result == OK)
		result = read_after(root, &asked.after, why);
	if (result != OK)
		return result;
	if ((asked.text.len > 0) == (asked.payload.len > 0)) {
		complain(why, NULL, 0,
		    "send either a \"text\" or a \"payload\" that is not "
		    "empty");
		return ERR_INVALID;
	}
	*out = asked;
	return OK;
}

enum result
chat_request_read(struct text_view body, struct arena *arena,
    struct chat_request *out, struct complaint *why)
{
	json_t *root;
	enum result result = json_body_read(body, &root, why);

	if (result != OK)
		return result;
	result = read_object(root, arena, out, why);
	json_decref(root);
	return result;
}
