/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MATCH_BACKGROUND_REHEARSAL_H
#define HOIDAP_MATCH_BACKGROUND_REHEARSAL_H

#include "background.h"

/* Set the calibration and the thresholds of BACKGROUND, which INDEX does not
 * have yet.  Only ERR_NOMEM. */
enum result background_rehearsal_run(
    const struct match_index *index, struct background *background) MUST_CHECK;

#endif
