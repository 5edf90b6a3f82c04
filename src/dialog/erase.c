/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Nothing is erased without a yes to the question that was asked right before:
 * a payload can be typed by hand, and an old button tapped by mistake.  While a
 * person answers the right to erase holds as well. */
#include "erase.h"

#include "handoff.h"
#include "phrases.h"
#include "say.h"

#define PAYLOAD_YES "erase:yes"
#define PAYLOAD_NO "erase:no"

enum answer { ANSWER_NONE, ANSWER_YES, ANSWER_NO };

static enum answer
tapped(const struct message *message)
{
	if (message->kind != EVENT_TAP)
		return ANSWER_NONE;
	if (text_is(message->payload, PAYLOAD_YES))
		return ANSWER_YES;
	return text_is(message->payload, PAYLOAD_NO) ? ANSWER_NO : ANSWER_NONE;
}

/* The buttons stand in this order. */
static enum answer
typed(const struct cues *cues)
{
	if ((cues->kinds & CUE_YES) != 0 || cues->option == 1)
		return ANSWER_YES;
	return (cues->kinds & CUE_NO) != 0 || cues->option == 2 ? ANSWER_NO
								: ANSWER_NONE;
}

static enum result
ask(struct exchange *exchange)
{
	say_text(exchange, PHRASE_ERASE_ASK);
	say_button(exchange, TEXT(PHRASE_ERASE_YES), TEXT(PAYLOAD_YES));
	say_button(exchange, TEXT(PHRASE_ERASE_NO), TEXT(PAYLOAD_NO));
	exchange->out->after.said = SAID_ERASE;
	return OK;
}

static enum result
keep(struct exchange *exchange)
{
	say_text(exchange, PHRASE_ERASE_KEPT);
	return OK;
}

static enum result
erase(struct exchange *exchange)
{
	exchange->out->after = (struct conversation){ 0 };
	exchange->out->erase = true;
	say_text(exchange, PHRASE_ERASED);
	return OK;
}

enum result
erase_step(struct exchange *exchange)
{
	const struct dialog_input *input = exchange->input;
	bool asked = exchange->before->said == SAID_ERASE;
	enum answer answer = tapped(input->message);

	if (handoff_silent(exchange) && exchange->before->thread_lost != 0)
		return ERR_NOT_FOUND;
	if (asked && input->message->kind == EVENT_TEXT)
		answer = typed(&input->cues);
	if (answer == ANSWER_NONE && (input->cues.kinds & CUE_ERASE) == 0)
		return ERR_NOT_FOUND;
	exchange->out->decision = DECISION_SMALLTALK;
	if (answer == ANSWER_NO)
		return keep(exchange);
	if (answer == ANSWER_YES && asked)
		return erase(exchange);
	return ask(exchange);
}
