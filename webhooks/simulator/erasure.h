/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_ERASURE_H
#define SIMULATOR_ERASURE_H

#include "room.h"

/* POST /simulator/erase {"user_id", "account"?}: Meta asks the app to erase
 * somebody, by the data deletion callback.  CONTEXT is the simulator. */
void sim_erasure_begin(void *context, struct http_request *request);

#endif
