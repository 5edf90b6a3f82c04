/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "outbox.h"

#include <assert.h>
#include <curl/curl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "accounts.h"
#include "clock.h"
#include "flight.h"

/* One thread.  Every turn of its loop looks after the tokens, lets each
 * delivery in hand go on, claims as many new ones as there are free places, and
 * then waits for the network, a wake-up or the next due time, whichever comes
 * first.  Nothing in it blocks but the store.
 *
 * A commit that settles a delivery wakes it, too, since the citizen's next one
 * may go then.  It also looks by itself every few seconds: another process may
 * have queued something. */

enum {
	CLAIM_MAX = 64,
	CLAIM_ARENA_MAX_BYTES = CLAIM_MAX * 512 * 1024,
	CLAIM_EVERY_MS = 5000,
	CLAIM_FAILED_MS = 1000,
	WAIT_MAX_MS = 1000, /* also the beat that sender_alive() hears */
	SAVE_GRACE_MS = 5000,
	NICENESS = 10,
};

struct sender {
	struct tools tools;
	struct accounts *accounts;
	struct flight *flights;
	size_t flight_count;
	const char **channels;	/* those that push, NULL-ended */
	struct arena claimed;	/* texts of the deliveries just claimed */
	uint64_t next_claim_ms; /* claim at the latest then */
	bool claim_failing;
	pthread_t thread;
	bool started;
	_Atomic bool woken;
	_Atomic bool stopping;
	_Atomic uint64_t grace_ends_ms; /* monotonic; before STOPPING is set */
	_Atomic uint64_t turned_ms;	/* monotonic */
};

/* ---- claiming ---- */

static struct flight *
free_place(struct sender *sender)
{
	for (size_t i = 0; i < sender->flight_count; i++)
		if (sender->flights[i].state == FLIGHT_FREE)
			return &sender->flights[i];
	return NULL;
}

static size_t
free_places(const struct sender *sender)
{
	size_t free_count = 0;

	for (size_t i = 0; i < sender->flight_count; i++)
		if (sender->flights[i].state == FLIGHT_FREE)
			free_count++;
	return free_count;
}

static void
begin(struct sender *sender, const struct delivery *delivery, uint64_t now_ms)
{
	struct account_state *account = accounts_find(
	    sender->accounts, delivery->channel, delivery->account);
	struct flight *flight = free_place(sender);

	assert(flight != NULL);
	flight_begin(flight, delivery, account, now_ms);
}

/* A line when claiming begins to fail and not at every try. */
static void
note_claim(struct sender *sender, enum result result)
{
	if (result != OK && !sender->claim_failing)
		LOG(sender->tools.log, LOG_ERROR, "claim_failed",
		    LOG_TEXT("result", result_name(result)));
	sender->claim_failing = result != OK;
}

static void
claim(struct sender *sender, size_t places, uint64_t now_ms)
{
	struct store_claim claim = { .now_ms = now_ms,
		.lease_ms = flight_lease_ms(&sender->tools),
		.max = places < CLAIM_MAX ? places : CLAIM_MAX,
		.channels = sender->channels };
	struct delivery deliveries[CLAIM_MAX];
	uint64_t due_ms = 0;
	size_t count = 0;
	enum result result;

	arena_reset(&sender->claimed);
	result = store_claim(sender->tools.store, &claim, &sender->claimed,
	    deliveries, &count, &due_ms);
	note_claim(sender, result);
	if (result != OK) {
		sender->next_claim_ms = now_ms + CLAIM_FAILED_MS;
		return;
	}
	sender->next_claim_ms = now_ms + CLAIM_EVERY_MS;
	if (due_ms != 0 && due_ms < sender->next_claim_ms)
		sender->next_claim_ms = due_ms;
	if (count == claim.max)
		sender->next_claim_ms = now_ms; /* there may be more */
	for (size_t i = 0; i < count; i++)
		begin(sender, &deliveries[i], now_ms);
}

static void
claim_if_due(struct sender *sender, uint64_t now_ms)
{
	size_t places = free_places(sender);

	/* Without a place the wake-up is kept for later. */
	if (sender->tools.stopping || places == 0)
		return;
	if (atomic_exchange(&sender->woken, false) ||
	    now_ms >= sender->next_claim_ms)
		claim(sender, places, now_ms);
}

/* ---- the loop ---- */

static unsigned
wait_ms(const struct sender *sender, uint64_t now_ms)
{
	if (free_places(sender) == 0 || sender->tools.stopping ||
	    sender->next_claim_ms > now_ms + WAIT_MAX_MS)
		return WAIT_MAX_MS;
	return sender->next_claim_ms > now_ms
		   ? (unsigned)(sender->next_claim_ms - now_ms)
		   : 0;
}

/* Deliveries in hand are let go when the grace is over.  A token call is waited
 * for a little longer: it ends by its own time-out. */
static bool
may_stop(struct sender *sender, uint64_t now_ms)
{
	uint64_t ends_ms = atomic_load(&sender->grace_ends_ms);
	uint64_t beat_ms = clock_monotonic_ms();
	uint64_t patience_ms =
	    sender->tools.settings->send_timeout_ms + SAVE_GRACE_MS;

	if (beat_ms >= ends_ms)
		for (size_t i = 0; i < sender->flight_count; i++)
			flight_abort(&sender->flights[i], now_ms);
	if (beat_ms >= ends_ms + patience_ms)
		return true;
	return free_places(sender) == sender->flight_count &&
	       !accounts_are_busy(sender->accounts);
}

