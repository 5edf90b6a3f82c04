/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "messenger.h"

#include "channels.h"
#include "secret.h"

#include <stdio.h>

enum {
	BODY_MAX_BYTES = 4 * 1024 * 1024, /* up to 1000 updates in a POST */
	CHALLENGE_MAX_BYTES = 1024,
};

/* The signature covers the bytes as received: a body that was parsed and
 * written again has other escapes. */
static enum genuineness
verify(const struct webhook_request *request, const struct account *account)
{
	struct text_view secret = text_of(account->webhook_secret);
	char hex[SECRET_HEX_SIZE];
	char expected[sizeof("sha256=") + SECRET_HEX_SIZE];

	if (request->signature.len == 0)
		return WEBHOOK_UNSIGNED;
	if (secret.len == 0)
		return WEBHOOK_FORGED;
	secret_hmac_sha256_hex(secret, request->body, hex);
	(void)snprintf(expected, sizeof(expected), "sha256=%s", hex);
	return secret_equal(request->signature, text_of(expected))
		   ? WEBHOOK_GENUINE
		   : WEBHOOK_FORGED;
}

/* The challenge goes back as it came: Meta calls it a number, and sends
 * others. */
static enum result
handshake(const struct webhook_query *query, const struct account *account,
    struct text_view *answer_out)
{
	struct text_view mode = query->get(query->context, "hub.mode");
	struct text_view token = query->get(query->context, "hub.verify_token");
	struct text_view challenge =
	    query->get(query->context, "hub.challenge");

	if (!text_is(mode, "subscribe") ||
	    !secret_equal(token, text_of(account->verify_token)))
		return ERR_INVALID;
	if (challenge.len == 0 || challenge.len > CHALLENGE_MAX_BYTES)
		return ERR_INVALID;
	*answer_out = challenge;
	return OK;
}

const struct channel channel_messenger = {
	.name = "messenger",
	.signature_header = "X-Hub-Signature-256",
	.usage_header = "X-Business-Use-Case-Usage",
	.body_max_bytes = BODY_MAX_BYTES,
	.forged_status = 401,
	.unsigned_status = 401,
	.pushes = true,
	.verify = verify,
	.parse = messenger_parse,
	.handshake = handshake,
	.render = messenger_render,
	.judge = messenger_judge,
	.window = messenger_window,
};
