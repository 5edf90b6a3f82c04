/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A switched-off bot still keeps what is asked, as unanswered: staff answer it
 * later.  Erasing comes before it, since that right has no opening hours, and
 * so does a person who is answering. */
#include "notice.h"

#include "say.h"

enum result
notice_off(struct exchange *exchange)
{
	const struct dialog_input *input = exchange->input;
	const struct channel_off *off =
	    notices_off(input->notices, input->channel);
	enum result result = OK;

	if (off == NULL)
		return ERR_NOT_FOUND;
	if (text_trim(input->masked).len > 0)
		result = say_log(exchange, input->masked);
	exchange->out->decision = DECISION_UNANSWERED;
	exchange->out->replies = true;
	exchange->out->reply.text = off->text;
	return result;
}

/* Thanks and greetings get none. */
static bool
is_to_a_question(const struct dialog_decision *decision)
{
	return decision->decision != DECISION_NONE &&
	       decision->decision != DECISION_SMALLTALK;
}

enum result
notice_put_before(struct exchange *exchange)
{
	const struct dialog_input *input = exchange->input;
	const struct notices *notices = input->notices;
	const struct faq_entry *entry = exchange->out->entry;
	struct text_view topic = entry == NULL ? TEXT("") : entry->topic;
	enum result result = OK;

	if (notices == NULL || !is_to_a_question(exchange->out) ||
	    notices_off(notices, input->channel) != NULL)
		return OK;
	for (size_t i = notices->count; result == OK && i-- > 0;)
		if (notice_covers(&notices->at[i], topic, input->now_ms))
			result = say_put(exchange, SAY_BEFORE, "%.*s\n\n",
			    TEXT_ARGS(notices->at[i].text));
	return result;
}
