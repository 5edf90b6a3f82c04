/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_SIGN_H
#define SIMULATOR_SIGN_H

#include "secret.h"

/* Webhook signatures as the platforms make them; written apart from the code
 * that verifies them, so that one mistake cannot hide in both.  OUT gets the
 * value of the header with its NUL. */
enum { SIM_SIGNATURE_SIZE = 7 + SECRET_HEX_SIZE };

/* X-Hub-Signature-256: "sha256=..." */
void sim_sign_messenger(struct text_view app_secret, struct text_view body,
    char out[SIM_SIGNATURE_SIZE]);

/* Meta's data deletion callback: "SIGNATURE.PAYLOAD", both in base64url
 * without padding, for the person that the app knows by USER_ID.  ERR_TOO_LARGE
 * past SIZE. */
enum result sim_sign_request(struct text_view app_secret, const char *user_id,
    uint64_t issued_s, char *out, size_t size) MUST_CHECK;

/* X-ZEvent-Signature: "mac=..."; the time stamp is taken from the body, and is
 * empty where the body has none. */
void sim_sign_zalo(const char *app_id, struct text_view body,
    const char *oa_secret, char out[SIM_SIGNATURE_SIZE]);

#endif
