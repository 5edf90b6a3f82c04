/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "zalo.h"

#include "channels.h"

enum { BODY_MAX_BYTES = 1024 * 1024 };

/* Zalo has no challenge.  Its console only looks for a 200, so GET and HEAD
 * get one. */
static enum result
handshake(const struct webhook_query *query, const struct account *account,
    struct text_view *answer_out)
{
	(void)query;
	(void)account;
	*answer_out = TEXT("");
	return OK;
}

const struct channel channel_zalo = {
	.name = "zalo",
	.signature_header = "X-ZEvent-Signature",
	.usage_header = NULL,
	.body_max_bytes = BODY_MAX_BYTES,
	/* When the webhook URL is saved, Zalo sends a request that cannot be
	 * verified yet, and anything but 200 makes the console refuse the URL.
	 * The caller drops and counts such requests. */
	.forged_status = 200,
	.unsigned_status = 200,
	.pushes = true,
	.verify = zalo_verify,
	.parse = zalo_parse,
	.handshake = handshake,
	.render = zalo_render,
	.judge = zalo_judge,
	.window = zalo_window,
	.token = &zalo_token,
};
