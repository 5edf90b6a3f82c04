/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_SCRIPT_H
#define SIMULATOR_SCRIPT_H

#include "text.h"

#include <jansson.h>

/* How one API shall misbehave: rules that are used up in order, then it behaves
 * again.  README.md describes their JSON.  Not for several threads at once. */

enum sim_drop {
	SIM_DROP_NEVER,
	SIM_DROP_BEFORE, /* close the connection, the message is not taken */
	SIM_DROP_AFTER,	 /* take the message, then close the connection */
};

struct sim_rule {
	json_t *spec;	     /* owns what the next three borrow */
	const char *citizen; /* NULL: whoever it is for */
	const char *body;    /* NULL: none */
	const json_t *error; /* NULL: none */
	unsigned times;	     /* how often it still applies */
	unsigned status;     /* 0: none */
	unsigned delay_ms;   /* before the answer goes out */
	unsigned retry_after_s;
	enum sim_drop drop;
};

struct sim_script {
	struct sim_rule *rules;
	size_t count;
};

/* RULES is an array.  ERR_INVALID with WHY when it says something that is not
 * understood. */
enum result sim_script_load(const json_t *rules, struct sim_script *out,
    struct complaint *why) MUST_CHECK;
void sim_script_fini(struct sim_script *script);

/* The rule for a call that is for CITIZEN ("": for nobody), which is now used
 * once more.  False: no rule, behave.  *OUT is yours for sim_script_done(). */
bool sim_script_take(
    struct sim_script *script, const char *citizen, struct sim_rule *out);
void sim_script_done(struct sim_rule *rule);

#endif
