/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_GOLDEN_H
#define HOIDAP_FAQ_GOLDEN_H

#include "match.h"

/* A question that people agreed on, and the entry that must answer it. */
struct golden_line {
	struct text_view question;
	const struct faq_entry *entry; /* NULL: none may answer */
	unsigned line;
};

struct golden {
	struct golden_line *at;
	size_t count;
	struct arena arena;
};

/* Read golden.tsv in DIR: lines of QUESTION<TAB>ID, where the id may be
 * "none"; empty lines and lines that begin with "#" are passed over.
 * ERR_NOT_FOUND when there is no such file, ERR_INVALID and ERR_IO with WHY.
 * *GOLDEN_OUT is yours to golden_fini(). */
enum result golden_read(const char *dir, const struct faq *faq,
    struct golden *golden_out, struct complaint *why) MUST_CHECK;
/* The place of ENTRY among the candidates, from 1; 0: it is none of them. */
size_t golden_rank(
    const struct match_result *match, const struct faq_entry *entry);
/* Is MATCH what a line wants that names ENTRY (NULL: none may answer)? */
bool golden_right(
    const struct match_result *match, const struct faq_entry *entry);
void golden_fini(struct golden *golden);

#endif
