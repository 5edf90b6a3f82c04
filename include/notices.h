/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_NOTICES_H
#define HOIDAP_NOTICES_H

#include "arena.h"

/* What staff put before answers, or in their place.  One set is immutable;
 * whoever holds it finishes with it while the next one is in force. */

/* "The portal is down today": stands before answers for a while. */
struct notice {
	uint64_t id; /* given by the store */
	uint64_t from_ms;
	uint64_t until_ms;	 /* up to and without */
	struct text_view topics; /* ids of FAQ topics, split by spaces; empty:
				    before everything */
	struct text_view text;
};

/* A channel on which the bot is switched off. */
struct channel_off {
	struct text_view channel;
	uint64_t since_ms;
	struct text_view text;	 /* said instead of an answer */
	struct text_view reason; /* for staff */
};

struct notices {
	struct notice *at; /* in the order in which they are said */
	size_t count;
	struct channel_off *off;
	size_t off_count;
};

/* Does NOTICE stand before an answer of TOPIC (empty: of none) at NOW_MS? */
bool notice_covers(
    const struct notice *notice, struct text_view topic, uint64_t now_ms);
/* The row of CHANNEL, or NULL: the bot is on.  NOTICES may be NULL. */
const struct channel_off *notices_off(
    const struct notices *notices, const char *channel);

/* The set in force, for any thread. */
struct notice_board;

/* With an empty set.  NULL when out of memory. */
struct notice_board *notice_board_new(void);
void notice_board_free(struct notice_board *board);
/* Held for the caller, who must drop it.  Of a NULL board NULL, which may be
 * dropped as well. */
const struct notices *notice_board_get(struct notice_board *board);
void notices_drop(const struct notices *notices);
/* Put a copy of NEXT in force.  ERR_NOMEM: the set before stays. */
enum result notice_board_set(
    struct notice_board *board, const struct notices *next) MUST_CHECK;

#endif
