/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DESK_H
#define HOIDAP_DESK_H

#include "reply.h"
#include "store_reach.h"
#include "takeover.h"

/* Where staff write to citizens: the store's orders, with the words that go
 * out.  Safe from any thread; every call waits for its commit. */
struct desk {
	struct store *store;
	uint64_t free_replies_max; /* as in struct window_terms */
	uint64_t silent_ms;	   /* how long the bot waits for staff */
};

/* The terms under which windows are shown and kept at NOW_MS. */
struct window_terms desk_terms(const struct desk *desk, uint64_t now_ms);

struct desk_answer {
	const uint64_t *questions;
	size_t count; /* at most REACH_QUESTIONS_MAX */
	const struct reply *reply;
	struct text_view entry; /* the FAQ entry that REPLY comes from, or
				   empty */
	bool paid;		/* it may be billed */
	uint64_t now_ms;
};

/* Answer questions later, as store_reach_reply(); every reply says to which
 * question it is. */
enum result desk_answer(const struct desk *desk,
    const struct desk_answer *answer, const struct audit_line *line,
    struct arena *arena, struct reach_counts *done_out) MUST_CHECK;

struct desk_order {
	uint64_t citizen; /* the store's id */
	enum takeover_act act;
	struct text_view words; /* TAKEOVER_SAY */
	struct text_view key;	/* see struct steering */
	bool paid;		/* TAKEOVER_SAY: it may be billed */
	uint64_t now_ms;
};

/* Take a conversation, write in it, give it back, as store_reach_steer() and
 * takeover_decide(). */
enum result desk_steer(const struct desk *desk, const struct desk_order *order,
    const struct audit_line *line, struct arena *arena,
    uint64_t *delivery_out) MUST_CHECK;

#endif
