/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Weights by feature and class.
 *
 * A weight exists only where an update touched it.  The weights of one feature
 * lie together (a row), because a question asks for all classes of few
 * features.  Rows grow by doubling inside one pool while learning; the rankers
 * of a rehearsal use the same pool one after another, and the last one packs
 * its rows end to end.
 *
 * A row that holds a good part of the classes is made full: its weights then
 * stand at their class's place, and adding them up is one straight loop.
 *
 * A row has a ceiling: a feature that speaks about hundreds of classes says
 * nothing about any, and the ceiling is what keeps a question to 10,000
 * entries nearly as cheap as one to 100.  In a copy it is higher, since what
 * is learnt on it are a few classes that found all rows taken. */
#include "weights.h"

#include <stdlib.h>
#include <string.h>

enum {
	ROW_MAX = 256,
	ROW_MAX_OF_COPY = 512, /* room for classes that come later */
	FIND_LANES = 16,
	FULL_FROM = 3,	       /* a row becomes full when it is a third of it */
	WEIGHTS_EXPECTED = 24, /* a feature, gaps included: saves growing, and
				  what is not used takes no memory */
};

struct row {
	uint32_t at;
	uint16_t count;
	uint16_t size; /* full_size: a full row, the class is the place */
};

/* The three arrays side by side; DRIFT is kept only while learning. */
struct pool {
	uint16_t *class;
	float *weight;
	float *drift;
	size_t used;
	size_t size;
};

struct weights {
	struct row *rows;
	uint32_t row_count;
	uint16_t class_count;
	uint16_t full_size; /* the same in whole lanes */
	uint16_t row_max;
	struct pool pool;
};

static void
pool_free(struct pool *pool)
{
	free(pool->class);
	free(pool->weight);
	free(pool->drift);
	*pool = (struct pool){ 0 };
}

void
weights_free(struct weights *weights)
{
	if (weights == NULL)
		return;
	pool_free(&weights->pool);
	free(weights->rows);
	free(weights);
}

static enum result
resize(void **array, size_t count, size_t size)
{
	void *bigger = realloc(*array, count * size);

	if (bigger == NULL)
		return ERR_NOMEM;
	*array = bigger;
	return OK;
}

static enum result
pool_grow(struct pool *pool, size_t wanted)
{
	size_t size = pool->size;
	void *class = pool->class;
	void *weight = pool->weight;
	void *drift = pool->drift;
	enum result result;

	if (wanted > UINT32_MAX / 2) /* a row's place is 32 bits wide */
		return ERR_TOO_LARGE;
	do {
		size += size / 2 + 4096;
	} while (size < wanted);
	result = resize(&class, size, sizeof(*pool->class));
	pool->class = class;
	if (result == OK)
		result = resize(&weight, size, sizeof(*pool->weight));
	pool->weight = weight;
	if (result == OK)
		result = resize(&drift, size, sizeof(*pool->drift));
	pool->drift = drift;
	if (result == OK)
		pool->size = size;
	return result;
}

static bool
is_full(const struct weights *weights, const struct row *row)
{
	return row->size == weights->full_size && row->size <= ROW_MAX;
}

/* Put what ROW holds to the end of the pool, as a full row. */
static void
spread_row(struct weights *weights, const struct row *row)
{
	struct pool *pool = &weights->pool;

	for (uint16_t i = 0; i < weights->full_size; i++) {
		pool->class[pool->used + i] = i;
		pool->weight[pool->used + i] = 0;
		pool->drift[pool->used + i] = 0;
	}
	for (size_t i = row->at; i < row->at + row->count; i++) {
		pool->weight[pool->used + pool->class[i]] = pool->weight[i];
		pool->drift[pool->used + pool->class[i]] = pool->drift[i];
	}
}

