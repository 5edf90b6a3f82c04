/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_HTTP_CHAT_VISIT_H
#define HOIDAP_HTTP_CHAT_VISIT_H

#include "chat.h"
#include "chat_limits.h"
#include "chat_session.h"
#include "chat_waiters.h"

struct chat {
	struct chat_options options;
	struct chat_waiters *waiters;
	struct chat_limits *sessions;
	struct chat_limits *addresses;
};

/* One request of one citizen, in its arena. */
struct chat_visit {
	const struct chat *chat;
	struct http_request *request;
	struct chat_session session;
	uint64_t after; /* the last reply seen */
	/* Of a POST. */
	struct message message;
	struct message_list messages;
	/* Of a GET. */
	struct chat_waiter waiter;
	/* Of a DELETE. */
	struct turn turn;
	struct turn_batch batch;
};

/* NULL when out of memory. */
struct chat_visit *chat_visit_new(
    const struct chat *chat, struct http_request *request);
/* Within the limits of its session and its address?  If not, the request is
 * finished with a 429. */
bool chat_visit_may_write(const struct chat_visit *visit);

/* 503, with a time to come back. */
struct http_answer chat_visit_busy(struct http_request *request);
/* Finish REQUEST with a 400 that says WHY, or a 503. */
void chat_visit_refuse(struct http_request *request, enum result result,
    const struct complaint *why);

#endif
