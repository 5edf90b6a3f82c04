/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_LABELLED_H
#define HOIDAP_LABELLED_H

#include "faq.h"

/* Lines of LABEL<TAB>TEXT with an optional third column, the style. */
struct labelled_line {
	struct text_view label;
	struct text_view text;
	struct text_view style; /* may be empty */
	bool in_scope;		/* the label is not "none" */
};

struct labelled {
	struct labelled_line *lines;
	size_t count;
	struct arena arena;
	uint64_t hash; /* of all lines */
};

/* Read FILE.  ERR_IO, ERR_INVALID and ERR_TOO_LARGE say in WHY what is wrong.
 * LABELLED needs labelled_fini(), also after a failure. */
enum result labelled_read(const char *file, struct labelled *labelled,
    struct complaint *why) MUST_CHECK;
void labelled_fini(struct labelled *labelled);

/* A base with an entry for each label, in order of appearance: the first text
 * is its question, the others its asked_as; `none` lines are off topic.  It
 * borrows from LABELLED. */
enum result labelled_base(
    const struct labelled *labelled, struct faq **faq_out) MUST_CHECK;

#endif
