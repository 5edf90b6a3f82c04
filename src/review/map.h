/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_REVIEW_MAP_H
#define HOIDAP_REVIEW_MAP_H

#include "text.h"

/* From 64-bit keys to numbers.  Zeroed is empty. */
struct map {
	struct map_slot *slots;
	size_t slot_count; /* a power of two, or 0 */
	size_t used;
};

#define MAP_NONE UINT32_MAX

void map_fini(struct map *map);
uint32_t map_find(const struct map *map, uint64_t key); /* or MAP_NONE */
/* ERR_NOMEM. */
enum result map_put(struct map *map, uint64_t key, uint32_t number) MUST_CHECK;
void map_remove(struct map *map, uint64_t key);

#endif
