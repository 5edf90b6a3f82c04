/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "review.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"

struct sample {
	char set;
	unsigned about;
	const char *text;
};

static const struct sample samples[] = {
#define QUESTION(set, about, text) { #set[0], about, text },
#include "questions_table.h"
#undef QUESTION
};

enum { SAMPLES = sizeof(samples) / sizeof(samples[0]), ORDERS = 5 };

/* As much of a lexicon as the questions need. */
static struct glossary *
abbreviations(void)
{
	static const char *const lines[][2] = { { "ko", "không" },
		{ "đc", "được" }, { "ng", "người" }, { "đki", "đăng ký" },
		{ "gplx", "giấy phép lái xe" }, { "cccd", "căn cước" } };
	struct glossary *glossary = glossary_new();

	assert_non_null(glossary);
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const struct text_view mean = text_of(lines[i][1]);

		assert_int_equal(
		    glossary_add(glossary, text_of(lines[i][0]), &mean, 1), OK);
	}
	return glossary;
}

struct fixture {
	struct glossary *glossary;
	struct review *review;
	uint64_t newest; /* group */
};

static int
setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	struct review_options options = { .groups_max = 1000 };

	assert_non_null(fixture);
	fixture->glossary = abbreviations();
	options.glossary = fixture->glossary;
	fixture->review = review_new(&options);
	assert_non_null(fixture->review);
	*state = fixture;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *fixture = *state;

	review_free(fixture->review);
	glossary_free(fixture->glossary);
	free(fixture);
	return 0;
}

/* As the sorter does it; returns the group. */
static uint64_t
sort(struct fixture *fixture, uint64_t id, const char *text)
{
	const struct review_question question = { .id = id,
		.text = text_of(text) };
	struct review_match match = { .group = 0 };
	enum result result = review_find(fixture->review, &question, &match);

	if (result == ERR_NOT_FOUND)
		match.group = ++fixture->newest;
	else
		assert_int_equal(result, OK);
	assert_int_equal(
	    review_add(fixture->review, match.group, &question), OK);
	return match.group;
}

static void
begin_again(struct fixture *fixture)
{
	const struct review_options options = { .glossary = fixture->glossary,
		.groups_max = 1000 };

	review_free(fixture->review);
	fixture->review = review_new(&options);
	fixture->newest = 0;
	assert_non_null(fixture->review);
}

/* The samples of SET in order number ORDER. */
static size_t
shuffle(char set, unsigned order, const struct sample *out[SAMPLES])
{
	uint32_t dice = 12345 + order;
	size_t count = 0;

	for (size_t i = 0; i < SAMPLES; i++)
		if (samples[i].set == set)
			out[count++] = &samples[i];
	for (size_t i = count; i-- > 1;) {
		const struct sample *kept = out[i];
		size_t other;

		dice = dice * 1664525 + 1013904223;
		other = (dice >> 8) % (i + 1);
		out[i] = out[other];
		out[other] = kept;
	}
	return count;
}

/* ---- how well it sorts ---- */

struct pairs {
	double both;   /* same question, same group */
	double sorted; /* same group */
	double asked;  /* same question */
};

static void
count_pairs(const struct sample *const *asked, const uint64_t *groups,
    size_t count, struct pairs *pairs)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < i; j++) {
			bool same = asked[i]->about == asked[j]->about;
			bool sorted = groups[i] == groups[j];

			pairs->asked += same;
			pairs->sorted += sorted;
			pairs->both += same && sorted;
		}
	}
}

