/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* curl's multi interface keeps the connections and does the waiting.  New posts
 * come in through a list under a mutex; from then on a post belongs to the
 * thread alone.  An answer other than 200 is followed by the next attempt at
 * once: the platforms' ladder of minutes and hours would teach a test nothing
 * more. */
#include "poster.h"

#include "buf.h"
#include "clock.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	ANSWER_MAX_BYTES = 64 * 1024,
	TIMEOUT_MS = 30000,
	CONNECTIONS_MAX = 64,
	POLL_MS = 1000,
};

struct job {
	struct job *next;
	CURL *curl;
	struct curl_slist *headers;
	char *signature;
	struct buf answer;
	uint64_t started_ms;
	unsigned attempt;
	unsigned retries;
	bool tells_attempt;
	bool form;
	void (*done)(void *context, const struct sim_posted *posted);
	void *context;
};

struct sim_poster {
	pthread_t thread;
	CURLM *multi;
	struct job *active; /* the thread's own */
	pthread_mutex_t mutex;
	struct job *added; /* newest first */
	bool closed;
	bool stopping;
};

static void
job_free(struct job *job)
{
	if (job == NULL)
		return;
	curl_easy_cleanup(job->curl);
	curl_slist_free_all(job->headers);
	free(job->signature);
	buf_fini(&job->answer);
	free(job);
}

static size_t
take_answer(char *data, size_t size, size_t count, void *context)
{
	struct job *job = context;
	struct text_view piece = { data, size * count };

	/* An answer over the ceiling is none: curl ends the transfer. */
	return buf_add(&job->answer, piece) == OK ? piece.len : 0;
}

static enum result
add_header(struct curl_slist **headers, const char *line)
{
	struct curl_slist *longer = curl_slist_append(*headers, line);

	if (longer == NULL)
		return ERR_NOMEM;
	*headers = longer;
	return OK;
}

/* The headers of the next attempt. */
static enum result
set_headers(struct job *job)
{
	struct curl_slist *headers = NULL;
	char line[32];
	enum result result = add_header(&headers,
	    job->form ? "Content-Type: application/x-www-form-urlencoded"
		      : "Content-Type: application/json");

	if (result == OK)
		result = add_header(&headers, "Expect:");
	if (result == OK && job->signature[0] != '\0')
		result = add_header(&headers, job->signature);
	if (result == OK && job->tells_attempt && job->attempt > 1) {
		(void)snprintf(
		    line, sizeof(line), "num_retry: %u", job->attempt - 1);
		result = add_header(&headers, line);
	}
	if (result != OK) {
		curl_slist_free_all(headers);
		return result;
	}
	(void)curl_easy_setopt(job->curl, CURLOPT_HTTPHEADER, headers);
	curl_slist_free_all(job->headers);
	job->headers = headers;
	return OK;
}

static enum result
set_options(struct job *job, const struct sim_post *post)
{
	CURL *curl = job->curl;

	if (curl_easy_setopt(curl, CURLOPT_PRIVATE, job) != CURLE_OK ||
	    curl_easy_setopt(curl, CURLOPT_URL, post->url) != CURLE_OK ||
	    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https") !=
		CURLE_OK ||
	    curl_easy_setopt(curl, CURLOPT_NOPROXY, "*") != CURLE_OK ||
	    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) != CURLE_OK ||
	    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)TIMEOUT_MS) !=
		CURLE_OK ||
	    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer) !=
		CURLE_OK ||
	    curl_easy_setopt(curl, CURLOPT_WRITEDATA, job) != CURLE_OK ||
	    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
		(curl_off_t)post->body.len) != CURLE_OK ||
	    curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, post->body.at) !=
		CURLE_OK)
		return ERR_IO;
	return set_headers(job);
}

static enum result
job_new(const struct sim_post *post, struct job **job_out)
{
	enum result result = ERR_NOMEM;
	struct job *job = calloc(1, sizeof(*job));

	if (job == NULL)
		return ERR_NOMEM;
	*job = (struct job){ .curl = curl_easy_init(),
		.signature = text_dup(text_of(post->signature)),
		.attempt = 1,
		.retries = post->retries,
		.tells_attempt = post->tells_attempt,
		.form = post->form,
		.done = post->done,
		.context = post->context };
	buf_init(&job->answer, ANSWER_MAX_BYTES);
	if (job->curl == NULL || job->signature == NULL)
		goto out;
	result = set_options(job, post);
	if (result != OK)
		goto out;
	*job_out = job;
	job = NULL; /* handed over */
out:
	job_free(job);
	return result;
}

/* ---- on the thread ---- */

/* Report how it went; true when there is nothing more to do for JOB. */
static bool
report(struct job *job, long status, bool may_retry)
{
	struct sim_posted posted = { .attempt = job->attempt,
		.status = status,
		.body = buf_view(&job->answer),
		.took_ms = clock_monotonic_ms() - job->started_ms };

	posted.last = !may_retry || status == 200 || job->retries == 0;
	if (!posted.last) {
		job->attempt++;
		job->retries--;
		posted.last = set_headers(job) != OK;
	}
	job->done(job->context, &posted);
	buf_reset(&job->answer);
	return posted.last;
}

