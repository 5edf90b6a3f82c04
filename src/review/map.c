/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* An open-addressed table, at most half full.  Removing moves later keys of
 * the same run back, so that there are no graves to step over. */
#include "map.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 256 };

struct map_slot {
	uint64_t key;
	uint32_t number; /* MAP_NONE: free */
};

void
map_fini(struct map *map)
{
	free(map->slots);
	*map = (struct map){ .used = 0 };
}

/* Keys may be small numbers: stir them. */
static size_t
home_of(const struct map *map, uint64_t key)
{
	return (size_t)((key * 0x9e3779b97f4a7c15u) >> 32) &
	       (map->slot_count - 1);
}

static size_t
slot_of(const struct map *map, uint64_t key)
{
	size_t at = home_of(map, key);

	while (map->slots[at].number != MAP_NONE && map->slots[at].key != key)
		at = (at + 1) & (map->slot_count - 1);
	return at;
}

uint32_t
map_find(const struct map *map, uint64_t key)
{
	if (map->slot_count == 0)
		return MAP_NONE;
	return map->slots[slot_of(map, key)].number;
}

static enum result
grow(struct map *map)
{
	struct map grown = { .used = map->used };

	grown.slot_count =
	    map->slot_count == 0 ? (size_t)FIRST_SLOTS : 2 * map->slot_count;
	grown.slots = calloc(grown.slot_count, sizeof(*grown.slots));
	if (grown.slots == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < grown.slot_count; i++)
		grown.slots[i].number = MAP_NONE;
	for (size_t i = 0; i < map->slot_count; i++) {
		if (map->slots[i].number != MAP_NONE)
			grown.slots[slot_of(&grown, map->slots[i].key)] =
			    map->slots[i];
	}
	free(map->slots);
	*map = grown;
	return OK;
}

enum result
map_put(struct map *map, uint64_t key, uint32_t number)
{
	size_t at;

	if (2 * (map->used + 1) > map->slot_count) {
		enum result result = grow(map);

		if (result != OK)
			return result;
	}
	at = slot_of(map, key);
	if (map->slots[at].number == MAP_NONE)
		map->used++;
	map->slots[at] = (struct map_slot){ key, number };
	return OK;
}

void
map_remove(struct map *map, uint64_t key)
{
	size_t mask = map->slot_count - 1;
	size_t hole;

	if (map_find(map, key) == MAP_NONE)
		return;
	hole = slot_of(map, key);
	for (size_t at = (hole + 1) & mask; map->slots[at].number != MAP_NONE;
	     at = (at + 1) & mask) {
		size_t home = home_of(map, map->slots[at].key);

		/* Would it still be found from HOLE on? */
		if (((at - home) & mask) >= ((at - hole) & mask)) {
			map->slots[hole] = map->slots[at];
			hole = at;
		}
	}
	map->slots[hole].number = MAP_NONE;
	map->used--;
}
