/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check.h"

#include <stdlib.h>

#include "quote.h"

/* A keyword speaks strongly for its entry, so it must not stand in what is
 * asked of others.  As src/match does it, the phrases of all keywords lie in
 * one table by the chained key of their words, and each phrasing is scanned
 * once: the cost does not depend on how many keywords there are. */

enum {
	PHRASES_MAX = 8, /* of a keyword, see entry.c */
	WORDS_MAX = 12,	 /* of a phrase that src/match looks for */
	OTHERS_MAX = 2,	 /* entries that may hold a keyword of another */
};

struct keyword {
	struct finding_spot spot;
	struct text_view first_phrase;
	unsigned all;		     /* a bit for each phrase */
	size_t others;		     /* entries whose phrasings it stands in */
	const struct phrasing *last; /* of these phrasings */
	/* In the phrasing that is being scanned: */
	const struct phrasing *scanned;
	unsigned standing;
};

struct phrase {
	struct keyword *keyword;
	unsigned bit;
	struct wording wording;
	struct phrase *next; /* with the same words */
};

struct keywords {
	const struct check *check;
	struct keyword *at;
	size_t count;
	struct numbers keys;
	struct phrase **phrases; /* by the number of their key */
	size_t longest;
	struct arena arena;
};

/* ---- the table ---- */

static enum result
add_phrase(struct keywords *keywords, struct keyword *keyword, unsigned bit,
    struct text_view text)
{
	struct phrase *phrase =
	    arena_alloc(&keywords->arena, 1, sizeof(*phrase));
	enum result result = ERR_NOMEM;
	uint32_t number;

	if (phrase == NULL)
		return ERR_NOMEM;
	*phrase = (struct phrase){ .keyword = keyword, .bit = bit };
	keyword->all |= bit;
	result = phrasings_wording(
	    keywords->check->phrasings, text, &phrase->wording);
	if (result != OK || phrase->wording.count == 0 ||
	    phrase->wording.count > WORDS_MAX)
		return result; /* it stands nowhere */
	result = numbers_give(
	    &keywords->keys, phrasings_key(&phrase->wording), &number);
	if (result != OK)
		return result;
	phrase->next = keywords->phrases[number];
	keywords->phrases[number] = phrase;
	if (phrase->wording.count > keywords->longest)
		keywords->longest = phrase->wording.count;
	return OK;
}

static enum result
add_entry(struct keywords *keywords, const struct faq_entry *entry)
{
	enum result result = OK;

	for (size_t i = 0; i < entry->keyword_count; i++) {
		const struct phrases *phrases = &entry->keywords[i];
		struct keyword *keyword = &keywords->at[keywords->count++];

		keyword->spot = (struct finding_spot){ entry, "keywords", i };
		keyword->first_phrase = phrases->at[0];
		for (size_t k = 0;
		     k < phrases->count && k < PHRASES_MAX && result == OK; k++)
			result = add_phrase(
			    keywords, keyword, 1U << k, phrases->at[k]);
	}
	return result;
}

static enum result
make_table(struct keywords *keywords)
{
	const struct faq *faq = keywords->check->faq;
	enum result result = OK;
	size_t keyword_count = 0;
	size_t phrase_count = 0;

	for (size_t i = 0; i < faq->entry_count; i++) {
		keyword_count += faq->entries[i].keyword_count;
		for (size_t k = 0; k < faq->entries[i].keyword_count; k++)
			phrase_count += faq->entries[i].keywords[k].count;
	}
	keywords->at = arena_alloc(
	    &keywords->arena, keyword_count + 1, sizeof(struct keyword));
	keywords->phrases = arena_alloc(
	    &keywords->arena, phrase_count + 1, sizeof(struct phrase *));
	if (keywords->at == NULL || keywords->phrases == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < faq->entry_count && result == OK; i++) {
		if (check_concerns(&faq->entries[i]))
			result = add_entry(keywords, &faq->entries[i]);
	}
	return result;
}

/* ---- scanning ---- */

/* As src/match has it: words that both have marks must have the same. */
static bool
accents_agree(const struct wording *wording, const struct phrasing_word *words)
{
	for (size_t i = 0; i < wording->count; i++) {
		uint32_t want = wording->at[i].accented;
		uint32_t have = words[i].accented;

		if (want != NUMBERS_NONE && have != NUMBERS_NONE &&
		    want != have)
			return false;
	}
	return true;
}

static void
note_phrase(const struct phrase *phrase, const struct phrasing *phrasing)
{
	struct keyword *keyword = phrase->keyword;

	if (keyword->scanned != phrasing) {
		keyword->scanned = phrasing;
		keyword->standing = 0;
	}
	keyword->standing |= phrase->bit;
	if (keyword->standing != keyword->all ||
	    (keyword->last != NULL && keyword->last->entry == phrasing->entry))
		return;
	keyword->others++;
	keyword->last = phrasing;
}

static void
scan_from(const struct keywords *keywords, const struct phrasing *phrasing,
    size_t from)
{
	const struct wording *wording = &phrasing->wording;
	uint64_t key = 0;

	for (size_t to = from;
	     to < wording->count && to - from < keywords->longest; to++) {
		const struct phrase *phrase = NULL;
		uint32_t number;

		key = phrasings_chain(key, wording->at[to]);
		number = numbers_find(&keywords->keys, key);
		if (number != NUMBERS_NONE)
			phrase = keywords->phrases[number];
		for (; phrase != NULL; phrase = phrase->next) {
			if (phrase->keyword->spot.entry != phrasing->entry &&
			    accents_agree(&phrase->wording, wording->at + from))
				note_phrase(phrase, phrasing);
		}
	}
}

static enum result
report(const struct keywords *keywords, const struct keyword *keyword)
{
	struct findings *findings = keywords->check->findings;
	const struct phrasing *last = keyword->last;
	const struct finding_spot spot =
	    finding_spot_of(last->entry, last->index);

	return findings_add(findings, FINDING_GREEDY_KEYWORD, &keyword->spot,
	    "the keyword \"%s\" stands in phrasings of %zu other entries, such "
	    "as \"%s\" of \"%s\" (%s:%u)",
	    quote(keyword->first_phrase).text, keyword->others,
	    quote(last->text).text, quote(last->entry->id).text,
	    last->entry->file, findings_line(findings, &spot));
}

enum result
check_keywords(const struct check *check)
{
	struct keywords keywords = { .check = check };
	enum result result;

	arena_init(&keywords.arena, (size_t)1 << 30);
	result = make_table(&keywords);
	for (size_t i = 0; i < check->phrasings->count && result == OK; i++) {
		const struct phrasing *phrasing = &check->phrasings->at[i];

		for (size_t k = 0; k < phrasing->wording.count; k++)
			scan_from(&keywords, phrasing, k);
	}
	for (size_t i = 0; i < keywords.count && result == OK; i++) {
		if (keywords.at[i].others > OTHERS_MAX)
			result = report(&keywords, &keywords.at[i]);
	}
	numbers_fini(&keywords.keys);
	arena_fini(&keywords.arena);
	return result;
}
