/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_PEOPLE_H
#define SIMULATOR_PEOPLE_H

#include "channel.h"

#include <jansson.h>

/* The citizens an account has met, each with the quick replies that their
 * phone shows at this moment.  Not for several threads at once. */
struct sim_people {
	json_t *met; /* "messenger/PAGE/CITIZEN": ["payload", ...] */
};

enum result sim_people_init(struct sim_people *people) MUST_CHECK;
void sim_people_fini(struct sim_people *people);
void sim_people_clear(struct sim_people *people);

/* ERR_TOO_LARGE when it knows as many as it may. */
enum result sim_people_meet(struct sim_people *people,
    const struct account *account, const char *citizen) MUST_CHECK;
bool sim_people_know(const struct sim_people *people,
    const struct account *account, const char *citizen);

/* A message came: QUICK_REPLIES (an array of them, or NULL) are on the phone
 * now, and no others. */
void sim_people_show(struct sim_people *people, const struct account *account,
    const char *citizen, const json_t *quick_replies);
/* Is PAYLOAD that of a quick reply on the phone?  Else it is a button's. */
bool sim_people_see(const struct sim_people *people,
    const struct account *account, const char *citizen, const char *payload);

#endif
