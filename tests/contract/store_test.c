/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/store_fixture.h"

#include <string.h>

#define assert_view(view, string) assert_true(text_is((view), (string)))

static void
say(struct store_fixture *fixture, struct said *said)
{
	assert_int_equal(store_fixture_say(fixture, said, 1), OK);
}

/* ---- turns ---- */

static void
somebody_new_has_an_empty_state(void **state)
{
	struct said said = { .outcome = { .state = TEXT("s1") } };

	say(*state, &said);
	assert_int_equal(said.decide_calls, 1);
	assert_string_equal(said.state_seen, "");
}

static void
a_state_is_kept_for_the_next_turn(void **state)
{
	struct said first = { .outcome = { .state = TEXT("s1") } };
	struct said second = { .outcome = { .state = TEXT("s2") } };
	struct said third = { .outcome = { .state = TEXT("") } };
	struct said fourth = { .now_ms = 1 };

	say(*state, &first);
	say(*state, &second);
	assert_string_equal(second.state_seen, "s1");
	say(*state, &third);
	assert_string_equal(third.state_seen, "s2");
	say(*state, &fourth);
	assert_string_equal(fourth.state_seen, "");
}

static void
a_state_that_is_left_alone_stays(void **state)
{
	struct said first = { .outcome = { .state = TEXT("s1") } };
	struct said receipt = { .now_ms = 5 };
	struct said reply = { .outcome = { .reply = TEXT("chào") } };
	struct said last = { .now_ms = 6 };

	say(*state, &first);
	say(*state, &receipt);
	say(*state, &reply);
	say(*state, &last);
	assert_string_equal(last.state_seen, "s1");
}

static void
citizens_channels_and_accounts_have_states_of_their_own(void **state)
{
	static const struct {
		const char *channel;
		const char *account;
		const char *citizen;
	} others[] = {
		{ "messenger", "page", "binh" },
		{ "messenger", "other page", "an" },
		{ "zalo", "page", "an" },
	};
	struct said first = { .outcome = { .state = TEXT("s1") } };

	say(*state, &first);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		struct said other = { .channel = others[i].channel,
			.account = others[i].account,
			.citizen = others[i].citizen };

		say(*state, &other);
		assert_string_equal(other.state_seen, "");
	}
}

static void
the_turns_of_one_batch_happen_in_their_order(void **state)
{
	struct said said[] = {
		{ .outcome = { .state = TEXT("s1"), .reply = TEXT("một") } },
		{ .outcome = { .state = TEXT("s2"), .reply = TEXT("hai") } },
		{ .outcome = { .state = TEXT("s3"), .reply = TEXT("ba") } },
	};

	assert_int_equal(store_fixture_say(*state, said, 3), OK);
	assert_string_equal(said[1].state_seen, "s1");
	assert_string_equal(said[2].state_seen, "s2");
	assert_true(said[0].turn.delivery < said[1].turn.delivery);
	assert_true(said[1].turn.delivery < said[2].turn.delivery);
}

static void
an_empty_batch_is_done_at_once(void **state)
{
	assert_int_equal(store_fixture_say(*state, NULL, 0), OK);
}

static void
a_batch_whose_decision_fails_leaves_nothing(void **state)
{
	struct store_fixture *fixture = *state;
	struct said failing[] = {
		{ .dedup_id = "m1",
		    .outcome = { .state = TEXT("s1"),
			.question = &store_fixture_asked } },
		{ .dedup_id = "m2", .decided = ERR_NOMEM },
	};
	struct said again = { .dedup_id = "m1",
		.outcome = { .reply = TEXT("chào") } };
	struct delivery claimed[2];

	assert_int_equal(store_fixture_say(fixture, failing, 2), ERR_NOMEM);
	assert_int_equal(store_fixture_count(fixture).questions, 0);
	say(fixture, &again);
	assert_false(again.turn.duplicate);
	assert_string_equal(again.state_seen, "");
	/* Their account, which was new in the failed batch, is known. */
	assert_int_equal(store_fixture_claim(fixture, 10, claimed, 2, NULL), 1);
}

