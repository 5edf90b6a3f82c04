/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_PHRASINGS_H
#define HOIDAP_FAQ_PHRASINGS_H

#include "faq.h"
#include "numbers.h"

/* A word by its numbers, with and without its marks. */
struct phrasing_word {
	uint32_t folded;
	uint32_t accented; /* NUMBERS_NONE: it was typed without marks */
};

struct wording {
	struct phrasing_word *at;
	size_t count;
};

/* One way to ask: the question (0) or an asked_as (from 1) of an entry. */
struct phrasing {
	const struct faq_entry *entry;
	size_t index;
	struct text_view text;
	struct wording wording;
};

/* Every phrasing of the entries that are not retired, entry by entry. */
struct phrasings {
	struct phrasing *at;
	size_t count;
	struct numbers words;
	struct arena arena;   /* owns the wordings */
	struct arena scratch; /* of one text */
};

/* PHRASINGS needs phrasings_fini(), also after a failure. */
enum result phrasings_read(
    const struct faq *faq, struct phrasings *phrasings) MUST_CHECK;
void phrasings_fini(struct phrasings *phrasings);

/* The words of another text, in the same numbers. */
enum result phrasings_wording(struct phrasings *phrasings,
    struct text_view text, struct wording *out) MUST_CHECK;

/* A key for a run of folded words: that of no words is 0, and each word takes
 * the key of those before it. */
uint64_t phrasings_chain(uint64_t key, struct phrasing_word word);
uint64_t phrasings_key(const struct wording *wording);

#endif
