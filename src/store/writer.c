/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "writer.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "group.h"

/* Group commit.  A commit costs one fsync, whatever it holds; so while one
 * group is on its way to the disk the next one gathers, and the busier the
 * service, the larger its groups.
 *
 * When a group fails, its batches and jobs are told ERR_IO, for their owners
 * know how to try again.  Its settlements wait for the next group instead, and
 * keep their leases: a delivered message must not be sent once more because
 * the disk was full for a moment. */

enum {
	SETTLEMENTS_MAX = 65536,
	RETRY_S = 1, /* settlements of a failed group, with no other work */
};

struct writer {
	const struct store_options *options;
	struct backend *backend;
	pthread_t thread;
	bool failing; /* the last group did; the thread's own */

	pthread_mutex_t mutex; /* guards what follows */
	pthread_cond_t work;
	pthread_cond_t job_finished;
	struct group waiting;
	size_t turns;	    /* waiting, or in the group that is being written */
	size_t settlements; /* likewise */
	bool closing;
};

/* ---- how a group ends ---- */

static void
forget_settlement(struct writer *writer, struct group_settlement *settlement)
{
	(void)pthread_mutex_lock(&writer->mutex);
	writer->settlements--;
	(void)pthread_mutex_unlock(&writer->mutex);
	free(settlement);
}

static void
end_settlements(struct writer *writer, struct group *group)
{
	while (group->settlements != NULL) {
		struct group_settlement *settlement = group->settlements;

		group->settlements = settlement->next;
		if (!settlement->fetched)
			writer->backend->kind->lease_end(
			    writer->backend, settlement->settlement.delivery);
		forget_settlement(writer, settlement);
	}
}

/* Put the settlements of a failed group before those that came since. */
static void
keep_settlements(struct writer *writer, struct group *group)
{
	struct group_settlement *settlement = group->settlements;
	struct group again;

	group_init(&again);
	while (settlement != NULL) {
		struct group_settlement *next = settlement->next;

		if (settlement->fetched)
			forget_settlement(writer, settlement);
		else
			group_add_settlement(&again, settlement);
		settlement = next;
	}
	(void)pthread_mutex_lock(&writer->mutex);
	group_move(&writer->waiting, &again);
	group_move(&again, &writer->waiting);
	(void)pthread_mutex_unlock(&writer->mutex);
}

static void
finish_jobs(struct writer *writer, struct group *group, enum result result)
{
	if (group->jobs == NULL)
		return;
	(void)pthread_mutex_lock(&writer->mutex);
	while (group->jobs != NULL) {
		struct group_job *job = group->jobs;

		group->jobs = job->next;
		if (result != OK)
			job->result = result;
		job->finished = true;
	}
	(void)pthread_cond_broadcast(&writer->job_finished);
	(void)pthread_mutex_unlock(&writer->mutex);
}

static void
finish_batches(struct writer *writer, struct group *group, enum result result)
{
	/* Before done(), which may let somebody submit again. */
	(void)pthread_mutex_lock(&writer->mutex);
	writer->turns -= group->turns;
	(void)pthread_mutex_unlock(&writer->mutex);
	group_finish_batches(group, result);
}

/* One line when it begins and one when it is over, not one for each group. */
static void
log_change(struct writer *writer, enum result result)
{
	const struct log *log = writer->options->log;
	struct backend *backend = writer->backend;

	if (writer->failing == (result != OK))
		return;
	writer->failing = result != OK;
	if (writer->failing)
		LOG(log, LOG_ERROR, "store_failing",
		    LOG_TEXT("result", result_name(result)),
		    LOG_TEXT("why", backend->kind->trouble(backend)));
	else
		LOG(log, LOG_INFO, "store_recovered", LOG_TEXT("result", "ok"));
}

static void
write_group(struct writer *writer, struct group *group)
{
	const struct store_options *options = writer->options;
	enum result result = group_commit(group, writer->backend);

	log_change(writer, result);
	if (result == OK) {
		end_settlements(writer, group);
	} else {
		writer->backend->kind->rollback(writer->backend);
		keep_settlements(writer, group);
		result = ERR_IO;
	}
	finish_jobs(writer, group, result);
	finish_batches(writer, group, result);
	if (result == OK && group->outbox_changed &&
	    options->outbox_changed != NULL)
		options->outbox_changed(options->context);
}

/* ---- the thread ---- */

static void
wait_a_moment(struct writer *writer)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += RETRY_S;
	(void)pthread_cond_timedwait(&writer->work, &writer->mutex, &until);
}

/* After a failure only other work, or a moment, brings the next try; a store
 * that closes has none. */
static bool
is_idle(const struct writer *writer)
{
	const struct group *waiting = &writer->waiting;

	return writer->failing && waiting->batches == NULL &&
	       waiting->jobs == NULL;
}

/* Take all that waits; false when nothing more will come. */
static bool
take_group(struct writer *writer, struct group *group)
{
	group_init(group);
	(void)pthread_mutex_lock(&writer->mutex);
	if (is_idle(writer) && !writer->closing)
		wait_a_moment(writer);
	while (group_is_empty(&writer->waiting) && !writer->closing)
		(void)pthread_cond_wait(&writer->work, &writer->mutex);
	if (!(is_idle(writer) && writer->closing))
		group_move(&writer->waiting, group);
	(void)pthread_mutex_unlock(&writer->mutex);
	return !group_is_empty(group);
}

