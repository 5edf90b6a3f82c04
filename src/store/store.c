/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store.h"

#include <stdlib.h>

#include "store_parts.h"

enum result
store_open(const struct store_options *options, struct store **store_out,
    struct complaint *why)
{
	enum result result = ERR_NOMEM;
	struct store *store = calloc(1, sizeof(*store));

	if (store == NULL) {
		complain(why, NULL, 0, "out of memory");
		return ERR_NOMEM;
	}
	store->options = *options;
	result = backend_open(options->url, &store->backend, why);
	if (result != OK)
		goto out;
	result = writer_start(&store->options, store->backend, &store->writer);
	if (result != OK) {
		complain(why, NULL, 0, "cannot start the store's thread: %s",
		    result_name(result));
		goto out;
	}
	*store_out = store;
	store = NULL; /* handed over */
out:
	store_close(store);
	return result;
}

void
store_close(struct store *store)
{
	if (store == NULL)
		return;
	writer_stop(store->writer);
	if (store->backend != NULL)
		store->backend->kind->close(store->backend);
	free(store);
}

enum result
store_submit(struct store *store, struct turn_batch *batch)
{
	return writer_submit(store->writer, batch);
}

/* ---- the outbox ---- */

enum result
store_claim(struct store *store, const struct store_claim *claim,
    struct arena *arena, struct delivery *out, size_t *count_out,
    uint64_t *next_due_ms_out)
{
	return store->backend->kind->claim(
	    store->backend, claim, arena, out, count_out, next_due_ms_out);
}

enum result
store_settle(struct store *store, const struct settlement *settlement)
{
	return writer_settle(store->writer, settlement);
}

enum result
store_fetch(struct store *store, const struct store_fetch *fetch,
    struct arena *arena, struct delivery **out, size_t *count_out)
{
	struct delivery *found;
	size_t count;
	enum result result = store->backend->kind->fetch(
	    store->backend, fetch, arena, &found, &count);

	if (result != OK)
		return result;
	for (size_t i = 0; i < count; i++)
		writer_fetched(store->writer, found[i].id);
	*out = found;
	*count_out = count;
	return OK;
}

/* ---- tokens ---- */

enum result
store_token_load(struct store *store, const char *channel, const char *account,
    struct stored_token *out)
{
	const struct token_key key = { channel, account };

	return store->backend->kind->token_load(store->backend, &key, out);
}

struct token_save_job {
	struct token_key key;
	const struct stored_token *token;
};

static enum result
run_token_save(struct backend *backend, void *context)
{
	const struct token_save_job *job = context;

	return backend->kind->token_save(backend, &job->key, job->token);
}

enum result
store_token_save(struct store *store, const char *channel, const char *account,
    const struct stored_token *token)
{
	struct token_save_job job = { { channel, account }, token };

	return writer_run(store->writer, run_token_save, &job);
}

struct token_lock_job {
	struct token_key key;
	struct token_lock lock;
};

static enum result
run_token_lock(struct backend *backend, void *context)
{
	const struct token_lock_job *job = context;

	return backend->kind->token_lock(backend, &job->key, &job->lock);
}

enum result
store_token_lock(struct store *store, const char *channel, const char *account,
    const char *owner, uint64_t now_ms, uint64_t until_ms)
{
	struct token_lock_job job = { { channel, account },
		{ owner, now_ms, until_ms } };

	return writer_run(store->writer, run_token_lock, &job);
}

/* ---- for staff, the demo and the operator ---- */

enum result
store_questions(struct store *store, const struct question_filter *filter,
    struct arena *arena, struct question_row **rows_out, size_t *count_out)
{
	return store->backend->kind->questions(
	    store->backend, filter, arena, rows_out, count_out);
}

enum result
store_count(struct store *store, struct store_counts *out)
{
	struct store_counts counts = { .questions = 0 };
	enum result result =
	    store->backend->kind->count(store->backend, &counts);

	if (result != OK)
		return result;
	counts.turns_waiting = writer_waiting(store->writer);
	*out = counts;
	return OK;
}

static enum result
run_probe(struct backend *backend, void *context)
{
	const uint64_t *now_ms = context;

	return backend->kind->probe(backend, *now_ms);
}

enum result
store_probe(struct store *store, uint64_t now_ms)
{
	return writer_run(store->writer, run_probe, &now_ms);
}

/* ---- the rights of a citizen ---- */

enum result
store_records(struct store *store, const char *channel,
    struct text_view citizen, struct arena *arena,
    struct citizen_record **records_out, size_t *count_out)
{
	return store->backend->kind->records(
	    store->backend, channel, citizen, arena, records_out, count_out);
}

struct erase_job {
	const char *channel;
	struct text_view citizen;
	size_t erased;
};

static enum result
run_erase(struct backend *backend, void *context)
{
	struct erase_job *job = context;

	return backend->kind->erase(
	    backend, job->channel, job->citizen, &job->erased);
}

enum result
store_erase(struct store *store, const char *channel, struct text_view citizen,
    size_t *erased_out)
{
	struct erase_job job = { channel, citizen, 0 };
	enum result result = writer_run(store->writer, run_erase, &job);

	if (result == OK)
		result = store->backend->kind->scrub(store->backend);
	if (result == OK)
		*erased_out = job.erased;
	return result;
}

enum result
store_count_old(
    struct store *store, uint64_t now_ms, uint64_t keep_ms, uint64_t *count_out)
{
	uint64_t before_ms = now_ms > keep_ms ? now_ms - keep_ms : 0;

	return store->backend->kind->count_old(
	    store->backend, before_ms, count_out);
}

static enum result
run_purge(struct backend *backend, void *context)
{
	return backend->kind->purge(backend, context);
}

/* Piece by piece, so that turns pass in between. */
enum result
store_purge(struct store *store, uint64_t now_ms, uint64_t keep_ms)
{
	struct purge purge = { .now_ms = now_ms, .keep_ms = keep_ms };
	enum result result = OK;

	while (result == OK && !purge.finished)
		result = writer_run(store->writer, run_purge, &purge);
	if (result != OK)
		return result;
	return store->backend->kind->scrub(store->backend);
}
