/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "question.h"

/* Training, calibration, answers and explanations all read a message here,
 * so that they cannot come to see different things. */
enum result
question_read(const struct match_index *index, struct text_view text,
    uint16_t held_out, struct arena *arena, struct question *out)
{
	struct question question;
	enum result result = tokens_read(text, arena, &question.tokens);

	if (result == OK)
		result = reading_of(&question.tokens, index->glossary,
		    index->vocabulary, arena, &question.reading);
	if (result == OK)
		result =
		    feature_read(&question.reading, arena, &question.features);
	if (result == OK)
		result = vector_of(index->vocabulary, &question.features,
		    held_out, arena, &question.vector);
	if (result == OK)
		result = evidence_find(index->evidence, &question.tokens,
		    &question.reading, arena, &question.hits);
	if (result == OK)
		*out = question;
	return result;
}
