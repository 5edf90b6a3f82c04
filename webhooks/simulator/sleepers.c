/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A plain list: it holds a few long-polling readers and a few scripted delays,
 * and the thread looks through all of it whenever something changes. */
#include "sleepers.h"

#include "clock.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct sleeper {
	struct sim_sleep sleep;
	struct sleeper *next;
};

struct sim_sleepers {
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t changed; /* on the monotonic clock */
	struct sleeper *list;
	uint64_t row;
	bool closed;
	bool stopping;
};

static bool
is_due(const struct sim_sleepers *sleepers, const struct sim_sleep *sleep,
    uint64_t now_ms)
{
	return sleepers->closed || sleep->until_ms <= now_ms ||
	       sleep->row <= sleepers->row;
}

/* The first who is due, taken off the list; else NULL and *NEXT_MS_OUT is when
 * to look again. */
static struct sleeper *
take_due(struct sim_sleepers *sleepers, uint64_t now_ms, uint64_t *next_ms_out)
{
	struct sleeper **at = &sleepers->list;

	*next_ms_out = UINT64_MAX;
	for (; *at != NULL; at = &(*at)->next) {
		struct sleeper *sleeper = *at;

		if (is_due(sleepers, &sleeper->sleep, now_ms)) {
			*at = sleeper->next;
			return sleeper;
		}
		if (sleeper->sleep.until_ms < *next_ms_out)
			*next_ms_out = sleeper->sleep.until_ms;
	}
	return NULL;
}

static void
wait_until(struct sim_sleepers *sleepers, uint64_t at_ms)
{
	const struct timespec until = { .tv_sec = (time_t)(at_ms / 1000),
		.tv_nsec = (long)(at_ms % 1000) * 1000000 };

	if (at_ms == UINT64_MAX)
		(void)pthread_cond_wait(&sleepers->changed, &sleepers->mutex);
	else
		(void)pthread_cond_timedwait(
		    &sleepers->changed, &sleepers->mutex, &until);
}

static void *
run(void *context)
{
	struct sim_sleepers *sleepers = context;
	struct sleeper *due;
	uint64_t next_ms;

	pthread_mutex_lock(&sleepers->mutex);
	for (;;) {
		due = take_due(sleepers, clock_monotonic_ms(), &next_ms);
		if (due != NULL) {
			pthread_mutex_unlock(&sleepers->mutex);
			due->sleep.wake(due->sleep.context, due->sleep.request);
			free(due);
			pthread_mutex_lock(&sleepers->mutex);
		} else if (sleepers->stopping) {
			break;
		} else {
			wait_until(sleepers, next_ms);
		}
	}
	pthread_mutex_unlock(&sleepers->mutex);
	return NULL;
}

static void
init_condition(pthread_cond_t *condition)
{
	pthread_condattr_t attributes;

	(void)pthread_condattr_init(&attributes);
	(void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	(void)pthread_cond_init(condition, &attributes);
	(void)pthread_condattr_destroy(&attributes);
}

static void
sleepers_free(struct sim_sleepers *sleepers)
{
	(void)pthread_cond_destroy(&sleepers->changed);
	(void)pthread_mutex_destroy(&sleepers->mutex);
	free(sleepers);
}

enum result
sim_sleepers_start(struct sim_sleepers **sleepers_out)
{
	struct sim_sleepers *sleepers = calloc(1, sizeof(*sleepers));

	if (sleepers == NULL)
		return ERR_NOMEM;
	(void)pthread_mutex_init(&sleepers->mutex, NULL);
	init_condition(&sleepers->changed);
	if (pthread_create(&sleepers->thread, NULL, run, sleepers) != 0) {
		sleepers_free(sleepers);
		return ERR_NOMEM;
	}
	*sleepers_out = sleepers;
	return OK;
}

void
sim_sleepers_add(struct sim_sleepers *sleepers, const struct sim_sleep *sleep)
{
	struct sleeper *sleeper = malloc(sizeof(*sleeper));

	if (sleeper == NULL) {
		sleep->wake(sleep->context, sleep->request);
		return;
	}
	sleeper->sleep = *sleep;
	pthread_mutex_lock(&sleepers->mutex);
	sleeper->next = sleepers->list;
	sleepers->list = sleeper;
	(void)pthread_cond_signal(&sleepers->changed);
	pthread_mutex_unlock(&sleepers->mutex);
}

void
sim_sleepers_row(struct sim_sleepers *sleepers, uint64_t row)
{
	pthread_mutex_lock(&sleepers->mutex);
	sleepers->row = row;
	(void)pthread_cond_signal(&sleepers->changed);
	pthread_mutex_unlock(&sleepers->mutex);
}

void
sim_sleepers_close(struct sim_sleepers *sleepers)
{
	pthread_mutex_lock(&sleepers->mutex);
	sleepers->closed = true;
	(void)pthread_cond_signal(&sleepers->changed);
	pthread_mutex_unlock(&sleepers->mutex);
}

void
sim_sleepers_stop(struct sim_sleepers *sleepers)
{
	if (sleepers == NULL)
		return;
	pthread_mutex_lock(&sleepers->mutex);
	sleepers->closed = true;
	sleepers->stopping = true;
	(void)pthread_cond_signal(&sleepers->changed);
	pthread_mutex_unlock(&sleepers->mutex);
	(void)pthread_join(sleepers->thread, NULL);
	sleepers_free(sleepers);
}
