/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Features to a unit vector.  What occurs twice counts by the root of its
 * frequency, so that a long story does not drown in its own "tôi".  A feature
 * that the base does not know is left out of the vector but not of its length:
 * a message of unknown words has low scores all over. */
#include "vector.h"

#include <math.h>

struct cell {
	uint32_t number_plus_one; /* 0: free */
	uint32_t at;
};

struct builder {
	const struct vocabulary *vocabulary;
	uint16_t held_out;
	struct vector vector;
	struct cell *cells;
	size_t cell_count; /* a power of two */
	double unknown;	   /* squares of unknown words */
	double known;
};

static enum result
make_room(struct builder *builder, size_t count, struct arena *arena)
{
	builder->cell_count = 16;
	while (builder->cell_count < count * 2)
		builder->cell_count *= 2;
	builder->cells =
	    arena_alloc(arena, builder->cell_count, sizeof(struct cell));
	builder->vector.number =
	    arena_alloc(arena, count + 1, sizeof(uint32_t));
	builder->vector.x = arena_alloc(arena, count + 1, sizeof(float));
	builder->vector.item = arena_alloc(arena, count + 1, sizeof(uint32_t));
	if (builder->cells == NULL || builder->vector.number == NULL ||
	    builder->vector.x == NULL || builder->vector.item == NULL)
		return ERR_NOMEM;
	return OK;
}

/* Gives the item that the weight was added to. */
static uint32_t
add_frequency(struct builder *builder, uint32_t number, float weight)
{
	struct vector *vector = &builder->vector;
	size_t at = ((size_t)number * 0x9E3779B1U) & (builder->cell_count - 1);

	while (builder->cells[at].number_plus_one != 0) {
		if (builder->cells[at].number_plus_one == number + 1) {
			vector->x[builder->cells[at].at] += weight;
			return builder->cells[at].at;
		}
		at = (at + 1) & (builder->cell_count - 1);
	}
	builder->cells[at] =
	    (struct cell){ number + 1, (uint32_t)vector->count };
	vector->number[vector->count] = number;
	vector->x[vector->count] = weight;
	return (uint32_t)vector->count++;
}

static uint32_t
find(const struct builder *builder, uint64_t key)
{
	uint32_t number = vocabulary_find(builder->vocabulary, key);

	return number != VOCABULARY_UNKNOWN &&
		       vocabulary_holds(
			   builder->vocabulary, number, builder->held_out)
		   ? number
		   : VOCABULARY_UNKNOWN;
}

static uint32_t
add_feature(struct builder *builder, const struct feature *feature)
{
	uint32_t number = find(builder, feature->key);

	if (feature->kind == FEATURE_WORD) {
		float rarity = vocabulary_rarity(builder->vocabulary, number);
		double square = (double)(rarity * rarity * feature->weight);

		if (number == VOCABULARY_UNKNOWN)
			builder->unknown += square;
		else
			builder->known += square;
	}
	if (number == VOCABULARY_UNKNOWN)
		return VOCABULARY_UNKNOWN;
	return add_frequency(builder, number, feature->weight);
}

static double
weigh(struct vector *vector, const struct vocabulary *vocabulary, size_t from,
    size_t to)
{
	double squares = 0;

	for (size_t i = from; i < to; i++) {
		vector->x[i] = sqrtf(vector->x[i]) *
			       vocabulary_rarity(vocabulary, vector->number[i]);
		squares += (double)vector->x[i] * (double)vector->x[i];
	}
	return squares;
}

static void
scale_to_one(struct builder *builder)
{
	struct vector *vector = &builder->vector;
	double folded =
	    weigh(vector, builder->vocabulary, 0, vector->folded_count);
	double all = folded + weigh(vector, builder->vocabulary,
				  vector->folded_count, vector->count);

	all += builder->unknown;
	folded += builder->unknown;
	vector->folded_scale = folded > 0 ? (float)sqrt(all / folded) : 1;
	for (size_t i = 0; i < vector->count; i++)
		vector->x[i] /= (float)sqrt(all);
	if (builder->known + builder->unknown > 0)
		vector->known = (float)(builder->known /
					(builder->known + builder->unknown));
}

enum result
vector_of(const struct vocabulary *vocabulary, const struct features *features,
    uint16_t held_out, struct arena *arena, struct vector *out)
{
	struct builder builder = { .vocabulary = vocabulary,
		.held_out = held_out };
	enum result result = make_room(&builder, features->count, arena);

	if (result != OK)
		return result;
	for (size_t i = 0; i < features->count; i++) {
		const struct feature *feature = &features->at[i];

		builder.vector.item[i] = add_feature(&builder, feature);
		if (feature->kind <= FEATURE_PAIR)
			builder.vector.word_count = builder.vector.count;
		if (feature->kind <= FEATURE_GRAM)
			builder.vector.folded_count = builder.vector.count;
	}
	scale_to_one(&builder);
	*out = builder.vector;
	return OK;
}
