/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What to say and what to remember, for one event.
 *
 * Every event kind is one row of a table; most change only the state.  What a
 * citizen says or taps goes through steps, and the first that has something to
 * say to it answers: the guards, erasing, a person who is answering, words that
 * steer (an option, "không hiểu", "sai rồi"), and at last the match.  Nothing
 * is guessed: what the index does not answer is logged for staff, and the
 * citizen is told so. */
#include "dialog.h"

#include <string.h>

#include "answer.h"
#include "burst.h"
#include "choices.h"
#include "cues.h"
#include "erase.h"
#include "feedback.h"
#include "guards.h"
#include "handoff.h"
#include "insult.h"
#include "notice.h"
#include "parts.h"
#include "phrases.h"
#include "question.h"
#include "say.h"

enum { OPTIONS_MAX_BYTES = 16384 };

/* Another app may own a thread for days; we hear when it comes back. */
static const uint64_t thread_lost_ms = 24ull * 3600 * 1000;

const char *
decision_name(enum decision decision)
{
	static const char *const names[] = { "none", "answer", "clarify",
		"unanswered", "smalltalk", "refer", "handoff" };

	return names[decision];
}

/* "id 0.93".  By hand: each turn writes up to five, and printf() of a double is
 * slow. */
static enum result
add_candidate(const struct match_candidate *candidate, struct buf *out)
{
	unsigned hundredths = (unsigned)(candidate->confidence * 100 + 0.5);
	enum result result = buf_add(out, candidate->entry->id);

	if (result == OK)
		result = buf_add_char(out, ' ');
	if (result == OK)
		result = buf_add_number(out, hundredths / 100);
	if (result == OK)
		result = buf_add(
		    out, hundredths % 100 < 10 ? TEXT(".0") : TEXT("."));
	return result == OK ? buf_add_number(out, hundredths % 100) : result;
}

enum result
candidates_text(const struct dialog_input *input,
    const struct dialog_decision *decision, struct buf *out)
{
	const struct match_result *match = decision->match;
	bool in_parts = match == &input->match && input->part_count > 1;
	enum result result = OK;
	size_t count;

	if (match == NULL)
		return OK;
	count = in_parts ? input->part_count : match->candidate_count;
	for (size_t i = 0; result == OK && i < count; i++) {
		if (i > 0)
			result =
			    buf_add(out, in_parts ? TEXT(" | ") : TEXT(", "));
		if (result == OK)
			result = add_candidate(
			    in_parts ? &input->parts[i].match.candidates[0]
				     : &match->candidates[i],
			    out);
	}
	return result;
}

/* Typed or captioned words; a place name is no question. */
static bool
has_words(const struct message *message)
{
	if (message->kind == EVENT_TEXT || message->kind == EVENT_TAP)
		return true;
	return message->kind == EVENT_ATTACHMENT &&
	       message->attachment != ATTACHMENT_LOCATION &&
	       message->attachment != ATTACHMENT_CONTACT &&
	       message->attachment != ATTACHMENT_LINK &&
	       text_trim(message->text).len > 0;
}

enum result
dialog_prepare(struct dialog_input *input, struct arena *arena)
{
	struct buf masked;
	enum result result;

	input->masked = TEXT("");
	input->masked_kinds = 0;
	input->cues = (struct cues){ 0 };
	memset(&input->match, 0, sizeof(input->match));
	input->part_count = 0;
	if (!has_words(input->message))
		return OK;
	buf_init(&masked, SIZE_MAX);
	result =
	    mask_personal(input->message->text, &masked, &input->masked_kinds);
	if (result == OK)
		result = arena_text(arena, buf_view(&masked), &input->masked);
	buf_fini(&masked);
	if (result == OK)
		result = match_ask(input->knowledge->index,
		    input->message->text, arena, &input->match);
	if (result == OK && input->message->kind == EVENT_TEXT)
		result = cues_of(input->message->text, &input->match.words,
		    arena, &input->cues);
	if (result == OK)
		result = parts_find(input, arena);
	return result;
}

