/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_FAQ_MERGE_H
#define HOIDAP_CLI_FAQ_MERGE_H

#include "faq_rows.h"
#include "faq_topics.h"

/* Brings imported rows into the topic files of a base. */
struct faq_merge {
	const struct faq *base;
	struct faq_topics *topics;
	struct faq_faults *faults;
	struct buf report; /* Vietnamese, a line for each entry that changes */
	size_t added;
	size_t changed;
	size_t same;
};

/* Change the topics in memory as the rows say.  A row with a known id changes
 * what it speaks of and leaves the rest; a new id is added to its topic.  What
 * is wrong with a row goes to FAULTS. */
enum result faq_merge_rows(
    struct faq_merge *merge, const struct faq_rows *rows) MUST_CHECK;

#endif
