/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* On a slow line the page is fetched once: a browser keeps it and asks each
 * time by its ETag, a hash of the content, whether it is still the same. */
#include "static_files.h"

#include <inttypes.h>
#include <string.h>

#include "assets.h"
#include "buf.h"
#include "hash.h"

/* Only sites that the operator names may frame the chat page; that is what
 * widget.js is for. */
#define FRAMED_POLICY                                                          \
	"default-src 'none'; script-src 'self'; style-src 'self'; "            \
	"connect-src 'self'; img-src data:; base-uri 'none'; "                 \
	"form-action 'none'; frame-ancestors 'self'"

enum { POLICY_MAX_BYTES = 8192, ETAG_SIZE = 24 };

static const struct static_file {
	const char *path;
	const char *asset;
	const char *content_type;
	bool framed;
} files[] = {
	{ "/chat", "src/http/web/chat.html", "text/html; charset=utf-8", true },
	{ "/chat.css", "src/http/web/chat.css", "text/css; charset=utf-8",
	    false },
	{ "/chat.js", "src/http/web/chat.js", "text/javascript; charset=utf-8",
	    false },
	{ "/widget.js", "src/http/web/widget.js",
	    "text/javascript; charset=utf-8", false },
};

/* NULL when out of memory. */
static const char *
framed_policy(const char *origins, struct arena *arena)
{
	const char *policy = NULL;
	struct buf text;
	enum result result;

	buf_init(&text, POLICY_MAX_BYTES);
	result = buf_printf(&text, FRAMED_POLICY "%s%s",
	    origins[0] == '\0' ? "" : " ", origins);
	if (result == OK)
		policy = arena_string(arena, buf_view(&text));
	buf_fini(&text);
	return policy;
}

static const char *
etag_of(struct text_view content, struct arena *arena)
{
	char text[ETAG_SIZE];
	int length = snprintf(
	    text, sizeof(text), "\"%016" PRIx64 "\"", hash64(content, 0));

	return arena_string(arena, (struct text_view){ text, (size_t)length });
}

static struct http_answer
answer_file(const struct static_files *context, struct http_request *request,
    const struct static_file *file)
{
	const struct asset *asset = asset_named(file->asset);
	struct http_answer answer = { .status = 200,
		.content_type = file->content_type };

	if (asset == NULL)
		return http_error(
		    request, 404, "there is nothing at this address");
	answer.body = asset->content;
	answer.etag = etag_of(asset->content, &request->arena);
	if (file->framed) {
		answer.security_policy =
		    framed_policy(context->frame_origins, &request->arena);
		if (answer.security_policy == NULL)
			return http_error(request, 503, "out of memory");
	}
	if (answer.etag != NULL &&
	    text_is(http_header(request, "If-None-Match"), answer.etag)) {
		answer.status = 304;
		answer.body = TEXT("");
	}
	return answer;
}

struct http_answer
static_files_answer(void *context, struct http_request *request)
{
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (strcmp(files[i].path, request->path) == 0)
			return answer_file(context, request, &files[i]);
	return http_error(request, 404, "there is nothing at this address");
}
