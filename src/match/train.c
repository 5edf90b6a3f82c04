/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What a base says, as examples for the ranker.
 *
 * question and asked_as are examples of their entry, off_topic of the
 * out-of-scope class, and not_asked_as of "anything but this entry".  Two
 * readings of all texts: the first counts features, so that the second can
 * weigh them.  A letter run that occurs in a single phrasing cannot help with
 * another one and is left out; that halves the index. */
#include "train.h"

#include <stdlib.h>
#include <string.h>

enum {
	SCRATCH_BYTES_MAX = 64 << 20,
	EXAMPLES_MAX = 4 << 20,
};

struct collector {
	const struct training_source *source;
	const struct glossary *glossary;
	struct vocabulary *vocabulary;
};

static void
add_example(struct training *training, struct text_view text, uint16_t class,
    uint16_t avoided)
{
	size_t at = training->count++;

	training->texts[at] = text;
	training->examples[at] =
	    (struct example){ .class = class, .avoided = avoided };
}

static void
add_entry(struct training *training, const struct training_source *source,
    const struct faq_entry *entry, uint16_t class)
{
	/* A generated entry's question is its name once more. */
	if (!source->words_only || entry->asked_as.count == 0)
		add_example(training, entry->question, class, RANKER_NO_CLASS);
	for (size_t i = 0; i < entry->asked_as.count; i++)
		add_example(
		    training, entry->asked_as.at[i], class, RANKER_NO_CLASS);
	for (size_t i = 0;
	     class != RANKER_NO_CLASS && i < entry->not_asked_as.count; i++)
		add_example(training, entry->not_asked_as.at[i],
		    RANKER_NO_CLASS, class);
}

static size_t
most_examples(const struct faq_entry *const *entries, uint16_t count)
{
	size_t most = 0;

	for (uint16_t i = 0; i < count; i++)
		most += 1 + entries[i]->asked_as.count +
			entries[i]->not_asked_as.count;
	return most;
}

static enum result
add_all(struct training *training, const struct training_source *source)
{
	size_t most = most_examples(source->entries, source->entry_count) +
		      most_examples(source->others, source->other_count) +
		      source->off_topic->count;

	if (most > EXAMPLES_MAX)
		return ERR_TOO_LARGE;
	training->texts = calloc(most + 1, sizeof(*training->texts));
	training->examples = calloc(most + 1, sizeof(*training->examples));
	if (training->texts == NULL || training->examples == NULL)
		return ERR_NOMEM;
	for (uint16_t i = 0; i < source->entry_count; i++)
		add_entry(training, source, source->entries[i], i);
	for (size_t i = 0; i < source->off_topic->count; i++)
		add_example(training, source->off_topic->at[i],
		    source->entry_count, RANKER_NO_CLASS);
	for (uint16_t i = 0; i < source->other_count; i++)
		add_entry(training, source, source->others[i], RANKER_NO_CLASS);
	/* Neighbours lie in different folds: each fold has some of every
	 * entry. */
	for (size_t i = 0; i < training->count; i++)
		training->examples[i].fold = (uint16_t)(i % TRAIN_FOLDS);
	return OK;
}

static enum result
read_features(const struct collector *collector, struct text_view text,
    struct arena *scratch, struct features *out)
{
	struct tokens tokens;
	struct reading reading;
	enum result result = tokens_read(text, scratch, &tokens);

	if (result == OK)
		result = reading_of(
		    &tokens, collector->glossary, NULL, scratch, &reading);
	if (result == OK)
		result = feature_read(&reading, scratch, out);
	return result;
}

static bool
keeps(uint64_t key, uint32_t examples)
{
	return examples >= (feature_is_gram(key) ? 2 : 1);
}

static enum result
count_features(const struct collector *collector, struct training *training,
    struct arena *scratch)
{
	for (size_t i = 0; i < training->count; i++) {
		struct features features;
		enum result result;

		arena_reset(scratch);
		result = read_features(
		    collector, training->texts[i], scratch, &features);
		for (size_t k = 0; result == OK && k < features.count; k++) {
			if (collector->source->words_only &&
			    features.at[k].kind == FEATURE_GRAM)
				continue;
			training->feature_count++;
			if (!collector->source->closed)
				result = vocabulary_count(collector->vocabulary,
				    features.at[k].key, (uint32_t)i);
		}
		if (result != OK)
			return result;
	}
	return collector->source->closed
		   ? OK
		   : vocabulary_close(collector->vocabulary,
			 (uint32_t)training->count, keeps);
}

/* The scratch copy has room for features that turned out to be unknown. */
static struct vector
keep_vector(struct training *training, const struct vector *vector)
{
	struct vector kept = *vector;

	kept.number = training->numbers + training->used;
	kept.x = training->values + training->used;
	kept.item = NULL;
	if (vector->count > 0) {
		memcpy(kept.number, vector->number,
		    vector->count * sizeof(*kept.number));
		memcpy(kept.x, vector->x, vector->count * sizeof(*kept.x));
	}
	training->used += vector->count;
	return kept;
}

/* Which parts can be held out with the features of EXAMPLE still known? */
static void
note_features(const struct collector *collector, const struct example *example)
{
	uint16_t class_count = (uint16_t)(collector->source->entry_count + 1);
	uint32_t without = 0;

	for (unsigned fold = 0; fold < TRAIN_FOLDS; fold++) {
		if (ranker_learns(example, class_count, (uint16_t)fold))
			without |= 1U << fold;
	}
	for (size_t i = 0; i < example->vector.count; i++)
		vocabulary_note(
		    collector->vocabulary, example->vector.number[i], without);
}

static enum result
make_vectors(const struct collector *collector, struct training *training,
    struct arena *scratch)
{
	training->numbers =
	    calloc(training->feature_count + 1, sizeof(*training->numbers));
	training->values =
	    calloc(training->feature_count + 1, sizeof(*training->values));
	if (training->numbers == NULL || training->values == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < training->count; i++) {
		struct features features;
		struct vector vector;
		enum result result;

		arena_reset(scratch);
		result = read_features(
		    collector, training->texts[i], scratch, &features);
		if (result == OK)
			result = vector_of(collector->vocabulary, &features,
			    UINT16_MAX, scratch, &vector);
		if (result != OK)
			return result;
		training->examples[i].vector = keep_vector(training, &vector);
		note_features(collector, &training->examples[i]);
	}
	return OK;
}

enum result
training_collect(const struct training_source *source,
    const struct glossary *glossary, struct vocabulary *vocabulary,
    struct training *training)
{
	const struct collector collector = { source, glossary, vocabulary };
	struct arena scratch;
	enum result result;

	*training = (struct training){ 0 };
	arena_init(&scratch, SCRATCH_BYTES_MAX);
	result = add_all(training, source);
	if (result == OK)
		result = count_features(&collector, training, &scratch);
	if (result == OK)
		result = make_vectors(&collector, training, &scratch);
	arena_fini(&scratch);
	return result;
}

void
training_fini(struct training *training)
{
	free(training->texts);
	free(training->examples);
	free(training->numbers);
	free(training->values);
	*training = (struct training){ 0 };
}
