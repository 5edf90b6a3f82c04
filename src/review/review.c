/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Sorting questions into groups, one at a time: a question goes to the group
 * that it is most like, or founds one of its own below a threshold.
 *
 * What is held depends on the groups' exemplars alone and never on the past: a
 * restart that loads the same groups goes on as if nothing had happened.  The
 * threshold was chosen on questions written for it, and a test holds what it
 * reaches (tests/unit/review/review_test.c). */
#include "review.h"

#include <math.h>
#include <stdlib.h>

#include "hash.h"
#include "search.h"

enum { SCRATCH_MAX_BYTES = 1 << 20 };

static const double alike_enough = 0.46;
/* What of two is the representative, if they are equally like the others. */
static const double marked_gain = 1.25;

struct review {
	struct review_options options;
	struct lexicon *lexicon;
	struct shelf shelf;
	struct search search;
	struct arena scratch; /* of one call */
};

struct review *
review_new(const struct review_options *options)
{
	struct review *review = calloc(1, sizeof(*review));

	if (review == NULL)
		return NULL;
	review->options = *options;
	arena_init(&review->scratch, SCRATCH_MAX_BYTES);
	review->lexicon = lexicon_new();
	if (review->lexicon == NULL) {
		review_free(review);
		return NULL;
	}
	return review;
}

void
review_free(struct review *review)
{
	if (review == NULL)
		return;
	shelf_fini(&review->shelf);
	search_fini(&review->search);
	lexicon_free(review->lexicon);
	arena_fini(&review->scratch);
	free(review);
}

size_t
review_groups(const struct review *review)
{
	return shelf_group_total(&review->shelf);
}

/* ---- the candidates as the log keeps them, "id 0.93, id 0.41" ---- */

struct text_view
review_nearest(struct text_view candidates)
{
	size_t end = text_find(candidates, TEXT(" "));

	return text_slice(candidates, 0, end == SIZE_MAX ? 0 : end);
}

static uint64_t
nearest_hash(struct text_view candidates)
{
	struct text_view nearest = review_nearest(candidates);

	return nearest.len == 0 ? 0 : hash64(nearest, 0);
}

/* The number behind the first id. */
static double
nearest_confidence(struct text_view candidates)
{
	size_t at = review_nearest(candidates).len;
	double unit = 1;
	double value = 0;

	for (; at < candidates.len && candidates.at[at] != ','; at++) {
		char byte = candidates.at[at];

		if (byte < '0' || byte > '9')
			continue;
		value += unit * (byte - '0');
		unit /= 10;
	}
	return fmin(value, 1);
}

/* ---- a question against the index ---- */

static enum result
read_terms(struct review *review, struct text_view text, struct signature *out)
{
	const struct signature_tools tools = { review->lexicon,
		review->options.glossary };

	arena_reset(&review->scratch);
	return signature_read(&tools, text, &review->scratch, out);
}

static int
compare_numbers(const void *a, const void *b)
{
	const uint32_t *left = a;
	const uint32_t *right = b;

	return (*left > *right) - (*left < *right);
}

static void
weigh(const struct shelf *shelf, const struct signature *signature,
    struct probe *probe)
{
	for (size_t i = 0; i < signature->count; i++) {
		uint64_t term = signature->terms[i];
		uint32_t number = postings_number(&shelf->postings, term);
		enum term_kind kind = signature_kind(term);

		probe->asks = probe->asks || kind == TERM_NEED;
		if (number == MAP_NONE)
			probe->weight +=
			    likeness_weight(kind, 0, shelf->live_exemplars);
		else
			probe->numbers[probe->count++] = number;
	}
	qsort(probe->numbers, probe->count, sizeof(uint32_t), compare_numbers);
	for (size_t i = 0; i < probe->count; i++) {
		const struct posting *list =
		    &shelf->postings.lists[probe->numbers[i]];
		double weight = likeness_weight(signature_kind(list->term),
		    list->count, shelf->live_exemplars);

		probe->weights[i] = (float)weight;
		probe->weight += weight;
	}
}

static enum result
make_probe(struct review *review, const struct review_question *question,
    struct probe *out)
{
	struct probe probe = { .nearest = nearest_hash(question->candidates),
		.confidence = nearest_confidence(question->candidates) };
	struct signature signature;
	enum result result = read_terms(review, question->text, &signature);

	if (result != OK)
		return result;
	probe.numbers = arena_alloc(
	    &review->scratch, SIGNATURE_TERMS_MAX, sizeof(uint32_t));
	probe.weights =
	    arena_alloc(&review->scratch, SIGNATURE_TERMS_MAX, sizeof(float));
	if (probe.numbers == NULL || probe.weights == NULL)
		return ERR_NOMEM;
	weigh(&review->shelf, &signature, &probe);
	*out = probe;
	return OK;
}

enum result
review_find(struct review *review, const struct review_question *question,
    struct review_match *out)
{
	struct review_match best;
	struct probe probe;
	enum result result = make_probe(review, question, &probe);

