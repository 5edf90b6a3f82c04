/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_GOLDEN_H
#define HOIDAP_FAQ_GOLDEN_H

#include "faq.h"

/* A question that people agreed on, and the entry that must answer it. */
struct faq_golden_line {
	struct text_view question;
	const struct faq_entry *entry; /* NULL: none may answer */
	unsigned line;
};

struct faq_golden {
	struct faq_golden_line *at;
	size_t count;
	struct arena arena;
};

/* Read golden.tsv in DIR: lines of QUESTION<TAB>ID, where the id may be
 * "none"; empty lines and lines that begin with "#" are passed over.
 * ERR_NOT_FOUND when there is no such file, ERR_INVALID and ERR_IO with WHY.
 * *GOLDEN_OUT is yours to faq_golden_fini(). */
enum result faq_golden_read(const char *dir, const struct faq *faq,
    struct faq_golden *golden_out, struct complaint *why) MUST_CHECK;
void faq_golden_fini(struct faq_golden *golden);

#endif
