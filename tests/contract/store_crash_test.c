/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/store_fixture.h"

#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "secret.h"

/* What survives, and what is told, when things go wrong: a process that dies,
 * a disk that is full, more work than fits, many threads at once. */

enum { IN_FLIGHT = 8, ACKNOWLEDGED_MIN = 200, ID_SIZE = 16 };

static const struct question asked = { .decision = { "answer", 6 } };

static void
name_event(uint32_t number, char out[ID_SIZE])
{
	(void)snprintf(out, ID_SIZE, "m%u", number);
}

/* ---- the child that is killed ---- */

struct child_turn {
	struct turn turn;
	struct turn_batch batch;
	uint32_t number;
	char id[ID_SIZE];
	struct child *child;
};

struct child {
	struct store *store;
	int acknowledged; /* a pipe: numbers whose done() said OK */
	sem_t free_slots;
	struct child_turn turns[IN_FLIGHT];
	_Atomic bool is_busy[IN_FLIGHT];
};

static enum result
child_decide(void *context, struct text_view state, struct turn_outcome *out)
{
	(void)context;
	(void)state;
	out->state = TEXT("s1");
	out->question = &asked;
	out->reply = TEXT("chào");
	return OK;
}

static void
child_done(struct turn_batch *batch, enum result result)
{
	struct child_turn *turn = batch->context;
	struct child *child = turn->child;

	if (result != OK || write(child->acknowledged, &turn->number,
				sizeof(turn->number)) != sizeof(turn->number))
		_exit(1);
	child->is_busy[turn - child->turns] = false;
	(void)sem_post(&child->free_slots);
}

static void
child_submit(struct child *child, uint32_t number)
{
	struct child_turn *turn = child->turns;

	while (child->is_busy[turn - child->turns])
		turn++;
	child->is_busy[turn - child->turns] = true;
	turn->number = number;
	turn->child = child;
	name_event(number, turn->id);
	turn->turn = (struct turn){ .channel = "messenger",
		.account = TEXT("page"),
		.citizen = TEXT("an"),
		.dedup_id = text_of(turn->id),
		.now_ms = 1000,
		.decide = child_decide };
	turn->batch = (struct turn_batch){ .turns = &turn->turn,
		.count = 1,
		.done = child_done,
		.context = turn };
	if (store_submit(child->store, &turn->batch) != OK)
		_exit(1);
}

/* Submit events until the parent has seen enough and kills us. */
static int
child_main(const char *url, int acknowledged)
{
	static struct child child;
	const struct store_options options = { .url = url,
		.turns_waiting_max = 100 };

	child.acknowledged = acknowledged;
	(void)sem_init(&child.free_slots, 0, IN_FLIGHT);
	if (secret_init() != OK ||
	    store_open(&options, &child.store, NULL) != OK)
		return 1;
	for (uint32_t number = 0;; number++) {
		while (sem_wait(&child.free_slots) != 0)
			;
		child_submit(&child, number);
	}
}

static pid_t
start_child(const char *url, int pipe_end)
{
	char number[16];
	pid_t child;

	(void)snprintf(number, sizeof(number), "%d", pipe_end);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		(void)execl("/proc/self/exe", "store_crash_test", url, number,
		    (char *)NULL);
		_exit(1);
	}
	return child;
}

static void
what_was_acknowledged_survives_kill_9(void **state)
{
	struct store_fixture *fixture = *state;
	static uint32_t numbers[1000 * 1000];
	size_t count = 0;
	int ends[2];
	int status;
	pid_t child;

	store_fixture_close(fixture);
	assert_int_equal(pipe(ends), 0);
	child = start_child(fixture->url, ends[1]);
	(void)close(ends[1]);
	while (count < sizeof(numbers) / sizeof(numbers[0]) &&
	       read(ends[0], &numbers[count], sizeof(numbers[0])) ==
		   sizeof(numbers[0])) {
		count++;
		if (count == ACKNOWLEDGED_MIN)
			assert_int_equal(kill(child, SIGKILL), 0);
	}
	(void)close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_true(count >= ACKNOWLEDGED_MIN);

	store_fixture_open(fixture);
	assert_true(store_fixture_count(fixture).questions >= count);
	assert_int_equal(store_fixture_count(fixture).questions,
	    store_fixture_count(fixture).queued);
	for (size_t i = 0; i < count; i++) {
		char id[ID_SIZE];
		struct said said = { .dedup_id = id };

		name_event(numbers[i], id);
		assert_int_equal(store_fixture_say(fixture, &said, 1), OK);
		assert_true(said.turn.duplicate);
	}
}

