/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_TOTP_H
#define HOIDAP_CONSOLE_TOTP_H

#include "buf.h"

/* The second factor: RFC 6238 with HMAC-SHA1, 6 digits and 30 seconds, which
 * every authenticator app takes. */

enum {
	TOTP_SECRET_BYTES = 20,
	TOTP_SECRET_SIZE = 33, /* base32, with its NUL */
	TOTP_CODE_SIZE = 7,
};

/* A new random secret, in base32. */
void totp_secret(char out[TOTP_SECRET_SIZE]);

/* The code of SECRET in STEP (30 seconds each since 1970).  ERR_INVALID when
 * SECRET is no base32. */
enum result totp_code(struct text_view secret, uint64_t step,
    char out[TOTP_CODE_SIZE]) MUST_CHECK;

/* Is CODE that of SECRET now, or one step ago or ahead, since clocks differ?
 * Only steps after LAST_STEP count, so that a code works once.  ERR_INVALID
 * otherwise. */
enum result totp_check(struct text_view secret, struct text_view code,
    uint64_t now_ms, uint64_t last_step, uint64_t *step_out) MUST_CHECK;

/* "otpauth://totp/...", which apps read from a QR code.  LOGIN is lower-case
 * ASCII. */
enum result totp_address(struct text_view login, struct text_view secret,
    struct buf *out) MUST_CHECK;

#endif
