/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include "src/cli/labelled.h"
#include "tests/support/alloc_fault.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Read TEXT as a file would be. */
static enum result
read_text(const char *text, struct labelled *labelled, struct complaint *why)
{
	char file[] = "/tmp/labelled-XXXXXX";
	int fd = mkstemp(file);
	size_t len = strlen(text);
	enum result result;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, len), len);
	assert_int_equal(close(fd), 0);
	result = labelled_read(file, labelled, why);
	assert_int_equal(unlink(file), 0);
	return result;
}

static void
lines_have_a_label_a_text_and_perhaps_a_style(void **state)
{
	struct labelled labelled;

	(void)state;
	assert_int_equal(
	    read_text("tạm-trú\tkhai tạm trú\tshort\r\n\nnone\tmưa không\n"
		      "b\tcuối cùng",
		&labelled, NULL),
	    OK);
	assert_int_equal(labelled.count, 3);
	assert_true(text_is(labelled.lines[0].label, "tạm-trú"));
	assert_true(text_is(labelled.lines[0].text, "khai tạm trú"));
	assert_true(text_is(labelled.lines[0].style, "short"));
	assert_true(labelled.lines[0].in_scope);
	assert_false(labelled.lines[1].in_scope);
	assert_int_equal(labelled.lines[1].style.len, 0);
	assert_true(text_is(labelled.lines[2].text, "cuối cùng"));
	labelled_fini(&labelled);
}

static void
what_is_no_labelled_line_is_refused_with_its_number(void **state)
{
	static const struct {
		const char *text;
		unsigned line;
	} cases[] = {
		{ "a\tb\nno tab\n", 2 },
		{ "\tno label\n", 1 },
		{ "a\tb\na\tb\na\t\xFF\n", 3 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct labelled labelled;
		struct complaint why = { 0 };

		assert_int_equal(
		    read_text(cases[i].text, &labelled, &why), ERR_INVALID);
		assert_int_equal(why.line, cases[i].line);
		labelled_fini(&labelled);
	}
}

static void
a_missing_file_is_named(void **state)
{
	struct labelled labelled;
	struct complaint why = { 0 };

	(void)state;
	assert_int_equal(
	    labelled_read("/nowhere/at/all.tsv", &labelled, &why), ERR_IO);
	assert_non_null(strstr(why.file, "/nowhere/at/all.tsv"));
	labelled_fini(&labelled);
}

static void
a_base_has_an_entry_for_each_label(void **state)
{
	struct labelled labelled;
	struct faq *faq;

	(void)state;
	assert_int_equal(
	    read_text("b\tb1\na\ta1\nb\tb2\nnone\tx\nb\tb3\n", &labelled, NULL),
	    OK);
	assert_int_equal(labelled_base(&labelled, &faq), OK);
	assert_int_equal(faq->entry_count, 2);
	assert_true(text_is(faq->entries[0].id, "b"));
	assert_true(text_is(faq->entries[0].question, "b1"));
	assert_int_equal(faq->entries[0].asked_as.count, 2);
	assert_true(text_is(faq->entries[0].asked_as.at[1], "b3"));
	assert_true(text_is(faq->entries[1].id, "a"));
	assert_int_equal(faq->entries[1].asked_as.count, 0);
	assert_int_equal(faq->off_topic.count, 1);
	assert_true(text_is(faq->off_topic.at[0], "x"));
	faq_free(faq);
	labelled_fini(&labelled);
}

static void
every_failed_allocation_is_reported(void **state)
{
	bool reached_the_end = false;

	(void)state;
	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct labelled labelled;
		struct faq *faq = NULL;
		enum result result;

		assert_int_equal(
		    read_text("a\ta1\na\ta2\nnone\tx\n", &labelled, NULL), OK);
		alloc_fault_arm(nth);
		result = labelled_base(&labelled, &faq);
		reached_the_end = !alloc_fault_fired();
		alloc_fault_disarm();
		assert_int_equal(result, reached_the_end ? OK : ERR_NOMEM);
		if (result == OK)
			faq_free(faq);
		labelled_fini(&labelled);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_have_a_label_a_text_and_perhaps_a_style),
		cmocka_unit_test(
		    what_is_no_labelled_line_is_refused_with_its_number),
		cmocka_unit_test(a_missing_file_is_named),
		cmocka_unit_test(a_base_has_an_entry_for_each_label),
		cmocka_unit_test(every_failed_allocation_is_reported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
