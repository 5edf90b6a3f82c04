/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/console/faq_trial.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/store_fixture.h"

/* What publishing a draft would change, found out before. */

static const struct audit_line line = {
	.at_ms = 1000,
	.user = 7,
	.login = { "lan", 3 },
	.action = { "entry.draft", 11 },
	.subject = { "entry x", 7 },
};

/* A folder like that of the scenarios, with golden questions. */
struct rig {
	struct store_fixture *fixture;
	struct temp_dir faq;
	struct faq_trial trial;
};

static void
copy_file(const struct temp_dir *dir, const char *name)
{
	char from[TEMP_DIR_PATH_SIZE];
	char to[TEMP_DIR_PATH_SIZE];
	char bytes[32768];
	FILE *file;
	size_t len;

	(void)snprintf(from, sizeof(from), "tests/scenario/faq/%s", name);
	temp_dir_file(dir, name, to);
	file = fopen(from, "r");
	assert_non_null(file);
	len = fread(bytes, 1, sizeof(bytes), file);
	(void)fclose(file);
	file = fopen(to, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static void
put_golden(const struct temp_dir *dir, const char *text)
{
	char path[TEMP_DIR_PATH_SIZE];
	FILE *file;

	temp_dir_file(dir, "golden.tsv", path);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void
open_rig(struct rig *rig, struct store_fixture *fixture)
{
	struct knowledge *before = NULL;

	*rig = (struct rig){ .fixture = fixture };
	temp_dir_make(&rig->faq);
	copy_file(&rig->faq, "small.json");
	copy_file(&rig->faq, "off-topic.json");
	put_golden(&rig->faq, "chữ ký số là cái gì vậy\tchu-ky-so\n");
	assert_int_equal(
	    knowledge_load(rig->faq.path, "2026-11-24", &before, NULL), OK);
	arena_init(&rig->trial.arena, EDITIONS_ARENA_MAX_BYTES);
	rig->trial.before = before;
	rig->trial.dir = rig->faq.path;
	rig->trial.store = fixture->store;
	rig->trial.questions_max = 100;
	rig->trial.now_ms = 1764000000000;
}

static void
close_rig(struct rig *rig)
{
	faq_trial_fini(&rig->trial);
	temp_dir_remove(&rig->faq);
}

static void
add_draft(struct rig *rig, const char *entry, const char *json)
{
	const struct draft_save save = { .seen = { .entry = text_of(entry) },
		.topic = TEXT("thu-nghiem"),
		.json = text_of(json) };
	struct revision_key key;

	assert_int_equal(
	    store_draft_save(rig->fixture->store, &save, &line, &key), OK);
}

static json_t *
run(struct rig *rig)
{
	struct faq_trial *trial = &rig->trial;

	assert_int_equal(store_drafts(trial->store, &trial->arena,
			     &trial->revisions, &trial->revision_count),
	    OK);
	assert_int_equal(faq_trial_run(trial), OK);
	return trial->report;
}

static void
log_question(struct rig *rig, const char *text)
{
	struct question question = store_fixture_asked;
	struct said said = { .now_ms = 1,
		.outcome = { .question = &question } };

	question.text = text_of(text);
	assert_int_equal(store_fixture_say(rig->fixture, &said, 1), OK);
}

#define RETIRED                                                                \
	"{\"id\":\"chu-ky-so\",\"question\":\"Chữ ký số là gì?\","      \
	"\"answer\":\"Là ký trên tệp.\",\"status\":\"retired\"}"
#define RENEWED                                                                 \
	"{\"id\":\"chu-ky-so\",\"question\":\"Chữ ký số là gì?\","       \
	"\"asked_as\":[\"ký số là gì\",\"chữ ký số nghĩa là sao\"," \
	"\"giải thích chữ ký số\",\"chu ky so la gi\"],"                \
	"\"answer\":\"Là ký trên tệp.\"}"

static const json_t *
at(const json_t *object, const char *first, const char *second)
{
	return json_object_get(json_object_get(object, first), second);
}

static void
past_questions_are_asked_of_both_bases(void **state)
{
	struct rig rig;
	const json_t *report;
	const json_t *change;

	open_rig(&rig, *state);
	log_question(&rig, "chữ ký số là gì");
	log_question(&rig, "làm hộ chiếu ở đâu");
	log_question(&rig, ""); /* erased */
	add_draft(&rig, "chu-ky-so", RENEWED);
	report = run(&rig);
	assert_int_equal(
	    json_integer_value(at(report, "replay", "questions")), 2);
	assert_int_equal(
	    json_integer_value(at(report, "replay", "changed")), 1);
	change = json_array_get(at(report, "replay", "changes"), 0);
	assert_string_equal(
	    json_string_value(json_object_get(change, "change")),
	    "text_changed");
	assert_non_null(
	    strstr(json_string_value(at(change, "before", "text")), "ký tên"));
	assert_non_null(strstr(
	    json_string_value(at(change, "after", "text")), "Là ký trên tệp."));
	assert_non_null(rig.trial.candidate);
	assert_string_not_equal(
	    rig.trial.candidate->faq->version, rig.trial.before->faq->version);
	close_rig(&rig);
}

static void
a_lost_golden_question_does_not_pass(void **state)
{
	struct rig rig;
	const json_t *report;
	const json_t *lost;

	open_rig(&rig, *state);
	add_draft(&rig, "chu-ky-so", RETIRED);
	report = run(&rig);
	lost = at(report, "golden", "lost");
	assert_int_equal(json_array_size(lost), 1);
	assert_string_equal(json_string_value(json_object_get(
				json_array_get(lost, 0), "entry")),
	    "chu-ky-so");
	assert_false(rig.trial.passes);
	close_rig(&rig);
}

/* What was wrong before is no reason to stop a change. */
static void
only_findings_about_changed_entries_count(void **state)
{
	static const struct {
		const char *json;
		bool passes;
	} cases[] = {
		{ RENEWED, true },
		{ "{\"id\":\"chu-ky-so\",\"question\":\"Chữ ký số là gì?\","
		  "\"asked_as\":[\"ký số là gì\",\"chu ky so la gi\"],"
		  "\"answer\":\"A.\",\"valid_until\":\"2020-01-01\"}",
		    false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct store_fixture *fixture = *state;
		struct revision_key key = { TEXT("chu-ky-so"), i + 1, 1 };
		struct rig rig;
		json_t *finding;
		json_t *list;
		size_t at_index;

		open_rig(&rig, fixture);
		put_golden(&rig.faq, "");
		add_draft(&rig, "chu-ky-so", cases[i].json);
		list = json_object_get(run(&rig), "findings");
		json_array_foreach(list, at_index, finding)
		{
			const char *entry = json_string_value(
			    json_object_get(finding, "entry"));
			const char *what =
			    json_string_value(json_object_get(finding, "what"));

			assert_true(strcmp(entry, "chu-ky-so") == 0 ||
				    strstr(what, "\"chu-ky-so\"") != NULL);
		}
		assert_int_equal(rig.trial.passes, cases[i].passes);
		close_rig(&rig);
		assert_int_equal(store_revision_move(fixture->store, &key,
				     REVISION_WITHDRAWN, &line),
		    OK);
	}
}

static void
what_cannot_be_loaded_is_told_not_failed(void **state)
{
	struct rig rig;
	const json_t *report;

	open_rig(&rig, *state);
	add_draft(&rig, "chu-ky-so",
	    "{\"id\":\"chu-ky-so\",\"question\":\"A?\",\"answer\":\"{{x}}\"}");
	report = run(&rig);
	assert_non_null(
	    strstr(json_string_value(json_object_get(report, "refused")),
		"has no variable"));
	assert_null(rig.trial.candidate);
	assert_false(rig.trial.passes);
	close_rig(&rig);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(past_questions_are_asked_of_both_bases),
		cmocka_unit_test(a_lost_golden_question_does_not_pass),
		cmocka_unit_test(only_findings_about_changed_entries_count),
		cmocka_unit_test(what_cannot_be_loaded_is_told_not_failed),
	};

	return store_fixture_run(
	    NULL, "faq_trial", tests, sizeof(tests) / sizeof(tests[0]));
}
