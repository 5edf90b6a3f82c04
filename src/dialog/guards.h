/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_GUARDS_H
#define HOIDAP_DIALOG_GUARDS_H

#include "exchange.h"

enum guard {
	GUARD_PASS,
	GUARD_IGNORE, /* a repetition, an echo, or too many by now */
	GUARD_NOTICE, /* the first that is too many: say so, once */
};

/* Count this message and judge it.  Counters live in the conversation. */
enum guard guards_judge(struct exchange *exchange);

/* Remember what is being said, in case it comes back. */
void guards_said(struct exchange *exchange);

#endif
