/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Zalo's webhook events, as its SDKs, its documentation and real payloads show
 * them: every id and time is a string, one event to a body, and the tap on a
 * button is nothing but the button's payload as text. */
#include "act.h"

#include "hash.h"
#include "secret.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ID_RANDOM_BYTES = 10, NUMBER_SIZE = 24, EVENT_NAME_SIZE = 64 };

static const char admin_id[] = "4512837461029384756";

static const struct attachment_row {
	const char *kind;
	const char *json;
	const char *text; /* that comes with it; NULL: none */
} attachments[] = {
	{ "image",
	    "[{\"type\":\"image\",\"payload\":{\"thumbnail\":"
	    "\"https://photo.example.invalid/nho.jpg\",\"url\":"
	    "\"https://photo.example.invalid/anh.jpg\"}}]",
	    NULL },
	{ "sticker",
	    "[{\"type\":\"sticker\",\"payload\":{\"id\":\"23311\",\"url\":"
	    "\"https://sticker.example.invalid/23311.png\"}}]",
	    NULL },
	{ "audio",
	    "[{\"type\":\"audio\",\"payload\":{\"url\":"
	    "\"https://voice.example.invalid/ghi-am.amr\"}}]",
	    NULL },
	{ "video",
	    "[{\"type\":\"video\",\"payload\":{\"thumbnail\":"
	    "\"https://video.example.invalid/nho.jpg\",\"description\":\"\","
	    "\"url\":\"https://video.example.invalid/quay.mp4\"}}]",
	    NULL },
	{ "file",
	    "[{\"type\":\"file\",\"payload\":{\"url\":"
	    "\"https://file.example.invalid/don.pdf\",\"size\":\"48213\","
	    "\"name\":\"don.pdf\",\"checksum\":"
	    "\"3d2f8a1b0c9e7f6a5b4c3d2e1f0a9b8c\",\"type\":\"pdf\"}}]",
	    NULL },
	{ "location",
	    "[{\"type\":\"location\",\"payload\":{\"coordinates\":"
	    "{\"latitude\":\"21.0285\",\"longitude\":\"105.8542\"}}}]",
	    "Hồ Hoàn Kiếm" },
};

static void
make_id(char out[SIM_ID_SIZE])
{
	secret_random_hex(ID_RANDOM_BYTES, out);
}

/* The same person's id in the app's own space: no good for sending. */
static void
app_user_id(const char *citizen, char out[NUMBER_SIZE])
{
	uint64_t hash = hash64(text_of(citizen), 1);

	(void)snprintf(out, NUMBER_SIZE, "%" PRIu64,
	    UINT64_C(1000000000000000000) +
		hash % UINT64_C(8000000000000000000));
}

/* OBJECT with KEY, unless TEXT is empty.  Takes OBJECT, which may be NULL; NULL
 * when out of memory. */
static json_t *
with_text(json_t *object, const char *key, const char *text)
{
	if (text[0] == '\0' ||
	    json_object_set_new(object, key, json_string(text)) == 0)
		return object;
	json_decref(object);
	return NULL;
}

/* MESSAGE is taken; NULL: no memory for it.  FROM_OA: sender and recipient
 * change places. */
static json_t *
envelope(const struct sim_act *act, const char *event_name, json_t *message,
    bool from_oa)
{
	const char *oa = act->account->id;
	const char *admin = act->kind == SIM_STAFF ? admin_id : "";
	char by_app[NUMBER_SIZE] = "";
	char now_ms[NUMBER_SIZE];
	json_t *sender =
	    with_text(json_pack("{s:s}", "id", from_oa ? oa : act->citizen),
		"admin_id", admin);

	(void)snprintf(now_ms, sizeof(now_ms), "%" PRIu64, act->now_ms);
	if (act->conversation[0] == '\0')
		app_user_id(act->citizen, by_app);
	return with_text(
	    json_pack("{s:s, s:o, s:{s:s}, s:s, s:o, s:s}", "app_id",
		act->account->app_id, "sender", sender, "recipient", "id",
		from_oa ? act->citizen : oa, "event_name", event_name,
		"message", message, "timestamp", now_ms),
	    "user_id_by_app", by_app);
}

/* {"msg_id", "text"?, "conversation_id"?} */
static json_t *
message_of(const struct sim_act *act, const char *text)
{
	json_t *message = json_pack("{s:s}", "msg_id", act->message_id);

	return with_text(with_text(message, "text", text), "conversation_id",
	    act->conversation);
}