/* ---- one function for each kind of event ---- */

static enum result
on_text(struct exchange *exchange)
{
	enum result result;

	if (burst_recall(exchange))
		return OK;
	result = insult_step(exchange);
	if (result == ERR_NOT_FOUND)
		result = choices_typed(exchange);
	if (result == ERR_NOT_FOUND)
		result = feedback_heard(exchange, TEXT(""));
	if (result == ERR_NOT_FOUND)
		result = answer_heard(exchange);
	return result == ERR_NOT_FOUND ? question_decide(exchange) : result;
}

static enum result
on_tap(struct exchange *exchange)
{
	enum result result =
	    choices_follow(exchange, exchange->input->message->payload);

	if (result != ERR_NOT_FOUND)
		return result;
	/* Get Started, or a button of an older base. */
	if (exchange->input->match.shortcut == SHORTCUT_EMPTY)
		return answer_welcome(exchange);
	return question_decide(exchange);
}

static enum result
on_attachment(struct exchange *exchange)
{
	const struct message *message = exchange->input->message;

	if (has_words(message))
		return question_decide(exchange);
	exchange->out->decision = DECISION_SMALLTALK;
	say_text(exchange, phrase_for_attachment(message->attachment));
	return OK;
}

static enum result
on_staff(struct exchange *exchange)
{
	if (burst_take_back(exchange))
		return OK;
	exchange->out->after.silent_until_ms =
	    exchange->input->now_ms + exchange->input->staff_silence_ms;
	exchange->out->after.thread_lost = 0;
	return OK;
}

static enum result
on_thread_lost(struct exchange *exchange)
{
	if (burst_take_back(exchange))
		return OK;
	exchange->out->after.silent_until_ms =
	    exchange->input->now_ms + thread_lost_ms;
	exchange->out->after.thread_lost = 1;
	return OK;
}

static enum result
on_thread_ours(struct exchange *exchange)
{
	exchange->out->after.silent_until_ms = 0;
	exchange->out->after.thread_lost = 0;
	return OK;
}

static enum result
on_echo(struct exchange *exchange)
{
	static const char prefix[] = "hoidap:";
	struct text_view metadata = exchange->input->message->metadata;
	uint64_t delivered;

	if (text_starts(metadata, TEXT(prefix)) &&
	    text_number(text_slice(metadata, sizeof(prefix) - 1, metadata.len),
		1, INT64_MAX, &delivered) == OK)
		exchange->out->delivered = delivered;
	return OK;
}

static enum result
on_unsent(struct exchange *exchange)
{
	exchange->out->unsent = exchange->input->message->about;
	return OK;
}

static enum result
on_erase(struct exchange *exchange)
{
	exchange->out->after = (struct conversation){ 0 };
	exchange->out->erase = true;
	return OK;
}

/* Only the store has something to remember: when they can be written to. */
static enum result
on_contact(struct exchange *exchange)
{
	(void)exchange;
	return OK;
}

/* NULL: nothing to do. SPOKEN: from the citizen to the bot. */
static const struct {
	enum result (*decide)(struct exchange *exchange);
	bool spoken;
} events[] = {
	[EVENT_TEXT] = { on_text, true },
	[EVENT_TAP] = { on_tap, true },
	[EVENT_ATTACHMENT] = { on_attachment, true },
	[EVENT_START] = { answer_welcome, true },
	[EVENT_LEAVE] = { on_contact, false },
	[EVENT_REACTION] = { on_contact, false },
	[EVENT_STANDBY] = { on_contact, false },
	[EVENT_STAFF] = { on_staff, false },
	[EVENT_ECHO] = { on_echo, false },
	[EVENT_THREAD_LOST] = { on_thread_lost, false },
	[EVENT_THREAD_OURS] = { on_thread_ours, false },
	[EVENT_UNSENT] = { on_unsent, false },
	[EVENT_ERASE] = { on_erase, false },
	[EVENT_IGNORED] = { NULL, false },
};

