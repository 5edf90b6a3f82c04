/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/store_fixture.h"

#include <string.h>

static struct settlement
settled(uint64_t delivery, enum delivery_state state)
{
	return (struct settlement){ .delivery = delivery, .state = state };
}

static void
a_queued_reply_is_claimed_with_all_that_sending_needs(void **state)
{
	struct store_fixture *fixture = *state;
	struct said said = { .now_ms = 1000,
		.conversation = "conversation",
		.outcome = { .reply = TEXT("chào anh/chị") } };
	struct delivery claimed[2];
	uint64_t next_due;

	assert_int_equal(store_fixture_say(fixture, &said, 1), OK);
	assert_int_equal(store_fixture_count(fixture).queued, 1);
	assert_int_equal(store_fixture_count(fixture).oldest_queued_ms, 1000);
	assert_int_equal(
	    store_fixture_claim(fixture, 1000, claimed, 2, &next_due), 1);
	assert_int_equal(next_due, 0);
	assert_int_equal(claimed[0].id, said.turn.delivery);
	assert_true(text_is(claimed[0].channel, "messenger"));
	assert_true(text_is(claimed[0].account, "page"));
	assert_true(text_is(claimed[0].citizen, "an"));
	assert_true(text_is(claimed[0].conversation, "conversation"));
	assert_true(text_is(claimed[0].reply, "chào anh/chị"));
	assert_int_equal(claimed[0].created_ms, 1000);
	assert_int_equal(claimed[0].attempts, 0);
	assert_int_equal(claimed[0].parts_done, 0);
	assert_false(claimed[0].plain);
}

static void
a_commit_that_queues_wakes_the_sender(void **state)
{
	struct store_fixture *fixture = *state;
	struct said silent = { .outcome = { .state = TEXT("s1") } };

	assert_int_equal(store_fixture_say(fixture, &silent, 1), OK);
	assert_int_equal(store_probe(fixture->store, 1), OK);
	assert_int_equal(fixture->outbox_changes, 0);
	(void)store_fixture_reply(fixture, "an", "một");
	/* The next group begins after the call. */
	assert_int_equal(store_probe(fixture->store, 1), OK);
	assert_int_equal(fixture->outbox_changes, 1);
}

static void
what_is_leased_is_not_claimed_again(void **state)
{
	struct store_fixture *fixture = *state;
	struct delivery claimed[2];
	uint64_t next_due;

	(void)store_fixture_reply(fixture, "an", "một");
	assert_int_equal(
	    store_fixture_claim(fixture, 1000, claimed, 2, NULL), 1);
	assert_int_equal(
	    store_fixture_claim(fixture, 1999, claimed, 2, &next_due), 0);
	assert_int_equal(next_due, 2000);
}

static void
a_lease_ends_with_its_time(void **state)
{
	struct store_fixture *fixture = *state;
	struct delivery claimed[2];

	(void)store_fixture_reply(fixture, "an", "một");
	assert_int_equal(
	    store_fixture_claim(fixture, 1000, claimed, 2, NULL), 1);
	assert_int_equal(
	    store_fixture_claim(fixture, 2000, claimed, 2, NULL), 1);
}

static void
a_lease_ends_with_the_process(void **state)
{
	struct store_fixture *fixture = *state;
	struct delivery claimed[2];

	(void)store_fixture_reply(fixture, "an", "một");
	assert_int_equal(
	    store_fixture_claim(fixture, 1000, claimed, 2, NULL), 1);
	store_fixture_reopen(fixture);
	assert_int_equal(
	    store_fixture_claim(fixture, 1001, claimed, 2, NULL), 1);
}

static void
a_delivered_reply_is_gone_for_good(void **state)
{
	struct store_fixture *fixture = *state;
	struct delivery claimed[2];
	struct settlement delivered;

	(void)store_fixture_reply(fixture, "an", "một");
	(void)store_fixture_claim(fixture, 1000, claimed, 2, NULL);
	delivered = settled(claimed[0].id, DELIVERY_DELIVERED);
	store_fixture_settle(fixture, &delivered);
	assert_int_equal(
	    store_fixture_claim(fixture, 1000, claimed, 2, NULL), 0);
	assert_int_equal(store_fixture_count(fixture).queued, 0);
	store_fixture_reopen(fixture);
	assert_int_equal(
	    store_fixture_claim(fixture, 9000, claimed, 2, NULL), 0);
}

