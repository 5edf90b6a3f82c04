/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Keywords: phrases that curators can count on.
 *
 * All phrases of all keywords lie in one table, keyed by the chained hash of
 * their folded words.  A message is scanned once: from every word on, the
 * chain is followed for as long as a phrase may begin so.  So the cost depends
 * on the message, not on how many keywords the base has. */
#include "evidence.h"
#include "patterns.h"

#include <stdlib.h>

enum {
	PHRASE_WORDS_MAX = 12,
	ARENA_BYTES_MAX = 256 << 20,
	FOUND_MAX = 256, /* phrases of one message */
};

struct phrase {
	struct phrase *next; /* in the same slot */
	uint64_t key;
	struct keyword *keyword;
	const struct word *words;
	uint16_t count;
};

struct keyword {
	struct text_view phrase;
	uint16_t class;
	uint16_t needed; /* phrases */
	uint16_t words;
};

struct evidence {
	struct arena arena;
	const struct glossary *glossary;
	struct phrase **slots;
	size_t slot_count;   /* a power of two */
	uint8_t *beginnings; /* a bit for the key of each first words of a
				phrase: where it is 0, none begins so */
	size_t longest;
	struct patterns *patterns;
};

/* The phrases found in a message so far. */
struct found {
	const struct phrase *at[FOUND_MAX];
	size_t count;
};

void
evidence_free(struct evidence *evidence)
{
	if (evidence == NULL)
		return;
	patterns_free(evidence->patterns);
	arena_fini(&evidence->arena);
	free(evidence);
}

static uint64_t
chain(uint64_t key, const struct word *word)
{
	key = (key ^ word->folded_key) * 0x9E3779B97F4A7C15U;
	return key ^ (key >> 32);
}

/* The byte of EVIDENCE that holds the bit of the words of KEY. */
static uint8_t *
beginning(const struct evidence *evidence, uint64_t key)
{
	return &evidence->beginnings[key >> 3 & (evidence->slot_count - 1)];
}

static uint8_t
beginning_bit(uint64_t key)
{
	return (uint8_t)(1U << (key & 7));
}

static enum result
add_phrase(
    struct evidence *evidence, struct keyword *keyword, struct text_view text)
{
	struct phrase *phrase =
	    arena_alloc(&evidence->arena, 1, sizeof(*phrase));
	struct tokens tokens;
	struct reading reading;
	enum result result = phrase == NULL
				 ? ERR_NOMEM
				 : tokens_read(text, &evidence->arena, &tokens);

	if (result == OK)
		result = reading_of(&tokens, evidence->glossary, NULL,
		    &evidence->arena, &reading);
	if (result != OK)
		return result;
	keyword->needed++;
	if (reading.count == 0 || reading.count > PHRASE_WORDS_MAX)
		return OK; /* nothing will match it */
	phrase->keyword = keyword;
	phrase->words = reading.words;
	phrase->count = (uint16_t)reading.count;
	for (size_t i = 0; i < reading.count; i++) {
		phrase->key = chain(phrase->key, &reading.words[i]);
		*beginning(evidence, phrase->key) |= beginning_bit(phrase->key);
	}
	phrase->next =
	    evidence->slots[phrase->key & (evidence->slot_count - 1)];
	evidence->slots[phrase->key & (evidence->slot_count - 1)] = phrase;
	keyword->words = (uint16_t)(keyword->words + reading.count);
	if (reading.count > evidence->longest)
		evidence->longest = reading.count;
	return OK;
}

static enum result
add_keyword(
    struct evidence *evidence, uint16_t class, const struct phrases *phrases)
{
	struct keyword *keyword =
	    arena_alloc(&evidence->arena, 1, sizeof(*keyword));
	enum result result = OK;

	if (keyword == NULL)
		return ERR_NOMEM;
	if (phrases->count == 0)
		return OK;
	keyword->class = class;
	keyword->phrase = phrases->at[0];
	for (size_t i = 0; result == OK && i < phrases->count; i++)
		result = add_phrase(evidence, keyword, phrases->at[i]);
	return result;
}

static enum result
make_table(struct evidence *evidence, const struct faq_entry *const *entries,
    size_t count)
{
	size_t phrases = 0;

	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < entries[i]->keyword_count; k++)
			phrases += entries[i]->keywords[k].count;
	}
	evidence->slot_count = 64;
	while (evidence->slot_count < phrases * 2)
		evidence->slot_count *= 2;
	evidence->slots = arena_alloc(
	    &evidence->arena, evidence->slot_count, sizeof(struct phrase *));
	evidence->beginnings =
	    arena_alloc(&evidence->arena, evidence->slot_count, 1);
	return evidence->slots != NULL && evidence->beginnings != NULL
		   ? OK
		   : ERR_NOMEM;
}

