/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A set-associative table of counters: a key hashes to a row and takes one of
 * its slots, the oldest when all are taken.  The hash is keyed, so nobody can
 * aim at a row.  A try is counted before the password is looked at, so that
 * many at once get no further than one after another. */
#include "throttle.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>

enum {
	ROWS = 512,
	SLOTS = 8,
	WINDOW_MS = 15 * 60 * 1000,
	PER_BOTH = 5, /* tries in a window, of a login from one address */
	PER_ADDRESS = 30,
	PER_LOGIN = 60, /* from everywhere: guessing by a crowd */
	KEYS = 3,
};

struct slot {
	uint64_t key; /* 0: free */
	uint64_t since_ms;
	unsigned count;
};

struct throttle {
	pthread_mutex_t mutex;
	unsigned char hash_key[crypto_generichash_KEYBYTES];
	struct slot slots[ROWS][SLOTS];
};

struct key {
	uint64_t hash;
	unsigned max;
};

struct throttle *
throttle_new(void)
{
	struct throttle *throttle = calloc(1, sizeof(*throttle));

	if (throttle == NULL)
		return NULL;
	(void)pthread_mutex_init(&throttle->mutex, NULL);
	randombytes_buf(throttle->hash_key, sizeof(throttle->hash_key));
	return throttle;
}

void
throttle_free(struct throttle *throttle)
{
	if (throttle == NULL)
		return;
	(void)pthread_mutex_destroy(&throttle->mutex);
	free(throttle);
}

static void
add_text(crypto_generichash_state *state, struct text_view text)
{
	(void)crypto_generichash_update(
	    state, (const unsigned char *)text.at, text.len);
}

/* KIND keeps an address apart from a login that looks like one. */
static uint64_t
hash(const struct throttle *throttle, char kind, struct text_view login,
    struct text_view address)
{
	crypto_generichash_state state;
	uint64_t out[crypto_generichash_BYTES_MIN / sizeof(uint64_t)];

	(void)crypto_generichash_init(&state, throttle->hash_key,
	    sizeof(throttle->hash_key), sizeof(out));
	add_text(&state, (struct text_view){ &kind, 1 });
	add_text(&state, login);
	add_text(&state, (struct text_view){ "\0", 1 });
	add_text(&state, address);
	(void)crypto_generichash_final(
	    &state, (unsigned char *)out, sizeof(out));
	return out[0] | 1; /* 0 is a free slot */
}

static void
fill_keys(const struct throttle *throttle, const struct throttle_try *tried,
    struct key keys[KEYS])
{
	keys[0] =
	    (struct key){ hash(throttle, 'b', tried->login, tried->address),
		    PER_BOTH };
	keys[1] = (struct key){ hash(throttle, 'l', tried->login, TEXT("")),
		PER_LOGIN };
	keys[2] = (struct key){ hash(throttle, 'a', TEXT(""), tried->address),
		PER_ADDRESS };
}

/* The slot of KEY, made when there is none; past its window it starts anew. */
static struct slot *
slot_of(struct throttle *throttle, uint64_t key, uint64_t now_ms)
{
	struct slot *row = throttle->slots[key / 2 % ROWS];
	struct slot *found = &row[0];

	for (size_t i = 0; i < SLOTS; i++) {
		if (row[i].key == key) {
			found = &row[i];
			break;
		}
		if (row[i].since_ms < found->since_ms)
			found = &row[i];
	}
	if (found->key != key || now_ms - found->since_ms >= WINDOW_MS)
		*found = (struct slot){ .key = key, .since_ms = now_ms };
	return found;
}

unsigned
throttle_count(struct throttle *throttle, const struct throttle_try *tried)
{
	struct key keys[KEYS];
	struct slot *slots[KEYS];
	uint64_t wait_ms = 0;

	fill_keys(throttle, tried, keys);
	(void)pthread_mutex_lock(&throttle->mutex);
	for (size_t i = 0; i < KEYS; i++) {
		uint64_t until_ms;

		slots[i] = slot_of(throttle, keys[i].hash, tried->now_ms);
		until_ms = slots[i]->since_ms + WINDOW_MS;
		if (slots[i]->count >= keys[i].max &&
		    until_ms - tried->now_ms > wait_ms)
			wait_ms = until_ms - tried->now_ms;
	}
	for (size_t i = 0; wait_ms == 0 && i < KEYS; i++)
		slots[i]->count++;
	(void)pthread_mutex_unlock(&throttle->mutex);
	return (unsigned)((wait_ms + 999) / 1000);
}

void
throttle_forgive(struct throttle *throttle, const struct throttle_try *tried)
{
	struct key keys[KEYS];
	struct slot *address;

	fill_keys(throttle, tried, keys);
	(void)pthread_mutex_lock(&throttle->mutex);
	slot_of(throttle, keys[0].hash, tried->now_ms)->count = 0;
	slot_of(throttle, keys[1].hash, tried->now_ms)->count = 0;
	address = slot_of(throttle, keys[2].hash, tried->now_ms);
	if (address->count > 0)
		address->count--;
	(void)pthread_mutex_unlock(&throttle->mutex);
}
