/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_REACH_H
#define HOIDAP_STORE_REACH_H

#include "store_staff.h"

/* Staff write to citizens: they answer questions later, take part in
 * conversations, and look after replies that did not get through.  Changes are
 * durable when a function returns, together with their audit line. */

/* ---- answering questions later ---- */

/* More in one order would keep citizens' turns waiting. */
enum { REACH_QUESTIONS_MAX = 1000 };

/* Who asked a question, and what is known of how to reach them. */
struct asker {
	uint64_t question;
	uint64_t asked_ms;
	struct text_view text; /* as logged; empty once erased */
	uint64_t citizen;      /* the store's own id */
	struct text_view channel;
	struct text_view account;
	bool forgotten; /* the question leads to nobody any more */
	struct contact contact;
	uint64_t told; /* the reply that this question has got; 0: none */
};

/* The askers of COUNT questions, in their order; what is no question is left
 * out. */
enum result store_reach_askers(struct store *store, const uint64_t *questions,
    size_t count, struct arena *arena, struct asker **askers_out,
    size_t *count_out) MUST_CHECK;

/* What an order would do, or has done.  Every question is counted once. */
struct reach_counts {
	/* Citizens who get a reply, by their window; REACH_NONE is 0. */
	size_t replies[REACHES];
	size_t beside; /* questions answered by the same reply as another */
	size_t told;   /* have had theirs: left alone */
	size_t refused[REACHES]; /* no reply may go: billable without leave,
				    or nobody can write */
	uint64_t until_ms; /* the first of those windows ends; 0: none does */
};

/* Before it is sent.  PAID: billed replies may go, too.  Pure. */
void reach_count(const struct asker *askers, size_t count,
    const struct window_terms *terms, bool paid, struct reach_counts *out);
/* How ASKER can be reached.  Pure. */
struct reply_window reach_window(
    const struct asker *asker, const struct window_terms *terms);

struct reach_order {
	const uint64_t *questions;
	size_t count; /* at most REACH_QUESTIONS_MAX, else ERR_TOO_LARGE */
	struct text_view entry; /* id of the FAQ entry that answers, or empty */
	bool paid;		/* billed replies may go, too */
	struct window_terms terms;
	/* Pack what ASKER gets, into ARENA.  Called on the store's thread, so
	 * pure but for CONTEXT. */
	enum result (*compose)(void *context, const struct asker *asker,
	    struct arena *arena, struct text_view *packed_out);
	void *context;
};

/* One reply of a person to every citizen behind the questions who can be
 * reached now; a question that has had one is left alone, however often the
 * order comes.  Without any reply nothing changes, and LINE is not written.
 * What COMPOSE makes lives in ARENA. */
enum result store_reach_reply(struct store *store,
    const struct reach_order *order, const struct audit_line *line,
    struct arena *arena, struct reach_counts *done_out) MUST_CHECK;

/* ---- in a conversation ---- */

struct steering_change {
	struct text_view state; /* AT NULL: as before */
	struct text_view reply; /* packed; empty: nothing is said */
};

struct steering {
	uint64_t citizen;
	struct window_terms terms;
	struct authorship authorship; /* of the reply */
	/* The same for an order that is given again, which then does nothing;
	 * empty: every one counts. */
	struct text_view key;
	/* STATE is the conversation as the bot keeps it.  Called on the
	 * store's thread between two turns, so pure but for CONTEXT.  What is
	 * not OK changes nothing. */
	enum result (*decide)(void *context, struct text_view state,
	    const struct reply_window *window, struct steering_change *out);
	void *context;
};

/* *DELIVERY_OUT: the reply, 0: none, or the order was known.  ERR_NOT_FOUND
 * for a citizen who has been forgotten, or what DECIDE says. */
enum result store_reach_steer(struct store *store,
    const struct steering *steering, const struct audit_line *line,
    uint64_t *delivery_out) MUST_CHECK;

/* ---- replies on their way ---- */

struct reply_row {
	uint64_t id; /* of the delivery */
	uint64_t created_ms;
	uint64_t question; /* 0: answers none */
	uint64_t citizen;
	struct text_view channel;
	struct text_view account;
	enum delivery_state state;
	unsigned attempts;
	struct authorship authorship;
	struct text_view reason; /* why it waits, was parked or discarded */
	struct text_view reply;	 /* packed; empty once the bot's is delivered */
	struct contact contact;
};

struct reply_filter {
	uint64_t citizen;  /* all of theirs; 0: the parked ones of everybody */
	uint64_t after_id; /* the page behind this one */
	size_t limit;	   /* oldest first */
};

enum result store_reach_replies(struct store *store,
    const struct reply_filter *filter, struct arena *arena,
    struct reply_row **rows_out, size_t *count_out) MUST_CHECK;

/* A parked reply is tried once more.  AUTHORSHIP adds what the person vouches
 * for.  ERR_NOT_FOUND: it is not parked. */
enum result store_reach_retry(struct store *store, uint64_t delivery,
    const struct authorship *authorship,
    const struct audit_line *line) MUST_CHECK;
/* A parked reply will not be sent, for the reason LINE.why; questions that it
 * was to answer can be answered anew.  ERR_NOT_FOUND: it is not parked. */
enum result store_reach_discard(struct store *store, uint64_t delivery,
    const struct audit_line *line) MUST_CHECK;

#endif
