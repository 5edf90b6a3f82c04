/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DRAFT_H
#define HOIDAP_DRAFT_H

#include "faq.h"

/* One entry that is being written, judged by the rules of the topic files,
 * but all faults at once, each at its field. */

enum { DRAFT_FAULTS_MAX = 32, DRAFT_FIELD_SIZE = 32 };

struct draft_fault {
	char field[DRAFT_FIELD_SIZE]; /* a key of the entry; "": the whole */
	const char *code; /* for programs: "too_long", "unknown_variable" */
	char text[512];	  /* for developers: what, and how to mend it */
};

struct draft {
	/* Not in any base: its texts live here.  NULL when there are
	 * faults. */
	const struct faq_entry *entry;
	struct draft_fault faults[DRAFT_FAULTS_MAX];
	size_t fault_count;
	struct faq *scratch; /* private */
};

/* Read JSON, an object as in a topic file, against BASE, which has the
 * variables and the entries that it may name.  Faults are no failure: only
 * ERR_NOMEM.  *DRAFT_OUT is yours and borrows the variables of BASE. */
enum result draft_read(const struct faq *base, struct text_view json,
    struct draft **draft_out) MUST_CHECK;
void draft_free(struct draft *draft);

/* May a new topic be called so?  Its file will be. */
bool draft_is_topic(struct text_view name);

#endif
