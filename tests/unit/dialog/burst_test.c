/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "citizen_fixture.h"

enum { WAIT_MS = 4000 };

static void
set_up(struct citizen *citizen, const void *knowledge)
{
	citizen_open(citizen, knowledge);
	citizen->burst_wait_ms = WAIT_MS;
}

static void
a_piece_waits_and_a_whole_question_does_not(void **state)
{
	static const struct {
		const char *text;
		bool waits;
	} cases[] = {
		{ "em bị mất", true },
		{ "em muốn", true },
		{ "đăng ký", true },
		{ "làm hộ chiếu thế nào", false },
		{ "xin visa đi mỹ ở đâu", false },
		{ "xin visa đi mỹ?", false },
		{ "xin chào", false },
		{ "cảm ơn", false },
		{ "gặp cán bộ", false },
		{ "123456", false },
		{ "👍", false },
		{ "hôm qua tôi ra phường nộp giấy mà cô ở đó nói về đi",
		    false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct citizen citizen;
		struct dialog_decision decision;

		set_up(&citizen, *state);
		decision = citizen_say(&citizen, cases[i].text);
		if ((decision.due_ms != 0) != cases[i].waits)
			fail_msg("\"%s\"", cases[i].text);
		assert_true(decision.due_ms == 0 ||
			    decision.due_ms == citizen.now_ms + WAIT_MS);
		citizen_close(&citizen);
	}
}

static void
the_pieces_are_one_question(void **state)
{
	struct citizen citizen;
	struct dialog_decision decision;

	set_up(&citizen, *state);
	(void)citizen_say(&citizen, "anh ơi");
	(void)citizen_say(&citizen, "em bị quên");
	decision = citizen_say(&citizen, "mật khẩu vneid");
	assert_true(
	    text_is(decision.asked, "anh ơi em bị quên mật khẩu vneid"));
	assert_true(citizen_answers(&decision, "quen-mat-khau-vneid"));
	assert_int_equal(decision.due_ms, 0);
	citizen_close(&citizen);
}

static void
nobody_waits_longer_than_ten_seconds_in_all(void **state)
{
	struct citizen citizen;
	struct dialog_decision decision = { .due_ms = 0 };
	uint64_t first_ms;

	set_up(&citizen, *state);
	(void)citizen_say(&citizen, "anh ơi");
	first_ms = citizen.now_ms;
	for (unsigned i = 0; i < 3; i++) {
		citizen.now_ms += 2000;
		decision = citizen_say(&citizen, "em bị");
		assert_true(decision.due_ms > citizen.now_ms);
	}
	assert_int_equal(decision.due_ms, first_ms + 10000);
	citizen_close(&citizen);
}

static void
what_comes_later_is_a_message_of_its_own(void **state)
{
	struct citizen citizen;
	struct dialog_decision decision;

	set_up(&citizen, *state);
	(void)citizen_say(&citizen, "em bị mất");
	citizen.now_ms += WAIT_MS;
	decision = citizen_say(&citizen, "làm hộ chiếu thế nào");
	assert_true(text_is(decision.asked, "làm hộ chiếu thế nào"));
	assert_int_equal(decision.release_ms, 0);
	citizen_close(&citizen);
}

static void
a_reply_that_had_gone_already_is_not_joined_to(void **state)
{
	struct citizen citizen;
	struct dialog_decision decision;

	set_up(&citizen, *state);
	(void)citizen_say(&citizen, "em bị mất");
	citizen.recalled = TEXT("");
	decision = citizen_say(&citizen, "làm hộ chiếu thế nào");
	assert_true(text_is(decision.asked, "làm hộ chiếu thế nào"));
	citizen_close(&citizen);
}

static void
taps_cues_and_small_talk_send_the_held_reply_first(void **state)
{
	static const char *const texts[] = { "gặp cán bộ", "cảm ơn", NULL };

	for (size_t i = 0; i < 3; i++) {
		struct citizen citizen;
		struct dialog_decision held;
		struct dialog_decision next;

		set_up(&citizen, *state);
		held = citizen_say(&citizen, "em bị mất");
		next = texts[i] == NULL
			   ? citizen_tap(&citizen, "entry:ho-chieu")
			   : citizen_say(&citizen, texts[i]);
		assert_int_equal(next.due_ms, 0);
		assert_int_equal(next.release_ms, held.due_ms);
		citizen_close(&citizen);
	}
}

static void
a_piece_that_was_taken_back_was_no_miss_and_no_notice(void **state)
{
	struct citizen citizen;
	struct conversation after;
	struct dialog_decision decision;

	set_up(&citizen, *state);
	(void)citizen_say(&citizen, "em muốn");
	decision = citizen_say(&citizen, "xin visa đi mỹ ở đâu");
	assert_int_equal(decision.decision, DECISION_UNANSWERED);
	after = decision.after;
	assert_int_equal(after.misses, 1);
	assert_int_equal(after.held_ms, 0);
	citizen_close(&citizen);
}

/* Only a platform's echo: nothing was heard of our reply. */
static void
a_notice_in_a_held_reply_outlives_what_comes_between(void **state)
{
	struct citizen citizen;
	struct dialog_decision decision;

	set_up(&citizen, *state);
	citizen.keep_days = 180;
	(void)citizen_say(&citizen, "anh ơi");
	(void)citizen_event(&citizen, (struct message){ .kind = EVENT_ECHO });
	decision = citizen_say(&citizen, "em bị mất");
	assert_true(citizen_has(decision.reply.text, "180"));
	assert_int_equal(decision.after.told, TOLD_IN_HELD);
	decision = citizen_say(&citizen, "cảm ơn");
	assert_false(citizen_has(decision.reply.text, "180"));
	assert_int_equal(decision.after.told, TOLD);
	citizen_close(&citizen);
}

static void
a_person_who_answers_takes_the_held_reply_back(void **state)
{
	struct citizen citizen;
	struct dialog_decision decision;

	set_up(&citizen, *state);
	(void)citizen_say(&citizen, "em bị mất");
	citizen.message = (struct message){ .kind = EVENT_STAFF };
	citizen.input.recalled = (struct text_view){ .at = NULL };
	assert_int_equal(dialog_decide(&citizen.input, citizen.state,
			     &citizen.arena, &decision),
	    OK);
	assert_int_equal(decision.recall_ms, citizen.now_ms + WAIT_MS);
	citizen_close(&citizen);
}

static void
with_no_waiting_every_message_is_answered_at_once(void **state)
{
	struct citizen citizen;

	citizen_open(&citizen, *state);
	assert_int_equal(citizen_say(&citizen, "em bị mất").due_ms, 0);
	citizen_close(&citizen);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_piece_waits_and_a_whole_question_does_not),
		cmocka_unit_test(the_pieces_are_one_question),
		cmocka_unit_test(nobody_waits_longer_than_ten_seconds_in_all),
		cmocka_unit_test(what_comes_later_is_a_message_of_its_own),
		cmocka_unit_test(
		    a_reply_that_had_gone_already_is_not_joined_to),
		cmocka_unit_test(
		    taps_cues_and_small_talk_send_the_held_reply_first),
		cmocka_unit_test(
		    a_piece_that_was_taken_back_was_no_miss_and_no_notice),
		cmocka_unit_test(
		    a_notice_in_a_held_reply_outlives_what_comes_between),
		cmocka_unit_test(
		    a_person_who_answers_takes_the_held_reply_back),
		cmocka_unit_test(
		    with_no_waiting_every_message_is_answered_at_once),
	};

	return cmocka_run_group_tests(tests, citizen_load, citizen_unload);
}
