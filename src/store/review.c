/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_review.h"

#include "backend_review.h"
#include "store_parts.h"

/* Reads go to the backend; a change is one job of the writer, whose members
 * are the parameters of its function. */

struct review_job {
	enum result (*apply)(const struct backend_review *kind,
	    struct backend *backend, struct review_job *job);
	const void *order; /* what is to be done, by function */
	struct review_placement *placements;
	size_t count;
	uint64_t id; /* of a group or a user */
	uint64_t version;
	uint64_t into;
	const struct audit_line *line;
};

static const struct backend_review *
kind_of(const struct store *store)
{
	return store->backend->kind->review;
}

static enum result
run_job(struct backend *backend, void *context)
{
	struct review_job *job = context;

	return job->apply(backend->kind->review, backend, job);
}

static enum result
run(struct store *store, struct review_job *job)
{
	return writer_run(store->writer, run_job, job);
}

/* ---- the sorter ---- */

enum result
store_review_pending(struct store *store, size_t max, struct arena *arena,
    struct review_item **items_out, size_t *count_out)
{
	return kind_of(store)->pending(
	    store->backend, max, arena, items_out, count_out);
}

static enum result
apply_place(const struct backend_review *kind, struct backend *backend,
    struct review_job *job)
{
	return kind->place(backend, job->placements, job->count);
}

enum result
store_review_place(
    struct store *store, struct review_placement *placements, size_t count)
{
	struct review_job job = {
		.apply = apply_place, .placements = placements, .count = count
	};

	return run(store, &job);
}

static enum result
apply_name(const struct backend_review *kind, struct backend *backend,
    struct review_job *job)
{
	return kind->name(backend, job->order, job->count);
}

enum result
store_review_name(
    struct store *store, const struct review_name *names, size_t count)
{
	struct review_job job = {
		.apply = apply_name, .order = names, .count = count
	};

	return run(store, &job);
}

enum result
store_review_edits(struct store *store, uint64_t after, size_t max,
    struct arena *arena, struct review_edit **edits_out, size_t *count_out)
{
	return kind_of(store)->edits(
	    store->backend, after, max, arena, edits_out, count_out);
}

enum result
store_review_items(struct store *store, uint64_t group, size_t max,
    struct arena *arena, struct review_item **items_out, size_t *count_out)
{
	return kind_of(store)->items(
	    store->backend, group, max, arena, items_out, count_out);
}

/* ---- reading ---- */

enum result
store_review_list(struct store *store, const struct review_filter *filter,
    struct arena *arena, struct review_page *out)
{
	return kind_of(store)->list(store->backend, filter, arena, out);
}

enum result
store_review_group(struct store *store, uint64_t group, uint64_t now_ms,
    uint64_t recent_ms, struct arena *arena, struct review_group *out)
{
	return kind_of(store)->group(
	    store->backend, group, now_ms, recent_ms, arena, out);
}

enum result
store_review_questions(struct store *store, uint64_t group, uint64_t before,
    size_t limit, struct arena *arena, struct question_row **rows_out,
    size_t *count_out)
{
	return kind_of(store)->questions(
	    store->backend, group, before, limit, arena, rows_out, count_out);
}

enum result
store_review_dismissed(struct store *store, size_t max, struct arena *arena,
    struct text_view **texts_out, size_t *count_out)
{
	return kind_of(store)->dismissed(
	    store->backend, max, arena, texts_out, count_out);
}

/* ---- what staff do ---- */

static enum result
apply_change(const struct backend_review *kind, struct backend *backend,
    struct review_job *job)
{
	return kind->change(backend, job->order, job->line);
}

enum result
store_review_change(struct store *store, const struct review_change *change,
    const struct audit_line *line)
{
	struct review_job job = {
		.apply = apply_change, .order = change, .line = line
	};

	return run(store, &job);
}

static enum result
apply_merge(const struct backend_review *kind, struct backend *backend,
    struct review_job *job)
{
	return kind->merge(backend, job->order, job->line);
}

enum result
store_review_merge(struct store *store, const struct review_merge *merge,
    const struct audit_line *line)
{
	struct review_job job = {
		.apply = apply_merge, .order = merge, .line = line
	};

	return run(store, &job);
}

static enum result
apply_move(const struct backend_review *kind, struct backend *backend,
    struct review_job *job)
{
	return kind->move(backend, job->order, job->line, &job->into);
}

enum result
store_review_move(struct store *store, const struct review_move *move,
    const struct audit_line *line, uint64_t *into_out)
{
	struct review_job job = {
		.apply = apply_move, .order = move, .line = line
	};
	enum result result;

	if (move->count == 0 || move->count > REVIEW_MOVE_MAX)
		return ERR_INVALID;
	result = run(store, &job);
	if (result == OK)
		*into_out = job.into;
	return result;
}

static enum result
apply_undo(const struct backend_review *kind, struct backend *backend,
    struct review_job *job)
{
	return kind->undo(backend, job->id, job->version, job->line);
}

enum result
store_review_undo(struct store *store, uint64_t group, uint64_t version,
    const struct audit_line *line)
{
	struct review_job job = { .apply = apply_undo,
		.id = group,
		.version = version,
		.line = line };

	return run(store, &job);
}

/* ---- views ---- */

enum result
store_review_views(struct store *store, uint64_t user, struct arena *arena,
    struct review_view **views_out, size_t *count_out)
{
	return kind_of(store)->views(
	    store->backend, user, arena, views_out, count_out);
}

static enum result
apply_keep_view(const struct backend_review *kind, struct backend *backend,
    struct review_job *job)
{
	return kind->keep_view(backend, job->id, job->order, job->line);
}

enum result
store_review_keep_view(struct store *store, uint64_t user,
    const struct review_view *view, const struct audit_line *line)
{
	struct review_job job = { .apply = apply_keep_view,
		.order = view,
		.id = user,
		.line = line };

	return run(store, &job);
}
