/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* After a commit that queued replies the thread looks once for every page that
 * waits, by the index by which the page itself would ask.  Commits that come
 * fast are taken together, so the cost has a bound that does not grow with the
 * traffic: few pages wait, and they are looked after a few times a second.
 * Nobody waits: a commit costs one look at a number.
 *
 * A reply may also become due by time alone, or be committed by another
 * process; so everyone is looked after now and then without being told.
 *
 * Only the thread takes waiters off the list and others only add at its end.
 * So it walks the list without the mutex, but for each step. */
#include "chat_waiters.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "clock.h"

enum {
	PER_CITIZEN_MAX = 4, /* tabs; pages that were left still wait a while */
	LOOK_GAP_MS = 50,    /* between two looks, however much is committed */
	LOOK_EVERY_MS = 500,
	SCRATCH_MAX_BYTES = 16 * 1024 * 1024,
};

struct chat_waiters {
	struct metrics *metrics;
	size_t max;
	pthread_t thread;
	struct arena scratch;	/* the thread's own */
	_Atomic size_t waiting; /* changed under the mutex */

	pthread_mutex_t mutex; /* guards what follows */
	pthread_cond_t changed;
	struct chat_waiter *first;
	struct chat_waiter **end;
	bool news;
	bool closed;
};

/* ---- the thread ---- */

static void
count_waiting(struct chat_waiters *waiters, size_t waiting)
{
	atomic_store(&waiters->waiting, waiting);
	metrics_set(
	    waiters->metrics, METRIC_chat_waiting, NULL, (uint64_t)waiting);
}

/* Look after the waiter at *LINK.  Where the next one is. */
static struct chat_waiter **
look_after(struct chat_waiters *waiters, struct chat_waiter **link,
    struct chat_waiter *waiter)
{
	struct text_view found = TEXT("");
	enum result result;
	bool due;

	arena_reset(&waiters->scratch);
	result = waiter->look(waiter->context, &waiters->scratch, &found);
	due =
	    result != ERR_NOT_FOUND || clock_monotonic_ms() >= waiter->until_ms;
	(void)pthread_mutex_lock(&waiters->mutex);
	due = due || waiter->given_up || waiters->closed;
	if (due) {
		*link = waiter->next;
		if (waiters->end == &waiter->next)
			waiters->end = link;
		count_waiting(waiters, atomic_load(&waiters->waiting) - 1);
	}
	(void)pthread_mutex_unlock(&waiters->mutex);
	if (!due)
		return &waiter->next;
	waiter->wake(waiter->context, waiter->request, result, found);
	return link;
}

static void
look_after_all(struct chat_waiters *waiters)
{
	struct chat_waiter **link = &waiters->first;

	for (;;) {
		struct chat_waiter *waiter;

		(void)pthread_mutex_lock(&waiters->mutex);
		waiter = *link;
		(void)pthread_mutex_unlock(&waiters->mutex);
		if (waiter == NULL)
			return;
		link = look_after(waiters, link, waiter);
	}
}

static void
wait_until(struct chat_waiters *waiters, uint64_t at_ms)
{
	const struct timespec until = { .tv_sec = (time_t)(at_ms / 1000),
		.tv_nsec = (long)(at_ms % 1000) * 1000000 };

	(void)pthread_cond_timedwait(
	    &waiters->changed, &waiters->mutex, &until);
}

/* Sleep until it is time for the next look, the last one having been at
 * LOOKED_MS; false when there is none. */
static bool
wait_for_look(struct chat_waiters *waiters, uint64_t looked_ms)
{
	bool goes_on;

	(void)pthread_mutex_lock(&waiters->mutex);
	while (waiters->first == NULL && !waiters->closed)
		(void)pthread_cond_wait(&waiters->changed, &waiters->mutex);
	for (;;) {
		uint64_t at_ms =
		    looked_ms + (waiters->news ? LOOK_GAP_MS : LOOK_EVERY_MS);

		if (waiters->closed || clock_monotonic_ms() >= at_ms)
			break;
		wait_until(waiters, at_ms);
	}
	waiters->news = false;
	goes_on = waiters->first != NULL;
	(void)pthread_mutex_unlock(&waiters->mutex);
	return goes_on;
}

