/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "small_base.h"
#include "src/match/candidates.h"

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

static struct candidates
find(struct fixture *fixture, const char *text)
{
	const struct candidates_options options = { .held_out = UINT16_MAX,
		.most = 3 };
	const struct match_index *index = fixture->index;
	struct question question;
	struct candidates found;

	arena_reset(&fixture->arena);
	assert_int_equal(question_read(index, text_of(text), UINT16_MAX,
			     &fixture->arena, &question),
	    OK);
	assert_int_equal(candidates_find(index, index->weights, &question,
			     &options, &fixture->arena, &found),
	    OK);
	assert_true(found.count == 3);
	return found;
}

static double
best_fact(struct fixture *fixture, const char *text, enum fact fact)
{
	return find(fixture, text).at[0].fact[fact];
}

static void
only_words_that_the_entry_never_holds_are_missing(void **state)
{
	static const struct {
		const char *text;
		bool missing;
	} cases[] = {
		{ "em quên mật khẩu rồi", false },
		{ "em quen mat khau roi", false },
		{ "quên mk", false },		/* read as "mật khẩu" */
		{ "ko nhớ mật khẩu", false },	/* "không" */
		{ "quên mật khẩu wifi", true }, /* no entry knows it */
		{ "quên mật khẩu sim", true },	/* another entry does */
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct candidates found = find(*state, cases[i].text);
		const struct candidate *best = &found.at[0];

		assert_int_equal(best->class, 0);
		if ((best->fact[FACT_MISSING] > 0) != cases[i].missing)
			fail_msg("'%s' misses %f", cases[i].text,
			    best->fact[FACT_MISSING]);
	}
}

static void
each_missing_word_adds_up_and_a_rare_one_more(void **state)
{
	double none = best_fact(*state, "quên mật khẩu", FACT_MISSING);
	double common = best_fact(*state, "quên mật khẩu máy", FACT_MISSING);
	double rare = best_fact(*state, "quên mật khẩu wifi", FACT_MISSING);
	double two =
	    best_fact(*state, "quên mật khẩu wifi gmail", FACT_MISSING);

	assert_true(none == 0);
	assert_true(common > none);
	assert_true(rare > common);
	assert_true(two > rare);
}

static void
rivals_and_out_of_scope_share_one_whole(void **state)
{
	static const char *const cases[] = { "mất điện thoại quên mật khẩu",
		"tạm trú", "giá vàng hôm nay", "xin chào" };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct candidates found = find(*state, cases[i]);
		double sum = 0;

		for (size_t k = 0; k < found.count; k++)
			sum += found.at[k].fact[FACT_SHARE];
		assert_true(sum > 0 && sum < 1);
	}
	assert_true(best_fact(*state, "đăng ký tạm trú", FACT_SHARE) > 0.9);
	assert_true(best_fact(*state, "giá vàng hôm nay", FACT_SHARE) < 0.5);
}

static void
only_the_best_covered_is_ahead_in_cover(void **state)
{
	struct candidates found = find(*state, "quên mật khẩu vneid");
	size_t ahead = 0;

	for (size_t i = 0; i < found.count; i++)
		ahead += found.at[i].fact[FACT_COVERED_AHEAD] > 0 ? 1 : 0;
	assert_int_equal(ahead, 1);
	assert_true(found.at[0].fact[FACT_COVERED_AHEAD] > 0);
}

static void
only_the_best_is_ahead_in_score(void **state)
{
	struct candidates found = find(*state, "mất điện thoại quên mật khẩu");

	assert_true(found.at[0].fact[FACT_AHEAD] > 0);
	assert_true(found.at[0].fact[FACT_BEHIND] == 0);
	for (size_t i = 1; i < found.count; i++) {
		assert_true(found.at[i].fact[FACT_AHEAD] == 0);
		assert_true(found.at[i].fact[FACT_BEHIND] < 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    only_words_that_the_entry_never_holds_are_missing),
		cmocka_unit_test(each_missing_word_adds_up_and_a_rare_one_more),
		cmocka_unit_test(rivals_and_out_of_scope_share_one_whole),
		cmocka_unit_test(only_the_best_covered_is_ahead_in_cover),
		cmocka_unit_test(only_the_best_is_ahead_in_score),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
