/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* How sure may an answer be?  The base is asked its own questions.
 *
 * The examples are dealt into folds.  For each fold a ranker learns from the
 * others, and from all classes but every sixth; then it is asked the
 * examples of the fold and those of the classes it has never met.  The latter,
 * with the off-topic messages, show what a question looks like that no entry
 * answers: a base with no off-topic list still learns to refuse.  Every other
 * question is asked as if typed without accents.
 *
 * Facts and outcomes of all folds together give the calibration, and the
 * calibrated outcomes give the thresholds. */
#include "rehearsal.h"
#include "candidates.h"
#include "thresholds.h"

#include <stdlib.h>

enum {
	ASKED_CANDIDATES = 3, /* as many as a clarifying question offers */
	SCRATCH_BYTES_MAX = 64 << 20,
};

/* Out-of-scope questions weigh as much as if one in five citizens asked one,
 * however many a base happens to list. */
static const double out_of_scope_share = 0.2;

struct rehearsal {
	struct match_index *index;
	const struct training *training;
	uint16_t fold;
	struct arena scratch;
	struct trial *trials; /* of a question: side by side */
	uint16_t *classes;    /* of each trial's candidate */
	size_t trial_count;
	struct outcome *outcomes;
	size_t *first_trial; /* of each outcome; one more than outcomes */
	size_t outcome_count;
	struct match_trial *records; /* of each outcome, for curators */
};

static uint16_t
class_count(const struct rehearsal *rehearsal)
{
	return (uint16_t)(rehearsal->index->entry_count + 1);
}

static bool
is_unknown(const struct rehearsal *rehearsal, const struct example *example)
{
	return example->class == rehearsal->index->entry_count ||
	       ranker_drops(
		   example->class, class_count(rehearsal), rehearsal->fold);
}

static bool
is_asked(const struct rehearsal *rehearsal, const struct example *example)
{
	return example->class != RANKER_NO_CLASS &&
	       (example->fold == rehearsal->fold ||
		   is_unknown(rehearsal, example)) &&
	       (example->class != rehearsal->index->entry_count ||
		   example->fold == rehearsal->fold);
}

static void
note_outcome(
    struct rehearsal *rehearsal, const struct candidates *candidates, size_t at)
{
	const struct example *example = &rehearsal->training->examples[at];
	struct outcome *outcome =
	    &rehearsal->outcomes[rehearsal->outcome_count];
	bool unknown = is_unknown(rehearsal, example);

	rehearsal->records[rehearsal->outcome_count] = (struct match_trial){
		.text = rehearsal->training->texts[at],
		.entry =
		    unknown ? NULL : rehearsal->index->entries[example->class],
	};
	rehearsal->first_trial[rehearsal->outcome_count++] =
	    rehearsal->trial_count;
	outcome->in_scope = !unknown;
	for (size_t i = 0; i < candidates->count; i++) {
		struct trial *trial =
		    &rehearsal->trials[rehearsal->trial_count];

		rehearsal->classes[rehearsal->trial_count++] =
		    candidates->at[i].class;
		for (size_t k = 0; k < FACT_COUNT; k++)
			trial->fact[k] = candidates->at[i].fact[k];
		trial->right =
		    !unknown && candidates->at[i].class == example->class;
	}
	rehearsal->first_trial[rehearsal->outcome_count] =
	    rehearsal->trial_count;
}

static enum result
ask_one(struct rehearsal *rehearsal, size_t at)
{
	const struct candidates_options options = {
		.folded = at / TRAIN_FOLDS % 2 == 1,
		.held_out = rehearsal->fold,
		.most = ASKED_CANDIDATES,
	};
	struct question question;
	struct candidates candidates;
	enum result result;

	arena_reset(&rehearsal->scratch);
	result = question_read(rehearsal->index, rehearsal->training->texts[at],
	    rehearsal->fold, &rehearsal->scratch, &question);
	if (result == OK)
		result =
		    candidates_find(rehearsal->index, rehearsal->index->weights,
			&question, &options, &rehearsal->scratch, &candidates);
	if (result == OK)
		note_outcome(rehearsal, &candidates, at);
	return result;
}

