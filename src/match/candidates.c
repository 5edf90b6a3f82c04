/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* From a question to its few best entries and what speaks for each.
 *
 * The ranker's score orders; a keyword or pattern of the curators adds to it,
 * so that an entry that staff tied to a phrase is among the candidates however
 * the training went.  Whether a candidate may answer is not decided here: its
 * facts go to the calibration. */
#include "candidates.h"

#include <math.h>
#include <string.h>

enum {
	KEYWORD_WORDS_MAX = 4,
	RIVALS_MAX = 3, /* best scores that a candidate is held against */
};

static const double keyword_bonus = 0.1; /* per word */
static const double pattern_bonus = 2;
static const double share_slope = 3;

struct ranking {
	const struct match_index *index;
	const struct question *question;
	float *scores;
	uint8_t *keyword; /* words of the longest that stands, by class */
	bool *pattern;
	bool *held; /* by token: scratch for the candidate at hand */
	uint16_t entry_count;
};

static enum result
make_room(struct ranking *ranking, struct arena *arena)
{
	size_t classes = ranking->entry_count + 1U;

	ranking->scores =
	    arena_alloc(arena, WEIGHTS_ROOM(classes), sizeof(float));
	ranking->keyword = arena_alloc(arena, classes, sizeof(uint8_t));
	ranking->pattern = arena_alloc(arena, classes, sizeof(bool));
	ranking->held = arena_alloc(
	    arena, ranking->question->tokens.count + 1, sizeof(bool));
	return ranking->scores != NULL && ranking->keyword != NULL &&
		       ranking->pattern != NULL && ranking->held != NULL
		   ? OK
		   : ERR_NOMEM;
}

static uint8_t
keyword_words(const struct evidence_hit *hit)
{
	return hit->words < KEYWORD_WORDS_MAX ? (uint8_t)hit->words
					      : KEYWORD_WORDS_MAX;
}

double
candidates_bonus(const struct evidence_hit *hit)
{
	return hit->pattern ? pattern_bonus
			    : keyword_bonus * (double)keyword_words(hit);
}

static void
note_hits(struct ranking *ranking)
{
	const struct evidence_hits *hits = &ranking->question->hits;

	for (size_t i = 0; i < hits->count; i++) {
		const struct evidence_hit *hit = &hits->at[i];
		uint8_t words = keyword_words(hit);
		uint8_t *longest = &ranking->keyword[hit->class];

		if (hit->pattern) {
			ranking->pattern[hit->class] = true;
		} else if (words > *longest) {
			ranking->scores[hit->class] +=
			    (float)(keyword_bonus * (words - *longest));
			*longest = words;
		}
	}
	for (uint16_t i = 0; i < ranking->entry_count; i++) {
		if (ranking->pattern[i])
			ranking->scores[i] += (float)pattern_bonus;
	}
}

/* Insertion into a list of five: no sort of all classes. */
static void
choose(const struct ranking *ranking, const struct candidates_options *options,
    struct candidates *out)
{
	out->count = 0;
	for (uint16_t i = 0; i < ranking->entry_count; i++) {
		double score = (double)ranking->scores[i];
		size_t at = out->count;

		if (ranker_drops(i, (uint16_t)(ranking->entry_count + 1),
			options->held_out))
			continue;
		if (at == options->most && score <= out->at[at - 1].score)
			continue;
		if (at == options->most)
			at--;
		else
			out->count++;
		for (; at > 0 && out->at[at - 1].score < score; at--)
			out->at[at] = out->at[at - 1];
		out->at[at] = (struct candidate){ .class = i, .score = score };
	}
}

/* The first features are the words: those of the reading, then those of its
 * branches.  A token is held when any word that it may stand for is. */
static void
find_held(const struct question *question, const struct nearness *nearness,
    bool *held)
{
	const struct features *features = &question->features;

	memset(held, 0, question->tokens.count * sizeof(*held));
	for (size_t i = 0;
	     i < features->count && features->at[i].kind == FEATURE_WORD; i++) {
		uint32_t item = question->vector.item[i];

		if (item != VOCABULARY_UNKNOWN && nearness->met[item])
			held[features->at[i].token] = true;
	}
}

