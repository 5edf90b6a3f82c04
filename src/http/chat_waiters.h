/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_HTTP_CHAT_WAITERS_H
#define HOIDAP_HTTP_CHAT_WAITERS_H

#include "http.h"

/* Pages that wait for a reply to their citizen, whoever writes it and when.
 * One thread looks after them all. */
struct chat_waiters;

struct chat_waiter {
	struct text_view citizen;
	uint64_t until_ms; /* of the monotonic clock */
	/* What is there to say?  Its text lives in SCRATCH.  ERR_NOT_FOUND:
	 * nothing yet. */
	enum result (*look)(
	    void *context, struct arena *scratch, struct text_view *found_out);
	/* Called once, when look() said something else than ERR_NOT_FOUND, the
	 * time is up or nobody may wait any more; must finish REQUEST, in whose
	 * arena the waiter lives.  FOUND is given back after it. */
	void (*wake)(void *context, struct http_request *request,
	    enum result result, struct text_view found);
	void *context;
	struct http_request *request;
	/* The list's own. */
	struct chat_waiter *next;
	bool given_up;
};

/* At most MAX wait; METRICS may be NULL.  Looks and wakes on a thread of its
 * own.  ERR_NOMEM. */
enum result chat_waiters_start(size_t max, struct metrics *metrics,
    struct chat_waiters **waiters_out) MUST_CHECK;
/* False when there is no room, or none any more: WAITER is not taken.  Of one
 * citizen only a few wait; one more sends the oldest away. */
bool chat_waiters_add(struct chat_waiters *waiters, struct chat_waiter *waiter);
/* There may be new replies: from any thread, cheap. */
void chat_waiters_look(struct chat_waiters *waiters);
/* Wake them all; from now on nobody waits. */
void chat_waiters_close(struct chat_waiters *waiters);
/* Takes NULL. */
void chat_waiters_stop(struct chat_waiters *waiters);

#endif
