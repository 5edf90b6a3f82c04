/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <jansson.h>
#include <strings.h>

#include "http.h"

struct http_answer
http_json(struct http_request *request, unsigned status, struct text_view json)
{
	(void)request;
	return (struct http_answer){ .status = status,
		.content_type = "application/json; charset=utf-8",
		.body = json };
}

struct http_answer
http_error(struct http_request *request, unsigned status, const char *message)
{
	json_t *object = json_pack("{s:s}", "error", message);
	struct text_view body = TEXT("{\"error\": \"out of memory\"}");
	char *text = NULL;

	if (object != NULL)
		text = json_dumps(object, JSON_COMPACT);
	if (text != NULL && arena_text(&request->arena, text_of(text), &body))
		status = 500; /* BODY still says why */
	free(text);
	json_decref(object);
	return http_json(request, status, body);
}

bool
http_has_json(const struct http_request *request)
{
	const struct text_view json = TEXT("application/json");
	struct text_view type = http_header(request, "Content-Type");

	if (type.len < json.len || strncasecmp(type.at, json.at, json.len) != 0)
		return false;
	return type.len == json.len || type.at[json.len] == ';' ||
	       type.at[json.len] == ' ';
}
