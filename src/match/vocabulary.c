/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* An open-addressed table from 64-bit keys to numbers.  Keys are hashes
 * already, so their low bits choose the slot.  A collision of two features in
 * 64 bits would only add them up; at a million features the odds are one in
 * thirty million. */
#include "vocabulary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024, SLOTS_MAX = 1 << 27 };

struct slot {
	uint64_t key;	 /* 0: free */
	uint32_t count;	 /* of examples; after the close: the number */
	uint32_t newest; /* example */
};

struct vocabulary {
	struct slot *slots;
	size_t slot_count; /* a power of two */
	size_t used;
	float *rarity; /* by number, like the next */
	uint32_t *without;
	float rarest;
	uint32_t size;
};

struct vocabulary *
vocabulary_new(void)
{
	struct vocabulary *vocabulary = calloc(1, sizeof(*vocabulary));

	if (vocabulary == NULL)
		return NULL;
	vocabulary->slots = calloc(FIRST_SLOTS, sizeof(struct slot));
	vocabulary->slot_count = FIRST_SLOTS;
	if (vocabulary->slots == NULL) {
		vocabulary_free(vocabulary);
		return NULL;
	}
	return vocabulary;
}

void
vocabulary_free(struct vocabulary *vocabulary)
{
	if (vocabulary == NULL)
		return;
	free(vocabulary->slots);
	free(vocabulary->rarity);
	free(vocabulary->without);
	free(vocabulary);
}

static struct slot *
slot_of(struct slot *slots, size_t slot_count, uint64_t key)
{
	size_t at = key & (slot_count - 1);

	while (slots[at].key != 0 && slots[at].key != key)
		at = (at + 1) & (slot_count - 1);
	return &slots[at];
}

static bool
keeps_all(uint64_t key, uint32_t examples)
{
	(void)key;
	return examples > 0;
}

static bool
keeps_any(uint64_t key, uint32_t number)
{
	(void)key;
	(void)number;
	return true;
}

/* Move every slot that KEEPS keeps to a table of SLOT_COUNT. */
static enum result
rehash(
    struct vocabulary *vocabulary, size_t slot_count, vocabulary_keeps *keeps)
{
	struct slot *slots;
	size_t used = 0;

	if (slot_count > SLOTS_MAX)
		return ERR_TOO_LARGE;
	slots = calloc(slot_count, sizeof(*slots));
	if (slots == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < vocabulary->slot_count; i++) {
		struct slot slot = vocabulary->slots[i];

		if (slot.key == 0 || !keeps(slot.key, slot.count))
			continue;
		*slot_of(slots, slot_count, slot.key) = slot;
		used++;
	}
	free(vocabulary->slots);
	vocabulary->slots = slots;
	vocabulary->slot_count = slot_count;
	vocabulary->used = used;
	return OK;
}

enum result
vocabulary_count(struct vocabulary *vocabulary, uint64_t key, uint32_t example)
{
	struct slot *slot;

	if (vocabulary->used * 2 >= vocabulary->slot_count) {
		enum result result =
		    rehash(vocabulary, vocabulary->slot_count * 2, keeps_all);

		if (result != OK)
			return result;
	}
	key += key == 0 ? 1 : 0;
	slot = slot_of(vocabulary->slots, vocabulary->slot_count, key);
	if (slot->key == 0) {
		*slot = (struct slot){ key, 1, example };
		vocabulary->used++;
	} else if (slot->newest != example) {
		slot->count++;
		slot->newest = example;
	}
	return OK;
}

static size_t
slots_needed(const struct vocabulary *vocabulary, vocabulary_keeps *keeps)
{
	size_t kept = 0;
	size_t slot_count = FIRST_SLOTS;

	for (size_t i = 0; i < vocabulary->slot_count; i++)
		kept +=
		    keeps(vocabulary->slots[i].key, vocabulary->slots[i].count)
			? 1
			: 0;
	while (slot_count / 4 * 3 < kept)
		slot_count *= 2;
	return slot_count;
}

static int
more_frequent(const void *a, const void *b)
{
	const struct slot *left = *(struct slot *const *)a;
	const struct slot *right = *(struct slot *const *)b;

	if (left->count != right->count)
		return left->count > right->count ? -1 : 1;
	return left->key < right->key ? -1 : left->key > right->key;
}

/* Common features get low numbers: what most questions touch lies together in
 * every array that goes by number. */
static void
number_by_frequency(
    struct vocabulary *vocabulary, struct slot **order, uint32_t examples)
{
	size_t count = 0;

	for (size_t i = 0; i < vocabulary->slot_count; i++) {
		if (vocabulary->slots[i].key != 0)
			order[count++] = &vocabulary->slots[i];
	}
	qsort(order, count, sizeof(struct slot *), more_frequent);
	for (size_t i = 0; i < count; i++) {
		vocabulary->rarity[i] =
		    logf((float)(examples + 1) / (float)(order[i]->count + 1)) +
		    1;
		order[i]->count = (uint32_t)i;
	}
	vocabulary->size = (uint32_t)count;
}

