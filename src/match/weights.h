/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_WEIGHTS_H
#define HOIDAP_MATCH_WEIGHTS_H

#include "vector.h"

/* One sparse weight vector per class, stored by feature. */
struct weights;

struct weights_place {
	uint32_t feature;
	uint16_t class;
};

struct weights_shape {
	uint32_t feature_count;
	uint16_t class_count;
};

/* All weights 0.  ERR_NOMEM. */
enum result weights_new(uint32_t feature_count, uint16_t class_count,
    struct weights **weights_out) MUST_CHECK;
void weights_free(struct weights *weights);

/* Change one weight in step number STEP of the learning. */
enum result weights_add(struct weights *weights, struct weights_place place,
    float change, float step) MUST_CHECK;
/* The learning is over after STEPS steps: take the averages over all of them.
 * Only weights_clear() makes it ready to learn again. */
void weights_settle(struct weights *weights, float steps);
/* All weights 0 again; the memory stays. */
void weights_clear(struct weights *weights);
/* Move what was settled to as little memory as it needs, for good.  ERR_NOMEM
 * leaves it where it was. */
enum result weights_pack(struct weights *weights) MUST_CHECK;

/* Scores are added up in lanes: an array of them has room for whole ones. */
enum { WEIGHTS_LANES = 8 };
#define WEIGHTS_ROOM(class_count)                                              \
	(((size_t)(class_count) + WEIGHTS_LANES - 1) / WEIGHTS_LANES *         \
	    WEIGHTS_LANES)

/* Add to SCORES (WEIGHTS_ROOM of them, one per class) what the first COUNT
 * items of VECTOR say, each times SCALE. */
void weights_score(const struct weights *weights, const struct vector *vector,
    size_t count, float scale, float *scores);

/* Packed weights, made ready to learn on: those of class C become those of
 * CLASS_MAP[C], or are left out where that is UINT16_MAX; new features and
 * classes have none.  ERR_NOMEM, ERR_TOO_LARGE. */
enum result weights_copy(const struct weights *from, const uint16_t *class_map,
    const struct weights_shape *shape, struct weights **weights_out) MUST_CHECK;

float weights_of(const struct weights *weights, struct weights_place place);

#endif
