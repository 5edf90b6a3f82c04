/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_EXCHANGE_H
#define HOIDAP_DIALOG_EXCHANGE_H

#include "dialog.h"

/* One event and what is being decided on it: what every step of a decision
 * takes.  A step that has nothing to say to this event answers ERR_NOT_FOUND
 * and has changed nothing. */
struct exchange {
	const struct dialog_input *input;
	const struct conversation *before;
	const struct match_result *match;   /* what is decided on */
	const struct dialog_asking *asking; /* how that asks */
	struct arena *arena;
	struct dialog_decision *out;
};

#endif
