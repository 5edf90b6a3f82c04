/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "json.h"

#include <stdio.h>

enum result
zalo_json_load(struct text_view source, json_t **out, struct complaint *why)
{
	json_error_t error = { 0 };
	json_t *root =
	    json_loadb(source.at, source.len, JSON_REJECT_DUPLICATES, &error);

	if (root != NULL) {
		*out = root;
		return OK;
	}
	/* Jansson says nothing when it runs out of memory.  Its words quote
	 * the document, which no log may hold, so the place must do. */
	if (error.text[0] == '\0')
		return ERR_NOMEM;
	complain(why, "", 0, "not valid JSON at byte %d", error.position);
	return ERR_INVALID;
}

static struct text_view
string_view(const json_t *value)
{
	return (struct text_view){ json_string_value(value),
		json_string_length(value) };
}

struct text_view
zalo_json_text(const json_t *object, const char *key)
{
	return string_view(json_object_get(object, key));
}

struct text_view
zalo_json_scalar(const json_t *value, char digits[ZALO_JSON_DIGITS_SIZE])
{
	if (!json_is_integer(value))
		return string_view(value);
	(void)snprintf(digits, ZALO_JSON_DIGITS_SIZE, "%" JSON_INTEGER_FORMAT,
	    json_integer_value(value));
	return text_of(digits);
}

enum result
zalo_json_number(const json_t *value, int64_t *out)
{
	char digits[ZALO_JSON_DIGITS_SIZE];
	struct text_view text = zalo_json_scalar(value, digits);
	bool negative = text_starts(text, TEXT("-"));
	uint64_t magnitude;

	if (text_number(text_slice(text, negative ? 1 : 0, text.len), 0,
		INT64_MAX, &magnitude) != OK)
		return ERR_NOT_FOUND;
	*out = negative ? -(int64_t)magnitude : (int64_t)magnitude;
	return OK;
}
