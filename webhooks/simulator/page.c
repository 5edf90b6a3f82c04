/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "page.h"

#include "assets.h"

#include <stdio.h>
#include <string.h>

static const struct page_file {
	const char *path;
	const char *asset;
	const char *content_type;
} files[] = {
	{ "/", "webhooks/simulator/web/index.html",
	    "text/html; charset=utf-8" },
	{ "/demo.css", "webhooks/simulator/web/demo.css",
	    "text/css; charset=utf-8" },
	{ "/demo.js", "webhooks/simulator/web/demo.js",
	    "text/javascript; charset=utf-8" },
	{ "/phone.js", "webhooks/simulator/web/phone.js",
	    "text/javascript; charset=utf-8" },
	{ "/insight.js", "webhooks/simulator/web/insight.js",
	    "text/javascript; charset=utf-8" },
};

static void
copy_target(struct simulator *simulator, char out[SIM_URL_SIZE])
{
	pthread_mutex_lock(&simulator->mutex);
	memcpy(out, simulator->target, SIM_URL_SIZE);
	pthread_mutex_unlock(&simulator->mutex);
}

/* The page frames the chat page of the server, and nothing else from there. */
static const char *
policy(struct simulator *simulator, struct http_request *request)
{
	char target[SIM_URL_SIZE];
	char text[SIM_URL_SIZE + 128];

	copy_target(simulator, target);
	(void)snprintf(text, sizeof(text),
	    "default-src 'self'; img-src 'self' data:; frame-src 'self' %s; "
	    "frame-ancestors 'none'",
	    target);
	return arena_string(&request->arena, text_of(text));
}

struct http_answer
sim_page_file(void *context, struct http_request *request)
{
	struct simulator *simulator = context;

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
			.security_policy = policy(simulator, request) };
	}
	return http_error(request, 404, "there is nothing at this address");
}

struct http_answer
sim_page_config(void *context, struct http_request *request)
{
	struct simulator *simulator = context;
	char target[SIM_URL_SIZE];
	char chat[SIM_URL_SIZE + 8];

	copy_target(simulator, target);
	(void)snprintf(chat, sizeof(chat), "%s/chat", target);
	return sim_room_answer(request, 200,
	    json_pack("{s:s, s:s}", "server", target, "chat_url", chat));
}
