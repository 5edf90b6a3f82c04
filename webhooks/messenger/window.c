/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "messenger.h"

/* platforms/messenger.md, section 3: a page may write for 24 hours after the
 * person's last message, tap, reaction or entry by a link.  After that only the
 * HUMAN_AGENT tag is left, for what a person writes, within 7 days of the
 * person's last message.  Which acts begin the 7 days is not documented: we
 * count from the last message, the shorter reading.  Nothing is billed, and
 * nobody leaves a page; who blocks it is found out by error 551. */
static const uint64_t standard_ms = 24ull * 3600 * 1000;
static const uint64_t human_agent_ms = 7ull * 24 * 3600 * 1000;

struct reply_window
messenger_window(
    const struct contact *contact, const struct window_terms *terms)
{
	uint64_t standard_ends_ms = contact->renewed_ms + standard_ms;
	uint64_t human_ends_ms = contact->heard_ms + human_agent_ms;

	if (contact->account_stopped)
		return (struct reply_window){ REACH_NONE, 0,
			"the page cannot send until its token is renewed" };
	if (contact->renewed_ms == 0)
		return (struct reply_window){ REACH_NONE, 0,
			"they have never written to the page" };
	if (terms->now_ms < standard_ends_ms)
		return (
		    struct reply_window){ REACH_FREE, standard_ends_ms, NULL };
	if (contact->heard_ms > 0 && terms->now_ms < human_ends_ms)
		return (
		    struct reply_window){ REACH_HUMAN, human_ends_ms, NULL };
	return (struct reply_window){ REACH_NONE, 0,
		"they have not written for 7 days" };
}
