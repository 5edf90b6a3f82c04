/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "confusions.h"

#include <stdlib.h>

static int
compare_entries(const struct faq_entry *left, const struct faq_entry *right)
{
	return left == right ? 0 : text_compare(left->id, right->id);
}

/* Side by side what belongs to one pair, the most confident first. */
static int
by_pair(const void *a, const void *b)
{
	const struct match_trial *left = *(const struct match_trial *const *)a;
	const struct match_trial *right = *(const struct match_trial *const *)b;
	int order = compare_entries(left->entry, right->entry);

	if (order == 0)
		order = compare_entries(left->best, right->best);
	if (order != 0)
		return order;
	if (left->confidence != right->confidence)
		return left->confidence > right->confidence ? -1 : 1;
	return text_compare(left->text, right->text);
}

static int
most_first(const void *a, const void *b)
{
	const struct confusion *left = a;
	const struct confusion *right = b;

	if (left->count != right->count)
		return left->count > right->count ? -1 : 1;
	return by_pair(&left->surest, &right->surest);
}

static bool
is_wrong(const struct match_trial *trial, double confidence)
{
	return trial->entry != NULL && trial->best != NULL &&
	       trial->best != trial->entry && trial->confidence >= confidence;
}

static void
group(const struct match_trial *const *wrong, size_t count,
    struct confusions *confusions)
{
	struct confusion *last = NULL;

	for (size_t i = 0; i < count; i++) {
		if (last == NULL || last->entry != wrong[i]->entry ||
		    last->taken_for != wrong[i]->best) {
			last = &confusions->at[confusions->count++];
			*last = (struct confusion){ wrong[i]->entry,
				wrong[i]->best, 0, wrong[i] };
		}
		last->count++;
	}
}

enum result
confusions_find(const struct match_index *index, double confidence,
    struct confusions *confusions_out)
{
	size_t trial_count;
	const struct match_trial *trials = match_trials(index, &trial_count);
	const struct match_trial **wrong =
	    calloc(trial_count + 1, sizeof(void *));
	struct confusions confusions = { NULL, 0 };
	size_t count = 0;

	confusions.at = calloc(trial_count + 1, sizeof(*confusions.at));
	if (wrong == NULL || confusions.at == NULL) {
		free(wrong);
		free(confusions.at);
		return ERR_NOMEM;
	}
	for (size_t i = 0; i < trial_count; i++) {
		if (is_wrong(&trials[i], confidence))
			wrong[count++] = &trials[i];
	}
	qsort(wrong, count, sizeof(void *), by_pair);
	group(wrong, count, &confusions);
	qsort(confusions.at, confusions.count, sizeof(*confusions.at),
	    most_first);
	free(wrong);
	*confusions_out = confusions;
	return OK;
}

void
confusions_fini(struct confusions *confusions)
{
	free(confusions->at);
	*confusions = (struct confusions){ NULL, 0 };
}
