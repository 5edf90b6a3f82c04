/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/outbox/token.h"

#include "fake_platform.h"
#include "secret.h"
#include "temporary_store.h"

/* The test's own thread is the sender, and its clock goes as fast as it
 * likes. */

#define MINUTE_MS UINT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
static const uint64_t start_ms = 1800000000000;

struct bench {
	struct temporary_store temporary;
	struct platform platform;
	struct account account;
	struct metrics *metrics;
	struct tools tools;
	struct token *token;
};

static int
set_up(void **state)
{
	static struct bench bench;
	struct transfer_limits limits = { .timeout_ms = 5000,
		.connections_per_host = 2 };

	bench = (struct bench){ .token = NULL };
	assert_int_equal(secret_init(), OK);
	temporary_store_open(&bench.temporary, NULL, NULL);
	platform_start(&bench.platform);
	(void)snprintf(bench.platform.refresh, sizeof(bench.platform.refresh),
	    "refresh-0");
	bench.account = (struct account){ .channel = &fake_zalo,
		.name = "default",
		.id = "oa",
		.access_token = "access-0",
		.refresh_token = "refresh-0",
		.api = bench.platform.url,
		.oauth = bench.platform.url };
	bench.metrics = metrics_new();
	assert_non_null(bench.metrics);
	bench.tools = (struct tools){ .store = bench.temporary.store,
		.metrics = bench.metrics,
		.transfer_longest_ms = 5000 };
	assert_int_equal(transfer_pool_open(&limits, &bench.tools.pool), OK);
	bench.token = token_new(&bench.tools, &bench.account);
	assert_non_null(bench.token);
	*state = &bench;
	return 0;
}

static int
tear_down(void **state)
{
	struct bench *bench = *state;

	token_free(bench->token);
	transfer_pool_close(bench->tools.pool);
	platform_stop(&bench->platform);
	temporary_store_remove(&bench->temporary);
	metrics_free(bench->metrics);
	return 0;
}

/* Another process, or this one after a restart. */
static void
start_again(struct bench *bench)
{
	token_free(bench->token);
	bench->token = token_new(&bench->tools, &bench->account);
	assert_non_null(bench->token);
}

static void
tick(struct bench *bench, uint64_t now_ms)
{
	token_tick(bench->token, now_ms);
	while (token_is_busy(bench->token))
		if (transfer_pool_run(bench->tools.pool, now_ms) == 0)
			transfer_pool_wait(bench->tools.pool, 100);
}

static uint64_t
refuse(struct bench *bench, uint64_t now_ms)
{
	uint64_t number;

	(void)token_access(bench->token, &number);
	token_refuse(bench->token, number, now_ms);
	return number;
}

static void
assert_access(struct bench *bench, const char *want)
{
	uint64_t number;
	struct text_view access = token_access(bench->token, &number);

	if (!text_is(access, want))
		fail_msg("%.*s is in force, not %s", TEXT_ARGS(access), want);
}

static void
assert_stored(struct bench *bench, const char *access, bool dead)
{
	struct stored_token stored;

	assert_int_equal(
	    store_token_load(bench->temporary.store, "zalo", "oa", &stored),
	    OK);
	assert_string_equal(stored.pair.access, access);
	assert_int_equal(stored.dead, dead);
}

static void
save(struct bench *bench, const char *access, const char *refresh)
{
	struct stored_token stored = { .dead = false };

	(void)snprintf(
	    stored.pair.access, sizeof(stored.pair.access), "%s", access);
	(void)snprintf(
	    stored.pair.refresh, sizeof(stored.pair.refresh), "%s", refresh);
	assert_int_equal(
	    store_token_save(bench->temporary.store, "zalo", "oa", &stored),
	    OK);
}

static void
the_first_start_writes_the_settings_pair_down(void **state)
{
	struct bench *bench = *state;

	assert_int_equal(token_state(bench->token, start_ms), TOKEN_SOON);
	tick(bench, start_ms);
	assert_int_equal(token_state(bench->token, start_ms), TOKEN_USABLE);
	assert_access(bench, "access-0");
	assert_stored(bench, "access-0", false);
	PLATFORM_COUNTS(&bench->platform, refresh_count, 0);
}