static void
an_outcome_over_the_limit_fails_alone(void **state)
{
	static char huge[2 * 1024 * 1024];
	struct said said = { .outcome = { .reply = { huge, sizeof(huge) } } };
	struct said next = { .outcome = { .reply = TEXT("chào") } };

	memset(huge, 'x', sizeof(huge));
	assert_int_equal(store_fixture_say(*state, &said, 1), ERR_TOO_LARGE);
	say(*state, &next);
}

/* ---- duplicates ---- */

static void
a_redelivery_changes_nothing(void **state)
{
	struct store_fixture *fixture = *state;
	struct said first = { .dedup_id = "m1",
		.outcome = { .state = TEXT("s1"),
		    .reply = TEXT("chào"),
		    .question = &store_fixture_asked } };
	struct said again = first;
	struct said after = { .dedup_id = "m2" };

	again.outcome.state = TEXT("s2");
	say(fixture, &first);
	say(fixture, &again);
	assert_false(first.turn.duplicate);
	assert_true(again.turn.duplicate);
	assert_int_equal(again.decide_calls, 0);
	assert_int_equal(again.turn.delivery, 0);
	say(fixture, &after);
	assert_string_equal(after.state_seen, "s1");
	assert_int_equal(store_fixture_count(fixture).questions, 1);
	assert_int_equal(store_fixture_count(fixture).queued, 1);
}

static void
an_event_that_comes_twice_in_one_batch_counts_once(void **state)
{
	struct said said[] = { { .dedup_id = "m1" }, { .dedup_id = "m1" } };

	assert_int_equal(store_fixture_say(*state, said, 2), OK);
	assert_false(said[0].turn.duplicate);
	assert_true(said[1].turn.duplicate);
	assert_int_equal(said[1].decide_calls, 0);
}

static void
equal_ids_of_other_channels_or_accounts_are_no_duplicates(void **state)
{
	struct said said[] = {
		{ .dedup_id = "m1" },
		{ .dedup_id = "m1", .account = "other page" },
		{ .dedup_id = "m1", .channel = "zalo" },
	};

	assert_int_equal(store_fixture_say(*state, said, 3), OK);
	for (size_t i = 0; i < 3; i++)
		assert_false(said[i].turn.duplicate);
}

static void
an_event_without_an_id_is_never_a_duplicate(void **state)
{
	struct said said[] = { { .now_ms = 1 }, { .now_ms = 1 } };

	assert_int_equal(store_fixture_say(*state, said, 2), OK);
	assert_false(said[1].turn.duplicate);
	assert_int_equal(said[1].decide_calls, 1);
}

/* ---- the question log ---- */

static void
a_question_is_logged_for_staff(void **state)
{
	struct said said = { .now_ms = 77,
		.outcome = { .question = &store_fixture_asked } };
	struct question_row *rows;
	size_t count;

	say(*state, &said);
	rows = store_fixture_questions(*state, &count);
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].at_ms, 77);
	assert_view(rows[0].channel, "messenger");
	assert_true(
	    text_equal(rows[0].question.text, store_fixture_asked.text));
	assert_true(text_equal(
	    rows[0].question.decision, store_fixture_asked.decision));
	assert_true(
	    text_equal(rows[0].question.entry, store_fixture_asked.entry));
	assert_true(text_equal(
	    rows[0].question.candidates, store_fixture_asked.candidates));
	assert_true(
	    text_equal(rows[0].question.base, store_fixture_asked.base));
	assert_true(
	    rows[0].question.confidence == store_fixture_asked.confidence);
}

