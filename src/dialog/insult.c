/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "insult.h"

#include "phrases.h"
#include "say.h"

static const uint64_t silence_ms = 24ull * 3600 * 1000;

enum result
insult_step(struct exchange *exchange)
{
	struct conversation *after = &exchange->out->after;
	uint64_t now_ms = exchange->input->now_ms;

	if ((exchange->input->cues.kinds & CUE_INSULT) == 0)
		return ERR_NOT_FOUND;
	/* What it was said of can still be spoken of. */
	after->said = exchange->before->said;
	if (after->insulted_ms != 0 && now_ms < after->insulted_ms + silence_ms)
		return OK;
	after->insulted_ms = now_ms;
	exchange->out->decision = DECISION_SMALLTALK;
	say_text(exchange, PHRASE_INSULTED);
	say_person(exchange);
	return OK;
}