static void
later_starts_take_the_stored_pair(void **state)
{
	struct bench *bench = *state;

	save(bench, "access-7", "refresh-7");
	tick(bench, start_ms);
	assert_access(bench, "access-7");
	assert_stored(bench, "access-7", false);
}

static void
a_pair_is_refreshed_before_its_expiry_and_not_earlier(void **state)
{
	struct bench *bench = *state;
	uint64_t lifetime_ms = 25 * HOUR_MS;

	tick(bench, start_ms);
	(void)refuse(bench, start_ms);
	tick(bench, start_ms); /* now the expiry is known */
	assert_access(bench, "access-1");
	tick(bench, start_ms + lifetime_ms - HOUR_MS - 1);
	assert_access(bench, "access-1");
	PLATFORM_COUNTS(&bench->platform, refresh_count, 1);
	tick(bench, start_ms + lifetime_ms - HOUR_MS);
	assert_access(bench, "access-2");
	PLATFORM_COUNTS(&bench->platform, refresh_count, 2);
}

static void
many_refusals_of_one_token_are_one_refresh(void **state)
{
	struct bench *bench = *state;
	uint64_t old;

	tick(bench, start_ms);
	old = refuse(bench, start_ms);
	token_refuse(bench->token, old, start_ms);
	assert_int_equal(token_state(bench->token, start_ms), TOKEN_SOON);
	tick(bench, start_ms);
	/* From a call that was under way when the token changed. */
	token_refuse(bench->token, old, start_ms + 1);
	tick(bench, start_ms + 2 * MINUTE_MS);
	PLATFORM_COUNTS(&bench->platform, refresh_count, 1);
	assert_access(bench, "access-1");
	assert_stored(bench, "access-1", false);
	assert_int_equal(
	    metrics_get(bench->metrics, METRIC_token_refreshes, "zalo"), 1);
}

static void
a_pair_that_another_process_refreshed_is_taken_over(void **state)
{
	struct bench *bench = *state;

	tick(bench, start_ms);
	save(bench, "access-9", "refresh-9");
	(void)refuse(bench, start_ms);
	tick(bench, start_ms);
	assert_access(bench, "access-9");
	PLATFORM_COUNTS(&bench->platform, refresh_count, 0);
}

static void
another_process_that_refreshes_is_waited_for(void **state)
{
	struct bench *bench = *state;
	struct store *store = bench->temporary.store;

	tick(bench, start_ms);
	assert_int_equal(store_token_lock(store, "zalo", "oa", "other",
			     start_ms, start_ms + MINUTE_MS),
	    OK);
	(void)refuse(bench, start_ms);
	tick(bench, start_ms);
	assert_int_equal(token_state(bench->token, start_ms), TOKEN_SOON);
	PLATFORM_COUNTS(&bench->platform, refresh_count, 0);

	/* It dies without a word: its lock runs out. */
	tick(bench, start_ms + MINUTE_MS + 1);
	PLATFORM_COUNTS(&bench->platform, refresh_count, 1);
	assert_access(bench, "access-1");
	/* And ours was given back. */
	assert_int_equal(store_token_lock(store, "zalo", "oa", "other",
			     start_ms + MINUTE_MS + 2, start_ms + HOUR_MS),
	    OK);
}

static void
a_lost_answer_is_asked_for_with_the_same_token(void **state)
{
	struct bench *bench = *state;

	PLATFORM_WILL(&bench->platform, refreshes_script, 0, PLATFORM_BREAK);
	tick(bench, start_ms);
	(void)refuse(bench, start_ms);
	tick(bench, start_ms);
	PLATFORM_COUNTS(&bench->platform, refresh_count, 1);
	tick(bench, start_ms + 1999); /* a pause first */
	PLATFORM_COUNTS(&bench->platform, refresh_count, 1);
	tick(bench, start_ms + 2000);
	PLATFORM_COUNTS(&bench->platform, refresh_count, 2);
	assert_access(bench, "access-1");
}

