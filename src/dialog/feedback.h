/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_FEEDBACK_H
#define HOIDAP_DIALOG_FEEDBACK_H

#include "exchange.h"

/* "Câu trả lời này có giúp được anh/chị không?" */

/* Ask it under the reply, where that has room and it is time to. */
enum result feedback_ask(struct exchange *exchange) MUST_CHECK;

/* The answer to it, tapped (PAYLOAD) or typed (PAYLOAD is empty), or words
 * after a no.  ERR_NOT_FOUND: it is none. */
enum result feedback_heard(
    struct exchange *exchange, struct text_view payload) MUST_CHECK;

#endif
