/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_ZALO_LOGIN_H
#define HOIDAP_ZALO_LOGIN_H

#include "channel.h"

/* The consent of an OA's administrator: OAuth v4 with PKCE.  Pure, like the
 * channel; the answer to the exchange is read by the channel's token
 * protocol. */

enum { ZALO_VERIFIER_SIZE = 44 }; /* 43 characters and a NUL */

struct zalo_login {
	char verifier[ZALO_VERIFIER_SIZE]; /* a secret until it is spent */
	char challenge[ZALO_VERIFIER_SIZE];
	char state[ZALO_VERIFIER_SIZE]; /* comes back with the code */
};

/* From a SEED of at least 32 random bytes in any writing. */
void zalo_login_init(struct zalo_login *login, struct text_view seed);

/* Where the administrator consents; Zalo then sends the browser to REDIRECT.
 * ERR_NOMEM, ERR_TOO_LARGE. */
enum result zalo_login_url(const struct account *account,
    const struct zalo_login *login, struct text_view redirect,
    struct arena *arena, struct text_view *out) MUST_CHECK;

struct zalo_consent {
	struct text_view code;
	struct text_view oa_id; /* empty: not said */
};

/* What was pasted: the address that the browser came to, or the code alone.
 * ERR_INVALID with WHY, which does not quote it. */
enum result zalo_login_read(const struct zalo_login *login,
    struct text_view pasted, struct arena *arena, struct zalo_consent *out,
    struct complaint *why) MUST_CHECK;

/* The call that exchanges CODE.  ERR_NOMEM, ERR_TOO_LARGE. */
enum result zalo_login_exchange(const struct account *account,
    const struct zalo_login *login, struct text_view code, struct arena *arena,
    struct api_call *out) MUST_CHECK;

#endif