static void
copy_row(struct pool *pool, const struct row *row)
{
	memcpy(pool->class + pool->used, pool->class + row->at,
	    row->count * sizeof(*pool->class));
	memcpy(pool->weight + pool->used, pool->weight + row->at,
	    row->count * sizeof(*pool->weight));
	memcpy(pool->drift + pool->used, pool->drift + row->at,
	    row->count * sizeof(*pool->drift));
}

/* Move ROW to a place of twice its size at the end of the pool, or make it
 * full when that is little more. */
static enum result
row_grow(struct weights *weights, struct row *row)
{
	struct pool *pool = &weights->pool;
	uint16_t size = row->size == 0 ? 2 : (uint16_t)(row->size * 2);
	bool full = size * FULL_FROM >= weights->class_count &&
		    weights->full_size <= ROW_MAX;

	if (full)
		size = weights->full_size;
	if (pool->used + size > pool->size) {
		enum result result = pool_grow(pool, pool->used + size);

		if (result != OK)
			return result;
	}
	if (full)
		spread_row(weights, row);
	else
		copy_row(pool, row);
	row->at = (uint32_t)pool->used;
	row->size = size;
	row->count = full ? size : row->count;
	pool->used += size;
	return OK;
}

/* Where the weight of CLASS is in the pool, or SIZE_MAX. */
static size_t
row_find(const struct weights *weights, const struct row *row, uint16_t class)
{
	const uint16_t *classes = weights->pool.class;
	size_t at = row->at;
	size_t end = row->at + row->count;

	if (is_full(weights, row))
		return row->at + class;
	/* Whole lanes first, without a branch in them: rows of a large base
	 * are long, and learning looks up every weight it changes. */
	for (; end - at >= FIND_LANES; at += FIND_LANES) {
		uint16_t found = 0;

		for (size_t k = 0; k < FIND_LANES; k++)
			found |= (uint16_t) - (classes[at + k] == class);
		if (found != 0)
			break;
	}
	for (; at < end; at++) {
		if (classes[at] == class)
			return at;
	}
	return SIZE_MAX;
}

/* A place for CLASS, or SIZE_MAX when the row is at its ceiling. */
static enum result
row_add(
    struct weights *weights, struct row *row, uint16_t class, size_t *at_out)
{
	size_t at = SIZE_MAX;

	if (row->count == row->size && row->size < weights->row_max) {
		enum result result = row_grow(weights, row);

		if (result != OK)
			return result;
	}
	if (is_full(weights, row)) {
		at = row->at + class;
	} else if (row->count < row->size) {
		at = row->at + row->count++;
		weights->pool.class[at] = class;
		weights->pool.weight[at] = 0;
		weights->pool.drift[at] = 0;
	}
	*at_out = at;
	return OK;
}

enum result
weights_new(
    uint32_t feature_count, uint16_t class_count, struct weights **weights_out)
{
	struct weights *weights = calloc(1, sizeof(*weights));

	if (weights == NULL)
		return ERR_NOMEM;
	weights->row_count = feature_count;
	weights->class_count = class_count;
	weights->full_size = (uint16_t)WEIGHTS_ROOM(class_count);
	weights->row_max = ROW_MAX;
	weights->rows = calloc(feature_count + 1U, sizeof(struct row));
	if (weights->rows == NULL ||
	    pool_grow(&weights->pool,
		(size_t)feature_count * WEIGHTS_EXPECTED + 1) != OK) {
		weights_free(weights);
		return ERR_NOMEM;
	}
	*weights_out = weights;
	return OK;
}

enum result
weights_add(struct weights *weights, struct weights_place place, float change,
    float step)
{
	struct row *row = &weights->rows[place.feature];
	size_t at = row_find(weights, row, place.class);

	if (at == SIZE_MAX) {
		enum result result = row_add(weights, row, place.class, &at);

		if (result != OK || at == SIZE_MAX)
			return result;
	}
	weights->pool.weight[at] += change;
	weights->pool.drift[at] += change * step;
	return OK;
}