static void
everything_is_there_after_a_restart(void **state)
{
	struct store_fixture *fixture = *state;
	struct said said = { .dedup_id = "m1",
		.outcome = { .state = TEXT("s1"),
		    .question = &asked,
		    .reply = TEXT("chào") } };
	struct said again = said;
	struct said after = { .dedup_id = "m2" };
	struct delivery claimed[2];

	assert_int_equal(store_fixture_say(fixture, &said, 1), OK);
	store_fixture_reopen(fixture);
	assert_int_equal(store_fixture_say(fixture, &again, 1), OK);
	assert_true(again.turn.duplicate);
	assert_int_equal(store_fixture_say(fixture, &after, 1), OK);
	assert_string_equal(after.state_seen, "s1");
	assert_int_equal(store_fixture_count(fixture).questions, 1);
	assert_int_equal(
	    store_fixture_claim(fixture, 1000, claimed, 2, NULL), 1);
	assert_int_equal(claimed[0].id, said.turn.delivery);
}

/* ---- the disk ---- */

static rlim_t
limit_files(rlim_t bytes)
{
	struct rlimit limit;
	rlim_t before;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	before = limit.rlim_cur;
	limit.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	return before;
}

static void
a_full_disk_is_told_and_got_over(void **state)
{
	struct store_fixture *fixture = *state;
	struct said said[] = { { .dedup_id = "m1",
				   .outcome = { .question = &asked } },
		{ .dedup_id = "m2", .outcome = { .question = &asked } } };
	struct said again[] = { said[0], said[1] };
	enum result told;
	enum result probed;
	rlim_t before;

	(void)signal(SIGXFSZ, SIG_IGN);
	before = limit_files(1);
	told = store_fixture_say(fixture, said, 2);
	probed = store_probe(fixture->store, 1);
	(void)limit_files(before);
	assert_int_equal(told, ERR_IO);
	assert_int_equal(probed, ERR_IO);
	assert_int_equal(store_fixture_count(fixture).questions, 0);

	assert_int_equal(store_probe(fixture->store, 1), OK);
	assert_int_equal(store_fixture_say(fixture, again, 2), OK);
	assert_false(again[0].turn.duplicate);
	assert_int_equal(store_fixture_count(fixture).questions, 2);
	assert_int_equal(store_fixture_count(fixture).turns_waiting, 0);
}

static void
a_settlement_outlives_a_full_disk(void **state)
{
	struct store_fixture *fixture = *state;
	struct delivery claimed[2];
	struct settlement delivered = { .state = DELIVERY_DELIVERED };
	enum result settled;
	enum result probed;
	size_t count;
	rlim_t before;

	(void)signal(SIGXFSZ, SIG_IGN);
	delivered.delivery = store_fixture_reply(fixture, "an", "một");
	assert_int_equal(
	    store_fixture_claim(fixture, 1000, claimed, 2, NULL), 1);
	before = limit_files(1);
	settled = store_settle(fixture->store, &delivered);
	probed = store_probe(fixture->store, 1);
	/* Its lease does not run out meanwhile. */
	count = store_fixture_claim(fixture, 99000, claimed, 2, NULL);
	(void)limit_files(before);
	assert_int_equal(settled, OK);
	assert_int_equal(probed, ERR_IO);
	assert_int_equal(count, 0);

	assert_int_equal(store_probe(fixture->store, 1), OK);
	assert_int_equal(store_fixture_count(fixture).queued, 0);
	assert_int_equal(
	    store_fixture_claim(fixture, 99000, claimed, 2, NULL), 0);
}

/* ---- too much at once ---- */

struct gate {
	sem_t entered;
	sem_t open;
	_Atomic unsigned finished;
	_Atomic unsigned failed;
};

static enum result
wait_at_gate(void *context, struct text_view state, struct turn_outcome *out)
{
	struct gate *gate = context;

	(void)state;
	(void)out;
	(void)sem_post(&gate->entered);
	while (sem_wait(&gate->open) != 0)
		;
	return OK;
}

static void
count_done(struct turn_batch *batch, enum result result)
{
	struct gate *gate = batch->context;

	if (result != OK)
		gate->failed++;
	gate->finished++;
}

enum { WAITING_MAX = 3, LARGE = 5 };

static void
a_full_queue_is_busy_and_closing_commits_what_waits(void **state)
{
	struct store_fixture *fixture = *state;
	struct gate gate = { .finished = 0 };
	struct turn turns[LARGE];
	struct turn_batch batches[4];

	store_fixture_close(fixture);
	fixture->options.turns_waiting_max = WAITING_MAX;
	store_fixture_open(fixture);
	(void)sem_init(&gate.entered, 0, 0);
	(void)sem_init(&gate.open, 0, 0);
	for (size_t i = 0; i < LARGE; i++)
		turns[i] = (struct turn){ .channel = "messenger",
			.citizen = TEXT("an"),
			.decide = wait_at_gate,
			.context = &gate };
	for (size_t i = 0; i < 4; i++)
		batches[i] = (struct turn_batch){ .turns = &turns[i],
			.count = 1,
			.done = count_done,
			.context = &gate };
	batches[1].count = 2;

	/* One turn is being written, two wait. */
	assert_int_equal(store_submit(fixture->store, &batches[0]), OK);
	(void)sem_wait(&gate.entered);
	assert_int_equal(store_submit(fixture->store, &batches[1]), OK);
	assert_int_equal(store_fixture_count(fixture).turns_waiting, 3);
	assert_int_equal(store_submit(fixture->store, &batches[3]), ERR_BUSY);
	for (unsigned i = 0; i < 2 * LARGE; i++)
		(void)sem_post(&gate.open);
	store_fixture_close(fixture);
	assert_int_equal(gate.finished, 2);
	assert_int_equal(gate.failed, 0);

	/* Larger than the bound, but alone. */
	store_fixture_open(fixture);
	batches[0].count = LARGE;
	assert_int_equal(store_submit(fixture->store, &batches[0]), OK);
	store_fixture_close(fixture);
	assert_int_equal(gate.finished, 3);
	(void)sem_destroy(&gate.entered);
	(void)sem_destroy(&gate.open);
}

