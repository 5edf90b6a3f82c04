/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "src/match/phrasebook.h"

#include <math.h>

enum { FEATURES = 6, NONE = UINT16_MAX };

/* Phrasings of two features each, all of equal weight. */
static const struct phrasing {
	uint32_t numbers[2];
	uint16_t class;
	uint16_t fold;
} phrasings[] = {
	{ { 0, 1 }, 0, 0 }, { { 1, 2 }, 0, 1 },
	{ { 0, 3 }, RANKER_NO_CLASS, 0 }, { { 0, 4 }, 1, 0 },
	{ { 0, 1 }, 2, 1 }, /* out of scope */
};

enum { COUNT = sizeof(phrasings) / sizeof(phrasings[0]) };

struct fixture {
	uint32_t numbers[COUNT][2];
	float values[2];
	struct example examples[COUNT];
	struct phrasebook *book;
	struct arena arena;
};

static int
set_up(void **state)
{
	static struct fixture fixture;
	const struct lesson lesson = { .examples = fixture.examples,
		.example_count = COUNT,
		.feature_count = FEATURES,
		.class_count = 3 };

	fixture.values[0] = 0.5F;
	fixture.values[1] = 0.5F;
	for (size_t i = 0; i < COUNT; i++) {
		fixture.numbers[i][0] = phrasings[i].numbers[0];
		fixture.numbers[i][1] = phrasings[i].numbers[1];
		fixture.examples[i] = (struct example){
			.vector = { .number = fixture.numbers[i],
			    .x = fixture.values,
			    .count = 2,
			    .word_count = 2 },
			.class = phrasings[i].class,
			.fold = phrasings[i].fold,
		};
	}
	assert_int_equal(phrasebook_new(&lesson, &fixture.book), OK);
	arena_init(&fixture.arena, 1 << 16);
	*state = &fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	phrasebook_free(fixture->book);
	arena_fini(&fixture->arena);
	return 0;
}

static void
the_nearest_phrasing_and_the_cover_are_found(void **state)
{
	static const struct {
		uint32_t asked[2];
		uint16_t class;
		uint16_t held_out;
		double best;
		double covered;
	} cases[] = {
		{ { 0, 1 }, 0, NONE, 1, 1 },
		{ { 0, 2 }, 0, NONE, 0.5, 1 }, /* by two phrasings */
		{ { 0, 2 }, 0, 0, 0.5, 0.5 },  /* only the second */
		{ { 0, 1 }, 0, 1, 1, 1 },
		{ { 0, 5 }, 0, NONE, 0.5, 0.5 },
		{ { 0, 1 }, 1, NONE, 0.5, 0.5 },
		{ { 3, 5 }, 1, NONE, 0, 0 },
		{ { 0, 4 }, 1, 0, 0, 0 },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint32_t numbers[2] = { cases[i].asked[0], cases[i].asked[1] };
		struct vector vector = { .number = numbers,
			.x = fixture->values,
			.count = 2,
			.word_count = 2,
			.known = 1 };
		const struct probe *probe =
		    probe_new(fixture->book, &vector, &fixture->arena);
		struct nearness nearness;

		assert_non_null(probe);
		nearness = phrasebook_compare(
		    fixture->book, probe, cases[i].class, cases[i].held_out);
		if (fabs(nearness.best - cases[i].best) > 1e-6 ||
		    fabs(nearness.covered - cases[i].covered) > 1e-6)
			fail_msg("case %zu: %f and %f", i, nearness.best,
			    nearness.covered);
	}
}

static void
unknown_words_bring_both_down(void **state)
{
	struct fixture *fixture = *state;
	uint32_t numbers[2] = { 0, 1 };
	struct vector vector = { .number = numbers,
		.x = fixture->values,
		.count = 2,
		.word_count = 2,
		.known = 0.25F };
	const struct probe *probe =
	    probe_new(fixture->book, &vector, &fixture->arena);
	struct nearness nearness;

	assert_non_null(probe);
	nearness = phrasebook_compare(fixture->book, probe, 0, NONE);
	assert_true(fabs(nearness.best - 0.25) < 1e-6);
	assert_true(fabs(nearness.covered - 0.25) < 1e-6);
}

static void
each_word_that_the_class_holds_is_told(void **state)
{
	static const struct {
		uint16_t class;
		uint16_t held_out;
		bool met[2];
	} cases[] = {
		{ 0, NONE, { true, true } },
		{ 0, 0, { false, true } },
		{ 1, NONE, { true, false } },
		{ 1, 0, { false, false } },
	};
	struct fixture *fixture = *state;
	uint32_t numbers[2] = { 0, 2 };
	struct vector vector = { .number = numbers,
		.x = fixture->values,
		.count = 2,
		.word_count = 2,
		.known = 1 };
	const struct probe *probe =
	    probe_new(fixture->book, &vector, &fixture->arena);

	assert_non_null(probe);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct nearness nearness = phrasebook_compare(
		    fixture->book, probe, cases[i].class, cases[i].held_out);

		assert_memory_equal(
		    nearness.met, cases[i].met, sizeof(cases[i].met));
	}
}

static void
a_search_gives_the_most_alike_classes_first(void **state)
{
	struct fixture *fixture = *state;
	uint32_t numbers[] = { 0, 4 };
	struct vector vector = { .number = numbers,
		.x = fixture->values,
		.count = 2,
		.word_count = 2,
		.known = 1 };
	struct probe *probe =
	    probe_new(fixture->book, &vector, &fixture->arena);
	struct phrasebook_found found;

	assert_non_null(probe);
	assert_int_equal(
	    phrasebook_search(fixture->book, probe, &fixture->arena, 2, &found),
	    OK);
	assert_int_equal(found.count, 2);
	assert_int_equal(found.class[0], 1);
	assert_int_equal(found.class[1], 0);
	assert_int_equal(
	    phrasebook_search(fixture->book, probe, &fixture->arena, 1, &found),
	    OK);
	assert_int_equal(found.count, 1);
	assert_int_equal(found.class[0], 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_nearest_phrasing_and_the_cover_are_found),
		cmocka_unit_test(unknown_words_bring_both_down),
		cmocka_unit_test(each_word_that_the_class_holds_is_told),
		cmocka_unit_test(a_search_gives_the_most_alike_classes_first),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
