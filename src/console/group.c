/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Groups of open questions, for those who work on the question log.  Whoever
 * changes a group says the version that they saw: somebody else's change since
 * then is a 409, and nothing has happened.  The answer is the group as it is
 * afterwards, with its new version. */
#include "group_list.h"
#include "group_order.h"

enum { BULK_MAX = 200, ACTION_MAX_BYTES = 20 };

/* ---- one group ---- */

static bool
read_target(struct staff_request *request, uint64_t *group_out,
    uint64_t *version_out, struct staff_answer *refusal_out)
{
	return staff_path_number(request, 0, group_out, refusal_out) &&
	       staff_number(
		   request, "version", 1, INT64_MAX, version_out, refusal_out);
}

static struct staff_answer
order(struct staff_request *request, enum review_action action)
{
	struct review_change change;
	struct staff_answer answer;
	struct text_view why;
	enum result result;

	if (!group_order_read(request, action, &change, &answer) ||
	    !group_order_why(request, &why, &answer) ||
	    !read_target(request, &change.group, &change.version, &answer))
		return answer;
	result = group_order_run(request, &change, why);
	return result == OK ? group_list_answer(request, change.group)
			    : staff_failed(result);
}

static struct staff_answer
dismiss(struct staff_request *request)
{
	return order(request, REVIEW_DISMISS);
}

static struct staff_answer
answer_group(struct staff_request *request)
{
	return order(request, REVIEW_ANSWER);
}

static struct staff_answer
assign(struct staff_request *request)
{
	return order(request, REVIEW_ASSIGN);
}

static struct staff_answer
reopen(struct staff_request *request)
{
	return order(request, REVIEW_REOPEN);
}

static struct staff_answer
undo(struct staff_request *request)
{
	struct audit_line line;
	struct review_group group;
	struct staff_answer answer;
	uint64_t id;
	uint64_t version;
	enum result result;

	if (!read_target(request, &id, &version, &answer))
		return answer;
	result = group_order_line(request, "group.undo", id, &line, &group);
	if (result == OK)
		result = store_review_undo(
		    request->console->store, id, version, &line);
	return result == OK ? group_list_answer(request, id)
			    : staff_failed(result);
}

/* ---- merging and splitting ---- */

static struct staff_answer
merge(struct staff_request *request)
{
	struct review_merge merge;
	struct audit_line line;
	struct review_group group;
	struct staff_answer answer;
	enum result result;

	if (!read_target(request, &merge.into, &merge.into_version, &answer) ||
	    !staff_number(
		request, "from", 1, INT64_MAX, &merge.from, &answer) ||
	    !staff_number(request, "from_version", 1, INT64_MAX,
		&merge.from_version, &answer))
		return answer;
	result =
	    group_order_line(request, "group.merge", merge.into, &line, &group);
	if (result == OK)
		result = staff_json(request,
		    json_pack("{s:I}", "from", (json_int_t)merge.from),
		    &line.after);
	if (result == OK)
		result =
		    store_review_merge(request->console->store, &merge, &line);
	return result == OK ? group_list_answer(request, merge.into)
			    : staff_failed(result);
}

/* The numbers of the list NAME, at most MAX, in the arena. */
static bool
read_numbers(struct staff_request *request, const char *name, size_t max,
    struct review_move *out, struct staff_answer *refusal_out)
{
	const json_t *list = json_object_get(request->body, name);
	size_t count = json_array_size(list);
	uint64_t *numbers = arena_alloc(request->arena, max, sizeof(*numbers));
	bool good = count >= 1 && count <= max;

	if (numbers == NULL) {
		*refusal_out = staff_failed(ERR_NOMEM);
		return false;
	}
	for (size_t i = 0; good && i < count; i++) {
		json_int_t number = json_integer_value(json_array_get(list, i));

		good = number > 0;
		numbers[i] = (uint64_t)number;
	}
	out->questions = numbers;
	out->count = count;
	if (!good)
		*refusal_out = staff_error(400, "bad_field", name,
		    "give a list of ids, not empty and not too long");
	return good;
}

static struct staff_answer
split(struct staff_request *request)
{
	struct review_move move = { .into = 0 };
	struct audit_line line;
	struct review_group group;
	struct staff_answer answer;
	uint64_t into = 0;
	enum result result;

	if (!read_target(request, &move.group, &move.version, &answer) ||
	    !read_numbers(
		request, "questions", REVIEW_MOVE_MAX, &move, &answer) ||
	    (staff_has(request, "into") && !staff_number(request, "into", 1,
					       INT64_MAX, &move.into, &answer)))
		return answer;
	result =
	    group_order_line(request, "group.split", move.group, &line, &group);
	if (result == OK)
		result = staff_json(request,
		    json_pack("{s:I, s:O}", "into", (json_int_t)move.into,
			"questions",
			json_object_get(request->body, "questions")),
		    &line.after);
	if (result == OK)
		result = store_review_move(
		    request->console->store, &move, &line, &into);
	return result == OK ? group_list_answer(request, into)
			    : staff_failed(result);
}

/* ---- many groups ---- */

