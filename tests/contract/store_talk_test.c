/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store_talk.h"

#include "tests/support/store_fixture.h"

/* In a static initialiser TEXT() is no constant. */
#define VIEW(literal)                                                          \
	{                                                                      \
		(literal), sizeof(literal) - 1                                 \
	}

enum { LOOK = 1000 };

static const struct audit_line line = { .at_ms = 5000,
	.user = 7,
	.login = VIEW("lan"),
	.action = VIEW("canned.change"),
	.subject = VIEW("canned") };

static void
ask(struct store_fixture *fixture, const char *channel, const char *citizen,
    uint64_t now_ms, const char *text)
{
	const struct question question = { .text = text_of(text),
		.decision = TEXT("unanswered"),
		.candidates = TEXT(""),
		.base = TEXT("v1") };
	struct said said = { .channel = channel,
		.citizen = citizen,
		.now_ms = now_ms,
		.outcome = { .question = &question,
		    .state = TEXT("silent=9000\n"),
		    .reply = TEXT("trả lời"),
		    .contact = { .heard_ms = now_ms, .renewed_ms = now_ms } } };

	assert_int_equal(store_fixture_say(fixture, &said, 1), OK);
}

/* Three citizens; an wrote first and last. */
static void
ask_all(struct store_fixture *fixture)
{
	ask(fixture, NULL, "an-0001", 1000, "hỏi một");
	ask(fixture, "zalo", "binh-0002", 2000, "hỏi hai");
	ask(fixture, NULL, "chi-0003", 3000, "hỏi ba");
	ask(fixture, NULL, "an-0001", 4000, "hỏi bốn");
}

static struct talk_row *
list(
    struct store_fixture *fixture, struct talk_filter filter, size_t *count_out)
{
	struct talk_row *rows = NULL;

	if (filter.before_ms == 0)
		filter.before_ms = UINT64_MAX;
	if (filter.limit == 0)
		filter.limit = LOOK;
	if (filter.look == 0)
		filter.look = LOOK;
	assert_int_equal(store_talk_list(fixture->store, &filter,
			     &fixture->arena, &rows, count_out),
	    OK);
	return rows;
}

/* ---- tests ---- */

static void
who_wrote_last_comes_first_with_their_last_question(void **state)
{
	struct store_fixture *fixture = *state;
	struct talk_row *rows;
	size_t count = 0;

	ask_all(fixture);
	rows = list(fixture, (struct talk_filter){ .limit = 0 }, &count);
	assert_int_equal(count, 3);
	assert_true(text_is(rows[0].asked, "hỏi bốn"));
	assert_true(text_is(rows[0].person, "0001"));
	assert_true(text_is(rows[0].state, "silent=9000\n"));
	assert_true(text_is(rows[0].decision, "unanswered"));
	assert_int_equal(rows[0].asked_ms, 4000);
	assert_int_equal(rows[0].contact.heard_ms, 4000);
	assert_true(text_is(rows[1].asked, "hỏi ba"));
	assert_true(text_is(rows[2].channel, "zalo"));
}

static void
a_page_goes_on_behind_the_last_row(void **state)
{
	struct store_fixture *fixture = *state;
	struct talk_filter filter = { .limit = 2 };
	struct talk_row *rows;
	size_t count = 0;

	ask_all(fixture);
	ask(fixture, NULL, "dung-0004", 3000, "cùng lúc");
	rows = list(fixture, filter, &count);
	assert_int_equal(count, 2);
	filter.before_ms = rows[1].seen_ms;
	filter.before_citizen = rows[1].citizen;
	rows = list(fixture, filter, &count);
	assert_int_equal(count, 2);
	assert_true(text_is(rows[0].asked, "hỏi ba"));
	assert_true(text_is(rows[1].asked, "hỏi hai"));
}

static bool
asks_three(void *context, const struct talk_row *row)
{
	++*(unsigned *)context;
	return text_is(row->asked, "hỏi ba");
}

static void
a_list_is_filtered_by_channel_and_by_a_function(void **state)
{
	struct store_fixture *fixture = *state;
	unsigned looked = 0;
	size_t count = 0;

	ask_all(fixture);
	(void)list(
	    fixture, (struct talk_filter){ .channel = TEXT("zalo") }, &count);
	assert_int_equal(count, 1);
	(void)list(fixture,
	    (struct talk_filter){ .fits = asks_three, .context = &looked },
	    &count);
	assert_int_equal(count, 1);
	assert_int_equal(looked, 3);
	(void)list(fixture,
	    (struct talk_filter){
		.look = 1, .fits = asks_three, .context = &looked },
	    &count);
	assert_int_equal(count, 0);
}

