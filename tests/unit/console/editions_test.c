/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "editions.h"

#include <stdio.h>
#include <string.h>

#include "src/cli/faq_files.h"
#include "tests/support/store_fixture.h"

/* What is in force: the files, and over them what the store has published. */

#define DIR "tests/scenario/faq"

static const struct audit_line line = {
	.at_ms = 1000,
	.user = 7,
	.login = { "lan", 3 },
	.action = { "entry.draft", 11 },
	.subject = { "entry x", 7 },
};

static struct knowledge *
load(struct store_fixture *fixture)
{
	struct complaint why = { .text = "" };
	struct knowledge *knowledge = NULL;

	if (editions_load(
		fixture->store, DIR, "2026-11-24", &knowledge, &why) != OK)
		fail_msg("%s", why.text);
	return knowledge;
}

static struct revision_key
add(struct store_fixture *fixture, const char *entry, const char *text,
    enum result want)
{
	struct knowledge *knowledge = load(fixture);
	struct revision_key key = { .number = 99 };

	assert_int_equal(editions_add_phrasing(fixture->store, knowledge->faq,
			     text_of(entry), text_of(text), &line, &key),
	    want);
	knowledge_drop(knowledge);
	return key;
}

static struct revision *
newest(struct store_fixture *fixture, const char *entry)
{
	struct revision *revisions;
	size_t count;

	assert_int_equal(store_revisions(fixture->store, text_of(entry),
			     &fixture->arena, &revisions, &count),
	    OK);
	assert_true(count > 0);
	return &revisions[0];
}

static void
publish(struct store_fixture *fixture, struct revision_key key)
{
	const struct publication publication = { key, TEXT("-") };
	struct editions editions;

	assert_int_equal(
	    editions_read(fixture->store, &fixture->arena, &editions), OK);
	assert_int_equal(store_publish(fixture->store, &publication, 1,
			     editions.generation, &line),
	    OK);
}

static void
a_phrasing_begins_a_draft_and_the_next_one_goes_into_it(void **state)
{
	struct store_fixture *fixture = *state;
	struct revision_key first =
	    add(fixture, "chu-ky-so", "ký số\nnghĩa là gì vậy", OK);
	struct revision_key second =
	    add(fixture, "chu-ky-so", "chữ ký điện tử à", OK);
	const struct revision *draft = newest(fixture, "chu-ky-so");

	assert_int_equal(first.number, 1);
	assert_int_equal(second.number, 1);
	assert_int_equal(second.version, 2);
	assert_int_equal(draft->state, REVISION_DRAFT);
	assert_true(text_is(draft->topic, "thu-nghiem"));
	assert_non_null(strstr(draft->json.at, "\"ký số nghĩa là gì vậy\""));
	assert_non_null(strstr(draft->json.at, "\"chữ ký điện tử à\""));
	assert_non_null(strstr(draft->json.at, "\"ký số là gì\""));
}

static void
a_phrasing_that_is_there_changes_nothing(void **state)
{
	struct store_fixture *fixture = *state;

	assert_int_equal(
	    add(fixture, "chu-ky-so", " ký số là gì ", OK).number, 0);
	assert_int_equal(
	    add(fixture, "chu-ky-so", "Chữ ký số là gì?", OK).number, 0);
	(void)add(fixture, "chu-ky-so", "mới", OK);
	assert_int_equal(add(fixture, "chu-ky-so", "mới", OK).version, 1);
}

static void
what_cannot_be_a_phrasing_is_refused(void **state)
{
	struct store_fixture *fixture = *state;

	(void)add(fixture, "khong-co", "gì", ERR_NOT_FOUND);
	(void)add(fixture, "chu-ky-so", "  ", ERR_INVALID);
	(void)add(fixture, "chu-ky-so", "số {{của tôi}}", ERR_INVALID);
}

static void
what_is_published_is_loaded_over_the_files(void **state)
{
	struct store_fixture *fixture = *state;
	struct knowledge *before = load(fixture);
	struct knowledge *after;

	publish(fixture, add(fixture, "chu-ky-so", "con dấu điện tử", OK));
	after = load(fixture);
	assert_string_not_equal(before->faq->version, after->faq->version);
	assert_int_equal(
	    faq_find(after->faq, TEXT("chu-ky-so"))->asked_as.count,
	    faq_find(before->faq, TEXT("chu-ky-so"))->asked_as.count + 1);
	assert_true(after->faq->covered[0].conflict); /* "-": no such file */
	knowledge_drop(before);
	knowledge_drop(after);
}

static void
a_candidate_replaces_or_leaves_out(void **state)
{
	struct store_fixture *fixture = *state;
	struct faq_overlay overlay;
	struct editions editions;

	publish(fixture, add(fixture, "chu-ky-so", "con dấu điện tử", OK));
	(void)add(fixture, "chu-ky-so", "dấu số", OK);
	assert_int_equal(
	    editions_read(fixture->store, &fixture->arena, &editions), OK);
	assert_int_equal(editions_with(&editions, newest(fixture, "chu-ky-so"),
			     1, TEXT(""), &fixture->arena, &overlay),
	    OK);
	assert_int_equal(overlay.revision_count, 1);
	assert_non_null(strstr(overlay.revisions[0].json.at, "dấu số"));
	assert_int_equal(overlay.revisions[0].file_hash.len, 0);
	assert_int_equal(editions_with(&editions, NULL, 0, TEXT("chu-ky-so"),
			     &fixture->arena, &overlay),
	    OK);
	assert_int_equal(overlay.revision_count, 0);
}

static void
files_that_were_exported_say_what_is_in_force(void **state)
{
	struct store_fixture *fixture = *state;
	struct complaint why = { .text = "" };
	struct temp_dir out;
	char path[TEMP_DIR_PATH_SIZE];
	char text[16384] = "";
	size_t count = 0;
	FILE *file;

	publish(fixture, add(fixture, "chu-ky-so", "con dấu điện tử", OK));
	temp_dir_make(&out);
	store_fixture_close(fixture);
	assert_int_equal(
	    faq_files_export(DIR, fixture->url, out.path, &count, &why), OK);
	assert_int_equal(count, 1);
	temp_dir_file(&out, "small.json", path);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_true(fread(text, 1, sizeof(text) - 1, file) > 0);
	(void)fclose(file);
	assert_non_null(strstr(text, "con dấu điện tử"));
	temp_dir_remove(&out);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_phrasing_begins_a_draft_and_the_next_one_goes_into_it),
		cmocka_unit_test(a_phrasing_that_is_there_changes_nothing),
		cmocka_unit_test(what_cannot_be_a_phrasing_is_refused),
		cmocka_unit_test(what_is_published_is_loaded_over_the_files),
		cmocka_unit_test(a_candidate_replaces_or_leaves_out),
		cmocka_unit_test(files_that_were_exported_say_what_is_in_force),
	};

	return store_fixture_run(
	    NULL, "editions", tests, sizeof(tests) / sizeof(tests[0]));
}
