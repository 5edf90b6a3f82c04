/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_REHEARSAL_H
#define HOIDAP_MATCH_REHEARSAL_H

#include "train.h"

/* Set the calibration and the thresholds of INDEX from its own examples: each
 * is asked of a ranker that has not seen it.  Needs everything else of
 * INDEX; its weights are used and hold nothing of worth afterwards. */
enum result rehearse(
    struct match_index *index, const struct training *training) MUST_CHECK;

#endif
