/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_SORTING_H
#define HOIDAP_SORTING_H

#include "knowledge.h"
#include "log.h"
#include "store.h"

/* The thread that sorts open questions into groups, piece by piece, as they
 * come in.  No turn waits for it, and a crash loses nothing: what is not in a
 * group is sorted after the next start. */
struct sorting;

struct sorting_options {
	struct store *store;
	struct knowledge_slot *knowledge; /* for its abbreviations */
	const struct log *log;		  /* may be NULL */
};

/* ERR_NOMEM.  What OPTIONS names must outlive it. */
enum result sorting_start(const struct sorting_options *options,
    struct sorting **sorting_out) MUST_CHECK;
/* Waits for the piece under way.  Takes NULL. */
void sorting_stop(struct sorting *sorting);

#endif
