/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_INSULT_H
#define HOIDAP_DIALOG_INSULT_H

#include "exchange.h"

/* An insult and nothing else: answered once a day and politely, else with
 * silence.  ERR_NOT_FOUND: it is none. */
enum result insult_step(struct exchange *exchange) MUST_CHECK;

#endif
