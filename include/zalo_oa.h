/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_ZALO_OA_H
#define HOIDAP_ZALO_OA_H

#include "channel.h"

/* Whose token is it?  Pure, like the channel. */

enum result zalo_oa_ask(const struct account *account,
    struct text_view access_token, struct arena *arena,
    struct api_call *out) MUST_CHECK;

struct zalo_oa {
	struct text_view id;
	struct text_view name; /* may be empty */
};

/* ERR_INVALID with WHY when Zalo refuses for good, ERR_IO with WHY when the
 * same may pass later; WHY says what to do. */
enum result zalo_oa_read(const struct api_response *response,
    struct arena *arena, struct zalo_oa *out, struct complaint *why) MUST_CHECK;

#endif
