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

enum result
zalo_call_token(
    const struct account *account, struct arena *arena, struct api_call *out)
{
	struct api_call call;
	enum result result = zalo_call_begin(
	    arena, account->oauth, "/v4/oa/access_token", &call);

	if (result == OK)
		result = zalo_call_header(&call, arena, "Content-Type",
		    TEXT("application/x-www-form-urlencoded"));
	if (result == OK)
		result = zalo_call_header(
		    &call, arena, "secret_key", text_of(account->app_secret));
	if (result == OK)
		*out = call;
	return result;
}
