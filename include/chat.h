/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CHAT_H
#define HOIDAP_CHAT_H

#include "turns.h"

/* The web chat's API, /api/v1/chat; src/http/README.md describes it. */
struct chat {
	struct turn_service *turns;
	struct store *store;
	const struct log *log; /* may be NULL */
};

enum {
	CHAT_TEXT_MAX = 2000, /* code points of one message */
	/* Room for CHAT_TEXT_MAX code points as JSON escapes. */
	CHAT_BODY_MAX_BYTES = 32768,
};

/* POST: one message; answered after its commit, with the replies.  CONTEXT is
 * a struct chat. */
void chat_begin(void *context, struct http_request *request);
/* GET: the replies since the last one that was seen. */
struct http_answer chat_fetch(void *context, struct http_request *request);

/* Its rows of a table of routes. */
#define CHAT_ROUTES(chat)                                                      \
	{ "POST", "/api/v1/chat", CHAT_BODY_MAX_BYTES, NULL, chat_begin,       \
		(chat), "one message of the web chat" },                       \
	{                                                                      \
		"GET", "/api/v1/chat", 0, chat_fetch, NULL, (chat),            \
		    "the web chat's new replies"                               \
	}

#endif
