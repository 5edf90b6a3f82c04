/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/unit/cli/faq_folder.h"

#include <sys/stat.h>

#include "tests/support/procedures.h"

/* ---- round trips ---- */

static void
import_back(struct folder *folder, const char *from, const char *format,
    const char *into, const char *option)
{
	char path[TEMP_DIR_PATH_SIZE];
	char name[32];

	(void)snprintf(name, sizeof(name), "all.%s", format);
	temp_dir_file(&folder->beside, name, path);
	assert_int_equal(folder_run(folder, cli_faq_export,
			     (const char *const[]){ "--faq", from, "--format",
				 format, path, NULL }),
	    0);
	if (folder_run(folder, cli_faq_import,
		(const char *const[]){ "--faq", into, path, option, NULL }) !=
	    0)
		fail_msg("%s", folder->err);
}

static void
the_shipped_base_goes_out_and_in_without_a_change(void **state)
{
	static const char *const formats[] = { "csv", "json" };

	for (size_t i = 0; i < COUNT_OF(formats); i++) {
		import_back(*state, "faq", formats[i], "faq", "--dry-run");
		assert_says(
		    ((struct folder *)*state)->out, "Không có gì thay đổi");
	}
}

static void
copy_file(const struct temp_dir *to, const char *name)
{
	char path[64];
	struct buf text;

	(void)snprintf(path, sizeof(path), "faq/%s", name);
	buf_init(&text, (size_t)8 << 20);
	assert_int_equal(faq_file_read(path, &text, NULL), OK);
	folder_put(to, name, buf_view(&text));
	buf_fini(&text);
}

/* Only what is no entry is there already. */
static void
build_anew(struct folder *folder, const char *format, struct temp_dir *dir)
{
	char want[17];
	char got[17];

	temp_dir_make(dir);
	copy_file(dir, "locality.json");
	copy_file(dir, "lexicon.json");
	copy_file(dir, "off-topic.json");

	import_back(folder, "faq", format, dir->path, NULL);
	copy_file(dir, "profile.json"); /* names entries */
	folder_version("faq", want);
	folder_version(dir->path, got);
	assert_string_equal(got, want);
}

static void
an_exported_base_can_be_built_anew_from_its_sheet(void **state)
{
	struct temp_dir dir;

	build_anew(*state, "csv", &dir);
	temp_dir_remove(&dir);
}

static void
a_topic_file_built_anew_from_json_is_the_same_byte_for_byte(void **state)
{
	const struct temp_dir shipped = { "faq" };
	struct temp_dir dir;
	char *want;
	char *got;

	build_anew(*state, "json", &dir);
	want = folder_get(&shipped, "support.json");
	got = folder_get(&dir, "support.json");
	assert_string_equal(got, want);
	free(want);
	free(got);
	temp_dir_remove(&dir);
}

/* ---- changes ---- */

static void
a_changed_cell_changes_only_its_key(void **state)
{
	struct folder *folder = *state;
	char *text;

	assert_int_equal(folder_import(folder, "a.csv",
			     "Mã;Câu hỏi;Ngày đối chiếu\r\n"
			     "tam-tru;Khai tạm trú sao?;24/11/2026\r\n",
			     NULL),
	    0);
	assert_says(folder->out, "sửa   tam-tru  (Câu hỏi)");
	assert_says(folder->out, "Đã thêm 0 câu, sửa 1 câu, giữ nguyên 0 câu");
	text = folder_get(&folder->dir, "residence.json");
	assert_string_equal(text,
	    "{\n  \"topic\": \"residence\",\n  \"title\": \"Cư trú\",\n"
	    "  \"entries\": [\n    {\n"
	    "      \"id\": \"tam-tru\",\n"
	    "      \"question\": \"Khai tạm trú sao?\",\n"
	    "      \"asked_as\": [\n        \"tạm trú online\",\n"
	    "        \"ở trọ khai tạm trú sao\"\n      ],\n"
	    "      \"answer\": \"Vào {{portal_url}}.\",\n"
	    "      \"related\": [\n        \"ho-kinh-doanh\"\n      ],\n"
	    "      \"reviewed\": \"2026-11-24\",\n"
	    "      \"valid_until\": null\n    }\n  ]\n}\n");
	free(text);
	folder_has_no_leftovers(folder);
}

