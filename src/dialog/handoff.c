/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* When people are there the bot steps back, so that two do not answer at
 * once, and never for longer than they stay.  When they are not, it says when
 * they will be, and goes on answering.  A base without hours.json does not
 * know: then the bot steps back and promises no time. */
#include "handoff.h"

#include "office.h"
#include "phrases.h"
#include "say.h"

enum { MINUTE_MS = 60000 };

const struct faq_entry *
handoff_entry(const struct knowledge *knowledge)
{
	const struct faq *faq = knowledge->faq;

	for (size_t i = 0; i < faq->entry_count; i++)
		if (faq->entries[i].kind == ENTRY_HANDOFF &&
		    faq_entry_live(&faq->entries[i], knowledge->today))
			return &faq->entries[i];
	return NULL;
}

/* A tap, or the number of a button, says nothing that staff could read. */
static enum result
log_request(struct exchange *exchange)
{
	const struct dialog_input *input = exchange->input;
	bool in_words = input->masked.len > 0 && input->cues.option == 0;

	if (exchange->out->logs)
		return OK;
	return say_log(
	    exchange, in_words ? input->masked : TEXT(PHRASE_PERSON_TITLE));
}

static enum result
step_back(struct exchange *exchange, uint64_t until_ms)
{
	uint64_t now_ms = exchange->input->now_ms;

	exchange->out->after.silent_until_ms = until_ms;
	exchange->out->after.thread_lost = 0;
	return say_put(exchange, SAY_AFTER, "\n\n" PHRASE_BOT_SILENT,
	    (unsigned)((until_ms - now_ms + MINUTE_MS - 1) / MINUTE_MS));
}

static enum result
say_when(struct exchange *exchange, const struct office *office)
{
	char time[OFFICE_TIME_SIZE];
	enum result result =
	    say_put(exchange, SAY_AFTER, "\n\n" PHRASE_PEOPLE_AWAY);

	if (result == OK && office->closed_for.len > 0)
		result = say_put(exchange, SAY_AFTER, " (%.*s)",
		    TEXT_ARGS(office->closed_for));
	if (result == OK)
		result = say_put(exchange, SAY_AFTER, ".");
	if (result == OK && office->opens_ms > 0) {
		office_time(office->opens_ms, exchange->input->now_ms, time);
		result =
		    say_put(exchange, SAY_AFTER, " " PHRASE_PEOPLE_BACK, time);
	}
	if (result == OK)
		result = say_put(exchange, SAY_AFTER, " " PHRASE_QUESTION_KEPT);
	return result;
}

/* Is anybody there, and who speaks next? */
static enum result
say_presence(struct exchange *exchange)
{
	const struct dialog_input *input = exchange->input;
	const struct faq_hours *hours = &input->knowledge->faq->hours;
	uint64_t until_ms = input->now_ms + input->staff_silence_ms;
	struct office office = { .open = true, .until_ms = until_ms };
	enum result result = OK;

	if (hours->known)
		office = office_at(hours, input->now_ms);
	if (!office.open)
		return say_when(exchange, &office);
	if (hours->known)
		result =
		    say_put(exchange, SAY_AFTER, "\n\n" PHRASE_PEOPLE_HERE);
	if (office.until_ms < until_ms)
		until_ms = office.until_ms;
	if (result == OK && until_ms > input->now_ms)
		result = step_back(exchange, until_ms);
	return result;
}

enum result
handoff_start(struct exchange *exchange, const struct faq_entry *entry)
{
	struct dialog_decision *out = exchange->out;
	const struct knowledge *knowledge = exchange->input->knowledge;
	enum result result = log_request(exchange);

	if (result != OK)
		return result;
	out->decision = DECISION_HANDOFF;
	out->after.misses = 0;
	if (entry == NULL) {
		say_text(exchange, PHRASE_NO_PERSON);
		return OK;
	}
	out->entry = entry;
	out->after.entry = entry->id;
	out->replies = true;
	result = faq_answer(knowledge->faq, entry, knowledge->today,
	    exchange->arena, &out->reply);
	return result == OK ? say_presence(exchange) : result;
}

bool
handoff_silent(const struct exchange *exchange)
{
	return exchange->before->silent_until_ms > exchange->input->now_ms;
}

enum result
handoff_keep_silent(struct exchange *exchange)
{
	const struct dialog_input *input = exchange->input;
	struct dialog_decision *out = exchange->out;

	if (!handoff_silent(exchange))
		return ERR_NOT_FOUND;
	if ((input->cues.kinds & CUE_BOT) != 0 &&
	    exchange->before->thread_lost == 0) {
		out->after.silent_until_ms = 0;
		out->decision = DECISION_SMALLTALK;
		say_text(exchange, PHRASE_BOT_BACK);
		return OK;
	}
	if (text_trim(input->masked).len == 0)
		return OK;
	out->decision = DECISION_HANDOFF;
	return say_log(exchange, input->masked);
}
