/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The ranker's updates for a few classes of many (ranker.c).
 *
 * What the other classes know was learnt from all of their examples, and this
 * lesson holds few of those: to let them learn on would make them forget.  So
 * they stand still.  An example of an open class raises it above the best of
 * all; an example of another class lowers the best of the open ones, where that
 * comes too near.
 *
 * The others are settled, so there is nothing to average: the last state is
 * taken.  It takes more passes, since only one side moves; but most examples
 * fall silent after the first, and are looked at again only now and then. */
#include "amendment.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const float margin = 2;
static const float aggressiveness = 1;

enum {
	STEP = 10007,	/* the examples come in steps of this, so that classes
			 take turns */
	LOOK_AGAIN = 3, /* passes, for an example that taught nothing */
};

struct learner {
	const struct lesson *lesson;
	const bool *open;
	struct weights *weights;
	float *scores;
	bool *silent; /* by example */
};

struct change {
	uint16_t class;
	float by;
};

/* The best class but BUT, of all or of the open ones. */
static uint16_t
best_but(const struct learner *learner, uint16_t but, bool of_all)
{
	uint16_t best = RANKER_NO_CLASS;

	for (uint16_t i = 0; i < learner->lesson->class_count; i++) {
		if (i != but && (of_all || learner->open[i]) &&
		    (best == RANKER_NO_CLASS ||
			learner->scores[i] > learner->scores[best]))
			best = i;
	}
	return best;
}

static enum result
move(struct learner *learner, const struct vector *vector, size_t count,
    struct change change)
{
	enum result result = OK;

	for (size_t i = 0; result == OK && i < count; i++)
		result = weights_add(learner->weights,
		    (struct weights_place){ vector->number[i], change.class },
		    change.by * vector->x[i], 0);
	return result;
}

static enum result
learn_one(struct learner *learner, size_t at, bool folded)
{
	const struct example *example = &learner->lesson->examples[at];
	const struct vector *vector = &example->vector;
	size_t count = folded ? vector->folded_count : vector->count;
	float scale = folded ? vector->folded_scale : 1;
	uint16_t right = example->class;
	uint16_t wrong = example->avoided;
	float loss;
	float by;

	memset(learner->scores, 0,
	    learner->lesson->class_count * sizeof(*learner->scores));
	weights_score(learner->weights, vector, count, scale, learner->scores);
	if (right == RANKER_NO_CLASS)
		right = best_but(learner, wrong, true);
	else
		wrong = best_but(learner, right, learner->open[right]);
	if (right == RANKER_NO_CLASS || wrong == RANKER_NO_CLASS)
		return OK;
	loss = margin - (learner->scores[right] - learner->scores[wrong]);
	learner->silent[at] = loss <= 0;
	if (loss <= 0)
		return OK;
	by = fminf(aggressiveness, loss) * scale;
	if (example->class != RANKER_NO_CLASS && learner->open[right])
		return move(
		    learner, vector, count, (struct change){ right, by });
	return learner->open[wrong]
		   ? move(learner, vector, count, (struct change){ wrong, -by })
		   : OK;
}

static enum result
learn(struct learner *learner)
{
	size_t count = learner->lesson->example_count;
	enum result result = OK;

	for (size_t pass = 0; pass < learner->lesson->passes; pass++) {
		for (size_t i = 0; result == OK && i < count; i++) {
			size_t at = (i * STEP + pass) % count;

			if (!learner->silent[at] || pass % LOOK_AGAIN == 0)
				result = learn_one(learner, at, pass % 2 == 1);
		}
	}
	return result;
}

enum result
amendment_learn(
    const struct lesson *lesson, const bool *open, struct weights *weights)
{
	struct learner learner = {
		.lesson = lesson, .open = open, .weights = weights
	};
	enum result result = ERR_NOMEM;

	learner.scores =
	    calloc(WEIGHTS_ROOM(lesson->class_count), sizeof(*learner.scores));
	learner.silent =
	    calloc(lesson->example_count + 1, sizeof(*learner.silent));
	if (learner.scores != NULL && learner.silent != NULL)
		result = learn(&learner);
	free(learner.scores);
	free(learner.silent);
	return result;
}
