/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* How sure may the background be?  It is asked two kinds of questions.
 *
 * Names of its own entries, as citizens type them: whole, cut short, with a
 * word left out, without accents.  And everything that the curated rehearsal
 * was asked: no entry of this tier should answer that, and the confidence that
 * the held-out curated ranker had in it is known.  So a curated entry and a
 * catalogue's name for the same thing end up with the curated one. */
#include "background_rehearsal.h"
#include "thresholds.h"

#include <stdlib.h>

enum {
	NAMES_MAX = 1500,
	CURATED_MAX = 4000,
	NAME_BYTES_MAX = 4096,
	SCRATCH_BYTES_MAX = 64 << 20,
};

/* Questions about the catalogue weigh as much as if one in five were one. */
static const double background_share = 0.2;

struct rehearsal {
	const struct match_index *index;
	struct background *background;
	struct arena scratch;
	struct trial *trials; /* of a question: side by side */
	size_t trial_count;
	struct outcome *outcomes;
	size_t *first_trial; /* of each outcome; one more than outcomes */
	size_t outcome_count;
};

/* How a name is shortened: its first tenths, less every so-manieth word. */
struct form {
	size_t tenths;
	size_t left_out;
	bool folded;
};

static const struct form forms[] = { { 10, 0, false }, { 10, 0, true },
	{ 7, 0, false }, { 7, 0, true }, { 10, 4, false }, { 10, 4, true } };

enum { FORMS = sizeof(forms) / sizeof(forms[0]) };

static enum result
shorten(const struct form *form, const struct tokens *tokens, struct buf *out)
{
	size_t end = tokens->count * form->tenths / 10;
	enum result result = OK;

	for (size_t i = 0; result == OK && i < end; i++) {
		const struct token *token = &tokens->at[i];
		struct text_view word =
		    form->folded ? token->folded : token->accented;

		if (form->left_out != 0 &&
		    i % form->left_out == form->left_out - 1)
			continue;
		result = buf_printf(out, "%.*s ", TEXT_ARGS(word));
	}
	return result;
}

static void
note_outcome(struct rehearsal *rehearsal,
    const struct background_candidates *candidates, uint16_t class)
{
	struct outcome *outcome =
	    &rehearsal->outcomes[rehearsal->outcome_count++];

	outcome->in_scope = class != RANKER_NO_CLASS;
	for (size_t i = 0; i < candidates->count; i++) {
		const struct background_candidate *candidate =
		    &candidates->at[i];
		struct trial *trial =
		    &rehearsal->trials[rehearsal->trial_count++];

		for (size_t k = 0; k < FACT_COUNT; k++)
			trial->fact[k] = candidate->fact[k];
		trial->right =
		    outcome->in_scope &&
		    (candidate->class == class ||
			(i == 0 && background_is_name(candidate->likeness)));
	}
	rehearsal->first_trial[rehearsal->outcome_count] =
	    rehearsal->trial_count;
}

static enum result
ask_name(struct rehearsal *rehearsal, uint16_t class, const struct form *form)
{
	const struct faq_entry *entry = rehearsal->background->entries[class];
	struct text_view name =
	    entry->asked_as.count > 0 ? entry->asked_as.at[0] : entry->question;
	struct background_candidates candidates;
	struct match_result curated;
	struct question question;
	struct tokens tokens;
	struct buf text;
	enum result result;

	buf_init(&text, NAME_BYTES_MAX);
	arena_reset(&rehearsal->scratch);
	result = tokens_read(name, &rehearsal->scratch, &tokens);
	if (result == OK)
		result = shorten(form, &tokens, &text);
	if (result == OK)
		result = match_ask(rehearsal->index, buf_view(&text),
		    &rehearsal->scratch, &curated);
	if (result == OK)
		result = question_read(rehearsal->index, buf_view(&text),
		    UINT16_MAX, &rehearsal->scratch, &question);
	if (result == OK)
		result = background_find(rehearsal->background, &question,
		    curated.candidate_count == 0
			? 0
			: curated.candidates[0].confidence,
		    &rehearsal->scratch, &candidates);
	if (result == OK && curated.decision != MATCH_ANSWER)
		note_outcome(rehearsal, &candidates, class);
	buf_fini(&text);
	/* A name that is longer than any message teaches nothing. */
	return result == ERR_TOO_LARGE ? OK : result;
}

