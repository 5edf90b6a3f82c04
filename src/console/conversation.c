/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One conversation, and a person's part in it.  The window is looked at before
 * an order is given, so that a refusal says what to do, and once more inside
 * the order's transaction, which decides.  Who wrote is read from the audit
 * log: its line and the reply have the same time. */
#include <stdio.h>

#include "conversation_json.h"
#include "conversation_list.h"

enum {
	SHOWN_MAX = 200, /* questions, replies, acts */
	SAY_MAX_BYTES = 8000,
	KEY_MAX_BYTES = 64,
	SUBJECT_SIZE = 40,
};

static bool
load(struct staff_request *request, struct talk_row *out,
    struct staff_answer *refusal_out)
{
	uint64_t id;
	enum result result;

	if (!staff_path_number(request, 0, &id, refusal_out))
		return false;
	result =
	    store_talk_one(request->console->store, id, request->arena, out);
	if (result != OK)
		*refusal_out = staff_failed(result);
	return result == OK;
}

/* What audit lines name a conversation. */
static enum result
subject_of(
    struct staff_request *request, uint64_t citizen, struct text_view *out)
{
	char subject[SUBJECT_SIZE];

	(void)snprintf(subject, sizeof(subject), "conversation %llu",
	    (unsigned long long)citizen);
	return arena_text(request->arena, text_of(subject), out);
}

/* ---- one conversation ---- */

static bool
append(json_t *list, json_t *item)
{
	return list != NULL && json_array_append_new(list, item) == 0;
}

static enum result
add_questions(struct staff_request *request, uint64_t citizen, json_t *list)
{
	struct question_row *rows = NULL;
	size_t count = 0;
	enum result result = store_talk_questions(request->console->store,
	    citizen, SHOWN_MAX, request->arena, &rows, &count);

	for (size_t i = 0; result == OK && i < count; i++)
		if (!append(list, conversation_json_question(&rows[i])))
			result = ERR_NOMEM;
	return result;
}

static enum result
add_replies(struct staff_request *request, uint64_t citizen, json_t *list)
{
	struct store *store = request->console->store;
	struct reply_filter filter = { .citizen = citizen, .limit = SHOWN_MAX };
	struct reply_row *rows = NULL;
	size_t count = 0;
	enum result result =
	    store_talk_newest(store, citizen, SHOWN_MAX, &filter.after_id);

	if (result == OK)
		result = store_reach_replies(
		    store, &filter, request->arena, &rows, &count);
	for (size_t i = 0; result == OK && i < count; i++)
		if (!append(list, conversation_json_reply(request, &rows[i])))
			result = ERR_NOMEM;
	return result;
}

static enum result
add_acts(struct staff_request *request, uint64_t citizen, json_t *list)
{
	struct audit_filter filter = { .action = TEXT("conversation."),
		.limit = SHOWN_MAX };
	struct audit_line *lines = NULL;
	size_t count = 0;
	enum result result = subject_of(request, citizen, &filter.subject);

	if (result == OK)
		result = store_audit(request->console->store, &filter,
		    request->arena, &lines, &count);
	for (size_t i = 0; result == OK && i < count; i++)
		/* The filter takes "conversation 12" for "conversation 1". */
		if (text_equal(lines[i].subject, filter.subject) &&
		    !append(list, conversation_json_act(&lines[i])))
			result = ERR_NOMEM;
	return result;
}

static struct staff_answer
show(struct staff_request *request, const struct talk_row *row)
{
	json_t *json = json_pack("{s:o, s:[], s:[], s:[]}", "conversation",
	    conversation_json(request, row), "questions", "replies", "acts");
	enum result result = add_questions(
	    request, row->citizen, json_object_get(json, "questions"));

	if (result == OK)
		result = add_replies(
		    request, row->citizen, json_object_get(json, "replies"));
	if (result == OK)
		result = add_acts(
		    request, row->citizen, json_object_get(json, "acts"));
	if (result == OK)
		return staff_ok(json);
	json_decref(json);
	return staff_failed(result);
}

static struct staff_answer
show_one(struct staff_request *request)
{
	struct staff_answer answer;
	struct talk_row row;

	return load(request, &row, &answer) ? show(request, &row) : answer;
}

