/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Filters of the list of groups that a person has named.  What is in one is
 * the page's business: any small JSON object. */
#include "api.h"
#include "store_review.h"
#include "utf8.h"

enum { NAME_MAX_BYTES = 120, VIEW_MAX_BYTES = 2000 };

static json_t *
view_json(const struct review_view *view)
{
	return json_pack("{s:o, s:o}", "name", staff_string(view->name),
	    "query", json_loadb(view->query.at, view->query.len, 0, NULL));
}

static struct staff_answer
list_views(struct staff_request *request)
{
	struct review_view *views;
	size_t count;
	json_t *list;
	enum result result = store_review_views(request->console->store,
	    request->user->id, request->arena, &views, &count);

	if (result != OK)
		return staff_failed(result);
	list = json_array();
	for (size_t i = 0; list != NULL && i < count; i++) {
		if (json_array_append_new(list, view_json(&views[i])) != 0) {
			json_decref(list);
			list = NULL;
		}
	}
	return staff_ok(json_pack("{s:o}", "views", list));
}

static struct staff_answer
keep(struct staff_request *request, const struct review_view *view)
{
	struct audit_line line = staff_line(request,
	    view->query.len > 0 ? "view.keep" : "view.drop", view->name);
	enum result result;

	line.after = view->query;
	result = store_review_keep_view(
	    request->console->store, request->user->id, view, &line);
	return result == OK ? list_views(request) : staff_failed(result);
}

static struct staff_answer
keep_view(struct staff_request *request)
{
	json_t *query = json_object_get(request->body, "query");
	struct review_view view = { .query = TEXT("") };
	struct staff_answer answer;
	enum result result;

	if (!staff_text(request, "name", NAME_MAX_BYTES, &view.name, &answer))
		return answer;
	view.name = text_trim(view.name);
	if (view.name.len == 0)
		return staff_error(
		    400, "bad_field", "name", "the name is empty");
	if (!json_is_object(query))
		return staff_error(400, "bad_field", "query", "give an object");
	result = staff_json(request, json_incref(query), &view.query);
	if (result != OK)
		return staff_failed(result);
	if (view.query.len > VIEW_MAX_BYTES)
		return staff_error(
		    400, "bad_field", "query", "this is too long");
	return keep(request, &view);
}

static struct staff_answer
drop_view(struct staff_request *request)
{
	struct review_view view = { request->path[0], TEXT("") };

	if (view.name.len > NAME_MAX_BYTES || !utf8_valid(view.name))
		return staff_failed(ERR_NOT_FOUND);
	return keep(request, &view);
}

const struct staff_route group_view_routes[] = {
	{ "GET", "/group-views", PERMISSION_QUESTIONS, list_views,
	    "The reader's own saved filters of the list of groups" },
	{ "PUT", "/group-views", PERMISSION_QUESTIONS, keep_view,
	    "Save one: \"name\", and \"query\", any small object" },
	{ "DELETE", "/group-views/{}", PERMISSION_QUESTIONS, drop_view,
	    "Forget the one with this name" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
