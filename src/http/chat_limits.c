/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A bucket for each name: it holds a minute's messages and fills evenly, so
 * that a person who types fast is not stopped and a program is.
 *
 * What is kept of a bucket is the time at which it will be full again.  The
 * table has a fixed size: a name falls into a set of a few buckets, found by a
 * keyed hash, and a new name takes the one that is full, or the fullest.  Who
 * floods it with new names makes it forgetful, never large. */
#include "chat_limits.h"

#include <pthread.h>
#include <stdlib.h>

#include <sodium.h>

enum { SETS = 1024, SET_SIZE = 8, MINUTE_MS = 60000 };

struct bucket {
	uint64_t name; /* keyed hash, 0: never used */
	uint64_t full_ms;
};

struct chat_limits {
	uint64_t cost_ms; /* of one message, 0: no limit */
	unsigned char key[crypto_shorthash_KEYBYTES];
	pthread_mutex_t mutex; /* guards what follows */
	struct bucket sets[SETS][SET_SIZE];
};

enum result
chat_limits_new(uint64_t per_minute, struct chat_limits **limits_out)
{
	struct chat_limits *limits = calloc(1, sizeof(*limits));

	if (limits == NULL)
		return ERR_NOMEM;
	if (per_minute > 0)
		limits->cost_ms = (MINUTE_MS + per_minute - 1) / per_minute;
	randombytes_buf(limits->key, sizeof(limits->key));
	(void)pthread_mutex_init(&limits->mutex, NULL);
	*limits_out = limits;
	return OK;
}

void
chat_limits_free(struct chat_limits *limits)
{
	if (limits == NULL)
		return;
	(void)pthread_mutex_destroy(&limits->mutex);
	free(limits);
}

static uint64_t
name_of(const struct chat_limits *limits, struct text_view who)
{
	uint64_t name;

	_Static_assert(sizeof(name) == crypto_shorthash_BYTES, "64 bits");
	(void)crypto_shorthash((unsigned char *)&name,
	    (const unsigned char *)who.at, who.len, limits->key);
	return name;
}

/* The bucket of NAME, which may have been another's until now. */
static struct bucket *
find(struct chat_limits *limits, uint64_t name)
{
	struct bucket *set = limits->sets[name % SETS];
	struct bucket *fullest = &set[0];

	for (size_t i = 0; i < SET_SIZE; i++) {
		if (set[i].name == name)
			return &set[i];
		if (set[i].full_ms < fullest->full_ms)
			fullest = &set[i];
	}
	*fullest = (struct bucket){ .name = name };
	return fullest;
}

uint64_t
chat_limits_take(
    struct chat_limits *limits, struct text_view who, uint64_t now_ms)
{
	struct bucket *bucket;
	uint64_t full_ms;
	uint64_t wait_ms = 0;

	if (limits->cost_ms == 0)
		return 0;
	(void)pthread_mutex_lock(&limits->mutex);
	bucket = find(limits, name_of(limits, who));
	full_ms = (bucket->full_ms > now_ms ? bucket->full_ms : now_ms) +
		  limits->cost_ms;
	if (full_ms > now_ms + MINUTE_MS)
		wait_ms = full_ms - now_ms - MINUTE_MS;
	else
		bucket->full_ms = full_ms;
	(void)pthread_mutex_unlock(&limits->mutex);
	return wait_ms;
}