static void
begin(struct sim_poster *poster, struct job *job)
{
	job->started_ms = clock_monotonic_ms();
	if (curl_multi_add_handle(poster->multi, job->curl) != CURLM_OK) {
		(void)report(job, 0, false);
		job_free(job);
		return;
	}
	job->next = poster->active;
	poster->active = job;
}

static void
forget(struct sim_poster *poster, struct job *job)
{
	struct job **at = &poster->active;

	while (*at != job)
		at = &(*at)->next;
	*at = job->next;
	(void)curl_multi_remove_handle(poster->multi, job->curl);
}

static void
finish_answered(struct sim_poster *poster)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(poster->multi, &left)) != NULL) {
		struct job *job = NULL;
		long status = 0;

		if (message->msg != CURLMSG_DONE)
			continue;
		(void)curl_easy_getinfo(
		    message->easy_handle, CURLINFO_PRIVATE, &job);
		if (message->data.result == CURLE_OK)
			(void)curl_easy_getinfo(
			    job->curl, CURLINFO_RESPONSE_CODE, &status);
		forget(poster, job);
		if (report(job, status, true))
			job_free(job);
		else
			begin(poster, job);
	}
}

static void
abandon_all(struct sim_poster *poster)
{
	while (poster->active != NULL) {
		struct job *job = poster->active;

		forget(poster, job);
		(void)report(job, 0, false);
		job_free(job);
	}
}

/* Start what was added, oldest first. */
static void
begin_added(struct sim_poster *poster, struct job *added)
{
	struct job *oldest_first = NULL;

	while (added != NULL) {
		struct job *next = added->next;

		added->next = oldest_first;
		oldest_first = added;
		added = next;
	}
	while (oldest_first != NULL) {
		struct job *next = oldest_first->next;

		begin(poster, oldest_first);
		oldest_first = next;
	}
}

static void *
run(void *context)
{
	struct sim_poster *poster = context;
	bool closed = false;
	bool stopping = false;
	int running;

	while (!stopping) {
		struct job *added;

		pthread_mutex_lock(&poster->mutex);
		added = poster->added;
		poster->added = NULL;
		closed = poster->closed;
		stopping = poster->stopping;
		pthread_mutex_unlock(&poster->mutex);
		begin_added(poster, added);
		if (closed)
			abandon_all(poster);
		(void)curl_multi_perform(poster->multi, &running);
		finish_answered(poster);
		if (!stopping)
			(void)curl_multi_poll(
			    poster->multi, NULL, 0, POLL_MS, NULL);
	}
	return NULL;
}

/* ---- from outside ---- */

static void
poster_free(struct sim_poster *poster)
{
	(void)curl_multi_cleanup(poster->multi);
	(void)pthread_mutex_destroy(&poster->mutex);
	free(poster);
	curl_global_cleanup();
}

enum result
sim_poster_start(struct sim_poster **poster_out)
{
	struct sim_poster *poster;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return ERR_NOMEM;
	poster = calloc(1, sizeof(*poster));
	if (poster == NULL) {
		curl_global_cleanup();
		return ERR_NOMEM;
	}
	(void)pthread_mutex_init(&poster->mutex, NULL);
	poster->multi = curl_multi_init();
	if (poster->multi == NULL ||
	    curl_multi_setopt(poster->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS,
		(long)CONNECTIONS_MAX) != CURLM_OK ||
	    pthread_create(&poster->thread, NULL, run, poster) != 0) {
		poster_free(poster);
		return ERR_NOMEM;
	}
	*poster_out = poster;
	return OK;
}

enum result
sim_poster_add(struct sim_poster *poster, const struct sim_post *post)
{
	struct job *job;
	enum result result = job_new(post, &job);

	if (result != OK)
		return result;
	pthread_mutex_lock(&poster->mutex);
	job->next = poster->added;
	poster->added = job;
	pthread_mutex_unlock(&poster->mutex);
	(void)curl_multi_wakeup(poster->multi);
	return OK;
}

void
sim_poster_close(struct sim_poster *poster)
{
	pthread_mutex_lock(&poster->mutex);
	poster->closed = true;
	pthread_mutex_unlock(&poster->mutex);
	(void)curl_multi_wakeup(poster->multi);
}

void
sim_poster_stop(struct sim_poster *poster)
{
	if (poster == NULL)
		return;
	pthread_mutex_lock(&poster->mutex);
	poster->closed = true;
	poster->stopping = true;
	pthread_mutex_unlock(&poster->mutex);
	(void)curl_multi_wakeup(poster->multi);
	(void)pthread_join(poster->thread, NULL);
	poster_free(poster);
}
