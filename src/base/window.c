/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What opens a window is decided here, once for all channels; how long it
 * stays open is each channel's own rule.  Echoes and receipts open nothing.  A
 * message seen in standby does: it was written to the page, whoever of its apps
 * is to answer. */
#include "window.h"

/* Messenger repeats an event for up to 36 hours, Zalo for two. */
static const uint64_t repeated_max_ms = 36ull * 3600 * 1000;

static const char *const reach_names[REACHES] = {
	[REACH_FREE] = "free",
	[REACH_BILLABLE] = "billable",
	[REACH_HUMAN] = "human",
	[REACH_NONE] = "none",
};

const char *
reach_name(enum reach reach)
{
	return reach_names[reach];
}

const char *
window_refusal(
    const struct reply_window *window, const struct authorship *authorship)
{
	switch (window->reach) {
	case REACH_FREE:
		return NULL;
	case REACH_BILLABLE:
		return authorship->paid
			   ? NULL
			   : "it would be billed, and nobody agreed to that";
	case REACH_HUMAN:
		return authorship->human
			   ? NULL
			   : "too late for the bot: only a person may write";
	case REACH_NONE:
	case REACHES:
		break;
	}
	return window->why;
}

static uint64_t
happened_ms(const struct message *message, uint64_t now_ms)
{
	uint64_t at_ms = message->at_ms;

	return at_ms <= now_ms && now_ms - at_ms <= repeated_max_ms ? at_ms
								    : now_ms;
}

struct contact
contact_news(const struct message *message, uint64_t now_ms)
{
	/* What each kind of event shows: 2 a message, 1 a sign of life. */
	static const unsigned char shows[] = {
		[EVENT_TEXT] = 2,
		[EVENT_TAP] = 2,
		[EVENT_ATTACHMENT] = 2,
		[EVENT_STANDBY] = 2,
		[EVENT_START] = 1,
		[EVENT_REACTION] = 1,
	};
	struct contact news = { .left = message->kind == EVENT_LEAVE };
	size_t kind = (size_t)message->kind;

	if (kind >= sizeof(shows) || shows[kind] == 0)
		return news;
	news.renewed_ms = happened_ms(message, now_ms);
	if (shows[kind] == 2)
		news.heard_ms = news.renewed_ms;
	return news;
}

struct contact
contact_after(
    const struct contact *contact, const struct contact *news, unsigned replies)
{
	struct contact after = *contact;

	if (news->left)
		after.left = true;
	if (news->renewed_ms > 0) {
		after.left = false;
		after.replies = 0;
	}
	if (news->renewed_ms > after.renewed_ms)
		after.renewed_ms = news->renewed_ms;
	if (news->heard_ms > after.heard_ms)
		after.heard_ms = news->heard_ms;
	after.replies += replies;
	return after;
}

bool
contact_equal(const struct contact *a, const struct contact *b)
{
	return a->heard_ms == b->heard_ms && a->renewed_ms == b->renewed_ms &&
	       a->replies == b->replies && a->left == b->left;
}
