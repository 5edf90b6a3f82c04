/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TAKEOVER_H
#define HOIDAP_TAKEOVER_H

#include "arena.h"
#include "window.h"

/* Staff take a conversation over from the bot, write in it, and give it back,
 * as the console lets them.  Pure: it is decided inside the store's
 * transaction, between two turns of that citizen (store_reach_steer()). */

enum takeover_act {
	TAKEOVER_TAKE,	    /* the bot falls silent, and says so */
	TAKEOVER_SAY,	    /* a person's words; the bot falls silent */
	TAKEOVER_GIVE_BACK, /* the bot speaks again, and says so */
};

struct takeover {
	enum takeover_act act;
	uint64_t now_ms;
	uint64_t silent_ms;	/* how long the bot waits for staff */
	struct text_view words; /* TAKEOVER_SAY */
	struct authorship authorship;
};

struct takeover_effect {
	struct text_view state; /* the conversation from now on */
	struct text_view reply; /* packed; empty: nothing is said */
};

/* What ORDER does to a conversation in STATE, which can be written to through
 * WINDOW.  What the bot would say by itself is left out where only a person
 * may write, or at a price.  ERR_INVALID: the words may not go, see
 * window_refusal(), or there are none.  ERR_NOMEM, ERR_TOO_LARGE. */
enum result takeover_decide(const struct takeover *order,
    struct text_view state, const struct reply_window *window,
    struct arena *arena, struct takeover_effect *out) MUST_CHECK;

#endif
