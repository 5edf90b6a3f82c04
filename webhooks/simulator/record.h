/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_RECORD_H
#define SIMULATOR_RECORD_H

#include "arena.h"

#include <jansson.h>

/* What phones show and what the APIs took, in order: rows of JSON, numbered
 * from 1.  The oldest rows make room for new ones.  Not for several threads at
 * once. */
struct sim_row {
	char *json; /* {"n":N,...} */
	size_t len;
};

struct sim_record {
	struct sim_row *rows; /* row N is at N % ROWS_MAX */
	size_t rows_max;
	size_t bytes_max;
	size_t bytes;
	uint64_t first; /* the oldest that is kept; LAST + 1 when empty */
	uint64_t last;	/* the newest ever; numbers are never used again */
};

enum result sim_record_init(
    struct sim_record *record, size_t rows_max, size_t bytes_max) MUST_CHECK;
void sim_record_fini(struct sim_record *record);
/* Forget all rows; the numbers go on. */
void sim_record_clear(struct sim_record *record);

/* ROW is an object without its number, which this sets.  ERR_TOO_LARGE for a
 * row that is larger than all of them may be. */
enum result sim_record_add(struct sim_record *record, json_t *row) MUST_CHECK;

/* The rows after number AFTER, oldest first and at most COUNT_MAX, as one JSON
 * array in ARENA. */
enum result sim_record_list(const struct sim_record *record, uint64_t after,
    size_t count_max, struct arena *arena, struct text_view *out) MUST_CHECK;

#endif
