/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_HTTP_REPLY_JSON_H
#define HOIDAP_HTTP_REPLY_JSON_H

#include <jansson.h>

#include "reply.h"

/* {"id", "text", "buttons": [{"title", "url" or "payload"}]}, yours; NULL when
 * out of memory. */
json_t *reply_json(uint64_t id, const struct reply *reply);

#endif
