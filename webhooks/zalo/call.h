/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ZALO_CALL_H
#define ZALO_CALL_H

#include "channel.h"

/* The parts that every call to Zalo has; all strings go to ARENA. */

/* An empty call to BASE followed by PATH.  ERR_NOMEM. */
enum result zalo_call_begin(struct arena *arena, const char *base,
    const char *path, struct api_call *out) MUST_CHECK;

/* NAME is a literal.  ERR_NOMEM. */
enum result zalo_call_header(struct api_call *call, struct arena *arena,
    const char *name, struct text_view value) MUST_CHECK;

/* An exchange of tokens, still without its form.  ERR_NOMEM. */
enum result zalo_call_token(const struct account *account, struct arena *arena,
    struct api_call *out) MUST_CHECK;

#endif
