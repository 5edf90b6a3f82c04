/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "clock.h"
#include "sender_bench.h"

static void
replies_to_one_citizen_arrive_in_order(void **state)
{
	struct bench *bench = *state;

	start_sender(bench);
	/* The first is refused for now, and the others wait behind it. */
	PLATFORM_WILL(&bench->platform, sends_script, 0, 503);
	say(bench, "oa", "citizen-1", "hello 1");
	say(bench, "oa", "citizen-1", "hello 2");
	say(bench, "oa", "citizen-1", "hello 3");
	wait_for_counts(bench, 0, 0);
	ASSERT_SENDS(bench, "hello 1", "hello 1", "hello 2", "hello 3");
	assert_int_equal(metric(bench, METRIC_deliveries, "zalo"), 3);
	assert_int_equal(metric(bench, METRIC_deliveries_retried, "zalo"), 1);
	assert_true(sender_alive(bench->sender, 60));
	assert_true(log_has(bench, "event=delivery channel=zalo "));
}

/* Without the wake-up it would wait for the next look, five seconds later. */
static void
a_commit_wakes_an_idle_sender(void **state)
{
	struct bench *bench = *state;
	uint64_t began_ms;

	start_sender(bench);
	say(bench, "oa", "citizen-1", "hello 1");
	wait_for_counts(bench, 0, 0);
	began_ms = clock_monotonic_ms();
	say(bench, "oa", "citizen-1", "hello 2");
	wait_for_counts(bench, 0, 0);
	assert_true(clock_monotonic_ms() - began_ms < 4000);
}

static void
a_rate_limit_is_waited_out(void **state)
{
	struct bench *bench = *state;

	PLATFORM_WILL(&bench->platform, sends_script, 0, 429);
	PLATFORM_WILL(&bench->platform, sends_script, 1, 429);
	bench->settings.outbox_attempts_max = 1; /* not counted as tries */
	start_sender(bench);
	say(bench, "page", "citizen-1", "hello");
	wait_for_counts(bench, 0, 0);
	ASSERT_SENDS(bench, "hello", "hello", "hello");
	assert_true(log_has(bench, "event=account_paused"));
}

static void
tries_come_to_an_end(void **state)
{
	struct bench *bench = *state;

	for (size_t i = 0; i < 4; i++)
		PLATFORM_WILL(&bench->platform, sends_script, i, 503);
	start_sender(bench);
	say(bench, "oa", "citizen-1", "hello");
	wait_for_counts(bench, 0, 1);
	ASSERT_SENDS(bench, "hello", "hello", "hello", "hello");
	/* A parked one holds up nobody. */
	say(bench, "oa", "citizen-1", "hello again");
	wait_for_counts(bench, 0, 1);
	assert_int_equal(metric(bench, METRIC_deliveries, "zalo"), 1);
	assert_int_equal(metric(bench, METRIC_deliveries_parked, "zalo"), 1);
}

static void
parts_that_were_delivered_are_not_sent_again(void **state)
{
	struct bench *bench = *state;

	PLATFORM_WILL(
	    &bench->platform, sends_script, 0, 500); /* a courtesy may fail */
	PLATFORM_WILL(&bench->platform, sends_script, 2, 503);
	start_sender(bench);
	say(bench, "oa", "citizen-1", "~typing|hello 1|hello 2|hello 3");
	wait_for_counts(bench, 0, 0);
	ASSERT_SENDS(
	    bench, "~typing", "hello 1", "hello 2", "hello 2", "hello 3");
	assert_int_equal(metric(bench, METRIC_deliveries, "zalo"), 1);
}

static void
a_refusal_for_good_parks_at_once(void **state)
{
	struct bench *bench = *state;

	PLATFORM_WILL(&bench->platform, sends_script, 0, 400);
	start_sender(bench);
	say(bench, "oa", "citizen-1", "hello");
	wait_for_counts(bench, 0, 1);
	ASSERT_SENDS(bench, "hello");
	assert_true(log_has(bench, "verdict=refused code=400"));
}

static void
refused_buttons_are_left_out_once(void **state)
{
	struct bench *bench = *state;
	struct queued queued = { .bench = bench,
		.text = "~typing|hello 1|hello 2",
		.button = true };

	/* The whole text again, since it may be split elsewhere; without the
	 * courtesy. */
	PLATFORM_WILL(&bench->platform, sends_script, 3, 406);
	start_sender(bench);
	queue(bench, &queued, "oa", "citizen-1");
	wait_for_counts(bench, 0, 0);
	ASSERT_SENDS(bench, "~typing", "hello 1", "hello 2", "buttons",
	    "hello 1", "hello 2");
}

static void
a_reply_refused_without_its_buttons_is_parked(void **state)
{
	struct bench *bench = *state;
	struct queued queued = {
		.bench = bench, .text = "hello", .button = true
	};

	PLATFORM_WILL(&bench->platform, sends_script, 1, 406);
	PLATFORM_WILL(&bench->platform, sends_script, 2, 406);
	start_sender(bench);
	queue(bench, &queued, "oa", "citizen-1");
	wait_for_counts(bench, 0, 1);
	ASSERT_SENDS(bench, "hello", "buttons", "hello");
}

