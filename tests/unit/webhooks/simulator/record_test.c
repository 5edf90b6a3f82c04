/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/alloc_fault.h"
#include "tests/support/cmocka_all.h"
#include "webhooks/simulator/record.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void
add(struct sim_record *record, const char *json)
{
	json_t *row = json_loads(json, 0, NULL);

	assert_non_null(row);
	assert_int_equal(sim_record_add(record, row), OK);
	json_decref(row);
}

static void
expect(const struct sim_record *record, uint64_t after, size_t count_max,
    const char *want)
{
	struct arena arena;
	struct text_view rows;

	arena_init(&arena, 65536);
	assert_int_equal(
	    sim_record_list(record, after, count_max, &arena, &rows), OK);
	assert_int_equal(rows.len, strlen(want));
	assert_memory_equal(rows.at, want, rows.len);
	arena_fini(&arena);
}

static void
rows_are_numbered_and_listed_in_order(void **state)
{
	struct sim_record record;

	(void)state;
	assert_int_equal(sim_record_init(&record, 10, 10000), OK);
	expect(&record, 0, 10, "[]");
	add(&record, "{}");
	add(&record, "{}");
	add(&record, "{}");
	expect(&record, 0, 10, "[{\"n\":1},{\"n\":2},{\"n\":3}]");
	expect(&record, 1, 1, "[{\"n\":2}]");
	expect(&record, 3, 10, "[]");
	expect(&record, 99, 10, "[]");
	sim_record_fini(&record);
}

static void
the_oldest_rows_make_room(void **state)
{
	struct sim_record record;

	(void)state;
	assert_int_equal(sim_record_init(&record, 2, 10000), OK);
	for (int i = 0; i < 5; i++)
		add(&record, "{}");
	expect(&record, 0, 10, "[{\"n\":4},{\"n\":5}]");
	sim_record_fini(&record);
}

static void
the_ceiling_in_bytes_holds(void **state)
{
	struct sim_record record;
	json_t *large = json_pack("{s:s}", "text", "01234567890123456789");

	(void)state;
	assert_int_equal(sim_record_init(&record, 100, 20), OK);
	for (int i = 0; i < 5; i++)
		add(&record, "{}");
	assert_true(record.bytes <= 20);
	expect(&record, 0, 10, "[{\"n\":4},{\"n\":5}]");
	assert_int_equal(sim_record_add(&record, large), ERR_TOO_LARGE);
	expect(&record, 0, 10, "[{\"n\":4},{\"n\":5}]");
	json_decref(large);
	sim_record_fini(&record);
}

static void
numbers_go_on_after_clearing(void **state)
{
	struct sim_record record;

	(void)state;
	assert_int_equal(sim_record_init(&record, 10, 10000), OK);
	add(&record, "{}");
	sim_record_clear(&record);
	assert_int_equal(record.bytes, 0);
	expect(&record, 0, 10, "[]");
	add(&record, "{}");
	expect(&record, 0, 10, "[{\"n\":2}]");
	sim_record_fini(&record);
}

static void
running_out_of_memory_keeps_the_rows(void **state)
{
	struct sim_record record;
	bool reached_the_end = false;

	(void)state;
	assert_int_equal(sim_record_init(&record, 10, 10000), OK);
	add(&record, "{}");
	for (unsigned nth = 0; !reached_the_end; nth++) {
		json_t *row = json_pack("{s:s}", "text", "chào");
		enum result result;

		assert_non_null(row);
		alloc_fault_arm(nth);
		result = sim_record_add(&record, row);
		reached_the_end = !alloc_fault_fired();
		alloc_fault_disarm();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		assert_int_equal(record.last, reached_the_end ? 2 : 1);
		json_decref(row);
	}
	sim_record_fini(&record);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_numbered_and_listed_in_order),
		cmocka_unit_test(the_oldest_rows_make_room),
		cmocka_unit_test(the_ceiling_in_bytes_holds),
		cmocka_unit_test(numbers_go_on_after_clearing),
		cmocka_unit_test(running_out_of_memory_keeps_the_rows),
	};

	json_set_alloc_funcs(malloc, free);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
