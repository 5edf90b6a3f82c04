/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One question: read it, rank, turn facts into confidence, choose a band. */
#include "background.h"
#include "candidates.h"
#include "shortcut.h"

#include <math.h>

/* The score knows the words, the confidence also what is missing of them: it
 * may turn round a narrow order, not a clear one. */
static const double narrow = 0.5;

static bool
overtakes(
    const struct match_candidate *behind, const struct match_candidate *ahead)
{
	return behind->confidence > ahead->confidence &&
	       ahead->score - behind->score < narrow;
}

static void
put_in_order(struct match_result *result)
{
	for (size_t i = 1; i < result->candidate_count; i++) {
		struct match_candidate moved = result->candidates[i];
		size_t at = i;

		for (; at > 0 && overtakes(&moved, &result->candidates[at - 1]);
		     at--)
			result->candidates[at] = result->candidates[at - 1];
		result->candidates[at] = moved;
	}
}

/* Only one entry can be right: the others share what the best leaves. */
static void
share_the_rest(struct match_result *result)
{
	double rest = 0;
	double left;

	if (result->candidate_count == 0)
		return;
	left = 1 - result->candidates[0].confidence;
	for (size_t i = 1; i < result->candidate_count; i++)
		rest += result->candidates[i].confidence;
	if (rest <= left)
		return;
	for (size_t i = 1; i < result->candidate_count; i++)
		result->candidates[i].confidence *= left / rest;
}

static enum match_decision
decide(const struct match_index *index, const struct match_result *result)
{
	double best = result->candidate_count == 0
			  ? -1
			  : result->candidates[0].confidence;

	if (best >= index->thresholds.answer)
		return MATCH_ANSWER;
	if (best >= index->thresholds.clarify)
		return MATCH_CLARIFY;
	return MATCH_UNANSWERED;
}

/* The most that one entry's phrasings hold of the question. */
static double
most_covered(const struct candidates *candidates)
{
	double most = 0;

	for (size_t i = 0; i < candidates->count; i++)
		most = fmax(most, candidates->at[i].fact[FACT_COVERED]);
	return most;
}

enum result
match_ask(const struct match_index *index, struct text_view text,
    struct arena *arena, struct match_result *result_out)
{
	const struct candidates_options options = { .held_out = UINT16_MAX,
		.most = MATCH_CANDIDATES_MAX };
	struct match_result answer = { .decision = MATCH_UNANSWERED };
	struct question question;
	struct candidates candidates;
	enum result result =
	    question_read(index, text, UINT16_MAX, arena, &question);

	if (result != OK)
		return result;
	answer.words = question.tokens;
	answer.shortcut = shortcut_of(index, &question);
	if (answer.shortcut != SHORTCUT_NONE) {
		*result_out = answer;
		return OK;
	}
	result = candidates_find(
	    index, index->weights, &question, &options, arena, &candidates);
	if (result != OK)
		return result;
	for (size_t i = 0; i < candidates.count; i++)
		answer.candidates[answer.candidate_count++] =
		    (struct match_candidate){
			    .entry = index->entries[candidates.at[i].class],
			    .confidence = calibration_confidence(
				&index->calibration, candidates.at[i].fact),
			    .score = candidates.at[i].score,
		    };
	put_in_order(&answer);
	share_the_rest(&answer);
	answer.decision = decide(index, &answer);
	if (index->background != NULL)
		result = background_join(index->background, &question,
		    most_covered(&candidates), arena, &answer);
	if (result == OK)
		*result_out = answer;
	return result;
}
