/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_SECRET_H
#define HOIDAP_SECRET_H

#include "text.h"

/* Signatures and secrets, on libsodium.  secret_init() once, in main(),
 * before any thread starts. */

enum { SECRET_HEX_SIZE = 65 }; /* 64 lower-case hex digits and a NUL */

enum result secret_init(void) MUST_CHECK;

/* Takes the same time wherever the bytes differ; lengths are no secret.  An
 * empty EXPECTED equals nothing, so an unset secret lets nobody in. */
bool secret_equal(struct text_view given, struct text_view expected);

void secret_hmac_sha256(
    struct text_view key, struct text_view message, unsigned char out[32]);
void secret_hmac_sha256_hex(
    struct text_view key, struct text_view message, char out[SECRET_HEX_SIZE]);
/* SHA-256 over the parts one after another. */
void secret_sha256_hex(
    const struct text_view *parts, size_t count, char out[SECRET_HEX_SIZE]);

/* Random bytes as lower-case hex with a NUL: OUT holds 2 * BYTES + 1. */
void secret_random_hex(size_t bytes, char *out);

#endif
