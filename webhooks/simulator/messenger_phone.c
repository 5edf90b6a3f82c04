/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Messenger's webhook events, as its documentation and real payloads show
 * them.  On the wire Meta escapes everything that is not ASCII, with lower-case
 * hex digits, and writes "/" as "\/": a server that hashes anything but the
 * bytes it got does not survive a Vietnamese word. */
#include "act.h"

#include "secret.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { ID_RANDOM_BYTES = 32 };

/* The Page inbox writes in this app's name. */
static const json_int_t page_inbox_app_id = 26390203743090;
/* Ours, when the settings have none. */
static const char own_app_id[] = "1517776481860111";

static const struct attachment_row {
	const char *kind;
	const char *json;
} attachments[] = {
	{ "image", "[{\"type\":\"image\",\"payload\":{\"url\":"
		   "\"https://scontent.example.invalid/anh.jpg\"}}]" },
	{ "sticker", "[{\"type\":\"sticker\",\"payload\":{\"url\":"
		     "\"https://scontent.example.invalid/like.png\","
		     "\"sticker_id\":369239263222822}}]" },
	{ "audio", "[{\"type\":\"audio\",\"payload\":{\"url\":"
		   "\"https://cdn.example.invalid/ghi-am.mp4\"}}]" },
	{ "video", "[{\"type\":\"video\",\"payload\":{\"url\":"
		   "\"https://video.example.invalid/quay.mp4\"}}]" },
	{ "file", "[{\"type\":\"file\",\"payload\":{\"url\":"
		  "\"https://cdn.example.invalid/don.pdf\"}}]" },
	{ "location", "[{\"type\":\"location\",\"payload\":{\"coordinates\":"
		      "{\"lat\":21.0285,\"long\":105.8542}}}]" },
};

static void
make_id(char out[SIM_ID_SIZE])
{
	out[0] = 'm';
	out[1] = '_';
	secret_random_hex(ID_RANDOM_BYTES, out + 2);
}

/* Ids are strings, but app ids come as numbers. */
static json_t *
app_id_of(const struct account *account)
{
	const char *id =
	    account->app_id[0] != '\0' ? account->app_id : own_app_id;
	uint64_t number;

	if (text_number(text_of(id), 0, INT64_MAX, &number) == OK)
		return json_integer((json_int_t)number);
	return json_string(id);
}

static json_t *
said(const struct sim_act *act)
{
	return json_pack("{s:{s:s, s:s}}", "message", "mid", act->message_id,
	    "text", act->text);
}

static json_t *
tapped(const struct sim_act *act)
{
	if (act->quick_reply)
		return json_pack("{s:{s:s, s:s, s:{s:s}}}", "message", "mid",
		    act->message_id, "text", act->text, "quick_reply",
		    "payload", act->payload);
	return json_pack("{s:{s:s, s:s*, s:s}}", "postback", "title", act->text,
	    "payload", act->standby ? NULL : act->payload, "mid",
	    act->message_id);
}

static json_t *
attached(const struct sim_act *act)
{
	const char *caption = act->text[0] != '\0' ? act->text : NULL;
	json_t *list = NULL;

	for (size_t i = 0; i < sizeof(attachments) / sizeof(attachments[0]);
	     i++)
		if (strcmp(attachments[i].kind, act->attachment) == 0)
			list = json_loads(attachments[i].json, 0, NULL);
	return json_pack("{s:{s:s, s:s*, s:o}}", "message", "mid",
	    act->message_id, "text", caption, "attachments", list);
}

static json_t *
followed(const struct sim_act *act)
{
	return json_pack("{s:{s:s, s:s, s:s}}", "postback", "title", "Bắt đầu",
	    "payload", "GET_STARTED", "mid", act->message_id);
}

/* The message that is reacted to stands in for the reaction's own id, which
 * does not exist. */
static json_t *
reacted(const struct sim_act *act)
{
	return json_pack("{s:{s:s, s:s, s:s, s:s}}", "reaction", "reaction",
	    "love", "emoji", "\u2764", "action", "react", "mid", act->payload);
}

static json_t *
taken(const struct sim_act *act)
{
	return json_pack("{s:{s:o, s:I, s:s}}", "take_thread_control",
	    "previous_owner_app_id", app_id_of(act->account),
	    "new_owner_app_id", page_inbox_app_id, "metadata", "");
}

