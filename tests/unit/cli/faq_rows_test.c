/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "src/cli/faq_catalogue.h"
#include "src/cli/faq_rows.h"
#include "tests/support/alloc_fault.h"

#define SHEET                                                                          \
	"\xEF\xBB\xBFMã;Chủ đề;Câu hỏi;Từ khóa;Nút;Nguồn;Ngày đối " \
	"chiếu;Trạng thái\r\n"                                                    \
	"a;shop;Hỏi?;\"x + y\nz\";Mở | b;Luật | 1/7/2025;24/11/2026;nháp\r\n"   \
	"b;;;;;;;\r\n"

static void
a_row_has_its_names_apart_and_nothing_else_is_guessed(void **state)
{
	struct complaint why = { .text = "" };
	struct faq_faults faults;
	struct faq_rows rows;
	char *text;

	(void)state;
	faq_faults_init(&faults, "a.csv");
	faq_rows_init(&rows);
	assert_int_equal(
	    faq_rows_read_csv(TEXT(SHEET), &rows, &faults, &why), OK);
	assert_int_equal(faults.count, 0);
	assert_int_equal(rows.count, 2);
	assert_string_equal(rows.at[0].topic, "shop");
	assert_null(rows.at[0].title);
	assert_string_equal(rows.at[1].topic, "");
	assert_int_equal(rows.at[1].number, 3);
	assert_false(rows.at[0].whole);
	text = json_dumps(rows.at[0].entry, JSON_COMPACT);
	assert_string_equal(text,
	    "{\"id\":\"a\",\"question\":\"Hỏi?\","
	    "\"keywords\":[[\"x\",\"y\"],\"z\"],"
	    "\"buttons\":[{\"title\":\"Mở\",\"entry\":\"b\"}],"
	    "\"sources\":[{\"title\":\"Luật\",\"dated\":\"2025-07-01\"}],"
	    "\"reviewed\":\"2026-11-24\",\"status\":\"draft\"}");
	free(text);
	faq_rows_fini(&rows);
	faq_faults_fini(&faults);
}

static void
walk(enum result (*read)(struct text_view bytes, struct faq_rows *rows,
	 struct faq_faults *faults, struct complaint *why),
    struct text_view sheet)
{
	bool reached_the_end = false;

	for (unsigned nth = 0; !reached_the_end; nth++) {
		struct complaint why = { .text = "" };
		struct faq_faults faults;
		struct faq_rows rows;
		enum result result;

		faq_faults_init(&faults, "a.csv");
		faq_rows_init(&rows);
		alloc_fault_arm(nth);
		result = read(sheet, &rows, &faults, &why);
		reached_the_end = !alloc_fault_fired();
		alloc_fault_disarm();
		if (reached_the_end)
			assert_true(result == OK && faults.count == 0);
		else
			assert_true(result == OK || result == ERR_NOMEM ||
				    faults.count > 0);
		faq_rows_fini(&rows);
		faq_faults_fini(&faults);
	}
}

static void
every_allocation_may_fail(void **state)
{
	(void)state;
	json_set_alloc_funcs(malloc, free);
	walk(faq_rows_read_csv, TEXT(SHEET));
	walk(faq_catalogue_read,
	    TEXT("code;name;fee;link\n1.004222;Kết hôn;0;https://a.vn\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_row_has_its_names_apart_and_nothing_else_is_guessed),
		cmocka_unit_test(every_allocation_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
