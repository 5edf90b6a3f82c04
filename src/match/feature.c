/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Features: single syllables, neighbours, and short runs of letters.
 *
 * A folded syllable alone says little (29 words fold to "do"); two in a row
 * say much, which is why pairs need no word segmenter.  Letter runs inside a
 * word carry typing errors and compound spellings.  The accented syllables
 * are features of their own beside the folded ones, and weigh more: when a
 * citizen types accents, a word that agrees only without them counts less. */
#include "feature.h"
#include "hash.h"

#include <string.h>

enum { GRAM_MIN = 3, GRAM_MAX = 4, GRAM_WORD_MAX = 24 };

static const float branch_weight = 0.5F;
static const float accent_weight = 4;

/* The top bit of a key tells letter runs from words. */
static const uint64_t gram_bit = 1ULL << 63;

uint64_t
feature_word_key(struct text_view folded)
{
	return hash64(folded, FEATURE_WORD) & ~gram_bit;
}

uint64_t
feature_accented_key(struct text_view accented)
{
	return hash64(accented, FEATURE_MARKED_WORD) & ~gram_bit;
}

/* The end of MurmurHash3: every bit of the outcome depends on all of KEY. */
static uint64_t
mix(uint64_t key)
{
	key = (key ^ (key >> 33)) * 0xFF51AFD7ED558CCDU;
	key = (key ^ (key >> 33)) * 0xC4CEB9FE1A85EC53U;
	return key ^ (key >> 33);
}

bool
feature_is_gram(uint64_t key)
{
	return (key & gram_bit) != 0;
}

static uint64_t
key_for(const struct word *word, enum feature_kind kind)
{
	return kind == FEATURE_MARKED_WORD || kind == FEATURE_MARKED_PAIR
		   ? word->accented_key
		   : word->folded_key;
}

static void
add(struct features *out, uint64_t key, float weight, uint16_t token,
    enum feature_kind kind)
{
	if (kind == FEATURE_MARKED_WORD || kind == FEATURE_MARKED_PAIR)
		weight *= accent_weight;
	out->at[out->count++] =
	    (struct feature){ key, weight, token, (uint16_t)kind };
}

static void
add_word(struct features *out, const struct word *word, float weight,
    enum feature_kind kind)
{
	add(out, key_for(word, kind), weight, word->token, kind);
}

static void
add_pair(struct features *out, const struct word *first,
    const struct word *second, float weight, enum feature_kind kind)
{
	uint64_t key = mix(key_for(first, kind)) + key_for(second, kind);

	add(out, mix(key) & ~gram_bit, weight, first->token, kind);
}

/* A run of so few bytes fits in a key as it is; no word holds a zero byte,
 * so runs of different lengths differ. */
static void
add_grams(struct features *out, const struct word *word, float weight)
{
	char bytes[GRAM_WORD_MAX + 2];
	size_t len = word->folded.len;

	if (len > GRAM_WORD_MAX)
		len = GRAM_WORD_MAX;
	bytes[0] = '_';
	memcpy(bytes + 1, word->folded.at, len);
	bytes[len + 1] = '_';
	len += 2;
	for (size_t i = 0; i + GRAM_MIN <= len; i++) {
		uint64_t run = (unsigned char)bytes[i];

		for (size_t n = GRAM_MIN; n <= GRAM_MAX && i + n <= len; n++) {
			run = run << 8 | (unsigned char)bytes[i + n - 1];
			add(out, mix(run) | gram_bit, weight, word->token,
			    FEATURE_GRAM);
		}
	}
}

static void
add_words(
    struct features *out, const struct reading *reading, enum feature_kind kind)
{
	for (size_t i = 0; i < reading->count; i++)
		add_word(out, &reading->words[i], 1, kind);
	for (size_t i = 0; i < reading->branch_count; i++) {
		const struct branch *branch = &reading->branches[i];

		for (size_t k = 0; k < branch->count; k++)
			add_word(out, &branch->words[k], branch_weight, kind);
	}
}

static void
add_pairs(
    struct features *out, const struct reading *reading, enum feature_kind kind)
{
	for (size_t i = 0; i + 1 < reading->count; i++)
		add_pair(
		    out, &reading->words[i], &reading->words[i + 1], 1, kind);
	for (size_t i = 0; i < reading->branch_count; i++) {
		const struct branch *branch = &reading->branches[i];
		const struct word *words = branch->words;

		if (branch->from > 0)
			add_pair(out, &reading->words[branch->from - 1],
			    &words[0], branch_weight, kind);
		for (size_t k = 0; k + 1 < branch->count; k++)
			add_pair(
			    out, &words[k], &words[k + 1], branch_weight, kind);
		if (branch->to < reading->count)
			add_pair(out, &words[branch->count - 1],
			    &reading->words[branch->to], branch_weight, kind);
	}
}

static void
add_all_grams(struct features *out, const struct reading *reading)
{
	for (size_t i = 0; i < reading->count; i++)
		add_grams(out, &reading->words[i], 1);
	for (size_t i = 0; i < reading->branch_count; i++) {
		const struct branch *branch = &reading->branches[i];

		for (size_t k = 0; k < branch->count; k++)
			add_grams(out, &branch->words[k], branch_weight);
	}
}

/* At most: a word and three pairs under two keys, and its letter runs. */
static size_t
most_of(const struct word *word)
{
	return 8 + (GRAM_MAX - GRAM_MIN + 1) * (word->folded.len + 2);
}

static size_t
most_features(const struct reading *reading)
{
	size_t most = 1;

	for (size_t i = 0; i < reading->count; i++)
		most += most_of(&reading->words[i]);
	for (size_t i = 0; i < reading->branch_count; i++) {
		const struct branch *branch = &reading->branches[i];

		for (size_t k = 0; k < branch->count; k++)
			most += most_of(&branch->words[k]);
	}
	return most;
}

enum result
feature_read(
    const struct reading *reading, struct arena *arena, struct features *out)
{
	struct features features = { 0 };

	features.at =
	    arena_alloc(arena, most_features(reading), sizeof(*features.at));
	if (features.at == NULL)
		return ERR_NOMEM;
	add_words(&features, reading, FEATURE_WORD);
	add_pairs(&features, reading, FEATURE_PAIR);
	add_all_grams(&features, reading);
	if (reading->marked) {
		add_words(&features, reading, FEATURE_MARKED_WORD);
		add_pairs(&features, reading, FEATURE_MARKED_PAIR);
	}
	*out = features;
	return OK;
}
