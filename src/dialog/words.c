/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "words.h"

/* Found first and then looked at: faster than word by word, and these lists are
 * asked for every short message. */
bool
words_have(const char *list, struct text_view word)
{
	struct text_view rest = text_of(list);
	size_t at;

	if (word.len == 0)
		return false;
	while ((at = text_find(rest, word)) != SIZE_MAX) {
		size_t end = at + word.len;

		const char *before = rest.at + at;

		if ((before == list || before[-1] == ' ') &&
		    (end == rest.len || rest.at[end] == ' '))
			return true;
		rest = text_slice(rest, at + 1, rest.len);
	}
	return false;
}

bool
words_mean(const struct token *token, const char *accented, const char *folded)
{
	return token->marked ? words_have(accented, token->accented)
			     : words_have(folded, token->folded);
}

bool
words_deny(const struct token *token)
{
	return words_have("khong k ko kg kh khg hok hong hem khum hk hog hongg",
	    token->folded);
}
