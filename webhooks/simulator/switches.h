/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_SWITCHES_H
#define SIMULATOR_SWITCHES_H

#include "room.h"

/* POST /simulator/settings: how the platforms behave.  CONTEXT is the
 * simulator. */
struct http_answer sim_switches_change(
    void *context, struct http_request *request);

#endif
