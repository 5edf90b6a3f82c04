/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The ranker: averaged passive-aggressive updates against the best wrong
 * class (Crammer et al., 2006), margin 2, aggressiveness 1.  The average over
 * all steps, not the last state, is kept: it is what makes so simple a learner
 * good.
 *
 * Every second pass looks at the folded features alone, so that a question
 * without accents is something the ranker has seen. */
#include "ranker.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const float margin = 2;
static const float aggressiveness = 1;

struct learner {
	const struct lesson *lesson;
	struct weights *weights;
	float *scores;
	uint32_t *order;
	size_t order_count;
	uint64_t dice;
	float step;
};

static uint16_t
best_but(const float *scores, uint16_t class_count, uint16_t but)
{
	uint16_t best = RANKER_NO_CLASS;

	for (uint16_t i = 0; i < class_count; i++) {
		if (i != but &&
		    (best == RANKER_NO_CLASS || scores[i] > scores[best]))
			best = i;
	}
	return best;
}

/* Move both classes just as far as the margin asks, at most by the
 * aggressiveness.  A not_asked_as example moves only the avoided class. */
static enum result
learn_one(struct learner *learner, const struct example *example, bool folded)
{
	const struct vector *vector = &example->vector;
	size_t count = folded ? vector->folded_count : vector->count;
	float scale = folded ? vector->folded_scale : 1;
	uint16_t class_count = learner->lesson->class_count;
	uint16_t right = example->class;
	uint16_t wrong = example->avoided;
	float loss;
	float change;

	memset(learner->scores, 0, class_count * sizeof(*learner->scores));
	weights_score(learner->weights, vector, count, scale, learner->scores);
	if (right == RANKER_NO_CLASS)
		right = best_but(learner->scores, class_count, wrong);
	else
		wrong = best_but(learner->scores, class_count, right);
	if (right == RANKER_NO_CLASS || wrong == RANKER_NO_CLASS)
		return OK;
	loss = margin - (learner->scores[right] - learner->scores[wrong]);
	if (loss <= 0)
		return OK;
	change = fminf(aggressiveness, loss / 2) * scale;
	for (size_t i = 0; i < count; i++) {
		uint32_t feature = vector->number[i];
		float x = change * vector->x[i];
		enum result result = weights_add(learner->weights,
		    (struct weights_place){ feature, wrong }, -x,
		    learner->step);

		if (result == OK && example->class != RANKER_NO_CLASS)
			result = weights_add(learner->weights,
			    (struct weights_place){ feature, right }, x,
			    learner->step);
		if (result != OK)
			return result;
	}
	return OK;
}

/* splitmix64: a fixed seed, so that the same base gives the same weights. */
static uint64_t
next_dice(uint64_t *state)
{
	uint64_t z = (*state += 0x9E3779B97F4A7C15U);

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
	return z ^ (z >> 31);
}

static void
shuffle(struct learner *learner)
{
	for (size_t i = learner->order_count; i > 1; i--) {
		size_t k = next_dice(&learner->dice) % i;
		uint32_t kept = learner->order[i - 1];

		learner->order[i - 1] = learner->order[k];
		learner->order[k] = kept;
	}
}

static enum result
learn(struct learner *learner)
{
	const struct lesson *lesson = learner->lesson;

	for (uint16_t pass = 0; pass < lesson->passes; pass++) {
		shuffle(learner);
		for (size_t i = 0; i < learner->order_count; i++) {
			const struct example *example =
			    &lesson->examples[learner->order[i]];
			enum result result =
			    learn_one(learner, example, pass % 2 == 1);

			if (result != OK)
				return result;
			learner->step += 1;
		}
	}
	return OK;
}

bool
ranker_drops(uint16_t class, uint16_t class_count, uint16_t held_out)
{
	/* The last class is "out of scope", which always stays. */
	return class + 1 < class_count &&
	       class % RANKER_DROPPED_EVERY == held_out;
}

bool
ranker_learns(
    const struct example *example, uint16_t class_count, uint16_t held_out)
{
	return example->fold != held_out &&
	       !ranker_drops(example->class, class_count, held_out) &&
	       !ranker_drops(example->avoided, class_count, held_out);
}

static enum result
learner_init(struct learner *learner, const struct lesson *lesson,
    struct weights *weights)
{
	*learner =
	    (struct learner){ .lesson = lesson, .weights = weights, .dice = 1 };
	learner->scores =
	    calloc(WEIGHTS_ROOM(lesson->class_count), sizeof(*learner->scores));
	learner->order =
	    calloc(lesson->example_count + 1, sizeof(*learner->order));
	if (learner->scores == NULL || learner->order == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < lesson->example_count; i++) {
		if (ranker_learns(&lesson->examples[i], lesson->class_count,
			lesson->held_out))
			learner->order[learner->order_count++] = (uint32_t)i;
	}
	return OK;
}

enum result
ranker_train(const struct lesson *lesson, struct weights *weights)
{
	struct learner learner;
	enum result result = learner_init(&learner, lesson, weights);

	weights_clear(weights);
	if (result == OK)
		result = learn(&learner);
	weights_settle(weights, learner.step);
	free(learner.scores);
	free(learner.order);
	return result;
}