/* Whole lanes, so that the compiler makes vector code of it. */
static void
add_full_row(
    float *restrict scores, const float *restrict weight, size_t size, float x)
{
	for (size_t at = 0; at < size; at += WEIGHTS_LANES) {
		for (size_t k = 0; k < WEIGHTS_LANES; k++)
			scores[at + k] += x * weight[at + k];
	}
}

void
weights_score(const struct weights *weights, const struct vector *vector,
    size_t count, float scale, float *scores)
{
	for (size_t i = 0; i < count; i++) {
		const struct row *row = &weights->rows[vector->number[i]];
		const uint16_t *class = weights->pool.class + row->at;
		const float *weight = weights->pool.weight + row->at;
		float x = vector->x[i] * scale;

		if (is_full(weights, row)) {
			add_full_row(scores, weight, row->size, x);
			continue;
		}
		for (size_t k = 0; k < row->count; k++)
			scores[class[k]] += x * weight[k];
	}
}

/* The average over all steps is the last state less what each change came too
 * late for. */
void
weights_settle(struct weights *weights, float steps)
{
	steps = steps > 0 ? steps : 1;
	for (uint32_t i = 0; i < weights->row_count; i++) {
		const struct row *row = &weights->rows[i];

		for (size_t k = row->at; k < row->at + row->count; k++)
			weights->pool.weight[k] -=
			    weights->pool.drift[k] / steps;
	}
}

void
weights_clear(struct weights *weights)
{
	memset(weights->rows, 0, weights->row_count * sizeof(struct row));
	weights->pool.used = 0;
}

/* Rows end to end, without the gaps that growing left and without drift. */
enum result
weights_pack(struct weights *weights)
{
	struct pool packed = { 0 };
	size_t total = 0;
	enum result result;

	for (uint32_t i = 0; i < weights->row_count; i++)
		total += weights->rows[i].count;
	result = pool_grow(&packed, total + 1);
	if (result != OK) {
		pool_free(&packed);
		return result;
	}
	for (uint32_t i = 0; i < weights->row_count; i++) {
		struct row *row = &weights->rows[i];

		memcpy(packed.class + packed.used,
		    weights->pool.class + row->at,
		    row->count * sizeof(*packed.class));
		memcpy(packed.weight + packed.used,
		    weights->pool.weight + row->at,
		    row->count * sizeof(*packed.weight));
		row->at = (uint32_t)packed.used;
		if (!is_full(weights, row))
			row->size = row->count;
		packed.used += row->count;
	}
	free(packed.drift);
	packed.drift = NULL;
	pool_free(&weights->pool);
	weights->pool = packed;
	return OK;
}

float
weights_of(const struct weights *weights, struct weights_place place)
{
	size_t at =
	    row_find(weights, &weights->rows[place.feature], place.class);

	return at == SIZE_MAX ? 0 : weights->pool.weight[at];
}

static enum result
copy_weights(struct weights *weights, uint32_t feature,
    const struct weights *from, const uint16_t *class_map)
{
	const struct row *row = &from->rows[feature];
	enum result result = OK;

	for (size_t k = row->at; result == OK && k < row->at + row->count;
	     k++) {
		uint16_t class = from->pool.class[k];

		/* A full row has places behind the last class. */
		if (class >= from->class_count || from->pool.weight[k] == 0 ||
		    class_map[class] == UINT16_MAX)
			continue;
		result = weights_add(weights,
		    (struct weights_place){ feature, class_map[class] },
		    from->pool.weight[k], 0);
	}
	return result;
}

enum result
weights_copy(const struct weights *from, const uint16_t *class_map,
    const struct weights_shape *shape, struct weights **weights_out)
{
	struct weights *weights = NULL;
	enum result result =
	    weights_new(shape->feature_count, shape->class_count, &weights);

	if (result == OK)
		weights->row_max = ROW_MAX_OF_COPY;
	for (uint32_t i = 0; result == OK && i < from->row_count; i++)
		result = copy_weights(weights, i, from, class_map);
	if (result != OK) {
		weights_free(weights);
		return result;
	}
	*weights_out = weights;
	return OK;
}
