/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/store_fixture.h"

#include <stdio.h>

/* What store_purge() takes away, and what it must leave. */

static void
say(struct store_fixture *fixture, struct said *said)
{
	assert_int_equal(store_fixture_say(fixture, said, 1), OK);
}

enum { HOUR_MS = 3600 * 1000 };
static const uint64_t day_ms = 24ull * HOUR_MS;

static void
purging_erases_old_texts_and_keeps_the_rows(void **state)
{
	struct store_fixture *fixture = *state;
	struct said said[] = {
		{ .now_ms = 1 * day_ms,
		    .outcome = { .question = &store_fixture_asked } },
		{ .now_ms = 10 * day_ms,
		    .outcome = { .question = &store_fixture_asked } },
	};
	struct question_row *rows;
	size_t count;

	assert_int_equal(store_fixture_say(fixture, said, 2), OK);
	assert_int_equal(
	    store_purge(fixture->store, 12 * day_ms, 5 * day_ms), OK);
	rows = store_fixture_questions(fixture, &count);
	assert_int_equal(count, 2);
	assert_true(
	    text_equal(rows[0].question.text, store_fixture_asked.text));
	assert_true(text_is(rows[1].question.text, ""));
	assert_true(
	    text_equal(rows[1].question.entry, store_fixture_asked.entry));
}

static void
a_dedup_mark_lasts_two_days(void **state)
{
	struct store_fixture *fixture = *state;
	static const struct {
		uint64_t purged_ms;
		bool duplicate;
	} cases[] = {
		{ 1 * day_ms + 36ull * HOUR_MS, true },
		{ 1 * day_ms + 48ull * HOUR_MS, true },
		{ 1 * day_ms + 48ull * HOUR_MS + 1, false },
	};
	struct said first = { .dedup_id = "m1", .now_ms = 1 * day_ms };

	say(fixture, &first);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct said again = first;

		assert_int_equal(store_purge(fixture->store, cases[i].purged_ms,
				     365 * day_ms),
		    OK);
		say(fixture, &again);
		assert_int_equal(again.turn.duplicate, cases[i].duplicate);
	}
}

static void
purging_forgets_citizens_who_have_long_been_quiet(void **state)
{
	struct store_fixture *fixture = *state;
	struct said early[] = {
		{ .now_ms = 1 * day_ms, .outcome = { .state = TEXT("s1") } },
		{ .citizen = "binh",
		    .now_ms = 1 * day_ms,
		    .outcome = { .state = TEXT("s1") } },
	};
	/* Changes nothing, but somebody was there. */
	struct said receipt = { .citizen = "binh", .now_ms = 9 * day_ms };
	struct said after[] = { { .now_ms = 10 * day_ms },
		{ .citizen = "binh", .now_ms = 10 * day_ms } };

	assert_int_equal(store_fixture_say(fixture, early, 2), OK);
	say(fixture, &receipt);
	assert_int_equal(
	    store_purge(fixture->store, 10 * day_ms, 5 * day_ms), OK);
	assert_int_equal(store_fixture_say(fixture, after, 2), OK);
	assert_string_equal(after[0].state_seen, "");
	assert_string_equal(after[1].state_seen, "s1");
}

static void
purging_keeps_what_still_waits(void **state)
{
	struct store_fixture *fixture = *state;
	struct delivery claimed[4];
	uint64_t parked = store_fixture_reply(fixture, "an", "một");
	uint64_t delivered = store_fixture_reply(fixture, "binh", "hai");
	uint64_t queued = store_fixture_reply(fixture, "chi", "ba");

	store_fixture_settle(fixture, &(struct settlement){ .delivery = parked,
					  .state = DELIVERY_PARKED });
	store_fixture_settle(
	    fixture, &(struct settlement){
			 .delivery = delivered, .state = DELIVERY_DELIVERED });
	assert_int_equal(
	    store_purge(fixture->store, 10 * day_ms, 50 * day_ms), OK);
	assert_int_equal(store_fixture_count(fixture).queued, 1);
	assert_int_equal(store_fixture_count(fixture).parked, 1);
	assert_int_equal(
	    store_purge(fixture->store, 100 * day_ms, 50 * day_ms), OK);
	assert_int_equal(store_fixture_count(fixture).parked, 0);
	assert_int_equal(
	    store_fixture_claim(fixture, 100 * day_ms, claimed, 4, NULL), 1);
	assert_int_equal(claimed[0].id, queued);
	assert_true(text_is(claimed[0].citizen, "chi"));
}

static void
more_rows_than_one_piece_are_purged_as_well(void **state)
{
	enum { BATCH = 500, BATCHES = 5 };
	static struct said said[BATCH];
	static char ids[BATCH][16];
	struct store_fixture *fixture = *state;
	struct question_row *rows;
	size_t count;

	for (unsigned batch = 0; batch < BATCHES; batch++) {
		for (unsigned i = 0; i < BATCH; i++) {
			(void)snprintf(
			    ids[i], sizeof(ids[i]), "m%u.%u", batch, i);
			said[i] = (struct said){ .dedup_id = ids[i],
				.citizen = ids[i],
				.outcome = {
				    .question = &store_fixture_asked } };
		}
		assert_int_equal(store_fixture_say(fixture, said, BATCH), OK);
	}
	assert_int_equal(store_purge(fixture->store, 100 * day_ms, day_ms), OK);
	rows = store_fixture_questions(fixture, &count);
	assert_int_equal(count, 100);
	for (size_t i = 0; i < count; i++)
		assert_true(text_is(rows[i].question.text, ""));
	assert_int_equal(store_fixture_say(fixture, said, BATCH), OK);
	for (size_t i = 0; i < BATCH; i++)
		assert_false(said[i].turn.duplicate);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(purging_erases_old_texts_and_keeps_the_rows),
		cmocka_unit_test(a_dedup_mark_lasts_two_days),
		cmocka_unit_test(
		    purging_forgets_citizens_who_have_long_been_quiet),
		cmocka_unit_test(purging_keeps_what_still_waits),
		cmocka_unit_test(more_rows_than_one_piece_are_purged_as_well),
	};

	return store_fixture_run(
	    NULL, "purging", tests, sizeof(tests) / sizeof(tests[0]));
}
