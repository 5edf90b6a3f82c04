/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "quote.h"

/* Phrasings of two entries that differ only in words that say little.
 *
 * A phrasing is a set of folded words, and a word weighs more the fewer
 * entries use it.  Two sets are alike when what they share weighs at least
 * ALIKE of what they hold together.  Not every pair is compared: with the
 * words of each set in order of rarity, two sets that are alike share one of
 * the first words, namely of those before which the rest weighs less than
 * ALIKE of the whole.  Only these few rare words are looked up, so the cost
 * grows with the phrasings and not with their pairs. */

static const double alike_min = 0.8;

enum { WORDS_MIN = 3 }; /* shorter ones are judged by their own words */

struct set {
	uint32_t *words; /* rarest first, each once */
	size_t count;
	double weight;
};

/* A phrasing that has a rare word. */
struct posting {
	uint32_t phrasing;
	uint32_t next; /* in postings, NUMBERS_NONE: the last */
};

struct alike {
	const struct check *check;
	size_t word_count;
	uint32_t *entries; /* that use each word */
	double *weights;   /* of each word */
	uint32_t *ranks;   /* of each word: 0 is the rarest */
	uint32_t *first;   /* posting of each word */
	struct posting *postings;
	size_t posting_count;
	struct set *sets;  /* of each phrasing */
	uint32_t *seen_by; /* the last phrasing that met each phrasing */
	struct arena arena;
};

/* ---- words and their weights ---- */

/* Phrasings come entry by entry, so remembering the last entry of each word is
 * enough to count it once. */
static enum result
count_entries(struct alike *alike)
{
	const struct phrasings *phrasings = alike->check->phrasings;
	const struct faq_entry **last =
	    calloc(alike->word_count + 1, sizeof(void *));

	if (last == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < phrasings->count; i++) {
		const struct phrasing *phrasing = &phrasings->at[i];

		for (size_t k = 0; k < phrasing->wording.count; k++) {
			uint32_t word = phrasing->wording.at[k].folded;

			if (last[word] != phrasing->entry)
				alike->entries[word]++;
			last[word] = phrasing->entry;
		}
	}
	free(last);
	return OK;
}

static void
weigh_words(struct alike *alike)
{
	double all = (double)alike->check->faq->entry_count + 1;

	for (size_t i = 0; i < alike->word_count; i++)
		alike->weights[i] = log(1 + all / (alike->entries[i] + 1.0));
}

/* Words by how many entries use them; a counting sort. */
static enum result
rank_words(struct alike *alike)
{
	size_t most = alike->check->faq->entry_count + 2;
	uint32_t *starts = calloc(most + 1, sizeof(*starts));

	if (starts == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < alike->word_count; i++)
		starts[alike->entries[i] + 1]++;
	for (size_t i = 1; i <= most; i++)
		starts[i] += starts[i - 1];
	for (size_t i = 0; i < alike->word_count; i++)
		alike->ranks[i] = starts[alike->entries[i]]++;
	free(starts);
	return OK;
}

/* ---- sets ---- */

/* Insertion: phrasings are short, and a word counts once. */
static void
insert_word(const struct alike *alike, struct set *set, uint32_t word)
{
	size_t at = set->count;

	while (at > 0 && alike->ranks[set->words[at - 1]] > alike->ranks[word])
		at--;
	if (at > 0 && set->words[at - 1] == word)
		return;
	memmove(set->words + at + 1, set->words + at,
	    (set->count - at) * sizeof(*set->words));
	set->words[at] = word;
	set->count++;
	set->weight += alike->weights[word];
}

static enum result
make_sets(struct alike *alike)
{
	const struct phrasings *phrasings = alike->check->phrasings;

	for (size_t i = 0; i < phrasings->count; i++) {
		const struct wording *wording = &phrasings->at[i].wording;
		struct set *set = &alike->sets[i];

		set->words = arena_alloc(
		    &alike->arena, wording->count + 1, sizeof(*set->words));
		if (set->words == NULL)
			return ERR_NOMEM;
		for (size_t k = 0; k < wording->count; k++)
			insert_word(alike, set, wording->at[k].folded);
	}
	return OK;
}

/* How many of the first words stand before a rest that is too light. */
static size_t
rare_words(const struct alike *alike, const struct set *set)
{
	double rest = set->weight;
	size_t count = 0;

	while (count < set->count && rest >= alike_min * set->weight)
		rest -= alike->weights[set->words[count++]];
	return count;
}

/* ---- pairs ---- */

static double
likeness(
    const struct alike *alike, const struct set *left, const struct set *right)
{
	double shared = 0;
	size_t i = 0;
	size_t k = 0;

	while (i < left->count && k < right->count) {
		uint32_t a = alike->ranks[left->words[i]];
		uint32_t b = alike->ranks[right->words[k]];

		if (a == b)
			shared += alike->weights[left->words[i]];
		i += a <= b;
		k += b <= a;
	}
	return shared / (left->weight + right->weight - shared);
}