static void
the_same_question_is_found_in_other_words(void **state)
{
	static const struct {
		char set;
		double precision;
		double recall;
	} cases[] = { { 'A', 0.92, 0.80 }, { 'B', 0.95, 0.92 } };
	struct fixture *fixture = *state;

	for (size_t c = 0; c < sizeof(cases) / sizeof(cases[0]); c++) {
		struct pairs pairs = { .both = 0 };

		for (unsigned order = 0; order < ORDERS; order++) {
			const struct sample *asked[SAMPLES];
			uint64_t groups[SAMPLES];
			size_t count = shuffle(cases[c].set, order, asked);

			begin_again(fixture);
			for (size_t i = 0; i < count; i++)
				groups[i] =
				    sort(fixture, i + 1, asked[i]->text);
			count_pairs(asked, groups, count, &pairs);
		}
		print_message("set %c: precision %.3f, recall %.3f\n",
		    cases[c].set, pairs.both / pairs.sorted,
		    pairs.both / pairs.asked);
		assert_true(pairs.both / pairs.sorted >= cases[c].precision);
		assert_true(pairs.both / pairs.asked >= cases[c].recall);
	}
}

static void
what_is_typed_otherwise_is_the_same_question(void **state)
{
	static const char *const cases[][2] = {
		{ "Đăng ký tạm trú cần giấy tờ gì?",
		    "dang ky tam tru can giay to gi" },
		{ "đổi giấy phép lái xe ở đâu", "đổi gplx chỗ nào vậy ạ" },
		{ "làm hộ chiếu mất bao lâu",
		    "dạ cho em hỏi làm hộ chiếu mấy ngày có ạ" },
		{ "người khác nộp thay được không",
		    "ng khác nộp thay đc ko ạ" },
		{ "giấy phép xây dựng nhà ở", "GIẤY PHÉP XÂY DỰNG NHÀ Ở!!!" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		begin_again(fixture);
		if (sort(fixture, 1, cases[i][0]) !=
		    sort(fixture, 2, cases[i][1]))
			fail_msg(
			    "'%s' apart from '%s'", cases[i][0], cases[i][1]);
	}
}

static void
another_need_or_thing_is_another_question(void **state)
{
	static const char *const cases[][2] = {
		{ "làm hộ chiếu mất bao lâu",
		    "làm hộ chiếu hết bao nhiêu tiền" },
		{ "đăng ký kết hôn ở đâu", "đăng ký kết hôn cần giấy tờ gì" },
		{ "đăng ký kết hôn ở đâu", "đăng ký khai tử ở đâu" },
		{ "gọi lại cho tôi [số điện thoại]",
		    "sửa dùm [số điện thoại]" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		begin_again(fixture);
		if (sort(fixture, 1, cases[i][0]) ==
		    sort(fixture, 2, cases[i][1]))
			fail_msg("'%s' together with '%s'", cases[i][0],
			    cases[i][1]);
	}
}

static void
what_holds_no_word_is_one_group(void **state)
{
	struct fixture *fixture = *state;
	uint64_t group = sort(fixture, 1, "😀😀");

	assert_int_equal(sort(fixture, 2, "???"), group);
	assert_int_equal(sort(fixture, 3, ""), group);
	assert_int_not_equal(sort(fixture, 4, "làm hộ chiếu ở đâu"), group);
}

static void
the_nearest_entry_decides_what_words_leave_open(void **state)
{
	struct fixture *fixture = *state;
	const struct review_question first = { 1,
		TEXT("hồ sơ cấp đổi thẻ bị trả lại"),
		TEXT("ho-so-bi-tu-choi 1.00, a 0.00") };
	struct review_question next = { 2,
		TEXT("hồ sơ cấp đổi thẻ trả lại hoài"),
		TEXT("ho-so-bi-tu-choi 1.00") };
	struct review_match same;
	struct review_match other;

	assert_int_equal(review_add(fixture->review, 1, &first), OK);
	assert_int_equal(review_find(fixture->review, &next, &same), OK);
	next.candidates = TEXT("ho-so-tre-han 1.00");
	if (review_find(fixture->review, &next, &other) == OK)
		assert_true(other.likeness < same.likeness);
}

/* ---- properties ---- */

static void
the_same_questions_in_the_same_order_give_the_same_groups(void **state)
{
	struct fixture *fixture = *state;
	uint64_t groups[SAMPLES];

	for (size_t i = 0; i < SAMPLES; i++)
		groups[i] = sort(fixture, i + 1, samples[i].text);
	begin_again(fixture);
	for (size_t i = 0; i < SAMPLES; i++)
		assert_int_equal(
		    sort(fixture, i + 1, samples[i].text), groups[i]);
}

static void
an_index_that_is_loaded_again_goes_on_as_before(void **state)
{
	struct fixture *fixture = *state;
	uint64_t groups[SAMPLES];
	uint64_t newest = 0;
	size_t half = SAMPLES / 2;

	for (size_t i = 0; i < SAMPLES; i++) {
		groups[i] = sort(fixture, i + 1, samples[i].text);
		if (i + 1 == half)
			newest = fixture->newest;
	}
	begin_again(fixture);
	/* Groups that came and went leave nothing behind. */
	for (size_t i = 0; i < 20; i++)
		(void)sort(fixture, 1000 + i, samples[SAMPLES - 1 - i].text);
	for (uint64_t group = 1; group <= 20; group++)
		review_forget(fixture->review, group);
	assert_int_equal(review_groups(fixture->review), 0);
	for (uint64_t group = newest; group >= 1; group--) {
		for (size_t i = 0; i < half; i++) {
			const struct review_question question = { .id = i + 1,
				.text = text_of(samples[i].text) };

			if (groups[i] == group)
				assert_int_equal(review_add(fixture->review,
						     group, &question),
				    OK);
		}
	}
	fixture->newest = newest;
	for (size_t i = half; i < SAMPLES; i++)
		assert_int_equal(
		    sort(fixture, i + 1, samples[i].text), groups[i]);
}

static void
a_group_that_was_split_and_merged_is_what_it_was(void **state)
{
	static const char *const texts[] = { "làm hộ chiếu ở đâu",
		"hộ chiếu làm chỗ nào", "lam ho chieu o dau vay" };
	struct fixture *fixture = *state;
	struct review *review = fixture->review;
	const struct review_question probe = { 9,
		TEXT("muốn làm hộ chiếu thì tới đâu"), TEXT("") };
	struct review_match before;
	struct review_match after;

	for (uint64_t i = 0; i < 3; i++)
		assert_int_equal(sort(fixture, i + 1, texts[i]), 1);
	assert_int_equal(review_find(review, &probe, &before), OK);
	/* One leaves and comes back. */
	review_forget(review, 1);
	for (uint64_t i = 0; i < 3; i++) {
		const struct review_question question = { i + 1,
			text_of(texts[i]), TEXT("") };

		assert_int_equal(
		    review_add(review, i == 2 ? 2 : 1, &question), OK);
	}
	assert_int_equal(review_groups(review), 2);
	review_forget(review, 1);
	review_forget(review, 2);
	for (uint64_t i = 0; i < 3; i++) {
		const struct review_question question = { i + 1,
			text_of(texts[i]), TEXT("") };

		assert_int_equal(review_add(review, 1, &question), OK);
	}
	assert_int_equal(review_find(review, &probe, &after), OK);
	assert_int_equal(after.group, before.group);
	assert_int_equal(after.beside, before.beside);
	assert_true(after.likeness <= before.likeness &&
		    after.likeness >= before.likeness);
}

/* ---- bounds and words ---- */

static void
groups_have_a_ceiling(void **state)
{
	struct fixture *fixture = *state;
	const struct review_options options = { .groups_max = 1 };
	struct review *review = review_new(&options);
	const struct review_question question = { 1, TEXT("một"), TEXT("") };

	(void)fixture;
	assert_non_null(review);
	assert_int_equal(review_add(review, 1, &question), OK);
	assert_int_equal(review_add(review, 2, &question), ERR_TOO_LARGE);
	assert_int_equal(review_add(review, 1, &question), OK);
	review_forget(review, 1);
	assert_int_equal(review_add(review, 2, &question), OK);
	review_free(review);
}

static void
the_representative_is_like_the_others_and_has_accents(void **state)
{
	static const char *const texts[] = { "lam ho chieu o dau",
		"làm hộ chiếu ở đâu", "làm hộ chiếu ở đâu vậy ad ơi giúp em" };
	struct fixture *fixture = *state;

	for (uint64_t i = 0; i < 3; i++) {
		const struct review_question question = { i + 1,
			text_of(texts[i]), TEXT("") };

		assert_int_equal(review_add(fixture->review, 1, &question), OK);
	}
	/* The second has the words of the first: it is not kept. */
	assert_int_equal(review_representative(fixture->review, 1), 3);
}

static void
a_very_long_message_is_read_as_far_as_it_goes(void **state)
{
	struct fixture *fixture = *state;
	char *text = malloc(20001);

	assert_non_null(text);
	for (size_t i = 0; i < 20000; i++)
		text[i] = i % 7 == 6 ? ' ' : (char)('a' + i * i % 26);
	text[20000] = '\0';
	assert_int_equal(sort(fixture, 1, text), sort(fixture, 2, text));
	free(text);
}

static void
words_are_folded_with_a_space_at_both_ends(void **state)
{
	struct buf words;

	(void)state;
	buf_init(&words, 1000);
	assert_int_equal(review_words(TEXT("Đăng ký, tạm trú?"), &words), OK);
	assert_true(text_is(buf_view(&words), " dang ki tam tru "));
	buf_fini(&words);
}

static void
the_nearest_entry_is_the_first(void **state)
{
	(void)state;
	assert_true(
	    text_is(review_nearest(TEXT("ho-chieu 0.93, a 0.41")), "ho-chieu"));
	assert_int_equal(review_nearest(TEXT("")).len, 0);
	assert_int_equal(review_nearest(TEXT("ho-chieu")).len, 0);
}

static void
every_allocation_may_fail(void **state)
{
	static const char *const texts[] = { "làm hộ chiếu ở đâu",
		"hộ chiếu làm chỗ nào", "đăng ký tạm trú" };
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		const struct review_options options = { .groups_max = 10 };
		struct review *review;
		enum result result = ERR_NOMEM;

		alloc_fault_arm(nth);
		review = review_new(&options);
		for (uint64_t i = 0; review != NULL && i < 3; i++) {
			const struct review_question question = { i + 1,
				text_of(texts[i]), TEXT("a 0.5") };
			struct review_match match;

			result = review_add(review, i + 1, &question);
			if (result == OK)
				result = review_find(review, &question, &match);
			if (result != OK)
				break;
		}
		reached_the_end = !alloc_fault_fired();
		alloc_fault_disarm();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		review_free(review);
	}
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	static const struct CMUnitTest tests[] = {
		TEST(the_same_question_is_found_in_other_words),
		TEST(what_is_typed_otherwise_is_the_same_question),
		TEST(another_need_or_thing_is_another_question),
		TEST(what_holds_no_word_is_one_group),
		TEST(the_nearest_entry_decides_what_words_leave_open),
		TEST(the_same_questions_in_the_same_order_give_the_same_groups),
		TEST(an_index_that_is_loaded_again_goes_on_as_before),
		TEST(a_group_that_was_split_and_merged_is_what_it_was),
		TEST(groups_have_a_ceiling),
		TEST(the_representative_is_like_the_others_and_has_accents),
		TEST(a_very_long_message_is_read_as_far_as_it_goes),
		TEST(words_are_folded_with_a_space_at_both_ends),
		TEST(the_nearest_entry_is_the_first),
		TEST(every_allocation_may_fail),
	};

	return cmocka_run_group_tests_name("review", tests, NULL, NULL);
}
