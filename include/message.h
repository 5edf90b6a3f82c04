/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MESSAGE_H
#define HOIDAP_MESSAGE_H

#include "text.h"

/* What a webhook said, the same for every channel.  One platform event is one
 * struct message; the platform's own names stop at webhooks/<channel>/. */

enum event_kind {
	EVENT_TEXT,	  /* the citizen typed TEXT */
	EVENT_TAP,	  /* tapped a button of ours: PAYLOAD; TEXT its title */
	EVENT_ATTACHMENT, /* sent ATTACHMENT; TEXT is a caption or place name */
	EVENT_START,	  /* opened the conversation: follow, Get Started,
			      referral; nothing was asked yet */
	EVENT_LEAVE,	  /* unfollowed or revoked: do not write to them */
	EVENT_REACTION,	  /* reacted to ABOUT; renews the reply window */
	EVENT_READ,	  /* has read up to AT_MS, or ABOUT */
	EVENT_RECEIVED,	  /* the platform delivered ABOUT */
	EVENT_EDITED,	  /* changed message ABOUT, now TEXT */
	EVENT_UNSENT,	  /* took message ABOUT back: erase its text */
	EVENT_ECHO,	  /* our own message came back: ABOUT its platform id,
			      METADATA what we had set */
	EVENT_STAFF,	  /* a person answered from the platform's own tool:
			      the bot keeps silent */
	EVENT_THREAD_LOST, /* another app or the inbox owns the thread now */
	EVENT_THREAD_OURS, /* the thread was given to us */
	EVENT_STANDBY,	   /* seen while another app owns the thread: never
			      answered */
	EVENT_ERASE,	   /* the citizen asks the platform to erase them */
	EVENT_ACCOUNT,	   /* about the page or OA itself: warning, revoked;
			      TEXT is the platform's word for it */
	EVENT_IGNORED,	   /* genuine, of no use to us: counted by TEXT */
};

enum attachment_kind {
	ATTACHMENT_NONE,
	ATTACHMENT_IMAGE,
	ATTACHMENT_STICKER,
	ATTACHMENT_AUDIO,
	ATTACHMENT_VIDEO,
	ATTACHMENT_FILE,
	ATTACHMENT_LOCATION,
	ATTACHMENT_LINK,
	ATTACHMENT_CONTACT,
	ATTACHMENT_OTHER,
};

/* All views borrow from the arena that was given to the parser. */
struct message {
	enum event_kind kind;
	enum attachment_kind attachment;
	uint64_t at_ms;		       /* when it happened; 0: not said */
	struct text_view dedup_id;     /* the same for every redelivery of this
					  event, different for every other event
					  of this channel and account */
	struct text_view account;      /* page id or OA id; empty: not said */
	struct text_view citizen;      /* channel id of the person; may be empty
					  for EVENT_ACCOUNT and EVENT_IGNORED */
	struct text_view conversation; /* Zalo's anonymous conversation id */
	struct text_view text;
	struct text_view payload;
	struct text_view about;
	struct text_view metadata;
};

/* At most MESSAGES_MAX events are taken from one body (Meta: up to 1000
 * updates a POST); more is ERR_TOO_LARGE. */
enum { MESSAGES_MAX = 1000 };

struct message_list {
	struct message *at;
	size_t count;
};

/* "text", "tap", ...: the names used in logs, metrics and fixtures. */
const char *event_kind_name(enum event_kind kind);
/* "none", "image", ... */
const char *attachment_kind_name(enum attachment_kind kind);

#endif
