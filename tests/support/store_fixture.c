/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/store_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "secret.h"

enum { ARENA_MAX_BYTES = 16 * 1024 * 1024, TESTS_MAX = 64 };

struct backend_case {
	const char *name;
	void (*make_url)(struct store_fixture *fixture);
};

static void
make_sqlite_url(struct store_fixture *fixture)
{
	char path[TEMP_DIR_PATH_SIZE];

	temp_dir_file(&fixture->dir, "store.db", path);
	(void)snprintf(fixture->url, sizeof(fixture->url), "sqlite:%s", path);
}

static struct backend_case backends[] = {
	{ "sqlite", make_sqlite_url },
};

static void
count_change(void *context)
{
	struct store_fixture *fixture = context;

	fixture->outbox_changes++;
}

void
store_fixture_open(struct store_fixture *fixture)
{
	struct complaint why = { .line = 0 };
	enum result result =
	    store_open(&fixture->options, &fixture->store, &why);

	if (result != OK)
		fail_msg("%s: %s", why.file, why.text);
}

void
store_fixture_close(struct store_fixture *fixture)
{
	store_close(fixture->store);
	fixture->store = NULL;
}

void
store_fixture_reopen(struct store_fixture *fixture)
{
	store_fixture_close(fixture);
	store_fixture_open(fixture);
}

static int
setup(void **state)
{
	const struct backend_case *backend = *state;
	struct store_fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	temp_dir_make(&fixture->dir);
	backend->make_url(fixture);
	fixture->options = (struct store_options){ .url = fixture->url,
		.turns_waiting_max = 1000,
		.outbox_changed = count_change,
		.context = fixture };
	arena_init(&fixture->arena, ARENA_MAX_BYTES);
	store_fixture_open(fixture);
	*state = fixture;
	return 0;
}

static int
teardown(void **state)
{
	struct store_fixture *fixture = *state;

	store_fixture_close(fixture);
	arena_fini(&fixture->arena);
	temp_dir_remove(&fixture->dir);
	free(fixture);
	return 0;
}

int
store_fixture_run(const char *only, const char *suite,
    const struct CMUnitTest *tests, size_t count)
{
	struct CMUnitTest copies[TESTS_MAX];
	int failed = 0;

	if (count > TESTS_MAX || secret_init() != OK)
		return 1;
	for (size_t i = 0; i < sizeof(backends) / sizeof(backends[0]); i++) {
		char name[96];

		if (only != NULL && strcmp(only, backends[i].name) != 0)
			continue;
		for (size_t j = 0; j < count; j++) {
			copies[j] = tests[j];
			copies[j].setup_func = setup;
			copies[j].teardown_func = teardown;
			copies[j].initial_state = &backends[i];
		}
		(void)snprintf(
		    name, sizeof(name), "%s on %s", suite, backends[i].name);
		failed +=
		    _cmocka_run_group_tests(name, copies, count, NULL, NULL);
	}
	return failed;
}

/* ---- turns ---- */

static enum result
decide(void *context, struct text_view state, struct turn_outcome *out)
{
	struct said *said = context;

	said->decide_calls++;
	if (text_copy(said->state_seen, sizeof(said->state_seen), state) != OK)
		return ERR_TOO_LARGE;
	*out = said->outcome;
	return said->decided;
}

static const char *
or_else(const char *given, const char *usual)
{
	return given == NULL ? usual : given;
}

void
store_fixture_turn(struct said *said, struct turn *out)
{
	said->decide_calls = 0;
	*out = (struct turn){ .channel = or_else(said->channel, "messenger"),
		.account = text_of(or_else(said->account, "page")),
		.citizen = text_of(or_else(said->citizen, "an")),
		.conversation = text_of(said->conversation),
		.dedup_id = text_of(said->dedup_id),
		.now_ms = said->now_ms,
		.decide = decide,
		.context = said };
}

