/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "static_files.h"

#include <string.h>

#include "assets.h"

/* Other sites may frame the chat page: that is what widget.js is for.  It
 * holds no login and does nothing but ask a question, so that a click which
 * another site steals gains it nothing. */
#define FRAMED_POLICY                                                          \
	"default-src 'none'; script-src 'self'; style-src 'self'; "            \
	"connect-src 'self'; img-src data:; base-uri 'none'; "                 \
	"form-action 'none'; frame-ancestors *"

static const struct static_file {
	const char *path;
	const char *asset;
	const char *content_type;
	const char *security_policy; /* NULL: the server's own */
} files[] = {
	{ "/chat", "src/http/web/chat.html", "text/html; charset=utf-8",
	    FRAMED_POLICY },
	{ "/chat.css", "src/http/web/chat.css", "text/css; charset=utf-8",
	    NULL },
	{ "/chat.js", "src/http/web/chat.js", "text/javascript; charset=utf-8",
	    NULL },
	{ "/widget.js", "src/http/web/widget.js",
	    "text/javascript; charset=utf-8", NULL },
};

struct http_answer
static_files_answer(void *context, struct http_request *request)
{
	(void)context;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		const struct asset *asset;

		if (strcmp(files[i].path, request->path) != 0)
			continue;
		asset = asset_named(files[i].asset);
		if (asset == NULL)
			break;
		return (struct http_answer){ .status = 200,
			.content_type = files[i].content_type,
			.body = asset->content,
			.security_policy = files[i].security_policy };
	}
	return http_error(request, 404, "there is nothing at this address");
}
