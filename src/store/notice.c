/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_notice.h"

#include "store_parts.h"

enum { LIST_MAX_BYTES = 4 * 1024 * 1024 };

struct notice_job {
	uint64_t id;
	const struct notice *notice;
	const struct channel_off *off;
	struct text_view channel;
	const struct audit_line *line;
};

static enum result
run_add(struct backend *backend, void *context)
{
	struct notice_job *job = context;

	return backend->kind->notice->add(
	    backend, job->notice, job->line, &job->id);
}

enum result
store_notice_add(struct store *store, const struct notice *notice,
    const struct audit_line *line, uint64_t *id_out)
{
	struct notice_job job = { .notice = notice, .line = line };
	enum result result;

	if (text_trim(notice->text).len == 0 ||
	    notice->until_ms <= notice->from_ms)
		return ERR_INVALID;
	if (notice->text.len > NOTICE_TEXT_MAX_BYTES ||
	    notice->topics.len > NOTICE_TOPICS_MAX_BYTES)
		return ERR_TOO_LARGE;
	result = writer_run(store->writer, run_add, &job);
	if (result == OK)
		*id_out = job.id;
	return result;
}

static enum result
run_end(struct backend *backend, void *context)
{
	const struct notice_job *job = context;

	return backend->kind->notice->end(backend, job->id, job->line);
}

enum result
store_notice_end(
    struct store *store, uint64_t id, const struct audit_line *line)
{
	struct notice_job job = { .id = id, .line = line };

	return writer_run(store->writer, run_end, &job);
}

static enum result
run_off(struct backend *backend, void *context)
{
	const struct notice_job *job = context;

	return backend->kind->notice->off(backend, job->off, job->line);
}

enum result
store_channel_off(struct store *store, const struct channel_off *off,
    const struct audit_line *line)
{
	struct notice_job job = { .off = off, .line = line };

	if (text_trim(off->text).len == 0 || text_trim(off->reason).len == 0 ||
	    channel_named(off->channel) == NULL)
		return ERR_INVALID;
	if (off->text.len > NOTICE_TEXT_MAX_BYTES ||
	    off->reason.len > NOTICE_TEXT_MAX_BYTES)
		return ERR_TOO_LARGE;
	return writer_run(store->writer, run_off, &job);
}

static enum result
run_on(struct backend *backend, void *context)
{
	const struct notice_job *job = context;

	return backend->kind->notice->on(backend, job->channel, job->line);
}

enum result
store_channel_on(struct store *store, struct text_view channel,
    const struct audit_line *line)
{
	struct notice_job job = { .channel = channel, .line = line };

	return writer_run(store->writer, run_on, &job);
}

enum result
store_notices(struct store *store, uint64_t now_ms, struct arena *arena,
    struct notices *out)
{
	return store->backend->kind->notice->list(
	    store->backend, now_ms, arena, out);
}

enum result
store_notices_post(
    struct store *store, uint64_t now_ms, struct notice_board *board)
{
	struct notices notices;
	struct arena arena;
	enum result result;

	arena_init(&arena, LIST_MAX_BYTES);
	result = store_notices(store, now_ms, &arena, &notices);
	if (result == OK)
		result = notice_board_set(board, &notices);
	arena_fini(&arena);
	return result;
}
