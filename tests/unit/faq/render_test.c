/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "render.h"

#include <string.h>

#include "draft.h"
#include "fixture.h"
#include "tests/support/alloc_fault.h"

static void
every_entry_of_the_base_comes_back_as_it_was(void **state)
{
	struct faq *faq = NULL;
	struct buf text;

	(void)state;
	assert_int_equal(faq_load("faq", &faq, NULL), OK);
	buf_init(&text, 1 << 20);
	for (size_t i = 0; i < faq->entry_count; i++) {
		struct draft *draft = NULL;
		struct buf again;

		buf_reset(&text);
		buf_init(&again, 1 << 20);
		assert_int_equal(render_entry(&faq->entries[i], &text), OK);
		assert_int_equal(draft_read(faq, buf_view(&text), &draft), OK);
		if (draft->entry == NULL)
			fail_msg("%s: %s", text.at, draft->faults[0].text);
		assert_int_equal(render_entry(draft->entry, &again), OK);
		assert_string_equal(text.at, again.at);
		draft_free(draft);
		buf_fini(&again);
	}
	buf_fini(&text);
	faq_free(faq);
}

static void
every_key_is_written(void **state)
{
	static const char whole[] =
	    "{\"id\":\"a\",\"question\":\"A?\",\"asked_as\":[\"b\"],"
	    "\"not_asked_as\":[\"c\"],\"keywords\":[\"d\",[\"e\",\"f\"]],"
	    "\"patterns\":[\"g\"],\"answer\":\"H\",\"buttons\":[{\"title\":"
	    "\"I\",\"entry\":\"a\"},{\"title\":\"J\",\"url\":"
	    "\"https://j.vn\"}],\"kind\":\"refer\",\"related\":[\"a\"],"
	    "\"sources\":[{\"title\":\"K\",\"url\":\"https://k.vn\",\"dated\":"
	    "\"2026-01-01\"}],\"owner\":\"L\",\"reviewed\":\"2026-01-02\","
	    "\"valid_from\":\"2026-01-03\",\"valid_until\":\"2026-01-04\","
	    "\"status\":\"retired\",\"tier\":\"background\"}";
	struct faq *base = fixture_base(TOPIC(ENTRY("a") "}"));
	struct draft *draft = NULL;
	struct buf text;

	(void)state;
	buf_init(&text, 4096);
	assert_int_equal(draft_read(base, TEXT(whole), &draft), OK);
	assert_non_null(draft->entry);
	assert_int_equal(render_entry(draft->entry, &text), OK);
	assert_string_equal(text.at, whole);
	draft_free(draft);
	buf_fini(&text);
	faq_free(base);
}

static void
a_lost_allocation_is_no_lost_key(void **state)
{
	struct faq *base = fixture_base(TOPIC(
	    ENTRY("a") ", \"asked_as\": [\"b\", \"c\"], \"keywords\": [[\"d\", "
		       "\"e\"]], \"sources\": [{\"title\": \"S\"}]}"));
	struct buf want;
	bool whole = false;

	(void)state;
	buf_init(&want, 4096);
	assert_int_equal(render_entry(&base->entries[0], &want), OK);
	for (unsigned nth = 0; !whole; nth++) {
		struct buf text;
		enum result result;

		buf_init(&text, 4096);
		alloc_fault_arm(nth);
		result = render_entry(&base->entries[0], &text);
		whole = !alloc_fault_fired();
		if (result == OK)
			assert_string_equal(text.at, want.at);
		else
			assert_int_equal(result, ERR_NOMEM);
		buf_fini(&text);
	}
	buf_fini(&want);
	faq_free(base);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_entry_of_the_base_comes_back_as_it_was),
		cmocka_unit_test(every_key_is_written),
		cmocka_unit_test(a_lost_allocation_is_no_lost_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