/* ---- a person's part ---- */

static struct staff_answer
steer(struct staff_request *request, struct desk_order *order,
    const char *action, struct talk_row *row)
{
	struct audit_line line;
	struct text_view subject;
	uint64_t delivery;
	enum result result = subject_of(request, row->citizen, &subject);

	if (result != OK)
		return staff_failed(result);
	order->citizen = row->citizen;
	order->now_ms = request->now_ms;
	line = staff_line(request, action, subject);
	if (order->paid)
		line.after = TEXT("{\"paid\":true}");
	result = desk_steer(
	    &request->console->desk, order, &line, request->arena, &delivery);
	if (result == ERR_INVALID)
		return staff_error(409, "window_closed", NULL,
		    "the platform takes no reply any more");
	if (result == OK)
		result = store_talk_one(
		    request->console->store, row->citizen, request->arena, row);
	return result == OK ? show(request, row) : staff_failed(result);
}

static struct staff_answer
take(struct staff_request *request)
{
	struct desk_order order = { .act = TAKEOVER_TAKE };
	struct staff_answer answer;
	struct talk_row row;

	if (!load(request, &row, &answer))
		return answer;
	return steer(request, &order, "conversation.take", &row);
}

static struct staff_answer
give_back(struct staff_request *request)
{
	struct desk_order order = { .act = TAKEOVER_GIVE_BACK };
	struct staff_answer answer;
	struct talk_row row;

	if (!load(request, &row, &answer))
		return answer;
	return steer(request, &order, "conversation.give_back", &row);
}

/* May it go, as things stand?  Else the answer that says what to do. */
static bool
may_say(struct staff_request *request, const struct talk_row *row, bool paid,
    struct staff_answer *refusal_out)
{
	const struct window_terms terms =
	    desk_terms(&request->console->desk, request->now_ms);
	const struct reply_window window =
	    channel_window(row->channel, &row->contact, &terms);
	const struct authorship authorship = { .human = true, .paid = paid };
	const char *refusal = window_refusal(&window, &authorship);

	if (refusal == NULL)
		return true;
	*refusal_out = staff_error(409,
	    window.reach == REACH_BILLABLE ? "billable" : "window_closed",
	    window.reach == REACH_BILLABLE ? "paid" : NULL, refusal);
	return false;
}

static struct staff_answer
say(struct staff_request *request)
{
	struct desk_order order = { .act = TAKEOVER_SAY };
	struct staff_answer answer;
	struct talk_row row;

	if (!load(request, &row, &answer) ||
	    !staff_text(
		request, "text", SAY_MAX_BYTES, &order.words, &answer) ||
	    !staff_text(request, "key", KEY_MAX_BYTES, &order.key, &answer) ||
	    (staff_has(request, "paid") &&
		!staff_flag(request, "paid", &order.paid, &answer)))
		return answer;
	order.words = text_trim(order.words);
	if (order.words.len == 0)
		return staff_error(400, "required", "text", "this is empty");
	if (!may_say(request, &row, order.paid, &answer))
		return answer;
	return steer(request, &order, "conversation.say", &row);
}

const struct staff_route conversation_routes[] = {
	{ "GET", "/conversations", PERMISSION_QUESTIONS, conversation_list,
	    "Conversations, the newest first; ?q= words of the last question "
	    "or the last four letters of the id, ?channel=, ?silent=1 those "
	    "that a person answers, ?limit=, ?before_ms= and ?before_id= the "
	    "\"next\" of the page before" },
	{ "GET", "/conversations/{}", PERMISSION_QUESTIONS, show_one,
	    "One conversation: its newest \"questions\", \"replies\" and "
	    "\"acts\" of staff, and the window for a reply" },
	{ "POST", "/conversations/{}/take", PERMISSION_REPLY, take,
	    "Take it over: the bot falls silent" },
	{ "POST", "/conversations/{}/say", PERMISSION_REPLY, say,
	    "Write \"text\"; \"key\" is the same when the order is sent "
	    "again; \"paid\" agrees to a bill. 409 billable, window_closed" },
	{ "POST", "/conversations/{}/give-back", PERMISSION_REPLY, give_back,
	    "Give it back: the bot speaks again" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
