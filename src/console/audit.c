/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "api.h"

enum { LINES_STANDARD = 50, LINES_MAX = 500 };

/* What a change was or became; text that is no JSON is shown as text. */
static json_t *
read_state(struct text_view text)
{
	json_t *json;

	if (text.len == 0)
		return json_null();
	json = json_loadb(text.at, text.len, JSON_DECODE_ANY, NULL);
	return json != NULL ? json : staff_string(text);
}

static json_t *
line_json(const struct audit_line *line)
{
	return json_pack("{s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o}", "id",
	    (json_int_t)line->id, "at_ms", (json_int_t)line->at_ms, "user",
	    (json_int_t)line->user, "login", staff_string(line->login),
	    "action", staff_string(line->action), "subject",
	    staff_string(line->subject), "before", read_state(line->before),
	    "after", read_state(line->after), "why", staff_string(line->why));
}

static bool
read_filter(struct staff_request *request, struct audit_filter *out,
    struct staff_answer *refusal_out)
{
	uint64_t limit;

	if (!staff_query_text(request, "login", &out->login, refusal_out) ||
	    !staff_query_text(request, "action", &out->action, refusal_out) ||
	    !staff_query_text(request, "subject", &out->subject, refusal_out) ||
	    !staff_query_number(
		request, "from", INT64_MAX, 0, &out->from_ms, refusal_out) ||
	    !staff_query_number(
		request, "until", INT64_MAX, 0, &out->until_ms, refusal_out) ||
	    !staff_query_number(request, "before", INT64_MAX, 0,
		&out->before_id, refusal_out) ||
	    !staff_query_number(request, "limit", LINES_MAX, LINES_STANDARD,
		&limit, refusal_out))
		return false;
	out->limit = limit > 0 ? (size_t)limit : 1;
	return true;
}

static struct staff_answer
list_audit(struct staff_request *request)
{
	struct audit_filter filter = { .limit = 0 };
	struct audit_line *lines;
	struct staff_answer answer;
	size_t count;
	json_t *list;
	enum result result;

	if (!read_filter(request, &filter, &answer))
		return answer;
	result = store_audit(
	    request->console->store, &filter, request->arena, &lines, &count);
	if (result != OK)
		return staff_failed(result);
	list = json_array();
	for (size_t i = 0; i < count; i++)
		if (json_array_append_new(list, line_json(&lines[i]))) {
			json_decref(list);
			return staff_failed(ERR_NOMEM);
		}
	return staff_ok(json_pack("{s:o, s:I}", "lines", list, "next",
	    (json_int_t)(count == filter.limit ? lines[count - 1].id : 0)));
}

const struct staff_route audit_routes[] = {
	{ "GET", "/audit", PERMISSION_AUDIT, list_audit,
	    "Who changed what, newest first; ?login=, ?action= and ?subject= "
	    "(beginnings), ?from= and ?until= (ms), ?limit=; ?before= the "
	    "\"next\" of the page before" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
