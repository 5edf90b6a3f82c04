/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_SENDER_BENCH_H
#define HOIDAP_TEST_SENDER_BENCH_H

#include <stdlib.h>

#include "fake_platform.h"
#include "outbox.h"
#include "secret.h"
#include "temporary_store.h"

/* The whole way from a committed turn to a settled delivery, with a real store,
 * a real server as the platform and the real thread.  Nothing sleeps: a test
 * waits for the platform to have seen a call, or for a commit that makes the
 * counts of the store what they should be. */

static const struct channel *const fake_channels[] = { &fake_zalo,
	&fake_messenger, NULL };

struct bench {
	struct temporary_store temporary;
	struct platform platform;
	struct settings settings;
	struct account accounts[2]; /* "oa" on Zalo, "page" on Messenger */
	struct metrics *metrics;
	char *log_text;
	size_t log_size;
	struct log log;
	unsigned turns; /* so far; numbers their dedup ids */

	pthread_mutex_t mutex; /* guards what follows */
	pthread_cond_t changed;
	struct sender *sender;
	unsigned commits;
	bool turn_done;
	unsigned unstored; /* tokens used that the store did not have */
};

/* ---- the bench ---- */

/* As the app does: a commit that touches the outbox wakes the sender. */
static inline void
on_outbox_changed(void *context)
{
	struct bench *bench = context;

	pthread_mutex_lock(&bench->mutex);
	bench->commits++;
	if (bench->sender != NULL)
		sender_wake(bench->sender);
	pthread_cond_broadcast(&bench->changed);
	pthread_mutex_unlock(&bench->mutex);
}

static inline uint64_t
number_of(const char *access)
{
	struct text_view text = text_of(access);
	uint64_t number = 0;

	if (text_starts(text, TEXT("access-")))
		assert_int_equal(text_number(text_slice(text, 7, text.len), 0,
				     1000, &number),
		    OK);
	return number;
}

/* A token must be durable before a platform sees it.  Calls that were under
 * way with an older one are no harm. */
static inline void
on_token_used(void *context, const char *access)
{
	struct bench *bench = context;
	struct stored_token stored;
	enum result result =
	    store_token_load(bench->temporary.store, "zalo", "oa", &stored);

	pthread_mutex_lock(&bench->mutex);
	if (result == OK && number_of(access) > number_of(stored.pair.access))
		bench->unstored++;
	pthread_mutex_unlock(&bench->mutex);
}

static inline void
start_sender(struct bench *bench)
{
	struct sender_options options = { .settings = &bench->settings,
		.store = bench->temporary.store,
		.metrics = bench->metrics,
		.log = &bench->log,
		.channels = fake_channels };
	struct sender *sender;

	assert_int_equal(sender_start(&options, &sender, NULL), OK);
	pthread_mutex_lock(&bench->mutex);
	bench->sender = sender;
	pthread_mutex_unlock(&bench->mutex);
}

static inline void
stop_sender(struct bench *bench, unsigned grace_ms)
{
	struct sender *sender;

	pthread_mutex_lock(&bench->mutex);
	sender = bench->sender;
	bench->sender = NULL;
	pthread_mutex_unlock(&bench->mutex);
	sender_stop(sender, grace_ms);
}

static inline void
set_up_accounts(struct bench *bench)
{
	bench->accounts[0] = (struct account){ .channel = &fake_zalo,
		.name = "default",
		.id = "oa",
		.access_token = "access-0",
		.refresh_token = "refresh-0",
		.api = bench->platform.url,
		.oauth = bench->platform.url };
	bench->accounts[1] = bench->accounts[0];
	bench->accounts[1].channel = &fake_messenger;
	bench->accounts[1].id = "page";
	bench->accounts[1].access_token = "page-token";
	bench->settings = (struct settings){ .sends_at_once_max = 4,
		.outbox_attempts_max = 4,
		.outbox_backoff_ms = 10,
		.outbox_backoff_max_ms = 1000,
		.send_timeout_ms = 10000,
		.send_connections_per_host = 4,
		.accounts = bench->accounts,
		.account_count = 2 };
}

static inline int
set_up(void **state)
{
	struct bench *bench = calloc(1, sizeof(*bench));

	assert_non_null(bench);
	assert_int_equal(secret_init(), OK);
	(void)pthread_mutex_init(&bench->mutex, NULL);
	(void)pthread_cond_init(&bench->changed, NULL);
	temporary_store_open(&bench->temporary, on_outbox_changed, bench);
	platform_start(&bench->platform);
	(void)snprintf(bench->platform.refresh, sizeof(bench->platform.refresh),
	    "refresh-0");
	bench->platform.used = on_token_used;
	bench->platform.context = bench;
	set_up_accounts(bench);
	bench->metrics = metrics_new();
	assert_non_null(bench->metrics);
	bench->log = (struct log){ LOG_DEBUG,
		open_memstream(&bench->log_text, &bench->log_size) };
	assert_non_null(bench->log.out);
	*state = bench;
	return 0;
}

static inline bool
log_has(struct bench *bench, const char *text)
{
	bool found;

	flockfile(bench->log.out); /* the sender writes to it */
	(void)fflush(bench->log.out);
	found = strstr(bench->log_text, text) != NULL;
	funlockfile(bench->log.out);
	return found;
}

/* Whatever a test did: no secret and no word of a message is in the log, and
 * no token was used before it was written down. */