static void
questions_come_newest_first_and_filtered(void **state)
{
	struct store_fixture *fixture = *state;
	struct question answered = store_fixture_asked;
	struct said said[] = {
		{ .outcome = { .question = &store_fixture_asked } },
		{ .outcome = { .question = &answered } },
		{ .outcome = { .question = &store_fixture_asked } }
	};
	static const struct {
		struct question_filter filter;
		size_t count;
		uint64_t first;
	} cases[] = {
		{ { false, 0, 10 }, 3, 3 },
		{ { false, 0, 2 }, 2, 3 },
		{ { false, 2, 10 }, 1, 3 },
		{ { true, 0, 10 }, 2, 3 },
		{ { true, 1, 10 }, 1, 3 },
		{ { true, 3, 10 }, 0, 0 },
	};

	answered.decision = TEXT("answer");
	assert_int_equal(store_fixture_say(fixture, said, 3), OK);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct question_row *rows;
		size_t count;

		assert_int_equal(
		    store_questions(fixture->store, &cases[i].filter,
			&fixture->arena, &rows, &count),
		    OK);
		assert_int_equal(count, cases[i].count);
		if (count > 0)
			assert_int_equal(rows[0].id, cases[i].first);
	}
	assert_int_equal(store_fixture_count(fixture).questions, 3);
	assert_int_equal(store_fixture_count(fixture).unanswered, 2);
}

static void
an_unsent_message_loses_its_text(void **state)
{
	struct store_fixture *fixture = *state;
	struct said said[] = {
		{ .dedup_id = "m1",
		    .outcome = { .question = &store_fixture_asked } },
		{ .dedup_id = "m2",
		    .outcome = { .question = &store_fixture_asked } },
		{ .dedup_id = "m3",
		    .outcome = { .question = &store_fixture_asked } },
		/* Somebody else cannot take it back. */
		{ .citizen = "binh",
		    .outcome = { .question = &store_fixture_asked } },
		{ .citizen = "binh", .outcome = { .unsent = TEXT("m3") } },
		{ .outcome = { .unsent = TEXT("m2") } },
	};
	struct question_row *rows;
	size_t count;

	assert_int_equal(store_fixture_say(fixture, said, 6), OK);
	rows = store_fixture_questions(fixture, &count);
	assert_int_equal(count, 4);
	assert_true(
	    text_equal(rows[0].question.text, store_fixture_asked.text));
	assert_true(
	    text_equal(rows[1].question.text, store_fixture_asked.text));
	assert_view(rows[2].question.text, "");
	assert_true(
	    text_equal(rows[3].question.text, store_fixture_asked.text));
}

static void
a_later_turn_labels_the_question_that_was_asked_last(void **state)
{
	struct store_fixture *fixture = *state;
	struct said said[] = {
		{ .outcome = { .question = &store_fixture_asked } },
		{ .outcome = { .question = &store_fixture_asked } },
		{ .citizen = "binh",
		    .outcome = { .question = &store_fixture_asked } },
		{ .outcome = { .chosen = TEXT("phi") } },
		/* Its own question comes after what it says of the last. */
		{ .outcome = { .label = TEXT("disputed"),
		      .question = &store_fixture_asked } },
		/* Nothing to label. */
		{ .citizen = "chi", .outcome = { .label = TEXT("declined") } },
	};
	struct question_row *rows;
	size_t count;

	assert_int_equal(store_fixture_say(fixture, said, 6), OK);
	rows = store_fixture_questions(fixture, &count);
	assert_int_equal(count, 4);
	for (size_t i = 0; i < count; i++) {
		bool labelled = rows[i].id == 2;

		assert_view(rows[i].question.label, labelled ? "disputed" : "");
		assert_view(rows[i].question.chosen, labelled ? "phi" : "");
	}
}

static void
a_declined_question_counts_as_unanswered(void **state)
{
	struct store_fixture *fixture = *state;
	const struct question_filter filter = { .unanswered_only = true,
		.limit = 10 };
	struct question offered = store_fixture_asked;
	struct said said[] = {
		{ .outcome = { .question = &offered } },
		{ .outcome = { .label = TEXT("declined") } },
		{ .citizen = "binh", .outcome = { .question = &offered } },
	};
	struct question_row *rows;
	size_t count;

	offered.decision = TEXT("clarify");
	assert_int_equal(store_fixture_say(fixture, said, 3), OK);
	assert_int_equal(store_questions(fixture->store, &filter,
			     &fixture->arena, &rows, &count),
	    OK);
	assert_int_equal(count, 1);
	assert_view(rows[0].question.label, "declined");
	assert_int_equal(store_fixture_count(fixture).unanswered, 1);
}

