/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "src/match/weights.h"

enum { FEATURES = 3 };

static struct weights *
new_weights(uint16_t class_count)
{
	struct weights *weights = NULL;

	assert_int_equal(weights_new(FEATURES, class_count, &weights), OK);
	return weights;
}

static void
change(struct weights *weights, uint32_t feature, uint16_t class, float by)
{
	assert_int_equal(weights_add(weights,
			     (struct weights_place){ feature, class }, by, 0),
	    OK);
}

static void
every_weight_is_kept_however_full_its_row(void **state)
{
	static const uint16_t class_counts[] = { 1, 2, 7, 8, 100, 249 };

	(void)state;
	for (size_t i = 0; i < sizeof(class_counts) / sizeof(class_counts[0]);
	     i++) {
		uint16_t count = class_counts[i];
		struct weights *weights = new_weights(count);

		for (uint16_t class = 0; class < count; class ++) {
			change(weights, 0, class, 1);
			change(weights, 0, class, (float)class);
		}
		change(weights, 1, (uint16_t)(count - 1), 5);
		weights_settle(weights, 1);
		for (uint16_t class = 0; class < count; class ++)
			assert_true(weights_of(weights,
					(struct weights_place){ 0, class }) ==
				    (float)class + 1);
		assert_true(
		    weights_of(weights, (struct weights_place){
					    1, (uint16_t)(count - 1) }) == 5);
		weights_free(weights);
	}
}

static void
scores_add_up_sparse_and_full_rows(void **state)
{
	enum { CLASSES = 100 };
	struct weights *weights = new_weights(CLASSES);
	uint32_t numbers[] = { 0, 1 };
	float values[] = { 1, 0.5F };
	struct vector vector = { .number = numbers, .x = values, .count = 2 };
	float scores[WEIGHTS_ROOM(CLASSES)] = { 0 };

	(void)state;
	for (uint16_t class = 0; class < CLASSES; class ++)
		change(weights, 0, class, (float)class);
	change(weights, 1, 7, 4);
	weights_settle(weights, 1);
	weights_score(weights, &vector, 2, 2, scores);
	assert_true(scores[6] == 12);
	assert_true(scores[7] == 14 + 4);
	weights_score(weights, &vector, 1, 1, scores);
	assert_true(scores[7] == 18 + 7);
	weights_free(weights);
}

static void
the_average_over_all_steps_is_kept(void **state)
{
	struct weights *weights = new_weights(2);
	struct weights_place place = { 0, 1 };

	(void)state;
	/* 1 during the first of four steps, 3 from the second on. */
	assert_int_equal(weights_add(weights, place, 1, 0), OK);
	assert_int_equal(weights_add(weights, place, 2, 1), OK);
	weights_settle(weights, 4);
	assert_true(weights_of(weights, place) == 2.5F);
	weights_free(weights);
}

static void
a_row_has_a_ceiling(void **state)
{
	struct weights *weights = new_weights(5000);
	size_t kept = 0;

	(void)state;
	for (uint16_t class = 0; class < 5000; class ++)
		change(weights, 0, class, 1);
	for (uint16_t class = 0; class < 5000; class ++)
		kept +=
		    weights_of(weights, (struct weights_place){ 0, class }) != 0
			? 1
			: 0;
	assert_true(kept >= 100 && kept <= 256);
	weights_free(weights);
}

static void
packing_changes_nothing_and_clearing_forgets_all(void **state)
{
	const uint16_t class_count = 40;
	struct weights *weights = new_weights(class_count);

	(void)state;
	for (uint16_t round = 0; round < 2; round++) {
		weights_clear(weights);
		for (uint16_t class = round; class < 20; class ++)
			change(weights, class % FEATURES, class,
			    (float)(class + 1));
		weights_settle(weights, 1);
	}
	assert_int_equal(weights_pack(weights), OK);
	for (uint16_t class = 0; class < class_count; class ++)
		assert_true(
		    weights_of(weights,
			(struct weights_place){ class % FEATURES, class }) ==
		    (class >= 1 && class < 20 ? (float)(class + 1) : 0));
	weights_free(weights);
}

static void
a_copy_moves_classes_and_leaves_out_those_that_are_gone(void **state)
{
	static const uint16_t class_map[] = { 1, UINT16_MAX, 0 };
	const struct weights_shape shape = { FEATURES + 1, 2 };
	struct weights *from = new_weights(3);
	struct weights *copy = NULL;

	(void)state;
	for (uint16_t class = 0; class < 3; class ++)
		change(from, 1, class, (float)class + 1);
	assert_int_equal(weights_pack(from), OK);
	assert_int_equal(weights_copy(from, class_map, &shape, &copy), OK);
	change(copy, FEATURES, 0, 7);
	assert_true(weights_of(copy, (struct weights_place){ 1, 0 }) == 3);
	assert_true(weights_of(copy, (struct weights_place){ 1, 1 }) == 1);
	assert_true(weights_of(copy, (struct weights_place){ 0, 0 }) == 0);
	assert_true(
	    weights_of(copy, (struct weights_place){ FEATURES, 0 }) == 7);
	weights_free(from);
	weights_free(copy);
}

static void
a_copy_has_room_where_a_row_was_at_its_ceiling(void **state)
{
	enum { CLASSES = 1000 };
	static uint16_t class_map[CLASSES];
	const struct weights_shape shape = { FEATURES, CLASSES };
	const struct weights_place late = { 0, CLASSES - 1 };
	struct weights *from = new_weights(CLASSES);
	struct weights *copy = NULL;

	(void)state;
	for (uint16_t class = 0; class < CLASSES; class ++) {
		class_map[class] = class;
		change(from, 0, class, 1);
	}
	assert_int_equal(weights_pack(from), OK);
	assert_true(weights_of(from, late) == 0);
	assert_int_equal(weights_copy(from, class_map, &shape, &copy), OK);
	change(copy, 0, CLASSES - 1, 7);
	assert_true(weights_of(copy, late) == 7);
	weights_free(from);
	weights_free(copy);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_weight_is_kept_however_full_its_row),
		cmocka_unit_test(scores_add_up_sparse_and_full_rows),
		cmocka_unit_test(the_average_over_all_steps_is_kept),
		cmocka_unit_test(a_row_has_a_ceiling),
		cmocka_unit_test(
		    packing_changes_nothing_and_clearing_forgets_all),
		cmocka_unit_test(
		    a_copy_moves_classes_and_leaves_out_those_that_are_gone),
		cmocka_unit_test(
		    a_copy_has_room_where_a_row_was_at_its_ceiling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
