/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "match.h"
#include "small_base.h"
#include "tests/support/alloc_fault.h"

#include <string.h>

#define TODAY "2026-11-24"

static struct match_index *
build(const struct faq *faq)
{
	struct match_index *index = NULL;

	assert_int_equal(match_index_new(faq, TODAY, &index, NULL), OK);
	return index;
}

static struct match_result
ask(const struct match_index *index, const char *question)
{
	struct arena arena;
	struct match_result result;

	arena_init(&arena, MATCH_ARENA_BYTES_MAX);
	assert_int_equal(
	    match_ask(index, text_of(question), &arena, &result), OK);
	arena_fini(&arena);
	return result;
}

static void
the_same_base_gives_the_same_answers(void **state)
{
	struct faq *faq = small_base();
	struct match_index *first = build(faq);
	struct match_index *second = build(faq);
	struct match_result one = ask(first, "mất máy quên mật khẩu");
	struct match_result two = ask(second, "mất máy quên mật khẩu");

	(void)state;
	assert_int_equal(one.candidate_count, two.candidate_count);
	for (size_t i = 0; i < one.candidate_count; i++) {
		assert_ptr_equal(
		    one.candidates[i].entry, two.candidates[i].entry);
		assert_memory_equal(&one.candidates[i].confidence,
		    &two.candidates[i].confidence, sizeof(double));
	}
	match_index_free(first);
	match_index_free(second);
	faq_free(faq);
}

static void
an_entry_that_is_not_live_is_not_found(void **state)
{
	struct faq *faq = small_base();
	struct match_index *index;
	struct match_result result;

	(void)state;
	faq->entries[0].status = ENTRY_DRAFT;
	faq->entries[1].valid_until = TEXT("2020-01-01");
	index = build(faq);
	result = ask(index, "quên mật khẩu");
	for (size_t i = 0; i < result.candidate_count; i++) {
		assert_ptr_not_equal(
		    result.candidates[i].entry, &faq->entries[0]);
		assert_ptr_not_equal(
		    result.candidates[i].entry, &faq->entries[1]);
	}
	match_index_free(index);
	faq_free(faq);
}

static void
a_phrase_in_not_asked_as_counts_against_its_entry(void **state)
{
	struct faq *faq = small_base();
	struct match_index *with = build(faq);
	struct match_index *without;
	double score_with;
	double score_without = 0;

	(void)state;
	score_with = ask(with, "quên mã pin ký số").candidates[0].score;
	if (!text_is(ask(with, "quên mã pin ký số").candidates[0].entry->id,
		"quen-mat-khau"))
		score_with = -1;
	faq->entries[0].not_asked_as.count = 0;
	without = build(faq);
	score_without = ask(without, "quên mã pin ký số").candidates[0].score;
	assert_true(score_with < score_without);
	match_index_free(with);
	match_index_free(without);
	faq_free(faq);
}

static void
an_empty_base_answers_nothing(void **state)
{
	struct faq *faq = faq_new();
	struct match_index *index;
	struct match_result result;

	(void)state;
	assert_non_null(faq);
	index = build(faq);
	result = ask(index, "quên mật khẩu");
	assert_int_equal(result.decision, MATCH_UNANSWERED);
	assert_int_equal(result.candidate_count, 0);
	match_index_free(index);
	faq_free(faq);
}

static void
a_base_of_one_phrase_can_be_built(void **state)
{
	struct faq *faq = small_base();
	struct match_index *index;

	(void)state;
	faq->entry_count = 1;
	faq->entries[0].asked_as.count = 0;
	faq->off_topic.count = 0;
	index = build(faq);
	(void)ask(index, "quên mật khẩu");
	match_index_free(index);
	faq_free(faq);
}

static void
a_wrong_pattern_is_refused_and_named(void **state)
{
	struct faq *faq = small_base();
	struct match_index *index = NULL;
	struct complaint why = { .text = "" };

	(void)state;
	faq->entries[3].patterns.at[0] = TEXT("smart(");
	assert_int_equal(
	    match_index_new(faq, TODAY, &index, &why), ERR_INVALID);
	assert_null(index);
	assert_string_equal(why.file, "small.json");
	assert_int_equal(why.line, 7);
	assert_non_null(strstr(why.text, "chu-ky-so"));
	assert_non_null(strstr(why.text, "smart("));
	faq_free(faq);
}

static void
a_lexicon_line_without_words_is_refused(void **state)
{
	struct faq *faq = small_base();
	struct match_index *index = NULL;
	struct complaint why = { .text = "" };

	(void)state;
	faq->lexicon[0].written = TEXT("!!!");
	assert_int_equal(
	    match_index_new(faq, TODAY, &index, &why), ERR_INVALID);
	assert_string_equal(why.file, "lexicon.json");
	faq_free(faq);
}

static void
every_failed_allocation_is_reported(void **state)
{
	struct faq *faq = small_base();
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct match_index *index = NULL;
		enum result result;

		alloc_fault_arm(nth);
		result = match_index_new(faq, TODAY, &index, NULL);
		reached_the_end = !alloc_fault_fired();
		alloc_fault_disarm();
		/* PCRE2's own JIT memory may fail and is done without. */
		assert_true(result == OK || result == ERR_NOMEM);
		assert_true(!reached_the_end || result == OK);
		match_index_free(index);
	}
	faq_free(faq);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_base_gives_the_same_answers),
		cmocka_unit_test(an_entry_that_is_not_live_is_not_found),
		cmocka_unit_test(
		    a_phrase_in_not_asked_as_counts_against_its_entry),
		cmocka_unit_test(an_empty_base_answers_nothing),
		cmocka_unit_test(a_base_of_one_phrase_can_be_built),
		cmocka_unit_test(a_wrong_pattern_is_refused_and_named),
		cmocka_unit_test(a_lexicon_line_without_words_is_refused),
		cmocka_unit_test(every_failed_allocation_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
