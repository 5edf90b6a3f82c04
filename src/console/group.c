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

static enum result
undo_group(struct staff_request *request, uint64_t id, uint64_t version)
{
	struct audit_line line;
	struct review_group group;
	enum result result =
	    group_order_line(request, "group.undo", id, &line, &group);

	return result == OK ? store_review_undo(
				  request->console->store, id, version, &line)
			    : result;
}

static struct staff_answer
undo(struct staff_request *request)
{
	struct staff_answer answer;
	uint64_t id;
	uint64_t version;
	enum result result;

	if (!read_target(request, &id, &version, &answer))
		return answer;
	result = undo_group(request, id, version);
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

/* What is done to each of them. */
struct bulk {
	struct review_change change;
	struct text_view why;
	bool undoes;
	const json_t *list; /* borrowed */
	json_t *done;
	json_t *refused;
};

static bool
read_action(struct staff_request *request, struct bulk *bulk,
    struct staff_answer *refusal_out)
{
	struct text_view name;
	enum review_action action = REVIEW_REOPEN;

	if (!staff_text(
		request, "action", ACTION_MAX_BYTES, &name, refusal_out))
		return false;
	bulk->undoes = text_is(name, "undo");
	if (bulk->undoes || group_order_parse(name, &action) == OK)
		return group_order_read(
		    request, action, &bulk->change, refusal_out);
	*refusal_out = staff_error(400, "bad_field", "action",
	    "give dismiss, answer, assign, reopen or undo");
	return false;
}

static bool
read_bulk(struct staff_request *request, struct bulk *bulk,
    struct staff_answer *refusal_out)
{
	const json_t *list = json_object_get(request->body, "groups");
	size_t count = json_array_size(list);
	bool good = count >= 1 && count <= BULK_MAX;

	if (!group_order_why(request, &bulk->why, refusal_out) ||
	    !read_action(request, bulk, refusal_out))
		return false;
	for (size_t i = 0; good && i < count; i++)
		good = read_one(list, i, &bulk->change);
	bulk->list = list;
	if (!good)
		*refusal_out = staff_error(400, "bad_field", "groups",
		    "give a list of {\"id\", \"version\"}, not empty and not "
		    "too long");
	return good;
}

static enum result
bulk_one(struct staff_request *request, const struct bulk *bulk)
{
	const struct review_change *change = &bulk->change;

	return bulk->undoes
		   ? undo_group(request, change->group, change->version)
		   : group_order_run(request, change, bulk->why);
}

/* The version that a group has now is what undoing it takes. */
static enum result
note_done(struct staff_request *request, struct bulk *bulk)
{
	struct review_group group;
	enum result result = store_review_group(request->console->store,
	    bulk->change.group, request->now_ms, group_list_recent_ms(),
	    request->arena, &group);

	if (result != OK)
		return result;
	return json_array_append_new(bulk->done,
		   json_pack("{s:I, s:I}", "id", (json_int_t)group.id,
		       "version", (json_int_t)group.version)) == 0
		   ? OK
		   : ERR_NOMEM;
}

/* Each by itself: a group that somebody else has changed does not keep the
 * others from being dealt with, and is named. */
static enum result
run_bulk(struct staff_request *request, struct bulk *bulk)
{
	enum result result = OK;

	for (size_t i = 0; result == OK && i < json_array_size(bulk->list);
	     i++) {
		(void)read_one(bulk->list, i, &bulk->change);
		result = bulk_one(request, bulk);
		if (result == OK)
			result = note_done(request, bulk);
		else if (result == ERR_INVALID || result == ERR_NOT_FOUND)
			result = json_array_append_new(bulk->refused,
				     json_integer(
					 (json_int_t)bulk->change.group)) == 0
				     ? OK
				     : ERR_NOMEM;
	}
	return result;
}

static struct staff_answer
bulk(struct staff_request *request)
{
	struct bulk bulk = { .undoes = false };
	struct staff_answer answer;
	enum result result;

	if (!read_bulk(request, &bulk, &answer))
		return answer;
	bulk.done = json_array();
	bulk.refused = json_array();
	result = run_bulk(request, &bulk);
	if (result == OK)
		return staff_ok(json_pack(
		    "{s:o, s:o}", "done", bulk.done, "refused", bulk.refused));
	json_decref(bulk.done);
	json_decref(bulk.refused);
	return staff_failed(result);
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
	    "{\"id\", \"version\"}, and what the action takes; what was done "
	    "as such a list, which \"undo\" takes, and the ids refused" },
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
