/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_CONTROL_H
#define SIMULATOR_CONTROL_H

#include "room.h"

/* The control API: JSON in, JSON out, at /simulator/...; README.md describes
 * it.  CONTEXT is the simulator. */

/* say, tap, attach, follow, leave, staff: the last part of the path. */
void sim_control_act(void *context, struct http_request *request);
void sim_control_raw(void *context, struct http_request *request);
void sim_control_redeliver(void *context, struct http_request *request);

struct http_answer sim_control_script(
    void *context, struct http_request *request);
struct http_answer sim_control_tokens(
    void *context, struct http_request *request);
struct http_answer sim_control_reset(
    void *context, struct http_request *request);
/* GET ?after=N&wait_ms=M */
void sim_control_record(void *context, struct http_request *request);

#endif