/* {"id", "version"} number I of the list. */
static bool
read_one(const json_t *list, size_t i, struct review_change *change)
{
	const json_t *item = json_array_get(list, i);
	json_int_t id = json_integer_value(json_object_get(item, "id"));
	json_int_t version =
	    json_integer_value(json_object_get(item, "version"));

	change->group = (uint64_t)id;
	change->version = (uint64_t)version;
	return id > 0 && version > 0;
}

static bool
read_bulk(struct staff_request *request, struct review_change *change,
    const json_t **list_out, struct staff_answer *refusal_out)
{
	const json_t *list = json_object_get(request->body, "groups");
	size_t count = json_array_size(list);
	struct text_view name;
	enum review_action action;
	bool good = count >= 1 && count <= BULK_MAX;

	if (!staff_text(
		request, "action", ACTION_MAX_BYTES, &name, refusal_out))
		return false;
	if (group_order_parse(name, &action) != OK) {
		*refusal_out = staff_error(400, "bad_field", "action",
		    "give dismiss, answer, assign or reopen");
		return false;
	}
	if (!group_order_read(request, action, change, refusal_out))
		return false;
	for (size_t i = 0; good && i < count; i++)
		good = read_one(list, i, change);
	*list_out = list;
	if (!good)
		*refusal_out = staff_error(400, "bad_field", "groups",
		    "give a list of {\"id\", \"version\"}, not empty and not "
		    "too long");
	return good;
}

/* Each by itself: a group that somebody else has changed does not keep the
 * others from being dealt with, and is named. */
static struct staff_answer
bulk(struct staff_request *request)
{
	struct review_change change;
	struct staff_answer answer;
	struct text_view why;
	const json_t *list;
	json_t *refused;
	json_int_t done = 0;

	if (!group_order_why(request, &why, &answer) ||
	    !read_bulk(request, &change, &list, &answer))
		return answer;
	refused = json_array();
	for (size_t i = 0; i < json_array_size(list); i++) {
		enum result result;

		(void)read_one(list, i, &change);
		result = group_order_run(request, &change, why);
		done += result == OK ? 1 : 0;
		if (result == OK)
			continue;
		if (result != ERR_INVALID && result != ERR_NOT_FOUND) {
			json_decref(refused);
			return staff_failed(result);
		}
		if (json_array_append_new(
			refused, json_integer((json_int_t)change.group)) != 0) {
			json_decref(refused);
			return staff_failed(ERR_NOMEM);
		}
	}
	return staff_ok(
	    json_pack("{s:I, s:o}", "done", done, "refused", refused));
}

const struct staff_route group_routes[] = {
	{ "GET", "/groups", PERMISSION_QUESTIONS, group_list,
	    "Groups of open questions; ?state= open, answered, dismissed or "
	    "merged, ?sort= count, growth, last or due, ?q= words, ?topic=, "
	    "?channel=, ?assignee=, ?unassigned=1, ?department=, ?due_before= "
	    "(ms), ?offset=, ?limit=" },
	{ "GET", "/groups/{}", PERMISSION_QUESTIONS, group_list_one,
	    "One group" },
	{ "GET", "/groups/{}/questions", PERMISSION_QUESTIONS,
	    group_list_questions,
	    "Its questions, newest first, with the entries that came nearest "
	    "and why they did not win; ?limit=; ?before= the \"next\" of the "
	    "page before" },
	{ "GET", "/groups/{}/proposal", PERMISSION_QUESTIONS,
	    group_list_proposal,
	    "What a new entry for this group may begin with" },
	{ "GET", "/group-colleagues", PERMISSION_QUESTIONS,
	    group_list_colleagues, "To whom a group may be assigned" },
	{ "POST", "/groups/bulk", PERMISSION_QUESTIONS, bulk,
	    "One action on many groups: \"action\", \"groups\" as a list of "
	    "{\"id\", \"version\"}, and what the action takes" },
	{ "POST", "/groups/{}/dismiss", PERMISSION_QUESTIONS, dismiss,
	    "Out of scope: \"version\", \"why\"; its like is never answered" },
	{ "POST", "/groups/{}/answer", PERMISSION_QUESTIONS, answer_group,
	    "Dealt with: \"version\", the \"entry\" that answers it if one "
	    "does" },
	{ "POST", "/groups/{}/assign", PERMISSION_QUESTIONS, assign,
	    "\"version\", and \"assignee\", \"department\", \"due_ms\"; what "
	    "is left out is taken away" },
	{ "POST", "/groups/{}/reopen", PERMISSION_QUESTIONS, reopen,
	    "Open again: \"version\"" },
	{ "POST", "/groups/{}/merge", PERMISSION_QUESTIONS, merge,
	    "Take over all questions of group \"from\": \"version\", "
	    "\"from_version\"" },
	{ "POST", "/groups/{}/split", PERMISSION_QUESTIONS, split,
	    "Move \"questions\" (ids) to group \"into\", or to a new one, "
	    "which is the answer: \"version\"" },
	{ "POST", "/groups/{}/undo", PERMISSION_QUESTIONS, undo,
	    "Undo what was last done to it: \"version\"" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
