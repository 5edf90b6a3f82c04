/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What handlers of the staff API share (api.h): answers, and members of a
 * request that are checked as they are taken. */
#include <stdlib.h>
#include <utf8proc.h>

#include "api.h"
#include "utf8.h"

enum { QUERY_MAX_BYTES = 200 };

/* ---- answers ---- */

struct staff_answer
staff_error(
    unsigned status, const char *code, const char *field, const char *message)
{
	json_t *json = json_pack("{s:s, s:s}", "error", message, "code", code);

	if (field != NULL && json != NULL &&
	    json_object_set_new(json, "field", json_string(field)) != 0) {
		json_decref(json);
		json = NULL;
	}
	return (struct staff_answer){ .status = status, .json = json };
}

struct staff_answer
staff_failed(enum result result)
{
	static const struct {
		enum result result;
		unsigned status;
		const char *code;
		const char *message;
	} table[] = {
		{ ERR_NOT_FOUND, 404, "not_found", "there is no such thing" },
		{ ERR_INVALID, 409, "conflict",
		    "the store refuses this change" },
		{ ERR_TOO_LARGE, 413, "too_large", "this is too large" },
		{ ERR_BUSY, 503, "busy", "too much waits; try again soon" },
		{ ERR_NOMEM, 503, "busy", "out of memory; try again soon" },
		{ ERR_IO, 503, "store", "the store cannot write now" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].result == result)
			return staff_error(table[i].status, table[i].code, NULL,
			    table[i].message);
	return staff_error(500, "fault", NULL, "this should not happen");
}

struct staff_answer
staff_ok(json_t *json)
{
	if (json == NULL)
		return staff_error(500, "fault", NULL, "out of memory");
	return (struct staff_answer){ .status = 200, .json = json };
}

json_t *
staff_string(struct text_view text)
{
	return json_stringn(text.at == NULL ? "" : text.at, text.len);
}

enum result
staff_json(struct staff_request *request, json_t *json, struct text_view *out)
{
	char *text = json == NULL ? NULL : json_dumps(json, JSON_COMPACT);
	enum result result = ERR_NOMEM;

	if (text != NULL)
		result = arena_text(request->arena, text_of(text), out);
	free(text);
	json_decref(json);
	return result;
}

struct audit_line
staff_line(const struct staff_request *request, const char *action,
    struct text_view subject)
{
	struct audit_line line = { .at_ms = request->now_ms,
		.action = text_of(action),
		.subject = subject };

	if (request->user != NULL) {
		line.user = request->user->id;
		line.login = request->user->login;
	}
	return line;
}

/* ---- members of the body ---- */

static bool
refuse(const char *name, const char *message, struct staff_answer *refusal_out)
{
	*refusal_out = staff_error(400, "bad_field", name, message);
	return false;
}

/* Line breaks and tabs are text; other controls (C0, DEL, C1) are not. */
static bool
has_controls(struct text_view text)
{
	size_t at = 0;

	while (at < text.len) {
		uint32_t point = utf8_next(text, &at);

		if ((point < 0x20 && point != '\n' && point != '\t') ||
		    (point >= 0x7f && point < 0xa0))
			return true;
	}
	return false;
}

/* The same letter typed on another keyboard becomes the same bytes. */
static enum result
compose(struct arena *arena, struct text_view text, struct text_view *out)
{
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t length = utf8proc_map(
	    (const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)text.len,
	    &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	enum result result = ERR_NOMEM;

	if (length >= 0)
		result = arena_text(arena,
		    (struct text_view){
			(const char *)composed, (size_t)length },
		    out);
	free(composed);
	return result;
}

bool
staff_has(const struct staff_request *request, const char *name)
{
	return json_object_get(request->body, name) != NULL;
}

bool
staff_text(struct staff_request *request, const char *name, size_t max_bytes,
    struct text_view *out, struct staff_answer *refusal_out)
{
	const json_t *value = json_object_get(request->body, name);
	struct text_view text;

	if (!json_is_string(value))
		return refuse(name, "a text is missing here", refusal_out);
	text = (struct text_view){ json_string_value(value),
		json_string_length(value) };
	if (text.len > max_bytes)
		return refuse(name, "the text is too long", refusal_out);
	if (has_controls(text))
		return refuse(
		    name, "the text holds control characters", refusal_out);
	if (compose(request->arena, text, &text) != OK) {
		*refusal_out = staff_failed(ERR_NOMEM);
		return false;
	}
	if (text.len > max_bytes)
		return refuse(name, "the text is too long", refusal_out);
	*out = text;
	return true;
}

bool
staff_number(struct staff_request *request, const char *name, uint64_t min,
    uint64_t max, uint64_t *out, struct staff_answer *refusal_out)
{
	const json_t *value = json_object_get(request->body, name);
	json_int_t number = json_integer_value(value);

	if (!json_is_integer(value) || number < 0)
		return refuse(
		    name, "a whole number is missing here", refusal_out);
	if ((uint64_t)number < min || (uint64_t)number > max)
		return refuse(name, "the number is out of range", refusal_out);
	*out = (uint64_t)number;
	return true;
}

bool
staff_flag(struct staff_request *request, const char *name, bool *out,
    struct staff_answer *refusal_out)
{
	const json_t *value = json_object_get(request->body, name);

	if (!json_is_boolean(value))
		return refuse(
		    name, "true or false is missing here", refusal_out);
	*out = json_is_true(value);
	return true;
}

/* ---- of the address ---- */

bool
staff_query_number(struct staff_request *request, const char *name,
    uint64_t max, uint64_t fallback, uint64_t *out,
    struct staff_answer *refusal_out)
{
	struct text_view text = http_query(request->http, name);

	if (text.len == 0) {
		*out = fallback;
		return true;
	}
	if (text_number(text, 0, max, out) == OK)
		return true;
	return refuse(name, "this is no number in range", refusal_out);
}

bool
staff_query_text(struct staff_request *request, const char *name,
    struct text_view *out, struct staff_answer *refusal_out)
{
	struct text_view text = http_query(request->http, name);

	if (text.len > QUERY_MAX_BYTES || !utf8_valid(text))
		return refuse(
		    name, "this is too long, or no UTF-8", refusal_out);
	*out = text;
	return true;
}

bool
staff_path_number(struct staff_request *request, size_t n, uint64_t *out,
    struct staff_answer *refusal_out)
{
	if (n < STAFF_PATH_MAX &&
	    text_number(request->path[n], 1, INT64_MAX, out) == OK)
		return true;
	*refusal_out =
	    staff_error(404, "not_found", NULL, "there is no such thing");
	return false;
}
