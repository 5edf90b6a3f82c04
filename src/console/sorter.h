/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_SORTER_H
#define HOIDAP_CONSOLE_SORTER_H

#include "sorting.h"

/* What the sorting thread does, one bounded piece at a time.  One thread. */
struct sorter;

/* NULL when out of memory. */
struct sorter *sorter_new(const struct sorting_options *options);
void sorter_free(struct sorter *sorter);

/* Look at what was edited since, then sort the oldest open questions.
 * *MORE_OUT: there is more to do at once.  After a failure the next piece
 * begins where this one did. */
enum result sorter_piece(struct sorter *sorter, bool *more_out) MUST_CHECK;

#endif
