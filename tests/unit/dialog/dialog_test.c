/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

#include "tests/support/alloc_fault.h"

static void
a_sure_match_is_answered_and_logged(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	types(&fixture, "phí nhiêu");
	matches(&fixture, MATCH_ANSWER);
	decision = decided(&fixture);
	assert_int_equal(decision.decision, DECISION_ANSWER);
	assert_ptr_equal(decision.entry, &fixture.entries[0]);
	assert_true(decision.logs);
	assert_true(text_is(decision.asked, "phí nhiêu"));
	assert_int_equal(text_find(decision.reply.text, TEXT("Lệ phí")), 0);
	tear_down(&fixture);
}

static void
what_is_not_known_is_said_so_and_logged(void **state)
{
	struct fixture fixture;
	struct dialog_decision first;
	struct dialog_decision second;

	(void)state;
	set_up(&fixture);
	types(&fixture, "giá vàng hôm nay");
	matches(&fixture, MATCH_UNANSWERED);
	first = decided(&fixture);
	assert_int_equal(first.decision, DECISION_UNANSWERED);
	assert_true(first.logs);
	assert_true(text_is(first.reply.buttons[0].payload, "person"));
	second = decided(&fixture);
	assert_false(text_equal(first.reply.text, second.reply.text));
	assert_int_equal(second.after.misses, 2);
	tear_down(&fixture);
}

static void
emoji_alone_are_answered_but_are_no_question(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	types(&fixture, "👍");
	fixture.input.match =
	    (struct match_result){ .decision = MATCH_UNANSWERED,
		    .shortcut = SHORTCUT_EMOJI };
	decision = decided(&fixture);
	assert_true(decision.replies);
	assert_false(decision.logs);
	tear_down(&fixture);
}

static void
the_number_of_a_link_gives_the_link(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	types(&fixture, "phí");
	matches(&fixture, MATCH_ANSWER);
	(void)decided(&fixture);
	types(&fixture, "1");
	decision = decided(&fixture);
	assert_true(
	    text_is(decision.reply.text, "Mở cổng: https://dichvucong.gov.vn"));
	tear_down(&fixture);
}

static void
a_number_that_was_not_offered_is_no_choice(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	types(&fixture, "phí");
	matches(&fixture, MATCH_ANSWER);
	(void)decided(&fixture);
	types(&fixture, "9");
	fixture.input.match =
	    (struct match_result){ .decision = MATCH_UNANSWERED,
		    .shortcut = SHORTCUT_DIGITS };
	decision = decided(&fixture);
	assert_int_equal(decision.decision, DECISION_UNANSWERED);
	tear_down(&fixture);
}

static void
taps_go_straight_to_their_entry(void **state)
{
	static const struct {
		const char *payload;
		enum decision want;
	} cases[] = {
		{ "entry:o-dau", DECISION_ANSWER },
		{ "person", DECISION_HANDOFF },
		{ "entry:chao-hoi", DECISION_SMALLTALK },
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct fixture fixture;

		set_up(&fixture);
		taps(&fixture, cases[i].payload);
		assert_int_equal(decided(&fixture).decision, cases[i].want);
		tear_down(&fixture);
	}
}

static void
a_tap_on_an_entry_that_is_gone_falls_back_to_its_words(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	taps(&fixture, "entry:khong-con");
	fixture.message.text = TEXT("Lệ phí");
	matches(&fixture, MATCH_ANSWER);
	assert_int_equal(decided(&fixture).decision, DECISION_ANSWER);
	tear_down(&fixture);
}

static void
while_a_person_answers_the_bot_is_silent(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	fixture.message.kind = EVENT_STAFF;
	decision = decided(&fixture);
	assert_false(decision.replies);
	assert_int_equal(decision.after.silent_until_ms, 1500);

	types(&fixture, "phí");
	matches(&fixture, MATCH_ANSWER);
	fixture.input.now_ms = 1499;
	decision = decided(&fixture);
	assert_false(decision.replies);
	/* Staff see it in the log. */
	assert_int_equal(decision.decision, DECISION_HANDOFF);
	assert_true(text_is(decision.asked, "phí"));

	fixture.input.now_ms = 1501;
	assert_true(decided(&fixture).replies);
	tear_down(&fixture);
}

