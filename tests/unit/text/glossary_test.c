/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "glossary.h"
#include "tests/support/alloc_fault.h"

#include <stdio.h>

struct fixture {
	struct glossary *glossary;
	struct arena arena;
	struct tokens tokens;
};

static void
add(struct fixture *fixture, const char *written, const char *meaning)
{
	struct text_view means = text_of(meaning);

	assert_int_equal(
	    glossary_add(fixture->glossary, text_of(written), &means, 1), OK);
}

static struct fixture
start(const char *message)
{
	struct fixture fixture = { .glossary = glossary_new() };

	assert_non_null(fixture.glossary);
	arena_init(&fixture.arena, 1 << 20);
	assert_int_equal(
	    tokens_read(text_of(message), &fixture.arena, &fixture.tokens), OK);
	return fixture;
}

static void
end(struct fixture *fixture)
{
	glossary_free(fixture->glossary);
	arena_fini(&fixture->arena);
}

static void
assert_meaning(const struct fixture *fixture, size_t at, const char *want)
{
	const struct glossary_line *line =
	    glossary_find(fixture->glossary, &fixture->tokens, at);

	assert_non_null(line);
	assert_true(text_is(line->means[0].at[0].accented, want));
}

static void
the_longest_written_form_wins(void **state)
{
	struct fixture fixture = start("v n e i d la gi");

	(void)state;
	add(&fixture, "v", "vậy");
	add(&fixture, "v n e i d", "vneid");
	assert_meaning(&fixture, 0, "vneid");
	assert_null(glossary_find(fixture.glossary, &fixture.tokens, 5));
	end(&fixture);
}

static void
accents_that_were_typed_must_agree(void **state)
{
	struct fixture fixture = start("hông hong hồng");

	(void)state;
	add(&fixture, "hông", "không");
	assert_meaning(&fixture, 0, "không");
	assert_meaning(&fixture, 1, "không");
	assert_null(glossary_find(fixture.glossary, &fixture.tokens, 2));
	end(&fixture);
}

static void
only_whole_words_are_found(void **state)
{
	struct fixture fixture = start("kounde koun de");

	(void)state;
	add(&fixture, "ko", "không");
	for (size_t i = 0; i < fixture.tokens.count; i++)
		assert_null(
		    glossary_find(fixture.glossary, &fixture.tokens, i));
	end(&fixture);
}

static void
a_line_without_words_is_refused(void **state)
{
	struct fixture fixture = start("");
	struct text_view word = TEXT("không");
	struct text_view none = TEXT("...");

	(void)state;
	assert_int_equal(
	    glossary_add(fixture.glossary, none, &word, 1), ERR_INVALID);
	assert_int_equal(
	    glossary_add(fixture.glossary, word, &none, 1), ERR_INVALID);
	end(&fixture);
}

static void
it_grows_past_its_first_size(void **state)
{
	struct fixture fixture = start("w700");

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		char written[16];
		char meaning[16];

		(void)snprintf(written, sizeof(written), "w%u", i);
		(void)snprintf(meaning, sizeof(meaning), "m%u", i);
		add(&fixture, written, meaning);
	}
	assert_meaning(&fixture, 0, "m700");
	end(&fixture);
}

static void
every_failed_allocation_is_reported(void **state)
{
	struct text_view means[] = { TEXT("đăng ký"), TEXT("điều kiện") };
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct glossary *glossary;
		enum result result = ERR_NOMEM;

		alloc_fault_arm(nth);
		glossary = glossary_new();
		if (glossary != NULL)
			result = glossary_add(glossary, TEXT("đk"), means, 2);
		reached_the_end = !alloc_fault_fired();
		alloc_fault_disarm();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		glossary_free(glossary);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_longest_written_form_wins),
		cmocka_unit_test(accents_that_were_typed_must_agree),
		cmocka_unit_test(only_whole_words_are_found),
		cmocka_unit_test(a_line_without_words_is_refused),
		cmocka_unit_test(it_grows_past_its_first_size),
		cmocka_unit_test(every_failed_allocation_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
