/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_NOTICE_H
#define HOIDAP_DIALOG_NOTICE_H

#include "exchange.h"

/* What staff have put before answers, or in their place. */

/* The bot is switched off on this channel: say so, keep what was asked.
 * ERR_NOT_FOUND when it is on. */
enum result notice_off(struct exchange *exchange) MUST_CHECK;

/* Put the notices that are in force before the reply, if it is one to a
 * question. */
enum result notice_put_before(struct exchange *exchange) MUST_CHECK;

#endif
