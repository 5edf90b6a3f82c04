/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The groups live twice: in the store, which is right, and in the index of
 * src/review/, which is fast.  The index of a group is always made anew from
 * what the store says of it: when the sorter starts, when a person or an
 * erasure has edited the group, and after the sorter itself has put questions
 * into it.  So the two cannot drift apart, and what staff do in the middle of a
 * piece is seen by the next one. */
#include "sorter.h"

#include <stdlib.h>

#include "hash.h"
#include "review.h"
#include "store_review.h"

enum {
	PIECE_QUESTIONS = 100,
	PIECE_EDITS = 200,
	/* Of a group: enough for exemplars that differ. */
	PIECE_ITEMS = 24,
	GROUPS_MAX = 30000,
	ARENA_MAX_BYTES = 64 << 20,
	WORDS_MAX_BYTES = 32768,
};

/* The group of a question that founds one, until the store has named it. */
static const uint64_t unnamed = (uint64_t)1 << 63;

struct sorter {
	struct sorting_options options;
	struct glossary *glossary;
	uint64_t lexicon_hash; /* of what the glossary was made from */
	struct review *review;
	uint64_t edit;	    /* the last one seen */
	struct arena arena; /* of one piece */
};

/* Groups to be named at the end of a step. */
struct names {
	struct review_name *at;
	size_t count;
};

struct sorter *
sorter_new(const struct sorting_options *options)
{
	struct sorter *sorter = calloc(1, sizeof(*sorter));

	if (sorter == NULL)
		return NULL;
	sorter->options = *options;
	arena_init(&sorter->arena, ARENA_MAX_BYTES);
	return sorter;
}

void
sorter_free(struct sorter *sorter)
{
	if (sorter == NULL)
		return;
	review_free(sorter->review);
	glossary_free(sorter->glossary);
	arena_fini(&sorter->arena);
	free(sorter);
}

/* ---- the abbreviations ---- */

static uint64_t
hash_lexicon(const struct faq *faq)
{
	uint64_t hash = 1;

	for (size_t i = 0; i < faq->lexicon_count; i++) {
		const struct faq_synonym *line = &faq->lexicon[i];

		hash = hash64(line->written, hash);
		for (size_t j = 0; j < line->means.count; j++)
			hash = hash64(line->means.at[j], hash);
	}
	return hash;
}

static enum result
fill_glossary(const struct faq *faq, struct glossary *glossary)
{
	enum result result = OK;

	for (size_t i = 0; result == OK && i < faq->lexicon_count; i++)
		result = glossary_add(glossary, faq->lexicon[i].written,
		    faq->lexicon[i].means.at, faq->lexicon[i].means.count);
	return result;
}

/* Begin anew with the abbreviations of FAQ. */
static enum result
make_index(struct sorter *sorter, const struct faq *faq, uint64_t hash)
{
	struct review_options options = { .groups_max = GROUPS_MAX };
	struct glossary *glossary = glossary_new();
	struct review *review = NULL;
	enum result result =
	    glossary == NULL ? ERR_NOMEM : fill_glossary(faq, glossary);

	if (result != OK)
		goto out;
	options.glossary = glossary;
	review = review_new(&options);
	result = review == NULL ? ERR_NOMEM : OK;
	if (result != OK)
		goto out;
	review_free(sorter->review);
	glossary_free(sorter->glossary);
	sorter->review = review;
	sorter->glossary = glossary;
	sorter->lexicon_hash = hash;
	sorter->edit = 0;
	glossary = NULL; /* handed over */
out:
	glossary_free(glossary);
	return result;
}

static enum result
refresh_index(struct sorter *sorter)
{
	const struct knowledge *knowledge =
	    knowledge_slot_get(sorter->options.knowledge);
	uint64_t hash = hash_lexicon(knowledge->faq);
	enum result result = OK;

	if (sorter->review == NULL || hash != sorter->lexicon_hash)
		result = make_index(sorter, knowledge->faq, hash);
	knowledge_drop(knowledge);
	return result;
}

/* ---- one group, from the store into the index ---- */

/* A full index is no fault: what does not fit is found by nobody. */
static enum result
index_item(
    struct sorter *sorter, uint64_t group, const struct review_item *item)
{
	const struct review_question question = { item->id, item->text,
		item->candidates };
	enum result result = review_add(sorter->review, group, &question);

	return result == ERR_TOO_LARGE ? OK : result;
}

static enum result
add_name(struct sorter *sorter, uint64_t group,
    const struct review_item *representative, struct names *names)
{
	struct review_name *name = &names->at[names->count];
	struct buf words;
	enum result result;

	*name = (struct review_name){ .group = group,
		.representative = representative->id,
		.nearest = review_nearest(representative->candidates) };
	buf_init(&words, WORDS_MAX_BYTES);
	result = review_words(representative->text, &words);
	if (result == OK)
		result =
		    arena_text(&sorter->arena, buf_view(&words), &name->words);
	buf_fini(&words);
	names->count += result == OK ? 1 : 0;
	return result;
}

