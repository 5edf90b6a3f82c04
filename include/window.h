/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_WINDOW_H
#define HOIDAP_WINDOW_H

#include "message.h"

/* A platform lets an account write to a person only for a while after that
 * person did something.  Each channel has a pure function that knows its rules
 * (struct channel, `window`); here is what they all take and give. */

/* What is known of one citizen of one account. */
struct contact {
	uint64_t heard_ms;    /* their last message or tap; 0: never */
	uint64_t renewed_ms;  /* the last thing they did that opens a window, a
				reaction or a follow too; 0: never */
	uint64_t replies;     /* put into the outbox since then */
	bool anonymous;	      /* a visitor of a website, without an account */
	bool left;	      /* unfollowed or revoked, and not back since */
	bool account_stopped; /* the page or OA cannot send at all until a
				 person acts */
};

struct window_terms {
	uint64_t now_ms;
	/* Replies of one window that the platform does not bill; 0: all. */
	uint64_t free_replies_max;
};

enum reach {
	REACH_FREE,
	REACH_BILLABLE, /* the platform takes it, and sends a bill */
	REACH_HUMAN,	/* only what a person writes */
	REACH_NONE,	/* nobody can write: WHY */
	REACHES,
};

struct reply_window {
	enum reach reach;
	uint64_t until_ms; /* how long that holds; 0: no end is known */
	const char *why;   /* REACH_NONE: in English, for staff; static */
};

/* Who wrote a reply, and at what price it may go. */
struct authorship {
	bool human; /* a person's act, not the bot's */
	bool paid;  /* that person has agreed that it may be billed */
};

/* "free", "billable", "human", "none". */
const char *reach_name(enum reach reach);

/* Why a reply of that AUTHORSHIP must not go through WINDOW; NULL: it may. */
const char *window_refusal(
    const struct reply_window *window, const struct authorship *authorship);

/* What MESSAGE alone says of its citizen; zeros where it says nothing.  When
 * it happened is the platform's word, unless that is older than any platform
 * would repeat an event, or in the future: then it is NOW_MS. */
struct contact contact_news(const struct message *message, uint64_t now_ms);
/* CONTACT after NEWS, and after REPLIES more went into the outbox. */
struct contact contact_after(const struct contact *contact,
    const struct contact *news, unsigned replies);
/* Do they say the same of when a citizen can be reached? */
bool contact_equal(const struct contact *a, const struct contact *b);

#endif