static void
an_empty_cell_takes_the_key_out(void **state)
{
	struct folder *folder = *state;
	char *text;

	assert_int_equal(folder_import(folder, "a.csv",
			     "id;reviewed;related\ntam-tru;;\n", NULL),
	    0);
	text = folder_get(&folder->dir, "residence.json");
	assert_null(strstr(text, "reviewed"));
	assert_null(strstr(text, "related"));
	assert_non_null(strstr(text, "valid_until"));
	free(text);
}

static void
a_new_id_is_added_to_its_topic_and_a_new_topic_is_made(void **state)
{
	struct folder *folder = *state;
	char *text;

	assert_int_equal(folder_import(folder, "a.csv",
			     "topic;topic_title;id;question;answer;asked_as\n"
			     "shop;;thue;Thuế gì?;Hỏi {{portal_url}};thuế má\n"
			     "fees;Lệ phí;phi;Phí gì?;Không thu;\n",
			     NULL),
	    0);
	text = folder_get(&folder->dir, "shop.json");
	assert_says(text, "\"id\": \"thue\"");
	assert_says(text, "\"thuế má\"");
	free(text);
	text = folder_get(&folder->dir, "fees.json");
	assert_string_equal(text,
	    "{\n  \"topic\": \"fees\",\n  \"title\": \"Lệ phí\",\n"
	    "  \"entries\": [\n    {\n      \"id\": \"phi\",\n"
	    "      \"question\": \"Phí gì?\",\n"
	    "      \"answer\": \"Không thu\"\n    }\n  ]\n}\n");
	free(text);
}

static void
a_new_entry_may_name_another_new_one(void **state)
{
	struct folder *folder = *state;

	assert_int_equal(folder_import(folder, "a.csv",
			     "topic;id;question;answer;buttons\n"
			     "shop;a;Hỏi a?;Đáp;Xem b | b\n"
			     "shop;b;Hỏi b?;Đáp;Xem a | a\n",
			     NULL),
	    0);
}

static void
a_dry_run_tells_and_writes_nothing(void **state)
{
	struct folder *folder = *state;
	char before[17];
	char after[17];

	folder_version(folder->dir.path, before);
	assert_int_equal(folder_import(folder, "a.csv",
			     "id;question\ntam-tru;Khác?\n", "--dry-run"),
	    0);
	assert_says(folder->out, "sửa   tam-tru  (Câu hỏi)");
	assert_says(folder->out, "Chưa ghi gì");
	folder_version(folder->dir.path, after);
	assert_string_equal(before, after);
	folder_has_no_leftovers(folder);
}

static void
a_file_keeps_its_permissions(void **state)
{
	struct folder *folder = *state;
	char path[TEMP_DIR_PATH_SIZE];
	struct stat status;

	temp_dir_file(&folder->dir, "residence.json", path);
	assert_int_equal(chmod(path, 0640), 0);
	assert_int_equal(folder_import(folder, "a.csv",
			     "id;question\ntam-tru;Khác?\n", NULL),
	    0);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0640);
}

/* ---- faults ---- */

struct bad_file {
	const char *name;
	const char *text;
	const char *says; /* among what is said */
};

/* Every fault is told with its row, and nothing has changed. */
static void
is_refused(struct folder *folder, const struct bad_file *bad)
{
	char before[17];
	char after[17];

	folder_version(folder->dir.path, before);
	assert_int_equal(folder_import(folder, bad->name, bad->text, NULL), 1);
	assert_says(folder->err, bad->says);
	folder_version(folder->dir.path, after);
	assert_string_equal(before, after);
	folder_has_no_leftovers(folder);
}

