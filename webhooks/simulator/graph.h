/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_GRAPH_H
#define SIMULATOR_GRAPH_H

#include "api.h"

/* The door of Messenger's APIs, and how they refuse. */

/* MESSAGE may be NULL: what Meta usually says. */
void sim_graph_refuse(struct sim_served *out, json_int_t code,
    json_int_t subcode, const char *message);
/* The answer to a scripted error. */
void sim_graph_refuse_scripted(const json_t *error, struct sim_served *out);

/* The page whose token REQUEST brings, with a proof where one is demanded;
 * NULL: refused. */
const struct account *sim_graph_admit(const struct simulator *simulator,
    const struct http_request *request, struct sim_served *out);

#endif
