/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "match.h"
#include "small_base.h"
#include "tests/support/alloc_fault.h"

#include <string.h>

#define TODAY "2026-11-24"

struct fixture {
	struct faq *faq;
	struct match_index *index;
	struct arena arena;
};

static int
set_up(void **state)
{
	static struct fixture fixture;

	fixture.faq = small_base();
	assert_int_equal(
	    match_index_new(fixture.faq, TODAY, &fixture.index, NULL), OK);
	arena_init(&fixture.arena, MATCH_ARENA_BYTES_MAX);
	*state = &fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	match_index_free(fixture->index);
	faq_free(fixture->faq);
	arena_fini(&fixture->arena);
	return 0;
}

static struct match_result
ask(struct fixture *fixture, const char *question)
{
	struct match_result result;

	arena_reset(&fixture->arena);
	assert_int_equal(match_ask(fixture->index, text_of(question),
			     &fixture->arena, &result),
	    OK);
	return result;
}

static void
assert_best(struct fixture *fixture, const char *question, const char *id)
{
	struct match_result result = ask(fixture, question);

	assert_true(result.candidate_count > 0);
	if (!text_is(result.candidates[0].entry->id, id))
		fail_msg("'%s' finds '%.*s', not '%s'", question,
		    TEXT_ARGS(result.candidates[0].entry->id), id);
}

static void
a_reworded_question_finds_its_entry(void **state)
{
	static const struct {
		const char *question;
		const char *id;
	} cases[] = {
		{ "Em quên mất mật khẩu VNeID, lấy lại sao ạ?",
		    "quen-mat-khau" },
		{ "QUÊN MẬT KHẨU", "quen-mat-khau" },
		{ "quen mat khau vneid", "quen-mat-khau" },
		{ "queen maatj khaaur", "quen-mat-khau" },
		{ "quênnnn mật khẩuuu", "quen-mat-khau" },
		{ "ko nhớ mk", "quen-mat-khau" },
		{ "mat dien thoai roi", "mat-dien-thoai" },
		{ "rớt đt dưới sông", "mat-dien-thoai" },
		{ "khai tam tru cho nguoi thue", "dang-ky-tam-tru" },
		{ "cks bao nhiêu tiền một năm", "chu-ky-so" },
		{ "chữ kí số giá sao", "chu-ky-so" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_best(*state, cases[i].question, cases[i].id);
}

static void
a_phrase_of_the_base_is_answered(void **state)
{
	struct match_result result =
	    ask(*state, "Đăng ký tạm trú trực tuyến thế nào?");

	assert_int_equal(result.decision, MATCH_ANSWER);
	assert_int_equal(result.shortcut, SHORTCUT_NONE);
	assert_true(text_is(result.candidates[0].entry->id, "dang-ky-tam-tru"));
}

static void
typed_accents_break_ties(void **state)
{
	/* Both fold to "mat": lost, and the first half of password. */
	assert_best(*state, "mất", "mat-dien-thoai");
	assert_best(*state, "mật", "quen-mat-khau");
}

static void
what_the_base_does_not_cover_is_not_answered(void **state)
{
	static const char *const cases[] = { "thời tiết ngày mai ra sao",
		"trời có mưa không", "nấu bún bò thế nào",
		"đội tuyển đá mấy giờ", "kể chuyện đi" };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct match_result result = ask(*state, cases[i]);

		assert_int_not_equal(result.decision, MATCH_ANSWER);
	}
}

static void
messages_without_a_question_are_seen_before_matching(void **state)
{
	static const struct {
		const char *message;
		enum match_shortcut shortcut;
	} cases[] = {
		{ "", SHORTCUT_EMPTY },
		{ " ...?!", SHORTCUT_EMPTY },
		{ "😀😀", SHORTCUT_EMOJI },
		{ "123 456", SHORTCUT_DIGITS },
		{ "123 😀", SHORTCUT_DIGITS },
		{ "qwrtp zxcvb", SHORTCUT_GIBBERISH },
		{ "mật", SHORTCUT_NONE },
		{ "vneid", SHORTCUT_NONE },
		{ "ko", SHORTCUT_NONE },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct match_result result = ask(*state, cases[i].message);

		assert_int_equal(result.shortcut, cases[i].shortcut);
		if (cases[i].shortcut != SHORTCUT_NONE) {
			assert_int_equal(result.decision, MATCH_UNANSWERED);
			assert_int_equal(result.candidate_count, 0);
		}
	}
}

static void
candidates_are_ordered_and_share_one_certainty(void **state)
{
	static const char *const cases[] = { "mất điện thoại quên mật khẩu",
		"tạm trú", "khóa tài khoản", "giá", "xin chào" };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct match_result result = ask(*state, cases[i]);
		double sum = 0;

		for (size_t k = 0; k < result.candidate_count; k++) {
			double confidence = result.candidates[k].confidence;

			assert_true(confidence >= 0 && confidence <= 1);
			if (k > 0)
				assert_true(
				    confidence <=
				    result.candidates[k - 1].confidence);
			sum += confidence;
		}
		assert_true(sum <= 1.000001);
	}
}

