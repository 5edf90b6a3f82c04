/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a question gets: an answer, choices, or "chưa có câu trả lời". */
#include "question.h"

#include "answer.h"
#include "burst.h"
#include "choices.h"
#include "follow.h"
#include "handoff.h"
#include "parts.h"
#include "phrases.h"
#include "say.h"

static enum result
answer_none(struct exchange *exchange)
{
	struct dialog_decision *out = exchange->out;

	out->decision = DECISION_UNANSWERED;
	switch (exchange->match->shortcut) {
	case SHORTCUT_EMPTY:
	case SHORTCUT_EMOJI:
		out->logs = false; /* nothing was asked */
		say_text(exchange, PHRASE_NOTHING_ASKED);
		return OK;
	case SHORTCUT_DIGITS:
		say_text(exchange, PHRASE_NUMBER_ONLY);
		return OK;
	case SHORTCUT_GIBBERISH:
	case SHORTCUT_NONE:
		break;
	}
	answer_unknown(exchange);
	return OK;
}

/* Kindly, before the answer itself. */
static enum result
warn_of_secrets(struct exchange *exchange)
{
	if ((exchange->input->masked_kinds &
		(MASKED_IDENTITY | MASKED_CARD | MASKED_SECRET)) == 0)
		return OK;
	return say_put(exchange, SAY_BEFORE, PHRASE_KEEP_SECRET);
}

static enum result
decide_match(struct exchange *exchange)
{
	const struct match_result *match = exchange->match;
	enum result result;

	if (match->candidate_count > 0)
		exchange->out->confidence = match->candidates[0].confidence;
	if ((exchange->input->cues.kinds & CUE_PERSON) != 0)
		return handoff_start(
		    exchange, handoff_entry(exchange->input->knowledge));
	result = follow_answer(exchange);
	if (result == ERR_NOT_FOUND && match == &exchange->input->match)
		result = parts_answer(exchange);
	if (result != ERR_NOT_FOUND)
		return result;
	switch (match->decision) {
	case MATCH_ANSWER:
		return answer_entry(exchange, match->candidates[0].entry);
	case MATCH_CLARIFY:
		/* After two misses not a third guess. */
		if (exchange->before->misses < MISSES_BEFORE_PERSON)
			return choices_offer(exchange);
		break;
	case MATCH_UNANSWERED:
		break;
	}
	return answer_none(exchange);
}

enum result
question_decide(struct exchange *exchange)
{
	struct text_view asked = exchange->input->masked;
	enum result result = OK;

	if (exchange->input->recalled.len > 0)
		result = burst_join(exchange, &asked);
	if (result == OK)
		result = say_log(exchange, asked);
	if (result == OK)
		result = decide_match(exchange);
	exchange->out->match = exchange->match;
	if (result == OK)
		burst_hold(exchange);
	return result == OK ? warn_of_secrets(exchange) : result;
}
