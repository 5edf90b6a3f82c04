/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_RECORD_H
#define HOIDAP_TEST_RECORD_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* The simulator's record (webhooks/simulator/README.md) as a test reads it:
 * every row so far, and a way to wait for the next one. */
struct record {
	unsigned short port; /* the simulator's */
	json_t *rows;
	uint64_t last; /* number of the newest row */
};

void record_init(struct record *record, unsigned short port);
void record_fini(struct record *record);

/* Which rows are meant: all that is not NULL must fit. */
struct record_filter {
	const char *api; /* "send", "token", "action", "webhook", "ack" */
	const char *channel;
	const char *citizen;
	bool refused_too; /* else only what was accepted */
};

/* The first row at or after index *AT that fits; *AT moves behind it.  Waits
 * for it, and fails the test when it does not come. */
const json_t *record_wait(
    struct record *record, const struct record_filter *filter, size_t *at);
/* Take what is new into ROWS, waiting up to WAIT_MS for it; false: nothing
 * came. */
bool record_more(struct record *record, unsigned wait_ms);
/* How many there are by now. */
size_t record_count(struct record *record, const struct record_filter *filter);

/* A member's string; "" when it is none. */
const char *record_text(const json_t *row, const char *key);

#endif