static void *
write_groups(void *context)
{
	struct writer *writer = context;
	struct group group;

	while (take_group(writer, &group))
		write_group(writer, &group);
	return NULL;
}

/* Signals are for main(): this thread blocks them all. */
static enum result
start_thread(struct writer *writer)
{
	sigset_t all;
	sigset_t before;
	int failed;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(&writer->thread, NULL, write_groups, writer);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return failed == 0 ? OK : ERR_NOMEM;
}

static void
writer_free(struct writer *writer)
{
	if (writer == NULL)
		return;
	while (writer->waiting.settlements != NULL) {
		struct group_settlement *lost = writer->waiting.settlements;

		writer->waiting.settlements = lost->next;
		free(lost);
	}
	(void)pthread_cond_destroy(&writer->job_finished);
	(void)pthread_cond_destroy(&writer->work);
	(void)pthread_mutex_destroy(&writer->mutex);
	free(writer);
}

enum result
writer_start(const struct store_options *options, struct backend *backend,
    struct writer **writer_out)
{
	struct writer *writer = calloc(1, sizeof(*writer));
	pthread_condattr_t monotonic;
	enum result result;

	if (writer == NULL)
		return ERR_NOMEM;
	writer->options = options;
	writer->backend = backend;
	group_init(&writer->waiting);
	/* None of these can fail on Linux. */
	(void)pthread_mutex_init(&writer->mutex, NULL);
	(void)pthread_condattr_init(&monotonic);
	(void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&writer->work, &monotonic);
	(void)pthread_cond_init(&writer->job_finished, NULL);
	(void)pthread_condattr_destroy(&monotonic);
	result = start_thread(writer);
	if (result != OK)
		goto out;
	*writer_out = writer;
	writer = NULL; /* handed over */
out:
	writer_free(writer);
	return result;
}

void
writer_stop(struct writer *writer)
{
	if (writer == NULL)
		return;
	(void)pthread_mutex_lock(&writer->mutex);
	writer->closing = true;
	(void)pthread_cond_signal(&writer->work);
	(void)pthread_mutex_unlock(&writer->mutex);
	(void)pthread_join(writer->thread, NULL);
	writer_free(writer);
}

/* ---- on any thread ---- */

/* A batch larger than the bound passes when it is alone: refused once, it
 * would be refused for ever. */
static bool
has_room(const struct writer *writer, size_t turns)
{
	size_t max = writer->options->turns_waiting_max;

	return writer->turns == 0 ||
	       (turns <= max && writer->turns <= max - turns);
}

enum result
writer_submit(struct writer *writer, struct turn_batch *batch)
{
	enum result result = ERR_BUSY;

	(void)pthread_mutex_lock(&writer->mutex);
	if (!writer->closing && has_room(writer, batch->count)) {
		group_add_batch(&writer->waiting, batch);
		writer->turns += batch->count;
		(void)pthread_cond_signal(&writer->work);
		result = OK;
	}
	(void)pthread_mutex_unlock(&writer->mutex);
	return result;
}

static enum result
add_settlement(struct writer *writer, struct group_settlement *settlement)
{
	enum result result = ERR_BUSY;

	(void)pthread_mutex_lock(&writer->mutex);
	if (!writer->closing && writer->settlements < SETTLEMENTS_MAX) {
		group_add_settlement(&writer->waiting, settlement);
		writer->settlements++;
		(void)pthread_cond_signal(&writer->work);
		result = OK;
	}
	(void)pthread_mutex_unlock(&writer->mutex);
	return result;
}

enum result
writer_settle(struct writer *writer, const struct settlement *settlement)
{
	struct backend *backend = writer->backend;
	struct group_settlement *copy = calloc(1, sizeof(*copy));
	enum result result;

	if (copy == NULL)
		return ERR_NOMEM;
	copy->settlement = *settlement;
	/* First: once it is queued its commit may end the lease. */
	backend->kind->lease_hold(backend, settlement->delivery);
	result = add_settlement(writer, copy);
	if (result != OK)
		free(copy);
	return result;
}

void
writer_fetched(struct writer *writer, uint64_t delivery)
{
	struct group_settlement *mark = calloc(1, sizeof(*mark));

	if (mark == NULL)
		return;
	mark->settlement.delivery = delivery;
	mark->fetched = true;
	if (add_settlement(writer, mark) != OK)
		free(mark);
}

enum result
writer_run(struct writer *writer,
    enum result (*run)(struct backend *backend, void *context), void *context)
{
	struct group_job job = { .run = run, .context = context };
	enum result result = ERR_BUSY;

	(void)pthread_mutex_lock(&writer->mutex);
	if (!writer->closing) {
		group_add_job(&writer->waiting, &job);
		(void)pthread_cond_signal(&writer->work);
		while (!job.finished)
			(void)pthread_cond_wait(
			    &writer->job_finished, &writer->mutex);
		result = job.result;
	}
	(void)pthread_mutex_unlock(&writer->mutex);
	return result;
}

size_t
writer_waiting(struct writer *writer)
{
	size_t turns;

	(void)pthread_mutex_lock(&writer->mutex);
	turns = writer->turns;
	(void)pthread_mutex_unlock(&writer->mutex);
	return turns;
}
