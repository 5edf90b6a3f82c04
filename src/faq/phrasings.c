/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "phrasings.h"

#include "hash.h"
#include "tokens.h"

/* The checks compare phrasings by their words.  Each word is read once, by the
 * tokeniser that reads citizens' messages, and is a number from then on: what
 * differs only in case, tone placement or marks has the same folded numbers.
 */

enum {
	SCRATCH_MAX_BYTES = 16 * 1024 * 1024,
	ACCENTED_SEED = 1, /* "to" folded and "to" accented are two words */
};

static const size_t phrasings_max_bytes = (size_t)2 * 1024 * 1024 * 1024;

static enum result
read_word(
    struct numbers *words, const struct token *token, struct phrasing_word *out)
{
	struct phrasing_word word = { .accented = NUMBERS_NONE };
	enum result result =
	    numbers_give(words, hash64(token->folded, 0), &word.folded);

	if (result == OK && token->marked)
		result = numbers_give(words,
		    hash64(token->accented, ACCENTED_SEED), &word.accented);
	if (result == OK)
		*out = word;
	return result;
}

enum result
phrasings_wording(
    struct phrasings *phrasings, struct text_view text, struct wording *out)
{
	struct wording wording = { NULL, 0 };
	struct tokens tokens;
	enum result result;

	arena_reset(&phrasings->scratch);
	result = tokens_read(text, &phrasings->scratch, &tokens);
	if (result != OK)
		return result;
	wording.at = arena_alloc(
	    &phrasings->arena, tokens.count + 1, sizeof(*wording.at));
	if (wording.at == NULL)
		return ERR_NOMEM;
	for (; wording.count < tokens.count && result == OK; wording.count++)
		result = read_word(&phrasings->words, &tokens.at[wording.count],
		    &wording.at[wording.count]);
	if (result == OK)
		*out = wording;
	return result;
}

static enum result
add(struct phrasings *phrasings, const struct faq_entry *entry, size_t index)
{
	struct phrasing *phrasing = &phrasings->at[phrasings->count++];

	*phrasing = (struct phrasing){
		.entry = entry,
		.index = index,
		.text = index == 0 ? entry->question
				   : entry->asked_as.at[index - 1],
	};
	return phrasings_wording(phrasings, phrasing->text, &phrasing->wording);
}

enum result
phrasings_read(const struct faq *faq, struct phrasings *phrasings)
{
	enum result result = OK;
	size_t count = 0;

	*phrasings = (struct phrasings){ .at = NULL };
	arena_init(&phrasings->arena, phrasings_max_bytes);
	arena_init(&phrasings->scratch, SCRATCH_MAX_BYTES);
	for (size_t i = 0; i < faq->entry_count; i++)
		count += 1 + faq->entries[i].asked_as.count;
	phrasings->at =
	    arena_alloc(&phrasings->arena, count + 1, sizeof(*phrasings->at));
	if (phrasings->at == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < faq->entry_count; i++) {
		const struct faq_entry *entry = &faq->entries[i];

		if (entry->status == ENTRY_RETIRED)
			continue;
		for (size_t k = 0; k <= entry->asked_as.count && result == OK;
		     k++)
			result = add(phrasings, entry, k);
	}
	return result;
}

void
phrasings_fini(struct phrasings *phrasings)
{
	numbers_fini(&phrasings->words);
	arena_fini(&phrasings->arena);
	arena_fini(&phrasings->scratch);
	*phrasings = (struct phrasings){ .at = NULL };
}

uint64_t
phrasings_chain(uint64_t key, struct phrasing_word word)
{
	struct text_view number = { (const char *)&word.folded,
		sizeof(word.folded) };

	return hash64(number, key);
}

uint64_t
phrasings_key(const struct wording *wording)
{
	uint64_t key = 0;

	for (size_t i = 0; i < wording->count; i++)
		key = phrasings_chain(key, wording->at[i]);
	return key;
}
