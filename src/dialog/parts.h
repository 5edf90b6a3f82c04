/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_PARTS_H
#define HOIDAP_DIALOG_PARTS_H

#include "exchange.h"

/* Several questions in one message, and the one question of a long story. */

/* Find the parts of INPUT.message, which was masked and matched as a whole:
 * sets INPUT.parts.  ERR_NOMEM. */
enum result parts_find(
    struct dialog_input *input, struct arena *arena) MUST_CHECK;

/* Answer each part, in one reply.  ERR_NOT_FOUND: there are none. */
enum result parts_answer(struct exchange *exchange) MUST_CHECK;

#endif