static void
a_settlement_frees_the_next_reply_and_wakes_the_sender(void **state)
{
	struct store_fixture *fixture = *state;
	struct delivery claimed[2];
	struct settlement delivered;
	uint64_t second;
	unsigned before;

	(void)store_fixture_reply(fixture, "an", "một");
	second = store_fixture_reply(fixture, "an", "hai");
	assert_int_equal(
	    store_fixture_claim(fixture, 1000, claimed, 2, NULL), 1);
	assert_int_equal(store_probe(fixture->store, 1), OK);
	before = fixture->outbox_changes;
	delivered = settled(claimed[0].id, DELIVERY_DELIVERED);
	store_fixture_settle(fixture, &delivered);
	assert_int_equal(store_probe(fixture->store, 1), OK);
	assert_int_equal(fixture->outbox_changes, before + 1);
	assert_int_equal(
	    store_fixture_claim(fixture, 1000, claimed, 2, NULL), 1);
	assert_int_equal(claimed[0].id, second);
}

static void
a_reply_that_failed_waits_and_keeps_its_progress(void **state)
{
	struct store_fixture *fixture = *state;
	struct delivery claimed[2];
	uint64_t next_due;
	struct settlement again = { .state = DELIVERY_QUEUED,
		.due_ms = 5000,
		.attempts = 2,
		.parts_done = 1,
		.plain = true,
		.reason = "busy" };

	(void)store_fixture_reply(fixture, "an", "một");
	(void)store_fixture_claim(fixture, 1000, claimed, 2, NULL);
	again.delivery = claimed[0].id;
	store_fixture_settle(fixture, &again);
	assert_int_equal(
	    store_fixture_claim(fixture, 4999, claimed, 2, &next_due), 0);
	assert_int_equal(next_due, 5000);
	store_fixture_reopen(fixture);
	assert_int_equal(
	    store_fixture_claim(fixture, 5000, claimed, 2, NULL), 1);
	assert_int_equal(claimed[0].attempts, 2);
	assert_int_equal(claimed[0].parts_done, 1);
	assert_true(claimed[0].plain);
	assert_true(text_is(claimed[0].reply, "một"));
}

static void
one_citizens_replies_keep_their_order(void **state)
{
	struct store_fixture *fixture = *state;
	struct delivery claimed[4];
	struct settlement step;
	uint64_t ids[3];

	ids[0] = store_fixture_reply(fixture, "an", "một");
	ids[1] = store_fixture_reply(fixture, "an", "hai");
	ids[2] = store_fixture_reply(fixture, "binh", "ba");
	assert_int_equal(
	    store_fixture_claim(fixture, 1000, claimed, 4, NULL), 2);
	assert_int_equal(claimed[0].id, ids[0]);
	assert_int_equal(claimed[1].id, ids[2]);

	/* The older one waits for its next try: the newer one waits, too. */
	step = settled(ids[0], DELIVERY_QUEUED);
	step.due_ms = 5000;
	store_fixture_settle(fixture, &step);
	assert_int_equal(
	    store_fixture_claim(fixture, 2000, claimed, 4, NULL), 1);
	assert_int_equal(claimed[0].id, ids[2]);
	assert_int_equal(
	    store_fixture_claim(fixture, 5000, claimed, 4, NULL), 2);
	assert_int_equal(claimed[1].id, ids[0]);

	/* A parked one blocks nobody. */
	step = settled(ids[0], DELIVERY_PARKED);
	store_fixture_settle(fixture, &step);
	assert_int_equal(store_fixture_count(fixture).parked, 1);
	assert_int_equal(
	    store_fixture_claim(fixture, 5001, claimed, 4, NULL), 1);
	assert_int_equal(claimed[0].id, ids[1]);
}

static void
a_claim_takes_no_more_than_asked_and_says_that_more_is_due(void **state)
{
	static const char *const citizens[] = { "an", "binh", "chi", "dung" };
	struct store_fixture *fixture = *state;
	struct delivery claimed[4];
	uint64_t next_due;

	for (size_t i = 0; i < 4; i++)
		(void)store_fixture_reply(fixture, citizens[i], "chào");
	assert_int_equal(
	    store_fixture_claim(fixture, 1000, claimed, 3, &next_due), 3);
	assert_int_equal(next_due, 1000);
	assert_int_equal(
	    store_fixture_claim(fixture, 1000, claimed, 3, &next_due), 1);
	/* The leases run out. */
	assert_int_equal(next_due, 2000);
}

