/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/review/map.h"

#include "tests/support/cmocka_all.h"

enum { KEYS = 300, STEPS = 20000 };

/* Many keys come and go; a plain array tells what must be there. */
static void
a_map_holds_what_was_put_and_not_removed(void **state)
{
	uint32_t wanted[KEYS];
	struct map map = { .used = 0 };
	uint32_t dice = 1;
	size_t held = 0;

	(void)state;
	for (size_t i = 0; i < KEYS; i++)
		wanted[i] = MAP_NONE;
	for (uint32_t step = 0; step < STEPS; step++) {
		size_t key;

		dice = dice * 1664525 + 1013904223;
		key = (dice >> 8) % KEYS;
		/* Keys that stand in one run. */
		if (dice >> 31 == 0) {
			assert_int_equal(map_put(&map, key * 512, step), OK);
			held += wanted[key] == MAP_NONE ? 1 : 0;
			wanted[key] = step;
		} else {
			map_remove(&map, key * 512);
			held -= wanted[key] == MAP_NONE ? 0 : 1;
			wanted[key] = MAP_NONE;
		}
		assert_int_equal(map.used, held);
		assert_int_equal(map_find(&map, key * 512), wanted[key]);
	}
	for (size_t i = 0; i < KEYS; i++)
		assert_int_equal(map_find(&map, i * 512), wanted[i]);
	map_fini(&map);
}

static void
an_empty_map_holds_nothing(void **state)
{
	struct map map = { .used = 0 };

	(void)state;
	assert_int_equal(map_find(&map, 1), MAP_NONE);
	map_remove(&map, 1);
	map_fini(&map);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_map_holds_what_was_put_and_not_removed),
		cmocka_unit_test(an_empty_map_holds_nothing),
	};

	return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
