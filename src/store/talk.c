/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_talk.h"

#include "store_parts.h"

static const struct backend_talk *
kind_of(const struct backend *backend)
{
	return backend->kind->talk;
}

enum result
store_talk_list(struct store *store, const struct talk_filter *filter,
    struct arena *arena, struct talk_row **rows_out, size_t *count_out)
{
	return kind_of(store->backend)
	    ->list(store->backend, filter, arena, rows_out, count_out);
}

enum result
store_talk_one(struct store *store, uint64_t citizen, struct arena *arena,
    struct talk_row *out)
{
	return kind_of(store->backend)
	    ->one(store->backend, citizen, arena, out);
}

enum result
store_talk_questions(struct store *store, uint64_t citizen, size_t limit,
    struct arena *arena, struct question_row **rows_out, size_t *count_out)
{
	return kind_of(store->backend)
	    ->questions(
		store->backend, citizen, limit, arena, rows_out, count_out);
}

enum result
store_talk_newest(
    struct store *store, uint64_t citizen, size_t limit, uint64_t *after_id_out)
{
	return kind_of(store->backend)
	    ->newest(store->backend, citizen, limit, after_id_out);
}

enum result
store_talk_trouble(struct store *store, const char *channel,
    const char *account, struct arena *arena, struct talk_trouble *out)
{
	return kind_of(store->backend)
	    ->trouble(store->backend, channel, account, arena, out);
}

enum result
store_talk_canned(
    struct store *store, struct arena *arena, struct text_view *out)
{
	return kind_of(store->backend)->canned(store->backend, arena, out);
}

struct canned_job {
	struct text_view before;
	struct text_view next;
	const struct audit_line *line;
};

static enum result
run_keep_canned(struct backend *backend, void *context)
{
	const struct canned_job *job = context;

	return kind_of(backend)->keep_canned(
	    backend, job->before, job->next, job->line);
}

enum result
store_talk_keep_canned(struct store *store, struct text_view before,
    struct text_view next, const struct audit_line *line)
{
	struct canned_job job = { before, next, line };

	if (next.len > TALK_CANNED_MAX_BYTES)
		return ERR_TOO_LARGE;
	return writer_run(store->writer, run_keep_canned, &job);
}
