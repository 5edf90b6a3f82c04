/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_SIMULATOR_H
#define HOIDAP_SIMULATOR_H

#include "channel.h"
#include "http.h"

/* Stands in for Messenger and Zalo in the demo and in the tests: it plays the
 * citizens' phones, posts truly signed webhooks to the server, and serves the
 * send APIs and Zalo's OAuth with their real success and error shapes.  Its
 * control API is described in webhooks/simulator/README.md. */
struct simulator;

struct simulator_options {
	const char *host;
	unsigned short port; /* 0: any free one */
	/* The pages and OAs it plays: ids and secrets, as hoidap's settings
	 * name them (api and oauth are ignored). Must outlive the simulator. */
	const struct account *accounts;
	size_t account_count;
	/* More routes on its server (the demo's log), ended by a NULL path; NULL:
	 * none. */
	const struct http_route *more_routes;
	bool echoes; /* tell hoidap of every message that an API took, from the
			start; tests can switch it */
	const struct log *log;
};

enum result simulator_start(const struct simulator_options *options,
    struct simulator **simulator_out, struct complaint *why) MUST_CHECK;
unsigned short simulator_port(const struct simulator *simulator);
/* Where hoidap listens: webhooks go to URL "/webhooks/<channel>".  Call it
 * before citizens write; the accounts' api and oauth for hoidap are
 * "http://HOST:PORT/graph/v25.0", ".../zalo" and ".../zalo-oauth". */
enum result simulator_target(
    struct simulator *simulator, const char *url) MUST_CHECK;
void simulator_stop(struct simulator *simulator);

#endif