static void
one_conversation_has_its_questions_and_where_its_newest_replies_begin(
    void **state)
{
	struct store_fixture *fixture = *state;
	struct question_row *questions = NULL;
	struct talk_row *rows;
	struct talk_row one;
	uint64_t citizen;
	uint64_t after = 7;
	size_t count = 0;

	ask_all(fixture);
	rows = list(fixture, (struct talk_filter){ .limit = 1 }, &count);
	citizen = rows[0].citizen;
	assert_int_equal(
	    store_talk_one(fixture->store, citizen, &fixture->arena, &one), OK);
	assert_true(text_is(one.asked, "hỏi bốn"));
	assert_int_equal(store_talk_questions(fixture->store, citizen, 10,
			     &fixture->arena, &questions, &count),
	    OK);
	assert_int_equal(count, 2);
	assert_true(text_is(questions[0].question.text, "hỏi bốn"));
	assert_true(text_is(questions[1].question.text, "hỏi một"));
	assert_int_equal(store_talk_questions(fixture->store, citizen, 1,
			     &fixture->arena, &questions, &count),
	    OK);
	assert_int_equal(count, 1);
	assert_int_equal(
	    store_talk_newest(fixture->store, citizen, 2, &after), OK);
	assert_int_equal(after, 0);
	assert_int_equal(
	    store_talk_newest(fixture->store, citizen, 1, &after), OK);
	assert_int_not_equal(after, 0);
}

static void
who_is_forgotten_has_no_conversation(void **state)
{
	struct store_fixture *fixture = *state;
	struct talk_row *rows;
	struct talk_row one;
	size_t erased = 0;
	size_t count = 0;

	ask_all(fixture);
	rows = list(fixture, (struct talk_filter){ .limit = 1 }, &count);
	assert_int_equal(
	    store_erase(fixture->store, "messenger", TEXT("an-0001"), &erased),
	    OK);
	assert_int_equal(store_talk_one(fixture->store, rows[0].citizen,
			     &fixture->arena, &one),
	    ERR_NOT_FOUND);
	(void)list(fixture, (struct talk_filter){ .limit = 0 }, &count);
	assert_int_equal(count, 2);
}

static void
an_account_tells_what_it_could_not_send_last(void **state)
{
	struct store_fixture *fixture = *state;
	struct settlement settlement = { .state = DELIVERY_PARKED,
		.now_ms = 2000,
		.reason = "token expired" };
	struct talk_trouble trouble;

	settlement.delivery = store_fixture_reply(fixture, "an", "một");
	assert_int_equal(store_talk_trouble(fixture->store, "messenger", "page",
			     &fixture->arena, &trouble),
	    ERR_NOT_FOUND);
	store_fixture_settle(fixture, &settlement);
	assert_int_equal(store_talk_trouble(fixture->store, "messenger", "page",
			     &fixture->arena, &trouble),
	    OK);
	assert_true(text_is(trouble.reason, "token expired"));
	assert_int_equal(trouble.state, DELIVERY_PARKED);
	assert_int_equal(store_talk_trouble(fixture->store, "messenger",
			     "other", &fixture->arena, &trouble),
	    ERR_NOT_FOUND);
}

static enum result
keep(struct store_fixture *fixture, const char *before, const char *next)
{
	return store_talk_keep_canned(
	    fixture->store, text_of(before), text_of(next), &line);
}

static void
texts_are_kept_unless_somebody_else_has_changed_them(void **state)
{
	struct store_fixture *fixture = *state;
	const struct audit_filter filter = { .limit = 10 };
	struct audit_line *lines = NULL;
	struct text_view kept = TEXT("?");
	size_t count = 0;

	assert_int_equal(
	    store_talk_canned(fixture->store, &fixture->arena, &kept), OK);
	assert_int_equal(kept.len, 0);
	assert_int_equal(keep(fixture, "never", "a"), ERR_INVALID);
	assert_int_equal(keep(fixture, "", "một"), OK);
	assert_int_equal(keep(fixture, "", "hai"), ERR_INVALID);
	assert_int_equal(keep(fixture, "một", "ba"), OK);
	store_fixture_reopen(fixture);
	assert_int_equal(
	    store_talk_canned(fixture->store, &fixture->arena, &kept), OK);
	assert_true(text_is(kept, "ba"));
	assert_int_equal(store_audit(fixture->store, &filter, &fixture->arena,
			     &lines, &count),
	    OK);
	assert_int_equal(count, 2);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    who_wrote_last_comes_first_with_their_last_question),
		cmocka_unit_test(a_page_goes_on_behind_the_last_row),
		cmocka_unit_test(
		    a_list_is_filtered_by_channel_and_by_a_function),
		cmocka_unit_test(
		    one_conversation_has_its_questions_and_where_its_newest_replies_begin),
		cmocka_unit_test(who_is_forgotten_has_no_conversation),
		cmocka_unit_test(an_account_tells_what_it_could_not_send_last),
		cmocka_unit_test(
		    texts_are_kept_unless_somebody_else_has_changed_them),
	};

	return store_fixture_run(
	    NULL, "talk", tests, sizeof(tests) / sizeof(tests[0]));
}
