/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sorting.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "sorter.h"

enum { PAUSE_S = 2 };

struct sorting {
	struct sorting_options options;
	struct sorter *sorter;
	pthread_t thread;
	bool failing; /* the last piece did; the thread's own */

	pthread_mutex_t mutex; /* guards what follows */
	pthread_cond_t change;
	bool stopping;
};

/* One line when it begins and one when it is over. */
static void
log_change(struct sorting *sorting, enum result result)
{
	const struct log *log = sorting->options.log;

	if (sorting->failing == (result != OK))
		return;
	sorting->failing = result != OK;
	if (sorting->failing)
		LOG(log, LOG_ERROR, "sorting_failing",
		    LOG_TEXT("result", result_name(result)));
	else
		LOG(log, LOG_INFO, "sorting_recovered",
		    LOG_TEXT("result", "ok"));
}

/* False when it is to stop. */
static bool
pause_unless(struct sorting *sorting, bool more)
{
	struct timespec until;
	bool go_on;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += PAUSE_S;
	(void)pthread_mutex_lock(&sorting->mutex);
	if (!more && !sorting->stopping)
		(void)pthread_cond_timedwait(
		    &sorting->change, &sorting->mutex, &until);
	go_on = !sorting->stopping;
	(void)pthread_mutex_unlock(&sorting->mutex);
	return go_on;
}

static void *
sort(void *context)
{
	struct sorting *sorting = context;
	bool more;

	do {
		enum result result;

		more = false;
		result = sorter_piece(sorting->sorter, &more);
		log_change(sorting, result);
	} while (pause_unless(sorting, more));
	return NULL;
}

/* Signals are for main(): this thread blocks them all. */
static enum result
start_thread(struct sorting *sorting)
{
	sigset_t all;
	sigset_t before;
	int failed;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&sorting->thread, NULL, sort, sorting);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return failed == 0 ? OK : ERR_NOMEM;
}

static void
sorting_free(struct sorting *sorting)
{
	sorter_free(sorting->sorter);
	(void)pthread_cond_destroy(&sorting->change);
	(void)pthread_mutex_destroy(&sorting->mutex);
	free(sorting);
}

enum result
sorting_start(
    const struct sorting_options *options, struct sorting **sorting_out)
{
	struct sorting *sorting = calloc(1, sizeof(*sorting));
	pthread_condattr_t monotonic;
	enum result result = ERR_NOMEM;

	if (sorting == NULL)
		return ERR_NOMEM;
	sorting->options = *options;
	/* None of these can fail on Linux. */
	(void)pthread_mutex_init(&sorting->mutex, NULL);
	(void)pthread_condattr_init(&monotonic);
	(void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&sorting->change, &monotonic);
	(void)pthread_condattr_destroy(&monotonic);
	sorting->sorter = sorter_new(options);
	if (sorting->sorter != NULL)
		result = start_thread(sorting);
	if (result != OK)
		goto out;
	*sorting_out = sorting;
	sorting = NULL; /* handed over */
out:
	if (sorting != NULL)
		sorting_free(sorting);
	return result;
}

void
sorting_stop(struct sorting *sorting)
{
	if (sorting == NULL)
		return;
	(void)pthread_mutex_lock(&sorting->mutex);
	sorting->stopping = true;
	(void)pthread_cond_signal(&sorting->change);
	(void)pthread_mutex_unlock(&sorting->mutex);
	(void)pthread_join(sorting->thread, NULL);
	sorting_free(sorting);
}
