/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_SLEEPERS_H
#define SIMULATOR_SLEEPERS_H

#include "http.h"

/* Requests that are answered later: delayed answers, and readers who wait for
 * a new row of the record.  One thread wakes them, so that no thread of the
 * server ever sleeps. */
struct sim_sleepers;

struct sim_sleep {
	uint64_t until_ms; /* of the monotonic clock */
	uint64_t row;	   /* wakes earlier once there is this row; UINT64_MAX:
			      does not */
	/* Called once, on the sleepers' thread or on the caller's; must
	 * finish REQUEST. */
	void (*wake)(void *context, struct http_request *request);
	void *context;
	struct http_request *request;
};

enum result sim_sleepers_start(struct sim_sleepers **sleepers_out) MUST_CHECK;
/* From any thread.  Out of memory: it wakes at once. */
void sim_sleepers_add(
    struct sim_sleepers *sleepers, const struct sim_sleep *sleep);
/* The record goes up to ROW now. */
void sim_sleepers_row(struct sim_sleepers *sleepers, uint64_t row);
/* From now on nobody sleeps. */
void sim_sleepers_close(struct sim_sleepers *sleepers);
/* Takes NULL. */
void sim_sleepers_stop(struct sim_sleepers *sleepers);

#endif
