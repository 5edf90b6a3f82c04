/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_QUESTION_H
#define HOIDAP_DIALOG_QUESTION_H

#include "exchange.h"

/* Log what was said as a question, and answer it or not. */
enum result question_decide(struct exchange *exchange) MUST_CHECK;

#endif
