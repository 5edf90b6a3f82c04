/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Several short messages that are one question: "em làm căn cước", "cho con",
 * "cần gì ạ".
 *
 * There is no timer.  The reply to a piece that asks nothing yet, and is not
 * answered, is put into the outbox with a later time to go.  The next message
 * takes it back in its own transaction, is joined to what was asked before, and
 * is decided on as one.  Nobody who asks a whole question waits, and after a
 * crash the reply goes when it is due, as any other.
 *
 * When it was due is remembered in the state; what was asked before comes from
 * the question log, so that the state still holds no text of theirs. */
#include "burst.h"

#include "asking.h"
#include "utf8.h"

enum { PIECE_WORDS_MAX = 8, JOINED_MAX_BYTES = 8192 };

static const uint64_t burst_max_ms = 10000;

/* May this message go on with the one before, whose reply waits? */
static bool
goes_on(const struct exchange *exchange)
{
	const struct dialog_input *input = exchange->input;
	const struct match_result *match = &input->match;

	if (input->message->kind != EVENT_TEXT || input->cues.kinds != 0 ||
	    match->shortcut == SHORTCUT_EMPTY ||
	    match->shortcut == SHORTCUT_EMOJI)
		return false;
	if (match->decision != MATCH_ANSWER)
		return true;
	return match->candidates[0].entry->kind == ENTRY_ANSWER ||
	       match->candidates[0].entry->kind == ENTRY_REFER;
}

bool
burst_take_back(struct exchange *exchange)
{
	if (exchange->before->held_ms <= exchange->input->now_ms ||
	    exchange->input->recalled.at != NULL)
		return false;
	exchange->out->recall_ms = exchange->before->held_ms;
	return true;
}

bool
burst_recall(struct exchange *exchange)
{
	return goes_on(exchange) && burst_take_back(exchange);
}

void
burst_unsay(struct conversation *before)
{
	if (before->said != SAID_CHOICES && before->misses > 0)
		before->misses--;
	if (before->told == TOLD_IN_HELD)
		before->told = 0;
	before->said = SAID_OTHER;
	before->options = TEXT("");
	before->held_ms = 0;
}

static enum result
match_joined(struct exchange *exchange, struct text_view text)
{
	struct match_result *match =
	    arena_alloc(exchange->arena, 1, sizeof(*match));
	struct dialog_asking *asking =
	    arena_alloc(exchange->arena, 1, sizeof(*asking));
	struct tokens tokens;
	enum result result;

	if (match == NULL || asking == NULL)
		return ERR_NOMEM;
	result = match_ask(
	    exchange->input->knowledge->index, text, exchange->arena, match);
	if (result == OK)
		result = tokens_read(text, exchange->arena, &tokens);
	if (result != OK)
		return result;
	*asking = asking_of(text, &tokens);
	exchange->asking = asking;
	/* What is answered alone needs nothing in front of it. */
	if (match->decision == MATCH_ANSWER ||
	    exchange->match->decision != MATCH_ANSWER)
		exchange->match = match;
	return OK;
}

enum result
burst_join(struct exchange *exchange, struct text_view *asked_out)
{
	const struct dialog_input *input = exchange->input;
	struct buf both;
	struct text_view text;
	enum result result;

	buf_init(&both, JOINED_MAX_BYTES);
	result = buf_printf(&both, "%.*s %.*s", TEXT_ARGS(input->recalled),
	    TEXT_ARGS(utf8_cut(input->masked, JOINED_MAX_BYTES / 8)));
	if (result == OK)
		result = arena_text(exchange->arena, buf_view(&both), &text);
	buf_fini(&both);
	if (result == OK)
		result = match_joined(exchange, text);
	if (result == OK)
		*asked_out = text;
	return result;
}

static bool
is_unfinished(const struct exchange *exchange)
{
	const struct dialog_input *input = exchange->input;
	enum match_shortcut shortcut = exchange->match->shortcut;

	if (exchange->out->decision != DECISION_CLARIFY &&
	    exchange->out->decision != DECISION_UNANSWERED)
		return false;
	return input->message->kind == EVENT_TEXT && input->cues.kinds == 0 &&
	       (shortcut == SHORTCUT_NONE || shortcut == SHORTCUT_GIBBERISH) &&
	       input->cues.asking.words > 0 &&
	       input->cues.asking.words <= PIECE_WORDS_MAX &&
	       !exchange->asking->asks;
}

void
burst_hold(struct exchange *exchange)
{
	const struct dialog_input *input = exchange->input;
	struct conversation *after = &exchange->out->after;
	uint64_t due_ms = input->now_ms + input->burst_wait_ms;

	if (!is_unfinished(exchange))
		return;
	if (input->recalled.len == 0 || after->burst_ms == 0)
		after->burst_ms = input->now_ms;
	if (due_ms > after->burst_ms + burst_max_ms)
		due_ms = after->burst_ms + burst_max_ms;
	if (due_ms <= input->now_ms)
		return;
	after->held_ms = due_ms;
	exchange->out->due_ms = due_ms;
}
