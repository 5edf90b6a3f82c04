/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fixture.h"

#include <stdio.h>
#include <string.h>

#include "findings.h"
#include "overlay.h"
#include "tests/support/alloc_fault.h"
#include "tests/support/temp_dir.h"

/* What staff published, laid over the files of a folder. */

#define FIRST "{\"id\":\"a\",\"question\":\"Hỏi a?\",\"answer\":\"Tệp.\"}"
#define SECOND "{\"id\":\"b\",\"question\":\"Hỏi b?\",\"answer\":\"Tệp.\"}"
#define EDITED "{\"id\":\"a\",\"question\":\"Hỏi a?\",\"answer\":\"Mới.\"}"
#define ADDED "{\"id\":\"c\",\"question\":\"Hỏi c?\",\"answer\":\"Thêm.\"}"

static void
put(const struct temp_dir *dir, const char *name, const char *text)
{
	char path[TEMP_DIR_PATH_SIZE];
	FILE *file;

	temp_dir_file(dir, name, path);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
}

static int
setup(void **state)
{
	static struct temp_dir dir;

	temp_dir_make(&dir);
	put(&dir, "locality.json", LOCALITY);
	put(&dir, "one.json",
	    "{\"topic\": \"one\", \"title\": \"Một\", \"entries\": [\n" FIRST
	    ",\n" SECOND "]}");
	put(&dir, "two.json",
	    "{\"topic\": \"two\", \"title\": \"Hai\", \"entries\": []}");
	put(&dir, "off-topic.json", "{\"messages\": [\"trời mưa\"]}");
	*state = &dir;
	return 0;
}

static int
teardown(void **state)
{
	temp_dir_remove(*state);
	return 0;
}

static struct faq_revision
revision(const char *entry, const char *topic, const char *json)
{
	return (struct faq_revision){ .entry = text_of(entry),
		.topic = text_of(topic),
		.json = text_of(json) };
}

/* Yours. */
static struct faq *
load(const struct temp_dir *dir, const struct faq_revision *revisions,
    size_t count)
{
	const struct faq_overlay overlay = { revisions, count, { NULL, 0 } };
	struct complaint why = { .line = 0 };
	struct faq *faq = NULL;

	if (faq_load_over(dir->path, &overlay, &faq, &why) != OK)
		fail_msg("%s:%u: %s", why.file, why.line, why.text);
	return faq;
}

static void
assert_entry(const struct faq *faq, const char *id, const char *topic,
    const char *answer)
{
	const struct faq_entry *entry = faq_find(faq, text_of(id));

	assert_non_null(entry);
	assert_text(entry->topic, topic);
	assert_text(entry->answer, answer);
}

static void
an_entry_is_changed_added_or_moved(void **state)
{
	static const struct {
		const char *entry;
		const char *topic;
		const char *json;
		const char *answer;
		size_t entries;
	} cases[] = {
		{ "a", "one", EDITED, "Mới.", 2 },
		{ "a", "two", EDITED, "Mới.", 2 },
		{ "c", "two", ADDED, "Thêm.", 3 },
		{ "c", "ba", ADDED, "Thêm.", 3 }, /* a topic of its own */
	};

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct faq_revision one =
		    revision(cases[i].entry, cases[i].topic, cases[i].json);
		struct faq *faq = load(*state, &one, 1);

		assert_int_equal(faq->entry_count, cases[i].entries);
		assert_entry(
		    faq, cases[i].entry, cases[i].topic, cases[i].answer);
		assert_entry(faq, "b", "one", "Tệp.");
		faq_free(faq);
	}
}

static void
an_empty_overlay_changes_nothing(void **state)
{
	struct temp_dir *dir = *state;
	struct faq *plain = NULL;
	struct faq *over = load(dir, NULL, 0);

	assert_int_equal(faq_load(dir->path, &plain, NULL), OK);
	assert_string_equal(plain->version, over->version);
	assert_int_equal(over->covered_count, 0);
	faq_free(plain);
	faq_free(over);
}

static void
the_version_tells_an_overlay(void **state)
{
	struct faq_revision one = revision("a", "one", EDITED);
	struct faq *plain = load(*state, NULL, 0);
	struct faq *over = load(*state, &one, 1);

	assert_string_not_equal(plain->version, over->version);
	faq_free(plain);
	faq_free(over);
}