/* ---- many threads ---- */

enum { SUBMITTERS = 8, EVENTS = 25, EVENTS_IN_ALL = SUBMITTERS * EVENTS };

struct submitter {
	pthread_t thread;
	struct store_fixture *fixture;
	unsigned number;
	unsigned wrong;
};

/* Each citizen counts their own turns in their state. */
static void *
submit_events(void *context)
{
	struct submitter *submitter = context;
	char citizen[ID_SIZE];
	char before[ID_SIZE] = "";

	(void)snprintf(citizen, sizeof(citizen), "c%u", submitter->number);
	for (unsigned i = 0; i < EVENTS; i++) {
		char now[ID_SIZE];
		char id[2 * ID_SIZE];
		struct said said = { .citizen = citizen,
			.dedup_id = id,
			.outcome = {
			    .question = &asked, .reply = TEXT("chào") } };

		(void)snprintf(now, sizeof(now), "%u", i);
		(void)snprintf(id, sizeof(id), "%s.%u", citizen, i);
		said.outcome.state = text_of(now);
		if (store_fixture_say(submitter->fixture, &said, 1) != OK ||
		    strcmp(said.state_seen, before) != 0)
			submitter->wrong++;
		(void)snprintf(before, sizeof(before), "%s", now);
	}
	return NULL;
}

/* Claim, settle and look until all replies are gone. */
static unsigned
deliver_all(struct store_fixture *fixture, size_t total)
{
	static bool seen[EVENTS_IN_ALL + 1];
	struct delivery claimed[16];
	unsigned twice = 0;

	for (size_t delivered = 0; delivered < total;) {
		size_t count =
		    store_fixture_claim(fixture, 1000, claimed, 16, NULL);

		for (size_t i = 0; i < count; i++) {
			struct settlement settlement = { .delivery =
							     claimed[i].id,
				.state = DELIVERY_DELIVERED };

			twice += seen[claimed[i].id];
			seen[claimed[i].id] = true;
			assert_int_equal(
			    store_settle(fixture->store, &settlement), OK);
		}
		delivered += count;
		if (count == 0)
			assert_int_equal(store_probe(fixture->store, 1), OK);
		(void)store_fixture_count(fixture);
		arena_reset(&fixture->arena);
	}
	return twice;
}

static void
many_threads_submit_while_one_delivers(void **state)
{
	struct store_fixture *fixture = *state;
	struct submitter submitters[SUBMITTERS];
	unsigned twice;

	for (unsigned i = 0; i < SUBMITTERS; i++) {
		submitters[i] =
		    (struct submitter){ .fixture = fixture, .number = i };
		assert_int_equal(pthread_create(&submitters[i].thread, NULL,
				     submit_events, &submitters[i]),
		    0);
	}
	twice = deliver_all(fixture, EVENTS_IN_ALL);
	for (unsigned i = 0; i < SUBMITTERS; i++) {
		(void)pthread_join(submitters[i].thread, NULL);
		assert_int_equal(submitters[i].wrong, 0);
	}
	assert_int_equal(twice, 0);
	assert_int_equal(store_probe(fixture->store, 1), OK);
	assert_int_equal(store_fixture_count(fixture).queued, 0);
	assert_int_equal(store_fixture_count(fixture).questions, EVENTS_IN_ALL);
}

int
main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_is_there_after_a_restart),
		cmocka_unit_test(what_was_acknowledged_survives_kill_9),
		cmocka_unit_test(a_full_disk_is_told_and_got_over),
		cmocka_unit_test(a_settlement_outlives_a_full_disk),
		cmocka_unit_test(
		    a_full_queue_is_busy_and_closing_commits_what_waits),
		cmocka_unit_test(many_threads_submit_while_one_delivers),
	};

	if (argc == 3)
		return child_main(argv[1], (int)strtol(argv[2], NULL, 10));
	return store_fixture_run(NULL, "a store in trouble", tests,
	    sizeof(tests) / sizeof(tests[0]));
}
