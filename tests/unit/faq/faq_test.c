/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

/* An empty base with ENTRIES, which the test owns. */
static struct faq *
base_of(struct faq_entry *entries, size_t count)
{
	struct faq *faq = faq_new();

	assert_non_null(faq);
	faq->entries = entries;
	faq->entry_count = count;
	return faq;
}

static void
an_entry_is_found_by_its_id_sealed_or_not(void **state)
{
	static struct faq_entry entries[] = {
		{ .id = { "m", 1 } },
		{ .id = { "b", 1 } },
		{ .id = { "ba", 2 } },
		{ .id = { "b", 1 }, .line = 7 },
		{ .id = { "z", 1 } },
	};
	static const struct {
		const char *id;
		const struct faq_entry *want;
	} cases[] = {
		{ "m", &entries[0] },
		{ "b", &entries[1] }, /* the first of two */
		{ "ba", &entries[2] },
		{ "z", &entries[4] },
		{ "a", NULL },
		{ "c", NULL },
		{ "zz", NULL },
		{ "", NULL },
	};
	struct faq *faq = base_of(entries, COUNT_OF(entries));

	(void)state;
	for (int sealed = 0; sealed < 2; sealed++) {
		for (size_t i = 0; i < COUNT_OF(cases); i++)
			assert_ptr_equal(
			    faq_find(faq, text_of(cases[i].id)), cases[i].want);
		assert_int_equal(faq_seal(faq), OK);
	}
	faq_free(faq);
}

static void
nothing_is_found_in_an_empty_base(void **state)
{
	struct faq *faq = faq_new();

	(void)state;
	assert_null(faq_find(faq, TEXT("a")));
	assert_int_equal(faq_seal(faq), OK);
	assert_null(faq_find(faq, TEXT("a")));
	faq_free(faq);
	faq_free(NULL);
}

static void
an_entry_lives_from_its_first_day_to_its_last(void **state)
{
	static const struct {
		const char *from;
		const char *until;
		enum entry_status status;
		bool live;
	} cases[] = {
		{ "", "", ENTRY_PUBLISHED, true },
		{ "", "", ENTRY_DRAFT, false },
		{ "", "", ENTRY_RETIRED, false },
		{ "2026-11-24", "", ENTRY_PUBLISHED, true },
		{ "2026-11-25", "", ENTRY_PUBLISHED, false },
		{ "", "2026-11-24", ENTRY_PUBLISHED, true },
		{ "", "2026-11-23", ENTRY_PUBLISHED, false },
		{ "2026-11-24", "2026-11-24", ENTRY_PUBLISHED, true },
		{ "2026-11-24", "2026-11-24", ENTRY_DRAFT, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct faq_entry entry = {
			.valid_from = text_of(cases[i].from),
			.valid_until = text_of(cases[i].until),
			.status = cases[i].status,
		};

		assert_int_equal(
		    faq_entry_live(&entry, "2026-11-24"), cases[i].live);
	}
}

static void
a_folder_that_is_not_there_loads_nothing(void **state)
{
	struct complaint why = { .line = 0 };
	struct faq *faq = NULL;

	(void)state;
	assert_int_equal(faq_load("no/such/folder", &faq, &why), ERR_IO);
	assert_null(faq);
	assert_string_equal(why.file, "no/such/folder");
}

/* The base that ships: it loads, and none of its answers has a hole, neither
 * today nor after every review is overdue. */
static void
the_shipped_base_answers_on_every_day(void **state)
{
	static const char *const days[] = { "2000-01-01", "2026-11-24",
		"2999-12-31" };
	struct complaint why = { .line = 0 };
	struct arena arena;
	struct faq *faq;

	(void)state;
	if (faq_load("faq", &faq, &why) != OK)
		fail_msg("%s:%u: %s", why.file, why.line, why.text);
	assert_true(faq->entry_count > 0);
	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < faq->entry_count * COUNT_OF(days); i++) {
		const struct faq_entry *entry = &faq->entries[i / 3];
		struct reply reply;

		assert_int_equal(
		    faq_answer(faq, entry, days[i % 3], &arena, &reply), OK);
		assert_int_equal(text_find(reply.text, TEXT("{{")), SIZE_MAX);
		assert_in_range(reply.button_count, 0, FAQ_BUTTONS_MAX);
		arena_reset(&arena);
	}
	arena_fini(&arena);
	faq_free(faq);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_entry_is_found_by_its_id_sealed_or_not),
		cmocka_unit_test(nothing_is_found_in_an_empty_base),
		cmocka_unit_test(an_entry_lives_from_its_first_day_to_its_last),
		cmocka_unit_test(a_folder_that_is_not_there_loads_nothing),
		cmocka_unit_test(the_shipped_base_answers_on_every_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
