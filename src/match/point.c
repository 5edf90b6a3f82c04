/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "match.h"

struct match_point
match_point_at(const struct match_index *index, double confidence)
{
	struct match_point point = { .confidence = confidence };
	double questions = 0;
	double answers = 0;
	size_t count;
	const struct match_trial *trials = match_trials(index, &count);

	for (size_t i = 0; i < count; i++) {
		const struct match_trial *trial = &trials[i];
		bool answered =
		    trial->best != NULL && trial->confidence >= confidence;

		questions += trial->entry == NULL ? 0 : trial->weight;
		if (!answered)
			continue;
		answers += trial->weight;
		if (trial->entry != NULL)
			point.answered += trial->weight;
		if (trial->best != trial->entry)
			point.wrong += trial->weight;
	}
	if (questions > 0)
		point.answered /= questions;
	if (answers > 0)
		point.wrong /= answers;
	return point;
}
