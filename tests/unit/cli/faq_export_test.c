/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/unit/cli/faq_folder.h"

static int
export_as(struct folder *folder, const char *format, const char *name)
{
	char path[TEMP_DIR_PATH_SIZE];

	temp_dir_file(&folder->beside, name, path);
	return folder_run(folder, cli_faq_export,
	    (const char *const[]){
		"--faq", folder->dir.path, "--format", format, path, NULL });
}

static void
the_sheet_is_one_that_excel_in_vietnam_opens(void **state)
{
	struct folder *folder = *state;
	char *text;

	assert_int_equal(export_as(folder, "csv", "a.csv"), 0);
	assert_says(folder->out, "Đã ghi 2 câu");
	text = folder_get(&folder->beside, "a.csv");
	assert_int_equal(memcmp(text, "\xEF\xBB\xBF\"Chủ đề\";", 13), 0);
	assert_says(text,
	    "\r\n\"residence\";\"Cư trú\";\"tam-tru\";"
	    "\"Đăng ký tạm trú thế nào?\";"
	    "\"tạm trú online\nở trọ khai tạm trú sao\";;;"
	    "\"Vào {{portal_url}}.\";;;;\"2026-11-24\";;;\"đang dùng\";"
	    "\"trả lời\";\"ho-kinh-doanh\";;\r\n");
	free(text);
}

static void
the_workbook_is_written_whole_and_replaces_the_old_one(void **state)
{
	struct folder *folder = *state;
	char *text;

	folder_put(&folder->beside, "a.xlsx", TEXT("old"));
	assert_int_equal(export_as(folder, "xlsx", "a.xlsx"), 0);
	text = folder_get(&folder->beside, "a.xlsx");
	assert_int_equal(memcmp(text, "PK\3\4", 4), 0);
	free(text);
}

static void
the_json_is_the_topic_files_in_one(void **state)
{
	struct folder *folder = *state;
	char *text;

	assert_int_equal(export_as(folder, "json", "a.json"), 0);
	text = folder_get(&folder->beside, "a.json");
	assert_int_equal(
	    memcmp(text, "[\n  {\n    \"topic\": \"residence\"", 30), 0);
	assert_says(text, "\"valid_until\": null");
	free(text);
}

/* Excel would cut it, and the cut would come back as a change. */
static void
a_cell_that_excel_cannot_hold_is_refused(void **state)
{
	struct folder *folder = *state;
	struct buf topic;

	buf_init(&topic, 1 << 20);
	assert_int_equal(
	    buf_add(&topic, TEXT("{\"topic\": \"big\", \"title\": \"B\", "
				 "\"entries\": [{\"id\": \"big\", "
				 "\"question\": \"q\", \"answer\": \"a\", "
				 "\"asked_as\": [\"x\"")),
	    OK);
	for (unsigned i = 0; i < 499; i++)
		assert_int_equal(
		    buf_printf(&topic, ", \"%u %0100u\"", i, i), OK);
	assert_int_equal(buf_add(&topic, TEXT("]}]}")), OK);
	folder_put(&folder->dir, "big.json", buf_view(&topic));
	buf_fini(&topic);
	assert_int_equal(export_as(folder, "csv", "a.csv"), 1);
	assert_says(folder->err, "câu “big”: cột “Cách hỏi” dài hơn một ô");
	assert_int_equal(export_as(folder, "xlsx", "a.xlsx"), 1);
	assert_says(folder->err, "câu “big”: cột “Cách hỏi” dài hơn một ô");
	assert_int_equal(export_as(folder, "json", "a.json"), 0);
}

static void
a_file_that_cannot_be_written_is_told(void **state)
{
	struct folder *folder = *state;

	assert_int_equal(folder_run(folder, cli_faq_export,
			     (const char *const[]){ "--faq", folder->dir.path,
				 "--format", "csv", "/nowhere/a.csv", NULL }),
	    1);
	assert_says(folder->err, "/nowhere/a.csv: không ghi được tệp");
	assert_int_equal(
	    folder_run(folder, cli_faq_export,
		(const char *const[]){ "--faq", folder->dir.path, "--format",
		    "json", folder->beside.path, NULL }),
	    1);
	assert_says(folder->err, "không phải là một tệp thường");
}

#define FOLDER_TEST(name)                                                      \
	cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(the_sheet_is_one_that_excel_in_vietnam_opens),
		FOLDER_TEST(
		    the_workbook_is_written_whole_and_replaces_the_old_one),
		FOLDER_TEST(the_json_is_the_topic_files_in_one),
		FOLDER_TEST(a_cell_that_excel_cannot_hold_is_refused),
		FOLDER_TEST(a_file_that_cannot_be_written_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
