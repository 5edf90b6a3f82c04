/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/store_fixture.h"

#include <stdio.h>
#include <string.h>

/* What a citizen may ask for: all that is kept of them, or that it goes. */

static const uint64_t day_ms = 24ull * 3600 * 1000;

static struct citizen_record *
records(struct store_fixture *fixture, const char *citizen, size_t *count_out)
{
	struct citizen_record *found = NULL;

	assert_int_equal(
	    store_records(fixture->store, "messenger", text_of(citizen),
		&fixture->arena, &found, count_out),
	    OK);
	return found;
}

static void
two_people_write(struct store_fixture *fixture)
{
	struct said said[] = {
		{ .now_ms = 1 * day_ms,
		    .conversation = "c1",
		    .outcome = { .state = TEXT("s1"),
			.question = &store_fixture_asked,
			.reply = TEXT("một") } },
		{ .now_ms = 2 * day_ms,
		    .outcome = { .question = &store_fixture_asked,
			.chosen = TEXT("phi") } },
		{ .account = "other page",
		    .now_ms = 3 * day_ms,
		    .outcome = { .state = TEXT("s2") } },
		{ .citizen = "binh",
		    .now_ms = 3 * day_ms,
		    .outcome = { .state = TEXT("s3"),
			.question = &store_fixture_asked } },
		{ .channel = "zalo",
		    .now_ms = 3 * day_ms,
		    .outcome = { .state = TEXT("s4") } },
	};

	assert_int_equal(store_fixture_say(fixture, said, 5), OK);
}

static void
all_that_is_kept_of_a_citizen_is_found(void **state)
{
	struct store_fixture *fixture = *state;
	struct citizen_record *found;
	size_t count;

	two_people_write(fixture);
	found = records(fixture, "an", &count);
	assert_int_equal(count, 2);
	assert_true(text_is(found[0].account, "page"));
	assert_true(text_is(found[0].conversation, "c1"));
	assert_true(text_is(found[0].state, "s1"));
	assert_int_equal(found[0].seen_ms, 2 * day_ms);
	assert_int_equal(found[0].question_count, 2);
	assert_int_equal(found[0].questions[0].at_ms, 1 * day_ms);
	assert_true(text_equal(
	    found[0].questions[0].question.text, store_fixture_asked.text));
	assert_true(text_is(found[0].questions[0].question.chosen, "phi"));
	assert_int_equal(found[0].reply_count, 1);
	assert_true(text_is(found[0].replies[0].reply, "một"));
	assert_int_equal(found[0].replies[0].at_ms, 1 * day_ms);
	assert_int_equal(found[0].replies[0].state, DELIVERY_QUEUED);
	assert_true(text_is(found[1].account, "other page"));
	assert_int_equal(found[1].question_count, 0);
	(void)records(fixture, "nobody", &count);
	assert_int_equal(count, 0);
}

static void
many_questions_are_all_found_in_their_order(void **state)
{
	enum { MANY = 100 };
	struct store_fixture *fixture = *state;
	static struct said said[MANY];
	struct citizen_record *found;
	size_t count;

	for (size_t i = 0; i < MANY; i++)
		said[i] = (struct said){ .now_ms = i,
			.outcome = { .question = &store_fixture_asked } };
	assert_int_equal(store_fixture_say(fixture, said, MANY), OK);
	found = records(fixture, "an", &count);
	assert_int_equal(found[0].question_count, MANY);
	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(found[0].questions[i].at_ms, i);
}

static void
an_operator_erases_a_citizen_from_every_account(void **state)
{
	struct store_fixture *fixture = *state;
	size_t erased = 0;
	size_t count;

	two_people_write(fixture);
	assert_int_equal(
	    store_erase(fixture->store, "messenger", TEXT("an"), &erased), OK);
	assert_int_equal(erased, 2);
	(void)records(fixture, "an", &count);
	assert_int_equal(count, 0);
	(void)records(fixture, "binh", &count);
	assert_int_equal(count, 1);
	/* The counts stay, the queued reply does not. */
	assert_int_equal(store_fixture_count(fixture).questions, 3);
	assert_int_equal(store_fixture_count(fixture).queued, 0);
	assert_int_equal(
	    store_erase(fixture->store, "messenger", TEXT("an"), &erased), OK);
	assert_int_equal(erased, 0);
}

static void
what_a_purge_would_erase_is_counted_and_left(void **state)
{
	static const struct {
		uint64_t now_days;
		uint64_t keep_days;
		uint64_t want;
	} cases[] = { { 10, 20, 0 }, { 10, 7, 2 }, { 10, 1, 3 } };
	struct store_fixture *fixture = *state;
	uint64_t count = 99;

	two_people_write(fixture);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(
		    store_count_old(fixture->store, cases[i].now_days * day_ms,
			cases[i].keep_days * day_ms, &count),
		    OK);
		assert_int_equal(count, cases[i].want);
	}
	assert_int_equal(store_purge(fixture->store, 10 * day_ms, day_ms), OK);
	assert_int_equal(
	    store_count_old(fixture->store, 10 * day_ms, day_ms, &count), OK);
	assert_int_equal(count, 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_that_is_kept_of_a_citizen_is_found),
		cmocka_unit_test(many_questions_are_all_found_in_their_order),
		cmocka_unit_test(
		    an_operator_erases_a_citizen_from_every_account),
		cmocka_unit_test(what_a_purge_would_erase_is_counted_and_left),
	};

	return store_fixture_run(
	    NULL, "privacy", tests, sizeof(tests) / sizeof(tests[0]));
}
