/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A base of thousands of entries, of which a curator changed one.
 *
 * Learning all of it again takes a minute for the sake of ten phrasings.  So
 * the weights of the last index are taken over, and only the entries that
 * differ learn: from their own phrasings, from those of the entries that theirs
 * are most easily taken for, and from a sample of all the others, so that a new
 * entry does not speak up where it has no business.
 *
 * Features keep their numbers and their rarity; new ones are put behind them.
 * Calibration and thresholds stay: one entry in thousands does not move them.
 * All this drifts from what learning anew would give, by little each time; so
 * once one entry in fifty has changed since, everything is learnt anew.  The
 * outcome depends on the last index and the base, and on nothing else. */
#include "renewal.h"
#include "amendment.h"
#include "changes.h"
#include "question.h"
#include "train.h"

#include <stdlib.h>

enum {
	ENTRIES_MIN = 500,  /* with fewer, learning all is quick */
	CHANGED_SHARE = 50, /* one entry in so many */
	RIVALS = 12,	    /* for each phrasing */
	RIVALS_MAX = 96,    /* for all together */
	PASSES = 24,
	SAMPLE_ENTRIES = 96, /* of those that are no rivals */
};

/* What is learnt from, class by class. */
struct lesson_plan {
	const struct faq_entry **entries;
	uint16_t *class; /* of each */
	uint16_t count;
	bool *chosen; /* by class */
	bool *open;   /* by class: it changed */
	size_t rivals;
};

static enum result
plan_init(struct lesson_plan *plan, const struct match_index *index)
{
	size_t classes = index->entry_count + 1U;

	*plan = (struct lesson_plan){ 0 };
	plan->entries = calloc(classes, sizeof(const struct faq_entry *));
	plan->class = calloc(classes, sizeof(*plan->class));
	plan->chosen = calloc(classes, sizeof(*plan->chosen));
	plan->open = calloc(classes, sizeof(*plan->open));
	return plan->entries != NULL && plan->class != NULL &&
		       plan->chosen != NULL && plan->open != NULL
		   ? OK
		   : ERR_NOMEM;
}

static void
plan_fini(struct lesson_plan *plan)
{
	free(plan->entries);
	free(plan->class);
	free(plan->chosen);
	free(plan->open);
}

static void
plan_add(
    struct lesson_plan *plan, const struct match_index *index, uint16_t class)
{
	if (class >= index->entry_count || plan->chosen[class])
		return;
	plan->chosen[class] = true;
	plan->entries[plan->count] = index->entries[class];
	plan->class[plan->count++] = class;
}

/* Read the phrasings of the entries of PLAN; with COUNTS, into the vocabulary
 * that is still empty, else as the one of INDEX knows them. */
static enum result
read_plan(const struct match_index *index, const struct lesson_plan *plan,
    struct vocabulary *counts, struct training *training)
{
	const struct phrases none = { NULL, 0 };
	const struct training_source source = { .entries = plan->entries,
		.entry_count = plan->count,
		.off_topic = counts == NULL ? &index->faq->off_topic : &none,
		.closed = counts == NULL };
	enum result result = training_collect(&source, index->glossary,
	    counts == NULL ? index->vocabulary : counts, training);

	for (size_t i = 0; result == OK && i < training->count; i++) {
		struct example *example = &training->examples[i];

		example->class = example->class == RANKER_NO_CLASS
				     ? RANKER_NO_CLASS
				 : example->class == plan->count
				     ? index->entry_count
				     : plan->class[example->class];
		if (example->avoided != RANKER_NO_CLASS)
			example->avoided = plan->class[example->avoided];
	}
	return result;
}

/* The words of the changed entries, behind those of the last index. */
static enum result
renew_vocabulary(struct match_index *index, const struct match_index *previous,
    const struct lesson_plan *changed)
{
	struct vocabulary *added = vocabulary_new();
	struct vocabulary *vocabulary = NULL;
	struct training training = { 0 };
	enum result result = added == NULL
				 ? ERR_NOMEM
				 : read_plan(index, changed, added, &training);

	if (result == OK)
		result = vocabulary_copy(previous->vocabulary, &vocabulary);
	if (result == OK)
		result = vocabulary_extend(vocabulary, added);
	if (result == OK) {
		vocabulary_free(index->vocabulary);
		index->vocabulary = vocabulary;
		vocabulary = NULL; /* handed over */
	}
	vocabulary_free(vocabulary);
	vocabulary_free(added);
	training_fini(&training);
	return result;
}

