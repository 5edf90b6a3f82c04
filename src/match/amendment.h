/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_AMENDMENT_H
#define HOIDAP_MATCH_AMENDMENT_H

#include "ranker.h"

/* Learn the classes of LESSON that are OPEN (by class) into WEIGHTS, and leave
 * those of all others as they are.  Examples of the others teach the open ones
 * to keep behind.  Deterministic.  ERR_NOMEM. */
enum result amendment_learn(const struct lesson *lesson, const bool *open,
    struct weights *weights) MUST_CHECK;

#endif
