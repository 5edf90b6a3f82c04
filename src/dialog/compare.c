/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "compare.h"

static const struct {
	const char *name;
	const char *heading;
} names[FAQ_CHANGES_COUNT] = {
	[FAQ_CHANGE_NONE] = { "none", "không đổi" },
	[FAQ_CHANGE_NEW_ANSWER] = { "new_answer", "nay trả lời được" },
	[FAQ_CHANGE_LOST_ANSWER] = { "lost_answer", "nay không trả lời nữa" },
	[FAQ_CHANGE_OTHER_ENTRY] = { "other_entry", "sang câu khác" },
	[FAQ_CHANGE_TEXT] = { "text_changed", "cùng câu, đổi lời" },
	[FAQ_CHANGE_CLARIFY_TO_ANSWER] = { "clarify_to_answer",
	    "từ hỏi lại thành trả lời" },
	[FAQ_CHANGE_ANSWER_TO_CLARIFY] = { "answer_to_clarify",
	    "từ trả lời thành hỏi lại" },
	[FAQ_CHANGE_NEW_CLARIFY] = { "new_clarify", "nay hỏi lại" },
	[FAQ_CHANGE_LOST_CLARIFY] = { "lost_clarify", "nay không hỏi lại nữa" },
	[FAQ_CHANGE_OTHER_CHOICES] = { "other_choices",
	    "hỏi lại, đổi lựa chọn" },
};

const char *
compare_name(enum faq_change change)
{
	return names[change].name;
}

const char *
compare_heading(enum faq_change change)
{
	return names[change].heading;
}

/* What is offered are the buttons of the reply that name an entry. */
static void
collect_ids(struct faq_outcome *outcome, const struct faq_entry *entry)
{
	static const struct text_view prefix = { "entry:", 6 };

	if (entry != NULL)
		outcome->ids[outcome->id_count++] = entry->id;
	if (outcome->decision != DECISION_CLARIFY)
		return;
	for (size_t i = 0; i < outcome->reply.button_count; i++) {
		struct text_view payload = outcome->reply.buttons[i].payload;

		if (text_starts(payload, prefix) &&
		    outcome->id_count < FAQ_OUTCOME_IDS_MAX)
			outcome->ids[outcome->id_count++] =
			    text_slice(payload, prefix.len, payload.len);
	}
}

enum result
compare_ask(const struct knowledge *knowledge, struct text_view question,
    uint64_t now_ms, struct arena *arena, struct faq_outcome *out)
{
	const struct message message = { .kind = EVENT_TEXT, .text = question };
	struct dialog_input input = {
		.knowledge = knowledge, .message = &message, .now_ms = now_ms
	};
	struct dialog_decision decision;
	enum result result = dialog_prepare(&input, arena);

	if (result == OK)
		result = dialog_decide(&input, TEXT(""), arena, &decision);
	if (result != OK)
		return result;
	*out = (struct faq_outcome){ .decision = decision.decision };
	if (decision.replies)
		out->reply = decision.reply;
	collect_ids(out, decision.entry);
	return OK;
}

static bool
same_ids(const struct faq_outcome *a, const struct faq_outcome *b)
{
	if (a->id_count != b->id_count)
		return false;
	for (size_t i = 0; i < a->id_count; i++) {
		if (!text_equal(a->ids[i], b->ids[i]))
			return false;
	}
	return true;
}

static bool
same_reply(const struct reply *a, const struct reply *b)
{
	if (!text_equal(a->text, b->text) || a->button_count != b->button_count)
		return false;
	for (size_t i = 0; i < a->button_count; i++) {
		const struct button *left = &a->buttons[i];
		const struct button *right = &b->buttons[i];

		if (!text_equal(left->title, right->title) ||
		    !text_equal(left->url, right->url) ||
		    !text_equal(left->payload, right->payload))
			return false;
	}
	return true;
}

enum outcome_class { NOTHING, CHOICES, ANSWERED, CLASS_COUNT };

static enum outcome_class
class_of(const struct faq_outcome *outcome)
{
	if (outcome->decision == DECISION_NONE ||
	    outcome->decision == DECISION_UNANSWERED)
		return NOTHING;
	return outcome->decision == DECISION_CLARIFY ? CHOICES : ANSWERED;
}

enum faq_change
compare_outcomes(
    const struct faq_outcome *before, const struct faq_outcome *after)
{
	/* From (row) to (column); within a class it depends on the ids. */
	static const enum faq_change table[CLASS_COUNT][CLASS_COUNT] = {
		[NOTHING] = { FAQ_CHANGE_NONE, FAQ_CHANGE_NEW_CLARIFY,
		    FAQ_CHANGE_NEW_ANSWER },
		[CHOICES] = { FAQ_CHANGE_LOST_CLARIFY, FAQ_CHANGE_OTHER_CHOICES,
		    FAQ_CHANGE_CLARIFY_TO_ANSWER },
		[ANSWERED] = { FAQ_CHANGE_LOST_ANSWER,
		    FAQ_CHANGE_ANSWER_TO_CLARIFY, FAQ_CHANGE_OTHER_ENTRY },
	};
	enum outcome_class was = class_of(before);

	if (was != class_of(after) || !same_ids(before, after))
		return table[was][class_of(after)];
	if (was == ANSWERED && !same_reply(&before->reply, &after->reply))
		return FAQ_CHANGE_TEXT;
	return FAQ_CHANGE_NONE;
}
