/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_FAQ_CHECK_FIXTURE_H
#define HOIDAP_TEST_FAQ_CHECK_FIXTURE_H

/* What the rules find in a base that is written in a test. */

#include "fixture.h"

#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "findings.h"
#include "tests/support/temp_dir.h"

enum { CHECK_REPORT_MAX_BYTES = 65536 };

static inline void
check_write(const struct temp_dir *dir, const char *name, const char *text)
{
	char path[TEMP_DIR_PATH_SIZE];
	FILE *file;

	temp_dir_file(dir, name, path);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

/* The findings of KIND, one a line: "LINE ENTRY: WHAT". */
static inline void
check_report(
    const struct findings *findings, enum finding_kind kind, struct buf *out)
{
	for (size_t i = 0; i < findings->count; i++) {
		const struct finding *finding = &findings->at[i];

		if (finding->kind == kind)
			assert_int_equal(
			    buf_printf(out, "%u %.*s: %.*s\n", finding->line,
				TEXT_ARGS(finding->entry),
				TEXT_ARGS(finding->what)),
			    OK);
	}
}

/* WANT with the folder for each "@". */
static inline void
check_wanted(const char *want, const struct temp_dir *dir, struct buf *out)
{
	struct text_view rest = text_of(want);
	struct text_view piece;

	assert_int_equal(buf_add(out, TEXT("")), OK);
	while (text_split(&rest, '@', &piece)) {
		assert_int_equal(buf_add(out, piece), OK);
		if (rest.at != NULL)
			assert_int_equal(buf_add(out, text_of(dir->path)), OK);
	}
}

/* In the base of the topic file TOPIC as of 2026-11-24, the findings of KIND
 * are WANT; "@" in it stands for the folder. */
static inline void
check_found(enum finding_kind kind, const char *topic, const char *want)
{
	struct findings *findings = NULL;
	struct temp_dir dir;
	struct buf wanted;
	struct buf got;

	buf_init(&wanted, CHECK_REPORT_MAX_BYTES);
	buf_init(&got, CHECK_REPORT_MAX_BYTES);
	temp_dir_make(&dir);
	check_write(&dir, "a.json", topic);
	check_write(&dir, "locality.json", LOCALITY);
	check_write(&dir, "off-topic.json",
	    "{\"messages\": [\"hôm nay trời có mưa không\"]}");
	assert_int_equal(
	    findings_collect(dir.path, "2026-11-24", &findings), OK);
	check_report(findings, kind, &got);
	check_wanted(want, &dir, &wanted);
	if (!text_equal(buf_view(&got), buf_view(&wanted)))
		fail_msg("wanted:\n%s\ngot:\n%s\nin: %s", want,
		    got.at == NULL ? "" : got.at, topic);
	findings_free(findings);
	temp_dir_remove(&dir);
	buf_fini(&wanted);
	buf_fini(&got);
}

struct check_case {
	const char *topic;
	const char *want;
};

static inline void
check_cases(
    enum finding_kind kind, const struct check_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_found(kind, cases[i].topic, cases[i].want);
}

#define CHECK(kind, cases) check_cases(kind, cases, COUNT_OF(cases))

/* An entry that is asked in its own way; more keys may follow. */
#define ASKED(id, question)                                                    \
	"{\"id\": \"" id "\", \"question\": \"" question "\", "                \
	"\"answer\": \"Đáp.\""

#endif
