/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Messages that hold no question: a sticker's emoji, "123456", "asdfgh".
 * Letter runs would find likeness even in noise, so noise does not get to
 * them.  A word counts as known when the base has it, a glossary line stands
 * there, or it could be a Vietnamese syllable of two letters or more. */
#include "shortcut.h"

static bool
is_word(const struct match_index *index, const struct tokens *tokens, size_t at)
{
	const struct token *token = &tokens->at[at];

	if (token->kind == TOKEN_EMOJI || token->kind == TOKEN_NUMBER)
		return false;
	return vocabulary_find(index->vocabulary,
		   feature_word_key(token->folded)) != VOCABULARY_UNKNOWN ||
	       glossary_find(index->glossary, tokens, at) != NULL ||
	       token->skeleton.len > 0 ||
	       (token->folded.len >= 2 && syllable_valid(token->folded));
}

enum match_shortcut
shortcut_of(const struct match_index *index, const struct question *question)
{
	const struct tokens *tokens = &question->tokens;
	size_t emoji = 0;
	size_t numbers = 0;

	for (size_t i = 0; i < tokens->count; i++) {
		emoji += tokens->at[i].kind == TOKEN_EMOJI ? 1 : 0;
		numbers += tokens->at[i].kind == TOKEN_NUMBER ? 1 : 0;
	}
	if (tokens->count == 0)
		return SHORTCUT_EMPTY;
	if (emoji == tokens->count)
		return SHORTCUT_EMOJI;
	if (emoji + numbers == tokens->count)
		return SHORTCUT_DIGITS;
	if (question->hits.count > 0) /* a pattern may know the word */
		return SHORTCUT_NONE;
	for (size_t i = 0; i < tokens->count; i++) {
		if (is_word(index, tokens, i))
			return SHORTCUT_NONE;
	}
	return SHORTCUT_GIBBERISH;
}
