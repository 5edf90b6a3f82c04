/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_JSON_BODY_H
#define HOIDAP_JSON_BODY_H

#include <jansson.h>

#include "text.h"

enum { JSON_BODY_DEPTH_MAX = 16 };

/* A request's body as a JSON object, yours: valid UTF-8, no key twice, nested
 * at most JSON_BODY_DEPTH_MAX deep.  ERR_INVALID with WHY, or ERR_NOMEM. */
enum result json_body_read(
    struct text_view body, json_t **out, struct complaint *why) MUST_CHECK;

#endif