static enum result
ask_curated(struct rehearsal *rehearsal, const struct match_trial *trial)
{
	struct background_candidates candidates;
	struct question question;
	enum result result;

	arena_reset(&rehearsal->scratch);
	result = question_read(rehearsal->index, trial->text, UINT16_MAX,
	    &rehearsal->scratch, &question);
	if (result == OK)
		result = background_find(rehearsal->background, &question,
		    trial->confidence, &rehearsal->scratch, &candidates);
	if (result == OK)
		note_outcome(rehearsal, &candidates, RANKER_NO_CLASS);
	return result;
}

/* Every so-manieth, so that at most MOST of COUNT are taken. */
static size_t
stride_of(size_t count, size_t most)
{
	return count / most + 1;
}

static enum result
ask_all(struct rehearsal *rehearsal)
{
	const struct match_index *index = rehearsal->index;
	uint16_t names = rehearsal->background->entry_count;
	size_t stride = stride_of(names, NAMES_MAX);
	enum result result = OK;

	for (size_t i = 0; result == OK && i < names; i += stride)
		result = ask_name(
		    rehearsal, (uint16_t)i, &forms[i / stride % FORMS]);
	stride = stride_of(index->trial_count, CURATED_MAX);
	for (size_t i = 0; result == OK && i < index->trial_count;
	     i += stride) {
		/* An answer of theirs never comes here. */
		if (index->trials[i].confidence < index->thresholds.answer)
			result = ask_curated(rehearsal, &index->trials[i]);
	}
	return result;
}

static void
weigh(struct rehearsal *rehearsal)
{
	double names = 0;
	double curated = 0;

	for (size_t i = 0; i < rehearsal->outcome_count; i++) {
		if (rehearsal->outcomes[i].in_scope)
			names += 1;
		else
			curated += 1;
	}
	for (size_t i = 0; i < rehearsal->outcome_count; i++) {
		struct outcome *outcome = &rehearsal->outcomes[i];

		outcome->weight = 1;
		if (outcome->in_scope && curated > 0)
			outcome->weight = background_share /
					  (1 - background_share) * curated /
					  names;
		for (size_t k = rehearsal->first_trial[i];
		     k < rehearsal->first_trial[i + 1]; k++)
			rehearsal->trials[k].weight = outcome->weight;
	}
}

static void
judge(struct rehearsal *rehearsal)
{
	for (size_t i = 0; i < rehearsal->outcome_count; i++) {
		struct outcome *outcome = &rehearsal->outcomes[i];
		size_t first = rehearsal->first_trial[i];

		for (size_t k = first; k < rehearsal->first_trial[i + 1]; k++)
			outcome->offered =
			    outcome->offered || rehearsal->trials[k].right;
		if (first == rehearsal->first_trial[i + 1])
			continue;
		outcome->right = rehearsal->trials[first].right;
		outcome->confidence =
		    calibration_confidence(&rehearsal->background->calibration,
			rehearsal->trials[first].fact);
	}
}

enum result
background_rehearsal_run(
    const struct match_index *index, struct background *background)
{
	struct rehearsal rehearsal = { .index = index,
		.background = background };
	size_t most = NAMES_MAX + CURATED_MAX;
	enum result result = ERR_NOMEM;

	arena_init(&rehearsal.scratch, SCRATCH_BYTES_MAX);
	rehearsal.trials =
	    calloc(most * BACKGROUND_CANDIDATES, sizeof(struct trial));
	rehearsal.outcomes = calloc(most, sizeof(struct outcome));
	rehearsal.first_trial = calloc(most + 1, sizeof(size_t));
	if (rehearsal.trials != NULL && rehearsal.outcomes != NULL &&
	    rehearsal.first_trial != NULL)
		result = ask_all(&rehearsal);
	if (result == OK) {
		weigh(&rehearsal);
		calibration_fit(rehearsal.trials, rehearsal.trial_count,
		    &background->calibration);
		judge(&rehearsal);
		thresholds_choose(rehearsal.outcomes, rehearsal.outcome_count,
		    &background->thresholds);
	}
	arena_fini(&rehearsal.scratch);
	free(rehearsal.trials);
	free(rehearsal.outcomes);
	free(rehearsal.first_trial);
	return result;
}