static void
a_bad_row_is_told_and_nothing_changes(void **state)
{
	static const struct bad_file cases[] = {
		{ "a.csv", "id;note\ntam-tru;x\n",
		    "a.csv:1: không hiểu cột “n"
		    "ote”" },
		{ "a.csv", "id;Mã\na;b\n", "a.csv:1: có hai cột “Mã”" },
		{ "a.csv", "question\nx\n", "phải có cột “Mã”" },
		{ "a.csv", "id;question\n", "không có dòng nào" },
		{ "a.csv", "id;question\ntam-tru;\n",
		    "a.csv:2: cột “Câu hỏi”: để trống" },
		{ "a.csv", "id;question\n;x\n", "a.csv:2: cột “Mã”: để trống" },
		{ "a.csv", "id;question\nA b;x\n", "cột “Mã”: “A b” không" },
		{ "a.csv", "id;question\na;b;c;d\n", "có 4 ô" },
		{ "a.csv", "id;;question\ntam-tru;b;c\n", "cột không có tên" },
		{ "a.csv", "id;question\nmoi;x\n",
		    "a.csv:2: cột “Chủ đề”: câu mới phải có chủ đề" },
		{ "a.csv", "id;topic;question;answer\nmoi;shop;x;\n",
		    "cột “Câu trả lời”: câu mới phải có ô này" },
		{ "a.csv", "id;topic;question;answer\nmoi;fees;x;y\n",
		    "chưa có chủ đề “fees”" },
		{ "a.csv",
		    "id;topic;topic_title;question;answer\n"
		    "moi;../x;X;x;y\n",
		    "“../x” không làm mã chủ đề được" },
		{ "a.csv",
		    "id;topic;topic_title;question;answer\n"
		    "moi;locality;X;x;y\n",
		    "“locality” là tên một tệp" },
		{ "a.csv",
		    "id;topic;topic_title;question;answer\nmoi;shop;X;x;y\n",
		    "chủ đề “shop” đang có tên “Buôn bán”" },
		{ "a.csv", "id;topic\ntam-tru;shop\n",
		    "mã “tam-tru” đã có trong chủ đề “residence”" },
		{ "a.csv", "id;question\ntam-tru;a?\n\ntam-tru;b?\n",
		    "a.csv:4: cột “Mã”: “tam-tru” trùng với dòng 2" },
		{ "a.csv", "id;reviewed\ntam-tru;hôm qua\n",
		    "a.csv:2: cột “Ngày đối chiếu”: “hôm qua” không phải" },
		/* What only the loader knows. */
		{ "a.csv", "id;answer\ntam-tru;Hỏi {{khong_co}}\n",
		    "a.csv:2: cột “Câu trả lời”: biến trong {{ }} không có" },
		{ "a.csv", "id;question\ntam-tru;Hỏi {{portal_url}}?\n",
		    "a.csv:2: cột “Câu hỏi”: ô này không dùng được biến" },
		{ "a.csv", "id;buttons\ntam-tru;Mở | khong-co\n",
		    "a.csv:2: cột “Nút”: mã câu được nhắc đến không có" },
		{ "a.csv", "id;buttons\ntam-tru;Mở | http://a.vn\n",
		    "a.csv:2: cột “Nút”: địa chỉ phải bắt đầu bằng https" },
		{ "a.csv", "id;patterns\ntam-tru;(x\n",
		    "a.csv:2: cột “Mẫu”: mẫu viết sai" },
		{ "a.csv",
		    "id;valid_from;valid_until\n"
		    "tam-tru;1/7/2026;1/6/2026\n",
		    "a.csv:2: cột “Dùng đến ngày”: ngày hết hạn sớm hơn" },
		/* Files as a whole. */
		{ "a.xlsx", "PK", "CSV UTF-8" },
		{ "a.json", "{", "a.json:1: không phải JSON đúng" },
		{ "a.json", "{\"entries\": 1}", "không có danh sách" },
		{ "a.json",
		    "[{\"topic\": \"t\", \"title\": \"T\", \"entries\":"
		    " [{\"id\": 1}]}]",
		    "a.json:1: cột “Mã”: thiếu" },
		{ "a.json",
		    "{\"topic\": \"shop\", \"title\": \"Buôn bán\", "
		    "\"entries\": [{\"id\": \"x\", \"question\": \"x\", "
		    "\"answer\": \"y\", \"more\": 1}]}",
		    "unknown key" },
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		is_refused(*state, &cases[i]);
}

static void
all_faults_are_told_in_the_order_of_the_rows(void **state)
{
	struct folder *folder = *state;
	const char *sheet = "id;topic;question;answer;reviewed\n"
			    "tam-tru;;;;\n"
			    "a;shop;x?;{{khong_co}};\n"
			    "b;shop;x?;y;hôm qua\n"
			    "c;shop;x?;{{portal_url;\n"
			    "c;shop;x?;y;\n";
	const char *at;

	assert_int_equal(folder_import(folder, "a.csv", sheet, NULL), 1);
	at = folder->err;
	for (unsigned row = 2; row <= 6; row++) {
		char place[32];

		(void)snprintf(place, sizeof(place), "a.csv:%u: ", row);
		at = strstr(at, place);
		if (at == NULL)
			fail_msg("row %u in:\n%s", row, folder->err);
	}
	assert_says(folder->err, "có 6 lỗi, chưa ghi gì");
}

static void
thousands_of_faults_are_counted_and_not_all_told(void **state)
{
	struct folder *folder = *state;
	struct buf sheet;

	buf_init(&sheet, 1 << 20);
	assert_int_equal(buf_add(&sheet, TEXT("id;question\n")), OK);
	for (unsigned i = 0; i < 3000; i++)
		assert_int_equal(buf_add(&sheet, TEXT("A;b\n")), OK);
	assert_int_equal(folder_import(folder, "a.csv", sheet.at, NULL), 1);
	assert_says(folder->err, "a.csv:101: ");
	assert_null(strstr(folder->err, "a.csv:102: "));
	assert_says(folder->err, "… và 2900 lỗi khác");
	buf_fini(&sheet);
}

static void
a_base_that_does_not_load_is_left_alone(void **state)
{
	struct folder *folder = *state;

	folder_put(&folder->dir, "broken.json", TEXT("{"));
	assert_int_equal(folder_import(folder, "a.csv",
			     "id;question\ntam-tru;Khác?\n", NULL),
	    1);
	assert_says(folder->err, "broken.json:1: not valid JSON");
	folder_has_no_leftovers(folder);
}

static void
wrong_usage_is_told(void **state)
{
	struct folder *folder = *state;

	assert_int_equal(
	    folder_run(folder, cli_faq_import, (const char *const[]){ NULL }),
	    2);
	assert_int_equal(
	    folder_run(folder, cli_faq_export,
		(const char *const[]){ "--format", "doc", "x", NULL }),
	    2);
	assert_int_equal(folder_run(folder, cli_faq_import,
			     (const char *const[]){ "/nowhere/a.csv", NULL }),
	    1);
	assert_says(folder->err, "/nowhere/a.csv: không mở được tệp");
}

/* ---- a catalogue ---- */

static int
import_catalogue(struct folder *folder, const char *sheet)
{
	return folder_import(folder, "catalogue.csv", sheet, "--catalogue");
}

static void
a_procedure_becomes_a_background_entry(void **state)
{
	struct folder *folder = *state;
	const struct faq_entry *entry;
	struct faq *faq = NULL;

	assert_int_equal(
	    import_catalogue(folder,
		"code;name;agency;level;fee;days;link\n"
		"1.004222.H06;Thủ tục Đăng ký kết hôn;UBND cấp xã;Cấp xã;"
		"15000;3;https://dichvucong.gov.vn/1\n"),
	    0);
	assert_int_equal(faq_load(folder->dir.path, &faq, NULL), OK);
	entry = faq_find(faq, TEXT("tthc-1-004222-h06"));
	assert_non_null(entry);
	assert_true(entry->background);
	assert_true(text_is(entry->topic, "catalogue"));
	assert_true(text_is(entry->question, "Thủ tục Đăng ký kết hôn"));
	assert_int_equal(entry->asked_as.count, 2);
	assert_true(text_is(entry->asked_as.at[0], "Đăng ký kết hôn"));
	assert_true(text_is(entry->asked_as.at[1], "thủ tục Đăng ký kết hôn"));
	assert_true(
	    text_is(entry->buttons[0].url, "https://dichvucong.gov.vn/1"));
	assert_true(text_is(entry->answer,
	    "Thủ tục: Đăng ký kết hôn.\nMã thủ tục: 1.004222.H06.\n"
	    "Cơ quan thực hiện: UBND cấp xã.\nCấp thực hiện: Cấp xã.\n"
	    "Phí, lệ phí (theo danh mục, anh/chị kiểm tra lại trên cổng): "
	    "15000 đồng.\n"
	    "Thời hạn (theo danh mục, anh/chị kiểm tra lại trên cổng): "
	    "3 ngày.\n"
	    "Giấy tờ, biểu mẫu và cách nộp, anh/chị xem tại: "
	    "https://dichvucong.gov.vn/1"));
	assert_false(faq_find(faq, TEXT("tam-tru"))->background);
	faq_free(faq);
}

static void
a_bad_procedure_is_told(void **state)
{
	static const struct {
		const char *row;
		const char *says;
	} cases[] = {
		{ "1.00422;A;https://a.vn", "bị Excel đổi thành số" },
		{ "1,004222;A;https://a.vn", "bị Excel đổi thành số" },
		{ "mã số 1;A;https://a.vn", "không phải mã thủ tục" },
		{ ";A;https://a.vn", "cột “Mã thủ tục”: để trống" },
		{ "1.004222;;https://a.vn", "cột “Tên thủ tục”: để trống" },
		{ "1.004222;A;", "cột “Đường dẫn”: để trống" },
		{ "1.004222;A;a.vn", "địa chỉ phải bắt đầu bằng https" },
		{ "1.004222;A {{x}};https://a.vn", "biến" },
		{ "1.004222;A;https://a.vn\n1.004222;B;https://b.vn",
		    "trùng với dòng 2" },
	};
	struct folder *folder = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char sheet[256];

		(void)snprintf(
		    sheet, sizeof(sheet), "code;name;link\n%s\n", cases[i].row);
		assert_int_equal(import_catalogue(folder, sheet), 1);
		assert_says(folder->err, "catalogue.csv:");
		assert_says(folder->err, cases[i].says);
	}
	assert_int_equal(import_catalogue(folder, "code;name\n1;2\n"), 1);
	assert_says(folder->err, "thiếu cột “Đường dẫn”");
}

