/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The console's pages, from the binary: what lies in src/console/web/ is at
 * /console/, what came from npm at /console/vendor/.  A browser keeps them and
 * asks each time by a hash of the content, so a new version shows at once and
 * an old one costs a slow network nothing.  They travel compressed. */
#include <inttypes.h>
#include <string.h>

#include "assets.h"
#include "buf.h"
#include "console.h"
#include "hash.h"

enum { ASSET_PATH_MAX_BYTES = 128, ETAG_SIZE = 24 };

/* Nothing inline, nothing of another host, never framed. */
static const char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'";

static const struct {
	const char *ending;
	const char *content_type;
} types[] = {
	{ ".html", "text/html; charset=utf-8" },
	{ ".css", "text/css; charset=utf-8" },
	{ ".js", "text/javascript; charset=utf-8" },
};

/* NULL: no file that a browser gets. */
static const char *
type_of(const char *path)
{
	size_t len = strlen(path);

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		size_t ending = strlen(types[i].ending);

		if (len > ending &&
		    strcmp(path + len - ending, types[i].ending) == 0)
			return types[i].content_type;
	}
	return NULL;
}

/* The file of "/console/NAME"; NULL when there is none.  A name is looked up
 * in a table of ours, so it cannot lead anywhere else. */
static const struct asset *
find(struct text_view path)
{
	const struct text_view vendor = TEXT("vendor/");
	const struct asset *asset = NULL;
	struct text_view name =
	    text_slice(path, sizeof("/console/") - 1, path.len);
	struct buf full;
	enum result result;

	if (name.len == 0)
		name = TEXT("index.html");
	buf_init(&full, ASSET_PATH_MAX_BYTES);
	if (text_starts(name, vendor))
		result = buf_printf(&full, "build/%.*s", TEXT_ARGS(name));
	else
		result =
		    buf_printf(&full, "src/console/web/%.*s", TEXT_ARGS(name));
	if (result == OK)
		asset = asset_named(full.at);
	buf_fini(&full);
	return asset;
}

static const char *
etag_of(const struct asset *asset, struct arena *arena)
{
	struct buf tag;
	const char *copy = NULL;

	buf_init(&tag, ETAG_SIZE);
	if (buf_printf(&tag, "\"%016" PRIx64 "\"", hash64(asset->content, 0)) ==
	    OK)
		copy = arena_string(arena, buf_view(&tag));
	buf_fini(&tag);
	return copy;
}

/* Every browser does; who tries with another program may not. */
static bool
takes_gzip(const struct http_request *request)
{
	return text_find(http_header(request, "Accept-Encoding"),
		   TEXT("gzip")) != SIZE_MAX;
}

struct http_answer
console_page(void *context, struct http_request *request)
{
	const struct asset *asset = find(text_of(request->path));
	const char *type = asset == NULL ? NULL : type_of(asset->path);
	struct http_answer answer = {
		.status = 200, .content_type = type, .security_policy = policy
	};

	(void)context;
	if (type == NULL)
		return http_error(
		    request, 404, "there is nothing at this address");
	answer.etag = etag_of(asset, &request->arena);
	if (answer.etag != NULL &&
	    text_is(http_header(request, "If-None-Match"), answer.etag))
		answer.status = 304;
	else if (takes_gzip(request)) {
		answer.body = asset->gzip;
		answer.encoding = "gzip";
	} else
		answer.body = asset->content;
	return answer;
}
