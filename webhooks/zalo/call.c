/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "call.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum result
zalo_call_begin(struct arena *arena, const char *base, const char *path,
    struct api_call *out)
{
	size_t size = strlen(base) + strlen(path) + 1;
	char *url = arena_alloc(arena, size, 1);

	if (url == NULL)
		return ERR_NOMEM;
	(void)snprintf(url, size, "%s%s", base, path);
	*out = (struct api_call){ .url = url };
	return OK;
}

enum result
zalo_call_header(struct api_call *call, struct arena *arena, const char *name,
    struct text_view value)
{
	const char *copy = arena_string(arena, value);

	assert(call->header_count < API_HEADERS_MAX);
	if (copy == NULL)
		return ERR_NOMEM;
	call->headers[call->header_count++] = (struct api_header){ name, copy };
	return OK;
}
