/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_FOLLOW_H
#define HOIDAP_DIALOG_FOLLOW_H

#include "exchange.h"

/* A bare question right after an answer ("còn phí thì sao?") is about what was
 * answered.  ERR_NOT_FOUND: it is none, or there is nothing to lean on. */
enum result follow_answer(struct exchange *exchange) MUST_CHECK;

#endif
