/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Two questions are alike as far as the weight of what they share goes, in
 * all that both say (Dice).  Where the matcher, which knows the lexicon and
 * learns from the base, found the same nearest entry for both, that speaks for
 * them a little; two entries that it was sure of speak against. */
#include "likeness.h"

#include <math.h>

/* As if so many questions had been seen before the first, and of these so
 * many had held the term: a few questions say little of what is rare. */
enum { SEEN_BEFORE = 500 };

/* What the matcher says moves the likeness by at most so much: it may have
 * been wrong, which is why the question is here. */
static const double nearest_share = 0.05;

static const struct term_prior {
	double holders;
	double share; /* of a word's weight */
} priors[TERM_KINDS] = {
	[TERM_WORD] = { 5, 1.0 },
	[TERM_FILLER] = { 250, 0.6 },
	[TERM_NEED] = { 50, 1.0 },
	[TERM_PAIR] = { 5, 0.6 },
};

double
likeness_weight(enum term_kind kind, size_t holders, size_t exemplars)
{
	const struct term_prior *prior = &priors[kind];

	return prior->share * log((double)(exemplars + SEEN_BEFORE) /
				  ((double)holders + prior->holders));
}

/* What the matcher says of both, from -1 to 1. */
static double
nearest_agree(const struct probe *probe, const struct compared *compared)
{
	double sure = fmin(probe->confidence, compared->confidence);

	if (probe->nearest == 0 || compared->nearest == 0)
		return 0;
	return probe->nearest == compared->nearest ? sure : -sure;
}

static void
share(const struct postings *postings, const struct probe *probe,
    const struct compared *compared, struct likeness *out)
{
	size_t at = 0;

	for (size_t i = 0; i < compared->count; i++) {
		uint32_t number = compared->numbers[i];
		bool need =
		    signature_kind(postings->lists[number].term) == TERM_NEED;

		out->asks = out->asks || need;
		while (at < probe->count && probe->numbers[at] < number)
			at++;
		if (at == probe->count || probe->numbers[at] != number)
			continue;
		out->value += probe->weights[at];
		out->asks_same = out->asks_same || need;
	}
}

static double
weight_of_all(const struct postings *postings, size_t exemplars,
    const struct compared *compared)
{
	double weight = 0;

	for (size_t i = 0; i < compared->count; i++) {
		const struct posting *list =
		    &postings->lists[compared->numbers[i]];

		weight += likeness_weight(
		    signature_kind(list->term), list->count, exemplars);
	}
	return weight;
}

struct likeness
likeness_of(const struct postings *postings, size_t exemplars,
    const struct probe *probe, const struct compared *compared)
{
	struct likeness likeness = { .value = 0 };
	double both =
	    probe->weight + weight_of_all(postings, exemplars, compared);

	share(postings, probe, compared, &likeness);
	if (both > 0)
		likeness.value = 2 * likeness.value / both;
	likeness.value += nearest_share * nearest_agree(probe, compared);
	likeness.value = fmin(1, fmax(0, likeness.value));
	return likeness;
}