static json_t *
passed(const struct sim_act *act)
{
	return json_pack("{s:{s:I, s:o, s:s}}", "pass_thread_control",
	    "previous_owner_app_id", page_inbox_app_id, "new_owner_app_id",
	    app_id_of(act->account), "metadata", "");
}

static json_t *
requested(const struct sim_act *act)
{
	(void)act;
	return json_pack("{s:{s:I, s:s}}", "request_thread_control",
	    "requested_owner_app_id", page_inbox_app_id, "metadata", "");
}

static json_t *
answered_by_staff(const struct sim_act *act)
{
	return json_pack("{s:{s:b, s:I, s:s, s:s}}", "message", "is_echo", 1,
	    "app_id", page_inbox_app_id, "mid", act->message_id, "text",
	    act->text);
}

/* A template comes back as an attachment, with its buttons. */
static json_t *
echoed(const struct sim_act *act)
{
	json_t *text = json_object_get(act->sent, "text");
	json_t *metadata = json_object_get(act->sent, "metadata");
	json_t *attachment = json_object_get(act->sent, "attachment");
	json_t *list = NULL;

	if (attachment != NULL)
		list = json_pack("[O]", attachment);
	return json_pack("{s:{s:b, s:o, s:O*, s:s, s:O*, s:o*}}", "message",
	    "is_echo", 1, "app_id", app_id_of(act->account), "metadata",
	    metadata, "mid", act->message_id, "text", text, "attachments",
	    list);
}

/* Nobody leaves a page, and who wants to be erased comes by a callback of its
 * own (erasure.c): there are no such events. */
static json_t *(*const builders[])(const struct sim_act *act) = {
	[SIM_SAY] = said,
	[SIM_TAP] = tapped,
	[SIM_ATTACH] = attached,
	[SIM_FOLLOW] = followed,
	[SIM_LEAVE] = NULL,
	[SIM_REACT] = reacted,
	[SIM_WITHDRAW] = NULL,
	[SIM_STAFF] = answered_by_staff,
	[SIM_TAKE] = taken,
	[SIM_PASS] = passed,
	[SIM_REQUEST] = requested,
	[SIM_ECHO] = echoed,
};

static json_t *
build_event(const struct sim_act *act)
{
	bool from_page = act->kind == SIM_STAFF || act->kind == SIM_ECHO;
	const char *page = act->account->id;
	json_int_t now_ms = (json_int_t)act->now_ms;
	json_t *item;
	json_t *what;

	if (builders[act->kind] == NULL)
		return NULL;
	item = json_pack("{s:{s:s}, s:{s:s}, s:I}", "sender", "id",
	    from_page ? page : act->citizen, "recipient", "id",
	    from_page ? act->citizen : page, "timestamp", now_ms);
	what = builders[act->kind](act);
	if (item == NULL || what == NULL ||
	    json_object_update(item, what) != 0) {
		json_decref(item);
		item = NULL;
	}
	json_decref(what);
	return json_pack("{s:s, s:[{s:s, s:I, s:[o]}]}", "object", "page",
	    "entry", "id", page, "time", now_ms,
	    act->standby ? "standby" : "messaging", item);
}

/* Jansson writes \u00E9; Meta writes \u00e9. */
static void
lower_escapes(char *json)
{
	for (char *at = json; *at != '\0'; at++) {
		if (*at != '\\')
			continue;
		at++; /* an escaped backslash starts no escape */
		for (int i = 1; *at == 'u' && i <= 4; i++)
			at[i] = (char)tolower((unsigned char)at[i]);
	}
}

static char *
write_event(const json_t *event)
{
	char *json = json_dumps(
	    event, JSON_COMPACT | JSON_ENSURE_ASCII | JSON_ESCAPE_SLASH);

	if (json != NULL)
		lower_escapes(json);
	return json;
}

static void
sign(const struct account *account, struct text_view body,
    char out[SIM_SIGNATURE_SIZE])
{
	sim_sign_messenger(text_of(account->webhook_secret), body, out);
}

const struct sim_platform sim_messenger_phone = {
	.name = "messenger",
	.signature_header = "X-Hub-Signature-256",
	.make_id = make_id,
	.event = build_event,
	.write = write_event,
	.sign = sign,
};
