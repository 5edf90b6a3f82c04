/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_staff.h"

#include "backend_staff.h"
#include "store_parts.h"

/* Every change is one job of the writer: what it changes and its audit line
 * are one part of a transaction, kept or undone together.  A job's members are
 * the parameters of its function. */

struct staff_job {
	enum result (*apply)(const struct backend_staff *kind,
	    struct backend *backend, struct staff_job *job);
	uint64_t id; /* of a user */
	uint64_t number;
	struct text_view text;
	struct text_view keep;
	const struct staff_account *account;
	const struct staff_user *user;
	const struct session_limits *limits;
	const struct audit_line *line;
};

static const struct backend_staff *
kind_of(const struct store *store)
{
	return store->backend->kind->staff;
}

static enum result
run_job(struct backend *backend, void *context)
{
	struct staff_job *job = context;

	return job->apply(backend->kind->staff, backend, job);
}

static enum result
run(struct store *store, struct staff_job *job)
{
	return writer_run(store->writer, run_job, job);
}

/* ---- users ---- */

static enum result
apply_user_add(const struct backend_staff *kind, struct backend *backend,
    struct staff_job *job)
{
	return kind->user_add(backend, job->account, job->line, &job->id);
}

enum result
store_user_add(struct store *store, const struct staff_account *account,
    const struct audit_line *line, uint64_t *id_out)
{
	struct staff_job job = {
		.apply = apply_user_add, .account = account, .line = line
	};
	enum result result = run(store, &job);

	if (result == OK)
		*id_out = job.id;
	return result;
}

enum result
store_user_find(struct store *store, struct text_view login,
    struct arena *arena, struct staff_account *out)
{
	return kind_of(store)->user_find(store->backend, 0, login, arena, out);
}

enum result
store_user_get(struct store *store, uint64_t id, struct arena *arena,
    struct staff_account *out)
{
	if (id == 0)
		return ERR_NOT_FOUND;
	return kind_of(store)->user_find(
	    store->backend, id, TEXT(""), arena, out);
}

enum result
store_users(struct store *store, struct arena *arena,
    struct staff_account **accounts_out, size_t *count_out)
{
	return kind_of(store)->users(
	    store->backend, arena, accounts_out, count_out);
}

static enum result
apply_user_change(const struct backend_staff *kind, struct backend *backend,
    struct staff_job *job)
{
	return kind->user_change(backend, job->user, job->line);
}

enum result
store_user_change(struct store *store, const struct staff_user *user,
    const struct audit_line *line)
{
	struct staff_job job = {
		.apply = apply_user_change, .user = user, .line = line
	};

	return run(store, &job);
}

static enum result
apply_user_password(const struct backend_staff *kind, struct backend *backend,
    struct staff_job *job)
{
	return kind->user_password(
	    backend, job->id, job->text, job->keep, job->line);
}

enum result
store_user_password(struct store *store, uint64_t id, struct text_view hash,
    struct text_view keep, const struct audit_line *line)
{
	struct staff_job job = { .apply = apply_user_password,
		.id = id,
		.text = hash,
		.keep = keep,
		.line = line };

	return run(store, &job);
}

static enum result
apply_user_totp(const struct backend_staff *kind, struct backend *backend,
    struct staff_job *job)
{
	return kind->user_totp(
	    backend, job->id, job->text, job->number, job->line);
}

enum result
store_user_totp(struct store *store, uint64_t id, struct text_view secret,
    uint64_t step, const struct audit_line *line)
{
	struct staff_job job = { .apply = apply_user_totp,
		.id = id,
		.text = secret,
		.number = step,
		.line = line };

	return run(store, &job);
}

static enum result
apply_user_totp_step(const struct backend_staff *kind, struct backend *backend,
    struct staff_job *job)
{
	return kind->user_totp_step(backend, job->id, job->number);
}

enum result
store_user_totp_step(struct store *store, uint64_t id, uint64_t step)
{
	struct staff_job job = {
		.apply = apply_user_totp_step, .id = id, .number = step
	};

	return run(store, &job);
}

/* ---- sessions ---- */

static enum result
apply_session_add(const struct backend_staff *kind, struct backend *backend,
    struct staff_job *job)
{
	return kind->session_add(
	    backend, job->text, job->id, job->limits, job->line);
}

enum result
store_session_add(struct store *store, struct text_view token_hash,
    uint64_t user, const struct session_limits *limits,
    const struct audit_line *line)
{
	struct staff_job job = { .apply = apply_session_add,
		.id = user,
		.text = token_hash,
		.limits = limits,
		.line = line };

	return run(store, &job);
}

enum result
store_session_find(struct store *store, struct text_view token_hash,
    const struct session_limits *limits, struct arena *arena,
    struct staff_account *out, uint64_t *seen_ms_out)
{
	return kind_of(store)->session_find(
	    store->backend, token_hash, limits, arena, out, seen_ms_out);
}

static enum result
apply_session_touch(const struct backend_staff *kind, struct backend *backend,
    struct staff_job *job)
{
	return kind->session_touch(backend, job->text, job->number);
}

enum result
store_session_touch(
    struct store *store, struct text_view token_hash, uint64_t now_ms)
{
	struct staff_job job = { .apply = apply_session_touch,
		.text = token_hash,
		.number = now_ms };

	return run(store, &job);
}

static enum result
apply_session_end(const struct backend_staff *kind, struct backend *backend,
    struct staff_job *job)
{
	return kind->session_end(backend, job->text, job->line);
}

enum result
store_session_end(struct store *store, struct text_view token_hash,
    const struct audit_line *line)
{
	struct staff_job job = {
		.apply = apply_session_end, .text = token_hash, .line = line
	};

	return run(store, &job);
}

static enum result
apply_session_end_all(const struct backend_staff *kind, struct backend *backend,
    struct staff_job *job)
{
	return kind->session_end_all(backend, job->id, job->line);
}

enum result
store_session_end_all(
    struct store *store, uint64_t user, const struct audit_line *line)
{
	struct staff_job job = {
		.apply = apply_session_end_all, .id = user, .line = line
	};

	return run(store, &job);
}

/* ---- the audit log ---- */

static enum result
apply_audit_add(const struct backend_staff *kind, struct backend *backend,
    struct staff_job *job)
{
	return kind->audit_add(backend, job->line);
}

enum result
store_audit_add(struct store *store, const struct audit_line *line)
{
	struct staff_job job = { .apply = apply_audit_add, .line = line };

	return run(store, &job);
}

enum result
store_audit(struct store *store, const struct audit_filter *filter,
    struct arena *arena, struct audit_line **lines_out, size_t *count_out)
{
	return kind_of(store)->audit(
	    store->backend, filter, arena, lines_out, count_out);
}
