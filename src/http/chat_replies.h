/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_HTTP_CHAT_REPLIES_H
#define HOIDAP_HTTP_CHAT_REPLIES_H

#include "chat_session.h"
#include "store.h"

/* The replies to one citizen with ids above AFTER. */
struct chat_replies {
	const struct chat_session *session;
	uint64_t after;
	bool tell_session; /* "session" comes with the messages */
};

/* {"messages": [...]}, in ARENA.  They count as delivered.  One short read, on
 * any thread.  ERR_NOMEM, ERR_IO. */
enum result chat_replies_read(struct store *store,
    const struct chat_replies *wanted, struct arena *arena,
    struct text_view *json_out, size_t *count_out) MUST_CHECK;

#endif
