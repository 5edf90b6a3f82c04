/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_BURST_H
#define HOIDAP_DIALOG_BURST_H

#include "exchange.h"

/* Several short messages that are one question. */

/* The reply to what was said before waits, and this message may go on with it:
 * ask for it back.  False: no. */
bool burst_recall(struct exchange *exchange);

/* The same when a person answers: it is not needed any more. */
bool burst_take_back(struct exchange *exchange);

/* That reply was taken back: the citizen never saw it. */
void burst_unsay(struct conversation *before);

/* Join the message to the one before it: sets *ASKED_OUT, and what EXCHANGE is
 * decided on. */
enum result burst_join(
    struct exchange *exchange, struct text_view *asked_out) MUST_CHECK;

/* Let the reply wait if the question is not finished. */
void burst_hold(struct exchange *exchange);

#endif