static void
an_unclear_end_is_not_repeated_soon(void **state)
{
	static const unsigned endings[] = { PLATFORM_HOLD, PLATFORM_BREAK,
		500 };
	struct bench *bench = *state;

	bench->settings.send_timeout_ms = 200;
	start_sender(bench);
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		char citizen[32];

		(void)snprintf(citizen, sizeof(citizen), "citizen-%zu", i);
		PLATFORM_WILL(&bench->platform, sends_script, i, endings[i]);
		say(bench, "oa", citizen, "hello");
		wait_for_retries(bench, "zalo", i + 1);
		wait_for_counts(bench, i + 1, 0);
	}
	ASSERT_SENDS(bench, "hello", "hello", "hello");
	assert_true(log_has(bench, "verdict=unclear"));
}

static void
a_call_that_never_left_is_tried_again_soon(void **state)
{
	static char url[80];
	struct bench *bench = *state;

	/* The platform does not speak TLS. */
	(void)snprintf(
	    url, sizeof(url), "https%s", bench->platform.url + strlen("http"));
	bench->accounts[0].api = url;
	bench->settings.outbox_attempts_max = 2;
	start_sender(bench);
	say(bench, "oa", "citizen-1", "hello");
	wait_for_counts(bench, 0, 1);
	PLATFORM_COUNTS(&bench->platform, send_count, 0);
	assert_int_equal(metric(bench, METRIC_deliveries_retried, "zalo"), 1);
}

static void
a_token_that_dies_in_flight_is_refreshed_once(void **state)
{
	struct bench *bench = *state;

	(void)snprintf(bench->platform.access, sizeof(bench->platform.access),
	    "not access-0");
	say(bench, "oa", "citizen-1", "hello 1");
	say(bench, "oa", "citizen-2", "hello 2");
	say(bench, "oa", "citizen-3", "hello 3");
	say(bench, "oa", "citizen-4", "hello 4");
	start_sender(bench);
	wait_for_counts(bench, 0, 0);
	PLATFORM_COUNTS(&bench->platform, refresh_count, 1);
	assert_int_equal(metric(bench, METRIC_deliveries, "zalo"), 4);
	assert_int_equal(metric(bench, METRIC_token_refreshes, "zalo"), 1);
	/* tear_down() asserts that the store had each token first. */
}

static void
a_stop_during_a_refresh_keeps_the_new_pair(void **state)
{
	struct bench *bench = *state;
	struct stored_token stored;

	(void)snprintf(bench->platform.access, sizeof(bench->platform.access),
	    "not access-0");
	say(bench, "oa", "citizen-1", "hello");
	start_sender(bench);
	platform_wait(&bench->platform, &bench->platform.refresh_count, 1);
	stop_sender(bench, 0); /* no grace for deliveries */
	assert_int_equal(
	    store_token_load(bench->temporary.store, "zalo", "oa", &stored),
	    OK);
	assert_string_equal(stored.pair.access, "access-1");
	assert_string_equal(stored.pair.refresh, "refresh-1");

	start_sender(bench);
	wait_for_counts(bench, 0, 0);
	PLATFORM_COUNTS(&bench->platform, refresh_count, 1);
}

static void
a_dead_refresh_token_stops_its_account_and_loses_nothing(void **state)
{
	struct bench *bench = *state;

	(void)snprintf(bench->platform.access, sizeof(bench->platform.access),
	    "page-token");
	(void)snprintf(bench->platform.refresh, sizeof(bench->platform.refresh),
	    "used up elsewhere");
	start_sender(bench);
	say(bench, "oa", "citizen-1", "hello 1");
	wait_for_retries(bench, "zalo", 1);
	platform_wait(&bench->platform, &bench->platform.refresh_count, 1);
	say(bench, "page", "citizen-2", "hello 2");
	wait_for_counts(bench, 1, 0);
	/* The sender shows it before it goes on, so stopping is enough. */
	stop_sender(bench, 1000);
	assert_int_equal(metric(bench, METRIC_token_dead, "zalo"), 1);
	assert_int_equal(metric(bench, METRIC_token_dead, "messenger"), 0);
	assert_true(log_has(bench, "event=token_dead channel=zalo"));
	PLATFORM_COUNTS(&bench->platform, refresh_count, 1);
}

static void
an_account_that_is_stopped_holds_up_no_other(void **state)
{
	struct bench *bench = *state;

	PLATFORM_WILL(&bench->platform, sends_script, 0, 403);
	start_sender(bench);
	say(bench, "oa", "citizen-1", "hello 1");
	wait_for_retries(bench, "zalo", 1);
	say(bench, "oa", "citizen-2", "hello 2"); /* not even tried */
	say(bench, "page", "citizen-3", "hello 3");
	wait_for_counts(bench, 2, 0);
	ASSERT_SENDS(bench, "hello 1", "hello 3");
	assert_true(log_has(bench, "event=account_stopped channel=zalo"));
}