static json_t *
user_event(const struct sim_act *act, const char *what, json_t *message)
{
	char name[EVENT_NAME_SIZE];

	(void)snprintf(name, sizeof(name), "%s_send_%s",
	    act->conversation[0] != '\0' ? "anonymous" : "user", what);
	return envelope(act, name, message, false);
}

static json_t *
oa_event(const struct sim_act *act, const char *text)
{
	return envelope(act,
	    act->conversation[0] != '\0' ? "oa_send_anonymous_text"
					 : "oa_send_text",
	    message_of(act, text), true);
}

static json_t *
said(const struct sim_act *act)
{
	return user_event(act, "text", message_of(act, act->text));
}

static json_t *
tapped(const struct sim_act *act)
{
	return user_event(act, "text", message_of(act, act->payload));
}

static json_t *
attached(const struct sim_act *act)
{
	const struct attachment_row *row = NULL;
	json_t *message;

	for (size_t i = 0; i < sizeof(attachments) / sizeof(attachments[0]);
	     i++)
		if (strcmp(attachments[i].kind, act->attachment) == 0)
			row = &attachments[i];
	if (row == NULL)
		return NULL;
	message = message_of(act,
	    act->text[0] == '\0' && row->text != NULL ? row->text : act->text);
	if (json_object_set_new(
		message, "attachments", json_loads(row->json, 0, NULL)) != 0) {
		json_decref(message);
		message = NULL;
	}
	return user_event(act, row->kind, message);
}

static json_t *
relation(const struct sim_act *act, const char *event_name)
{
	char now_ms[NUMBER_SIZE];
	char by_app[NUMBER_SIZE];

	(void)snprintf(now_ms, sizeof(now_ms), "%" PRIu64, act->now_ms);
	app_user_id(act->citizen, by_app);
	return json_pack("{s:s, s:{s:s}, s:s, s:s, s:s, s:s, s:s}", "oa_id",
	    act->account->id, "follower", "id", act->citizen, "user_id_by_app",
	    by_app, "event_name", event_name, "source", "zalo", "app_id",
	    act->account->app_id, "timestamp", now_ms);
}

static json_t *
followed(const struct sim_act *act)
{
	return relation(act, "follow");
}

static json_t *
left(const struct sim_act *act)
{
	return relation(act, "unfollow");
}

static json_t *
reacted(const struct sim_act *act)
{
	return envelope(act, "user_reacted_message",
	    json_pack(
		"{s:s, s:s}", "msg_id", act->payload, "react_icon", "/-heart"),
	    false);
}

static json_t *
withdrawn(const struct sim_act *act)
{
	char now_ms[NUMBER_SIZE];
	char by_app[NUMBER_SIZE];

	(void)snprintf(now_ms, sizeof(now_ms), "%" PRIu64, act->now_ms);
	app_user_id(act->citizen, by_app);
	return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "app_id",
	    act->account->app_id, "oa_id", act->account->id, "event_name",
	    "user_withdraw", "timestamp", now_ms, "user_id", act->citizen,
	    "user_id_by_app", by_app);
}

static json_t *
answered_by_staff(const struct sim_act *act)
{
	return oa_event(act, act->text);
}

static json_t *
echoed(const struct sim_act *act)
{
	const char *text =
	    json_string_value(json_object_get(act->sent, "text"));

	return oa_event(act, text != NULL ? text : "");
}

static json_t *(*const builders[])(const struct sim_act *act) = {
	[SIM_SAY] = said,
	[SIM_TAP] = tapped,
	[SIM_ATTACH] = attached,
	[SIM_FOLLOW] = followed,
	[SIM_LEAVE] = left,
	[SIM_REACT] = reacted,
	[SIM_WITHDRAW] = withdrawn,
	[SIM_STAFF] = answered_by_staff,
	/* Zalo knows no control of threads. */
	[SIM_TAKE] = NULL,
	[SIM_PASS] = NULL,
	[SIM_REQUEST] = NULL,
	[SIM_ECHO] = echoed,
};

static json_t *
build_event(const struct sim_act *act)
{
	return builders[act->kind] == NULL ? NULL : builders[act->kind](act);
}

static char *
write_event(const json_t *event)
{
	return json_dumps(event, JSON_COMPACT);
}

static void
sign(const struct account *account, struct text_view body,
    char out[SIM_SIGNATURE_SIZE])
{
	sim_sign_zalo(account->app_id, body, account->webhook_secret, out);
}

const struct sim_platform sim_zalo_phone = {
	.name = "zalo",
	.signature_header = "X-ZEvent-Signature",
	.tells_retries = true,
	.make_id = make_id,
	.event = build_event,
	.write = write_event,
	.sign = sign,
};
