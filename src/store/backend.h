/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_BACKEND_H
#define HOIDAP_STORE_BACKEND_H

#include "backend_editions.h"
#include "backend_figures.h"
#include "backend_notice.h"
#include "backend_reach.h"
#include "backend_review.h"
#include "backend_staff.h"
#include "backend_talk.h"
#include "store.h"

/* What the store asks of a database.  The writer (writer.c) decides what is
 * committed together; a backend only knows how to apply one thing.  A new
 * backend is one row in backend.c and passes tests/contract/store_*_test.c. */

/* An open database; the first member of the backend's own struct. */
struct backend {
	const struct backend_kind *kind;
};

/* How far a purge has come.  Zeroed but for the times before the first
 * piece. */
struct purge {
	uint64_t now_ms;
	uint64_t keep_ms;
	bool finished;
	unsigned step; /* the backend's own, as AFTER is */
	int64_t after;
};

/* A token and its lock belong to one account of one channel. */
struct token_key {
	const char *channel;
	const char *account;
};

struct token_lock {
	const char *owner;
	uint64_t now_ms;
	uint64_t until_ms;
};

struct backend_kind {
	const char *scheme; /* "sqlite:"; what follows it is WHERE */
	enum result (*open)(const char *where, struct backend **backend_out,
	    struct complaint *why);
	void (*close)(struct backend *backend); /* takes NULL */

	/* ---- on the writer's thread only ---- */

	enum result (*begin)(struct backend *backend);
	enum result (*commit)(struct backend *backend);
	/* Also after a commit that failed. */
	void (*rollback)(struct backend *backend);
	/* A part of the transaction that can fail alone.  When undo() fails,
	 * the transaction is lost: nothing but rollback() may follow. */
	enum result (*part_begin)(struct backend *backend);
	enum result (*part_keep)(struct backend *backend);
	enum result (*part_undo)(struct backend *backend);
	/* What went wrong last, for the log; never message text. */
	const char *(*trouble)(struct backend *backend);

	/* *OUTBOX_CHANGED becomes true when a delivery may be claimable now. */
	enum result (*turn)(
	    struct backend *backend, struct turn *turn, bool *outbox_changed);
	enum result (*settle)(
	    struct backend *backend, const struct settlement *settlement);
	/* DELIVERY has been fetched: it counts as delivered, and its reply
	 * stays for a page that is loaded again. */
	enum result (*settle_fetched)(
	    struct backend *backend, uint64_t delivery);
	enum result (*token_save)(struct backend *backend,
	    const struct token_key *key, const struct stored_token *token);
	enum result (*token_lock)(struct backend *backend,
	    const struct token_key *key, const struct token_lock *lock);
	enum result (*probe)(struct backend *backend, uint64_t now_ms);
	/* *ERASED_OUT: in how many accounts. */
	enum result (*erase)(struct backend *backend, const char *channel,
	    struct text_view citizen, size_t *erased_out);
	/* One bounded piece. */
	enum result (*purge)(struct backend *backend, struct purge *purge);

	/* ---- on any thread ---- */

	enum result (*claim)(struct backend *backend,
	    const struct store_claim *claim, struct arena *arena,
	    struct delivery *out, size_t *count_out, uint64_t *next_due_out);
	/* A settlement of DELIVERY waits: its lease does not run out. */
	void (*lease_hold)(struct backend *backend, uint64_t delivery);
	/* That settlement is committed. */
	void (*lease_end)(struct backend *backend, uint64_t delivery);
	enum result (*fetch)(struct backend *backend,
	    const struct store_fetch *fetch, struct arena *arena,
	    struct delivery **out, size_t *count_out);
	enum result (*token_load)(struct backend *backend,
	    const struct token_key *key, struct stored_token *out);
	enum result (*questions)(struct backend *backend,
	    const struct question_filter *filter, struct arena *arena,
	    struct question_row **rows_out, size_t *count_out);
	enum result (*records)(struct backend *backend, const char *channel,
	    struct text_view citizen, struct arena *arena,
	    struct citizen_record **records_out, size_t *count_out);
	enum result (*count_old)(
	    struct backend *backend, uint64_t before_ms, uint64_t *count_out);
	/* After a purge: let what was erased leave the disk as well. */
	enum result (*scrub)(struct backend *backend);
	/* All of store_counts but TURNS_WAITING. */
	enum result (*count)(struct backend *backend, struct store_counts *out);

	/* ---- use cases of their own ---- */

	const struct backend_staff *staff;
	const struct backend_editions *editions;
	const struct backend_reach *reach;
	const struct backend_notice *notice;
	const struct backend_review *review;
	const struct backend_figures *figures;
	const struct backend_talk *talk;
};

/* Open the backend that URL names; as store_open(). */
enum result backend_open(const char *url, struct backend **backend_out,
    struct complaint *why) MUST_CHECK;

extern const struct backend_kind backend_sqlite;

#endif
