/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_STORE_FIXTURE_H
#define HOIDAP_TEST_STORE_FIXTURE_H

#include <pthread.h>
#include <stdatomic.h>

#include "store.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/temp_dir.h"

/* A store for one test, and short ways to talk to it.  The suites of
 * tests/contract/ run once for each backend. */

struct store_fixture {
	struct temp_dir dir;
	char url[TEMP_DIR_PATH_SIZE + 16];
	struct store_options options;
	struct store *store;
	struct arena arena;
	_Atomic unsigned outbox_changes;
};

/* Run TESTS for every backend, or for the one named ONLY; returns how many
 * failed. */
int store_fixture_run(const char *only, const char *suite,
    const struct CMUnitTest *tests, size_t count);

void store_fixture_open(struct store_fixture *fixture);
void store_fixture_close(struct store_fixture *fixture);
void store_fixture_reopen(struct store_fixture *fixture);

enum { STATE_SEEN_SIZE = 512 };

/* One event, what its turn decides, and what came of it.  NULL strings
 * become "messenger", "page", "an", no conversation and no dedup id. */
struct said {
	const char *channel;
	const char *account;
	const char *citizen;
	const char *conversation;
	const char *dedup_id;
	uint64_t now_ms;
	struct turn_outcome outcome;
	enum result decided; /* what decide() returns */

	struct turn turn;
	unsigned decide_calls;
	char state_seen[STATE_SEEN_SIZE];
};

/* Submit the events as one batch and wait for its end. */
enum result store_fixture_say(
    struct store_fixture *fixture, struct said *said, size_t count);
/* A batch of one that must succeed; returns the delivery. */
uint64_t store_fixture_reply(
    struct store_fixture *fixture, const char *citizen, const char *reply);

/* Prepare a turn for SAID, for batches that a test submits itself. */
void store_fixture_turn(struct said *said, struct turn *out);

/* Claim up to MAX of channel "messenger" at NOW_MS, leased for 1000 ms. */
size_t store_fixture_claim(struct store_fixture *fixture, uint64_t now_ms,
    struct delivery *out, size_t max, uint64_t *next_due_out);
/* Settle and wait until that is committed. */
void store_fixture_settle(
    struct store_fixture *fixture, const struct settlement *settlement);
/* A question nobody could answer, and all that were logged, newest first. */
extern const struct question store_fixture_asked;
struct question_row *store_fixture_questions(
    struct store_fixture *fixture, size_t *count_out);
struct store_counts store_fixture_count(struct store_fixture *fixture);

#endif
