/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "shelf.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 256 };

void
shelf_fini(struct shelf *shelf)
{
	for (uint32_t i = 0; i < shelf->exemplar_count; i++)
		free(shelf->exemplars[i].numbers);
	free(shelf->exemplars);
	free(shelf->free_exemplars);
	free(shelf->groups);
	free(shelf->free_groups);
	map_fini(&shelf->group_numbers);
	postings_fini(&shelf->postings);
	*shelf = (struct shelf){ .group_count = 0 };
}

uint32_t
shelf_group_of(const struct shelf *shelf, uint64_t id)
{
	return map_find(&shelf->group_numbers, id);
}

size_t
shelf_group_total(const struct shelf *shelf)
{
	return shelf->group_count - shelf->free_group_count;
}

/* Room for one more in an array, and in the list of its free slots, which is
 * as long as the array so that freeing never fails. */
static enum result
make_room(void **array, uint32_t **free_slots, size_t size, uint32_t *room)
{
	uint32_t wanted = *room == 0 ? (uint32_t)FIRST_ROOM : 2 * *room;
	void *grown = realloc(*array, wanted * size);
	uint32_t *slots;

	if (grown == NULL)
		return ERR_NOMEM;
	*array = grown;
	slots = realloc(*free_slots, wanted * sizeof(*slots));
	if (slots == NULL)
		return ERR_NOMEM;
	*free_slots = slots;
	*room = wanted;
	return OK;
}

/* ---- groups ---- */

enum result
shelf_make_group(struct shelf *shelf, uint64_t id, uint32_t *group_out)
{
	uint32_t group = shelf_group_of(shelf, id);
	enum result result = OK;
	bool reused = shelf->free_group_count > 0;

	if (group != MAP_NONE) {
		*group_out = group;
		return OK;
	}
	if (!reused && shelf->group_count == shelf->group_room) {
		void *groups = shelf->groups;

		result = make_room(&groups, &shelf->free_groups,
		    sizeof(*shelf->groups), &shelf->group_room);
		shelf->groups = groups;
	}
	if (result != OK)
		return result;
	group = reused ? shelf->free_groups[shelf->free_group_count - 1]
		       : shelf->group_count;
	result = map_put(&shelf->group_numbers, id, group);
	if (result != OK)
		return result;
	shelf->free_group_count -= reused ? 1 : 0;
	shelf->group_count += reused ? 0 : 1;
	shelf->groups[group] = (struct shelf_group){ .id = id };
	*group_out = group;
	return OK;
}

static void
drop_exemplar(struct shelf *shelf, uint32_t at)
{
	struct exemplar *exemplar = &shelf->exemplars[at];

	for (uint32_t i = 0; i < exemplar->count; i++)
		postings_remove(&shelf->postings, exemplar->numbers[i], at);
	free(exemplar->numbers);
	*exemplar = (struct exemplar){ .question = 0 };
	shelf->free_exemplars[shelf->free_exemplar_count++] = at;
	shelf->live_exemplars--;
}

void
shelf_forget(struct shelf *shelf, uint32_t group)
{
	struct shelf_group *forgotten = &shelf->groups[group];

	for (uint32_t i = 0; i < forgotten->count; i++)
		drop_exemplar(shelf, forgotten->exemplars[i]);
	map_remove(&shelf->group_numbers, forgotten->id);
	*forgotten = (struct shelf_group){ .id = 0 };
	shelf->free_groups[shelf->free_group_count++] = group;
}

/* ---- exemplars ---- */

static enum result
take_slot(struct shelf *shelf, uint32_t *slot_out)
{
	enum result result = OK;

	if (shelf->free_exemplar_count > 0) {
		*slot_out = shelf->free_exemplars[--shelf->free_exemplar_count];
		return OK;
	}
	if (shelf->exemplar_count == shelf->exemplar_room) {
		void *exemplars = shelf->exemplars;

		result = make_room(&exemplars, &shelf->free_exemplars,
		    sizeof(*shelf->exemplars), &shelf->exemplar_room);
		shelf->exemplars = exemplars;
	}
	if (result == OK)
		*slot_out = shelf->exemplar_count++;
	return result;
}

enum result
shelf_add(struct shelf *shelf, const struct exemplar *exemplar)
{
	struct shelf_group *group = &shelf->groups[exemplar->group];
	size_t bytes = exemplar->count * sizeof(*exemplar->numbers);
	uint32_t slot;
	uint32_t *numbers = malloc(bytes + 1);
	enum result result =
	    numbers == NULL ? ERR_NOMEM : take_slot(shelf, &slot);

	if (result != OK) {
		free(numbers);
		return result;
	}
	memcpy(numbers, exemplar->numbers, bytes);
	shelf->exemplars[slot] = *exemplar;
	shelf->exemplars[slot].numbers = numbers;
	shelf->exemplars[slot].count = 0;
	shelf->live_exemplars++;
	while (result == OK && shelf->exemplars[slot].count < exemplar->count) {
		result = postings_add(&shelf->postings,
		    numbers[shelf->exemplars[slot].count], slot);
		shelf->exemplars[slot].count += result == OK ? 1 : 0;
	}
	if (result != OK)
		drop_exemplar(shelf, slot); /* with what was indexed of it */
	else
		group->exemplars[group->count++] = slot;
	return result;
}

double
shelf_likeness(const struct shelf *shelf, const struct exemplar *a,
    const struct exemplar *b)
{
	float weights[SIGNATURE_TERMS_MAX];
	struct probe probe = {
		.numbers = a->numbers, .weights = weights, .count = a->count
	};
	const struct compared compared = { .numbers = b->numbers,
		.count = b->count };

	for (uint32_t i = 0; i < a->count; i++) {
		const struct posting *list =
		    &shelf->postings.lists[a->numbers[i]];
		double weight = likeness_weight(signature_kind(list->term),
		    list->count, shelf->live_exemplars);

		weights[i] = (float)weight;
		probe.weight += weight;
	}
	return likeness_of(
	    &shelf->postings, shelf->live_exemplars, &probe, &compared)
	    .value;
}
