/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Did it help?
 *
 * Who only wants an answer is not to be pestered.  So it is asked once per
 * topic and day, under an answer that leaves room for two small buttons, or
 * when the citizen says thanks and is done; who says by themselves that an
 * answer, or its lack, was of no use is heard at any time.  What they say is a
 * label on their question, and words after a no are kept with it.
 *
 * The topics asked of today are one bit each of a number: two that share a bit
 * are asked of once, which errs on the quiet side. */
#include "feedback.h"

#include "hash.h"
#include "phrases.h"
#include "say.h"

#define PAYLOAD_YES "helped:yes"
#define PAYLOAD_NO "helped:no"
#define THANKS_ENTRY "cam-on"

enum { BUTTONS_WANTED = 2 };

static const uint64_t day_ms = 24ull * 3600 * 1000;
static const uint64_t vietnam_ahead_ms = 7ull * 3600 * 1000;

/* ---- asking ---- */

/* False: the topic was asked of today. */
static bool
take_topic(struct exchange *exchange, struct text_view topic)
{
	struct conversation *after = &exchange->out->after;
	uint64_t day = (exchange->input->now_ms + vietnam_ahead_ms) / day_ms;
	uint64_t bit = 1ull << (hash64(topic, 0) % 64);

	if (after->feedback_day != day) {
		after->feedback_day = day;
		after->feedback_topics = 0;
	}
	if ((after->feedback_topics & bit) != 0)
		return false;
	after->feedback_topics |= bit;
	return true;
}

static enum result
put_question(struct exchange *exchange)
{
	enum result result =
	    say_put(exchange, SAY_AFTER, "\n\n" PHRASE_HELPED_ASK);

	if (result != OK)
		return result;
	say_button(exchange, TEXT(PHRASE_HELPED_YES), TEXT(PAYLOAD_YES));
	say_button(exchange, TEXT(PHRASE_HELPED_NO), TEXT(PAYLOAD_NO));
	return OK;
}

/* Thanks for an answer ask nothing: the answered question stays the last. */
static enum result
ask_after_thanks(struct exchange *exchange)
{
	const struct dialog_input *input = exchange->input;
	const struct faq_entry *entry =
	    faq_find(input->knowledge->faq, exchange->before->entry);

	if (exchange->before->said != SAID_ANSWER || entry == NULL ||
	    !take_topic(exchange, entry->topic))
		return OK;
	exchange->out->logs = false;
	exchange->out->after.said = SAID_ANSWER;
	exchange->out->reply.button_count = 0;
	return put_question(exchange);
}

enum result
feedback_ask(struct exchange *exchange)
{
	const struct dialog_decision *out = exchange->out;

	if (out->entry == NULL || !out->logs)
		return OK;
	if (text_is(out->entry->id, THANKS_ENTRY))
		return ask_after_thanks(exchange);
	if (out->decision != DECISION_ANSWER ||
	    out->reply.button_count + BUTTONS_WANTED > FAQ_BUTTONS_MAX ||
	    !take_topic(exchange, out->entry->topic))
		return OK;
	return put_question(exchange);
}

/* ---- hearing ---- */

static bool
was_asked(const struct exchange *exchange)
{
	return text_find(exchange->before->options, TEXT(PAYLOAD_YES)) !=
	       SIZE_MAX;
}

static enum result
on_yes(struct exchange *exchange)
{
	exchange->out->decision = DECISION_SMALLTALK;
	exchange->out->label = TEXT("helped");
	say_text(exchange, PHRASE_HELPED_THANKS);
	return OK;
}

static enum result
on_no(struct exchange *exchange)
{
	exchange->out->decision = DECISION_SMALLTALK;
	exchange->out->label = TEXT("unhelpful");
	exchange->out->after.said = SAID_WHY;
	say_text(exchange, PHRASE_HELPED_WHY);
	say_person(exchange);
	return OK;
}

/* What asks, and is answered with confidence, is a new question. */
static enum result
on_words(struct exchange *exchange)
{
	const struct dialog_input *input = exchange->input;
	const struct match_result *match = exchange->match;
	enum result result;

	if (input->message->kind != EVENT_TEXT || input->cues.kinds != 0 ||
	    match->shortcut == SHORTCUT_EMPTY ||
	    match->shortcut == SHORTCUT_EMOJI)
		return ERR_NOT_FOUND;
	if (match->decision == MATCH_ANSWER &&
	    match->candidates[0].entry->kind != ENTRY_SMALLTALK &&
	    exchange->asking->asks)
		return ERR_NOT_FOUND;
	result = say_line(exchange, input->masked, &exchange->out->words);
	if (result != OK)
		return result;
	exchange->out->decision = DECISION_SMALLTALK;
	say_text(exchange, PHRASE_WORDS_KEPT);
	say_person(exchange);
	return OK;
}

/* A button of an older reply says nothing of the last question. */
static enum result
on_tap(struct exchange *exchange, struct text_view payload)
{
	bool yes = text_is(payload, PAYLOAD_YES);

	if (!yes && !text_is(payload, PAYLOAD_NO))
		return ERR_NOT_FOUND;
	if (was_asked(exchange))
		return yes ? on_yes(exchange) : on_no(exchange);
	exchange->out->decision = DECISION_SMALLTALK;
	say_text(exchange, PHRASE_HELPED_THANKS);
	return OK;
}

enum result
feedback_heard(struct exchange *exchange, struct text_view payload)
{
	uint64_t said = exchange->before->said;
	unsigned cues = exchange->input->cues.kinds;
	bool asked = was_asked(exchange);

	if (payload.len > 0)
		return on_tap(exchange, payload);
	if (said == SAID_WHY)
		return on_words(exchange);
	if (said != SAID_ANSWER && said != SAID_UNKNOWN)
		return ERR_NOT_FOUND;
	if ((cues & CUE_USELESS) != 0 || (asked && (cues & CUE_NO) != 0))
		return on_no(exchange);
	if ((cues & CUE_HELPED) != 0 || (asked && (cues & CUE_YES) != 0))
		return on_yes(exchange);
	return ERR_NOT_FOUND;
}
