/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CHAT_H
#define HOIDAP_CHAT_H

#include "turns.h"

/* The web chat's API, /api/v1/chat; src/http/README.md describes it. */
struct chat;

struct chat_options {
	struct turn_service *turns;
	struct store *store;
	const struct log *log; /* may be NULL */
	/* Pages that may wait for a reply on an open connection. */
	size_t waiting_max;
	/* 0: no limit. */
	uint64_t session_per_minute;
	uint64_t address_per_minute;
	/* Where the proxy before us writes the citizen's address; "": none. */
	const char *address_header;
};

enum {
	CHAT_TEXT_MAX = 2000, /* code points of one message */
	/* Room for CHAT_TEXT_MAX code points as JSON escapes. */
	CHAT_BODY_MAX_BYTES = 32768,
};

/* What OPTIONS points to must outlive the chat.  ERR_NOMEM. */
enum result chat_start(
    const struct chat_options *options, struct chat **chat_out) MUST_CHECK;
/* There may be new replies, after a commit: from any thread, cheap. */
void chat_look(struct chat *chat);
/* Answer the pages that wait; from now on none may.  Before the server
 * stops, which waits for sleeping requests. */
void chat_close(struct chat *chat);
/* Once no request can come any more.  Takes NULL. */
void chat_stop(struct chat *chat);

/* POST: one message; answered after its commit, with the replies.  CONTEXT is
 * a struct chat, as below. */
void chat_begin(void *context, struct http_request *request);
/* GET: the replies since the last one that was seen; may wait for the first. */
void chat_fetch(void *context, struct http_request *request);
/* DELETE: forget the citizen. */
void chat_erase(void *context, struct http_request *request);

/* Its rows of a table of routes. */
#define CHAT_ROUTES(chat)                                                      \
	{ "POST", "/api/v1/chat", CHAT_BODY_MAX_BYTES, NULL, chat_begin,       \
		(chat), "one message of the web chat" },                       \
	    { "GET", "/api/v1/chat", 0, NULL, chat_fetch, (chat),              \
		    "the web chat's new replies" },                            \
	{                                                                      \
		"DELETE", "/api/v1/chat", 0, NULL, chat_erase, (chat),         \
		    "erase a conversation of the web chat"                     \
	}

#endif
