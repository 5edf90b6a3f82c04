/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_CONFUSIONS_H
#define HOIDAP_FAQ_CONFUSIONS_H

#include "match.h"

/* Phrasings of ENTRY that the bot gives to TAKEN_FOR when it has not learnt
 * them. */
struct faq_confusion {
	const struct faq_entry *entry;
	const struct faq_entry *taken_for;
	size_t count;
	const struct match_trial *surest; /* the most confident of them */
};

struct faq_confusions {
	struct faq_confusion *at; /* most phrasings first */
	size_t count;
};

/* Those of the index's trials that had at least CONFIDENCE.  Borrows from
 * INDEX; CONFUSIONS_OUT is yours to faq_confusions_fini(). */
enum result faq_confusions_find(const struct match_index *index,
    double confidence, struct faq_confusions *confusions_out) MUST_CHECK;
void faq_confusions_fini(struct faq_confusions *confusions);

#endif