/* The hash of the file's words, as they were when it was published. */
static void
a_file_that_changed_since_is_a_conflict(void **state)
{
	static const struct {
		const char *file; /* what it says of a by now */
		bool conflict;
	} cases[] = {
		{ FIRST, false },
		{ "{\"answer\": \"Tệp.\", \"question\": \"Hỏi a?\", \"id\": "
		  "\"a\"}",
		    false },	   /* another order is no change */
		{ EDITED, false }, /* what was published was exported */
		{ "{\"id\":\"a\",\"question\":\"Hỏi a?\",\"answer\":\"Khác.\"}",
		    true },
	};
	struct temp_dir *dir = *state;
	struct faq_revision one = revision("a", "one", EDITED);
	struct faq *faq = load(dir, &one, 1);
	char hash[17];

	assert_int_equal(faq->covered_count, 1);
	assert_text(faq->covered[0].entry, "a");
	assert_non_null(strstr(faq->covered[0].file_json.at, "Tệp."));
	assert_int_equal(
	    text_copy(hash, sizeof(hash), text_of(faq->covered[0].file_hash)),
	    OK);
	faq_free(faq);
	one.file_hash = text_of(hash);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char text[512];

		(void)snprintf(text, sizeof(text),
		    "{\"topic\": \"one\", \"title\": \"Một\", \"entries\": "
		    "[%s, " SECOND "]}",
		    cases[i].file);
		put(dir, "one.json", text);
		faq = load(dir, &one, 1);
		assert_int_equal(faq->covered[0].conflict, cases[i].conflict);
		assert_entry(faq, "a", "one", "Mới.");
		faq_free(faq);
	}
}

static void
an_entry_that_a_file_took_up_or_dropped_is_a_conflict(void **state)
{
	struct faq_revision one = revision("c", "two", ADDED);
	struct faq_revision gone = revision("a", "one", EDITED);
	struct temp_dir *dir = *state;
	struct faq *faq = load(dir, &one, 1);

	assert_string_equal(faq->covered[0].file_hash, "-");
	assert_int_equal(faq->covered[0].file_json.len, 0);
	faq_free(faq);
	one.file_hash = TEXT("-");
	gone.file_hash = TEXT("0123456789abcdef");
	put(dir, "one.json",
	    "{\"topic\": \"one\", \"title\": \"Một\", \"entries\": ["
	    "{\"id\":\"c\",\"question\":\"C?\",\"answer\":\"Tệp.\"}]}");
	faq = load(dir, &one, 1);
	assert_true(faq->covered[0].conflict);
	assert_entry(faq, "c", "two", "Thêm.");
	faq_free(faq);
	faq = load(dir, &gone, 1);
	assert_true(faq->covered[0].conflict);
	assert_entry(faq, "a", "one", "Mới.");
	faq_free(faq);
}

static void
a_revision_is_held_to_the_rules_of_the_files(void **state)
{
	static const struct {
		const char *json;
		const char *want;
	} cases[] = {
		{ "{\"id\":\"a\",\"question\":\"A?\",\"answer\":\"{{no}}\"}",
		    "has no variable" },
		{ "{\"id\":\"a\",\"question\":\"A?\",\"answer\":\"x\","
		  "\"related\":[\"zz\"]}",
		    "which no file has" },
		{ "{\"id\":\"other\"}", "is no entry of that id" },
		{ "[]", "is no entry of that id" },
		{ "{", "is no entry of that id" },
	};
	struct temp_dir *dir = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct faq_revision one = revision("a", "one", cases[i].json);
		const struct faq_overlay overlay = { &one, 1, { NULL, 0 } };
		struct complaint why = { .line = 0 };
		struct faq *faq = NULL;

		assert_int_equal(faq_load_over(dir->path, &overlay, &faq, &why),
		    ERR_INVALID);
		assert_null(faq);
		if (strstr(why.text, cases[i].want) == NULL)
			fail_msg(
			    "\"%s\" has no \"%s\"", why.text, cases[i].want);
	}
}

