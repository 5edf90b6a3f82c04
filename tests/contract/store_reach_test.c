/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_reach.h"

#include <stdlib.h>

#include "tests/support/store_fixture.h"

/* In a static initialiser TEXT() is no constant. */
#define VIEW(literal)                                                          \
	{                                                                      \
		(literal), sizeof(literal) - 1                                 \
	}

static const uint64_t day_ms = 24ull * 3600 * 1000;
static const uint64_t noon_ms = 1800000000000; /* when citizens ask */

static const struct audit_line line = { .at_ms = noon_ms,
	.user = 7,
	.login = VIEW("lan"),
	.action = VIEW("question.reply"),
	.subject = VIEW("group 1"),
	.why = VIEW("hỏi lại cho rõ") };

/* CITIZEN asks something at NOW_MS; the id of the question. */
static uint64_t
ask(struct store_fixture *fixture, const char *channel, const char *citizen)
{
	struct said said = { .channel = channel,
		.citizen = citizen,
		.now_ms = noon_ms,
		.outcome = { .question = &store_fixture_asked,
		    .contact = {
			.heard_ms = noon_ms, .renewed_ms = noon_ms } } };
	size_t count = 0;

	assert_int_equal(store_fixture_say(fixture, &said, 1), OK);
	return store_fixture_questions(fixture, &count)[0].id;
}

static struct asker
asker_of(struct store_fixture *fixture, uint64_t question)
{
	struct asker *askers = NULL;
	size_t count = 0;

	assert_int_equal(store_reach_askers(fixture->store, &question, 1,
			     &fixture->arena, &askers, &count),
	    OK);
	assert_int_equal(count, 1);
	return askers[0];
}

static enum result
compose(void *context, const struct asker *asker, struct arena *arena,
    struct text_view *packed_out)
{
	unsigned *calls = context;

	(void)asker;
	++*calls;
	return arena_text(arena, TEXT("trả lời"), packed_out);
}

static struct reach_counts
answer(struct store_fixture *fixture, const uint64_t *questions, size_t count,
    uint64_t now_ms, bool paid)
{
	unsigned calls = 0;
	const struct reach_order order = { .questions = questions,
		.count = count,
		.paid = paid,
		.terms = { .now_ms = now_ms },
		.compose = compose,
		.context = &calls };
	struct reach_counts done;
	size_t replies = 0;

	assert_int_equal(store_reach_reply(fixture->store, &order, &line,
			     &fixture->arena, &done),
	    OK);
	for (size_t i = 0; i < REACHES; i++)
		replies += done.replies[i];
	assert_int_equal(calls, replies);
	return done;
}

static size_t
audit_lines(struct store_fixture *fixture)
{
	const struct audit_filter filter = { .limit = 100 };
	struct audit_line *lines = NULL;
	size_t count = 0;

	assert_int_equal(store_audit(fixture->store, &filter, &fixture->arena,
			     &lines, &count),
	    OK);
	return count;
}

static struct reply_row *
replies(struct store_fixture *fixture, uint64_t citizen, size_t *count_out)
{
	const struct reply_filter filter = { .citizen = citizen, .limit = 100 };
	struct reply_row *rows = NULL;

	assert_int_equal(store_reach_replies(fixture->store, &filter,
			     &fixture->arena, &rows, count_out),
	    OK);
	return rows;
}

/* ---- what is known ---- */

static void
what_citizens_do_is_remembered_and_replies_are_counted(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t question = ask(fixture, NULL, NULL);
	struct said reaction = { .now_ms = noon_ms + 5000,
		.outcome = { .contact = { .renewed_ms = noon_ms + 5000 } } };
	struct said left = { .now_ms = noon_ms + 6000,
		.outcome = { .contact = { .left = true } } };
	struct asker asker;

	(void)store_fixture_reply(fixture, "an", "một");
	(void)store_fixture_reply(fixture, "an", "hai");
	asker = asker_of(fixture, question);
	assert_int_equal(asker.contact.heard_ms, noon_ms);
	assert_int_equal(asker.contact.replies, 2);
	assert_true(text_is(asker.text, "làm sao đổi mật khẩu"));
	assert_true(text_is(asker.channel, "messenger"));
	assert_int_equal(asker.asked_ms, noon_ms);
	assert_int_equal(store_fixture_say(fixture, &reaction, 1), OK);
	asker = asker_of(fixture, question);
	assert_int_equal(asker.contact.heard_ms, noon_ms);
	assert_int_equal(asker.contact.renewed_ms, noon_ms + 5000);
	assert_int_equal(asker.contact.replies, 0);
	assert_false(asker.contact.left);
	assert_int_equal(store_fixture_say(fixture, &left, 1), OK);
	assert_true(asker_of(fixture, question).contact.left);
	assert_false(asker.forgotten);
}

