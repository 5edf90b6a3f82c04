/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channels.h"

/* Our own page has no rules: a reply lies there until the page fetches it, if
 * the citizen ever opens it again. */
static struct reply_window
window(const struct contact *contact, const struct window_terms *terms)
{
	(void)contact;
	(void)terms;
	return (struct reply_window){ REACH_FREE, 0, NULL };
}

/* The page fetches its replies itself, from src/http/chat.c: nothing comes in
 * by webhook and nothing is pushed out. */
const struct channel channel_webchat = {
	.name = "webchat",
	.pushes = false,
	.window = window,
};
