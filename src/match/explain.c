/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Why an entry scored as it did.
 *
 * The score is a sum over features, so it can be taken apart exactly: each
 * feature's part goes to the word it came from, letter runs included, and the
 * part of a pair to the two words together.  Keywords and patterns stand
 * beside them with what they added. */
#include "candidates.h"

#include <math.h>

struct part {
	struct text_view phrase;
	double weight;
	const char *kind;
};

/* Places 2t and 2t + 1: token t alone, and with the token behind it. */
struct parts {
	struct part *at;
	size_t count;
};

static uint16_t
class_of(const struct match_index *index, const struct faq_entry *entry)
{
	for (uint16_t i = 0; i < index->entry_count; i++) {
		if (index->entries[i] == entry)
			return i;
	}
	return RANKER_NO_CLASS;
}

static bool
is_pair(const struct feature *feature)
{
	return feature->kind == FEATURE_PAIR ||
	       feature->kind == FEATURE_MARKED_PAIR;
}

static struct text_view
phrase_at(const struct tokens *tokens, size_t place)
{
	const struct token *first = &tokens->at[place / 2];
	const struct token *last = first;

	if (place % 2 == 1 && place / 2 + 1 < tokens->count)
		last = first + 1;
	return (struct text_view){ first->typed.at,
		(size_t)(last->typed.at + last->typed.len - first->typed.at) };
}

/* A feature that occurs several times shares its part among them. */
static enum result
add_features(const struct match_index *index, const struct question *question,
    uint16_t class, struct arena *arena, struct parts *parts)
{
	const struct features *features = &question->features;
	const struct vector *vector = &question->vector;
	float *total = arena_alloc(arena, vector->count + 1, sizeof(*total));

	if (total == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < features->count; i++) {
		if (vector->item[i] != VOCABULARY_UNKNOWN)
			total[vector->item[i]] += features->at[i].weight;
	}
	for (size_t i = 0; i < features->count; i++) {
		const struct feature *feature = &features->at[i];
		uint32_t item = vector->item[i];
		size_t place = feature->token * 2U + (is_pair(feature) ? 1 : 0);

		if (item == VOCABULARY_UNKNOWN)
			continue;
		parts->at[place].weight +=
		    (double)(feature->weight / total[item] * vector->x[item] *
			     weights_of(index->weights,
				 (struct weights_place){
				     vector->number[item], class }));
	}
	return OK;
}

static void
name_parts(const struct question *question, struct parts *parts)
{
	parts->count = question->tokens.count * 2;
	for (size_t i = 0; i < parts->count; i++) {
		parts->at[i].phrase = phrase_at(&question->tokens, i);
		parts->at[i].kind = "words";
	}
}

static void
add_hits(const struct question *question, uint16_t class, struct parts *parts)
{
	const struct evidence_hits *hits = &question->hits;

	for (size_t i = 0; i < hits->count; i++) {
		if (hits->at[i].class != class)
			continue;
		parts->at[parts->count++] = (struct part){
			.phrase = hits->at[i].phrase,
			.weight = candidates_bonus(&hits->at[i]),
			.kind = hits->at[i].pattern ? "pattern" : "keyword",
		};
	}
}

/* Move the strongest parts to OUT, each as a share of all of them. */
static void
take_strongest(struct parts *parts, struct match_explanation *out)
{
	double all = 0;

	for (size_t i = 0; i < parts->count; i++)
		all += fabs(parts->at[i].weight);
	out->count = 0;
	while (out->count < MATCH_REASONS_MAX) {
		struct part *best = NULL;

		for (size_t i = 0; i < parts->count; i++) {
			struct part *part = &parts->at[i];

			if (part->weight != 0 &&
			    (best == NULL ||
				fabs(part->weight) > fabs(best->weight)))
				best = part;
		}
		if (best == NULL)
			return;
		out->reasons[out->count++] =
		    (struct match_reason){ best->phrase, best->weight / all,
			    best->kind };
		best->weight = 0;
	}
}

enum result
match_explain(const struct match_index *index, struct text_view text,
    const struct faq_entry *entry, struct arena *arena,
    struct match_explanation *out)
{
	struct question question;
	struct parts parts = { 0 };
	struct text_view copy;
	uint16_t class = class_of(index, entry);
	enum result result = arena_text(arena, text, &copy);

	if (result == OK)
		result =
		    question_read(index, copy, UINT16_MAX, arena, &question);
	if (result != OK)
		return result;
	parts.at = arena_alloc(arena,
	    question.tokens.count * 2 + question.hits.count + 1,
	    sizeof(*parts.at));
	if (parts.at == NULL)
		return ERR_NOMEM;
	name_parts(&question, &parts);
	if (class != RANKER_NO_CLASS) {
		result = add_features(index, &question, class, arena, &parts);
		add_hits(&question, class, &parts);
	}
	if (result == OK)
		take_strongest(&parts, out);
	return result;
}