/* ---- erase ---- */

static void
an_erased_citizen_leaves_only_counts(void **state)
{
	struct store_fixture *fixture = *state;
	struct said said[] = {
		{ .outcome = { .state = TEXT("s1"),
		      .question = &store_fixture_asked,
		      .reply = TEXT("một") } },
		{ .outcome = { .question = &store_fixture_asked,
		      .reply = TEXT("hai") } },
		{ .citizen = "binh",
		    .outcome = { .question = &store_fixture_asked } },
		{ .outcome = { .erase = true,
		      .question = &store_fixture_asked } },
	};
	struct said after = { .now_ms = 9 };
	struct question_row *rows;
	size_t count;

	assert_int_equal(store_fixture_say(fixture, said, 4), OK);
	rows = store_fixture_questions(fixture, &count);
	assert_int_equal(count, 4);
	assert_view(rows[0].question.text, "");
	assert_true(
	    text_equal(rows[1].question.text, store_fixture_asked.text));
	assert_view(rows[2].question.text, "");
	assert_view(rows[3].question.text, "");
	assert_int_equal(store_fixture_count(fixture).queued, 0);
	say(fixture, &after);
	assert_string_equal(after.state_seen, "");
}

static void
the_reply_to_an_erasure_still_goes_out(void **state)
{
	struct store_fixture *fixture = *state;
	struct said said[] = {
		{ .outcome = { .state = TEXT("s1"), .reply = TEXT("cũ") } },
		{ .outcome = { .erase = true,
		      .state = TEXT("s2"),
		      .reply = TEXT("đã xóa") } },
	};
	struct said after = { .now_ms = 9 };
	struct delivery claimed[4];

	assert_int_equal(store_fixture_say(fixture, said, 2), OK);
	assert_int_equal(store_fixture_claim(fixture, 10, claimed, 4, NULL), 1);
	assert_view(claimed[0].reply, "đã xóa");
	assert_view(claimed[0].citizen, "an");
	store_fixture_settle(
	    fixture, &(struct settlement){ .delivery = claimed[0].id,
			 .state = DELIVERY_DELIVERED });
	say(fixture, &after);
	assert_string_equal(after.state_seen, "");
}

static void
erasing_somebody_unknown_does_nothing(void **state)
{
	struct said said = { .outcome = { .erase = true } };

	say(*state, &said);
	assert_int_equal(store_fixture_count(*state).questions, 0);
}

/* ---- tokens ---- */

static void
a_token_is_found_again(void **state)
{
	struct store_fixture *fixture = *state;
	struct stored_token saved = { .pair = { "access", "refresh", 123 } };
	struct stored_token found = { .dead = true };

	assert_int_equal(store_token_load(fixture->store, "zalo", "oa", &found),
	    ERR_NOT_FOUND);
	assert_int_equal(
	    store_token_save(fixture->store, "zalo", "oa", &saved), OK);
	saved.dead = true;
	assert_int_equal(
	    store_token_save(fixture->store, "zalo", "other oa", &saved), OK);
	store_fixture_reopen(fixture);
	assert_int_equal(
	    store_token_load(fixture->store, "zalo", "oa", &found), OK);
	assert_string_equal(found.pair.access, "access");
	assert_string_equal(found.pair.refresh, "refresh");
	assert_int_equal(found.pair.expires_ms, 123);
	assert_false(found.dead);
	assert_int_equal(
	    store_token_load(fixture->store, "zalo", "other oa", &found), OK);
	assert_true(found.dead);
}

static void
one_owner_at_a_time_holds_the_token_lock(void **state)
{
	struct store_fixture *fixture = *state;
	static const struct {
		const char *owner;
		uint64_t now_ms;
		uint64_t until_ms;
		enum result want;
	} steps[] = {
		{ "a", 100, 200, OK },
		{ "b", 150, 250, ERR_BUSY },
		{ "a", 150, 250, OK },
		{ "b", 249, 300, ERR_BUSY },
		{ "b", 249, 0, ERR_BUSY }, /* unlocks only its own */
		{ "b", 250, 300, OK },
		{ "b", 260, 0, OK },
		{ "a", 261, 300, OK },
	};
	struct stored_token found;

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		assert_int_equal(
		    store_token_lock(fixture->store, "zalo", "oa",
			steps[i].owner, steps[i].now_ms, steps[i].until_ms),
		    steps[i].want);
	assert_int_equal(
	    store_token_lock(fixture->store, "zalo", "other oa", "b", 261, 300),
	    OK);
	/* A lock is no token. */
	assert_int_equal(store_token_load(fixture->store, "zalo", "oa", &found),
	    ERR_NOT_FOUND);
}

