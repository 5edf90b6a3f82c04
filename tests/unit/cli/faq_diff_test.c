/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/unit/cli/faq_folder.h"

#include <jansson.h>

/* A second base: what the first has, and CHANGE made to one of its files. */

struct two {
	struct folder *folder;
	struct temp_dir after;
};

static void
replace_in(
    struct temp_dir *dir, const char *name, const char *old, const char *new)
{
	char *text = folder_get(dir, name);
	char *at = strstr(text, old);
	struct buf out;

	assert_non_null(at);
	buf_init(&out, 1 << 20);
	assert_int_equal(buf_printf(&out, "%.*s%s%s", (int)(at - text), text,
			     new, at + strlen(old)),
	    OK);
	folder_put(dir, name, buf_view(&out));
	buf_fini(&out);
	free(text);
}

static int
make_two(void **state)
{
	static const char *const files[] = { "locality.json", "residence.json",
		"shop.json" };
	struct two *two = calloc(1, sizeof(*two));

	assert_non_null(two);
	(void)folder_make((void **)&two->folder);
	temp_dir_make(&two->after);
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		char *text = folder_get(&two->folder->dir, files[i]);

		folder_put(&two->after, files[i], text_of(text));
		free(text);
	}
	*state = two;
	return 0;
}

static int
remove_two(void **state)
{
	struct two *two = *state;

	temp_dir_remove(&two->after);
	(void)folder_remove((void **)&two->folder);
	free(two);
	return 0;
}

/* QUESTIONS as a file, or NULL for the phrasings of both. */
static json_t *
difference(struct two *two, const char *questions)
{
	const char *arguments[6] = { two->folder->dir.path, two->after.path,
		"--json" };
	char path[TEMP_DIR_PATH_SIZE];
	json_t *json;

	if (questions != NULL) {
		folder_put(&two->folder->beside, "q.tsv", text_of(questions));
		temp_dir_file(&two->folder->beside, "q.tsv", path);
		arguments[3] = "--questions";
		arguments[4] = path;
	}
	if (folder_run(two->folder, cli_faq_diff, arguments) != 0)
		fail_msg("%s", two->folder->err);
	json = json_loads(two->folder->out, 0, NULL);
	assert_non_null(json);
	return json;
}

static json_int_t
count_of(const json_t *json, const char *change)
{
	return json_integer_value(
	    json_object_get(json_object_get(json, "counts"), change));
}

static size_t
entries_of(const json_t *json, const char *kind)
{
	return json_array_size(
	    json_object_get(json_object_get(json, "entries"), kind));
}

static void
the_same_base_answers_alike(void **state)
{
	json_t *json = difference(*state, NULL);

	assert_int_equal(
	    json_integer_value(json_object_get(json, "questions")), 4);
	assert_int_equal(count_of(json, "none"), 4);
	assert_int_equal(json_array_size(json_object_get(json, "changes")), 0);
	assert_int_equal(entries_of(json, "changed"), 0);
	json_decref(json);
}

static void
a_changed_answer_is_told_with_its_questions(void **state)
{
	struct two *two = *state;
	json_t *json;

	replace_in(&two->after, "shop.json", "Ra phường.", "Lên mạng.");
	json = difference(two, NULL);
	assert_int_equal(count_of(json, "text_changed"), 1);
	assert_int_equal(entries_of(json, "changed"), 1);
	assert_int_equal(entries_of(json, "added"), 0);
	json_decref(json);
	assert_int_equal(folder_run(two->folder, cli_faq_diff,
			     (const char *const[]){ two->folder->dir.path,
				 two->after.path, NULL }),
	    0);
	assert_says(two->folder->out, "ho-kinh-doanh: Câu trả lời");
	assert_says(two->folder->out, "cùng câu, đổi lời: 1");
	assert_says(two->folder->out,
	    "“Mở hộ kinh doanh thế nào?”: trả lời [ho-kinh-doanh] → lời mới");
}

static void
a_renamed_entry_is_one_gone_and_one_new(void **state)
{
	struct two *two = *state;
	json_t *json;

	replace_in(&two->after, "residence.json", "ho-kinh-doanh", "mo-quan");
	replace_in(&two->after, "shop.json", "ho-kinh-doanh", "mo-quan");
	json = difference(two, "Mở hộ kinh doanh thế nào?\tho-kinh-doanh\n"
			       "# ghi chú\n\nMở hộ kinh doanh thế nào?\n");
	assert_int_equal(
	    json_integer_value(json_object_get(json, "questions")), 1);
	assert_int_equal(count_of(json, "other_entry"), 1);
	assert_int_equal(entries_of(json, "added"), 1);
	assert_int_equal(entries_of(json, "removed"), 1);
	json_decref(json);
}

static void
a_retired_entry_is_an_answer_lost_and_the_way_back_one_gained(void **state)
{
	struct two *two = *state;
	const char *question = "Mở hộ kinh doanh thế nào?\n";
	struct temp_dir kept;
	json_t *json;

	replace_in(&two->after, "shop.json", "\"answer\"",
	    "\"status\": \"retired\", \"answer\"");
	json = difference(two, question);
	assert_int_equal(count_of(json, "lost_answer") +
			     count_of(json, "other_entry") +
			     count_of(json, "answer_to_clarify"),
	    1);
	json_decref(json);
	kept = two->after;
	two->after = two->folder->dir;
	two->folder->dir = kept;
	json = difference(two, question);
	assert_int_equal(count_of(json, "new_answer") +
			     count_of(json, "other_entry") +
			     count_of(json, "clarify_to_answer"),
	    1);
	json_decref(json);
}

static void
what_cannot_be_read_is_told(void **state)
{
	struct two *two = *state;

	assert_int_equal(folder_run(two->folder, cli_faq_diff,
			     (const char *const[]){ "faq", NULL }),
	    2);
	assert_int_equal(folder_run(two->folder, cli_faq_diff,
			     (const char *const[]){ "faq", "/nowhere", NULL }),
	    1);
	assert_says(two->folder->err, "/nowhere");
	folder_put(&two->folder->beside, "q", TEXT("a\n\xFF\n"));
	{
		char path[TEMP_DIR_PATH_SIZE];

		temp_dir_file(&two->folder->beside, "q", path);
		assert_int_equal(
		    folder_run(two->folder, cli_faq_diff,
			(const char *const[]){ two->folder->dir.path,
			    two->after.path, "--questions", path, NULL }),
		    1);
	}
	assert_says(two->folder->err, ":2: dòng không phải UTF-8");
}

#define TWO_TEST(name)                                                         \
	cmocka_unit_test_setup_teardown(name, make_two, remove_two)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TWO_TEST(the_same_base_answers_alike),
		TWO_TEST(a_changed_answer_is_told_with_its_questions),
		TWO_TEST(a_renamed_entry_is_one_gone_and_one_new),
		TWO_TEST(
		    a_retired_entry_is_an_answer_lost_and_the_way_back_one_gained),
		TWO_TEST(what_cannot_be_read_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
