/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FIT_H
#define HOIDAP_FIT_H

#include "arena.h"
#include "channel.h"
#include "reply.h"

/* Bring a reply within a platform's limits: the one place where text is split
 * and buttons are turned into numbered lines. */

enum fit_unit { FIT_UTF16_UNITS, FIT_CODE_POINTS };

struct fit_limits {
	enum fit_unit unit;
	size_t text;		  /* longest message without buttons */
	size_t text_with_buttons; /* longest message that carries buttons */
	size_t buttons;		  /* most buttons in a message; 0: none */
	size_t title;		  /* longest button title */
};

struct fitted {
	/* Sent one after another; the buttons go with the last. */
	struct text_view parts[API_CALLS_MAX];
	size_t part_count;
	/* The buttons to show as buttons, titles cut at a word with "…" where
	 * they were too long. */
	struct button buttons[REPLY_BUTTONS_MAX];
	size_t button_count;
};

/* fit_reply(reply, limits, arena, out):
 * Split REPLY's text at paragraph ends, else at sentence ends, else at spaces,
 * else between grapheme clusters; never inside a character.  Buttons past
 * LIMITS.buttons become lines "N. title" (with ": url" behind a link) at the
 * end of the text, N being the button's number in REPLY counted from 1.
 * ERR_INVALID when there is no text at all, ERR_TOO_LARGE when it takes more
 * than API_CALLS_MAX - 2 parts. */
enum result fit_reply(const struct reply *reply,
    const struct fit_limits *limits, struct arena *arena,
    struct fitted *out) MUST_CHECK;

#endif
