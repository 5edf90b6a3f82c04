/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "later.h"

#include <string.h>

#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"
#include "utf8.h"

/* 20:30 of 23/11 in Vietnam. */
static const uint64_t asked_ms = 1795440600000;

static struct reply
composed(const char *question, struct arena *arena)
{
	const struct reply answer = { .text = TEXT("Lệ phí 8.000 đồng."),
		.buttons = { { .title = TEXT("Gặp cán bộ"),
		    .payload = TEXT("person") } },
		.button_count = 1 };
	const struct later later = { text_of(question), asked_ms, &answer };
	struct text_view packed;
	struct reply reply;

	assert_int_equal(later_compose(&later, arena, &packed), OK);
	assert_int_equal(reply_unpack(packed, arena, &reply), OK);
	return reply;
}

static void
an_answer_says_to_which_question_it_is(void **state)
{
	struct arena arena;
	struct reply reply;

	(void)state;
	arena_init(&arena, 1 << 20);
	reply = composed("phí cấp lại bao nhiêu", &arena);
	assert_true(text_is(reply.text,
	    "Cán bộ trả lời câu hỏi của anh/chị ngày 23/11: “phí cấp lại bao "
	    "nhiêu”\n\nLệ phí 8.000 đồng."));
	assert_int_equal(reply.button_count, 1);
	assert_true(text_is(reply.buttons[0].payload, "person"));
	arena_fini(&arena);
}

static void
an_erased_question_is_named_by_its_day(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, 1 << 20);
	assert_true(text_starts(composed("", &arena).text,
	    TEXT("Cán bộ trả lời câu hỏi của anh/chị ngày 23/11.\n\nLệ")));
	arena_fini(&arena);
}

static void
a_long_question_is_quoted_by_its_beginning(void **state)
{
	char question[401] = "";
	struct arena arena;
	struct text_view text;

	(void)state;
	for (size_t i = 0; i < 100; i++)
		memcpy(question + 4 * i, "ạ ", 4);
	arena_init(&arena, 1 << 20);
	text = composed(question, &arena).text;
	assert_true(utf8_valid(text));
	assert_true(text.len < 360);
	assert_int_not_equal(text_find(text, TEXT("…”")), SIZE_MAX);
	arena_fini(&arena);
}

static void
without_memory_nothing_is_composed(void **state)
{
	const struct reply answer = { .text = TEXT("được") };
	const struct later later = { TEXT("hỏi"), asked_ms, &answer };
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct text_view packed = TEXT("untouched");
		struct arena arena;
		enum result result;

		arena_init(&arena, 1 << 20);
		alloc_fault_arm(nth);
		result = later_compose(&later, &arena, &packed);
		reached_the_end = !alloc_fault_fired();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		assert_int_equal(
		    text_is(packed, "untouched"), !reached_the_end);
		arena_fini(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_answer_says_to_which_question_it_is),
		cmocka_unit_test(an_erased_question_is_named_by_its_day),
		cmocka_unit_test(a_long_question_is_quoted_by_its_beginning),
		cmocka_unit_test(without_memory_nothing_is_composed),
	};

	return cmocka_run_group_tests_name(
	    "answers days later", tests, NULL, NULL);
}