static double
missing_weight(const struct ranking *ranking, const struct nearness *nearness)
{
	const struct question *question = ranking->question;
	const struct vocabulary *vocabulary = ranking->index->vocabulary;
	float rarest = vocabulary_rarity(vocabulary, VOCABULARY_UNKNOWN);
	float missing = 0;

	find_held(question, nearness, ranking->held);
	for (size_t i = 0; i < question->reading.count; i++) {
		uint32_t item = question->vector.item[i];

		if (!ranking->held[question->reading.words[i].token])
			missing += vocabulary_rarity(
			    vocabulary, item == VOCABULARY_UNKNOWN
					    ? VOCABULARY_UNKNOWN
					    : question->vector.number[item]);
	}
	return log1p((double)(missing / rarest));
}

static void
set_own_facts(const struct ranking *ranking, struct candidate *candidate,
    const struct nearness *nearness)
{
	const struct question *question = ranking->question;
	double *fact = candidate->fact;

	fact[FACT_SCORE] = candidate->score;
	fact[FACT_IN_SCOPE] =
	    candidate->score - (double)ranking->scores[ranking->entry_count];
	fact[FACT_KNOWN] = (double)question->vector.known;
	fact[FACT_LENGTH] = log1p((double)question->reading.count);
	fact[FACT_PATTERN] = ranking->pattern[candidate->class] ? 1 : 0;
	fact[FACT_COVERED] = nearness->covered;
	fact[FACT_NEAREST] = nearness->best;
	fact[FACT_MISSING] = missing_weight(ranking, nearness);
}

/* Between CANDIDATE and the best of the others. */
static double
margin_of(
    const struct candidates *candidates, const struct candidate *candidate)
{
	const struct candidate *best = &candidates->at[0];

	if (candidate != best)
		return candidate->score - best->score;
	return candidates->count > 1 ? best[0].score - best[1].score
				     : best->score;
}

/* What a candidate is beside the others.  Being out of scope is a rival too,
 * but no answer: it only takes its share. */
static void
set_rival_facts(const struct ranking *ranking,
    const struct candidates *candidates, struct candidate *candidate)
{
	double none = (double)ranking->scores[ranking->entry_count];
	double shares = 1 + exp(share_slope * (none - candidate->score));
	double margin = margin_of(candidates, candidate);
	double covered = 0;
	double *fact = candidate->fact;

	for (size_t i = 0; i < candidates->count && i < RIVALS_MAX; i++) {
		const struct candidate *rival = &candidates->at[i];

		if (rival == candidate)
			continue;
		shares += exp(share_slope * (rival->score - candidate->score));
		covered = fmax(covered, rival->fact[FACT_COVERED]);
	}
	fact[FACT_BEHIND] = fmin(margin, 0);
	fact[FACT_AHEAD] = fmax(margin, 0);
	fact[FACT_SHARE] = 1 / shares;
	fact[FACT_COVERED_AHEAD] = fact[FACT_COVERED] - covered;
}

enum result
candidates_find(const struct match_index *index, const struct weights *weights,
    const struct question *question, const struct candidates_options *options,
    struct arena *arena, struct candidates *out)
{
	const struct vector *vector = &question->vector;
	struct probe *probe = probe_new(index->phrasebook, vector, arena);
	struct ranking ranking = { .index = index,
		.question = question,
		.entry_count = index->entry_count };

	if (probe == NULL || make_room(&ranking, arena) != OK)
		return ERR_NOMEM;
	weights_score(weights, vector,
	    options->folded ? vector->folded_count : vector->count,
	    options->folded ? vector->folded_scale : 1, ranking.scores);
	note_hits(&ranking);
	choose(&ranking, options, out);
	for (size_t i = 0; i < out->count; i++) {
		struct candidate *candidate = &out->at[i];
		struct nearness nearness = phrasebook_compare(index->phrasebook,
		    probe, candidate->class, options->held_out);

		set_own_facts(&ranking, candidate, &nearness);
	}
	for (size_t i = 0; i < out->count; i++)
		set_rival_facts(&ranking, out, &out->at[i]);
	return OK;
}
