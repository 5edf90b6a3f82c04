/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_TRAIN_H
#define HOIDAP_MATCH_TRAIN_H

#include "index.h"

/* Everything a base says, as examples. */
struct training {
	struct text_view *texts;
	struct example *examples;
	size_t count;
	/* The vectors lie in these two, end to end. */
	uint32_t *numbers;
	float *values;
	size_t used;
	size_t feature_count; /* at most so many are used */
};

enum {
	TRAIN_FOLDS = 3,
	TRAIN_PASSES = 6,
	TRAIN_CALIBRATION_PASSES = 2,
};

/* Where examples come from. */
struct training_source {
	const struct faq_entry *const *entries; /* class I is ENTRIES[I] */
	uint16_t entry_count;
	/* Entries that no class is for: their words are counted as words that
	 * people use, and they become examples of no class. */
	const struct faq_entry *const *others;
	uint16_t other_count;
	const struct phrases *off_topic;
	bool words_only; /* no letter runs */
	bool closed;	 /* the vocabulary is complete: look up, do not count */
};

/* Collect the examples of SOURCE as GLOSSARY reads them, class by class, and
 * fill the new VOCABULARY, unless it is closed.  TRAINING needs training_fini(), also after a
 * failure. */
enum result training_collect(const struct training_source *source,
    const struct glossary *glossary, struct vocabulary *vocabulary,
    struct training *training) MUST_CHECK;
void training_fini(struct training *training);

#endif