static void
a_token_refused_where_nothing_can_be_refreshed_stops_the_account(void **state)
{
	struct bench *bench = *state;

	PLATFORM_WILL(&bench->platform, sends_script, 0, 401);
	start_sender(bench);
	say(bench, "page", "citizen-1", "hello");
	wait_for_retries(bench, "messenger", 1);
	wait_for_counts(bench, 1, 0);
	assert_true(log_has(bench, "event=account_stopped channel=messenger"));
}

static void
an_account_that_was_removed_parks_its_deliveries(void **state)
{
	struct bench *bench = *state;

	start_sender(bench);
	say(bench, "sold", "citizen-1", "hello 1");
	wait_for_counts(bench, 0, 1);
	PLATFORM_COUNTS(&bench->platform, send_count, 0);
	assert_true(log_has(bench, "not in the settings any more"));
}

static void
what_waits_at_a_stop_is_sent_after_the_next_start(void **state)
{
	struct bench *bench = *state;

	say(bench, "oa", "citizen-1", "hello 1");
	say(bench, "page", "citizen-2", "hello 2");
	temporary_store_close(&bench->temporary);
	temporary_store_open(&bench->temporary, on_outbox_changed, bench);
	start_sender(bench);
	wait_for_counts(bench, 0, 0);
	stop_sender(bench, 1000);
	say(bench, "oa", "citizen-1", "hello 3");
	start_sender(bench);
	wait_for_counts(bench, 0, 0);
	PLATFORM_COUNTS(&bench->platform, send_count, 3);
}

static void *
release_later(void *context)
{
	struct bench *bench = context;

	platform_release(&bench->platform);
	return NULL;
}

static void
a_call_under_way_may_finish_before_the_stop(void **state)
{
	struct bench *bench = *state;
	pthread_t thread;

	PLATFORM_WILL(&bench->platform, sends_script, 0, PLATFORM_HOLD);
	start_sender(bench);
	say(bench, "oa", "citizen-1", "hello 1|hello 2");
	platform_wait(&bench->platform, &bench->platform.send_count, 1);
	assert_int_equal(
	    pthread_create(&thread, NULL, release_later, bench), 0);
	stop_sender(bench, 10000);
	(void)pthread_join(thread, NULL);
	start_sender(bench);
	wait_for_counts(bench, 0, 0);
	/* Whether or not its second part was begun before the stop. */
	ASSERT_SENDS(bench, "hello 1", "hello 2");
}

static void
a_stop_without_grace_leaves_an_unclear_end(void **state)
{
	struct bench *bench = *state;

	PLATFORM_WILL(&bench->platform, sends_script, 0, PLATFORM_HOLD);
	start_sender(bench);
	say(bench, "oa", "citizen-1", "hello");
	platform_wait(&bench->platform, &bench->platform.send_count, 1);
	stop_sender(bench, 0);
	wait_for_counts(bench, 1, 0);
	assert_true(log_has(bench, "verdict=unclear"));
	start_sender(bench);
	say(bench, "oa", "citizen-2", "hello 2");
	wait_for_counts(bench, 1, 0);
	ASSERT_SENDS(bench, "hello", "hello 2");
}

static void
more_deliveries_than_places_are_all_sent(void **state)
{
	enum { COUNT = 40 };
	struct bench *bench = *state;

	for (int i = 0; i < COUNT; i++) {
		char citizen[32];

		(void)snprintf(citizen, sizeof(citizen), "citizen-%d", i);
		say(bench, i % 2 == 0 ? "oa" : "page", citizen, "hello");
	}
	start_sender(bench);
	wait_for_counts(bench, 0, 0);
	PLATFORM_COUNTS(&bench->platform, send_count, COUNT);
	assert_int_equal(metric(bench, METRIC_deliveries, "zalo"), COUNT / 2);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(replies_to_one_citizen_arrive_in_order),
		TEST(a_commit_wakes_an_idle_sender),
		TEST(a_rate_limit_is_waited_out),
		TEST(tries_come_to_an_end),
		TEST(parts_that_were_delivered_are_not_sent_again),
		TEST(a_refusal_for_good_parks_at_once),
		TEST(refused_buttons_are_left_out_once),
		TEST(a_reply_refused_without_its_buttons_is_parked),
		TEST(an_unclear_end_is_not_repeated_soon),
		TEST(a_call_that_never_left_is_tried_again_soon),
		TEST(a_token_that_dies_in_flight_is_refreshed_once),
		TEST(a_stop_during_a_refresh_keeps_the_new_pair),
		TEST(a_dead_refresh_token_stops_its_account_and_loses_nothing),
		TEST(an_account_that_is_stopped_holds_up_no_other),
		TEST(
		    a_token_refused_where_nothing_can_be_refreshed_stops_the_account),
		TEST(an_account_that_was_removed_parks_its_deliveries),
		TEST(what_waits_at_a_stop_is_sent_after_the_next_start),
		TEST(a_call_under_way_may_finish_before_the_stop),
		TEST(a_stop_without_grace_leaves_an_unclear_end),
		TEST(more_deliveries_than_places_are_all_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
