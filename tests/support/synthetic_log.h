/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_SYNTHETIC_LOG_H
#define HOIDAP_TEST_SYNTHETIC_LOG_H

#include "store.h"

/* A year of a city's question log, made up: what citizens ask in Vietnamese,
 * with and without accents, with abbreviations, typos and courtesy, at the
 * hours and on the days when they ask.  The same options always give the same
 * log. */

struct synthetic_options {
	uint64_t seed;
	size_t count;	 /* of questions */
	uint64_t end_ms; /* of the year */
};

enum { SYNTHETIC_TEXT_SIZE = 512, SYNTHETIC_NAME_SIZE = 24 };

struct synthetic_question {
	const char *channel; /* "messenger", "zalo", "web" */
	char citizen[SYNTHETIC_NAME_SIZE];
	uint64_t at_ms;
	/* Questions that ask the same have the same number. */
	unsigned about;
	struct question question; /* views into what follows, or static */
	char text[SYNTHETIC_TEXT_SIZE];
	char candidates[SYNTHETIC_TEXT_SIZE];
};

struct synthetic_log;

/* NULL when out of memory. */
struct synthetic_log *synthetic_log_new(
    const struct synthetic_options *options);
void synthetic_log_free(struct synthetic_log *log);
/* The next one, in order of time; false after the last. */
bool synthetic_log_next(
    struct synthetic_log *log, struct synthetic_question *out);

/* Put a whole log into STORE, as turns. */
enum result synthetic_log_fill(
    struct store *store, const struct synthetic_options *options) MUST_CHECK;

#endif
