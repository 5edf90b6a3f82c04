/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The OpenAPI file is made from the tables of routes, so that it cannot forget
 * one. */
#include <ctype.h>
#include <string.h>

#include "buf.h"
#include "permissions.h"
#include "routes.h"

enum { PATH_MAX_BYTES = 256, METHOD_SIZE = 8 };

/* "/groups/{}/x/{}" as "/groups/{p1}/x/{p2}"; *COUNT_OUT is how many. */
static enum result
print_path(const char *pattern, struct buf *out, unsigned *count_out)
{
	unsigned count = 0;
	enum result result = OK;

	for (; result == OK && *pattern != '\0'; pattern++) {
		result = buf_add_char(out, *pattern);
		if (result == OK && *pattern == '{')
			result = buf_printf(out, "p%u", ++count);
	}
	*count_out = count;
	return result;
}

static json_t *
parameters(const struct staff_route *route, unsigned count)
{
	json_t *list = json_array();

	for (unsigned i = 1; i <= count; i++)
		(void)json_array_append_new(
		    list, json_pack("{s:o, s:s, s:b, s:{s:s}}", "name",
			      json_sprintf("p%u", i), "in", "path", "required",
			      1, "schema", "type", "string"));
	if (strcmp(route->method, "GET") != 0 &&
	    route->permission != PERMISSION_PUBLIC)
		(void)json_array_append_new(list,
		    json_pack("{s:s}", "$ref", "#/components/parameters/csrf"));
	return list;
}

static json_t *
responses(void)
{
	return json_pack("{s:{s:s}, s:{s:s}}", "200", "description", "done",
	    "default", "$ref", "#/components/responses/refused");
}

static json_t *
operation(const struct staff_route *route, unsigned path_parameters)
{
	bool has_body = strcmp(route->method, "POST") == 0 ||
			strcmp(route->method, "PUT") == 0;
	json_t *json = json_pack("{s:s, s:s, s:o, s:o}", "summary", route->help,
	    "x-permission", permissions_name(route->permission), "parameters",
	    parameters(route, path_parameters), "responses", responses());

	if (has_body)
		(void)json_object_set_new(json, "requestBody",
		    json_pack("{s:b, s:{s:{s:{s:s}}}}", "required", 1,
			"content", "application/json", "schema", "type",
			"object"));
	(void)json_object_set_new(json, "security",
	    route->permission == PERMISSION_PUBLIC
		? json_array()
		: json_pack("[{s:[]}]", "session"));
	return json;
}

static enum result
add_route(json_t *paths, const struct staff_route *route)
{
	char method[METHOD_SIZE] = "";
	struct buf path;
	unsigned count = 0;
	json_t *item = NULL;
	enum result result;

	for (size_t i = 0; route->method[i] != '\0' && i < METHOD_SIZE - 1; i++)
		method[i] = (char)tolower((unsigned char)route->method[i]);
	buf_init(&path, PATH_MAX_BYTES);
	result = print_path(route->path, &path, &count);
	if (result != OK)
		goto out;
	item = json_object_get(paths, path.at);
	if (item == NULL) {
		item = json_object();
		result = json_object_set_new(paths, path.at, item) == 0
			     ? OK
			     : ERR_NOMEM;
	}
	if (result == OK &&
	    json_object_set_new(item, method, operation(route, count)) != 0)
		result = ERR_NOMEM;
out:
	buf_fini(&path);
	return result;
}

static json_t *
components(void)
{
	return json_pack("{s:{s:{s:s, s:s, s:s}}, s:{s:{s:s, s:s, s:b, s:s, "
			 "s:{s:s}}}, s:{s:{s:s, s:{s:{s:{s:s, "
			 "s:{s:{s:s}, s:{s:s}, s:{s:s}}}}}}}}",
	    "securitySchemes", "session", "type", "apiKey", "in", "cookie",
	    "name", "hoidap", "parameters", "csrf", "name", "X-CSRF-Token",
	    "in", "header", "required", 1, "description",
	    "the \"csrf\" of GET /session", "schema", "type", "string",
	    "responses", "refused", "description",
	    "nothing was changed; \"code\" says why", "content",
	    "application/json", "schema", "type", "object", "properties",
	    "error", "type", "string", "code", "type", "string", "field",
	    "type", "string");
}

static struct staff_answer
show_openapi(struct staff_request *request)
{
	json_t *paths = json_object();
	enum result result = OK;

	(void)request;
	for (const struct staff_route *const *file = routes_all; *file != NULL;
	     file++)
		for (const struct staff_route *row = *file;
		     result == OK && row->method != NULL; row++)
			result = add_route(paths, row);
	if (result != OK) {
		json_decref(paths);
		return staff_failed(result);
	}
	return staff_ok(json_pack("{s:s, s:{s:s, s:s}, s:[{s:s}], s:o, s:o}",
	    "openapi", "3.1.0", "info", "title", "hoidap: staff API", "version",
	    HOIDAP_VERSION, "servers", "url", "/api/v1", "paths", paths,
	    "components", components()));
}

const struct staff_route openapi_routes[] = {
	{ "GET", "/openapi.json", PERMISSION_PUBLIC, show_openapi,
	    "This description" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
