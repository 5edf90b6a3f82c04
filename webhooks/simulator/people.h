/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_PEOPLE_H
#define SIMULATOR_PEOPLE_H

#include "channel.h"

#include <jansson.h>

/* The citizens an account has met, each with the quick replies that their
 * phone shows at this moment, what opened the account's windows to them, and
 * who may answer them.  Not for several threads at once. */
struct sim_people {
	/* "messenger/PAGE/CITIZEN": {"shown": ["payload", ...], "heard",
	 * "renewed", "sent", "left", "away"} */
	json_t *met;
};

/* What a platform knows of one citizen. */
struct sim_person {
	uint64_t heard_ms;   /* their last message; 0: never */
	uint64_t renewed_ms; /* the last thing that they did */
	uint64_t sent;	     /* messages to them since then */
	bool left;	     /* unfollowed */
	bool away;	     /* another app controls the thread */
};

enum result sim_people_init(struct sim_people *people) MUST_CHECK;
void sim_people_fini(struct sim_people *people);
void sim_people_clear(struct sim_people *people);

/* ERR_TOO_LARGE when it knows as many as it may. */
enum result sim_people_meet(struct sim_people *people,
    const struct account *account, const char *citizen) MUST_CHECK;
bool sim_people_know(const struct sim_people *people,
    const struct account *account, const char *citizen);

/* All false and 0 for somebody never met. */
struct sim_person sim_people_ask(const struct sim_people *people,
    const struct account *account, const char *citizen);
/* They must have been met. */
enum result sim_people_tell(struct sim_people *people,
    const struct account *account, const char *citizen,
    const struct sim_person *person) MUST_CHECK;

/* A message came: QUICK_REPLIES (an array of them, or NULL) are on the phone
 * now, and no others. */
void sim_people_show(struct sim_people *people, const struct account *account,
    const char *citizen, const json_t *quick_replies);
/* Is PAYLOAD that of a quick reply on the phone?  Else it is a button's. */
bool sim_people_see(const struct sim_people *people,
    const struct account *account, const char *citizen, const char *payload);

#endif
