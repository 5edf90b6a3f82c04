/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_PLATFORM_CALL_H
#define HOIDAP_PLATFORM_CALL_H

#include "channel.h"

/* platform_call(call, timeout_ms, arena, response_out, why):
 * One call to a platform, for a command that waits for its answer; with the
 * same precautions as the sender's (verified TLS, no redirect, no proxy, plain
 * http to this machine only).  Any answer is OK, with its body in ARENA.
 * ERR_IO when none came, ERR_INVALID for an address or a header that cannot be
 * one, each with WHY, which names the host and never the query. */
enum result platform_call(const struct api_call *call, uint64_t timeout_ms,
    struct arena *arena, struct api_response *response_out,
    struct complaint *why) MUST_CHECK;

#endif
