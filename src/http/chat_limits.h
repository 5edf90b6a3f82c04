/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_HTTP_CHAT_LIMITS_H
#define HOIDAP_HTTP_CHAT_LIMITS_H

#include "text.h"

/* How many messages a session, or an address, may send in a minute.  Any
 * thread. */
struct chat_limits;

/* PER_MINUTE 0: no limit.  ERR_NOMEM. */
enum result chat_limits_new(
    uint64_t per_minute, struct chat_limits **limits_out) MUST_CHECK;
/* Takes NULL. */
void chat_limits_free(struct chat_limits *limits);

/* One more of WHO, at NOW_MS of any clock that never goes back: 0, or the
 * milliseconds after which it may try again; it was not counted then. */
uint64_t chat_limits_take(
    struct chat_limits *limits, struct text_view who, uint64_t now_ms);

#endif
