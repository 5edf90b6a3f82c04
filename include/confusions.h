/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONFUSIONS_H
#define HOIDAP_CONFUSIONS_H

#include "match.h"

/* Phrasings of ENTRY that the bot gives to TAKEN_FOR when it has not learnt
 * them. */
struct confusion {
	const struct faq_entry *entry;
	const struct faq_entry *taken_for;
	size_t count;
	const struct match_trial *surest; /* the most confident of them */
};

struct confusions {
	struct confusion *at; /* most phrasings first */
	size_t count;
};

/* Those of the index's trials that had at least CONFIDENCE.  Borrows from
 * INDEX; CONFUSIONS_OUT is yours to confusions_fini(). */
enum result confusions_find(const struct match_index *index, double confidence,
    struct confusions *confusions_out) MUST_CHECK;
void confusions_fini(struct confusions *confusions);

#endif