static void
who_is_erased_leads_to_nobody(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t question = ask(fixture, NULL, NULL);
	struct reach_counts done;
	size_t erased = 0;

	assert_int_equal(
	    store_erase(fixture->store, "messenger", TEXT("an"), &erased), OK);
	assert_true(asker_of(fixture, question).forgotten);
	done = answer(fixture, &question, 1, noon_ms, true);
	assert_int_equal(done.refused[REACH_NONE], 1);
	assert_int_equal(audit_lines(fixture), 0);
}

static void
an_account_without_consent_reaches_nobody(void **state)
{
	struct store_fixture *fixture = *state;
	const struct stored_token dead = {
		.pair = { .access = "a", .refresh = "r" }, .dead = true
	};
	uint64_t question = ask(fixture, "zalo", NULL);

	assert_int_equal(
	    store_token_save(fixture->store, "zalo", "page", &dead), OK);
	assert_true(asker_of(fixture, question).contact.account_stopped);
	assert_int_equal(
	    answer(fixture, &question, 1, noon_ms, true).refused[REACH_NONE],
	    1);
}

/* ---- answering later ---- */

static void
a_question_is_answered_once_however_often_it_is_ordered(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t question = ask(fixture, NULL, NULL);
	struct delivery claimed[2];
	struct reach_counts done;
	unsigned woken;

	assert_int_equal(store_probe(fixture->store, 1), OK);
	woken = fixture->outbox_changes;
	done = answer(fixture, &question, 1, noon_ms + 2 * day_ms, false);
	assert_int_equal(done.replies[REACH_HUMAN], 1);
	assert_int_equal(done.until_ms, noon_ms + 7 * day_ms);
	assert_true(fixture->outbox_changes > woken);
	assert_int_equal(store_fixture_claim(
			     fixture, noon_ms + 2 * day_ms, claimed, 2, NULL),
	    1);
	assert_true(text_is(claimed[0].reply, "trả lời"));
	assert_true(claimed[0].authorship.human);
	assert_false(claimed[0].authorship.paid);
	assert_int_equal(claimed[0].contact.heard_ms, noon_ms);
	assert_int_equal(claimed[0].contact.replies, 1);
	assert_int_equal(asker_of(fixture, question).told, claimed[0].id);
	done = answer(fixture, &question, 1, noon_ms + 2 * day_ms, false);
	assert_int_equal(done.told, 1);
	assert_int_equal(done.replies[REACH_HUMAN], 0);
	assert_int_equal(audit_lines(fixture), 1);
}

static void
who_asked_twice_gets_one_reply(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t questions[4] = { ask(fixture, NULL, "an"),
		ask(fixture, NULL, "binh"), ask(fixture, NULL, "an"), 999 };
	struct asker *askers = NULL;
	struct reach_counts shown;
	struct reach_counts done;
	size_t count = 0;

	assert_int_equal(store_reach_askers(fixture->store, questions, 4,
			     &fixture->arena, &askers, &count),
	    OK);
	assert_int_equal(count, 3);
	reach_count(askers, count, &(struct window_terms){ .now_ms = noon_ms },
	    false, &shown);
	done = answer(fixture, questions, 4, noon_ms, false);
	assert_memory_equal(&shown, &done, sizeof(done));
	assert_int_equal(done.replies[REACH_FREE], 2);
	assert_int_equal(done.beside, 1);
	assert_int_equal(store_fixture_count(fixture).queued, 2);
	assert_int_equal(asker_of(fixture, questions[0]).told,
	    asker_of(fixture, questions[2]).told);
}

static void
what_would_be_billed_needs_leave(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t question = ask(fixture, "zalo", NULL);
	uint64_t later_ms = noon_ms + 3 * day_ms;

	assert_int_equal(answer(fixture, &question, 1, later_ms, false)
			     .refused[REACH_BILLABLE],
	    1);
	assert_int_equal(answer(fixture, &question, 1, later_ms, true)
			     .replies[REACH_BILLABLE],
	    1);
}

