/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "knowledge.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* The count of holders stands before what they see, which stays const. */
struct generation {
	struct knowledge knowledge; /* first: holders have its address */
	_Atomic unsigned holders;
};

struct knowledge_slot {
	pthread_mutex_t mutex; /* of CURRENT, for a moment */
	pthread_mutex_t loading;
	const struct knowledge *current;
};

/* Holders see a const knowledge; only the count behind it changes. */
static struct generation *
generation_of(const struct knowledge *knowledge)
{
	union {
		const struct knowledge *seen;
		struct generation *whole;
	} generation = { knowledge };

	return generation.whole;
}

enum result
knowledge_load_over(const char *dir, const struct faq_overlay *overlay,
    const char *today, struct knowledge **knowledge_out, struct complaint *why)
{
	struct generation *generation = calloc(1, sizeof(*generation));
	enum result result = ERR_NOMEM;

	if (generation == NULL)
		return ERR_NOMEM;
	atomic_store(&generation->holders, 1);
	result = text_copy(generation->knowledge.today,
	    sizeof(generation->knowledge.today), text_of(today));
	if (result == OK)
		result = faq_load_over(
		    dir, overlay, &generation->knowledge.faq, why);
	if (result == OK)
		result = match_index_new(generation->knowledge.faq, today,
		    &generation->knowledge.index, why);
	if (result != OK) {
		knowledge_drop(&generation->knowledge);
		return result;
	}
	*knowledge_out = &generation->knowledge;
	return OK;
}

enum result
knowledge_load(const char *dir, const char *today,
    struct knowledge **knowledge_out, struct complaint *why)
{
	return knowledge_load_over(dir, NULL, today, knowledge_out, why);
}

const struct knowledge *
knowledge_hold(const struct knowledge *knowledge)
{
	if (knowledge != NULL)
		atomic_fetch_add(&generation_of(knowledge)->holders, 1);
	return knowledge;
}

void
knowledge_drop(const struct knowledge *knowledge)
{
	struct generation *generation;

	if (knowledge == NULL)
		return;
	generation = generation_of(knowledge);
	if (atomic_fetch_sub(&generation->holders, 1) != 1)
		return;
	match_index_free(generation->knowledge.index);
	faq_free(generation->knowledge.faq);
	free(generation);
}

struct knowledge_slot *
knowledge_slot_new(struct knowledge *first)
{
	struct knowledge_slot *slot = calloc(1, sizeof(*slot));

	if (slot == NULL) {
		knowledge_drop(first);
		return NULL;
	}
	(void)pthread_mutex_init(&slot->mutex, NULL);
	(void)pthread_mutex_init(&slot->loading, NULL);
	slot->current = first;
	return slot;
}

void
knowledge_slot_free(struct knowledge_slot *slot)
{
	if (slot == NULL)
		return;
	knowledge_drop(slot->current);
	(void)pthread_mutex_destroy(&slot->mutex);
	(void)pthread_mutex_destroy(&slot->loading);
	free(slot);
}

const struct knowledge *
knowledge_slot_get(struct knowledge_slot *slot)
{
	const struct knowledge *current;

	pthread_mutex_lock(&slot->mutex);
	current = knowledge_hold(slot->current);
	pthread_mutex_unlock(&slot->mutex);
	return current;
}

void
knowledge_slot_set(struct knowledge_slot *slot, struct knowledge *next)
{
	const struct knowledge *before;

	pthread_mutex_lock(&slot->mutex);
	before = slot->current;
	slot->current = next;
	pthread_mutex_unlock(&slot->mutex);
	knowledge_drop(before);
}

void
knowledge_slot_begin(struct knowledge_slot *slot)
{
	pthread_mutex_lock(&slot->loading);
}

void
knowledge_slot_end(struct knowledge_slot *slot)
{
	pthread_mutex_unlock(&slot->loading);
}
