/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_ZALO_CONSENT_H
#define SIMULATOR_ZALO_CONSENT_H

#include "room.h"

/* GET .../v4/oa/permission: the administrator of the app's first OA consents
 * at once.  {"location"}: where the browser goes then.  CONTEXT is the
 * simulator. */
struct http_answer sim_zalo_consent(
    void *context, struct http_request *request);

#endif