	if (result == OK)
		result =
		    search_run(&review->search, &review->shelf, &probe, &best);
	if (result != OK)
		return result;
	if (best.likeness < alike_enough)
		return ERR_NOT_FOUND;
	*out = best;
	return OK;
}

/* ---- editing ---- */

static bool
is_same(const struct exemplar *a, const struct exemplar *b)
{
	if (a->count != b->count)
		return false;
	for (uint32_t i = 0; i < a->count; i++) {
		if (a->numbers[i] != b->numbers[i])
			return false;
	}
	return true;
}

/* Another question in the same words teaches nothing. */
static bool
is_held(const struct shelf *shelf, const struct exemplar *exemplar)
{
	const struct shelf_group *group = &shelf->groups[exemplar->group];

	for (uint32_t i = 0; i < group->count; i++) {
		if (is_same(&shelf->exemplars[group->exemplars[i]], exemplar))
			return true;
	}
	return false;
}

static enum result
learn_terms(
    struct review *review, struct text_view text, struct exemplar *exemplar)
{
	struct signature signature;
	enum result result = read_terms(review, text, &signature);

	if (result != OK)
		return result;
	exemplar->count = (uint32_t)signature.count;
	exemplar->marked = signature.marked;
	exemplar->numbers = arena_alloc(
	    &review->scratch, SIGNATURE_TERMS_MAX, sizeof(uint32_t));
	if (exemplar->numbers == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; result == OK && i < signature.count; i++)
		result = postings_learn(&review->shelf.postings,
		    signature.terms[i], &exemplar->numbers[i]);
	if (result == OK)
		qsort(exemplar->numbers, signature.count, sizeof(uint32_t),
		    compare_numbers);
	return result;
}

static enum result
add_exemplar(struct review *review, uint32_t group,
    const struct review_question *question)
{
	struct exemplar exemplar = { .question = question->id,
		.group = group,
		.nearest = nearest_hash(question->candidates),
		.confidence = nearest_confidence(question->candidates) };
	enum result result = learn_terms(review, question->text, &exemplar);

	if (result != OK || is_held(&review->shelf, &exemplar))
		return result;
	return shelf_add(&review->shelf, &exemplar);
}

enum result
review_add(struct review *review, uint64_t group,
    const struct review_question *question)
{
	struct shelf *shelf = &review->shelf;
	uint32_t slot = shelf_group_of(shelf, group);
	bool is_new = slot == MAP_NONE;
	enum result result = OK;

	if (is_new && shelf_group_total(shelf) >= review->options.groups_max)
		return ERR_TOO_LARGE;
	if (is_new)
		result = shelf_make_group(shelf, group, &slot);
	if (result != OK || shelf->groups[slot].count == REVIEW_EXEMPLARS_MAX)
		return result;
	result = add_exemplar(review, slot, question);
	if (result != OK && is_new)
		shelf_forget(shelf, slot);
	return result;
}

void
review_forget(struct review *review, uint64_t group)
{
	uint32_t slot = shelf_group_of(&review->shelf, group);

	if (slot != MAP_NONE)
		shelf_forget(&review->shelf, slot);
}

/* ---- what a group asks ---- */

/* How much an exemplar is like the others of its group; what was typed with
 * accents is easier to read. */
static double
centrality(const struct shelf *shelf, const struct shelf_group *group,
    const struct exemplar *exemplar)
{
	double sum = 0;

	for (uint32_t i = 0; i < group->count; i++) {
		const struct exemplar *other =
		    &shelf->exemplars[group->exemplars[i]];

		if (other != exemplar)
			sum += shelf_likeness(shelf, exemplar, other);
	}
	return exemplar->marked ? marked_gain * (1 + sum) : 1 + sum;
}

uint64_t
review_representative(const struct review *review, uint64_t group)
{
	const struct shelf *shelf = &review->shelf;
	uint32_t slot = shelf_group_of(shelf, group);
	const struct exemplar *best = NULL;
	double best_centrality = 0;

	if (slot == MAP_NONE)
		return 0;
	for (uint32_t i = 0; i < shelf->groups[slot].count; i++) {
		const struct exemplar *exemplar =
		    &shelf->exemplars[shelf->groups[slot].exemplars[i]];
		double value =
		    centrality(shelf, &shelf->groups[slot], exemplar);

		if (best == NULL || value > best_centrality) {
			best = exemplar;
			best_centrality = value;
		}
	}
	return best == NULL ? 0 : best->question;
}

enum result
review_words(struct text_view text, struct buf *out)
{
	struct arena arena;
	struct tokens tokens;
	enum result result;

	arena_init(&arena, SCRATCH_MAX_BYTES);
	result = tokens_read(text, &arena, &tokens);
	if (result == OK)
		result = buf_add_char(out, ' ');
	if (result == OK)
		result = tokens_join_folded(&tokens, out);
	if (result == OK)
		result = buf_add_char(out, ' ');
	arena_fini(&arena);
	return result;
}
