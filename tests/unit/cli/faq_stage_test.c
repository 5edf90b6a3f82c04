/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/unit/cli/faq_folder.h"

#include "src/cli/faq_stage.h"

/* One known topic changed and one new: what is put in force together. */
struct change {
	struct folder *folder;
	struct faq *base;
	struct faq_topics topics;
	struct faq_stage stage;
};

static int
make_change(void **state)
{
	struct change *change = calloc(1, sizeof(*change));
	struct complaint why = { .text = "" };
	struct faq_topic *topic = NULL;
	json_t *entry;

	assert_non_null(change);
	(void)folder_make((void **)&change->folder);
	assert_int_equal(
	    faq_load(change->folder->dir.path, &change->base, NULL), OK);
	assert_int_equal(faq_topics_open(&change->topics,
			     change->folder->dir.path, change->base, NULL),
	    OK);
	entry = faq_topics_entry(&change->topics, "ho-kinh-doanh");
	assert_int_equal(
	    json_object_set_new(entry, "answer", json_string("Mới.")), 0);
	faq_topics_home(&change->topics, "ho-kinh-doanh")->changed = true;
	assert_int_equal(
	    faq_topics_called(&change->topics, "fees", "Phí", &topic, &why),
	    OK);
	entry = json_pack("{s:s, s:s, s:s}", "id", "phi", "question", "Phí?",
	    "answer", "Không.");
	assert_int_equal(faq_topics_add(&change->topics, topic, entry), OK);
	json_decref(entry);
	*state = change;
	return 0;
}

static int
remove_change(void **state)
{
	struct change *change = *state;

	faq_stage_close(&change->stage);
	folder_has_no_leftovers(change->folder);
	faq_topics_fini(&change->topics);
	faq_free(change->base);
	(void)folder_remove((void **)&change->folder);
	free(change);
	return 0;
}

static void
check(struct change *change, char version[17])
{
	struct complaint why = { .text = "" };
	json_t *entry = NULL;

	assert_int_equal(
	    faq_stage_open(&change->stage, &change->topics, &why), OK);
	if (faq_stage_check(&change->stage, &entry, version, &why) != OK)
		fail_msg("%s:%u: %s", why.file, why.line, why.text);
}

static void
what_was_checked_is_what_is_put_in_force(void **state)
{
	struct change *change = *state;
	struct complaint why = { .text = "" };
	char checked[17];
	char before[17];
	char after[17];

	check(change, checked);
	folder_version(change->folder->dir.path, before);
	assert_string_equal(before, change->base->version);
	assert_int_equal(faq_stage_commit(&change->stage, &why), OK);
	folder_version(change->folder->dir.path, after);
	assert_string_equal(after, checked);
	assert_string_not_equal(after, before);
}

/* Somebody else makes the new topic's file meanwhile. */
static void
when_one_file_cannot_be_put_in_force_none_is(void **state)
{
	struct change *change = *state;
	struct complaint why = { .text = "" };
	char checked[17];
	char *text;

	check(change, checked);
	folder_put(&change->folder->dir, "fees.json", TEXT("theirs"));
	assert_int_equal(faq_stage_commit(&change->stage, &why), ERR_IO);
	assert_true(why.text[0] != '\0');
	text = folder_get(&change->folder->dir, "fees.json");
	assert_string_equal(text, "theirs");
	free(text);
	text = folder_get(&change->folder->dir, "shop.json");
	assert_says(text, "Ra phường.");
	free(text);
}

static void
a_fault_is_told_with_its_entry_and_the_real_file(void **state)
{
	struct change *change = *state;
	json_t *bad = faq_topics_entry(&change->topics, "phi");
	struct complaint why = { .text = "" };
	json_t *entry = NULL;
	char version[17] = "";

	assert_int_equal(
	    json_object_set_new(bad, "answer", json_string("{{no}}")), 0);
	assert_int_equal(
	    faq_stage_open(&change->stage, &change->topics, &why), OK);
	assert_int_equal(faq_stage_check(&change->stage, &entry, version, &why),
	    ERR_INVALID);
	assert_ptr_equal(entry, bad);
	assert_string_equal(why.file, "fees.json");
	assert_string_equal(version, "");
}

#define CHANGE_TEST(name)                                                      \
	cmocka_unit_test_setup_teardown(name, make_change, remove_change)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHANGE_TEST(what_was_checked_is_what_is_put_in_force),
		CHANGE_TEST(when_one_file_cannot_be_put_in_force_none_is),
		CHANGE_TEST(a_fault_is_told_with_its_entry_and_the_real_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
