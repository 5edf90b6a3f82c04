/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The background tier: thousands of generated entries behind the curated ones.
 *
 * A catalogue lists procedures by name, with hardly a word as citizens say it.
 * Put among the curated entries, such names would pull at every weight, and the
 * confidence of all would change with each import.  So they are a tier of their
 * own.  The curated ranker, its calibration and its thresholds know nothing of
 * it, and what they answer stays theirs.  The one exception is a question that
 * is a procedure's whole name, most of which no curated entry has a word of.
 *
 * Names need no ranker: the likeness of words and pairs, by rarity, finds them.
 * Rarity is counted over the names and the curated phrasings together, so that
 * "cho em hỏi" is known for the filling that it is.  Likeness says what is
 * meant, not whether to answer; that is left to facts and a calibration, as it
 * is for curated entries.  One of the facts is how sure the best of those was. */
#include "background.h"
#include "background_rehearsal.h"
#include "train.h"

#include <math.h>
#include <stdlib.h>

/* Offered together: so many curated entries before the first of this tier. */
enum { CURATED_FIRST = 2 };

/* One word more or less in a long name; what is asked of curated entries is
 * less than six tenths like any name. */
static const double same_name = 0.88;

/* What covers so much of a name speaks of the same thing. */
static const double covered_enough = 0.6;

bool
background_is_name(double likeness)
{
	return likeness >= same_name;
}

void
background_free(struct background *background)
{
	if (background == NULL)
		return;
	phrasebook_free(background->phrasebook);
	vocabulary_free(background->vocabulary);
	free(background->entries);
	free(background);
}

static enum result
take_entries(
    struct background *background, const struct faq *faq, const char *today)
{
	size_t live = 0;

	background->entries =
	    calloc(faq->entry_count + 1, sizeof(const struct faq_entry *));
	if (background->entries == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < faq->entry_count; i++) {
		const struct faq_entry *entry = &faq->entries[i];

		if (entry->background && faq_entry_live(entry, today))
			background->entries[live++] = entry;
	}
	if (live >= RANKER_NO_CLASS)
		return ERR_TOO_LARGE;
	background->entry_count = (uint16_t)live;
	return OK;
}

static enum result
make_phrasebook(struct background *background, const struct match_index *index,
    const struct faq *faq)
{
	const struct training_source source = { .entries = background->entries,
		.entry_count = background->entry_count,
		.others = index->entries,
		.other_count = index->entry_count,
		.off_topic = &faq->off_topic,
		.words_only = true };
	struct training training;
	struct lesson lesson = { .class_count =
				     (uint16_t)(source.entry_count + 1) };
	enum result result = training_collect(
	    &source, index->glossary, background->vocabulary, &training);

	lesson.examples = training.examples;
	lesson.example_count = training.count;
	lesson.feature_count = vocabulary_size(background->vocabulary);
	if (result == OK)
		result = phrasebook_new(&lesson, &background->phrasebook);
	training_fini(&training);
	return result;
}

enum result
background_new(const struct match_index *index, const struct faq *faq,
    const char *today, struct background **background_out)
{
	struct background *background = calloc(1, sizeof(*background));
	enum result result;

	if (background == NULL)
		return ERR_NOMEM;
	result = take_entries(background, faq, today);
	if (result != OK || background->entry_count == 0)
		goto out;
	background->vocabulary = vocabulary_new();
	result = background->vocabulary == NULL
		     ? ERR_NOMEM
		     : make_phrasebook(background, index, faq);
	if (result == OK)
		result = background_rehearsal_run(index, background);
	if (result != OK)
		goto out;
	*background_out = background;
	background = NULL; /* handed over */
out:
	background_free(background);
	return result;
}

static void
set_facts(struct background_candidates *candidates, double curated,
    const struct question *question, double known)
{
	for (size_t i = 0; i < candidates->count; i++) {
		struct background_candidate *candidate = &candidates->at[i];
		const struct background_candidate *other =
		    i > 0		    ? &candidates->at[0]
		    : candidates->count > 1 ? &candidates->at[1]
					    : NULL;
		double margin =
		    candidate->likeness - (other == NULL ? 0 : other->likeness);

		candidate->fact[FACT_SCORE] = candidate->likeness;
		candidate->fact[FACT_BEHIND] = fmin(margin, 0);
		candidate->fact[FACT_AHEAD] = fmax(margin, 0);
		candidate->fact[FACT_IN_SCOPE] = -curated;
		candidate->fact[FACT_KNOWN] = known;
		candidate->fact[FACT_PATTERN] =
		    background_is_name(candidate->likeness) ? 1 : 0;
		candidate->fact[FACT_LENGTH] =
		    log1p((double)question->reading.count);
	}
}

/* The search may have left out common words; the comparison does not. */
static void
put_in_order(struct background_candidates *candidates)
{
	for (size_t i = 1; i < candidates->count; i++) {
		struct background_candidate moved = candidates->at[i];
		size_t at = i;

		for (;
		     at > 0 && candidates->at[at - 1].likeness < moved.likeness;
		     at--)
			candidates->at[at] = candidates->at[at - 1];
		candidates->at[at] = moved;
	}
}

