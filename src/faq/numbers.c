/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "numbers.h"

#include <stdlib.h>
#include <string.h>

/* A table of slots that hold numbers, probed one after another from where the
 * key points; at most half of them are taken. */

enum { FIRST_SLOTS = 64 };

void
numbers_fini(struct numbers *numbers)
{
	free(numbers->keys);
	free(numbers->slots);
	*numbers = (struct numbers){ NULL, NULL, 0, 0 };
}

/* The slot of KEY, or the free one where it belongs. */
static size_t
slot_of(const struct numbers *numbers, uint64_t key)
{
	size_t slot = (size_t)key & (numbers->slot_count - 1);

	while (numbers->slots[slot] != NUMBERS_NONE &&
	       numbers->keys[numbers->slots[slot]] != key)
		slot = (slot + 1) & (numbers->slot_count - 1);
	return slot;
}

static enum result
grow(struct numbers *numbers)
{
	size_t slot_count =
	    numbers->slot_count == 0 ? FIRST_SLOTS : 2 * numbers->slot_count;
	uint32_t *slots = malloc(slot_count * sizeof(*slots));
	uint64_t *keys = realloc(numbers->keys, slot_count / 2 * sizeof(*keys));

	if (keys != NULL)
		numbers->keys = keys;
	if (keys == NULL || slots == NULL) {
		free(slots);
		return ERR_NOMEM;
	}
	memset(slots, 0xFF, slot_count * sizeof(*slots)); /* NUMBERS_NONE */
	free(numbers->slots);
	numbers->slots = slots;
	numbers->slot_count = slot_count;
	for (size_t i = 0; i < numbers->count; i++)
		slots[slot_of(numbers, keys[i])] = (uint32_t)i;
	return OK;
}

enum result
numbers_give(struct numbers *numbers, uint64_t key, uint32_t *number_out)
{
	uint32_t number = numbers_find(numbers, key);

	if (number == NUMBERS_NONE) {
		if (numbers->count >= NUMBERS_MAX)
			return ERR_TOO_LARGE;
		if (numbers->count == numbers->slot_count / 2) {
			enum result result = grow(numbers);

			if (result != OK)
				return result;
		}
		number = (uint32_t)numbers->count++;
		numbers->slots[slot_of(numbers, key)] = number;
		numbers->keys[number] = key;
	}
	*number_out = number;
	return OK;
}

uint32_t
numbers_find(const struct numbers *numbers, uint64_t key)
{
	return numbers->slot_count == 0 ? NUMBERS_NONE
					: numbers->slots[slot_of(numbers, key)];
}
