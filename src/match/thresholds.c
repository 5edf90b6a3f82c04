/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The bands.  Outcomes are walked from the most to the least confident; the
 * answer band ends at the last place where the share of wrong answers so far
 * is within its limit.  The offer band ends where the next offers are not worth
 * their while: a window of neighbours slides down, and it is their share that
 * counts, not that of the whole band.  An average over the band would let the
 * many good offers at its top pay for any number of useless ones below. */
#include "thresholds.h"

#include <stdlib.h>

static const double wrong_max = 0.03;
static const double offered_min = 0.4;

enum {
	WINDOW_PARTS = 40, /* a window is such a part of all outcomes */
	WINDOW_MIN = 8,
};

static int
more_confident(const void *a, const void *b)
{
	double left = ((const struct outcome *)a)->confidence;
	double right = ((const struct outcome *)b)->confidence;

	return left > right ? -1 : left < right;
}

/* How many of the first outcomes to answer. */
static size_t
end_of_answers(
    const struct outcome *outcomes, size_t count, struct match_thresholds *out)
{
	double given = 0;
	double wrong = 0;
	size_t end = 0;

	for (size_t i = 0; i < count; i++) {
		given += outcomes[i].weight;
		wrong += outcomes[i].right ? 0 : outcomes[i].weight;
		if (wrong > wrong_max * given)
			continue;
		end = i + 1;
		out->answer = outcomes[i].confidence;
		out->expected_wrong = wrong / given;
	}
	return end;
}

static double
usefulness(const struct outcome *outcome)
{
	return outcome->offered ? outcome->weight : 0;
}

/* What a window says holds for its middle. */
static void
find_offers(const struct outcome *outcomes, size_t from, size_t count,
    struct match_thresholds *out)
{
	size_t window = count / WINDOW_PARTS;
	double offers = 0;
	double useful = 0;

	if (window < WINDOW_MIN)
		window = WINDOW_MIN;
	for (size_t i = from; i < count; i++) {
		size_t inside = i - from + 1;

		offers += outcomes[i].weight;
		useful += usefulness(&outcomes[i]);
		if (inside > window) {
			offers -= outcomes[i - window].weight;
			useful -= usefulness(&outcomes[i - window]);
			inside = window;
		}
		if (inside == window && useful < offered_min * offers)
			return;
		out->clarify = outcomes[i - inside / 2].confidence;
	}
	if (count > from) /* all were worth it */
		out->clarify = outcomes[count - 1].confidence;
}

void
thresholds_choose(
    struct outcome *outcomes, size_t count, struct match_thresholds *out)
{
	struct match_thresholds chosen = { 1, 1, 0 };
	size_t end;

	if (count > 0)
		qsort(outcomes, count, sizeof(*outcomes), more_confident);
	end = end_of_answers(outcomes, count, &chosen);
	chosen.clarify = chosen.answer;
	find_offers(outcomes, end, count, &chosen);
	*out = chosen;
}
