/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A group is answered by hand, to everybody who can still be reached.  Which
 * questions get a reply is the store's business, and each gets one only: so
 * the reply goes first, and the group is answered afterwards.  When the second
 * step fails, the same request may come again; it finds all of them told and
 * only does what is left. */
#include "desk.h"
#include "group_list.h"
#include "group_order.h"

enum { TEXT_MAX_BYTES = 8000 };

/* Who asked; of a larger group the newest REACH_QUESTIONS_MAX, since windows
 * are open for the newest. */
struct audience {
	struct desk desk;
	struct review_group group;
	uint64_t *questions;
	size_t count;
	struct asker *askers;
	size_t asker_count;
};

static enum result
read_questions(
    struct staff_request *request, uint64_t id, struct audience *audience)
{
	struct question_row *rows;
	enum result result = store_review_questions(request->console->store, id,
	    0, REACH_QUESTIONS_MAX, request->arena, &rows, &audience->count);

	if (result != OK)
		return result;
	audience->questions = arena_alloc(
	    request->arena, REACH_QUESTIONS_MAX, sizeof(*audience->questions));
	if (audience->questions == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < audience->count; i++)
		audience->questions[i] = rows[i].id;
	return OK;
}

static enum result
find_audience(struct staff_request *request, uint64_t id, struct audience *out)
{
	const struct settings *settings = request->console->settings;
	struct store *store = request->console->store;
	struct audience audience = {
		.desk = { .store = store,
		    .free_replies_max = settings->zalo_free_replies_max,
		    .silent_ms = settings->staff_silence_minutes * 60000 },
	};
	enum result result = store_review_group(store, id, request->now_ms,
	    group_list_recent_ms(), request->arena, &audience.group);

	if (result == OK)
		result = read_questions(request, id, &audience);
	if (result == OK)
		result = store_reach_askers(store, audience.questions,
		    audience.count, request->arena, &audience.askers,
		    &audience.asker_count);
	if (result == OK)
		*out = audience;
	return result;
}

/* ---- before it is sent ---- */

/* A citizen writes on one channel, so that the channels add up. */
static json_t *
channel_json(const struct audience *audience, struct text_view channel,
    uint64_t now_ms, struct asker *room)
{
	struct window_terms terms = desk_terms(&audience->desk, now_ms);
	struct reach_counts unpaid;
	struct reach_counts paid;
	size_t count = 0;

	for (size_t i = 0; i < audience->asker_count; i++)
		if (text_equal(audience->askers[i].channel, channel))
			room[count++] = audience->askers[i];
	reach_count(room, count, &terms, false, &unpaid);
	reach_count(room, count, &terms, true, &paid);
	return json_pack("{s:o, s:I, s:I, s:I, s:I, s:I, s:o}", "channel",
	    staff_string(channel), "free",
	    (json_int_t)unpaid.replies[REACH_FREE], "human",
	    (json_int_t)unpaid.replies[REACH_HUMAN], "billable",
	    (json_int_t)paid.replies[REACH_BILLABLE], "unreachable",
	    (json_int_t)paid.refused[REACH_NONE], "told", (json_int_t)paid.told,
	    "until_ms",
	    unpaid.until_ms == 0 ? json_null()
				 : json_integer((json_int_t)unpaid.until_ms));
}

static json_t *
channels_json(struct staff_request *request, const struct audience *audience)
{
	struct asker *room = arena_alloc(
	    request->arena, audience->asker_count + 1, sizeof(*room));
	struct text_view names = audience->group.channels;
	struct text_view name;
	json_t *list = room == NULL ? NULL : json_array();

	while (list != NULL && text_split(&names, ' ', &name)) {
		if (name.len > 0 && json_array_append_new(list,
					channel_json(audience, name,
					    request->now_ms, room)) != 0) {
			json_decref(list);
			return NULL;
		}
	}
	return list;
}

static struct staff_answer
show_reach(struct staff_request *request)
{
	struct audience audience;
	struct staff_answer answer;
	uint64_t id;
	enum result result;

	if (!staff_path_number(request, 0, &id, &answer))
		return answer;
	result = find_audience(request, id, &audience);
	if (result != OK)
		return staff_failed(result);
	return staff_ok(json_pack("{s:I, s:o}", "questions",
	    (json_int_t)audience.asker_count, "channels",
	    channels_json(request, &audience)));
}

/* ---- sending ---- */

struct sending {
	struct review_change change;
	struct text_view text;
	bool paid;
};

