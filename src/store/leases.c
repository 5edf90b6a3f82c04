/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "leases.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A sorted array: ids grow, so that a new lease goes to the end, and there are
 * only as many as messages in flight. */
struct lease {
	uint64_t id;
	uint64_t until_ms;
};

enum { LEASES_MAX = 65536 };

static const uint64_t ended = 0;
static const uint64_t held = UINT64_MAX;

void
leases_init(struct leases *leases)
{
	*leases = (struct leases){ .at = NULL };
	/* Cannot fail with the default attributes on Linux. */
	(void)pthread_mutex_init(&leases->mutex, NULL);
}

void
leases_fini(struct leases *leases)
{
	free(leases->at);
	(void)pthread_mutex_destroy(&leases->mutex);
}

/* Where ID is, or where it would go. */
static size_t
position(const struct leases *leases, uint64_t id)
{
	size_t low = 0;
	size_t high = leases->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (leases->at[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct lease *
find(const struct leases *leases, uint64_t id)
{
	size_t at = position(leases, id);

	if (at == leases->count || leases->at[at].id != id)
		return NULL;
	return &leases->at[at];
}

void
leases_sweep(struct leases *leases, uint64_t now_ms)
{
	size_t kept = 0;

	(void)pthread_mutex_lock(&leases->mutex);
	for (size_t i = 0; i < leases->count; i++)
		if (leases->at[i].until_ms > now_ms)
			leases->at[kept++] = leases->at[i];
	leases->count = kept;
	(void)pthread_mutex_unlock(&leases->mutex);
}

enum result
leases_reserve(struct leases *leases, size_t more)
{
	enum result result = OK;
	struct lease *grown;
	size_t wanted;

	(void)pthread_mutex_lock(&leases->mutex);
	wanted = leases->count + more;
	if (more > LEASES_MAX || wanted > LEASES_MAX) {
		result = ERR_TOO_LARGE;
	} else if (wanted > leases->size) {
		grown = realloc(leases->at, wanted * sizeof(*grown));
		if (grown == NULL) {
			result = ERR_NOMEM;
		} else {
			leases->at = grown;
			leases->size = wanted;
		}
	}
	(void)pthread_mutex_unlock(&leases->mutex);
	return result;
}

void
leases_take(struct leases *leases, uint64_t id, uint64_t until_ms)
{
	size_t at;

	(void)pthread_mutex_lock(&leases->mutex);
	assert(leases->count < leases->size);
	at = position(leases, id);
	memmove(&leases->at[at + 1], &leases->at[at],
	    (leases->count - at) * sizeof(leases->at[0]));
	leases->at[at] = (struct lease){ id, until_ms };
	leases->count++;
	(void)pthread_mutex_unlock(&leases->mutex);
}

bool
leases_has(struct leases *leases, uint64_t id, uint64_t *until_ms_out)
{
	const struct lease *lease;

	(void)pthread_mutex_lock(&leases->mutex);
	lease = find(leases, id);
	if (lease != NULL)
		*until_ms_out = lease->until_ms == held ? 0 : lease->until_ms;
	(void)pthread_mutex_unlock(&leases->mutex);
	return lease != NULL;
}

static void
set_until(struct leases *leases, uint64_t id, uint64_t until_ms)
{
	struct lease *lease;

	(void)pthread_mutex_lock(&leases->mutex);
	lease = find(leases, id);
	if (lease != NULL)
		lease->until_ms = until_ms;
	(void)pthread_mutex_unlock(&leases->mutex);
}

void
leases_hold(struct leases *leases, uint64_t id)
{
	set_until(leases, id, held);
}

void
leases_end(struct leases *leases, uint64_t id)
{
	set_until(leases, id, ended);
}