static inline int
tear_down(void **state)
{
	static const char *const secrets[] = { "access-", "refresh-",
		"page-token", "citizen-", "hello" };
	struct bench *bench = *state;

	stop_sender(bench, 0);
	platform_stop(&bench->platform);
	temporary_store_remove(&bench->temporary);
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		if (log_has(bench, secrets[i]))
			fail_msg("the log tells %s:\n%s", secrets[i],
			    bench->log_text);
	assert_int_equal(bench->unstored, 0);
	(void)fclose(bench->log.out);
	free(bench->log_text);
	metrics_free(bench->metrics);
	(void)pthread_cond_destroy(&bench->changed);
	(void)pthread_mutex_destroy(&bench->mutex);
	free(bench);
	return 0;
}

/* ---- a reply comes into the outbox by a turn, as in the server ---- */

struct queued {
	struct bench *bench;
	const char *text;
	bool button;
	struct buf packed;
};

static inline enum result
decide(void *context, struct text_view before, struct turn_outcome *out)
{
	struct queued *queued = context;
	struct reply reply = { .text = text_of(queued->text) };

	(void)before;
	if (queued->button) {
		reply.buttons[0].title = TEXT("open");
		reply.buttons[0].payload = TEXT("person");
		reply.button_count = 1;
	}
	buf_reset(&queued->packed);
	assert_int_equal(reply_pack(&reply, &queued->packed), OK);
	out->reply = buf_view(&queued->packed);
	return OK;
}

static inline void
on_turn_done(struct turn_batch *batch, enum result result)
{
	struct bench *bench = batch->context;

	assert_int_equal(result, OK);
	pthread_mutex_lock(&bench->mutex);
	bench->turn_done = true;
	pthread_cond_broadcast(&bench->changed);
	pthread_mutex_unlock(&bench->mutex);
}

static inline void
queue(struct bench *bench, struct queued *queued, const char *account,
    const char *citizen)
{
	char dedup[32];
	struct turn turn = {
		.channel = strcmp(account, "page") == 0 ? "messenger" : "zalo",
		.account = text_of(account),
		.citizen = text_of(citizen),
		.now_ms = 1,
		.decide = decide,
		.context = queued
	};
	struct turn_batch batch = { .turns = &turn,
		.count = 1,
		.done = on_turn_done,
		.context = bench };

	(void)snprintf(dedup, sizeof(dedup), "message-%u", ++bench->turns);
	turn.dedup_id = text_of(dedup);
	buf_init(&queued->packed, 65536);
	bench->turn_done = false;
	assert_int_equal(store_submit(bench->temporary.store, &batch), OK);
	pthread_mutex_lock(&bench->mutex);
	while (!bench->turn_done)
		pthread_cond_wait(&bench->changed, &bench->mutex);
	pthread_mutex_unlock(&bench->mutex);
	assert_true(turn.delivery != 0);
	buf_fini(&queued->packed);
}

static inline void
say(struct bench *bench, const char *account, const char *citizen,
    const char *text)
{
	struct queued queued = { .bench = bench, .text = text };

	queue(bench, &queued, account, citizen);
}

/* Until the store counts exactly this; each commit is a reason to look. */
static inline void
wait_for_counts(struct bench *bench, uint64_t waiting, uint64_t parked)
{
	struct store_counts counts = { .queued = 0 };
	struct timespec until;
	int timed_out = 0;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += PLATFORM_DEADLINE_S;
	for (;;) {
		unsigned commits;

		pthread_mutex_lock(&bench->mutex);
		commits = bench->commits;
		pthread_mutex_unlock(&bench->mutex);
		assert_int_equal(
		    store_count(bench->temporary.store, &counts), OK);
		if (counts.queued == waiting && counts.parked == parked)
			return;
		if (timed_out != 0)
			fail_msg("%u wait and %u are parked\n%s",
			    (unsigned)counts.queued, (unsigned)counts.parked,
			    bench->log_text);
		pthread_mutex_lock(&bench->mutex);
		while (bench->commits == commits && timed_out == 0)
			timed_out = pthread_cond_timedwait(
			    &bench->changed, &bench->mutex, &until);
		pthread_mutex_unlock(&bench->mutex);
	}
}

/* Until CHANNEL counts WANTED tries that were refused for now. */
static inline void
wait_for_retries(struct bench *bench, const char *channel, uint64_t wanted)
{
	struct timespec until;
	int timed_out = 0;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += PLATFORM_DEADLINE_S;
	pthread_mutex_lock(&bench->mutex);
	while (metrics_get(bench->metrics, METRIC_deliveries_retried, channel) <
		   wanted &&
	       timed_out == 0)
		timed_out = pthread_cond_timedwait(
		    &bench->changed, &bench->mutex, &until);
	pthread_mutex_unlock(&bench->mutex);
	assert_int_equal(timed_out, 0);
}

static inline void
assert_sends(struct bench *bench, const char *const *want, size_t count)
{
	struct platform *platform = &bench->platform;
	char got[PLATFORM_SEEN_MAX][64];

	platform_wait(platform, &platform->send_count, count);
	PLATFORM_COUNTS(platform, send_count, count);
	pthread_mutex_lock(&platform->mutex);
	memcpy(got, platform->sends, sizeof(got));
	pthread_mutex_unlock(&platform->mutex);
	for (size_t i = 0; i < count; i++)
		assert_string_equal(got[i], want[i]);
}

#define ASSERT_SENDS(bench, ...)                                               \
	assert_sends((bench), (const char *const[]){ __VA_ARGS__ },            \
	    sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static inline uint64_t
metric(struct bench *bench, enum metric which, const char *channel)
{
	return metrics_get(bench->metrics, which, channel);
}

#endif