static void
an_order_that_fails_leaves_nothing_behind(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t many[REACH_QUESTIONS_MAX + 1] = { ask(fixture, NULL, NULL) };
	struct reach_order order = { .questions = many,
		.count = REACH_QUESTIONS_MAX + 1,
		.compose = compose };
	struct reach_counts done;
	struct arena narrow;

	assert_int_equal(store_reach_reply(fixture->store, &order, &line,
			     &fixture->arena, &done),
	    ERR_TOO_LARGE);
	order.count = 1;
	order.terms.now_ms = noon_ms;
	arena_init(&narrow, 16);
	assert_int_equal(
	    store_reach_reply(fixture->store, &order, &line, &narrow, &done),
	    ERR_NOMEM);
	arena_fini(&narrow);
	assert_int_equal(store_fixture_count(fixture).queued, 0);
	assert_int_equal(audit_lines(fixture), 0);
}

/* ---- conversations ---- */

struct steer_script {
	enum result result;
	struct text_view reply;
	char seen[64];
	enum reach reach;
};

static enum result
decide(void *context, struct text_view state, const struct reply_window *window,
    struct steering_change *out)
{
	struct steer_script *script = context;

	assert_int_equal(
	    text_copy(script->seen, sizeof(script->seen), state), OK);
	script->reach = window->reach;
	*out = (struct steering_change){ TEXT("steered"), script->reply };
	return script->result;
}

static enum result
steer(struct store_fixture *fixture, uint64_t citizen, const char *key,
    struct steer_script *script, uint64_t *delivery_out)
{
	const struct steering steering = { .citizen = citizen,
		.terms = { .now_ms = noon_ms },
		.authorship = { .human = true },
		.key = text_of(key),
		.decide = decide,
		.context = script };

	return store_reach_steer(
	    fixture->store, &steering, &line, delivery_out);
}

static void
a_conversation_is_steered_between_two_turns(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t question = ask(fixture, NULL, NULL);
	uint64_t citizen = asker_of(fixture, question).citizen;
	struct said before = { .now_ms = noon_ms,
		.outcome = { .state = TEXT("before") } };
	struct said after = { .now_ms = noon_ms };
	struct steer_script script = { .reply = TEXT("xin chào") };
	uint64_t delivery = 0;
	uint64_t again = 1;

	assert_int_equal(store_fixture_say(fixture, &before, 1), OK);
	assert_int_equal(steer(fixture, citizen, "k", &script, &delivery), OK);
	assert_string_equal(script.seen, "before");
	assert_int_equal(script.reach, REACH_FREE);
	assert_int_not_equal(delivery, 0);
	/* The same order, given again. */
	assert_int_equal(steer(fixture, citizen, "k", &script, &again), OK);
	assert_int_equal(again, 0);
	assert_int_equal(store_fixture_count(fixture).queued, 1);
	assert_int_equal(audit_lines(fixture), 1);
	assert_int_equal(store_fixture_say(fixture, &after, 1), OK);
	assert_string_equal(after.state_seen, "steered");
	assert_int_equal(asker_of(fixture, question).contact.replies, 1);
}

static void
a_decision_that_fails_changes_nothing(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t citizen = asker_of(fixture, ask(fixture, NULL, NULL)).citizen;
	struct steer_script script = { .result = ERR_INVALID,
		.reply = TEXT("xin chào") };
	struct said after = { .now_ms = noon_ms };
	uint64_t delivery;

	assert_int_equal(
	    steer(fixture, citizen, "k", &script, &delivery), ERR_INVALID);
	assert_int_equal(
	    steer(fixture, 999, "k", &script, &delivery), ERR_NOT_FOUND);
	assert_int_equal(store_fixture_say(fixture, &after, 1), OK);
	assert_string_equal(after.state_seen, "");
	assert_int_equal(audit_lines(fixture), 0);
	script.result = OK;
	assert_int_equal(steer(fixture, citizen, "k", &script, &delivery), OK);
	assert_int_not_equal(delivery, 0);
}

/* ---- replies on their way ---- */

static uint64_t
park(struct store_fixture *fixture, uint64_t question)
{
	struct delivery claimed[1];
	struct settlement parked = {
		.state = DELIVERY_PARKED, .attempts = 3, .reason = "no"
	};

	(void)answer(fixture, &question, 1, noon_ms, false);
	assert_int_equal(
	    store_fixture_claim(fixture, noon_ms, claimed, 1, NULL), 1);
	parked.delivery = claimed[0].id;
	store_fixture_settle(fixture, &parked);
	return claimed[0].id;
}

