/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "message.h"

static const char *const event_names[] = {
	[EVENT_TEXT] = "text",
	[EVENT_TAP] = "tap",
	[EVENT_ATTACHMENT] = "attachment",
	[EVENT_START] = "start",
	[EVENT_LEAVE] = "leave",
	[EVENT_REACTION] = "reaction",
	[EVENT_READ] = "read",
	[EVENT_RECEIVED] = "received",
	[EVENT_EDITED] = "edited",
	[EVENT_UNSENT] = "unsent",
	[EVENT_ECHO] = "echo",
	[EVENT_STAFF] = "staff",
	[EVENT_THREAD_LOST] = "thread_lost",
	[EVENT_THREAD_OURS] = "thread_ours",
	[EVENT_STANDBY] = "standby",
	[EVENT_ERASE] = "erase",
	[EVENT_ACCOUNT] = "account",
	[EVENT_IGNORED] = "ignored",
};

static const char *const attachment_names[] = {
	[ATTACHMENT_NONE] = "none",
	[ATTACHMENT_IMAGE] = "image",
	[ATTACHMENT_STICKER] = "sticker",
	[ATTACHMENT_AUDIO] = "audio",
	[ATTACHMENT_VIDEO] = "video",
	[ATTACHMENT_FILE] = "file",
	[ATTACHMENT_LOCATION] = "location",
	[ATTACHMENT_LINK] = "link",
	[ATTACHMENT_CONTACT] = "contact",
	[ATTACHMENT_OTHER] = "other",
};

const char *
event_kind_name(enum event_kind kind)
{
	return event_names[kind];
}

const char *
attachment_kind_name(enum attachment_kind kind)
{
	return attachment_names[kind];
}
