/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_FAQ_QUESTIONS_H
#define HOIDAP_CLI_FAQ_QUESTIONS_H

#include "faq.h"

/* Questions to try on a base, each once, in order. */
struct faq_questions {
	struct text_view *at;
	size_t count;
	size_t size;
	uint64_t *slots; /* hash table of indices + 1 */
	size_t slot_count;
	struct arena arena;
};

enum { FAQ_QUESTIONS_MAX = 1000000, FAQ_QUESTIONS_FILE_MAX_BYTES = 256 << 20 };

void faq_questions_init(struct faq_questions *questions);
void faq_questions_fini(struct faq_questions *questions);

/* One question a line: the line up to its first tab, if any; lines that begin
 * with "#" are passed over.  ERR_INVALID,
 * ERR_TOO_LARGE and ERR_IO with WHY. */
enum result faq_questions_read(struct faq_questions *questions,
    const char *file, struct complaint *why) MUST_CHECK;
/* The phrasings of every entry. */
enum result faq_questions_of_base(
    struct faq_questions *questions, const struct faq *faq) MUST_CHECK;

#endif
