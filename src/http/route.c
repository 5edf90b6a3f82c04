/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "route.h"

#include <string.h>

enum { METHODS_MAX_BYTES = 64 };

static bool
path_fits(const struct http_route *route, const char *path)
{
	size_t len = strlen(route->path);

	if (len > 0 && route->path[len - 1] == '*')
		return strncmp(route->path, path, len - 1) == 0;
	return strcmp(route->path, path) == 0;
}

const struct http_route *
route_find(
    const struct http_route *routes, const char *method, const char *path)
{
	for (; routes->path != NULL; routes++)
		if (path_fits(routes, path) &&
		    strcmp(routes->method, method) == 0)
			return routes;
	return NULL;
}

static enum result
add_method(struct buf *methods, const char *method)
{
	if (text_find(buf_view(methods), text_of(method)) != SIZE_MAX)
		return OK;
	return buf_printf(methods, "%s%s%s", methods->len > 0 ? ", " : "",
	    method, strcmp(method, "GET") == 0 ? ", HEAD" : "");
}

const char *
route_methods(
    const struct http_route *routes, const char *path, struct arena *arena)
{
	struct buf methods;
	const char *copy = NULL;
	enum result result = OK;

	buf_init(&methods, METHODS_MAX_BYTES);
	for (; result == OK && routes->path != NULL; routes++)
		if (path_fits(routes, path))
			result = add_method(&methods, routes->method);
	if (result == OK)
		copy = arena_string(arena, buf_view(&methods));
	buf_fini(&methods);
	return copy;
}