static bool
read_sending(struct staff_request *request, struct sending *out,
    struct staff_answer *refusal_out)
{
	struct sending sending = { .paid = false };

	if (!group_order_read(
		request, REVIEW_ANSWER, &sending.change, refusal_out) ||
	    !staff_path_number(
		request, 0, &sending.change.group, refusal_out) ||
	    !staff_number(request, "version", 1, INT64_MAX,
		&sending.change.version, refusal_out) ||
	    !staff_text(
		request, "text", TEXT_MAX_BYTES, &sending.text, refusal_out) ||
	    (staff_has(request, "paid") &&
		!staff_flag(request, "paid", &sending.paid, refusal_out)))
		return false;
	sending.text = text_trim(sending.text);
	if (sending.text.len == 0) {
		*refusal_out =
		    staff_error(400, "bad_field", "text", "the reply is empty");
		return false;
	}
	*out = sending;
	return true;
}

static enum result
send_replies(struct staff_request *request, const struct audience *audience,
    const struct sending *sending, struct reach_counts *done_out)
{
	const struct reply reply = { .text = sending->text };
	const struct desk_answer answer = {
		.questions = audience->questions,
		.count = audience->count,
		.reply = &reply,
		.entry = sending->change.entry,
		.paid = sending->paid,
		.now_ms = request->now_ms,
	};
	struct audit_line line;
	struct review_group group;
	enum result result = group_order_line(
	    request, "group.reply", sending->change.group, &line, &group);

	if (result == OK)
		result = staff_json(request,
		    json_pack("{s:o, s:b, s:o}", "text",
			staff_string(sending->text), "paid", sending->paid,
			"entry", staff_string(sending->change.entry)),
		    &line.after);
	return result == OK ? desk_answer(&audience->desk, &answer, &line,
				  request->arena, done_out)
			    : result;
}

static size_t
replies_of(const struct reach_counts *counts)
{
	return counts->replies[REACH_FREE] + counts->replies[REACH_HUMAN] +
	       counts->replies[REACH_BILLABLE];
}

static struct staff_answer
sent_answer(struct staff_request *request, const struct sending *sending,
    const struct reach_counts *done)
{
	struct staff_answer answer =
	    group_list_answer(request, sending->change.group);

	if (answer.status != 200)
		return answer;
	return staff_ok(json_pack("{s:o, s:I, s:I, s:I}", "group", answer.json,
	    "replies", (json_int_t)replies_of(done), "told",
	    (json_int_t)done->told, "unreachable",
	    (json_int_t)(done->refused[REACH_NONE] +
			 done->refused[REACH_BILLABLE])));
}

static struct staff_answer
send_all(struct staff_request *request, const struct audience *audience,
    const struct sending *sending)
{
	struct reach_counts done;
	enum result result = send_replies(request, audience, sending, &done);

	if (result != OK)
		return staff_failed(result);
	if (replies_of(&done) == 0 && done.told == 0)
		return staff_error(409, "unreachable", NULL,
		    "nobody who asked can be reached on these terms");
	if (audience->group.state == REVIEW_OPEN)
		result =
		    group_order_run(request, &sending->change, sending->text);
	/* Somebody was quicker; what has been sent stays sent. */
	if (result != OK && result != ERR_INVALID)
		return staff_failed(result);
	return sent_answer(request, sending, &done);
}

static struct staff_answer
reply(struct staff_request *request)
{
	struct audience audience;
	struct sending sending;
	struct staff_answer answer;
	enum result result;

	if (!read_sending(request, &sending, &answer))
		return answer;
	result = find_audience(request, sending.change.group, &audience);
	if (result == OK && (audience.group.version != sending.change.version ||
				audience.group.state > REVIEW_ANSWERED))
		result = ERR_INVALID;
	return result == OK ? send_all(request, &audience, &sending)
			    : staff_failed(result);
}

const struct staff_route group_reply_routes[] = {
	{ "GET", "/groups/{}/reach", PERMISSION_REPLY, show_reach,
	    "Whom a reply to the group would reach, by channel: \"free\", "
	    "\"human\" (a person may still write) and \"billable\" citizens, "
	    "\"unreachable\" and already \"told\" questions, and until when" },
	{ "POST", "/groups/{}/reply", PERMISSION_REPLY, reply,
	    "\"text\" goes to everybody who asked and can be reached, once a "
	    "question, and answers the group: \"version\", \"paid\" if it may "
	    "be billed, the \"entry\" that it comes from" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