static void
dismissed_messages_are_off_topic(void **state)
{
	/* What no file may hold is passed over, not a reason to refuse. */
	struct text_view texts[] = { TEXT("đá banh"), TEXT("{{x}}"), TEXT("  "),
		TEXT("\x01"), TEXT("\xff"), TEXT("xổ\nsố") };
	const struct faq_overlay overlay = { NULL, 0, { texts, 6 } };
	struct temp_dir *dir = *state;
	char path[TEMP_DIR_PATH_SIZE];

	for (int with_file = 1; with_file >= 0; with_file--) {
		struct faq *faq = NULL;

		assert_int_equal(
		    faq_load_over(dir->path, &overlay, &faq, NULL), OK);
		assert_int_equal(faq->off_topic.count, with_file == 1 ? 3 : 2);
		assert_text(
		    faq->off_topic.at[faq->off_topic.count - 1], "xổ số");
		faq_free(faq);
		temp_dir_file(dir, "off-topic.json", path);
		(void)remove(path);
	}
}

static void
what_is_exported_needs_no_overlay(void **state)
{
	struct temp_dir *dir = *state;
	struct text_view text = TEXT("đá banh");
	struct faq_revision revisions[] = { revision("a", "two", EDITED),
		revision("c", "ba", ADDED) };
	const struct faq_overlay overlay = { revisions, 2, { &text, 1 } };
	struct overlay_file *files;
	struct faq *over = NULL;
	struct faq *plain = NULL;
	struct arena arena;
	size_t count;

	arena_init(&arena, 1 << 20);
	assert_int_equal(faq_load_over(dir->path, &overlay, &over, NULL), OK);
	assert_int_equal(
	    overlay_files(dir->path, &overlay, &arena, &files, &count, NULL),
	    OK);
	assert_int_equal(count, 4); /* one, two, ba and off-topic */
	for (size_t i = 0; i < count; i++)
		put(dir, files[i].name, files[i].text.at);
	assert_int_equal(faq_load(dir->path, &plain, NULL), OK);
	assert_int_equal(plain->entry_count, over->entry_count);
	assert_entry(plain, "a", "two", "Mới.");
	assert_entry(plain, "c", "ba", "Thêm.");
	assert_int_equal(plain->off_topic.count, 2);
	faq_free(plain);
	faq_free(over);
	arena_fini(&arena);
}

static void
findings_look_over_the_overlay(void **state)
{
	struct temp_dir *dir = *state;
	struct faq_revision one = revision("a", "one",
	    "{\"id\":\"a\",\"question\":\"Hỏi a?\",\"answer\":\"Mới.\","
	    "\"valid_until\":\"2020-01-01\"}");
	const struct faq_overlay overlay = { &one, 1, { NULL, 0 } };
	struct findings *findings = NULL;
	bool expired = false;

	assert_int_equal(
	    findings_collect_over(dir->path, &overlay, "2026-11-24", &findings),
	    OK);
	for (size_t i = 0; i < findings->count; i++)
		expired |= findings->at[i].kind == FINDING_EXPIRED;
	assert_true(expired);
	findings_free(findings);
}

static void
a_lost_allocation_loses_nothing_else(void **state)
{
	struct temp_dir *dir = *state;
	struct text_view text = TEXT("đá banh");
	struct faq_revision revisions[] = { revision("a", "two", EDITED),
		revision("c", "ba", ADDED) };
	const struct faq_overlay overlay = { revisions, 2, { &text, 1 } };
	bool whole = false;

	for (unsigned nth = 0; !whole; nth++) {
		struct faq *faq = NULL;
		enum result result;

		alloc_fault_arm(nth);
		result = faq_load_over(dir->path, &overlay, &faq, NULL);
		whole = !alloc_fault_fired();
		if (whole)
			assert_int_equal(result, OK);
		assert_true((result == OK) == (faq != NULL));
		faq_free(faq);
	}
}

#define OVERLAY(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		OVERLAY(an_entry_is_changed_added_or_moved),
		OVERLAY(an_empty_overlay_changes_nothing),
		OVERLAY(the_version_tells_an_overlay),
		OVERLAY(a_file_that_changed_since_is_a_conflict),
		OVERLAY(an_entry_that_a_file_took_up_or_dropped_is_a_conflict),
		OVERLAY(a_revision_is_held_to_the_rules_of_the_files),
		OVERLAY(dismissed_messages_are_off_topic),
		OVERLAY(what_is_exported_needs_no_overlay),
		OVERLAY(findings_look_over_the_overlay),
		OVERLAY(a_lost_allocation_loses_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