static bool
may_be_alike(const struct alike *alike, const struct phrasing *a,
    const struct phrasing *b)
{
	const struct set *left = &alike->sets[a - alike->check->phrasings->at];
	const struct set *right = &alike->sets[b - alike->check->phrasings->at];

	if (a->entry == b->entry)
		return false;
	if (left->weight < alike_min * right->weight ||
	    right->weight < alike_min * left->weight)
		return false;
	/* That is check_phrasings()'s to say. */
	return phrasings_key(&a->wording) != phrasings_key(&b->wording);
}

/* Look among the phrasings before number AT; the most alike, or NULL. */
static const struct phrasing *
find_alike(struct alike *alike, uint32_t at)
{
	const struct phrasing *phrasings = alike->check->phrasings->at;
	const struct set *set = &alike->sets[at];
	const struct phrasing *best = NULL;
	double most = alike_min;

	for (size_t i = rare_words(alike, set); i-- > 0;) {
		uint32_t next = alike->first[set->words[i]];

		for (; next != NUMBERS_NONE;
		     next = alike->postings[next].next) {
			uint32_t other = alike->postings[next].phrasing;
			double score;

			if (alike->seen_by[other] == at)
				continue;
			alike->seen_by[other] = at;
			if (!may_be_alike(
				alike, &phrasings[at], &phrasings[other]))
				continue;
			score = likeness(alike, set, &alike->sets[other]);
			if (score < most)
				continue;
			most = score;
			best = &phrasings[other];
		}
	}
	return best;
}

static void
post(struct alike *alike, uint32_t at)
{
	const struct set *set = &alike->sets[at];

	for (size_t i = rare_words(alike, set); i-- > 0;) {
		uint32_t *first = &alike->first[set->words[i]];

		alike->postings[alike->posting_count] =
		    (struct posting){ at, *first };
		*first = (uint32_t)alike->posting_count++;
	}
}

static enum result
report(const struct check *check, const struct phrasing *phrasing,
    const struct phrasing *other)
{
	const struct finding_spot spot =
	    finding_spot_of(phrasing->entry, phrasing->index);
	const struct finding_spot other_spot =
	    finding_spot_of(other->entry, other->index);

	return findings_add(check->findings, FINDING_ASKED_ALIKE, &spot,
	    "\"%s\" is much like \"%s\" of \"%s\" (%s:%u)",
	    quote(phrasing->text).text, quote(other->text).text,
	    quote(other->entry->id).text, other->entry->file,
	    findings_line(check->findings, &other_spot));
}

static enum result
find_pairs(struct alike *alike)
{
	const struct phrasings *phrasings = alike->check->phrasings;
	enum result result = OK;

	for (uint32_t i = 0; i < phrasings->count && result == OK; i++) {
		const struct phrasing *other;

		if (alike->sets[i].count < WORDS_MIN)
			continue;
		other = find_alike(alike, i);
		if (other != NULL)
			result = report(alike->check, &phrasings->at[i], other);
		post(alike, i);
	}
	return result;
}

/* ---- the whole ---- */

static enum result
make_room(struct alike *alike)
{
	const struct phrasings *phrasings = alike->check->phrasings;
	struct arena *arena = &alike->arena;
	size_t words = 0;

	for (size_t i = 0; i < phrasings->count; i++)
		words += phrasings->at[i].wording.count;
	alike->word_count = phrasings->words.count;
	alike->entries =
	    arena_alloc(arena, alike->word_count + 1, sizeof(uint32_t));
	alike->weights =
	    arena_alloc(arena, alike->word_count + 1, sizeof(double));
	alike->ranks =
	    arena_alloc(arena, alike->word_count + 1, sizeof(uint32_t));
	alike->first =
	    arena_alloc(arena, alike->word_count + 1, sizeof(uint32_t));
	alike->postings = arena_alloc(arena, words + 1, sizeof(struct posting));
	alike->sets =
	    arena_alloc(arena, phrasings->count + 1, sizeof(struct set));
	alike->seen_by =
	    arena_alloc(arena, phrasings->count + 1, sizeof(uint32_t));
	if (alike->entries == NULL || alike->weights == NULL ||
	    alike->ranks == NULL || alike->first == NULL ||
	    alike->postings == NULL || alike->sets == NULL ||
	    alike->seen_by == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < alike->word_count; i++)
		alike->first[i] = NUMBERS_NONE;
	for (size_t i = 0; i < phrasings->count; i++)
		alike->seen_by[i] = NUMBERS_NONE;
	return OK;
}

enum result
check_alike(const struct check *check)
{
	struct alike alike = { .check = check };
	enum result result;

	arena_init(&alike.arena, (size_t)1 << 31);
	result = make_room(&alike);
	if (result == OK)
		result = count_entries(&alike);
	if (result == OK) {
		weigh_words(&alike);
		result = rank_words(&alike);
	}
	if (result == OK)
		result = make_sets(&alike);
	if (result == OK)
		result = find_pairs(&alike);
	arena_fini(&alike.arena);
	return result;
}