static void
an_outage_is_asked_less_and_less_often(void **state)
{
	static const uint64_t waits_ms[] = { 2000, MINUTE_MS, 2 * MINUTE_MS,
		4 * MINUTE_MS, 8 * MINUTE_MS, 10 * MINUTE_MS, 10 * MINUTE_MS };
	enum { COUNT = sizeof(waits_ms) / sizeof(waits_ms[0]) };
	struct bench *bench = *state;
	uint64_t now_ms = start_ms;

	for (size_t i = 0; i < COUNT; i++)
		PLATFORM_WILL(&bench->platform, refreshes_script, i, 500);
	tick(bench, now_ms);
	(void)refuse(bench, now_ms);
	tick(bench, now_ms);
	for (size_t i = 0; i < COUNT; i++) {
		PLATFORM_COUNTS(&bench->platform, refresh_count, i + 1);
		tick(bench, now_ms + waits_ms[i] - 1);
		PLATFORM_COUNTS(&bench->platform, refresh_count, i + 1);
		assert_int_equal(
		    token_later_ms(bench->token), now_ms + waits_ms[i]);
		now_ms += waits_ms[i];
		tick(bench, now_ms);
	}
	assert_access(bench, "access-1");
	assert_int_equal(
	    metrics_get(bench->metrics, METRIC_token_failures, "zalo"), COUNT);
}

static void
a_token_stays_usable_while_its_early_refresh_fails(void **state)
{
	struct bench *bench = *state;
	uint64_t early_ms = start_ms + 24 * HOUR_MS;

	tick(bench, start_ms);
	(void)refuse(bench, start_ms);
	tick(bench, start_ms);
	PLATFORM_WILL(&bench->platform, refreshes_script, 1, 500);
	PLATFORM_WILL(&bench->platform, refreshes_script, 2, 500);
	tick(bench, early_ms);
	assert_int_equal(token_state(bench->token, early_ms), TOKEN_USABLE);
	tick(bench, early_ms + 2000);
	PLATFORM_COUNTS(&bench->platform, refresh_count, 3);
	assert_int_equal(
	    token_state(bench->token, early_ms + 2000), TOKEN_USABLE);
	/* Until the platform refuses it. */
	(void)refuse(bench, early_ms + 3000);
	assert_int_equal(
	    token_state(bench->token, early_ms + 3000), TOKEN_LATER);
}

static void
a_refused_refresh_token_is_dead_for_later_starts_too(void **state)
{
	struct bench *bench = *state;

	PLATFORM_WILL(&bench->platform, refreshes_script, 0, 400);
	tick(bench, start_ms);
	(void)refuse(bench, start_ms);
	tick(bench, start_ms);
	assert_true(token_is_dead(bench->token));
	assert_int_equal(token_state(bench->token, start_ms), TOKEN_LATER);
	assert_stored(bench, "access-0", true);
	tick(bench, start_ms + HOUR_MS);
	start_again(bench);
	tick(bench, start_ms + HOUR_MS);
	assert_true(token_is_dead(bench->token));
	PLATFORM_COUNTS(&bench->platform, refresh_count, 1);
}

static void
a_new_refresh_token_in_the_settings_revives(void **state)
{
	struct bench *bench = *state;

	PLATFORM_WILL(&bench->platform, refreshes_script, 0, 400);
	tick(bench, start_ms);
	(void)refuse(bench, start_ms);
	tick(bench, start_ms);
	bench->account.access_token = "access-new";
	bench->account.refresh_token = "refresh-new";
	start_again(bench);
	tick(bench, start_ms + MINUTE_MS);
	assert_access(bench, "access-new");
	assert_stored(bench, "access-new", false);
}