struct waiting {
	pthread_mutex_t mutex;
	pthread_cond_t finished;
	bool is_finished;
	enum result result;
};

static void
done(struct turn_batch *batch, enum result result)
{
	struct waiting *waiting = batch->context;

	(void)pthread_mutex_lock(&waiting->mutex);
	waiting->is_finished = true;
	waiting->result = result;
	(void)pthread_cond_signal(&waiting->finished);
	(void)pthread_mutex_unlock(&waiting->mutex);
}

enum result
store_fixture_say(
    struct store_fixture *fixture, struct said *said, size_t count)
{
	struct waiting waiting = { .mutex = PTHREAD_MUTEX_INITIALIZER,
		.finished = PTHREAD_COND_INITIALIZER };
	struct turn *turns = calloc(count, sizeof(*turns));
	struct turn_batch batch = { .turns = turns,
		.count = count,
		.done = done,
		.context = &waiting };
	enum result result;

	assert_true(turns != NULL || count == 0);
	for (size_t i = 0; i < count; i++)
		store_fixture_turn(&said[i], &turns[i]);
	result = store_submit(fixture->store, &batch);
	if (result != OK)
		goto out;
	(void)pthread_mutex_lock(&waiting.mutex);
	while (!waiting.is_finished)
		(void)pthread_cond_wait(&waiting.finished, &waiting.mutex);
	(void)pthread_mutex_unlock(&waiting.mutex);
	result = waiting.result;
	for (size_t i = 0; i < count; i++)
		said[i].turn = turns[i];
out:
	free(turns);
	return result;
}

uint64_t
store_fixture_reply(
    struct store_fixture *fixture, const char *citizen, const char *reply)
{
	struct said said = { .citizen = citizen,
		.now_ms = 1000,
		.outcome = { .reply = text_of(reply) } };

	assert_int_equal(store_fixture_say(fixture, &said, 1), OK);
	assert_int_not_equal(said.turn.delivery, 0);
	return said.turn.delivery;
}

/* ---- the outbox ---- */

size_t
store_fixture_claim(struct store_fixture *fixture, uint64_t now_ms,
    struct delivery *out, size_t max, uint64_t *next_due_out)
{
	static const char *const pushed[] = { "messenger", NULL };
	const struct store_claim claim = { .now_ms = now_ms,
		.lease_ms = 1000,
		.max = max,
		.channels = pushed };
	uint64_t next_due = 0;
	size_t count = 0;

	assert_int_equal(store_claim(fixture->store, &claim, &fixture->arena,
			     out, &count, &next_due),
	    OK);
	if (next_due_out != NULL)
		*next_due_out = next_due;
	return count;
}

void
store_fixture_settle(
    struct store_fixture *fixture, const struct settlement *settlement)
{
	assert_int_equal(store_settle(fixture->store, settlement), OK);
	/* The probe joins the same group or a later one. */
	assert_int_equal(store_probe(fixture->store, 1), OK);
}

struct store_counts
store_fixture_count(struct store_fixture *fixture)
{
	struct store_counts counts = { .questions = 0 };

	assert_int_equal(store_count(fixture->store, &counts), OK);
	return counts;
}

/* ---- the question log ---- */

#define VIEW(literal)                                                          \
	{                                                                      \
		(literal), sizeof(literal) - 1                                 \
	}

const struct question store_fixture_asked = {
	.text = VIEW("làm sao đổi mật khẩu"),
	.decision = VIEW("unanswered"),
	.entry = VIEW("doi-mat-khau"),
	.confidence = 0.25,
	.candidates = VIEW("doi-mat-khau 0.25"),
	.base = VIEW("g1"),
};

struct question_row *
store_fixture_questions(struct store_fixture *fixture, size_t *count_out)
{
	const struct question_filter filter = { .limit = 100 };
	struct question_row *rows = NULL;

	assert_int_equal(store_questions(fixture->store, &filter,
			     &fixture->arena, &rows, count_out),
	    OK);
	return rows;
}