/* The classes that score highest for one phrasing. */
static void
add_rivals(const struct match_index *index, const struct vector *vector,
    float *scores, struct lesson_plan *plan)
{
	for (size_t i = 0; i < WEIGHTS_ROOM(index->entry_count + 1U); i++)
		scores[i] = 0;
	weights_score(index->weights, vector, vector->count, 1, scores);
	for (size_t n = 0; n < RIVALS && plan->rivals < RIVALS_MAX; n++) {
		uint16_t best = 0;

		for (uint16_t i = 1; i < index->entry_count; i++)
			best = scores[i] > scores[best] ? i : best;
		plan->rivals += plan->chosen[best] ? 0 : 1;
		plan_add(plan, index, best);
		scores[best] = -1;
	}
}

/* From the changed entries to all that is to be learnt from. */
static enum result
widen_plan(const struct match_index *index, const struct training *changed,
    struct lesson_plan *plan)
{
	uint32_t stride = index->entry_count / SAMPLE_ENTRIES + 1U;
	float *scores =
	    calloc(WEIGHTS_ROOM(index->entry_count + 1U), sizeof(*scores));

	if (scores == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < changed->count; i++) {
		if (changed->examples[i].class < index->entry_count)
			add_rivals(
			    index, &changed->examples[i].vector, scores, plan);
	}
	for (uint32_t i = 0; i < index->entry_count; i += stride)
		plan_add(plan, index, (uint16_t)i);
	free(scores);
	return OK;
}

static enum result
learn_on(struct match_index *index, const struct lesson_plan *plan)
{
	struct lesson lesson = { .class_count =
				     (uint16_t)(index->entry_count + 1),
		.feature_count = vocabulary_size(index->vocabulary),
		.passes = PASSES,
		.held_out = UINT16_MAX };
	struct training training;
	enum result result = read_plan(index, plan, NULL, &training);

	lesson.examples = training.examples;
	lesson.example_count = training.count;
	if (result == OK)
		result = amendment_learn(&lesson, plan->open, index->weights);
	if (result == OK)
		result = weights_pack(index->weights);
	training_fini(&training);
	return result;
}

static enum result
take_over(struct match_index *index, const struct match_index *previous,
    const struct changes *changes, const struct training *changed)
{
	const struct weights_shape shape = {
		.feature_count = vocabulary_size(index->vocabulary),
		.class_count = (uint16_t)(index->entry_count + 1),
	};
	const struct lesson lesson = { .examples = changed->examples,
		.example_count = changed->count,
		.feature_count = shape.feature_count,
		.class_count = shape.class_count };
	enum result result = weights_copy(
	    previous->weights, changes->class_map, &shape, &index->weights);

	if (result == OK)
		result = phrasebook_renew(previous->phrasebook,
		    changes->same_map, &lesson, &index->phrasebook);
	if (result == OK)
		result = changes_carry_trials(changes, previous, index);
	index->calibration = previous->calibration;
	index->thresholds = previous->thresholds;
	return result;
}

static enum result
renew(struct match_index *index, const struct match_index *previous,
    const struct changes *changes)
{
	struct lesson_plan plan;
	struct training changed = { 0 };
	enum result result = plan_init(&plan, index);

	for (size_t i = 0; result == OK && i < changes->changed_count; i++) {
		plan_add(&plan, index, changes->changed[i]);
		plan.open[changes->changed[i]] = true;
	}
	if (result == OK)
		result = renew_vocabulary(index, previous, &plan);
	if (result == OK)
		result = read_plan(index, &plan, NULL, &changed);
	if (result == OK)
		result = take_over(index, previous, changes, &changed);
	if (result == OK)
		result = widen_plan(index, &changed, &plan);
	if (result == OK)
		result = learn_on(index, &plan);
	index->renewed_count = changes->total;
	training_fini(&changed);
	plan_fini(&plan);
	return result;
}

enum result
renewal_learn(struct match_index *index, const struct match_index *previous,
    bool *done_out)
{
	struct changes changes;
	enum result result;

	*done_out = false;
	if (index->entry_count < ENTRIES_MIN ||
	    !changes_same_readers(index, previous))
		return OK;
	result = changes_find(index, previous, &changes);
	if (result == OK && changes.in_order &&
	    changes.total * CHANGED_SHARE <= index->entry_count) {
		result = renew(index, previous, &changes);
		*done_out = result == OK;
	}
	changes_fini(&changes);
	return result;
}