static void
a_name_too_long_for_a_question_is_cut_there_alone(void **state)
{
	struct folder *folder = *state;
	const struct faq_entry *entry;
	struct faq *faq = NULL;
	struct buf sheet;

	buf_init(&sheet, 4096);
	assert_int_equal(
	    buf_add(&sheet, TEXT("code;name;link\n1.004222;")), OK);
	for (unsigned i = 0; i < 100; i++)
		assert_int_equal(buf_add(&sheet, TEXT("đườngế ")), OK);
	assert_int_equal(buf_add(&sheet, TEXT(";https://a.vn\n")), OK);
	assert_int_equal(import_catalogue(folder, sheet.at), 0);
	assert_int_equal(faq_load(folder->dir.path, &faq, NULL), OK);
	entry = faq_find(faq, TEXT("tthc-1-004222"));
	assert_in_range(entry->question.len, 400, 500);
	assert_true(entry->asked_as.at[0].len > 900);
	faq_free(faq);
	buf_fini(&sheet);
}

static void
the_whole_national_catalogue_goes_in_and_a_second_time_changes_nothing(
    void **state)
{
	struct folder *folder = *state;
	struct faq *faq = NULL;
	struct buf csv;

	buf_init(&csv, (size_t)16 << 20);
	assert_int_equal(procedures_csv(PROCEDURES_MAX, &csv), OK);
	assert_int_equal(import_catalogue(folder, csv.at), 0);
	assert_says(folder->out, "Đã thêm 6000 câu");
	assert_int_equal(faq_load(folder->dir.path, &faq, NULL), OK);
	assert_int_equal(faq->entry_count, 6002);
	faq_free(faq);
	assert_int_equal(import_catalogue(folder, csv.at), 0);
	assert_says(folder->out, "giữ nguyên 6000 câu");
	buf_fini(&csv);
}

