/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "notices.h"

#include <string.h>

#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

static void
a_notice_stands_before_its_topics_in_its_time(void **state)
{
	static const struct {
		const char *topics;
		const char *topic;
		uint64_t now_ms;
		bool covers;
	} cases[] = {
		{ "", "phi", 10, true },
		{ "", "", 10, true },
		{ "", "phi", 9, false },
		{ "", "phi", 19, true },
		{ "", "phi", 20, false },
		{ "phi", "phi", 10, true },
		{ "phi ho-so", "ho-so", 10, true },
		{ " phi  ho-so ", "ho-so", 10, true },
		{ "phi", "phi-cap-lai", 10, false },
		{ "phi-cap-lai", "phi", 10, false },
		{ " phi ", "", 10, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct notice notice = { .from_ms = 10,
			.until_ms = 20,
			.topics = text_of(cases[i].topics) };

		assert_int_equal(notice_covers(&notice, text_of(cases[i].topic),
				     cases[i].now_ms),
		    cases[i].covers);
	}
}

static void
who_holds_a_set_keeps_it_while_the_next_is_in_force(void **state)
{
	char text[] = "cũ";
	struct notice old = { .until_ms = 9, .text = text_of(text) };
	struct channel_off off = { .channel = TEXT("zalo"),
		.text = TEXT("nghỉ"),
		.reason = TEXT("lỗi") };
	const struct notices first = { &old, 1, NULL, 0 };
	const struct notices second = { NULL, 0, &off, 1 };
	struct notice_board *board = notice_board_new();
	const struct notices *held;
	const struct notices *next;

	(void)state;
	assert_non_null(board);
	assert_int_equal(notice_board_set(board, &first), OK);
	text[0] = '?'; /* it is a copy */
	held = notice_board_get(board);
	assert_int_equal(notice_board_set(board, &second), OK);
	next = notice_board_get(board);
	assert_true(text_is(held->at[0].text, "cũ"));
	assert_null(notices_off(held, "zalo"));
	assert_int_equal(next->count, 0);
	assert_true(text_is(notices_off(next, "zalo")->reason, "lỗi"));
	notices_drop(held);
	notices_drop(next);
	notice_board_free(board);
}

static void
without_a_board_there_are_no_notices(void **state)
{
	(void)state;
	assert_null(notice_board_get(NULL));
	assert_null(notices_off(NULL, "zalo"));
	notices_drop(NULL);
	notice_board_free(NULL);
}

static void
without_memory_the_set_before_stays(void **state)
{
	struct notice notice = { .until_ms = 9, .text = TEXT("mới") };
	const struct notices next = { &notice, 1, NULL, 0 };
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct notice_board *board = notice_board_new();
		const struct notices *held;
		enum result result;

		assert_non_null(board);
		alloc_fault_arm(nth);
		result = notice_board_set(board, &next);
		reached_the_end = !alloc_fault_fired();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		held = notice_board_get(board);
		assert_int_equal(held->count, reached_the_end ? 1 : 0);
		notices_drop(held);
		notice_board_free(board);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_notice_stands_before_its_topics_in_its_time),
		cmocka_unit_test(
		    who_holds_a_set_keeps_it_while_the_next_is_in_force),
		cmocka_unit_test(without_a_board_there_are_no_notices),
		cmocka_unit_test(without_memory_the_set_before_stays),
	};

	return cmocka_run_group_tests_name("notices", tests, NULL, NULL);
}