static void
a_parked_reply_is_seen_and_tried_again(void **state)
{
	static const struct authorship paid = { .paid = true };
	struct store_fixture *fixture = *state;
	uint64_t question = ask(fixture, NULL, NULL);
	uint64_t delivery = park(fixture, question);
	struct delivery claimed[1];
	struct reply_row *rows;
	size_t count;

	rows = replies(fixture, 0, &count);
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].id, delivery);
	assert_int_equal(rows[0].question, question);
	assert_int_equal(rows[0].attempts, 3);
	assert_true(text_is(rows[0].reason, "no"));
	assert_true(text_is(rows[0].reply, "trả lời"));
	assert_int_equal(rows[0].contact.heard_ms, noon_ms);
	assert_int_equal(
	    store_reach_retry(fixture->store, delivery, &paid, &line), OK);
	assert_int_equal(
	    store_reach_retry(fixture->store, delivery, &paid, &line),
	    ERR_NOT_FOUND);
	assert_int_equal(
	    store_fixture_claim(fixture, noon_ms, claimed, 1, NULL), 1);
	assert_int_equal(claimed[0].attempts, 0);
	assert_true(claimed[0].authorship.human);
	assert_true(claimed[0].authorship.paid);
	assert_int_equal(audit_lines(fixture), 2);
}

static void
a_parked_reply_is_discarded_and_its_question_open_again(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t question = ask(fixture, NULL, NULL);
	uint64_t citizen = asker_of(fixture, question).citizen;
	uint64_t delivery = park(fixture, question);
	struct reply_row *rows;
	size_t count;

	assert_int_equal(
	    store_reach_discard(fixture->store, delivery, &line), OK);
	assert_int_equal(store_reach_discard(fixture->store, delivery, &line),
	    ERR_NOT_FOUND);
	(void)replies(fixture, 0, &count);
	assert_int_equal(count, 0);
	rows = replies(fixture, citizen, &count);
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].state, DELIVERY_DISCARDED);
	assert_true(text_is(rows[0].reason, "hỏi lại cho rõ"));
	assert_int_equal(rows[0].reply.len, 0);
	assert_int_equal(
	    answer(fixture, &question, 1, noon_ms, false).replies[REACH_FREE],
	    1);
}

static void
the_words_of_a_person_stay_after_they_arrived(void **state)
{
	struct store_fixture *fixture = *state;
	uint64_t question = ask(fixture, NULL, NULL);
	uint64_t citizen = asker_of(fixture, question).citizen;
	struct settlement delivered = { .state = DELIVERY_DELIVERED };
	struct reply_row *rows;
	struct delivery claimed[1];
	size_t count;

	(void)answer(fixture, &question, 1, noon_ms, false);
	(void)store_fixture_claim(fixture, noon_ms, claimed, 1, NULL);
	delivered.delivery = claimed[0].id;
	store_fixture_settle(fixture, &delivered);
	assert_int_equal(
	    store_purge(fixture->store, noon_ms + 3 * day_ms, 10 * day_ms), OK);
	rows = replies(fixture, citizen, &count);
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].state, DELIVERY_DELIVERED);
	assert_true(text_is(rows[0].reply, "trả lời"));
	assert_int_equal(
	    store_purge(fixture->store, noon_ms + 11 * day_ms, 10 * day_ms),
	    OK);
	(void)replies(fixture, citizen, &count);
	assert_int_equal(count, 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    what_citizens_do_is_remembered_and_replies_are_counted),
		cmocka_unit_test(who_is_erased_leads_to_nobody),
		cmocka_unit_test(an_account_without_consent_reaches_nobody),
		cmocka_unit_test(
		    a_question_is_answered_once_however_often_it_is_ordered),
		cmocka_unit_test(who_asked_twice_gets_one_reply),
		cmocka_unit_test(what_would_be_billed_needs_leave),
		cmocka_unit_test(an_order_that_fails_leaves_nothing_behind),
		cmocka_unit_test(a_conversation_is_steered_between_two_turns),
		cmocka_unit_test(a_decision_that_fails_changes_nothing),
		cmocka_unit_test(a_parked_reply_is_seen_and_tried_again),
		cmocka_unit_test(
		    a_parked_reply_is_discarded_and_its_question_open_again),
		cmocka_unit_test(the_words_of_a_person_stay_after_they_arrived),
	};

	return store_fixture_run(
	    NULL, "reaching citizens", tests, sizeof(tests) / sizeof(tests[0]));
}
