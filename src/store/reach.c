/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_reach.h"

#include "store_parts.h"

/* The citizens' order holds because everything here that changes something is
 * a job of the one thread that commits their turns. */

static const struct backend_reach *
kind_of(const struct backend *backend)
{
	return backend->kind->reach;
}

/* There may be something to send. */
static void
wake(const struct store *store)
{
	if (store->options.outbox_changed != NULL)
		store->options.outbox_changed(store->options.context);
}

enum result
store_reach_askers(struct store *store, const uint64_t *questions, size_t count,
    struct arena *arena, struct asker **askers_out, size_t *count_out)
{
	return kind_of(store->backend)
	    ->askers(
		store->backend, questions, count, arena, askers_out, count_out);
}

enum result
store_reach_replies(struct store *store, const struct reply_filter *filter,
    struct arena *arena, struct reply_row **rows_out, size_t *count_out)
{
	return kind_of(store->backend)
	    ->replies(store->backend, filter, arena, rows_out, count_out);
}

struct reply_job {
	const struct reach_order *order;
	const struct audit_line *line;
	struct arena *arena;
	struct reach_counts done;
};

static enum result
run_reply(struct backend *backend, void *context)
{
	struct reply_job *job = context;

	return kind_of(backend)->reply(
	    backend, job->order, job->line, job->arena, &job->done);
}

enum result
store_reach_reply(struct store *store, const struct reach_order *order,
    const struct audit_line *line, struct arena *arena,
    struct reach_counts *done_out)
{
	struct reply_job job = { order, line, arena, { .told = 0 } };
	enum result result = ERR_TOO_LARGE;

	if (order->count <= REACH_QUESTIONS_MAX)
		result = writer_run(store->writer, run_reply, &job);
	if (result != OK)
		return result;
	wake(store);
	*done_out = job.done;
	return OK;
}

struct steer_job {
	const struct steering *steering;
	const struct audit_line *line;
	uint64_t delivery;
};

static enum result
run_steer(struct backend *backend, void *context)
{
	struct steer_job *job = context;

	return kind_of(backend)->steer(
	    backend, job->steering, job->line, &job->delivery);
}

enum result
store_reach_steer(struct store *store, const struct steering *steering,
    const struct audit_line *line, uint64_t *delivery_out)
{
	struct steer_job job = { steering, line, 0 };
	enum result result = writer_run(store->writer, run_steer, &job);

	if (result != OK)
		return result;
	wake(store);
	*delivery_out = job.delivery;
	return OK;
}

struct parked_job {
	uint64_t delivery;
	const struct authorship *authorship;
	const struct audit_line *line;
};

static enum result
run_retry(struct backend *backend, void *context)
{
	const struct parked_job *job = context;

	return kind_of(backend)->retry(
	    backend, job->delivery, job->authorship, job->line);
}

enum result
store_reach_retry(struct store *store, uint64_t delivery,
    const struct authorship *authorship, const struct audit_line *line)
{
	struct parked_job job = { delivery, authorship, line };
	enum result result = writer_run(store->writer, run_retry, &job);

	if (result == OK)
		wake(store);
	return result;
}

static enum result
run_discard(struct backend *backend, void *context)
{
	const struct parked_job *job = context;

	return kind_of(backend)->discard(backend, job->delivery, job->line);
}

enum result
store_reach_discard(
    struct store *store, uint64_t delivery, const struct audit_line *line)
{
	struct parked_job job = { delivery, NULL, line };

	return writer_run(store->writer, run_discard, &job);
}
