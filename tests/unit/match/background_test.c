/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "match.h"
#include "small_base.h"
#include "tests/support/alloc_fault.h"

#include <stdio.h>

#define TODAY "2026-11-24"

static const char *const names[] = {
	"Cấp lại thẻ thương binh",
	"Cấp giấy phép khai thác thủy sản",
	"Cấp lại giấy phép khai thác thủy sản",
	"Cấp giấy chứng nhận đăng ký tàu cá",
	"Cấp giấy phép bán lẻ rượu",
	"Cấp lại giấy phép bán lẻ rượu",
	"Cấp chứng chỉ hành nghề thú y",
	"Cấp phù hiệu xe tuyến cố định",
	"Cấp giấy phép hoạt động phòng khám chuyên khoa",
	"Thành lập trường mẫu giáo tư thục",
	"Cấp thẻ hướng dẫn viên du lịch quốc tế",
	"Đăng ký tạm trú trực tuyến",
};

enum { NAMES = sizeof(names) / sizeof(names[0]) };

/* As an import of a catalogue writes it. */
static const char *
with_prefix(struct faq *faq, const char *name)
{
	char text[256];
	const char *copy;

	(void)snprintf(text, sizeof(text), "thủ tục %s", name);
	copy = arena_string(&faq->arena, text_of(text));
	assert_non_null(copy);
	return copy;
}

/* The small base with the procedures of NAMES behind it. */
static struct faq *
base_with_catalogue(void)
{
	struct faq *faq = small_base();
	size_t count = faq->entry_count + NAMES;
	struct faq_entry *entries =
	    arena_alloc(&faq->arena, count, sizeof(*entries));

	assert_non_null(entries);
	for (size_t i = 0; i < faq->entry_count; i++)
		entries[i] = faq->entries[i];
	for (size_t i = 0; i < NAMES; i++) {
		const char *const asked_as[] = { names[i],
			with_prefix(faq, names[i]), NULL };
		struct faq_entry *entry = &entries[faq->entry_count + i];

		*entry = (struct faq_entry){ .id = text_of(names[i]),
			.question = text_of(names[i]),
			.background = true,
			.file = "catalogue.json",
			.line = (unsigned)i + 1 };
		small_phrases(faq, &entry->asked_as, asked_as);
	}
	faq->entries = entries;
	faq->entry_count = count;
	return faq;
}

struct fixture {
	struct faq *faq;
	struct match_index *index;
	struct arena arena;
};

static void
set_up(struct fixture *fixture, struct faq *faq)
{
	fixture->faq = faq;
	assert_int_equal(
	    match_index_new(faq, TODAY, &fixture->index, NULL), OK);
	arena_init(&fixture->arena, MATCH_ARENA_BYTES_MAX);
}

static void
tear_down(struct fixture *fixture)
{
	match_index_free(fixture->index);
	faq_free(fixture->faq);
	arena_fini(&fixture->arena);
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

/* Is it the answer, or among the three that are offered? */
static bool
is_shown(const struct match_result *result, const char *id)
{
	size_t shown = result->decision == MATCH_ANSWER ? 1 : 3;

	for (size_t i = 0; i < shown && i < result->candidate_count; i++) {
		if (text_is(result->candidates[i].entry->id, id))
			return true;
	}
	return false;
}

static void
a_procedure_is_found_by_its_name(void **state)
{
	static const struct {
		const char *asked;
		const char *id;
	} cases[] = {
		{ "thủ tục cấp lại thẻ thương binh",
		    "Cấp lại thẻ thương binh" },
		{ "cap lai the thuong binh", "Cấp lại thẻ thương binh" },
		{ "thẻ thương binh", "Cấp lại thẻ thương binh" },
		{ "cap phu hieu xe tuyen co dinh",
		    "Cấp phù hiệu xe tuyến cố định" },
		{ "cấp lại giấy phép bán lẻ rượu",
		    "Cấp lại giấy phép bán lẻ rượu" },
		{ "thành lập trường mẫu giáo",
		    "Thành lập trường mẫu giáo tư thục" },
	};
	struct fixture fixture;

	(void)state;
	set_up(&fixture, base_with_catalogue());
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct match_result result = ask(&fixture, cases[i].asked);

		assert_int_not_equal(result.decision, MATCH_UNANSWERED);
		assert_true(is_shown(&result, cases[i].id));
	}
	tear_down(&fixture);
}

