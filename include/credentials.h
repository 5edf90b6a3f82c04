/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CREDENTIALS_H
#define HOIDAP_CREDENTIALS_H

#include "text.h"

/* Logins and passwords of staff: Argon2id through libsodium, with limits that a small
 * server bears (64 MiB and about a tenth of a second each).  Not for threads
 * that answer citizens. */

enum {
	PASSWORD_MIN = 10, /* characters */
	PASSWORD_MAX_BYTES = 256,
	PASSWORD_HASH_SIZE = 128, /* with its NUL */
	LOGIN_MAX_BYTES = 32,
	STAFF_NAME_MAX_BYTES = 200,
};

/* 2 to 32 lower-case letters, digits, '.', '-' and '_', a letter first?
 * ERR_INVALID with WHY. */
enum result credentials_check_login(
    struct text_view login, struct complaint *why) MUST_CHECK;

/* Is it good enough for LOGIN?  ERR_INVALID with WHY: too short, too long, one
 * character over and over, or made of the login. */
enum result credentials_check(struct text_view password, struct text_view login,
    struct complaint *why) MUST_CHECK;

/* ERR_NOMEM. */
enum result credentials_hash(
    struct text_view password, char out[PASSWORD_HASH_SIZE]) MUST_CHECK;

/* An empty HASH fits nothing, and takes as long as any other: who asks does
 * not learn whether there is such an account. */
bool credentials_fit(struct text_view password, struct text_view hash);

#endif
