/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_WEBHOOK_POST_H
#define HOIDAP_TEST_WEBHOOK_POST_H

#include "http_client.h"
#include "service.h"

/* Webhooks made by hand, for what no honest platform sends. */

enum webhook_signature { SIGNATURE_GOOD, SIGNATURE_BAD, SIGNATURE_NONE };

/* Put a whole request for BODY into OUT, initialised by the caller. */
void webhook_request(const char *channel, struct text_view body,
    enum webhook_signature signature, struct buf *out);
/* Post it and take the answer's status. */
unsigned webhook_post(struct service *service, const char *channel,
    struct text_view body, enum webhook_signature signature);

/* A text message of CITIZEN, as the platform would write it. */
void webhook_text(const char *channel, const char *citizen,
    const char *message_id, const char *text, struct buf *out);

#endif