static enum result
load_group(struct sorter *sorter, uint64_t group, struct names *names)
{
	struct review_item *items = NULL;
	size_t count = 0;
	uint64_t representative;
	enum result result = store_review_items(sorter->options.store, group,
	    PIECE_ITEMS, &sorter->arena, &items, &count);

	review_forget(sorter->review, group);
	for (size_t i = 0; result == OK && i < count; i++)
		result = index_item(sorter, group, &items[i]);
	representative = review_representative(sorter->review, group);
	for (size_t i = 0; result == OK && i < count; i++)
		if (items[i].id == representative)
			return add_name(sorter, group, &items[i], names);
	return result;
}

static enum result
begin_names(struct sorter *sorter, size_t most, struct names *out)
{
	out->count = 0;
	out->at = arena_alloc(&sorter->arena, most, sizeof(*out->at));
	return out->at == NULL ? ERR_NOMEM : OK;
}

static enum result
keep_names(struct sorter *sorter, const struct names *names)
{
	if (names->count == 0)
		return OK;
	return store_review_name(
	    sorter->options.store, names->at, names->count);
}

/* ---- what was edited ---- */

static enum result
follow_edits(struct sorter *sorter, bool *more_out)
{
	struct review_edit *edits = NULL;
	struct names names;
	size_t count = 0;
	enum result result;

	arena_reset(&sorter->arena);
	result = begin_names(sorter, PIECE_EDITS, &names);
	if (result == OK)
		result = store_review_edits(sorter->options.store, sorter->edit,
		    PIECE_EDITS, &sorter->arena, &edits, &count);
	for (size_t i = 0; result == OK && i < count; i++) {
		if (edits[i].open)
			result = load_group(sorter, edits[i].group, &names);
		else
			review_forget(sorter->review, edits[i].group);
	}
	if (result == OK)
		result = keep_names(sorter, &names);
	if (result != OK)
		return result;
	if (count > 0)
		sorter->edit = edits[count - 1].number;
	*more_out = count == PIECE_EDITS;
	return OK;
}

/* ---- what is new ---- */

static enum result
find_place(struct sorter *sorter, const struct review_item *item,
    struct review_placement *out)
{
	const struct review_question question = { item->id, item->text,
		item->candidates };
	struct review_match match = { .group = unnamed | item->id };
	enum result result = review_find(sorter->review, &question, &match);

	if (result != OK && result != ERR_NOT_FOUND)
		return result;
	*out = (struct review_placement){ .question = item->id,
		.beside = match.beside };
	/* For those that come after it. */
	return index_item(sorter, match.group, item);
}

/* Every group that got a question, once. */
static enum result
load_placed(struct sorter *sorter, const struct review_placement *placements,
    size_t count, struct names *names)
{
	enum result result = OK;

	for (size_t i = 0; result == OK && i < count; i++) {
		uint64_t group = placements[i].group;
		size_t before = 0;

		while (placements[before].group != group)
			before++;
		if (group != 0 && before == i)
			result = load_group(sorter, group, names);
	}
	return result == OK ? keep_names(sorter, names) : result;
}

static enum result
sort_items(struct sorter *sorter, const struct review_item *items, size_t count)
{
	struct review_placement *placements =
	    arena_alloc(&sorter->arena, count, sizeof(*placements));
	struct names names;
	enum result result = begin_names(sorter, count, &names);

	if (placements == NULL || result != OK)
		return ERR_NOMEM;
	for (size_t i = 0; result == OK && i < count; i++)
		result = find_place(sorter, &items[i], &placements[i]);
	if (result == OK)
		result = store_review_place(
		    sorter->options.store, placements, count);
	for (size_t i = 0; i < count; i++)
		review_forget(sorter->review, unnamed | items[i].id);
	return result == OK ? load_placed(sorter, placements, count, &names)
			    : result;
}

static enum result
sort_pending(struct sorter *sorter, bool *more_out)
{
	struct review_item *items = NULL;
	size_t count = 0;
	enum result result;

	arena_reset(&sorter->arena);
	result = store_review_pending(sorter->options.store, PIECE_QUESTIONS,
	    &sorter->arena, &items, &count);
	if (result == OK && count > 0)
		result = sort_items(sorter, items, count);
	if (result == OK)
		*more_out = count == PIECE_QUESTIONS;
	return result;
}

enum result
sorter_piece(struct sorter *sorter, bool *more_out)
{
	bool more = false;
	enum result result = refresh_index(sorter);

	if (result == OK)
		result = follow_edits(sorter, &more);
	if (result == OK && !more)
		result = sort_pending(sorter, &more);
	if (result == OK)
		*more_out = more;
	else
		sorter->lexicon_hash = 0; /* the index may be half edited */
	return result;
}
