/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_REVIEW_LEXICON_H
#define HOIDAP_REVIEW_LEXICON_H

#include "glossary.h"

/* Phrases that say what kind of thing is asked (needs_table.h) and words that
 * say nothing (fillers_table.h).  Immutable. */
struct lexicon;

enum lexicon_kind {
	LEXICON_FILLER,
	LEXICON_NEED,
};

/* What stands at one place of a text. */
struct lexicon_hit {
	enum lexicon_kind kind;
	struct text_view name; /* of the need, or the filler itself */
	size_t width;	       /* tokens */
};

/* NULL when out of memory. */
struct lexicon *lexicon_new(void);
void lexicon_free(struct lexicon *lexicon);

/* The longest phrase at TOKENS[AT]; false when there is none. */
bool lexicon_find(const struct lexicon *lexicon, const struct tokens *tokens,
    size_t at, struct lexicon_hit *out);

#endif
