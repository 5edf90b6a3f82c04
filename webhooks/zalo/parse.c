/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "zalo.h"

#include "json.h"
#include "secret.h"

#include <stdio.h>
#include <string.h>

/* One body is one event, and its name decides everything: a row of the table
 * below says what it means, where its ids stand and what else to read.
 *
 * Who is the citizen?  sender and recipient change places between events
 * (Zalo reports "seen" with the OA as the sender), and sources contradict each
 * other, so the citizen is whichever id is not the OA's; the row decides only
 * when neither is.  user_id_by_app is never read: it names the same person in
 * another name space, and nothing can be sent to it.
 *
 * What is a repeat?  Zalo delivers at least once.  A message has its own id,
 * but receipts and reactions carry the id of an older message, and the
 * console's test button sends "This is message id" for every event.  All
 * these, and what has no id, are told apart by the hash of their body, which
 * Zalo resends byte for byte.
 *
 * Only what hoidap uses is copied out: names, phones and addresses that some
 * events hold end here. */

enum {
	NAME_MAX_BYTES = 64,
	ID_MAX_BYTES = 128,
};

enum parties {
	NOBODY,	    /* nobody to answer; oa_id at most */
	USER_TO_OA, /* sender, recipient */
	OA_TO_USER, /* sender, recipient */
	FOLLOWER,   /* follower.id, oa_id */
	USER_ID,    /* user_id, oa_id */
};

/* An event on its way from Zalo's JSON to a struct message.  A failure stays in
 * RESULT, so that the readers can be written straight down; what they have
 * filled in is of no use then. */
struct reading {
	const json_t *root;
	const json_t *message; /* root.message, or NULL */
	struct text_view name; /* event_name */
	const struct account *account;
	struct arena *arena;
	struct complaint *why;
	enum result result;
};

struct event_row {
	const char *name; /* a "*" at its end stands for any ending */
	enum parties parties;
	enum event_kind kind;
	enum attachment_kind attachment;
	void (*fill)(struct reading *reading, struct message *out);
};

static struct text_view
keep(struct reading *reading, struct text_view text)
{
	struct text_view kept = { 0 };

	if (text.len > 0 && arena_text(reading->arena, text, &kept) != OK)
		reading->result = ERR_NOMEM;
	return kept;
}

/* An id is text, but some senders write it as a number. */
static struct text_view
keep_id(struct reading *reading, const json_t *value)
{
	char digits[ZALO_JSON_DIGITS_SIZE];
	struct text_view id = zalo_json_scalar(value, digits);

	if (id.len <= ID_MAX_BYTES)
		return keep(reading, id);
	complain(reading->why, "", 0, "%.*s: an id is longer than %d bytes",
	    TEXT_ARGS(reading->name), ID_MAX_BYTES);
	reading->result = ERR_INVALID;
	return (struct text_view){ 0 };
}

static struct text_view
keep_id_at(struct reading *reading, const json_t *object, const char *key)
{
	return keep_id(reading, json_object_get(object, key));
}

/* ---- readers, one for each shape of event ---- */

static void
fill_name(struct reading *reading, struct message *out)
{
	out->text = keep(reading, reading->name);
}

static void
fill_text(struct reading *reading, struct message *out)
{
	const struct text_view prefix = TEXT(ZALO_TAP_PREFIX);
	struct text_view text = zalo_json_text(reading->message, "text");

	if (text.len > prefix.len && text_starts(text, prefix)) {
		out->kind = EVENT_TAP;
		out->payload =
		    keep(reading, text_slice(text, prefix.len, text.len));
		return;
	}
	out->text = keep(reading, text);
}

static void
fill_attachment(struct reading *reading, struct message *out)
{
	out->text = keep(reading, zalo_json_text(reading->message, "text"));
}

/* GIF pictures and videos may come as files. */
static void
fill_file(struct reading *reading, struct message *out)
{
	const json_t *attachments =
	    json_object_get(reading->message, "attachments");
	const json_t *payload =
	    json_object_get(json_array_get(attachments, 0), "payload");
	struct text_view type = zalo_json_text(payload, "type");

	fill_attachment(reading, out);
	if (text_is(type, "gif"))
		out->attachment = ATTACHMENT_IMAGE;
	else if (text_is(type, "mp4"))
		out->attachment = ATTACHMENT_VIDEO;
}

/* Zalo echoes what we sent and what a person typed in the OA's chat tool; only
 * the person has an admin_id. */
static void
fill_echo(struct reading *reading, struct message *out)
{
	const json_t *sender = json_object_get(reading->root, "sender");

	if (keep_id_at(reading, sender, "admin_id").len > 0)
		out->kind = EVENT_STAFF;
	out->about = keep_id_at(reading, reading->message, "msg_id");
}

/* Zalo lists all that was seen at once; AT_MS covers them, the last id is
 * enough. */