#define FOLDER_TEST(name)                                                      \
	cmocka_unit_test_setup_teardown(name, folder_make, folder_remove)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FOLDER_TEST(the_shipped_base_goes_out_and_in_without_a_change),
		FOLDER_TEST(an_exported_base_can_be_built_anew_from_its_sheet),
		FOLDER_TEST(
		    a_topic_file_built_anew_from_json_is_the_same_byte_for_byte),
		FOLDER_TEST(a_changed_cell_changes_only_its_key),
		FOLDER_TEST(an_empty_cell_takes_the_key_out),
		FOLDER_TEST(
		    a_new_id_is_added_to_its_topic_and_a_new_topic_is_made),
		FOLDER_TEST(a_new_entry_may_name_another_new_one),
		FOLDER_TEST(a_dry_run_tells_and_writes_nothing),
		FOLDER_TEST(a_file_keeps_its_permissions),
		FOLDER_TEST(a_bad_row_is_told_and_nothing_changes),
		FOLDER_TEST(all_faults_are_told_in_the_order_of_the_rows),
		FOLDER_TEST(thousands_of_faults_are_counted_and_not_all_told),
		FOLDER_TEST(a_base_that_does_not_load_is_left_alone),
		FOLDER_TEST(wrong_usage_is_told),
		FOLDER_TEST(a_procedure_becomes_a_background_entry),
		FOLDER_TEST(a_bad_procedure_is_told),
		FOLDER_TEST(a_name_too_long_for_a_question_is_cut_there_alone),
		FOLDER_TEST(
		    the_whole_national_catalogue_goes_in_and_a_second_time_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
