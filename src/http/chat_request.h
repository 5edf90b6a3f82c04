/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_HTTP_CHAT_REQUEST_H
#define HOIDAP_HTTP_CHAT_REQUEST_H

#include "arena.h"

/* What a POST to /api/v1/chat says: either a typed TEXT, or the PAYLOAD of a
 * tapped button with its TITLE. */
struct chat_request {
	struct text_view text;
	struct text_view payload;
	struct text_view title;
	struct text_view id; /* the page's own, for retries; may be empty */
	uint64_t after;	     /* last reply seen */
};

/* ERR_INVALID with WHY, or ERR_NOMEM.  Views live in ARENA. */
enum result chat_request_read(struct text_view body, struct arena *arena,
    struct chat_request *out, struct complaint *why) MUST_CHECK;

#endif