static void
a_claim_that_fills_its_arena_takes_what_fits(void **state)
{
	static char large[3000];
	struct store_fixture *fixture = *state;
	static const char *const pushed[] = { "messenger", NULL };
	const struct store_claim claim = {
		.now_ms = 1000, .lease_ms = 1000, .max = 4, .channels = pushed
	};
	struct delivery claimed[4];
	struct arena small;
	uint64_t next_due = 0;
	size_t count = 0;

	memset(large, 'x', sizeof(large) - 1);
	(void)store_fixture_reply(fixture, "an", large);
	(void)store_fixture_reply(fixture, "binh", large);
	arena_init(&small, 4000);
	assert_int_equal(store_claim(fixture->store, &claim, &small, claimed,
			     &count, &next_due),
	    OK);
	assert_int_equal(count, 1);
	assert_int_equal(next_due, 1000);
	arena_fini(&small);
	arena_init(&small, 100);
	assert_int_equal(store_claim(fixture->store, &claim, &small, claimed,
			     &count, &next_due),
	    ERR_NOMEM);
	arena_fini(&small);
	assert_int_equal(
	    store_fixture_claim(fixture, 1000, claimed, 4, NULL), 1);
}

static void
one_account_cannot_starve_the_others(void **state)
{
	struct store_fixture *fixture = *state;
	static const char *const citizens[] = { "an", "binh", "chi", "dung" };
	struct delivery claimed[1];
	bool served = false;

	for (size_t i = 0; i < 4; i++)
		(void)store_fixture_reply(fixture, citizens[i], "chào");
	for (size_t i = 0; i < 2; i++) {
		struct said said = { .account = "other page",
			.now_ms = 1000,
			.outcome = { .reply = TEXT("chào") } };

		assert_int_equal(store_fixture_say(fixture, &said, 1), OK);
	}
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(
		    store_fixture_claim(fixture, 1000, claimed, 1, NULL), 1);
		served |= text_is(claimed[0].account, "other page");
	}
	assert_true(served);
}

static void
only_channels_that_push_are_claimed(void **state)
{
	struct store_fixture *fixture = *state;
	struct said said = { .channel = "webchat",
		.outcome = { .reply = TEXT("chào") } };
	struct delivery claimed[1];

	assert_int_equal(store_fixture_say(fixture, &said, 1), OK);
	assert_int_equal(
	    store_fixture_claim(fixture, 1000, claimed, 1, NULL), 0);
}

/* ---- echoes ---- */

static void
an_echo_settles_and_the_sender_comes_too_late(void **state)
{
	struct store_fixture *fixture = *state;
	struct delivery claimed[2];
	struct said echo = { .now_ms = 1100 };
	struct settlement again;

	(void)store_fixture_reply(fixture, "an", "một");
	(void)store_fixture_claim(fixture, 1000, claimed, 2, NULL);
	echo.outcome.delivered = claimed[0].id;
	assert_int_equal(store_fixture_say(fixture, &echo, 1), OK);
	again = settled(claimed[0].id, DELIVERY_QUEUED);
	store_fixture_settle(fixture, &again);
	assert_int_equal(store_fixture_count(fixture).queued, 0);
	assert_int_equal(
	    store_fixture_claim(fixture, 9000, claimed, 2, NULL), 0);
}

static void
an_echo_of_another_account_settles_nothing(void **state)
{
	struct store_fixture *fixture = *state;
	struct said echo = { .account = "other page" };

	echo.outcome.delivered = store_fixture_reply(fixture, "an", "một");
	assert_int_equal(store_fixture_say(fixture, &echo, 1), OK);
	assert_int_equal(store_fixture_count(fixture).queued, 1);
	echo.outcome.delivered = UINT64_MAX;
	assert_int_equal(store_fixture_say(fixture, &echo, 1), OK);
	assert_int_equal(store_fixture_count(fixture).queued, 1);
}

static void
a_settlement_after_an_erasure_changes_nothing(void **state)
{
	struct store_fixture *fixture = *state;
	struct delivery claimed[2];
	struct said erase = { .outcome = { .erase = true } };
	struct settlement again;

	(void)store_fixture_reply(fixture, "an", "một");
	(void)store_fixture_claim(fixture, 1000, claimed, 2, NULL);
	assert_int_equal(store_fixture_say(fixture, &erase, 1), OK);
	again = settled(claimed[0].id, DELIVERY_PARKED);
	store_fixture_settle(fixture, &again);
	assert_int_equal(store_fixture_count(fixture).queued, 0);
	assert_int_equal(store_fixture_count(fixture).parked, 0);
}

/* ---- fetched by the page ---- */

static size_t
fetch(struct store_fixture *fixture, uint64_t after, size_t max,
    struct delivery **out)
{
	const struct store_fetch page = { .channel = "webchat",
		.citizen = TEXT("an"),
		.after = after,
		.max = max,
		.now_ms = UINT64_MAX };
	size_t count = 0;

	assert_int_equal(
	    store_fetch(fixture->store, &page, &fixture->arena, out, &count),
	    OK);
	return count;
}

