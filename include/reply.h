/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_REPLY_H
#define HOIDAP_REPLY_H

#include "arena.h"
#include "buf.h"

/* What to say to a citizen, the same for every channel; webhooks/<channel>
 * renders it within the platform's limits.
 *
 * A button has a TITLE and either a URL or a PAYLOAD.  Payloads are our own
 * small language, and come back as EVENT_TAP:
 *     entry:ID     answer FAQ entry ID
 *     not:NONE     "none of these" under a clarifying question
 *     person       talk to a person
 *     helped:yes   the answer helped; helped:no: it did not
 *     erase:yes    erase all that is kept of me; erase:no: do not
 * A citizen can type a payload by hand: it is a wish, never a proof.
 *
 * Typing the number of a button (counted from 1 over BUTTONS, in this order)
 * works as the tap does: renderers that cannot show a button print
 * "N. TITLE" (with the URL behind it, for a link) with exactly that N. */

enum {
	REPLY_TEXT_MAX_BYTES = 16384,
	REPLY_BUTTONS_MAX = 10,
};

struct button {
	struct text_view title;
	struct text_view url;
	struct text_view payload;
};

struct reply {
	struct text_view text; /* plain text, lines split by \n */
	struct button buttons[REPLY_BUTTONS_MAX];
	size_t button_count;
};

/* One string for the store, and back.  Unpacking copies into ARENA; a string
 * that reply_pack() did not write is ERR_INVALID. */
enum result reply_pack(const struct reply *reply, struct buf *out) MUST_CHECK;
enum result reply_unpack(
    struct text_view packed, struct arena *arena, struct reply *out) MUST_CHECK;

#endif