/* All that a curated base says, with a catalogue behind it or without. */
static void
curated_questions_are_answered_as_if_there_were_no_catalogue(void **state)
{
	static const char *const questions[] = { "quên mật khẩu",
		"mat may roi khoa tai khoan sao", "khai tam tru cho nguoi thue",
		"đăng ký tạm trú trực tuyến", "chu ky so gia bao nhieu",
		"smart ca", "đăng ký tạm trú online thế nào" };
	struct fixture with;
	struct fixture without;

	(void)state;
	set_up(&with, base_with_catalogue());
	set_up(&without, small_base());
	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
		struct match_result expected = ask(&without, questions[i]);
		struct match_result result = ask(&with, questions[i]);

		assert_int_not_equal(expected.decision, MATCH_UNANSWERED);
		assert_int_equal(result.decision, expected.decision);
		assert_string_equal(result.candidates[0].entry->id.at,
		    expected.candidates[0].entry->id.at);
		assert_memory_equal(&result.candidates[0].confidence,
		    &expected.candidates[0].confidence, sizeof(double));
	}
	tear_down(&with);
	tear_down(&without);
}

static void
a_catalogue_changes_neither_thresholds_nor_trials(void **state)
{
	struct fixture with;
	struct fixture without;
	struct match_thresholds one;
	struct match_thresholds two;
	size_t trials;
	size_t expected;

	(void)state;
	set_up(&with, base_with_catalogue());
	set_up(&without, small_base());
	match_thresholds(with.index, &one);
	match_thresholds(without.index, &two);
	assert_memory_equal(&one, &two, sizeof(one));
	(void)match_trials(with.index, &trials);
	(void)match_trials(without.index, &expected);
	assert_int_equal(trials, expected);
	tear_down(&with);
	tear_down(&without);
}

static void
what_neither_tier_knows_is_left_to_staff(void **state)
{
	static const char *const questions[] = { "hôm nay trời mưa không",
		"kể chuyện cười đi", "giá vàng hôm nay bao nhiêu", "asdfgh" };
	struct fixture fixture;

	(void)state;
	set_up(&fixture, base_with_catalogue());
	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++)
		assert_int_not_equal(
		    ask(&fixture, questions[i]).decision, MATCH_ANSWER);
	tear_down(&fixture);
}

static void
a_retired_procedure_is_not_found(void **state)
{
	struct faq *faq = base_with_catalogue();
	struct fixture fixture;
	struct match_result result;

	(void)state;
	faq->entries[SMALL_COUNT].status = ENTRY_RETIRED;
	set_up(&fixture, faq);
	result = ask(&fixture, "cấp lại thẻ thương binh");
	for (size_t i = 0; i < result.candidate_count; i++)
		assert_ptr_not_equal(
		    result.candidates[i].entry, &faq->entries[SMALL_COUNT]);
	tear_down(&fixture);
}

static void
candidates_come_best_first_and_at_most_five(void **state)
{
	struct fixture fixture;

	(void)state;
	set_up(&fixture, base_with_catalogue());
	for (size_t i = 0; i < NAMES; i++) {
		struct match_result result = ask(&fixture, names[i]);

		assert_in_range(
		    result.candidate_count, 1, MATCH_CANDIDATES_MAX);
		for (size_t k = 1; k < result.candidate_count; k++)
			assert_true(result.candidates[k - 1].confidence >=
				    result.candidates[k].confidence);
	}
	tear_down(&fixture);
}

static void
a_base_of_a_catalogue_alone_can_be_asked(void **state)
{
	struct faq *faq = base_with_catalogue();
	struct fixture fixture;

	(void)state;
	faq->entries += SMALL_COUNT;
	faq->entry_count -= SMALL_COUNT;
	set_up(&fixture, faq);
	assert_string_equal(ask(&fixture, "cấp chứng chỉ hành nghề thú y")
				.candidates[0]
				.entry->id.at,
	    "Cấp chứng chỉ hành nghề thú y");
	tear_down(&fixture);
}

static void
every_failed_allocation_is_reported(void **state)
{
	struct faq *faq = base_with_catalogue();
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
		cmocka_unit_test(a_procedure_is_found_by_its_name),
		cmocka_unit_test(
		    curated_questions_are_answered_as_if_there_were_no_catalogue),
		cmocka_unit_test(
		    a_catalogue_changes_neither_thresholds_nor_trials),
		cmocka_unit_test(what_neither_tier_knows_is_left_to_staff),
		cmocka_unit_test(a_retired_procedure_is_not_found),
		cmocka_unit_test(candidates_come_best_first_and_at_most_five),
		cmocka_unit_test(a_base_of_a_catalogue_alone_can_be_asked),
		cmocka_unit_test(every_failed_allocation_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