/* A killed process cannot unlock; the next one need not wait for it. */
static void
a_token_lock_does_not_outlive_its_process(void **state)
{
	struct store_fixture *fixture = *state;
	struct stored_token saved = { .pair = { "access", "refresh", 123 } };
	struct stored_token found;

	assert_int_equal(
	    store_token_save(fixture->store, "zalo", "oa", &saved), OK);
	assert_int_equal(store_token_lock(fixture->store, "zalo", "oa",
			     "killed", 100, 200000),
	    OK);
	assert_int_equal(
	    store_token_lock(fixture->store, "zalo", "oa", "next", 101, 200),
	    ERR_BUSY);
	store_fixture_reopen(fixture);
	assert_int_equal(
	    store_token_lock(fixture->store, "zalo", "oa", "next", 102, 200),
	    OK);
	assert_int_equal(
	    store_token_load(fixture->store, "zalo", "oa", &found), OK);
	assert_string_equal(found.pair.refresh, "refresh");
}

/* ---- counts ---- */

static void
a_fresh_store_can_be_probed_and_is_empty(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_counts counts;

	assert_int_equal(store_probe(fixture->store, 1), OK);
	assert_int_equal(store_probe(fixture->store, 2), OK);
	counts = store_fixture_count(fixture);
	assert_int_equal(counts.questions, 0);
	assert_int_equal(counts.queued, 0);
	assert_int_equal(counts.parked, 0);
	assert_int_equal(counts.oldest_queued_ms, 0);
	assert_int_equal(counts.turns_waiting, 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(somebody_new_has_an_empty_state),
		cmocka_unit_test(a_state_is_kept_for_the_next_turn),
		cmocka_unit_test(a_state_that_is_left_alone_stays),
		cmocka_unit_test(
		    citizens_channels_and_accounts_have_states_of_their_own),
		cmocka_unit_test(the_turns_of_one_batch_happen_in_their_order),
		cmocka_unit_test(an_empty_batch_is_done_at_once),
		cmocka_unit_test(a_batch_whose_decision_fails_leaves_nothing),
		cmocka_unit_test(an_outcome_over_the_limit_fails_alone),
		cmocka_unit_test(a_redelivery_changes_nothing),
		cmocka_unit_test(
		    an_event_that_comes_twice_in_one_batch_counts_once),
		cmocka_unit_test(
		    equal_ids_of_other_channels_or_accounts_are_no_duplicates),
		cmocka_unit_test(an_event_without_an_id_is_never_a_duplicate),
		cmocka_unit_test(a_question_is_logged_for_staff),
		cmocka_unit_test(questions_come_newest_first_and_filtered),
		cmocka_unit_test(an_unsent_message_loses_its_text),
		cmocka_unit_test(
		    a_later_turn_labels_the_question_that_was_asked_last),
		cmocka_unit_test(a_declined_question_counts_as_unanswered),
		cmocka_unit_test(an_erased_citizen_leaves_only_counts),
		cmocka_unit_test(the_reply_to_an_erasure_still_goes_out),
		cmocka_unit_test(erasing_somebody_unknown_does_nothing),
		cmocka_unit_test(a_token_is_found_again),
		cmocka_unit_test(one_owner_at_a_time_holds_the_token_lock),
		cmocka_unit_test(a_token_lock_does_not_outlive_its_process),
		cmocka_unit_test(a_fresh_store_can_be_probed_and_is_empty),
	};

	return store_fixture_run(
	    NULL, "the store", tests, sizeof(tests) / sizeof(tests[0]));
}