static void
losing_and_getting_the_thread_switches_the_bot(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture);
	fixture.message.kind = EVENT_THREAD_LOST;
	(void)decided(&fixture);
	types(&fixture, "phí");
	matches(&fixture, MATCH_ANSWER);
	assert_false(decided(&fixture).replies);
	fixture.message.kind = EVENT_THREAD_OURS;
	(void)decided(&fixture);
	types(&fixture, "phí");
	assert_true(decided(&fixture).replies);
	tear_down(&fixture);
}

static void
every_attachment_gets_a_kind_word(void **state)
{
	(void)state;
	for (int kind = ATTACHMENT_IMAGE; kind <= ATTACHMENT_OTHER; kind++) {
		struct fixture fixture;
		struct dialog_decision decision;

		set_up(&fixture);
		fixture.message = (struct message){ .kind = EVENT_ATTACHMENT,
			.attachment = (enum attachment_kind)kind };
		decision = decided(&fixture);
		assert_true(decision.replies);
		assert_true(decision.reply.text.len > 20);
		assert_false(decision.logs);
		tear_down(&fixture);
	}
}

static void
a_caption_is_a_question_and_a_place_name_is_none(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	fixture.message = (struct message){ .kind = EVENT_ATTACHMENT,
		.attachment = ATTACHMENT_IMAGE,
		.text = TEXT("phí") };
	fixture.input.masked = TEXT("phí");
	matches(&fixture, MATCH_ANSWER);
	assert_int_equal(decided(&fixture).decision, DECISION_ANSWER);
	fixture.message.attachment = ATTACHMENT_LOCATION;
	decision = decided(&fixture);
	assert_int_equal(decision.decision, DECISION_SMALLTALK);
	tear_down(&fixture);
}

static void
a_sent_secret_brings_a_kind_warning_before_the_answer(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	types(&fixture, "[số căn cước] phí");
	fixture.input.masked_kinds = MASKED_IDENTITY;
	matches(&fixture, MATCH_ANSWER);
	decision = decided(&fixture);
	assert_int_equal(text_find(decision.reply.text, TEXT("Lưu ý")), 0);
	assert_true(text_find(decision.reply.text, TEXT("Lệ phí")) != SIZE_MAX);
	tear_down(&fixture);
}

static void
an_echo_names_the_delivery_only_with_our_own_mark(void **state)
{
	static const struct {
		const char *metadata;
		uint64_t want;
	} cases[] = {
		{ "hoidap:17", 17 },
		{ "hoidap:17.1", 0 }, /* one part of several */
		{ "hoidap:", 0 },
		{ "hoidap:-1", 0 },
		{ "other:17", 0 },
		{ "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture fixture;

		set_up(&fixture);
		fixture.message = (struct message){ .kind = EVENT_ECHO,
			.metadata = text_of(cases[i].metadata) };
		assert_int_equal(decided(&fixture).delivered, cases[i].want);
		tear_down(&fixture);
	}
}

static void
erasing_leaves_no_state(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	types(&fixture, "phí");
	matches(&fixture, MATCH_ANSWER);
	(void)decided(&fixture);
	fixture.message.kind = EVENT_ERASE;
	decision = decided(&fixture);
	assert_true(decision.erase);
	assert_int_equal(fixture.state.len, 0);
	tear_down(&fixture);
}

static void
events_that_ask_nothing_change_nothing(void **state)
{
	/* Of the last three the store remembers when they happened. */
	static const enum event_kind kinds[] = { EVENT_READ, EVENT_RECEIVED,
		EVENT_EDITED, EVENT_ACCOUNT, EVENT_IGNORED, EVENT_REACTION,
		EVENT_STANDBY, EVENT_LEAVE };

	(void)state;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct fixture fixture;

		set_up(&fixture);
		fixture.message.kind = kinds[i];
		assert_int_equal(dialog_wants(kinds[i]), i >= 5);
		assert_false(decided(&fixture).replies);
		assert_int_equal(fixture.state.len, 0);
		tear_down(&fixture);
	}
}

static void
a_long_question_is_logged_as_one_whole_line(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;
	char text[6001];

	(void)state;
	set_up(&fixture);
	for (size_t i = 0; i + 3 < sizeof(text); i += 3)
		memcpy(text + i, i % 60 == 0 ? "a\nb" : "\xe1\xbb\x87", 3);
	text[6000] = '\0';
	types(&fixture, text);
	matches(&fixture, MATCH_ANSWER);
	decision = decided(&fixture);
	assert_true(decision.asked.len > 0 && decision.asked.len <= 3000);
	assert_int_equal(text_find(decision.asked, TEXT("\n")), SIZE_MAX);
	tear_down(&fixture);
}

