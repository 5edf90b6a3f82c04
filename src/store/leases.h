/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_LEASES_H
#define HOIDAP_STORE_LEASES_H

#include <pthread.h>

#include "result.h"
#include "text.h"

/* Deliveries that a sender of this process is busy with.  For a database with
 * one owner they need not be durable: they end with the process.
 *
 * A lease that has ended stays until the next sweep.  Whoever sweeps before
 * reading the database therefore never takes an id twice: either the lease is
 * still here, or what settled it was committed before the read began. */
struct leases {
	pthread_mutex_t mutex;
	struct lease *at; /* by id */
	size_t count;
	size_t size;
};

void leases_init(struct leases *leases);
void leases_fini(struct leases *leases);

/* Drop those that have ended or run out. */
void leases_sweep(struct leases *leases, uint64_t now_ms);
/* ERR_NOMEM; ERR_TOO_LARGE past a bound no sender comes near. */
enum result leases_reserve(struct leases *leases, size_t more) MUST_CHECK;
/* Needs room from leases_reserve(). */
void leases_take(struct leases *leases, uint64_t id, uint64_t until_ms);
/* Is ID leased?  *UNTIL_MS_OUT is when that runs out, 0: not by time. */
bool leases_has(struct leases *leases, uint64_t id, uint64_t *until_ms_out);
/* ID no longer runs out with time; nothing happens to one not leased. */
void leases_hold(struct leases *leases, uint64_t id);
void leases_end(struct leases *leases, uint64_t id);

#endif
