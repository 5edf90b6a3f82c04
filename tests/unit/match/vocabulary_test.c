/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "src/match/vocabulary.h"

static bool
keeps_twice(uint64_t key, uint32_t examples)
{
	(void)key;
	return examples >= 2;
}

static void
keys_are_numbered_and_rare_ones_weigh_more(void **state)
{
	struct vocabulary *vocabulary = vocabulary_new();
	uint32_t common;
	uint32_t rare;

	(void)state;
	assert_non_null(vocabulary);
	/* Key 1 in all examples, key 2 in two, key 3 in one (twice). */
	for (uint32_t i = 0; i < 100; i++)
		assert_int_equal(vocabulary_count(vocabulary, 1, i), OK);
	assert_int_equal(vocabulary_count(vocabulary, 2, 1), OK);
	assert_int_equal(vocabulary_count(vocabulary, 2, 2), OK);
	assert_int_equal(vocabulary_count(vocabulary, 3, 7), OK);
	assert_int_equal(vocabulary_count(vocabulary, 3, 7), OK);
	assert_int_equal(vocabulary_close(vocabulary, 100, keeps_twice), OK);
	assert_int_equal(vocabulary_size(vocabulary), 2);
	common = vocabulary_find(vocabulary, 1);
	rare = vocabulary_find(vocabulary, 2);
	assert_true(common < 2 && rare < 2 && common != rare);
	assert_int_equal(vocabulary_find(vocabulary, 3), VOCABULARY_UNKNOWN);
	assert_true(vocabulary_rarity(vocabulary, rare) >
		    vocabulary_rarity(vocabulary, common));
	assert_true(vocabulary_rarity(vocabulary, VOCABULARY_UNKNOWN) >
		    vocabulary_rarity(vocabulary, rare));
	vocabulary_free(vocabulary);
}

static void
thousands_of_keys_are_found_again(void **state)
{
	struct vocabulary *vocabulary = vocabulary_new();

	(void)state;
	assert_non_null(vocabulary);
	for (uint64_t key = 0; key < 5000; key++) {
		assert_int_equal(
		    vocabulary_count(vocabulary, key << 20, 0), OK);
		assert_int_equal(
		    vocabulary_count(vocabulary, key << 20, 1), OK);
	}
	assert_int_equal(vocabulary_close(vocabulary, 2, keeps_twice), OK);
	for (uint64_t key = 0; key < 5000; key++)
		assert_int_not_equal(
		    vocabulary_find(vocabulary, key << 20), VOCABULARY_UNKNOWN);
	vocabulary_free(vocabulary);
}

static void
an_extension_keeps_numbers_and_puts_new_keys_behind(void **state)
{
	enum { KEYS = 3000 };
	struct vocabulary *from = vocabulary_new();
	struct vocabulary *added = vocabulary_new();
	struct vocabulary *copy = NULL;

	(void)state;
	assert_non_null(from);
	assert_non_null(added);
	for (uint32_t i = 0; i < 2; i++) {
		assert_int_equal(vocabulary_count(from, 1, i), OK);
		assert_int_equal(vocabulary_count(from, 2, i), OK);
		for (uint64_t key = 2; key < KEYS; key++)
			assert_int_equal(vocabulary_count(added, key, i), OK);
	}
	assert_int_equal(vocabulary_close(from, 2, keeps_twice), OK);
	assert_int_equal(vocabulary_close(added, 2, keeps_twice), OK);
	assert_int_equal(vocabulary_copy(from, &copy), OK);
	assert_int_equal(vocabulary_extend(copy, added), OK);
	assert_int_equal(vocabulary_size(from), 2);
	assert_int_equal(vocabulary_size(copy), KEYS - 1);
	assert_int_equal(vocabulary_find(copy, 2), vocabulary_find(from, 2));
	for (uint64_t key = 3; key < KEYS; key++)
		assert_in_range(vocabulary_find(copy, key), 2, KEYS - 2);
	vocabulary_free(from);
	vocabulary_free(added);
	vocabulary_free(copy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_numbered_and_rare_ones_weigh_more),
		cmocka_unit_test(thousands_of_keys_are_found_again),
		cmocka_unit_test(
		    an_extension_keeps_numbers_and_puts_new_keys_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
