/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* From a masked text to a set of terms.
 *
 * Words are folded, so that those who type without marks are in the same group
 * as those who do.  A folded syllable says little by itself (mat: mất, mật,
 * mặt), its pair with a neighbour says much; fillers between two words do not
 * part them.  Abbreviations with one meaning are read as that meaning; those
 * with several stay as typed, for a guess would join what does not belong
 * together. */
#include "signature.h"

#include <stdlib.h>

#include "hash.h"

/* The longest tag of mask.c is shorter. */
enum { TAG_MAX_BYTES = 48 };

/* The lowest bits of a term say its kind. */
enum { KIND_MASK = 3 };
_Static_assert(TERM_KINDS <= KIND_MASK + 1, "two bits hold every kind");

struct reader {
	const struct signature_tools *tools;
	struct arena *arena;
	struct tokens words; /* abbreviations expanded */
	struct signature signature;
	uint64_t before; /* hash of the word before, 0: none */
};

enum term_kind
signature_kind(uint64_t term)
{
	return (enum term_kind)(term & KIND_MASK);
}

static void
add_term(struct reader *reader, uint64_t hash, enum term_kind kind)
{
	if (reader->signature.count < SIGNATURE_TERMS_MAX)
		reader->signature.terms[reader->signature.count++] =
		    (hash & ~(uint64_t)KIND_MASK) | kind;
}

static void
add_word(struct reader *reader, struct text_view folded)
{
	uint64_t hash = hash64(folded, 0);
	const uint64_t both[2] = { reader->before, hash };

	add_term(reader, hash, TERM_WORD);
	if (reader->before != 0)
		add_term(reader,
		    hash64(
			(struct text_view){ (const char *)both, sizeof(both) },
			1),
		    TERM_PAIR);
	reader->before = hash;
}

static void
add_hit(struct reader *reader, const struct lexicon_hit *hit)
{
	if (hit->kind == LEXICON_FILLER) {
		add_term(reader, hash64(hit->name, 0), TERM_FILLER);
		return;
	}
	add_term(reader, hash64(hit->name, 0), TERM_NEED);
	reader->before = 0;
}

/* ---- abbreviations ---- */

static void
add_token(struct reader *reader, const struct token *token)
{
	struct token word = *token;

	if (token->kind == TOKEN_EMOJI ||
	    reader->words.count == SIGNATURE_WORDS_MAX)
		return;
	if (token->skeleton.len > 0 && !syllable_valid(token->folded)) {
		word.folded = token->skeleton;
		word.accented = token->skeleton;
		word.marked = false;
	}
	reader->words.at[reader->words.count++] = word;
}

static enum result
expand(struct reader *reader, const struct tokens *typed)
{
	const struct glossary *glossary = reader->tools->glossary;

	reader->words.at = arena_alloc(
	    reader->arena, SIGNATURE_WORDS_MAX, sizeof(struct token));
	if (reader->words.at == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < typed->count;) {
		const struct glossary_line *line =
		    glossary == NULL ? NULL : glossary_find(glossary, typed, i);

		if (line == NULL || line->mean_count != 1) {
			add_token(reader, &typed->at[i++]);
			continue;
		}
		for (size_t j = 0; j < line->means[0].count; j++)
			add_token(reader, &line->means[0].at[j]);
		i += line->written.count;
	}
	reader->words.marked = typed->marked;
	return OK;
}

/* ---- the whole ---- */

enum result
signature_untagged(
    struct text_view text, struct arena *arena, struct text_view *out)
{
	char *kept = arena_alloc(arena, text.len + 1, 1);
	size_t len = 0;

	if (kept == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < text.len; i++) {
		struct text_view rest = text_slice(text, i, i + TAG_MAX_BYTES);
		size_t end =
		    text.at[i] == '[' ? text_find(rest, TEXT("]")) : SIZE_MAX;

		kept[len++] = end == SIZE_MAX ? text.at[i] : ' ';
		i += end == SIZE_MAX ? 0 : end;
	}
	*out = (struct text_view){ kept, len };
	return OK;
}

static int
compare_terms(const void *a, const void *b)
{
	const uint64_t *left = a;
	const uint64_t *right = b;

	return (*left > *right) - (*left < *right);
}

static void
sort_terms(struct signature *signature)
{
	size_t kept = 0;

	qsort(signature->terms, signature->count, sizeof(uint64_t),
	    compare_terms);
	for (size_t i = 0; i < signature->count; i++) {
		if (kept == 0 ||
		    signature->terms[i] != signature->terms[kept - 1])
			signature->terms[kept++] = signature->terms[i];
	}
	signature->count = kept;
}

static void
read_words(struct reader *reader)
{
	const struct tokens *words = &reader->words;

	for (size_t i = 0; i < words->count;) {
		struct lexicon_hit hit;

		if (lexicon_find(reader->tools->lexicon, words, i, &hit)) {
			add_hit(reader, &hit);
			i += hit.width;
		} else {
			add_word(reader, words->at[i++].folded);
		}
	}
}

enum result
signature_read(const struct signature_tools *tools, struct text_view text,
    struct arena *arena, struct signature *out)
{
	struct reader reader = { .tools = tools, .arena = arena };
	struct text_view untagged;
	struct tokens typed;
	enum result result = signature_untagged(text, arena, &untagged);

	if (result == OK)
		result = tokens_read(untagged, arena, &typed);
	if (result == OK)
		result = expand(&reader, &typed);
	if (result != OK)
		return result;
	reader.signature.terms =
	    arena_alloc(arena, SIGNATURE_TERMS_MAX, sizeof(uint64_t));
	if (reader.signature.terms == NULL)
		return ERR_NOMEM;
	read_words(&reader);
	if (reader.signature.count == 0)
		add_term(&reader, hash64(TEXT(""), 0), TERM_WORD);
	reader.signature.marked = typed.marked;
	sort_terms(&reader.signature);
	*out = reader.signature;
	return OK;
}