/* False when it is time to end. */
static bool
turn(struct sender *sender)
{
	uint64_t now_ms = clock_now_ms();

	atomic_store(&sender->turned_ms, clock_monotonic_ms());
	sender->tools.stopping = atomic_load(&sender->stopping);
	accounts_tick(sender->accounts, now_ms);
	for (size_t i = 0; i < sender->flight_count; i++)
		flight_step(&sender->flights[i], now_ms);
	claim_if_due(sender, now_ms);
	if (sender->tools.stopping && may_stop(sender, now_ms))
		return false;
	if (transfer_pool_run(sender->tools.pool, now_ms) == 0)
		transfer_pool_wait(
		    sender->tools.pool, wait_ms(sender, clock_now_ms()));
	return true;
}

static void *
run(void *context)
{
	struct sender *sender = context;

	/* A webhook has two seconds, a reply has more: under load the threads
	 * that take messages go first.  Linux knows a niceness per thread; that
	 * it cannot be set changes nothing else. */
	(void)setpriority(PRIO_PROCESS, 0, NICENESS);
	while (turn(sender))
		continue;
	return NULL;
}

/* ---- starting and stopping ---- */

static enum result
list_channels(struct sender *sender, const struct channel *const *table)
{
	size_t count = 0;
	size_t pushing = 0;

	while (table[count] != NULL)
		count++;
	sender->channels = calloc(count + 1, sizeof(sender->channels[0]));
	if (sender->channels == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < count; i++)
		if (table[i]->pushes)
			sender->channels[pushing++] = table[i]->name;
	return OK;
}

static enum result
open_tools(struct tools *tools, const struct sender_options *options)
{
	const struct settings *settings = options->settings;
	struct transfer_limits limits = { .timeout_ms =
					      settings->send_timeout_ms,
		.connections_per_host = settings->send_connections_per_host };
	/* The last of those that wait for the same host's connections. */
	uint64_t rounds = 2 + settings->sends_at_once_max /
				  settings->send_connections_per_host;

	tools->settings = settings;
	tools->store = options->store;
	tools->metrics = options->metrics;
	tools->log = options->log;
	tools->transfer_longest_ms = rounds * settings->send_timeout_ms;
	return transfer_pool_open(&limits, &tools->pool);
}

static enum result
make_places(struct sender *sender)
{
	size_t count = (size_t)sender->tools.settings->sends_at_once_max;

	sender->flights = calloc(count, sizeof(sender->flights[0]));
	if (sender->flights == NULL)
		return ERR_NOMEM;
	sender->flight_count = count;
	for (size_t i = 0; i < count; i++)
		flight_init(&sender->flights[i], &sender->tools);
	return OK;
}

/* Signals are for main(): this thread blocks them all. */
static enum result
start_thread(struct sender *sender)
{
	sigset_t all;
	sigset_t before;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	sender->started =
	    pthread_create(&sender->thread, NULL, run, sender) == 0;
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return sender->started ? OK : ERR_NOMEM;
}

static void
sender_free(struct sender *sender)
{
	if (sender == NULL)
		return;
	for (size_t i = 0; i < sender->flight_count; i++)
		flight_fini(&sender->flights[i]);
	free(sender->flights);
	accounts_free(sender->accounts);
	transfer_pool_close(sender->tools.pool);
	free(sender->channels);
	arena_fini(&sender->claimed);
	free(sender);
	curl_global_cleanup();
}

enum result
sender_start(const struct sender_options *options, struct sender **sender_out,
    struct complaint *why)
{
	struct sender *sender = calloc(1, sizeof(*sender));
	enum result result = ERR_NOMEM;

	if (sender == NULL || curl_global_init(CURL_GLOBAL_DEFAULT) != 0) {
		free(sender);
		complain(why, NULL, 0, "the sender cannot start: no memory");
		return ERR_NOMEM;
	}
	arena_init(&sender->claimed, CLAIM_ARENA_MAX_BYTES);
	atomic_store(&sender->turned_ms, clock_monotonic_ms());
	result = open_tools(&sender->tools, options);
	if (result == OK)
		result = list_channels(sender,
		    options->channels == NULL ? channels : options->channels);
	if (result == OK)
		result = make_places(sender);
	if (result == OK) {
		sender->accounts = accounts_new(&sender->tools);
		result =
		    sender->accounts == NULL ? ERR_NOMEM : start_thread(sender);
	}
	if (result != OK) {
		complain(why, NULL, 0, "the sender cannot start: no memory");
		goto out;
	}
	*sender_out = sender;
	sender = NULL; /* handed over */
out:
	sender_free(sender);
	return result;
}

void
sender_wake(struct sender *sender)
{
	if (!atomic_exchange(&sender->woken, true))
		transfer_pool_wake(sender->tools.pool);
}

bool
sender_alive(const struct sender *sender, unsigned seconds)
{
	return clock_monotonic_ms() - atomic_load(&sender->turned_ms) <=
	       (uint64_t)seconds * 1000;
}

void
sender_stop(struct sender *sender, unsigned grace_ms)
{
	if (sender == NULL)
		return;
	atomic_store(&sender->grace_ends_ms, clock_monotonic_ms() + grace_ms);
	atomic_store(&sender->stopping, true);
	transfer_pool_wake(sender->tools.pool);
	(void)pthread_join(sender->thread, NULL);
	sender_free(sender);
}
