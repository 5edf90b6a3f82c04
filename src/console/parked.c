/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Replies that did not get through and wait for a person. */
#include <stdio.h>

#include "conversation_json.h"

enum {
	ROWS_STANDARD = 50,
	ROWS_MAX = 200,
	WHY_MAX_BYTES = 1000,
	SUBJECT_SIZE = 40,
};

static struct staff_answer
list_parked(struct staff_request *request)
{
	struct reply_filter filter = { .citizen = 0 };
	struct reply_row *rows = NULL;
	struct staff_answer answer;
	uint64_t limit;
	size_t count = 0;
	json_t *list;
	enum result result;

	if (!staff_query_number(
		request, "after", INT64_MAX, 0, &filter.after_id, &answer) ||
	    !staff_query_number(
		request, "limit", ROWS_MAX, ROWS_STANDARD, &limit, &answer))
		return answer;
	filter.limit = limit > 0 ? (size_t)limit : 1;
	result = store_reach_replies(
	    request->console->store, &filter, request->arena, &rows, &count);
	if (result != OK)
		return staff_failed(result);
	list = json_array();
	for (size_t i = 0; list != NULL && i < count; i++)
		if (json_array_append_new(list,
			conversation_json_reply(request, &rows[i])) != 0) {
			json_decref(list);
			list = NULL;
		}
	return staff_ok(json_pack("{s:o, s:I}", "parked", list, "next",
	    count == filter.limit ? (json_int_t)rows[count - 1].id : 0));
}

/* The delivery of the path, and the line of what happens to it. */
static bool
read_delivery(struct staff_request *request, const char *action, uint64_t *out,
    struct audit_line *line_out, struct staff_answer *refusal_out)
{
	char text[SUBJECT_SIZE];
	struct text_view subject;

	if (!staff_path_number(request, 0, out, refusal_out))
		return false;
	(void)snprintf(
	    text, sizeof(text), "delivery %llu", (unsigned long long)*out);
	if (arena_text(request->arena, text_of(text), &subject) != OK) {
		*refusal_out = staff_failed(ERR_NOMEM);
		return false;
	}
	*line_out = staff_line(request, action, subject);
	return true;
}

static struct staff_answer
finish(enum result result)
{
	return result == OK ? staff_ok(json_object()) : staff_failed(result);
}

static struct staff_answer
retry(struct staff_request *request)
{
	struct authorship authorship = { .human = false };
	struct audit_line line;
	struct staff_answer answer;
	uint64_t delivery;
	enum result result;

	if (!read_delivery(
		request, "parked.retry", &delivery, &line, &answer) ||
	    !staff_flag(request, "human", &authorship.human, &answer) ||
	    !staff_flag(request, "paid", &authorship.paid, &answer))
		return answer;
	result = staff_json(request,
	    json_pack("{s:b, s:b}", "human", authorship.human, "paid",
		authorship.paid),
	    &line.after);
	if (result == OK)
		result = store_reach_retry(
		    request->console->store, delivery, &authorship, &line);
	return finish(result);
}

static struct staff_answer
discard(struct staff_request *request)
{
	struct audit_line line;
	struct staff_answer answer;
	uint64_t delivery;

	if (!read_delivery(
		request, "parked.discard", &delivery, &line, &answer) ||
	    !staff_text(request, "why", WHY_MAX_BYTES, &line.why, &answer))
		return answer;
	line.why = text_trim(line.why);
	if (line.why.len == 0)
		return staff_error(400, "required", "why", "say why");
	return finish(
	    store_reach_discard(request->console->store, delivery, &line));
}

const struct staff_route parked_routes[] = {
	{ "GET", "/parked", PERMISSION_REPLY, list_parked,
	    "Replies that did not get through, oldest first, each with its "
	    "\"reason\" and window; ?limit=; ?after= the \"next\" of the page "
	    "before" },
	{ "POST", "/parked/{}/retry", PERMISSION_REPLY, retry,
	    "Try once more: \"human\" when a person has read it and sends it "
	    "as theirs, \"paid\" when it may be billed" },
	{ "POST", "/parked/{}/discard", PERMISSION_REPLY, discard,
	    "It will not be sent: \"why\"" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
