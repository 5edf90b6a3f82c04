/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A reply that waits for the rest of its question, and what citizens say of an
 * answer in their own words. */
#include "tests/support/store_fixture.h"

#include <string.h>

enum { ASKED_MS = 1000, DUE_MS = 5000 };

static struct question
asked(const char *text)
{
	struct question question = store_fixture_asked;

	question.text = text_of(text);
	return question;
}

/* "an" asks the beginning of something, on CHANNEL; the reply waits. */
static void
begin(struct store_fixture *fixture, const char *channel)
{
	struct question question = asked("làm căn cước");
	struct said said = { .channel = channel,
		.dedup_id = "m1",
		.now_ms = ASKED_MS,
		.outcome = { .question = &question,
		    .reply = TEXT("chưa rõ"),
		    .due_ms = DUE_MS } };

	assert_int_equal(store_fixture_say(fixture, &said, 1), OK);
}

/* And goes on with it. */
static struct said
go_on(struct store_fixture *fixture, const struct question *question)
{
	struct said said = { .dedup_id = "m2",
		.now_ms = 2000,
		.outcome = { .question = question,
		    .reply = TEXT("trả lời"),
		    .recall_ms = DUE_MS } };

	assert_int_equal(store_fixture_say(fixture, &said, 1), OK);
	return said;
}

static size_t
claim(struct store_fixture *fixture, uint64_t now_ms, struct delivery *out)
{
	uint64_t next_due;

	return store_fixture_claim(fixture, now_ms, out, 4, &next_due);
}

static void
a_held_reply_goes_when_it_is_due(void **state)
{
	struct store_fixture *fixture = *state;
	struct delivery claimed[4];
	uint64_t next_due;

	begin(fixture, NULL);
	assert_int_equal(
	    store_fixture_claim(fixture, DUE_MS - 1, claimed, 4, &next_due), 0);
	assert_int_equal(next_due, DUE_MS);
	assert_int_equal(claim(fixture, DUE_MS, claimed), 1);
	assert_int_equal(claimed[0].created_ms, ASKED_MS);
}

static void
a_recalled_reply_never_goes_and_its_question_is_replaced(void **state)
{
	struct store_fixture *fixture = *state;
	struct question whole = asked("làm căn cước cần gì");
	struct delivery claimed[4];
	struct question_row *rows;
	struct said said;
	size_t count;

	begin(fixture, NULL);
	said = go_on(fixture, &whole);
	assert_int_equal(said.decide_calls, 2);
	assert_int_equal(claim(fixture, DUE_MS + 60000, claimed), 1);
	assert_true(text_is(claimed[0].reply, "trả lời"));
	assert_int_equal(store_fixture_count(fixture).queued, 1);
	rows = store_fixture_questions(fixture, &count);
	assert_int_equal(count, 1);
	assert_true(text_equal(rows[0].question.text, whole.text));
	assert_int_equal(rows[0].at_ms, 2000);
}

static void
what_was_replaced_survives_a_restart(void **state)
{
	struct store_fixture *fixture = *state;
	struct question whole = asked("làm căn cước cần gì");
	struct delivery claimed[4];

	begin(fixture, NULL);
	store_fixture_reopen(fixture);
	(void)go_on(fixture, &whole);
	store_fixture_reopen(fixture);
	assert_int_equal(claim(fixture, DUE_MS, claimed), 1);
	assert_true(text_is(claimed[0].reply, "trả lời"));
}

static void
a_reply_that_is_on_its_way_cannot_be_recalled(void **state)
{
	struct store_fixture *fixture = *state;
	struct question whole = asked("cần gì");
	struct delivery claimed[4];
	struct said said;
	size_t count;

	begin(fixture, NULL);
	assert_int_equal(claim(fixture, DUE_MS, claimed), 1);
	said = go_on(fixture, &whole);
	assert_int_equal(said.decide_calls, 2);
	(void)store_fixture_questions(fixture, &count);
	assert_int_equal(count, 2);
	assert_int_equal(store_fixture_count(fixture).queued, 2);
}

static void
a_turn_that_fails_recalls_nothing(void **state)
{
	struct store_fixture *fixture = *state;
	struct said said = { .now_ms = 2000,
		.outcome = { .recall_ms = DUE_MS },
		.decided = ERR_NOMEM };
	struct delivery claimed[4];

	begin(fixture, NULL);
	assert_int_equal(store_fixture_say(fixture, &said, 1), ERR_NOMEM);
	assert_int_equal(claim(fixture, DUE_MS + 60000, claimed), 1);
	assert_true(text_is(claimed[0].reply, "chưa rõ"));
}

static void
a_released_reply_goes_at_once_and_first(void **state)
{
	struct store_fixture *fixture = *state;
	struct said said = { .now_ms = 2000,
		.outcome = { .reply = TEXT("trả lời"), .release_ms = DUE_MS } };
	struct settlement done = { .state = DELIVERY_DELIVERED };
	struct delivery claimed[4];

	begin(fixture, NULL);
	assert_int_equal(store_fixture_say(fixture, &said, 1), OK);
	assert_int_equal(claim(fixture, 2000, claimed), 1);
	assert_true(text_is(claimed[0].reply, "chưa rõ"));
	done.delivery = claimed[0].id;
	store_fixture_settle(fixture, &done);
	assert_int_equal(claim(fixture, 2000, claimed), 1);
	assert_true(text_is(claimed[0].reply, "trả lời"));
}