enum result
background_find(const struct background *background,
    const struct question *question, double curated, struct arena *arena,
    struct background_candidates *out)
{
	struct background_candidates candidates = { .count = 0 };
	struct phrasebook_found found;
	struct probe *probe;
	struct vector vector;
	enum result result = vector_of(background->vocabulary,
	    &question->features, UINT16_MAX, arena, &vector);

	if (result != OK)
		return result;
	probe = probe_new(background->phrasebook, &vector, arena);
	if (probe == NULL)
		return ERR_NOMEM;
	result = phrasebook_search(background->phrasebook, probe, arena,
	    BACKGROUND_CANDIDATES, &found);
	for (size_t i = 0; result == OK && i < found.count; i++) {
		struct nearness nearness = phrasebook_compare(
		    background->phrasebook, probe, found.class[i], UINT16_MAX);
		struct background_candidate *candidate =
		    &candidates.at[candidates.count++];

		*candidate =
		    (struct background_candidate){ .class = found.class[i],
			    .likeness = nearness.best };
		candidate->fact[FACT_COVERED] = nearness.covered;
	}
	put_in_order(&candidates);
	set_facts(&candidates, curated, question, (double)vector.known);
	if (result == OK)
		*out = candidates;
	return result;
}

static struct match_candidate
confident(const struct background *background,
    const struct background_candidate *candidate)
{
	return (struct match_candidate){
		.entry = background->entries[candidate->class],
		.confidence = calibration_confidence(
		    &background->calibration, candidate->fact),
		.score = candidate->likeness,
	};
}

/* The tier's own candidates first, those of RESULT behind them. */
static void
put_before(const struct background *background,
    const struct background_candidates *candidates, struct match_result *result)
{
	struct match_result joined = *result;

	joined.candidate_count = 0;
	for (size_t i = 0; i < candidates->count; i++) {
		struct match_candidate *candidate =
		    &joined.candidates[joined.candidate_count];

		*candidate = confident(background, &candidates->at[i]);
		if (i > 0)
			candidate->confidence = fmin(candidate->confidence,
			    joined.candidates[i - 1].confidence);
		joined.candidate_count++;
	}
	for (size_t i = 0; i < result->candidate_count &&
			   joined.candidate_count < MATCH_CANDIDATES_MAX;
	     i++) {
		struct match_candidate candidate = result->candidates[i];
		double before =
		    joined.candidates[joined.candidate_count - 1].confidence;

		candidate.confidence = fmin(candidate.confidence, before);
		joined.candidates[joined.candidate_count++] = candidate;
	}
	*result = joined;
}

/* Curated entries are offered first, however sure this tier is. */
static void
put_behind(struct match_result *result, struct match_candidate candidate)
{
	size_t at = result->candidate_count < CURATED_FIRST
			? result->candidate_count
			: CURATED_FIRST;

	if (at > 0)
		candidate.confidence = fmin(candidate.confidence,
		    result->candidates[at - 1].confidence);
	for (size_t i = MATCH_CANDIDATES_MAX - 1; i > at; i--)
		result->candidates[i] = result->candidates[i - 1];
	result->candidates[at] = candidate;
	if (result->candidate_count < MATCH_CANDIDATES_MAX)
		result->candidate_count++;
}

/* May QUESTION's answer, given by a curated entry, be taken from it? */
static bool
may_take(const struct match_result *result, double covered)
{
	return covered < covered_enough &&
	       result->candidates[0].entry->kind == ENTRY_ANSWER;
}

static void
join(const struct background *background,
    const struct background_candidates *candidates, struct match_result *result)
{
	const struct match_thresholds *thresholds = &background->thresholds;
	struct match_candidate best = confident(background, &candidates->at[0]);

	if (best.confidence >= thresholds->answer) {
		put_before(background, candidates, result);
		result->decision = MATCH_ANSWER;
	} else if (best.confidence < thresholds->clarify) {
		return;
	} else if (result->decision == MATCH_CLARIFY) {
		put_behind(result, best);
	} else {
		put_before(background, candidates, result);
		result->decision = MATCH_CLARIFY;
	}
}

enum result
background_join(const struct background *background,
    const struct question *question, double covered, struct arena *arena,
    struct match_result *result)
{
	bool answered = result->decision == MATCH_ANSWER;
	struct background_candidates candidates;
	double curated = 0;
	enum result found;

	if (answered && !may_take(result, covered))
		return OK;
	if (!answered && result->candidate_count > 0)
		curated = result->candidates[0].confidence;
	found =
	    background_find(background, question, curated, arena, &candidates);
	if (found != OK || candidates.count == 0)
		return found;
	if (!answered || background_is_name(candidates.at[0].likeness))
		join(background, &candidates, result);
	return OK;
}
