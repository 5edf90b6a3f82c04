/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_HTTP_CHAT_SESSION_H
#define HOIDAP_HTTP_CHAT_SESSION_H

#include "http.h"

#define CHAT_CHANNEL "webchat"
#define CHAT_ACCOUNT "web" /* there is only this one */

/* The citizen of one request, in its arena. */
struct chat_session {
	struct text_view token;
	struct text_view citizen; /* SHA-256 of the token, in hex */
};

/* The session that REQUEST names.  ERR_NOT_FOUND when it names none,
 * ERR_INVALID when what it names is none, each with WHY; ERR_NOMEM. */
enum result chat_session_find(struct http_request *request,
    struct chat_session *out, struct complaint *why) MUST_CHECK;
/* Makes a new one where REQUEST names none. */
enum result chat_session_find_or_make(struct http_request *request,
    struct chat_session *out, struct complaint *why) MUST_CHECK;

#endif