static void *
run(void *context)
{
	struct chat_waiters *waiters = context;
	uint64_t looked_ms = 0;

	while (wait_for_look(waiters, looked_ms)) {
		look_after_all(waiters);
		looked_ms = clock_monotonic_ms();
	}
	return NULL;
}

/* ---- starting and stopping ---- */

/* Signals are for main(): this thread blocks them all. */
static enum result
start_thread(struct chat_waiters *waiters)
{
	sigset_t all;
	sigset_t before;
	int failed;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&waiters->thread, NULL, run, waiters);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return failed == 0 ? OK : ERR_NOMEM;
}

static void
waiters_free(struct chat_waiters *waiters)
{
	arena_fini(&waiters->scratch);
	(void)pthread_cond_destroy(&waiters->changed);
	(void)pthread_mutex_destroy(&waiters->mutex);
	free(waiters);
}

enum result
chat_waiters_start(
    size_t max, struct metrics *metrics, struct chat_waiters **waiters_out)
{
	struct chat_waiters *waiters = calloc(1, sizeof(*waiters));
	pthread_condattr_t monotonic;

	if (waiters == NULL)
		return ERR_NOMEM;
	waiters->max = max;
	waiters->metrics = metrics;
	waiters->end = &waiters->first;
	arena_init(&waiters->scratch, SCRATCH_MAX_BYTES);
	/* None of these can fail on Linux. */
	(void)pthread_mutex_init(&waiters->mutex, NULL);
	(void)pthread_condattr_init(&monotonic);
	(void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&waiters->changed, &monotonic);
	(void)pthread_condattr_destroy(&monotonic);
	if (start_thread(waiters) != OK) {
		waiters_free(waiters);
		return ERR_NOMEM;
	}
	*waiters_out = waiters;
	return OK;
}

void
chat_waiters_close(struct chat_waiters *waiters)
{
	(void)pthread_mutex_lock(&waiters->mutex);
	waiters->closed = true;
	(void)pthread_cond_signal(&waiters->changed);
	(void)pthread_mutex_unlock(&waiters->mutex);
}

void
chat_waiters_stop(struct chat_waiters *waiters)
{
	if (waiters == NULL)
		return;
	chat_waiters_close(waiters);
	(void)pthread_join(waiters->thread, NULL);
	waiters_free(waiters);
}

/* ---- on any thread ---- */

static void
send_oldest_away(struct chat_waiters *waiters, struct text_view citizen)
{
	struct chat_waiter *oldest = NULL;
	size_t count = 0;

	for (struct chat_waiter *it = waiters->first; it != NULL;
	     it = it->next) {
		if (it->given_up || !text_equal(it->citizen, citizen))
			continue;
		if (oldest == NULL)
			oldest = it;
		count++;
	}
	if (count >= PER_CITIZEN_MAX)
		oldest->given_up = true;
}

bool
chat_waiters_add(struct chat_waiters *waiters, struct chat_waiter *waiter)
{
	size_t waiting;
	bool has_room;

	waiter->next = NULL;
	waiter->given_up = false;
	(void)pthread_mutex_lock(&waiters->mutex);
	waiting = atomic_load(&waiters->waiting);
	has_room = !waiters->closed && waiting < waiters->max;
	if (has_room) {
		send_oldest_away(waiters, waiter->citizen);
		*waiters->end = waiter;
		waiters->end = &waiter->next;
		count_waiting(waiters, waiting + 1);
		/* What it has missed on its way here. */
		waiters->news = true;
		(void)pthread_cond_signal(&waiters->changed);
	}
	(void)pthread_mutex_unlock(&waiters->mutex);
	return has_room;
}

void
chat_waiters_look(struct chat_waiters *waiters)
{
	if (atomic_load(&waiters->waiting) == 0)
		return;
	(void)pthread_mutex_lock(&waiters->mutex);
	waiters->news = true;
	(void)pthread_cond_signal(&waiters->changed);
	(void)pthread_mutex_unlock(&waiters->mutex);
}