static void
a_stranger_is_told_once_what_this_is_and_what_is_kept(void **state)
{
	static const char *const parts[] = { "trợ lý tự động", "180 ngày",
		"gặp cán bộ", "xóa dữ liệu của tôi" };
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	decision = answered(&fixture, "phí");
	assert_int_equal(text_find(decision.reply.text, TEXT("Lệ phí")), 0);
	fixture.input.keep_days = 180;
	decision = answered(&fixture, "phí bao nhiêu");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		assert_holds(decision.reply.text, parts[i]);
	assert_holds(decision.reply.text, "\n\nLệ phí");
	decision = answered(&fixture, "lệ phí");
	assert_int_equal(text_find(decision.reply.text, TEXT("Lệ phí")), 0);
	tear_down(&fixture);
}

static void
who_opens_the_conversation_has_the_notice_with_the_welcome(void **state)
{
	struct fixture fixture;
	struct dialog_decision decision;

	(void)state;
	set_up(&fixture);
	fixture.input.keep_days = 90;
	fixture.message.kind = EVENT_START;
	decision = decided(&fixture);
	assert_holds(decision.reply.text, "90 ngày");
	assert_holds(decision.reply.text, "Chào anh/chị.");
	tear_down(&fixture);
}

/* Each line: how a state begins, and what is typed in it. */
static const struct {
	const char *state;
	const char *text;
	enum match_decision match;
} failing[] = {
	{ "misses=1\n", "hỏi", MATCH_CLARIFY },
	{ "misses=1\n", "hỏi", MATCH_UNANSWERED },
	{ "said=1\nentry=phi\n", "không hiểu", MATCH_ANSWER },
	{ "said=2\nentry=phi\n", "sai rồi", MATCH_ANSWER },
	{ "", "gặp cán bộ", MATCH_ANSWER },
	{ "silent=2000\n", "phí", MATCH_ANSWER },
	{ "", "xóa dữ liệu của tôi", MATCH_ANSWER },
};

static void
every_failed_allocation_is_told(void **state)
{
	size_t row = 0;

	(void)state;
	for (unsigned nth = 0; row < sizeof(failing) / sizeof(failing[0]);
	     nth++) {
		struct fixture fixture;
		struct dialog_decision decision;
		enum result got;
		bool fired;

		set_up(&fixture);
		types(&fixture, failing[row].text);
		fixture.input.masked_kinds = MASKED_SECRET;
		fixture.input.keep_days = 1;
		matches(&fixture, failing[row].match);
		alloc_fault_arm(nth);
		got = dialog_decide(&fixture.input, text_of(failing[row].state),
		    &fixture.arena, &decision);
		fired = alloc_fault_fired();
		alloc_fault_disarm();
		assert_int_equal(got, fired ? ERR_NOMEM : OK);
		if (!fired) {
			row++;
			nth = (unsigned)-1;
		}
		tear_down(&fixture);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sure_match_is_answered_and_logged),
		cmocka_unit_test(what_is_not_known_is_said_so_and_logged),
		cmocka_unit_test(emoji_alone_are_answered_but_are_no_question),
		cmocka_unit_test(the_number_of_a_link_gives_the_link),
		cmocka_unit_test(a_number_that_was_not_offered_is_no_choice),
		cmocka_unit_test(taps_go_straight_to_their_entry),
		cmocka_unit_test(
		    a_tap_on_an_entry_that_is_gone_falls_back_to_its_words),
		cmocka_unit_test(while_a_person_answers_the_bot_is_silent),
		cmocka_unit_test(
		    losing_and_getting_the_thread_switches_the_bot),
		cmocka_unit_test(every_attachment_gets_a_kind_word),
		cmocka_unit_test(
		    a_caption_is_a_question_and_a_place_name_is_none),
		cmocka_unit_test(
		    a_sent_secret_brings_a_kind_warning_before_the_answer),
		cmocka_unit_test(
		    an_echo_names_the_delivery_only_with_our_own_mark),
		cmocka_unit_test(erasing_leaves_no_state),
		cmocka_unit_test(events_that_ask_nothing_change_nothing),
		cmocka_unit_test(a_long_question_is_logged_as_one_whole_line),
		cmocka_unit_test(
		    a_stranger_is_told_once_what_this_is_and_what_is_kept),
		cmocka_unit_test(
		    who_opens_the_conversation_has_the_notice_with_the_welcome),
		cmocka_unit_test(every_failed_allocation_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
