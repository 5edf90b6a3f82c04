/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_OUTBOX_TRANSFER_H
#define HOIDAP_OUTBOX_TRANSFER_H

#include "channel.h"

/* HTTP calls under way, on the only curl_multi of the program.  One thread owns
 * a pool; only transfer_pool_wake() may be called from another. */
struct transfer_pool;
struct transfer;

struct transfer_limits {
	uint64_t timeout_ms; /* of one call, connecting included */
	uint64_t connections_per_host;
};

enum result transfer_pool_open(const struct transfer_limits *limits,
    struct transfer_pool **pool_out) MUST_CHECK;
/* No transfer may be under way.  Takes NULL. */
void transfer_pool_close(struct transfer_pool *pool);

/* Move everything along and report what has ended; how many that were. */
size_t transfer_pool_run(struct transfer_pool *pool, uint64_t now_ms);
/* Until there is something to do, somebody wakes it, or WAIT_MS have passed. */
void transfer_pool_wait(struct transfer_pool *pool, unsigned wait_ms);
void transfer_pool_wake(struct transfer_pool *pool);

struct transfer_report {
	struct api_response response; /* borrowed until DONE returns */
	const char *trouble;	      /* why no answer came; NULL: it came */
	uint64_t now_ms;
	uint64_t took_ns;
};

struct transfer_request {
	const struct api_call *call; /* lives until DONE */
	const char *usage_header;    /* NULL: none */
	/* Called once, from transfer_pool_run() or transfer_abort().  May start
	 * further transfers. */
	void (*done)(void *context, const struct transfer_report *report);
	void *context;
};

/* Nothing was sent on failure: ERR_INVALID for a URL that is neither https nor
 * of this machine, or a header that cannot be one; ERR_NOMEM.  *TRANSFER_OUT is
 * valid until DONE is called. */
enum result transfer_start(struct transfer_pool *pool,
    const struct transfer_request *request,
    struct transfer **transfer_out) MUST_CHECK;

/* Give up waiting; reported, before this returns, as unanswered. */
void transfer_abort(struct transfer *transfer, uint64_t now_ms);

#endif