static void
fill_seen(struct reading *reading, struct message *out)
{
	const json_t *ids = json_object_get(reading->message, "msg_ids");
	size_t count = json_array_size(ids);

	if (count > 0)
		out->about = keep_id(reading, json_array_get(ids, count - 1));
}

/* Receipts of template messages to phone numbers have the phone where the
 * user's id should be: they are not about a conversation of ours. */
static void
fill_received(struct reading *reading, struct message *out)
{
	if (keep_id_at(reading, reading->message, "tracking_id").len > 0) {
		out->kind = EVENT_IGNORED;
		out->citizen = (struct text_view){ 0 };
		fill_name(reading, out);
		return;
	}
	out->about = keep_id_at(reading, reading->message, "msg_id");
}

static void
fill_reaction(struct reading *reading, struct message *out)
{
	out->about = keep_id_at(reading, reading->message, "msg_id");
	out->text =
	    keep(reading, zalo_json_text(reading->message, "react_icon"));
}

/* ---- what each event is: the first row that fits ---- */

/* clang-format off */
#define ATTACHED(event, what) \
	{ event, USER_TO_OA, EVENT_ATTACHMENT, what, fill_attachment }
#define IGNORED(event) \
	{ event, NOBODY, EVENT_IGNORED, ATTACHMENT_NONE, fill_name }
/* clang-format on */

static const struct event_row events[] = {
	/* Groups first: their names begin as those of single citizens.  The
	 * recipient is the group, and we never answer there. */
	IGNORED("user_send_group_*"),
	IGNORED("oa_send_group_*"),
	IGNORED("oa_send_consent"), /* asks whether the OA may call */

	{ "user_send_text", USER_TO_OA, EVENT_TEXT, ATTACHMENT_NONE,
	    fill_text },
	{ "user_send_file", USER_TO_OA, EVENT_ATTACHMENT, ATTACHMENT_FILE,
	    fill_file },
	ATTACHED("user_send_image", ATTACHMENT_IMAGE),
	ATTACHED("user_send_gif", ATTACHMENT_IMAGE),
	ATTACHED("user_send_link", ATTACHMENT_LINK),
	ATTACHED("user_send_audio", ATTACHMENT_AUDIO),
	ATTACHED("user_send_video", ATTACHMENT_VIDEO),
	ATTACHED("user_send_sticker", ATTACHMENT_STICKER),
	ATTACHED("user_send_location", ATTACHMENT_LOCATION),
	ATTACHED("user_send_business_card", ATTACHMENT_CONTACT),
	/* A kind that Zalo adds later still deserves an answer. */
	ATTACHED("user_send_*", ATTACHMENT_OTHER),

	{ "anonymous_send_text", USER_TO_OA, EVENT_TEXT, ATTACHMENT_NONE,
	    fill_text },
	{ "anonymous_send_file", USER_TO_OA, EVENT_ATTACHMENT, ATTACHMENT_FILE,
	    fill_file },
	ATTACHED("anonymous_send_image", ATTACHMENT_IMAGE),
	ATTACHED("anonymous_send_sticker", ATTACHMENT_STICKER),
	ATTACHED("anonymous_send_*", ATTACHMENT_OTHER),

	{ "oa_send_*", OA_TO_USER, EVENT_ECHO, ATTACHMENT_NONE, fill_echo },

	{ "follow", FOLLOWER, EVENT_START, ATTACHMENT_NONE, NULL },
	{ "unfollow", FOLLOWER, EVENT_LEAVE, ATTACHMENT_NONE, NULL },
	{ "user_click_chatnow", USER_ID, EVENT_START, ATTACHMENT_NONE, NULL },
	{ "user_seen_message", OA_TO_USER, EVENT_READ, ATTACHMENT_NONE,
	    fill_seen },
	{ "user_received_message", OA_TO_USER, EVENT_RECEIVED, ATTACHMENT_NONE,
	    fill_received },
	{ "user_reacted_message", USER_TO_OA, EVENT_REACTION, ATTACHMENT_NONE,
	    fill_reaction },
	{ "user_withdraw", USER_ID, EVENT_ERASE, ATTACHMENT_NONE, NULL },
	{ "permission_revoked", NOBODY, EVENT_ACCOUNT, ATTACHMENT_NONE,
	    fill_name },

	/* Tags, forms, feedback, group life, ZBS, calls, and what comes after
	 * them. */
	IGNORED("*"),
};

static bool
name_fits(struct text_view name, const char *pattern)
{
	struct text_view fixed = text_of(pattern);

	if (fixed.at[fixed.len - 1] != '*')
		return text_equal(name, fixed);
	return text_starts(name, text_slice(fixed, 0, fixed.len - 1));
}

static const struct event_row *
find_row(struct text_view name)
{
	const struct event_row *row = events;

	while (!name_fits(name, row->name))
		row++;
	return row;
}

/* ---- what all events share ---- */

