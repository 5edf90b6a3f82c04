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

/* Collect the examples of FAQ for the entries of INDEX and fill in the index's
 * vocabulary.  TRAINING needs training_fini(), also after a failure. */
enum result training_collect(const struct faq *faq, struct match_index *index,
    struct training *training) MUST_CHECK;
void training_fini(struct training *training);

#endif
