/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "platform_call.h"

#include "clock.h"
#include "transfer.h"

#include <string.h>

/* A pool for one transfer: a command makes a handful of calls, so that keeping
 * its connections would be worth nothing. */

enum { WAIT_MS = 1000 };

struct caller {
	struct arena *arena;
	struct api_response response;
	const char *trouble;
	enum result result;
	bool done;
};

static void
take_answer(void *context, const struct transfer_report *report)
{
	struct caller *caller = context;

	caller->response = report->response;
	caller->response.usage = text_of(NULL);
	caller->trouble = report->trouble;
	caller->result = arena_text(
	    caller->arena, report->response.body, &caller->response.body);
	caller->done = true;
}

/* "https://graph.facebook.com": what comes behind may be nobody's business. */
static struct text_view
origin_of(const char *url)
{
	const char *host = strstr(url, "://");
	size_t scheme = host == NULL ? 0 : (size_t)(host - url) + 3;

	return (struct text_view){ url, scheme + strcspn(url + scheme, "/?#") };
}

static enum result
start(struct transfer_pool *pool, const struct transfer_request *request,
    struct complaint *why)
{
	struct transfer *transfer;
	enum result result = transfer_start(pool, request, &transfer);

	if (result == ERR_INVALID)
		complain(why, NULL, 0,
		    "%.*s cannot be called: it must be https, or http to this "
		    "machine, and tokens must be plain ASCII; check the "
		    "settings",
		    TEXT_ARGS(origin_of(request->call->url)));
	return result;
}

enum result
platform_call(const struct api_call *call, uint64_t timeout_ms,
    struct arena *arena, struct api_response *response_out,
    struct complaint *why)
{
	const struct transfer_limits limits = { .timeout_ms = timeout_ms,
		.connections_per_host = 1 };
	struct caller caller = { .arena = arena };
	const struct transfer_request request = {
		.call = call, .done = take_answer, .context = &caller
	};
	struct transfer_pool *pool = NULL;
	enum result result = transfer_pool_open(&limits, &pool);

	if (result == OK)
		result = start(pool, &request, why);
	while (result == OK && !caller.done) {
		(void)transfer_pool_run(pool, clock_now_ms());
		if (!caller.done)
			transfer_pool_wait(pool, WAIT_MS);
	}
	transfer_pool_close(pool);
	if (result == OK)
		result = caller.result;
	if (result == OK && caller.trouble != NULL) {
		complain(why, NULL, 0,
		    "no answer from %.*s (%s): check the network, the name "
		    "server and the firewall of this machine",
		    TEXT_ARGS(origin_of(call->url)), caller.trouble);
		result = ERR_IO;
	}
	if (result == OK)
		*response_out = caller.response;
	return result;
}