static void
a_consent_that_another_process_stores_revives(void **state)
{
	struct bench *bench = *state;

	PLATFORM_WILL(&bench->platform, refreshes_script, 0, 400);
	tick(bench, start_ms);
	(void)refuse(bench, start_ms);
	tick(bench, start_ms);
	save(bench, "access-new", "refresh-new");
	tick(bench, start_ms + 5 * MINUTE_MS);
	assert_int_equal(
	    token_state(bench->token, start_ms + 5 * MINUTE_MS), TOKEN_USABLE);
	assert_access(bench, "access-new");
}

static void
a_new_token_that_is_refused_is_not_refreshed_in_a_circle(void **state)
{
	struct bench *bench = *state;

	tick(bench, start_ms);
	(void)refuse(bench, start_ms);
	tick(bench, start_ms);
	(void)refuse(bench, start_ms + 10);
	tick(bench, start_ms + 10);
	PLATFORM_COUNTS(&bench->platform, refresh_count, 1);
	assert_int_equal(token_state(bench->token, start_ms + 10), TOKEN_LATER);
	assert_int_equal(token_later_ms(bench->token), start_ms + MINUTE_MS);
	tick(bench, start_ms + MINUTE_MS);
	PLATFORM_COUNTS(&bench->platform, refresh_count, 2);
}

static void
half_a_pair_does_what_it_can(void **state)
{
	struct bench *bench = *state;

	/* Only a refresh token: it is used at once. */
	bench->account.access_token = "";
	tick(bench, start_ms);
	tick(bench, start_ms);
	assert_access(bench, "access-1");
	PLATFORM_COUNTS(&bench->platform, refresh_count, 1);
}

static void
no_refresh_token_is_a_dead_one_once_the_access_token_is_refused(void **state)
{
	struct bench *bench = *state;

	bench->account.refresh_token = "";
	tick(bench, start_ms);
	assert_access(bench, "access-0");
	(void)refuse(bench, start_ms);
	tick(bench, start_ms);
	assert_true(token_is_dead(bench->token));
	assert_stored(bench, "access-0", true);
	PLATFORM_COUNTS(&bench->platform, refresh_count, 0);
}

static void
no_token_at_all_is_a_dead_one(void **state)
{
	struct bench *bench = *state;

	bench->account.access_token = "";
	bench->account.refresh_token = "";
	tick(bench, start_ms);
	assert_true(token_is_dead(bench->token));
}

static void
a_channel_without_refreshing_uses_the_settings(void **state)
{
	struct bench *bench = *state;

	bench->account.channel = &fake_messenger;
	start_again(bench);
	tick(bench, start_ms);
	assert_int_equal(token_state(bench->token, start_ms), TOKEN_USABLE);
	assert_access(bench, "access-0");
	/* Nothing is written down for it. */
	tick(bench, start_ms + 100 * HOUR_MS);
	PLATFORM_COUNTS(&bench->platform, refresh_count, 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(the_first_start_writes_the_settings_pair_down),
		TEST(later_starts_take_the_stored_pair),
		TEST(a_pair_is_refreshed_before_its_expiry_and_not_earlier),
		TEST(many_refusals_of_one_token_are_one_refresh),
		TEST(a_pair_that_another_process_refreshed_is_taken_over),
		TEST(another_process_that_refreshes_is_waited_for),
		TEST(a_lost_answer_is_asked_for_with_the_same_token),
		TEST(an_outage_is_asked_less_and_less_often),
		TEST(a_token_stays_usable_while_its_early_refresh_fails),
		TEST(a_refused_refresh_token_is_dead_for_later_starts_too),
		TEST(a_new_refresh_token_in_the_settings_revives),
		TEST(a_consent_that_another_process_stores_revives),
		TEST(a_new_token_that_is_refused_is_not_refreshed_in_a_circle),
		TEST(half_a_pair_does_what_it_can),
		TEST(
		    no_refresh_token_is_a_dead_one_once_the_access_token_is_refused),
		TEST(no_token_at_all_is_a_dead_one),
		TEST(a_channel_without_refreshing_uses_the_settings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