static void
a_page_does_not_see_a_held_reply_nor_what_is_behind_it(void **state)
{
	struct store_fixture *fixture = *state;
	struct said behind = { .channel = "webchat",
		.now_ms = 2000,
		.outcome = { .reply = TEXT("trả lời") } };
	struct store_fetch page = { .channel = "webchat",
		.citizen = TEXT("an"),
		.max = 5,
		.now_ms = DUE_MS - 1 };
	struct delivery *found;
	size_t count;

	begin(fixture, "webchat");
	assert_int_equal(store_fixture_say(fixture, &behind, 1), OK);
	assert_int_equal(
	    store_fetch(fixture->store, &page, &fixture->arena, &found, &count),
	    OK);
	assert_int_equal(count, 0);
	page.now_ms = DUE_MS;
	assert_int_equal(
	    store_fetch(fixture->store, &page, &fixture->arena, &found, &count),
	    OK);
	assert_int_equal(count, 2);
	assert_true(text_is(found[0].reply, "chưa rõ"));
}

static void
assert_unsent(struct store_fixture *fixture, const char *message)
{
	struct question whole = asked("làm căn cước cần gì");
	struct said said = { .outcome = { .unsent = text_of(message) } };
	struct question_row *rows;
	size_t count;

	begin(fixture, NULL);
	(void)go_on(fixture, &whole);
	assert_int_equal(store_fixture_say(fixture, &said, 1), OK);
	rows = store_fixture_questions(fixture, &count);
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].question.text.len, 0);
}

static void
the_first_message_of_a_joined_question_can_be_unsent(void **state)
{
	assert_unsent(*state, "m1");
}

static void
the_last_message_of_a_joined_question_can_be_unsent(void **state)
{
	assert_unsent(*state, "m2");
}

static void
words_are_kept_with_the_question_and_erased_with_it(void **state)
{
	struct store_fixture *fixture = *state;
	struct question question = asked("làm căn cước");
	struct said said[] = {
		{ .dedup_id = "m1", .outcome = { .question = &question } },
		{ .dedup_id = "m2",
		    .outcome = { .label = TEXT("unhelpful"),
			.words = TEXT("thiếu lệ phí") } },
	};
	struct said unsent = { .outcome = { .unsent = TEXT("m2") } };
	struct question_row *rows;
	size_t count;

	assert_int_equal(store_fixture_say(fixture, said, 2), OK);
	rows = store_fixture_questions(fixture, &count);
	assert_int_equal(count, 1);
	assert_true(text_is(rows[0].question.label, "unhelpful"));
	assert_true(text_is(rows[0].question.words, "thiếu lệ phí"));
	assert_int_equal(store_fixture_say(fixture, &unsent, 1), OK);
	rows = store_fixture_questions(fixture, &count);
	assert_int_equal(rows[0].question.words.len, 0);
}

static void
words_leave_with_the_text_by_age_and_on_request(void **state)
{
	struct store_fixture *fixture = *state;
	struct question question = asked("làm căn cước");
	struct said said[] = {
		{ .now_ms = 1000, .outcome = { .question = &question } },
		{ .now_ms = 1000, .outcome = { .words = TEXT("thiếu") } },
		{ .citizen = "binh",
		    .now_ms = 900000,
		    .outcome = { .question = &question } },
		{ .citizen = "binh",
		    .now_ms = 900000,
		    .outcome = { .words = TEXT("sai") } },
	};
	struct question_row *rows;
	size_t count;

	assert_int_equal(store_fixture_say(fixture, said, 4), OK);
	assert_int_equal(store_purge(fixture->store, 1000000, 500000), OK);
	rows = store_fixture_questions(fixture, &count);
	assert_int_equal(rows[1].question.words.len, 0);
	assert_true(text_is(rows[0].question.words, "sai"));
	assert_int_equal(
	    store_erase(fixture->store, "messenger", TEXT("binh"), &count), OK);
	rows = store_fixture_questions(fixture, &count);
	assert_int_equal(rows[0].question.words.len, 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_held_reply_goes_when_it_is_due),
		cmocka_unit_test(
		    a_recalled_reply_never_goes_and_its_question_is_replaced),
		cmocka_unit_test(what_was_replaced_survives_a_restart),
		cmocka_unit_test(a_reply_that_is_on_its_way_cannot_be_recalled),
		cmocka_unit_test(a_turn_that_fails_recalls_nothing),
		cmocka_unit_test(a_released_reply_goes_at_once_and_first),
		cmocka_unit_test(
		    a_page_does_not_see_a_held_reply_nor_what_is_behind_it),
		cmocka_unit_test(
		    the_first_message_of_a_joined_question_can_be_unsent),
		cmocka_unit_test(
		    the_last_message_of_a_joined_question_can_be_unsent),
		cmocka_unit_test(
		    words_are_kept_with_the_question_and_erased_with_it),
		cmocka_unit_test(
		    words_leave_with_the_text_by_age_and_on_request),
	};

	return store_fixture_run(
	    NULL, "held replies", tests, sizeof(tests) / sizeof(tests[0]));
}