static enum result
fill(struct evidence *evidence, const struct faq_entry *const *entries,
    size_t count)
{
	enum result result = make_table(evidence, entries, count);

	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0;
		     result == OK && k < entries[i]->keyword_count; k++)
			result = add_keyword(
			    evidence, (uint16_t)i, &entries[i]->keywords[k]);
	}
	return result;
}

enum result
evidence_new(const struct faq_entry *const *entries, size_t count,
    const struct glossary *glossary, struct evidence **evidence_out,
    struct complaint *why)
{
	struct evidence *evidence = calloc(1, sizeof(*evidence));
	enum result result;

	if (evidence == NULL)
		return ERR_NOMEM;
	arena_init(&evidence->arena, ARENA_BYTES_MAX);
	evidence->glossary = glossary;
	result = fill(evidence, entries, count);
	if (result == OK)
		result = patterns_new(entries, count, &evidence->patterns, why);
	if (result != OK) {
		evidence_free(evidence);
		return result;
	}
	*evidence_out = evidence;
	return OK;
}

/* "mất" is not "mật": what was typed with accents must agree. */
static bool
accents_agree(const struct phrase *phrase, const struct word *words)
{
	for (size_t i = 0; i < phrase->count; i++) {
		if (words[i].marked && phrase->words[i].marked &&
		    !text_equal(words[i].accented, phrase->words[i].accented))
			return false;
	}
	return true;
}

static void
note_phrase(struct found *found, const struct phrase *phrase)
{
	for (size_t i = 0; i < found->count; i++) {
		if (found->at[i] == phrase)
			return;
	}
	if (found->count < FOUND_MAX)
		found->at[found->count++] = phrase;
}

static void
scan(const struct evidence *evidence, const struct word *words, size_t count,
    struct found *found)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t key = 0;

		for (size_t k = i; k < count && k - i < evidence->longest;
		     k++) {
			const struct phrase *phrase;

			key = chain(key, &words[k]);
			if ((*beginning(evidence, key) & beginning_bit(key)) ==
			    0)
				break;
			phrase =
			    evidence->slots[key & (evidence->slot_count - 1)];
			for (; phrase != NULL; phrase = phrase->next) {
				if (phrase->key == key &&
				    phrase->count == k - i + 1 &&
				    accents_agree(phrase, words + i))
					note_phrase(found, phrase);
			}
		}
	}
}

/* The words as typed, where the reading changed some. */
static enum result
scan_typed(const struct evidence *evidence, const struct tokens *tokens,
    struct arena *arena, struct found *found)
{
	struct reading typed;
	enum result result = reading_of(tokens, NULL, NULL, arena, &typed);

	if (result == OK)
		scan(evidence, typed.words, typed.count, found);
	return result;
}

static void
report_keywords(const struct found *found, struct evidence_hits *out)
{
	for (size_t i = 0; i < found->count; i++) {
		const struct keyword *keyword = found->at[i]->keyword;
		size_t stands = 0;
		bool first = true;

		for (size_t k = 0; k < found->count; k++) {
			if (found->at[k]->keyword != keyword)
				continue;
			stands++;
			first = first && k >= i;
		}
		if (first && stands >= keyword->needed &&
		    out->count < EVIDENCE_HITS_MAX)
			out->at[out->count++] = (struct evidence_hit){
				.class = keyword->class,
				.words = keyword->words,
				.phrase = keyword->phrase,
			};
	}
}

static void
report_pattern(void *context, uint16_t class, struct text_view source)
{
	struct evidence_hits *hits = context;

	if (hits->count < EVIDENCE_HITS_MAX)
		hits->at[hits->count++] = (struct evidence_hit){
			.class = class,
			.pattern = true,
			.phrase = source,
		};
}

enum result
evidence_find(const struct evidence *evidence, const struct tokens *tokens,
    const struct reading *reading, struct arena *arena,
    struct evidence_hits *out)
{
	struct found found = { .count = 0 };
	enum result result = OK;

	scan(evidence, reading->words, reading->count, &found);
	if (reading->branch_count > 0)
		result = scan_typed(evidence, tokens, arena, &found);
	if (result != OK)
		return result;
	out->count = 0;
	report_keywords(&found, out);
	return patterns_find(evidence->patterns, tokens, report_pattern, out);
}