enum result
vocabulary_close(
    struct vocabulary *vocabulary, uint32_t examples, vocabulary_keeps *keeps)
{
	enum result result =
	    rehash(vocabulary, slots_needed(vocabulary, keeps), keeps);
	struct slot **order;

	if (result != OK)
		return result;
	vocabulary->rarity =
	    calloc(vocabulary->used + 1, sizeof(*vocabulary->rarity));
	vocabulary->without =
	    calloc(vocabulary->used + 1, sizeof(*vocabulary->without));
	order = calloc(vocabulary->used + 1, sizeof(struct slot *));
	if (vocabulary->rarity == NULL || vocabulary->without == NULL ||
	    order == NULL) {
		free(order);
		return ERR_NOMEM;
	}
	number_by_frequency(vocabulary, order, examples);
	free(order);
	vocabulary->rarest = logf((float)(examples + 1)) + 1;
	return OK;
}

uint32_t
vocabulary_find(const struct vocabulary *vocabulary, uint64_t key)
{
	const struct slot *slot;

	key += key == 0 ? 1 : 0;
	slot = slot_of(vocabulary->slots, vocabulary->slot_count, key);
	return slot->key == 0 ? VOCABULARY_UNKNOWN : slot->count;
}

void
vocabulary_note(
    struct vocabulary *vocabulary, uint32_t number, uint32_t without)
{
	vocabulary->without[number] |= without;
}

bool
vocabulary_holds(
    const struct vocabulary *vocabulary, uint32_t number, uint16_t held_out)
{
	return held_out == UINT16_MAX ||
	       (vocabulary->without[number] >> held_out & 1) != 0;
}

float
vocabulary_rarity(const struct vocabulary *vocabulary, uint32_t number)
{
	return number == VOCABULARY_UNKNOWN ? vocabulary->rarest
					    : vocabulary->rarity[number];
}

uint32_t
vocabulary_size(const struct vocabulary *vocabulary)
{
	return vocabulary->size;
}

/* COUNT items of SIZE bytes from FROM, with room for MORE. */
static void *
copy_of(const void *from, size_t count, size_t more, size_t size)
{
	void *copy = calloc(count + more + 1, size);

	if (copy != NULL)
		memcpy(copy, from, count * size);
	return copy;
}

enum result
vocabulary_copy(
    const struct vocabulary *from, struct vocabulary **vocabulary_out)
{
	struct vocabulary *copy = calloc(1, sizeof(*copy));

	if (copy == NULL)
		return ERR_NOMEM;
	*copy = *from;
	copy->slots =
	    copy_of(from->slots, from->slot_count, 0, sizeof(*copy->slots));
	copy->rarity =
	    copy_of(from->rarity, from->size, 0, sizeof(*copy->rarity));
	copy->without =
	    copy_of(from->without, from->size, 0, sizeof(*copy->without));
	if (copy->slots == NULL || copy->rarity == NULL ||
	    copy->without == NULL) {
		vocabulary_free(copy);
		return ERR_NOMEM;
	}
	*vocabulary_out = copy;
	return OK;
}

static enum result
make_room(struct vocabulary *vocabulary, uint32_t more)
{
	size_t slot_count = vocabulary->slot_count;
	float *rarity = copy_of(vocabulary->rarity, vocabulary->size, more,
	    sizeof(*vocabulary->rarity));
	uint32_t *without = copy_of(vocabulary->without, vocabulary->size, more,
	    sizeof(*vocabulary->without));

	if (rarity == NULL || without == NULL) {
		free(rarity);
		free(without);
		return ERR_NOMEM;
	}
	free(vocabulary->rarity);
	free(vocabulary->without);
	vocabulary->rarity = rarity;
	vocabulary->without = without;
	while (slot_count / 4 * 3 < vocabulary->used + more)
		slot_count *= 2;
	if (slot_count == vocabulary->slot_count)
		return OK;
	return rehash(vocabulary, slot_count, keeps_any);
}

enum result
vocabulary_extend(struct vocabulary *vocabulary, const struct vocabulary *added)
{
	enum result result = make_room(vocabulary, added->size);

	if (result != OK)
		return result;
	for (size_t i = 0; i < added->slot_count; i++) {
		uint64_t key = added->slots[i].key;
		struct slot *slot;

		if (key == 0)
			continue;
		slot = slot_of(vocabulary->slots, vocabulary->slot_count, key);
		if (slot->key != 0)
			continue;
		*slot = (struct slot){ key, vocabulary->size, 0 };
		vocabulary->rarity[vocabulary->size++] =
		    vocabulary->rarest - logf(2);
		vocabulary->used++;
	}
	return OK;
}
