/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "answer.h"

#include "handoff.h"
#include "phrases.h"
#include "say.h"
#include "utf8.h"

#define GREETING_ENTRY "chao-hoi"

enum {
	/* An answer that is repeated shortly: its beginning, where what to do
	 * stands first. */
	GIST_MAX_UNITS = 300,
	GIST_MIN_BYTES = 60,
	GIST_LINKS_MAX = 2,
};

static enum decision
decision_of(enum entry_kind kind)
{
	switch (kind) {
	case ENTRY_ANSWER:
		return DECISION_ANSWER;
	case ENTRY_SMALLTALK:
		return DECISION_SMALLTALK;
	case ENTRY_REFER:
		return DECISION_REFER;
	case ENTRY_HANDOFF:
		return DECISION_HANDOFF;
	}
	return DECISION_ANSWER;
}

const struct faq_entry *
answer_live(const struct knowledge *knowledge, struct text_view id)
{
	const struct faq_entry *entry = faq_find(knowledge->faq, id);

	if (entry == NULL || !faq_entry_live(entry, knowledge->today))
		return NULL;
	return entry;
}

enum result
answer_fill(const struct exchange *exchange, const struct faq_entry *entry,
    struct reply *out)
{
	const struct knowledge *knowledge = exchange->input->knowledge;

	return faq_answer(
	    knowledge->faq, entry, knowledge->today, exchange->arena, out);
}

void
answer_note(struct exchange *exchange, const struct faq_entry *entry)
{
	struct dialog_decision *out = exchange->out;

	out->decision = decision_of(entry->kind);
	out->entry = entry;
	out->after.misses = 0;
	if (entry->kind == ENTRY_SMALLTALK)
		return; /* what was spoken of stays so */
	out->after.entry = entry->id;
	out->after.entry_ms = exchange->input->now_ms;
	out->after.said =
	    out->logs || out->chosen.len > 0 ? SAID_ANSWER : SAID_TAPPED;
}

enum result
answer_entry(struct exchange *exchange, const struct faq_entry *entry)
{
	struct dialog_decision *out = exchange->out;

	if (entry->kind == ENTRY_HANDOFF)
		return handoff_start(exchange, entry);
	answer_note(exchange, entry);
	out->replies = true;
	return answer_fill(exchange, entry, &out->reply);
}

enum result
answer_welcome(struct exchange *exchange)
{
	const struct faq_entry *entry =
	    answer_live(exchange->input->knowledge, TEXT(GREETING_ENTRY));

	if (entry != NULL)
		return answer_entry(exchange, entry);
	exchange->out->decision = DECISION_SMALLTALK;
	say_text(exchange, PHRASE_WELCOME);
	return OK;
}

void
answer_unknown(struct exchange *exchange)
{
	struct dialog_decision *out = exchange->out;

	out->decision = DECISION_UNANSWERED;
	out->after.misses = exchange->before->misses + 1;
	out->after.said = SAID_UNKNOWN;
	say_text(exchange, out->after.misses >= MISSES_BEFORE_PERSON
			       ? PHRASE_SEVERAL_MISSES
			       : PHRASE_UNANSWERED);
	say_person(exchange);
}

/* ---- what citizens say of an answer ---- */

/* The longest beginning that ends with a line or a sentence. */
static struct text_view
gist(struct text_view text)
{
	struct text_view cut = utf8_cut(text, GIST_MAX_UNITS);

	if (cut.len == text.len)
		return text;
	for (size_t end = cut.len; end > GIST_MIN_BYTES; end--)
		if (cut.at[end - 1] == '\n' ||
		    (cut.at[end - 1] == ' ' && cut.at[end - 2] == '.'))
			return text_trim(text_slice(cut, 0, end));
	return cut;
}

static enum result
say_again(struct exchange *exchange, const struct faq_entry *entry)
{
	struct dialog_decision *out = exchange->out;
	struct reply whole = { .button_count = 0 };
	struct text_view part;
	enum result result = answer_fill(exchange, entry, &whole);

	if (result != OK)
		return result;
	part = gist(whole.text);
	result =
	    say_put(exchange, SAY_ALONE, PHRASE_SAY_AGAIN, TEXT_ARGS(part));
	if (result != OK)
		return result;
	for (size_t i = 0; i < whole.button_count; i++)
		if (whole.buttons[i].url.len > 0 &&
		    out->reply.button_count < GIST_LINKS_MAX)
			out->reply.buttons[out->reply.button_count++] =
			    whole.buttons[i];
	out->decision = decision_of(entry->kind);
	out->entry = entry;
	out->after.said = exchange->before->said;
	return OK;
}

/* What is not understood counts as a miss: the second time a person helps. */
static enum result
repeat(struct exchange *exchange, const struct faq_entry *entry)
{
	struct dialog_decision *out = exchange->out;
	enum result result = OK;

	out->after.misses = exchange->before->misses + 1;
	if (out->after.misses >= MISSES_BEFORE_PERSON) {
		out->decision = DECISION_UNANSWERED;
		say_text(exchange, PHRASE_PERSON_EXPLAINS);
	} else {
		result = say_again(exchange, entry);
	}
	if (result == OK)
		say_person(exchange);
	return result;
}

/* A tapped answer has no question to label: then this message is logged. */
static enum result
dispute(struct exchange *exchange, const struct faq_entry *entry)
{
	struct dialog_decision *out = exchange->out;

	out->decision = DECISION_UNANSWERED;
	out->after.misses = exchange->before->misses + 1;
	say_text(exchange, PHRASE_DISPUTED);
	say_person(exchange);
	if (exchange->before->said == SAID_ANSWER) {
		out->label = TEXT("disputed");
		return OK;
	}
	out->entry = entry;
	return say_log(exchange, exchange->input->masked);
}

enum result
answer_heard(struct exchange *exchange)
{
	const struct conversation *before = exchange->before;
	unsigned cues = exchange->input->cues.kinds;
	const struct faq_entry *entry;

	if ((cues & (CUE_UNCLEAR | CUE_WRONG)) == 0 ||
	    (before->said != SAID_ANSWER && before->said != SAID_TAPPED))
		return ERR_NOT_FOUND;
	entry = answer_live(exchange->input->knowledge, before->entry);
	if (entry == NULL)
		return ERR_NOT_FOUND;
	return (cues & CUE_WRONG) != 0 ? dispute(exchange, entry)
				       : repeat(exchange, entry);
}
