/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "takeover.h"

#include "tests/unit/dialog/fixture.h"

static const struct reply_window open_window = { .reach = REACH_FREE };
static const struct reply_window human_window = { .reach = REACH_HUMAN };

struct bench {
	struct fixture fixture;
	struct takeover order;
	struct takeover_effect effect;
	struct reply reply;
};

static void
begin(struct bench *bench)
{
	*bench = (struct bench){ .order = { .silent_ms = 30 * 60000 } };
	set_up(&bench->fixture);
	bench->fixture.input.now_ms = bench->order.now_ms = 1000;
}

static enum result
act(struct bench *bench, enum takeover_act act, const char *words,
    const struct reply_window *window)
{
	struct fixture *fixture = &bench->fixture;
	enum result result;

	bench->order.act = act;
	bench->order.words = text_of(words);
	bench->order.authorship.human = act == TAKEOVER_SAY;
	result = takeover_decide(&bench->order, fixture->state, window,
	    &fixture->arena, &bench->effect);
	if (result != OK)
		return result;
	fixture->state = bench->effect.state;
	bench->reply = (struct reply){ .text = TEXT("") };
	if (bench->effect.reply.len > 0)
		assert_int_equal(reply_unpack(bench->effect.reply,
				     &fixture->arena, &bench->reply),
		    OK);
	return OK;
}

static void
who_takes_a_conversation_silences_the_bot_for_a_while(void **state)
{
	struct bench bench;

	(void)state;
	begin(&bench);
	assert_int_equal(act(&bench, TAKEOVER_TAKE, "", &open_window), OK);
	assert_holds(bench.reply.text, "Cán bộ đang xem");
	assert_holds(bench.reply.text, "30 phút");
	assert_false(answered(&bench.fixture, "phí bao nhiêu").replies);
	/* Said once. */
	assert_int_equal(act(&bench, TAKEOVER_TAKE, "", &open_window), OK);
	assert_int_equal(bench.effect.reply.len, 0);
	bench.fixture.input.now_ms += bench.order.silent_ms;
	assert_true(answered(&bench.fixture, "phí bao nhiêu nữa").replies);
	tear_down(&bench.fixture);
}

static void
who_writes_silences_the_bot_too(void **state)
{
	struct bench bench;

	(void)state;
	begin(&bench);
	(void)offered(&bench.fixture, "phí");
	assert_int_equal(
	    act(&bench, TAKEOVER_SAY, "Chào anh, hồ sơ đủ rồi.", &human_window),
	    OK);
	assert_true(text_is(bench.reply.text, "Chào anh, hồ sơ đủ rồi."));
	/* A number answers the person, and no longer our choices. */
	assert_false(typed(&bench.fixture, "1").replies);
	tear_down(&bench.fixture);
}

static void
words_that_may_not_go_are_refused_and_change_nothing(void **state)
{
	static const struct reply_window closed = { REACH_NONE, 0, "no" };
	static const struct reply_window billed = { .reach = REACH_BILLABLE };
	struct bench bench;

	(void)state;
	begin(&bench);
	assert_int_equal(
	    act(&bench, TAKEOVER_SAY, "xin chào", &closed), ERR_INVALID);
	assert_int_equal(
	    act(&bench, TAKEOVER_SAY, "xin chào", &billed), ERR_INVALID);
	assert_int_equal(
	    act(&bench, TAKEOVER_SAY, " \n", &open_window), ERR_INVALID);
	assert_int_equal(bench.fixture.state.len, 0);
	bench.order.authorship.paid = true;
	assert_int_equal(act(&bench, TAKEOVER_SAY, "xin chào", &billed), OK);
	tear_down(&bench.fixture);
}

static void
who_gives_back_lets_the_bot_speak(void **state)
{
	struct bench bench;

	(void)state;
	begin(&bench);
	assert_int_equal(act(&bench, TAKEOVER_TAKE, "", &open_window), OK);
	assert_int_equal(act(&bench, TAKEOVER_GIVE_BACK, "", &open_window), OK);
	assert_holds(bench.reply.text, "lại trả lời");
	assert_true(answered(&bench.fixture, "phí bao nhiêu").replies);
	/* Nothing to give back: nothing is said. */
	assert_int_equal(act(&bench, TAKEOVER_GIVE_BACK, "", &open_window), OK);
	assert_int_equal(bench.effect.reply.len, 0);
	tear_down(&bench.fixture);
}

static void
the_bot_says_nothing_where_only_people_may_write(void **state)
{
	struct bench bench;

	(void)state;
	begin(&bench);
	assert_int_equal(act(&bench, TAKEOVER_TAKE, "", &human_window), OK);
	assert_int_equal(bench.effect.reply.len, 0);
	assert_int_equal(
	    act(&bench, TAKEOVER_GIVE_BACK, "", &human_window), OK);
	assert_int_equal(bench.effect.reply.len, 0);
	tear_down(&bench.fixture);
}

static void
a_thread_of_another_app_is_not_ours_to_give_back(void **state)
{
	struct bench bench;

	(void)state;
	begin(&bench);
	bench.fixture.message = (struct message){ .kind = EVENT_THREAD_LOST };
	(void)decided(&bench.fixture);
	assert_int_equal(act(&bench, TAKEOVER_GIVE_BACK, "", &open_window), OK);
	assert_false(answered(&bench.fixture, "phí bao nhiêu").replies);
	tear_down(&bench.fixture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    who_takes_a_conversation_silences_the_bot_for_a_while),
		cmocka_unit_test(who_writes_silences_the_bot_too),
		cmocka_unit_test(
		    words_that_may_not_go_are_refused_and_change_nothing),
		cmocka_unit_test(who_gives_back_lets_the_bot_speak),
		cmocka_unit_test(
		    the_bot_says_nothing_where_only_people_may_write),
		cmocka_unit_test(
		    a_thread_of_another_app_is_not_ours_to_give_back),
	};

	return cmocka_run_group_tests_name("taking over", tests, NULL, NULL);
}
