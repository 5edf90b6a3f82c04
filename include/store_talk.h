/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_STORE_TALK_H
#define HOIDAP_STORE_TALK_H

#include "store_staff.h"

/* Conversations as staff look at them, and the texts that they keep for
 * answering.  What is written into a conversation is in store_reach.h. */

/* ---- conversations ---- */

/* One citizen of one account who can still be found. */
struct talk_row {
	uint64_t citizen; /* the store's own id */
	struct text_view channel;
	struct text_view account;
	struct text_view person; /* the last letters of their id there */
	uint64_t seen_ms;
	struct contact contact;
	struct text_view state; /* as the bot keeps it */
	/* What they asked last; zero and empty: nothing yet. */
	uint64_t asked_ms;
	struct text_view asked; /* masked; empty: erased */
	struct text_view decision;
	struct text_view entry;
};

struct talk_filter {
	struct text_view channel; /* empty: any */
	/* The page behind the row with this SEEN_MS and CITIZEN; UINT64_MAX:
	 * the first one. */
	uint64_t before_ms;
	uint64_t before_citizen;
	size_t limit; /* rows that are given */
	size_t look;  /* rows that are looked at */
	/* May be NULL: all fit.  Called under a lock, so short and pure but
	 * for CONTEXT; ROW is borrowed until it returns. */
	bool (*fits)(void *context, const struct talk_row *row);
	void *context;
};

/* Who was seen last comes first. */
enum result store_talk_list(struct store *store,
    const struct talk_filter *filter, struct arena *arena,
    struct talk_row **rows_out, size_t *count_out) MUST_CHECK;
/* ERR_NOT_FOUND, also for somebody who has been forgotten. */
enum result store_talk_one(struct store *store, uint64_t citizen,
    struct arena *arena, struct talk_row *out) MUST_CHECK;
/* What they asked, newest first; CHANNEL is empty. */
enum result store_talk_questions(struct store *store, uint64_t citizen,
    size_t limit, struct arena *arena, struct question_row **rows_out,
    size_t *count_out) MUST_CHECK;
/* Behind which delivery come the newest LIMIT replies to them; 0: that are
 * all.  For struct reply_filter. */
enum result store_talk_newest(struct store *store, uint64_t citizen,
    size_t limit, uint64_t *after_id_out) MUST_CHECK;

/* ---- what an account could not send ---- */

struct talk_trouble {
	uint64_t created_ms; /* of the reply */
	enum delivery_state state;
	struct text_view reason;
};

/* The newest reply that had any.  ERR_NOT_FOUND: none. */
enum result store_talk_trouble(struct store *store, const char *channel,
    const char *account, struct arena *arena,
    struct talk_trouble *out) MUST_CHECK;

/* ---- texts kept for answering ---- */

enum { TALK_CANNED_MAX_BYTES = 32 * 1024 };

/* Opaque to the store; empty: none was ever kept. */
enum result store_talk_canned(
    struct store *store, struct arena *arena, struct text_view *out) MUST_CHECK;
/* NEXT in the place of BEFORE.  ERR_INVALID: somebody has changed it since. */
enum result store_talk_keep_canned(struct store *store, struct text_view before,
    struct text_view next, const struct audit_line *line) MUST_CHECK;

#endif
