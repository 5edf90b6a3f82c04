/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Building the index: glossary, evidence, vocabulary, examples, rehearsal,
 * ranker, background, in this order, since each needs those before it.  Everything that
 * only the building needs is given back before the index is handed out. */
#include "index.h"
#include "background.h"
#include "rehearsal.h"
#include "renewal.h"

#include <malloc.h>
#include <stdlib.h>

void
match_index_free(struct match_index *index)
{
	if (index == NULL)
		return;
	background_free(index->background);
	weights_free(index->weights);
	phrasebook_free(index->phrasebook);
	evidence_free(index->evidence);
	vocabulary_free(index->vocabulary);
	glossary_free(index->glossary);
	free(index->entries);
	free(index->trials);
	free(index);
}

static enum result
take_entries(struct match_index *index, const struct faq *faq,
    const char *today, struct complaint *why)
{
	size_t live = 0;

	index->entries =
	    calloc(faq->entry_count + 1, sizeof(const struct faq_entry *));
	if (index->entries == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < faq->entry_count; i++) {
		const struct faq_entry *entry = &faq->entries[i];

		if (!entry->background && faq_entry_live(entry, today))
			index->entries[live++] = entry;
	}
	if (live >= RANKER_NO_CLASS) {
		complain(why, "", 0, "%zu entries are more than %d", live,
		    RANKER_NO_CLASS - 1);
		return ERR_INVALID;
	}
	index->entry_count = (uint16_t)live;
	return OK;
}

static enum result
fill_glossary(
    struct match_index *index, const struct faq *faq, struct complaint *why)
{
	index->glossary = glossary_new();
	if (index->glossary == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < faq->lexicon_count; i++) {
		const struct faq_synonym *line = &faq->lexicon[i];
		enum result result = glossary_add(index->glossary,
		    line->written, line->means.at, line->means.count);

		if (result == ERR_INVALID)
			complain(why, "lexicon.json", 0,
			    "'%.*s' or one of its meanings holds no word",
			    TEXT_ARGS(line->written));
		if (result != OK)
			return result;
	}
	return OK;
}

/* What a question is read with. */
static enum result
make_readers(struct match_index *index, const struct faq *faq,
    const char *today, struct complaint *why)
{
	enum result result = take_entries(index, faq, today, why);

	if (result == OK)
		result = fill_glossary(index, faq, why);
	if (result == OK)
		result = evidence_new(index->entries, index->entry_count,
		    index->glossary, &index->evidence, why);
	if (result != OK)
		return result;
	index->vocabulary = vocabulary_new();
	return index->vocabulary == NULL ? ERR_NOMEM : OK;
}

static enum result
learn(struct match_index *index, const struct faq *faq)
{
	const struct training_source source = { .entries = index->entries,
		.entry_count = index->entry_count,
		.off_topic = &faq->off_topic };
	struct training training;
	struct lesson lesson = { .class_count =
				     (uint16_t)(index->entry_count + 1),
		.passes = TRAIN_PASSES,
		.held_out = UINT16_MAX };
	enum result result = training_collect(
	    &source, index->glossary, index->vocabulary, &training);

	lesson.examples = training.examples;
	lesson.example_count = training.count;
	lesson.feature_count = vocabulary_size(index->vocabulary);
	if (result == OK)
		result = phrasebook_new(&lesson, &index->phrasebook);
	if (result == OK)
		result = weights_new(
		    lesson.feature_count, lesson.class_count, &index->weights);
	if (result == OK)
		result = rehearse(index, &training);
	if (result == OK)
		result = ranker_train(&lesson, index->weights);
	if (result == OK)
		result = weights_pack(index->weights);
	training_fini(&training);
	return result;
}

static enum result
build(struct match_index *index, const struct match_index *previous,
    const char *today, struct complaint *why)
{
	bool learnt = false;
	enum result result = make_readers(index, index->faq, today, why);

	if (result == OK && previous != NULL)
		result = renewal_learn(index, previous, &learnt);
	if (result == OK && !learnt)
		result = learn(index, index->faq);
	if (result == OK)
		result = background_new(
		    index, index->faq, today, &index->background);
	return result;
}

enum result
match_index_new(const struct faq *faq, const char *today,
    struct match_index **index_out, struct complaint *why)
{
	return match_index_renew(NULL, faq, today, index_out, why);
}

enum result
match_index_renew(const struct match_index *previous, const struct faq *faq,
    const char *today, struct match_index **index_out, struct complaint *why)
{
	struct match_index *index = calloc(1, sizeof(*index));
	enum result result;

	if (index == NULL)
		return ERR_NOMEM;
	index->faq = faq;
	result = build(index, previous, today, why);
	if (result != OK) {
		match_index_free(index);
		return result;
	}
	/* What the building needed goes back to the system, not to a free
	 * list that nothing will use: it is more than the index. */
	(void)malloc_trim(0);
	*index_out = index;
	return OK;
}

void
match_thresholds(const struct match_index *index, struct match_thresholds *out)
{
	*out = index->thresholds;
}

void
match_set_thresholds(
    struct match_index *index, const struct match_thresholds *thresholds)
{
	index->thresholds = *thresholds;
}

const struct match_trial *
match_trials(const struct match_index *index, size_t *count_out)
{
	*count_out = index->trial_count;
	return index->trials;
}
