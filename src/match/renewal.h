/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_RENEWAL_H
#define HOIDAP_MATCH_RENEWAL_H

#include "index.h"

/* Fill in everything of INDEX that is learnt, from PREVIOUS and what differs
 * in the base of INDEX.  INDEX has its entries, its readers and an empty
 * vocabulary.  *DONE_OUT is false, and INDEX untouched, where too much differs
 * or learning all is quick.  ERR_NOMEM, ERR_TOO_LARGE. */
enum result renewal_learn(struct match_index *index,
    const struct match_index *previous, bool *done_out) MUST_CHECK;

#endif
