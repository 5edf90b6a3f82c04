/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a citizen picks is evidence of what they meant, and "none of these" of
 * what they did not: both are put on the question that was being clarified,
 * for staff to judge.  Nothing is learnt from them by itself. */
#include "choices.h"

#include <stdio.h>

#include "answer.h"
#include "cues.h"
#include "feedback.h"
#include "handoff.h"
#include "phrases.h"
#include "say.h"

#define PAYLOAD_NONE "not:none"
#define PAYLOAD_PERSON "person"
#define PAYLOAD_ENTRY "entry:"

enum { CHOICES_MAX = 3 };

/* ---- offering ---- */

static enum result
add_choice(
    struct exchange *exchange, size_t number, const struct faq_entry *entry)
{
	struct button button = { 0 };
	char title[32];
	char payload[128];
	enum result result = say_put(exchange, SAY_AFTER, "\n%zu. %.*s", number,
	    TEXT_ARGS(entry->question));

	(void)snprintf(title, sizeof(title), PHRASE_CLARIFY_TITLE, number);
	(void)snprintf(payload, sizeof(payload), PAYLOAD_ENTRY "%.*s",
	    TEXT_ARGS(entry->id));
	if (result == OK)
		result =
		    arena_text(exchange->arena, text_of(title), &button.title);
	if (result == OK)
		result = arena_text(
		    exchange->arena, text_of(payload), &button.payload);
	if (result == OK)
		say_button(exchange, button.title, button.payload);
	return result;
}

enum result
choices_offer(struct exchange *exchange)
{
	const struct match_result *match = exchange->match;
	enum result result = OK;

	say_text(exchange, PHRASE_CLARIFY);
	for (size_t i = 0;
	     result == OK && i < match->candidate_count && i < CHOICES_MAX; i++)
		result =
		    add_choice(exchange, i + 1, match->candidates[i].entry);
	if (result == OK)
		result = say_put(exchange, SAY_AFTER, "\n" PHRASE_CLARIFY_HOW);
	if (result != OK)
		return result;
	say_button(exchange, TEXT(PHRASE_NOT_THESE), TEXT(PAYLOAD_NONE));
	exchange->out->decision = DECISION_CLARIFY;
	exchange->out->after.said = SAID_CHOICES;
	/* Offers that were passed over miss as well. */
	if (exchange->before->said == SAID_CHOICES)
		exchange->out->after.misses = exchange->before->misses + 1;
	return OK;
}

/* ---- following ---- */

static bool
is_clarifying(const struct exchange *exchange)
{
	return exchange->before->said == SAID_CHOICES;
}

static struct reply
offered(const struct exchange *exchange)
{
	struct reply reply = { .button_count = 0 };

	if (exchange->before->options.len == 0 ||
	    reply_unpack(exchange->before->options, exchange->arena, &reply) !=
		OK)
		reply.button_count = 0;
	return reply;
}

/* "None of these": staff see the question that was being clarified. */
static enum result
decline(struct exchange *exchange)
{
	struct dialog_decision *out = exchange->out;

	out->decision = DECISION_UNANSWERED;
	out->after.misses = exchange->before->misses + 1;
	if (is_clarifying(exchange))
		out->label = TEXT("declined");
	say_text(exchange, PHRASE_DECLINED);
	say_person(exchange);
	return OK;
}

/* A button of an older reply says nothing of the last question. */
static bool
is_choice(const struct exchange *exchange, struct text_view payload)
{
	struct reply reply = offered(exchange);

	if (!is_clarifying(exchange))
		return false;
	for (size_t i = 0; i < reply.button_count; i++)
		if (text_equal(reply.buttons[i].payload, payload))
			return true;
	return false;
}

enum result
choices_follow(struct exchange *exchange, struct text_view payload)
{
	const struct knowledge *knowledge = exchange->input->knowledge;
	const struct faq_entry *entry;

	if (text_is(payload, PAYLOAD_PERSON))
		return handoff_start(exchange, handoff_entry(knowledge));
	if (text_is(payload, PAYLOAD_NONE))
		return decline(exchange);
	if (!text_starts(payload, TEXT(PAYLOAD_ENTRY)))
		return feedback_heard(exchange, payload);
	entry = answer_live(knowledge,
	    text_slice(payload, sizeof(PAYLOAD_ENTRY) - 1, payload.len));
	if (entry == NULL)
		return ERR_NOT_FOUND;
	if (is_choice(exchange, payload))
		exchange->out->chosen = entry->id;
	exchange->out->confidence = 1;
	return answer_entry(exchange, entry);
}

/* ---- typing ---- */

/* A link that was offered as an option is answered with the link. */
static enum result
repeat_link(struct exchange *exchange, const struct button *button)
{
	exchange->out->decision = DECISION_ANSWER;
	return say_put(exchange, SAY_ALONE, "%.*s: %.*s",
	    TEXT_ARGS(button->title), TEXT_ARGS(button->url));
}

/* The option that the cue counts to, from 1; 0: none.  "The last" is a choice,
 * not the refusal below it. */
static size_t
option_named(const struct exchange *exchange, const struct reply *reply)
{
	const struct cues *cues = &exchange->input->cues;
	size_t count = reply->button_count;

	if (cues->bare && !is_clarifying(exchange))
		return 0;
	if (cues->option != CUES_LAST)
		return cues->option <= count ? cues->option : 0;
	if (count > 0 &&
	    text_is(reply->buttons[count - 1].payload, PAYLOAD_NONE))
		count--;
	return count;
}

/* The option whose title is typed; 0: none. */
static enum result
option_titled(const struct exchange *exchange, const struct reply *reply,
    size_t *option_out)
{
	size_t option = 0;
	enum result result = OK;

	for (size_t i = 0; result == OK && i < reply->button_count; i++) {
		bool same = false;

		result = cues_say(&exchange->input->cues,
		    reply->buttons[i].title, exchange->arena, &same);
		if (same && option == 0)
			option = i + 1;
	}
	if (result == OK)
		*option_out = option;
	return result;
}

enum result
choices_typed(struct exchange *exchange)
{
	struct reply reply = offered(exchange);
	size_t option = option_named(exchange, &reply);
	enum result result = OK;

	if (option == 0)
		result = option_titled(exchange, &reply, &option);
	if (result != OK)
		return result;
	if (option > 0 && reply.buttons[option - 1].url.len > 0)
		return repeat_link(exchange, &reply.buttons[option - 1]);
	if (option > 0)
		return choices_follow(
		    exchange, reply.buttons[option - 1].payload);
	if (is_clarifying(exchange) &&
	    (exchange->input->cues.kinds & CUE_NOT_THESE) != 0)
		return decline(exchange);
	return ERR_NOT_FOUND;
}
