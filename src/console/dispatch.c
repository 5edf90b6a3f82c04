/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The one door of the staff API.  A handler never sees a request that its row
 * does not allow; what is refused here has changed nothing. */
#include "dispatch.h"

#include <stdlib.h>
#include <string.h>

#include "json_body.h"
#include "permissions.h"
#include "routes.h"
#include "secret.h"
#include "utf8.h"
#include "visitor.h"

static const uint64_t touch_every_ms = 60000;

/* One request on its way in. */
struct visit {
	struct staff_request request;
	struct staff_account account;
	const struct staff_route *route;
	struct text_view token;
	char hash[VISITOR_HASH_SIZE];
	json_t *body;
};

/* Each step: false with the refusal. */

static bool
find_route(struct visit *visit, struct staff_answer *refusal_out)
{
	struct staff_request *request = &visit->request;
	struct text_view path = text_of(request->http->path);
	bool known;

	path = text_slice(path, sizeof("/api/v1") - 1, path.len);
	if (utf8_valid(path))
		visit->route = routes_find(
		    request->http->method, path, request->path, &known);
	else
		known = false;
	if (visit->route != NULL)
		return true;
	*refusal_out = known ? staff_error(405, "method", NULL,
				   "this address does not take this method")
			     : staff_error(404, "not_found", NULL,
				   "there is nothing at this address");
	return false;
}

/* A session is touched once a minute at most: each time is a commit.  One
 * that could not be touched is good all the same. */
static void
touch(struct visit *visit, uint64_t seen_ms)
{
	struct staff_request *request = &visit->request;
	enum result result;

	if (request->now_ms < seen_ms + touch_every_ms)
		return;
	result = store_session_touch(
	    request->console->store, request->session, request->now_ms);
	if (result != OK)
		LOG(request->console->log, LOG_WARN, "console_touch",
		    LOG_TEXT("result", result_name(result)));
}

static bool
find_session(struct visit *visit, struct staff_answer *refusal_out)
{
	struct staff_request *request = &visit->request;
	struct session_limits limits =
	    visitor_limits(request->console, request->now_ms);
	uint64_t seen_ms = 0;
	enum result result;

	visit->token = visitor_cookie(request->console, request->http);
	if (visit->token.len == 0)
		return true;
	visitor_hash(visit->token, visit->hash);
	result =
	    store_session_find(request->console->store, text_of(visit->hash),
		&limits, request->arena, &visit->account, &seen_ms);
	if (result == ERR_NOT_FOUND)
		return true;
	if (result != OK) {
		*refusal_out = staff_failed(result);
		return false;
	}
	request->user = &visit->account.user;
	request->session = text_of(visit->hash);
	touch(visit, seen_ms);
	return true;
}

static bool
check_permission(struct visit *visit, struct staff_answer *refusal_out)
{
	const struct staff_user *user = visit->request.user;
	enum permission permission = visit->route->permission;

	if (permission == PERMISSION_PUBLIC)
		return true;
	if (user == NULL) {
		*refusal_out =
		    staff_error(401, "signed_out", NULL, "sign in first");
		return false;
	}
	if (!permissions_allow(user->roles, permission)) {
		*refusal_out = staff_error(
		    403, "forbidden", NULL, "none of your roles allows this");
		return false;
	}
	return true;
}

static bool
check_csrf(struct visit *visit, struct staff_answer *refusal_out)
{
	char wanted[VISITOR_HASH_SIZE];

	if (strcmp(visit->route->method, "GET") == 0 ||
	    visit->route->permission == PERMISSION_PUBLIC)
		return true;
	visitor_csrf(visit->token, wanted);
	if (secret_equal(http_header(visit->request.http, "X-CSRF-Token"),
		text_of(wanted)))
		return true;
	*refusal_out = staff_error(403, "csrf", NULL,
	    "the header X-CSRF-Token is missing or of another session");
	return false;
}

static bool
read_body(struct visit *visit, struct staff_answer *refusal_out)
{
	struct http_request *http = visit->request.http;
	struct complaint why = { .text = "" };
	enum result result;

	if (strcmp(visit->route->method, "POST") != 0 &&
	    strcmp(visit->route->method, "PUT") != 0)
		return true;
	if (!http_has_json(http)) {
		*refusal_out = staff_error(415, "content_type", NULL,
		    "the content type must be application/json");
		return false;
	}
	result = json_body_read(http->body, &visit->body, &why);
	if (result != OK) {
		*refusal_out =
		    result == ERR_INVALID
			? staff_error(400, "bad_body", NULL, why.text)
			: staff_failed(result);
		return false;
	}
	visit->request.body = visit->body;
	return true;
}

static struct http_answer
print(struct staff_answer *answer, struct arena *arena)
{
	struct http_answer out = { .status = answer->status,
		.set_cookie = answer->set_cookie,
		.retry_after_s = answer->retry_after_s,
		.content_type = "application/json; charset=utf-8",
		.body = TEXT("{}") };
	char *text = NULL;

	if (answer->file_type != NULL) {
		out.content_type = answer->file_type;
		out.body = answer->file;
		out.file_name = answer->file_name;
	} else if (answer->json != NULL) {
		text = json_dumps(answer->json, JSON_COMPACT);
		if (text == NULL ||
		    arena_text(arena, text_of(text), &out.body) != OK) {
			out.status = 503;
			out.body = TEXT("{\"error\": \"out of memory\", "
					"\"code\": \"busy\"}");
		}
	}
	free(text);
	json_decref(answer->json);
	return out;
}

struct http_answer
dispatch(struct console *console, struct http_request *request, uint64_t now_ms)
{
	struct visit visit = { .request = { .console = console,
				   .http = request,
				   .arena = &request->arena,
				   .now_ms = now_ms } };
	struct staff_answer answer = { .status = 0 };
	struct http_answer out;

	if (find_route(&visit, &answer) && find_session(&visit, &answer) &&
	    check_permission(&visit, &answer) && check_csrf(&visit, &answer) &&
	    read_body(&visit, &answer))
		answer = visit.route->handle(&visit.request);
	out = print(&answer, &request->arena);
	json_decref(visit.body);
	return out;
}
