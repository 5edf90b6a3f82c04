/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* From a question to the group it is most like, in two steps: the exemplars
 * that share most weight with it are found through the postings of its terms,
 * then the groups of these are compared exemplar by exemplar.
 *
 * A group counts half by its most alike exemplar and half by all of them
 * together, for the nearest neighbour alone makes chains (A like B, B like C)
 * that end far from where they began. */
#include "search.h"

#include <stdlib.h>

enum {
	COMMON_MIN = 2048, /* exemplars with a term */
	SEEDS_MAX = 48,	   /* exemplars that share most; of these ... */
	GROUPS_TRIED = 12, /* ... so many groups are compared */
};

static const double best_share = 0.5;
/* "bao lâu" and "bao nhiêu tiền" of one and the same thing are two questions:
 * so much of the likeness is left.  A group whose first question left it open
 * is about what the next one asks. */
static const double other_need_share = 0.4;
/* Only one side says what it wants to know. */
static const double half_need_share = 0.9;

struct seeds {
	uint32_t at[SEEDS_MAX]; /* exemplars, best first */
	size_t count;
};

void
search_fini(struct search *search)
{
	free(search->scores);
	free(search->touched);
	*search = (struct search){ .room = 0 };
}

static enum result
make_room(struct search *search, size_t room)
{
	float *scores;
	uint32_t *touched;

	if (room <= search->room)
		return OK;
	scores = calloc(room, sizeof(*scores));
	touched = calloc(room, sizeof(*touched));
	if (scores == NULL || touched == NULL) {
		free(scores);
		free(touched);
		return ERR_NOMEM;
	}
	search_fini(search);
	*search = (struct search){ scores, touched, room };
	return OK;
}

/* ---- the exemplars that share most ---- */

static size_t
touch(struct search *search, const struct posting *list, float weight,
    size_t touched)
{
	for (uint32_t i = 0; i < list->count; i++) {
		uint32_t exemplar = list->at[i];

		if (search->scores[exemplar] <= 0)
			search->touched[touched++] = exemplar;
		search->scores[exemplar] += weight;
	}
	return touched;
}

/* A term that finds too much, or says nothing, finds nothing by itself. */
static bool
is_common(const struct posting *list)
{
	return list->count > COMMON_MIN ||
	       signature_kind(list->term) == TERM_FILLER;
}

/* Rare terms first; common ones only where no rare one found anything. */
static size_t
touch_all(struct search *search, const struct posting *lists,
    const struct probe *probe)
{
	size_t touched = 0;

	for (int common = 0; common < 2 && touched == 0; common++) {
		for (size_t i = 0; i < probe->count; i++) {
			const struct posting *list = &lists[probe->numbers[i]];

			if (is_common(list) == (common == 1) &&
			    probe->weights[i] > 0)
				touched = touch(
				    search, list, probe->weights[i], touched);
		}
	}
	return touched;
}

/* Does exemplar A come before B?  Never left to the order of their slots,
 * which depends on what was forgotten before. */
static bool
is_better(const struct search *search, const struct shelf *shelf, uint32_t a,
    uint32_t b)
{
	float left = search->scores[a];
	float right = search->scores[b];

	if (left < right || left > right)
		return left > right;
	return shelf->exemplars[a].question < shelf->exemplars[b].question;
}

static void
add_seed(const struct search *search, const struct shelf *shelf,
    struct seeds *seeds, uint32_t exemplar)
{
	size_t at = seeds->count;

	while (at > 0 && is_better(search, shelf, exemplar, seeds->at[at - 1]))
		at--;
	if (at == SEEDS_MAX)
		return;
	if (seeds->count < SEEDS_MAX)
		seeds->count++;
	for (size_t i = seeds->count - 1; i > at; i--)
		seeds->at[i] = seeds->at[i - 1];
	seeds->at[at] = exemplar;
}

static void
find_seeds(struct search *search, const struct shelf *shelf,
    const struct probe *probe, struct seeds *seeds)
{
	size_t touched = touch_all(search, shelf->postings.lists, probe);

	seeds->count = 0;
	for (size_t i = 0; i < touched; i++)
		add_seed(search, shelf, seeds, search->touched[i]);
	for (size_t i = 0; i < touched; i++)
		search->scores[search->touched[i]] = 0;
}

/* ---- their groups ---- */

static struct likeness
compare(const struct shelf *shelf, const struct probe *probe, uint32_t exemplar)
{
	const struct exemplar *other = &shelf->exemplars[exemplar];
	const struct compared compared = { other->numbers, other->count,
		other->nearest, other->confidence };

	return likeness_of(
	    &shelf->postings, shelf->live_exemplars, probe, &compared);
}

static double
need_share(const struct probe *probe, bool asks, bool asks_same)
{
	if (probe->asks && asks && !asks_same)
		return other_need_share;
	return probe->asks == asks ? 1 : half_need_share;
}

static struct review_match
try_group(const struct shelf *shelf, const struct probe *probe,
    const struct shelf_group *group)
{
	struct review_match match = { .group = group->id };
	bool asks = false;
	bool asks_same = false;
	double best = -1;
	double sum = 0;

	for (uint32_t i = 0; i < group->count; i++) {
		uint32_t exemplar = group->exemplars[i];
		struct likeness alike = compare(shelf, probe, exemplar);

		asks = asks || alike.asks;
		asks_same = asks_same || alike.asks_same;
		sum += alike.value;
		if (alike.value > best) {
			best = alike.value;
			match.beside = shelf->exemplars[exemplar].question;
		}
	}
	match.likeness =
	    best_share * best + (1 - best_share) * sum / group->count;
	match.likeness *= need_share(probe, asks, asks_same);
	return match;
}

static bool
is_listed(const uint32_t *groups, size_t count, uint32_t group)
{
	for (size_t i = 0; i < count; i++) {
		if (groups[i] == group)
			return true;
	}
	return false;
}

enum result
search_run(struct search *search, const struct shelf *shelf,
    const struct probe *probe, struct review_match *out)
{
	struct review_match best = { .likeness = 0 };
	uint32_t tried[GROUPS_TRIED];
	size_t count = 0;
	struct seeds seeds;
	enum result result = make_room(search, shelf->exemplar_room);

	if (result != OK)
		return result;
	find_seeds(search, shelf, probe, &seeds);
	for (size_t i = 0; i < seeds.count && count < GROUPS_TRIED; i++) {
		uint32_t group = shelf->exemplars[seeds.at[i]].group;
		struct review_match match;

		if (is_listed(tried, count, group))
			continue;
		tried[count++] = group;
		match = try_group(shelf, probe, &shelf->groups[group]);
		if (match.likeness > best.likeness)
			best = match;
	}
	*out = best;
	return OK;
}
