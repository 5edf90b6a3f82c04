/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_editions.h"

#include "backend_editions.h"
#include "store_parts.h"

/* Which step may follow which is told here, once for every backend; what is
 * looked up and written together is one job of the writer. */

static const struct backend_editions *
kind_of(const struct store *store)
{
	return store->backend->kind->editions;
}

const char *
store_revision_state_name(enum revision_state state)
{
	static const char *const names[REVISION_STATES] = {
		[REVISION_DRAFT] = "draft",
		[REVISION_REVIEW] = "review",
		[REVISION_PUBLISHED] = "published",
		[REVISION_REJECTED] = "rejected",
		[REVISION_ROLLED_BACK] = "rolled_back",
		[REVISION_WITHDRAWN] = "withdrawn",
	};

	return names[state];
}

/* ---- drafts ---- */

struct save_job {
	const struct draft_save *save;
	const struct audit_line *line;
	struct revision_key key;
};

static enum result
run_save(struct backend *backend, void *context)
{
	struct save_job *job = context;

	return backend->kind->editions->save(
	    backend, job->save, job->line, &job->key);
}

enum result
store_draft_save(struct store *store, const struct draft_save *save,
    const struct audit_line *line, struct revision_key *key_out)
{
	struct save_job job = { .save = save, .line = line };
	enum result result = writer_run(store->writer, run_save, &job);

	if (result == OK)
		*key_out = job.key;
	return result;
}

struct move_job {
	const struct revision_key *key;
	unsigned from;
	enum revision_state to;
	const struct audit_line *line;
};

static enum result
run_move(struct backend *backend, void *context)
{
	struct move_job *job = context;

	return backend->kind->editions->move(
	    backend, job->key, job->from, job->to, job->line);
}

enum result
store_revision_move(struct store *store, const struct revision_key *key,
    enum revision_state to, const struct audit_line *line)
{
	static const unsigned from[REVISION_STATES] = {
		[REVISION_REVIEW] = 1u << REVISION_DRAFT,
		[REVISION_DRAFT] = 1u << REVISION_REVIEW,
		[REVISION_WITHDRAWN] =
		    1u << REVISION_DRAFT | 1u << REVISION_REVIEW,
		[REVISION_REJECTED] = 1u << REVISION_REVIEW,
	};
	struct move_job job = {
		.key = key, .from = from[to], .to = to, .line = line
	};

	if (job.from == 0)
		return ERR_INVALID;
	return writer_run(store->writer, run_move, &job);
}

/* ---- what is in force ---- */

struct publish_job {
	const struct publication *publications;
	size_t count;
	uint64_t generation;
	const struct audit_line *lines;
};

static enum result
run_publish(struct backend *backend, void *context)
{
	const struct backend_editions *kind = backend->kind->editions;
	struct publish_job *job = context;
	enum result result = kind->advance(backend, job->generation);

	for (size_t i = 0; i < job->count && result == OK; i++)
		result = kind->publish(
		    backend, &job->publications[i], &job->lines[i]);
	return result;
}

enum result
store_publish(struct store *store, const struct publication *publications,
    size_t count, uint64_t generation, const struct audit_line *lines)
{
	struct publish_job job = { publications, count, generation, lines };

	return writer_run(store->writer, run_publish, &job);
}

struct rollback_job {
	const struct rollback *rollback;
	const struct audit_line *line;
};

static enum result
run_rollback(struct backend *backend, void *context)
{
	const struct backend_editions *kind = backend->kind->editions;
	struct rollback_job *job = context;
	enum result result = kind->advance(backend, UINT64_MAX);

	if (result == OK)
		result = kind->rollback(backend, job->rollback, job->line);
	return result;
}

enum result
store_rollback(struct store *store, const struct rollback *rollback,
    const struct audit_line *line)
{
	struct rollback_job job = { rollback, line };

	return writer_run(store->writer, run_rollback, &job);
}

/* ---- reading ---- */

enum result
store_published(struct store *store, struct arena *arena,
    struct revision **revisions_out, size_t *count_out,
    uint64_t *generation_out)
{
	return kind_of(store)->published(
	    store->backend, arena, revisions_out, count_out, generation_out);
}

enum result
store_drafts(struct store *store, struct arena *arena,
    struct revision **revisions_out, size_t *count_out)
{
	return kind_of(store)->drafts(
	    store->backend, arena, revisions_out, count_out);
}

enum result
store_revisions(struct store *store, struct text_view entry,
    struct arena *arena, struct revision **revisions_out, size_t *count_out)
{
	return kind_of(store)->revisions(
	    store->backend, entry, arena, revisions_out, count_out);
}

enum result
store_entry_uses(struct store *store, struct arena *arena,
    struct entry_use **uses_out, size_t *count_out)
{
	return kind_of(store)->uses(store->backend, arena, uses_out, count_out);
}