static void
a_page_fetches_its_replies_in_order(void **state)
{
	struct store_fixture *fixture = *state;
	struct said said[] = {
		{ .channel = "webchat", .outcome = { .reply = TEXT("một") } },
		{ .channel = "webchat",
		    .citizen = "binh",
		    .outcome = { .reply = TEXT("không phải") } },
		{ .channel = "webchat", .outcome = { .reply = TEXT("hai") } },
		{ .channel = "webchat", .outcome = { .reply = TEXT("ba") } },
	};
	struct delivery *found;

	assert_int_equal(store_fixture_say(fixture, said, 4), OK);
	assert_int_equal(fetch(fixture, 0, 2, &found), 2);
	assert_true(text_is(found[0].reply, "một"));
	assert_true(text_is(found[1].reply, "hai"));
	assert_true(text_is(found[0].channel, "webchat"));
	assert_true(text_is(found[0].citizen, "an"));
	assert_int_equal(fetch(fixture, found[1].id, 2, &found), 1);
	assert_int_equal(found[0].id, said[3].turn.delivery);
	assert_int_equal(fetch(fixture, found[0].id, 2, &found), 0);
	assert_int_equal(fetch(fixture, UINT64_MAX, 2, &found), 0);
}

static void
what_was_fetched_counts_as_delivered_and_can_be_fetched_again(void **state)
{
	struct store_fixture *fixture = *state;
	struct said said = { .channel = "webchat",
		.outcome = { .reply = TEXT("một") } };
	struct delivery *found;

	assert_int_equal(store_fixture_say(fixture, &said, 1), OK);
	assert_int_equal(store_fixture_count(fixture).queued, 1);
	assert_int_equal(fetch(fixture, 0, 10, &found), 1);
	assert_int_equal(store_probe(fixture->store, 1), OK);
	assert_int_equal(store_fixture_count(fixture).queued, 0);
	assert_int_equal(fetch(fixture, 0, 10, &found), 1);
}

static void
an_erased_citizen_can_fetch_only_the_last_reply(void **state)
{
	struct store_fixture *fixture = *state;
	struct said said[] = {
		{ .channel = "webchat", .outcome = { .reply = TEXT("một") } },
		{ .channel = "webchat",
		    .outcome = { .erase = true, .reply = TEXT("đã xóa") } },
	};
	struct delivery *found;

	assert_int_equal(store_fixture_say(fixture, said, 2), OK);
	assert_int_equal(fetch(fixture, 0, 10, &found), 1);
	assert_true(text_is(found[0].reply, "đã xóa"));
	/* It has arrived: nothing leads to them any more. */
	assert_int_equal(store_probe(fixture->store, 1), OK);
	assert_int_equal(fetch(fixture, 0, 10, &found), 0);
}

static void
ids_are_never_used_twice(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t first = store_fixture_reply(fixture, "an", "một");
	struct settlement delivered = settled(first, DELIVERY_DELIVERED);

	store_fixture_settle(fixture, &delivered);
	assert_int_equal(
	    store_purge(fixture->store, 1000ull * 3600 * 1000, 1), OK);
	store_fixture_reopen(fixture);
	assert_true(store_fixture_reply(fixture, "an", "hai") > first);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_queued_reply_is_claimed_with_all_that_sending_needs),
		cmocka_unit_test(a_commit_that_queues_wakes_the_sender),
		cmocka_unit_test(what_is_leased_is_not_claimed_again),
		cmocka_unit_test(a_lease_ends_with_its_time),
		cmocka_unit_test(a_lease_ends_with_the_process),
		cmocka_unit_test(a_delivered_reply_is_gone_for_good),
		cmocka_unit_test(
		    a_settlement_frees_the_next_reply_and_wakes_the_sender),
		cmocka_unit_test(
		    a_reply_that_failed_waits_and_keeps_its_progress),
		cmocka_unit_test(one_citizens_replies_keep_their_order),
		cmocka_unit_test(
		    a_claim_takes_no_more_than_asked_and_says_that_more_is_due),
		cmocka_unit_test(a_claim_that_fills_its_arena_takes_what_fits),
		cmocka_unit_test(one_account_cannot_starve_the_others),
		cmocka_unit_test(only_channels_that_push_are_claimed),
		cmocka_unit_test(an_echo_settles_and_the_sender_comes_too_late),
		cmocka_unit_test(an_echo_of_another_account_settles_nothing),
		cmocka_unit_test(a_settlement_after_an_erasure_changes_nothing),
		cmocka_unit_test(a_page_fetches_its_replies_in_order),
		cmocka_unit_test(
		    what_was_fetched_counts_as_delivered_and_can_be_fetched_again),
		cmocka_unit_test(
		    an_erased_citizen_can_fetch_only_the_last_reply),
		cmocka_unit_test(ids_are_never_used_twice),
	};

	return store_fixture_run(
	    NULL, "the outbox", tests, sizeof(tests) / sizeof(tests[0]));
}