bool
dialog_wants(enum event_kind kind)
{
	return events[kind].decide != NULL;
}

/* The citizen said or tapped something. */
static enum result
decide_spoken(struct exchange *exchange)
{
	enum event_kind kind = exchange->input->message->kind;
	enum guard guard = guards_judge(exchange);
	enum result result;

	if (guard == GUARD_IGNORE)
		return OK;
	exchange->out->after.said = SAID_OTHER;
	exchange->out->after.held_ms = 0;
	if (guard == GUARD_NOTICE) {
		say_text(exchange, PHRASE_SLOW_DOWN);
		return OK;
	}
	result = erase_step(exchange);
	if (result == ERR_NOT_FOUND)
		result = handoff_keep_silent(exchange);
	if (result == ERR_NOT_FOUND)
		result = notice_off(exchange);
	return result == ERR_NOT_FOUND ? events[kind].decide(exchange) : result;
}

/* The buttons of the reply, for the number that may be typed next. */
static enum result
remember_options(struct exchange *exchange)
{
	struct conversation *after = &exchange->out->after;
	struct reply offered = exchange->out->reply;
	struct buf packed;
	enum result result;

	after->options = TEXT("");
	if (offered.button_count == 0)
		return OK;
	offered.text = TEXT("");
	buf_init(&packed, OPTIONS_MAX_BYTES);
	result = reply_pack(&offered, &packed);
	if (result == OK)
		result = arena_text(
		    exchange->arena, buf_view(&packed), &after->options);
	buf_fini(&packed);
	return result;
}

/* Who has been told nothing yet is told before anything else what this is,
 * and what is kept.  Who is erased is a stranger again. */
static enum result
finish_reply(struct exchange *exchange)
{
	struct dialog_decision *out = exchange->out;
	uint64_t keep_days = exchange->input->keep_days;
	enum result result = OK;

	if (!out->replies || out->erase)
		return OK;
	result = feedback_ask(exchange);
	if (result == OK)
		result = notice_put_before(exchange);
	if (result == OK && out->after.told == 0 && keep_days > 0) {
		result = say_put(exchange, SAY_BEFORE, PHRASE_NOTICE "\n\n",
		    (unsigned)keep_days);
		out->after.told = out->due_ms > 0 ? TOLD_IN_HELD : TOLD;
	}
	if (exchange->before->held_ms > exchange->input->now_ms) {
		out->release_ms = exchange->before->held_ms;
		out->after.told = TOLD;
	}
	guards_said(exchange);
	return result == OK ? remember_options(exchange) : result;
}

/* Can the reply that waited not be taken back any more?  An echo or a reaction
 * may come while it can. */
static bool
has_gone(const struct dialog_input *input, const struct conversation *before)
{
	return input->recalled.at != NULL || before->held_ms <= input->now_ms;
}

enum result
dialog_decide(const struct dialog_input *input, struct text_view state,
    struct arena *arena, struct dialog_decision *out)
{
	enum event_kind kind = input->message->kind;
	struct dialog_decision decided = { 0 };
	struct conversation before = { 0 };
	struct exchange exchange = { .input = input,
		.before = &before,
		.match = &input->match,
		.asking = &input->cues.asking,
		.arena = arena,
		.out = &decided };
	enum result result = conversation_unpack(state, arena, &before);

	if (result != OK)
		return result;
	if (input->recalled.len > 0)
		burst_unsay(&before);
	else if (before.told != 0 && has_gone(input, &before))
		before.told = TOLD;
	decided.after = before;
	if (!dialog_wants(kind))
		result = OK;
	else if (events[kind].spoken)
		result = decide_spoken(&exchange);
	else
		result = events[kind].decide(&exchange);
	if (result == OK)
		result = finish_reply(&exchange);
	if (result == OK)
		*out = decided;
	return result;
}
