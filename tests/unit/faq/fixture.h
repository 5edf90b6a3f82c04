/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_FAQ_FIXTURE_H
#define HOIDAP_TEST_FAQ_FIXTURE_H

/* Bases and complaints from JSON written in a test, without a disk. */

#include "tests/support/cmocka_all.h"

#include <stdlib.h>

#include "src/faq/load.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A topic file; ENTRIES begin on its line 2. */
#define TOPIC(entries)                                                         \
	"{\"topic\": \"t\", \"title\": \"T\", \"entries\": [\n" entries "\n]}"

/* The start of an entry that needs nothing more. */
#define ENTRY(id)                                                              \
	"{\"id\": \"" id "\", \"question\": \"Hỏi gì?\", \"answer\": \"Đáp.\""

#define LOCALITY                                                               \
	"{\"locality\": \"X\", \"variables\": {"                               \
	"\"portal_url\": {\"value\": \"https://cong.vn\"}, "                   \
	"\"hotline\": {\"value\": \"1022\", \"otherwise\": \"tổng đài\", " \
	"\"review_by\": \"2027-02-22\"}, "                                     \
	"\"office\": {\"value\": \"\", \"otherwise\": \"công an phường\"}}}"

static inline enum result
fixture_load_two(const char *first, const char *second, struct faq **faq_out,
    struct complaint *why)
{
	const struct load_file files[] = {
		{ "faq/a.json", text_of(first) },
		{ "faq/b.json", text_of(second) },
		{ "faq/locality.json", TEXT(LOCALITY) },
	};

	return load_files(files, COUNT_OF(files), faq_out, why);
}

/* The base of one topic file, which must be good. */
static inline struct faq *
fixture_base(const char *topic)
{
	struct complaint why = { .line = 0 };
	struct faq *faq = NULL;
	enum result result = fixture_load_two(topic, TOPIC(""), &faq, &why);

	if (result != OK)
		fail_msg("%s:%u: %s", why.file, why.line, why.text);
	return faq;
}

/* TEXT as the file PATH must be refused with exactly WANT, and nothing may
 * have been handed out. */
static inline void
fixture_refused(const char *path, const char *text, const char *want)
{
	const struct load_file files[] = {
		{ "faq/locality.json", TEXT(LOCALITY) },
		{ path, text_of(text) },
	};
	struct complaint why = { .line = 0 };
	struct faq *faq = NULL;
	char got[1024];

	assert_int_equal(
	    load_files(files, COUNT_OF(files), &faq, &why), ERR_INVALID);
	assert_null(faq);
	complaint_print(&why, got, sizeof(got));
	assert_string_equal(got, want);
}

static inline void
assert_text(struct text_view got, const char *want)
{
	char *copy = text_dup(got);

	assert_non_null(copy);
	assert_string_equal(copy, want);
	free(copy);
}

#endif