static void
a_keyword_and_a_pattern_pull_their_entry_up(void **state)
{
	assert_best(*state, "nhà trọ phải báo tạm trú", "dang-ky-tam-tru");
	assert_best(*state, "SmartCA", "chu-ky-so");
	assert_best(*state, "smart ca", "chu-ky-so");
}

static void
a_pattern_outweighs_a_word_of_another_entry(void **state)
{
	/* Each names another entry by one of its words. */
	static const char *const cases[] = { "vneid smartca", "khóa smartca",
		"tài khoản smart ca", "gia hạn smartca", "máy SmartCA" };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_best(*state, cases[i], "chu-ky-so");
	assert_best(*state, "vneid smat", "mat-dien-thoai");
	assert_best(*state, "gia hạn smat", "dang-ky-tam-tru");
}

static void
thresholds_decide_and_can_be_set(void **state)
{
	struct fixture *fixture = *state;
	struct match_thresholds kept;
	struct match_thresholds set = { .answer = 2, .clarify = 0 };

	match_thresholds(fixture->index, &kept);
	assert_true(kept.clarify <= kept.answer);
	match_set_thresholds(fixture->index, &set);
	assert_int_equal(ask(fixture, "quên mật khẩu").decision, MATCH_CLARIFY);
	set.clarify = 2;
	match_set_thresholds(fixture->index, &set);
	assert_int_equal(
	    ask(fixture, "quên mật khẩu").decision, MATCH_UNANSWERED);
	match_set_thresholds(fixture->index, &kept);
}

static void
the_longest_message_fits_the_arena(void **state)
{
	static char text[20000];

	for (size_t i = 0; i + 1 < sizeof(text); i++)
		text[i] = i % 8 == 7 ? ' ' : (char)('a' + (i * i / 7) % 26);
	(void)ask(*state, text);
	for (size_t i = 0; i + 1 < sizeof(text); i++)
		text[i] = "mk ko cks "[i % 10];
	(void)ask(*state, text);
}

static void
every_failed_allocation_is_reported(void **state)
{
	struct fixture *fixture = *state;
	bool reached_the_end = false;

	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct arena arena;
		struct match_result match;
		enum result result;

		arena_init(&arena, MATCH_ARENA_BYTES_MAX);
		alloc_fault_arm(nth);
		result = match_ask(
		    fixture->index, TEXT("ko nhớ mk smart ca"), &arena, &match);
		reached_the_end = !alloc_fault_fired();
		alloc_fault_disarm();
		assert_true(result == OK || result == ERR_NOMEM);
		assert_true(!reached_the_end || result == OK);
		arena_fini(&arena);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reworded_question_finds_its_entry),
		cmocka_unit_test(a_phrase_of_the_base_is_answered),
		cmocka_unit_test(typed_accents_break_ties),
		cmocka_unit_test(what_the_base_does_not_cover_is_not_answered),
		cmocka_unit_test(
		    messages_without_a_question_are_seen_before_matching),
		cmocka_unit_test(
		    candidates_are_ordered_and_share_one_certainty),
		cmocka_unit_test(a_keyword_and_a_pattern_pull_their_entry_up),
		cmocka_unit_test(a_pattern_outweighs_a_word_of_another_entry),
		cmocka_unit_test(thresholds_decide_and_can_be_set),
		cmocka_unit_test(the_longest_message_fits_the_arena),
		cmocka_unit_test(every_failed_allocation_is_reported),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
