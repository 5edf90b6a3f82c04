/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_SENT_H
#define SIMULATOR_SENT_H

#include "act.h"

/* The webhooks that went out last, byte for byte, so that one can be delivered
 * again.  Not for several threads at once. */

enum { SIM_SENT_MAX = 1000 };

struct sim_webhook {
	const struct account *account;
	char id[SIM_ID_SIZE];
	char signature[SIM_SIGNATURE_SIZE]; /* "": unsigned */
	char *body;
};

struct sim_sent {
	struct sim_webhook at[SIM_SENT_MAX];
	size_t next;
};

/* Takes the BODY of WEBHOOK; the oldest makes room. */
void sim_sent_add(struct sim_sent *sent, const struct sim_webhook *webhook);
/* The newest with ID, or NULL. */
const struct sim_webhook *sim_sent_find(
    const struct sim_sent *sent, const char *id);
void sim_sent_clear(struct sim_sent *sent);

#endif