static enum result
ask_fold(struct rehearsal *rehearsal)
{
	const struct training *training = rehearsal->training;
	struct lesson lesson = {
		.examples = training->examples,
		.example_count = training->count,
		.feature_count = vocabulary_size(rehearsal->index->vocabulary),
		.class_count = class_count(rehearsal),
		.passes = TRAIN_CALIBRATION_PASSES,
		.held_out = rehearsal->fold,
	};
	enum result result = ranker_train(&lesson, rehearsal->index->weights);

	for (size_t i = 0; result == OK && i < training->count; i++) {
		if (is_asked(rehearsal, &training->examples[i]))
			result = ask_one(rehearsal, i);
	}
	return result;
}

/* Each kind of question gets its share, spread over its trials. */
static void
weigh(struct rehearsal *rehearsal)
{
	double unknown = 0;
	double known = 0;

	for (size_t i = 0; i < rehearsal->outcome_count; i++) {
		if (rehearsal->outcomes[i].in_scope)
			known += 1;
		else
			unknown += 1;
	}
	for (size_t i = 0; i < rehearsal->outcome_count; i++) {
		struct outcome *outcome = &rehearsal->outcomes[i];

		outcome->weight = 1;
		if (!outcome->in_scope && known > 0)
			outcome->weight = out_of_scope_share /
					  (1 - out_of_scope_share) * known /
					  unknown;
		for (size_t k = rehearsal->first_trial[i];
		     k < rehearsal->first_trial[i + 1]; k++)
			rehearsal->trials[k].weight = outcome->weight;
	}
}

static void
judge(struct rehearsal *rehearsal)
{
	const struct calibration *calibration = &rehearsal->index->calibration;

	for (size_t i = 0; i < rehearsal->outcome_count; i++) {
		struct outcome *outcome = &rehearsal->outcomes[i];

		for (size_t k = rehearsal->first_trial[i];
		     k < rehearsal->first_trial[i + 1]; k++) {
			const struct trial *trial = &rehearsal->trials[k];
			double confidence =
			    calibration_confidence(calibration, trial->fact);

			outcome->offered = outcome->offered || trial->right;
			if (confidence <= outcome->confidence)
				continue;
			outcome->confidence = confidence;
			outcome->right = trial->right;
			rehearsal->records[i].best =
			    rehearsal->index->entries[rehearsal->classes[k]];
		}
		rehearsal->records[i].confidence = outcome->confidence;
		rehearsal->records[i].weight = outcome->weight;
	}
}

static enum result
rehearsal_init(struct rehearsal *rehearsal, struct match_index *index,
    const struct training *training)
{
	/* Once in its fold, and once as a member of a dropped class. */
	size_t most = training->count * 2 + 1;

	*rehearsal = (struct rehearsal){ .index = index, .training = training };
	arena_init(&rehearsal->scratch, SCRATCH_BYTES_MAX);
	rehearsal->trials =
	    calloc(most * ASKED_CANDIDATES, sizeof(struct trial));
	rehearsal->outcomes = calloc(most, sizeof(struct outcome));
	rehearsal->first_trial = calloc(most + 1, sizeof(size_t));
	rehearsal->classes = calloc(most * ASKED_CANDIDATES, sizeof(uint16_t));
	rehearsal->records = calloc(most, sizeof(struct match_trial));
	return rehearsal->trials != NULL && rehearsal->outcomes != NULL &&
		       rehearsal->first_trial != NULL &&
		       rehearsal->classes != NULL && rehearsal->records != NULL
		   ? OK
		   : ERR_NOMEM;
}

enum result
rehearse(struct match_index *index, const struct training *training)
{
	struct rehearsal rehearsal;
	enum result result = rehearsal_init(&rehearsal, index, training);

	for (uint16_t fold = 0; result == OK && fold < TRAIN_FOLDS; fold++) {
		rehearsal.fold = fold;
		result = ask_fold(&rehearsal);
	}
	if (result == OK) {
		weigh(&rehearsal);
		calibration_fit(rehearsal.trials, rehearsal.trial_count,
		    &index->calibration);
		judge(&rehearsal);
		index->trials = rehearsal.records;
		index->trial_count = rehearsal.outcome_count;
		rehearsal.records = NULL; /* handed over */
		thresholds_choose(rehearsal.outcomes, rehearsal.outcome_count,
		    &index->thresholds);
	}
	arena_fini(&rehearsal.scratch);
	free(rehearsal.trials);
	free(rehearsal.classes);
	free(rehearsal.records);
	free(rehearsal.outcomes);
	free(rehearsal.first_trial);
	return result;
}
