/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "match.h"
#include "small_base.h"

#include <math.h>
#include <string.h>

static struct match_explanation
explain(const struct faq *faq, const char *question, const char *id,
    struct arena *arena)
{
	struct match_index *index = NULL;
	struct match_explanation explanation;

	assert_int_equal(match_index_new(faq, "2026-11-24", &index, NULL), OK);
	assert_int_equal(match_explain(index, text_of(question),
			     faq_find(faq, text_of(id)), arena, &explanation),
	    OK);
	match_index_free(index);
	return explanation;
}

static void
the_words_that_spoke_for_an_entry_are_named_as_typed(void **state)
{
	struct faq *faq = small_base();
	struct arena arena;
	struct match_explanation explanation;
	double all = 0;
	bool named = false;

	(void)state;
	arena_init(&arena, MATCH_ARENA_BYTES_MAX);
	explanation =
	    explain(faq, "Em QUÊN Mật Khẩu rồi", "quen-mat-khau", &arena);
	assert_true(explanation.count > 0);
	for (size_t i = 0; i < explanation.count; i++) {
		const struct match_reason *reason = &explanation.reasons[i];

		assert_string_equal(reason->kind, "words");
		if (i > 0)
			assert_true(fabs(reason->weight) <=
				    fabs(explanation.reasons[i - 1].weight));
		named = named || (text_is(reason->phrase, "Mật Khẩu") &&
				     reason->weight > 0);
		all += fabs(reason->weight);
	}
	assert_true(named);
	assert_true(all <= 1.000001);
	arena_fini(&arena);
	faq_free(faq);
}

static void
keywords_and_patterns_are_reasons(void **state)
{
	static const struct {
		const char *question;
		const char *id;
		const char *kind;
	} cases[] = {
		{ "nhà trọ báo tạm trú", "dang-ky-tam-tru", "keyword" },
		{ "smartca", "chu-ky-so", "pattern" },
	};
	struct faq *faq = small_base();
	struct arena arena;

	(void)state;
	arena_init(&arena, MATCH_ARENA_BYTES_MAX);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct match_explanation explanation =
		    explain(faq, cases[i].question, cases[i].id, &arena);
		bool found = false;

		for (size_t k = 0; k < explanation.count; k++)
			found = found || strcmp(explanation.reasons[k].kind,
					     cases[i].kind) == 0;
		assert_true(found);
	}
	arena_fini(&arena);
	faq_free(faq);
}

static void
an_empty_message_has_no_reasons(void **state)
{
	struct faq *faq = small_base();
	struct arena arena;

	(void)state;
	arena_init(&arena, MATCH_ARENA_BYTES_MAX);
	assert_int_equal(explain(faq, "...", "chu-ky-so", &arena).count, 0);
	arena_fini(&arena);
	faq_free(faq);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    the_words_that_spoke_for_an_entry_are_named_as_typed),
		cmocka_unit_test(keywords_and_patterns_are_reasons),
		cmocka_unit_test(an_empty_message_has_no_reasons),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
