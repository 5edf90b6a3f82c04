/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The staff's threads: two, so that one slow report or password does not stop
 * everybody.  The queue in front of them is a ring of requests that sleep; the
 * HTTP server waits for them when it stops, and only then do the threads
 * end. */
#include "console.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "clock.h"
#include "dispatch.h"
#include "faq_checks.h"
#include "throttle.h"

enum { THREADS = 2, BUSY_RETRY_AFTER_S = 2 };

struct console_crew {
	struct console *console;
	pthread_t threads[THREADS];
	size_t thread_count;

	pthread_mutex_t mutex; /* guards what follows */
	pthread_cond_t work;
	struct http_request *waiting[CONSOLE_WAITING_MAX];
	size_t first;
	size_t count;
	bool stopping;
};

/* The next request; NULL when the console stops. */
static struct http_request *
take(struct console_crew *crew)
{
	struct http_request *request = NULL;

	(void)pthread_mutex_lock(&crew->mutex);
	while (crew->count == 0 && !crew->stopping)
		(void)pthread_cond_wait(&crew->work, &crew->mutex);
	if (crew->count > 0) {
		request = crew->waiting[crew->first];
		crew->first = (crew->first + 1) % CONSOLE_WAITING_MAX;
		crew->count--;
	}
	(void)pthread_mutex_unlock(&crew->mutex);
	return request;
}

static void *
serve(void *context)
{
	struct console_crew *crew = context;
	struct http_request *request;

	while ((request = take(crew)) != NULL) {
		struct http_answer answer =
		    dispatch(crew->console, request, clock_now_ms());

		http_finish(request, &answer);
	}
	return NULL;
}

static bool
put(struct console_crew *crew, struct http_request *request)
{
	bool room;

	(void)pthread_mutex_lock(&crew->mutex);
	room = crew->count < CONSOLE_WAITING_MAX;
	if (room) {
		crew->waiting[(crew->first + crew->count) %
			      CONSOLE_WAITING_MAX] = request;
		crew->count++;
		(void)pthread_cond_signal(&crew->work);
	}
	(void)pthread_mutex_unlock(&crew->mutex);
	return room;
}

void
console_begin(void *context, struct http_request *request)
{
	struct console *console = context;
	struct http_answer answer;

	if (put(console->crew, request))
		return;
	metrics_add(console->metrics, METRIC_console_busy, NULL, 1);
	answer = http_json(request, 503,
	    TEXT("{\"error\": \"too many requests wait; try again soon\", "
		 "\"code\": \"busy\"}"));
	answer.retry_after_s = BUSY_RETRY_AFTER_S;
	http_finish(request, &answer);
}

/* Signals are for main(): these threads block them all. */
static enum result
start_threads(struct console_crew *crew)
{
	sigset_t all;
	sigset_t before;
	int failed = 0;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	while (failed == 0 && crew->thread_count < THREADS) {
		failed = pthread_create(
		    &crew->threads[crew->thread_count], NULL, serve, crew);
		crew->thread_count += failed == 0 ? 1 : 0;
	}
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return failed == 0 ? OK : ERR_NOMEM;
}

enum result
console_start(struct console *console)
{
	struct console_crew *crew = calloc(1, sizeof(*crew));
	enum result result = ERR_NOMEM;

	if (crew == NULL)
		return ERR_NOMEM;
	crew->console = console;
	(void)pthread_mutex_init(&crew->mutex, NULL);
	(void)pthread_cond_init(&crew->work, NULL);
	console->crew = crew;
	console->throttle = throttle_new();
	console->checks = faq_checks_new();
	if (console->throttle != NULL && console->checks != NULL)
		result = start_threads(crew);
	if (result != OK)
		console_stop(console);
	return result;
}

void
console_stop(struct console *console)
{
	struct console_crew *crew = console->crew;

	if (crew == NULL)
		return;
	(void)pthread_mutex_lock(&crew->mutex);
	crew->stopping = true;
	(void)pthread_cond_broadcast(&crew->work);
	(void)pthread_mutex_unlock(&crew->mutex);
	for (size_t i = 0; i < crew->thread_count; i++)
		(void)pthread_join(crew->threads[i], NULL);
	faq_checks_free(console->checks);
	console->checks = NULL;
	throttle_free(console->throttle);
	(void)pthread_cond_destroy(&crew->work);
	(void)pthread_mutex_destroy(&crew->mutex);
	free(crew);
	console->crew = NULL;
	console->throttle = NULL;
}
