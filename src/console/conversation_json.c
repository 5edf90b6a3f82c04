/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "conversation_json.h"

#include "dialog.h"

static const char *const state_names[] = {
	[DELIVERY_QUEUED] = "queued",
	[DELIVERY_DELIVERED] = "delivered",
	[DELIVERY_PARKED] = "parked",
	[DELIVERY_ERASED] = "erased",
	[DELIVERY_DISCARDED] = "discarded",
};

json_t *
conversation_json_window(const struct staff_request *request,
    struct text_view channel, const struct contact *contact)
{
	const struct window_terms terms =
	    desk_terms(&request->console->desk, request->now_ms);
	const struct reply_window window =
	    channel_window(channel, contact, &terms);

	return json_pack("{s:s, s:I, s:s}", "reach", reach_name(window.reach),
	    "until_ms", (json_int_t)window.until_ms, "why",
	    window.why == NULL ? "" : window.why);
}

static json_t *
asked_json(const struct talk_row *row)
{
	if (row->asked_ms == 0)
		return json_null();
	return json_pack("{s:I, s:o, s:o, s:o}", "at_ms",
	    (json_int_t)row->asked_ms, "text", staff_string(row->asked),
	    "decision", staff_string(row->decision), "entry",
	    staff_string(row->entry));
}

json_t *
conversation_json(struct staff_request *request, const struct talk_row *row)
{
	struct conversation state;

	if (conversation_unpack(row->state, request->arena, &state) != OK)
		return NULL;
	return json_pack("{s:I, s:o, s:o, s:o, s:I, s:o, s:o, s:I, s:b}", "id",
	    (json_int_t)row->citizen, "channel", staff_string(row->channel),
	    "account", staff_string(row->account), "person",
	    staff_string(row->person), "seen_ms", (json_int_t)row->seen_ms,
	    "asked", asked_json(row), "window",
	    conversation_json_window(request, row->channel, &row->contact),
	    "silent_until_ms", (json_int_t)state.silent_until_ms, "thread_lost",
	    state.thread_lost != 0);
}

/* What a packed reply says; empty when it is not kept any more. */
static json_t *
text_json(struct staff_request *request, struct text_view packed)
{
	struct reply reply;
	json_t *text = NULL;

	if (packed.len == 0)
		return json_string("");
	if (reply_unpack(packed, request->arena, &reply) == OK)
		text = staff_string(reply.text);
	return text;
}

json_t *
conversation_json_reply(
    struct staff_request *request, const struct reply_row *row)
{
	return json_pack("{s:I, s:I, s:I, s:I, s:o, s:s, s:I, s:b, s:b, s:o, "
			 "s:o, s:o}",
	    "id", (json_int_t)row->id, "at_ms", (json_int_t)row->created_ms,
	    "question", (json_int_t)row->question, "conversation",
	    (json_int_t)row->citizen, "channel", staff_string(row->channel),
	    "state", state_names[row->state], "attempts",
	    (json_int_t)row->attempts, "human", row->authorship.human, "paid",
	    row->authorship.paid, "reason", staff_string(row->reason), "text",
	    text_json(request, row->reply), "window",
	    conversation_json_window(request, row->channel, &row->contact));
}

json_t *
conversation_json_question(const struct question_row *row)
{
	const struct question *question = &row->question;

	return json_pack("{s:I, s:I, s:o, s:o, s:o, s:o, s:o}", "id",
	    (json_int_t)row->id, "at_ms", (json_int_t)row->at_ms, "text",
	    staff_string(question->text), "decision",
	    staff_string(question->decision), "entry",
	    staff_string(question->entry), "label",
	    staff_string(question->label), "words",
	    staff_string(question->words));
}

json_t *
conversation_json_act(const struct audit_line *line)
{
	return json_pack("{s:I, s:o, s:o}", "at_ms", (json_int_t)line->at_ms,
	    "login", staff_string(line->login), "action",
	    staff_string(line->action));
}
