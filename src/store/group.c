/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "group.h"

void
group_init(struct group *group)
{
	*group = (struct group){ .batches = NULL };
	group->batches_end = &group->batches;
	group->settlements_end = &group->settlements;
	group->jobs_end = &group->jobs;
}

bool
group_is_empty(const struct group *group)
{
	return group->batches == NULL && group->settlements == NULL &&
	       group->jobs == NULL;
}

void
group_add_batch(struct group *group, struct turn_batch *batch)
{
	batch->next = NULL;
	*group->batches_end = batch;
	group->batches_end = &batch->next;
	group->turns += batch->count;
}

void
group_add_settlement(struct group *group, struct group_settlement *settlement)
{
	settlement->next = NULL;
	*group->settlements_end = settlement;
	group->settlements_end = &settlement->next;
}

void
group_add_job(struct group *group, struct group_job *job)
{
	job->next = NULL;
	*group->jobs_end = job;
	group->jobs_end = &job->next;
}

void
group_move(struct group *from, struct group *to)
{
	if (from->batches != NULL) {
		*to->batches_end = from->batches;
		to->batches_end = from->batches_end;
	}
	if (from->settlements != NULL) {
		*to->settlements_end = from->settlements;
		to->settlements_end = from->settlements_end;
	}
	if (from->jobs != NULL) {
		*to->jobs_end = from->jobs;
		to->jobs_end = from->jobs_end;
	}
	to->turns += from->turns;
	group_init(from);
}

/* ---- applying ---- */

static enum result
apply_settlements(struct group *group, struct backend *backend)
{
	const struct backend_kind *kind = backend->kind;

	for (const struct group_settlement *it = group->settlements; it != NULL;
	     it = it->next) {
		enum result result =
		    it->fetched
			? kind->settle_fetched(backend, it->settlement.delivery)
			: kind->settle(backend, &it->settlement);

		if (result != OK)
			return result;
		/* The next delivery of that citizen may go now. */
		if (!it->fetched)
			group->outbox_changed = true;
	}
	return OK;
}

/* Keep or undo the part that ended with RESULT.  Not OK: the transaction is
 * lost. */
static enum result
end_part(struct backend *backend, enum result result)
{
	if (result == OK)
		return backend->kind->part_keep(backend);
	return backend->kind->part_undo(backend);
}

static enum result
apply_jobs(struct group *group, struct backend *backend)
{
	for (struct group_job *job = group->jobs; job != NULL;
	     job = job->next) {
		enum result result = backend->kind->part_begin(backend);

		if (result != OK)
			return result;
		job->result = job->run(backend, job->context);
		result = end_part(backend, job->result);
		if (result != OK)
			return result;
	}
	return OK;
}

static enum result
apply_turns(
    struct backend *backend, const struct turn_batch *batch, bool *changed)
{
	for (size_t i = 0; i < batch->count; i++) {
		struct turn *turn = &batch->turns[i];
		enum result result =
		    turn->decide == NULL
			? backend->kind->probe(backend, turn->now_ms)
			: backend->kind->turn(backend, turn, changed);

		if (result != OK)
			return result;
	}
	return OK;
}

static enum result
apply_batches(struct group *group, struct backend *backend)
{
	struct turn_batch **link = &group->batches;

	while (*link != NULL) {
		struct turn_batch *batch = *link;
		enum result applied;
		enum result result = backend->kind->part_begin(backend);

		if (result != OK)
			return result;
		applied = apply_turns(backend, batch, &group->outbox_changed);
		result = end_part(backend, applied);
		if (result != OK)
			return result;
		if (applied == OK) {
			link = &batch->next;
		} else {
			*link = batch->next;
			batch->done(batch, applied);
		}
	}
	return OK;
}

enum result
group_commit(struct group *group, struct backend *backend)
{
	enum result result = backend->kind->begin(backend);

	if (result == OK)
		result = apply_settlements(group, backend);
	if (result == OK)
		result = apply_jobs(group, backend);
	if (result == OK)
		result = apply_batches(group, backend);
	if (result == OK)
		result = backend->kind->commit(backend);
	return result;
}

void
group_finish_batches(struct group *group, enum result result)
{
	while (group->batches != NULL) {
		struct turn_batch *batch = group->batches;

		/* First, since done() may free it. */
		group->batches = batch->next;
		batch->done(batch, result);
	}
}