static void
fill_sender_and_recipient(
    struct reading *reading, enum parties parties, struct message *out)
{
	const char *oa = reading->account->id;
	struct text_view sender =
	    keep_id_at(reading, json_object_get(reading->root, "sender"), "id");
	struct text_view recipient = keep_id_at(
	    reading, json_object_get(reading->root, "recipient"), "id");
	bool from_oa = parties == OA_TO_USER;

	if (oa[0] != '\0' && text_is(sender, oa))
		from_oa = true;
	else if (oa[0] != '\0' && text_is(recipient, oa))
		from_oa = false;
	out->citizen = from_oa ? recipient : sender;
	out->account = from_oa ? sender : recipient;
}

static void
fill_parties(struct reading *reading, enum parties parties, struct message *out)
{
	switch (parties) {
	case USER_TO_OA:
	case OA_TO_USER:
		fill_sender_and_recipient(reading, parties, out);
		break;
	case FOLLOWER:
		out->citizen = keep_id_at(
		    reading, json_object_get(reading->root, "follower"), "id");
		out->account = keep_id_at(reading, reading->root, "oa_id");
		break;
	case USER_ID:
		out->citizen = keep_id_at(reading, reading->root, "user_id");
		out->account = keep_id_at(reading, reading->root, "oa_id");
		break;
	case NOBODY:
		out->account = keep_id_at(reading, reading->root, "oa_id");
		return;
	}
	/* An event from the OA to itself would have us answer ourselves. */
	if (reading->result == OK &&
	    (out->citizen.len == 0 ||
		text_is(out->citizen, reading->account->id))) {
		complain(reading->why, "", 0, "%.*s: no citizen's id",
		    TEXT_ARGS(reading->name));
		reading->result = ERR_INVALID;
	}
}

/* Does msg_id belong to this very event, and to no other? */
static bool
has_own_id(const struct event_row *row, struct text_view msg_id)
{
	return (row->kind == EVENT_TEXT || row->kind == EVENT_ATTACHMENT ||
		   row->kind == EVENT_ECHO) &&
	       msg_id.len > 0 && msg_id.len <= ID_MAX_BYTES &&
	       !text_is(msg_id, "This is message id");
}

static void
fill_dedup_id(struct reading *reading, const struct event_row *row,
    struct text_view body, struct message *out)
{
	char digits[ZALO_JSON_DIGITS_SIZE];
	char id[NAME_MAX_BYTES + 1 + ID_MAX_BYTES + 1];
	char hash[SECRET_HEX_SIZE];
	struct text_view msg_id = zalo_json_scalar(
	    json_object_get(reading->message, "msg_id"), digits);

	if (has_own_id(row, msg_id)) {
		(void)snprintf(id, sizeof(id), "%.*s:%.*s",
		    TEXT_ARGS(reading->name), TEXT_ARGS(msg_id));
		out->dedup_id = keep(reading, text_of(id));
		return;
	}
	secret_sha256_hex(&body, 1, hash);
	out->dedup_id = keep(reading, text_of(hash));
}

static uint64_t
read_at_ms(const json_t *root)
{
	const json_t *timestamp = json_object_get(root, "timestamp");
	int64_t at_ms;

	if (zalo_json_number(timestamp, &at_ms) != OK || at_ms < 0)
		return 0;
	return (uint64_t)at_ms;
}

/* Names end up in metrics and logs. */
static bool
name_valid(struct text_view name)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_.-";

	return name.len > 0 && name.len <= NAME_MAX_BYTES &&
	       strspn(name.at, allowed) == name.len;
}

static enum result
read_event(struct reading *reading, struct text_view body, struct message *out)
{
	const struct event_row *row;

	reading->name = zalo_json_text(reading->root, "event_name");
	reading->message = json_object_get(reading->root, "message");
	if (!name_valid(reading->name)) {
		complain(reading->why, "", 0,
		    "event_name must be 1 to %d letters, digits, _ . or -",
		    NAME_MAX_BYTES);
		return ERR_INVALID;
	}
	row = find_row(reading->name);
	*out = (struct message){ .kind = row->kind,
		.attachment = row->attachment,
		.at_ms = read_at_ms(reading->root) };
	fill_parties(reading, row->parties, out);
	/* Only anonymous visitors of a web page have one. */
	out->conversation =
	    keep_id_at(reading, reading->message, "conversation_id");
	if (row->fill != NULL)
		row->fill(reading, out);
	fill_dedup_id(reading, row, body, out);
	return reading->result;
}

enum result
zalo_parse(struct text_view body, const struct account *account,
    struct arena *arena, struct message_list *out, struct complaint *why)
{
	struct reading reading = {
		.account = account, .arena = arena, .why = why
	};
	struct message *message = arena_alloc(arena, 1, sizeof(*message));
	json_t *root = NULL;
	enum result result = ERR_NOMEM;

	if (message == NULL)
		goto out;
	result = zalo_json_load(body, &root, why);
	if (result != OK)
		goto out;
	reading.root = root;
	result = read_event(&reading, body, message);
	if (result == OK)
		*out = (struct message_list){ message, 1 };
out:
	json_decref(root);
	return result;
}
