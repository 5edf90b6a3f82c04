/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "event.h"

#include "messenger.h"

#include <string.h>

/* An event says what it is by which key it has.  An event can have two (a
 * message and the ad it came from): the rule that stands first in the table
 * wins.  A rule without a function is of no use to us on purpose.
 *
 * A message of a citizen is known by its mid.  Everything else is known by a
 * hash of its whole content: some have no id, an edit or an unsent message
 * repeats that of another event, and the documentation does not say whether a
 * second tap on the same button gets a new one.  A redelivery has the same
 * content.
 *
 * The people of a page write as the page, not as citizens: their messages
 * come back as echoes, and so do ours.  Ours carry our metadata. */

struct event {
	struct messenger_reader *reader;
	const json_t *item;
	const struct account *account;
};

static void
ignore(struct message *out, const char *word)
{
	out->kind = EVENT_IGNORED;
	out->text = text_of(word);
}

/* ---- messages ---- */

static const struct attachment_rule {
	const char *type;
	enum attachment_kind kind;
} attachment_rules[] = {
	{ "image", ATTACHMENT_IMAGE },
	{ "sticker", ATTACHMENT_STICKER },
	{ "like_heart", ATTACHMENT_STICKER },
	{ "audio", ATTACHMENT_AUDIO },
	{ "video", ATTACHMENT_VIDEO },
	{ "reel", ATTACHMENT_VIDEO },
	{ "ig_reel", ATTACHMENT_VIDEO },
	{ "file", ATTACHMENT_FILE },
	{ "location", ATTACHMENT_LOCATION },
	{ "fallback", ATTACHMENT_LINK },
	{ "share", ATTACHMENT_LINK },
	{ "post", ATTACHMENT_LINK },
	{ "ig_post", ATTACHMENT_LINK },
};

/* Older stickers are images whose payload has a sticker_id. */
static enum attachment_kind
attachment_of(const json_t *attachment)
{
	const char *type =
	    json_string_value(json_object_get(attachment, "type"));
	const json_t *payload = json_object_get(attachment, "payload");
	size_t count = sizeof(attachment_rules) / sizeof(attachment_rules[0]);

	if (json_object_get(payload, "sticker_id") != NULL)
		return ATTACHMENT_STICKER;
	for (size_t i = 0; type != NULL && i < count; i++)
		if (strcmp(type, attachment_rules[i].type) == 0)
			return attachment_rules[i].kind;
	return ATTACHMENT_OTHER;
}

/* The first attachment speaks for all, but a sticker may come twice, as an
 * image and as itself. */
static void
read_attachments(
    const struct event *event, const json_t *list, struct message *out)
{
	const json_t *first = json_array_get(list, 0);
	const json_t *title = json_object_get(first, "title");

	out->kind = EVENT_ATTACHMENT;
	out->attachment = attachment_of(first);
	for (size_t i = 1; i < json_array_size(list); i++)
		if (attachment_of(json_array_get(list, i)) ==
		    ATTACHMENT_STICKER)
			out->attachment = ATTACHMENT_STICKER;
	if (!json_is_string(title))
		title =
		    json_object_get(json_object_get(first, "payload"), "title");
	if (out->text.len == 0)
		out->text = messenger_field_text(event->reader, title);
	else if (out->attachment == ATTACHMENT_LINK) {
		/* A link in what was typed: Meta adds a preview. */
		out->kind = EVENT_TEXT;
		out->attachment = ATTACHMENT_NONE;
	}
}

static void
read_echo(const struct event *event, const json_t *message, struct message *out)
{
	struct text_view app_id = messenger_field_id(
	    event->reader, json_object_get(message, "app_id"));

	out->about = out->dedup_id;
	out->metadata = messenger_field_text(
	    event->reader, json_object_get(message, "metadata"));
	out->kind =
	    text_starts(out->metadata, TEXT(MESSENGER_METADATA_PREFIX)) ||
		    (app_id.len > 0 && text_is(app_id, event->account->app_id))
		? EVENT_ECHO
		: EVENT_STAFF;
}

/* Payloads are strings that we chose; a number is taken as its digits. */
static struct text_view
read_payload(const struct event *event, const json_t *object)
{
	const json_t *payload = json_object_get(object, "payload");

	return json_is_string(payload)
		   ? messenger_field_text(event->reader, payload)
		   : messenger_field_id(event->reader, payload);
}

static void
read_citizen_message(
    const struct event *event, const json_t *message, struct message *out)
{
	const json_t *quick_reply = json_object_get(message, "quick_reply");
	const json_t *attachments = json_object_get(message, "attachments");

	out->text = messenger_field_text(
	    event->reader, json_object_get(message, "text"));
	if (json_is_object(quick_reply)) {
		out->kind = EVENT_TAP;
		out->payload = read_payload(event, quick_reply);
	} else if (json_array_size(attachments) > 0) {
		read_attachments(event, attachments, out);
	} else if (json_is_true(json_object_get(message, "is_unsupported"))) {
		out->kind = EVENT_ATTACHMENT;
		out->attachment = ATTACHMENT_OTHER;
	} else if (out->text.len > 0) {
		out->kind = EVENT_TEXT;
	} else {
		ignore(out, "empty_message");
	}
}

static void
read_message(
    const struct event *event, const json_t *message, struct message *out)
{
	struct text_view mid =
	    messenger_field_id(event->reader, json_object_get(message, "mid"));
	bool from_page =
	    json_is_true(json_object_get(message, "is_echo")) ||
	    (out->citizen.len > 0 && text_equal(out->citizen, out->account));

	if (from_page)
		out->citizen = messenger_field_id(event->reader,
		    json_object_get(
			json_object_get(event->item, "recipient"), "id"));
	if (json_is_true(json_object_get(message, "is_deleted"))) {
		out->kind = EVENT_UNSENT;
		out->about = mid;
		return;
	}
	out->dedup_id = mid;
	if (from_page)
		read_echo(event, message, out);
	else
		read_citizen_message(event, message, out);
}

static void
read_edit(const struct event *event, const json_t *edit, struct message *out)
{
	out->kind = EVENT_EDITED;
	out->about =
	    messenger_field_id(event->reader, json_object_get(edit, "mid"));
	out->text =
	    messenger_field_text(event->reader, json_object_get(edit, "text"));
}

/* ---- the beginning of a conversation ---- */

/* What the Get Started button sends; see README.md. */
static bool
is_get_started(struct text_view payload)
{
	return text_is(payload, "start") || text_is(payload, "GET_STARTED");
}

/* A link m.me/PAGE?ref=entry:ID asks at once: its ref is the payload. */
static void
read_referral(
    const struct event *event, const json_t *referral, struct message *out)
{
	out->kind = EVENT_START;
	out->payload = messenger_field_text(
	    event->reader, json_object_get(referral, "ref"));
}

static void
read_postback(
    const struct event *event, const json_t *postback, struct message *out)
{
	const json_t *referral = json_object_get(postback, "referral");
	struct text_view payload = read_payload(event, postback);
	struct text_view title = messenger_field_text(
	    event->reader, json_object_get(postback, "title"));

	if (is_get_started(payload) ||
	    (payload.len == 0 && json_is_object(referral))) {
		read_referral(event, referral, out);
		return;
	}
	if (payload.len == 0 && title.len == 0) {
		ignore(out, "empty_postback");
		return;
	}
	out->kind = EVENT_TAP;
	out->payload = payload;
	out->text = title;
}

/* With a type it is a subscription to notifications: nobody has come in. */
static void
read_optin(const struct event *event, const json_t *optin, struct message *out)
{
	if (json_object_get(optin, "type") != NULL)
		ignore(out, "optin_notifications");
	else
		read_referral(event, optin, out);
}

/* ---- what happened to messages ---- */

static void
read_reaction(
    const struct event *event, const json_t *reaction, struct message *out)
{
	out->kind = EVENT_REACTION;
	out->about =
	    messenger_field_id(event->reader, json_object_get(reaction, "mid"));
	out->text = messenger_field_text(
	    event->reader, json_object_get(reaction, "emoji"));
	out->payload = messenger_field_text(
	    event->reader, json_object_get(reaction, "action"));
}

static void
read_read(const struct event *event, const json_t *seen, struct message *out)
{
	uint64_t watermark =
	    messenger_field_time_ms(json_object_get(seen, "watermark"));

	out->kind = EVENT_READ;
	out->about =
	    messenger_field_id(event->reader, json_object_get(seen, "mid"));
	if (watermark != 0)
		out->at_ms = watermark;
}

/* The last mid stands for those before it: the watermark covers them. */
static void
read_delivery(
    const struct event *event, const json_t *delivery, struct message *out)
{
	const json_t *mids = json_object_get(delivery, "mids");
	size_t count = json_array_size(mids);

	out->kind = EVENT_RECEIVED;
	out->at_ms =
	    messenger_field_time_ms(json_object_get(delivery, "watermark"));
	if (count > 0)
		out->about = messenger_field_id(
		    event->reader, json_array_get(mids, count - 1));
}

/* ---- who owns the thread ---- */

/* The new owner may be another app, where the platform tells everyone.
 * Without our app id in the settings, each event means what its name says. */
static void
read_owner(const struct event *event, const json_t *control,
    enum event_kind usual, struct message *out)
{
	struct text_view mine = text_of(event->account->app_id);
	struct text_view owner = messenger_field_id(
	    event->reader, json_object_get(control, "new_owner_app_id"));

	out->kind = usual;
	if (mine.len > 0 && owner.len > 0)
		out->kind = text_equal(owner, mine) ? EVENT_THREAD_OURS
						    : EVENT_THREAD_LOST;
}

static void
read_pass(const struct event *event, const json_t *control, struct message *out)
{
	read_owner(event, control, EVENT_THREAD_OURS, out);
}

static void
read_take(const struct event *event, const json_t *control, struct message *out)
{
	read_owner(event, control, EVENT_THREAD_LOST, out);
}

/* ---- the page itself ---- */

static void
read_policy(
    const struct event *event, const json_t *policy, struct message *out)
{
	out->kind = EVENT_ACCOUNT;
	out->text = messenger_field_text(
	    event->reader, json_object_get(policy, "action"));
}

static void
read_roles(const struct event *event, const json_t *roles, struct message *out)
{
	(void)event;
	(void)roles;
	out->kind = EVENT_ACCOUNT;
	out->text = TEXT("app_roles");
}

/* ---- the table ---- */

static const struct event_rule {
	const char *key;
	void (*read)(const struct event *event, const json_t *value,
	    struct message *out); /* NULL: ignored */
} event_rules[] = {
	{ "message", read_message },
	{ "message_edit", read_edit },
	{ "postback", read_postback },
	{ "reaction", read_reaction },
	{ "read", read_read },
	{ "delivery", read_delivery },
	{ "pass_thread_control", read_pass },
	{ "take_thread_control", read_take },
	{ "request_thread_control", NULL },
	{ "app_roles", read_roles },
	{ "policy_enforcement", read_policy },
	{ "policy-enforcement", read_policy },
	{ "lead", NULL }, /* comes with a referral */
	{ "referral", read_referral },
	{ "optin", read_optin },
	{ "account_linking", NULL },
	{ "messaging_feedback", NULL },
	{ "response_feedback", NULL },
	{ "messaging_customer_information", NULL },
	{ "order", NULL },
	{ "template", NULL },
	{ "payment", NULL },
	{ "checkout_update", NULL },
	{ "game_play", NULL },
	{ "prior_message", NULL },
	{ "hop_context", NULL },
};

static void
read_by_rule(const struct event *event, struct message *out)
{
	size_t count = sizeof(event_rules) / sizeof(event_rules[0]);

	for (size_t i = 0; i < count; i++) {
		const struct event_rule *rule = &event_rules[i];
		const json_t *value = json_object_get(event->item, rule->key);

		if (value == NULL || json_is_null(value))
			continue;
		if (rule->read == NULL)
			ignore(out, rule->key);
		else if (json_is_object(value))
			rule->read(event, value, out);
		else
			ignore(out, "malformed");
		return;
	}
	ignore(out, "unknown");
}

/* Would the bot answer an event of this kind? */
static bool
calls_for_answer(enum event_kind kind)
{
	return kind == EVENT_TEXT || kind == EVENT_TAP ||
	       kind == EVENT_ATTACHMENT || kind == EVENT_START ||
	       kind == EVENT_EDITED;
}

void
messenger_event_ignore(struct messenger_reader *reader, const json_t *item,
    const char *word, struct message *out)
{
	ignore(out, word);
	out->dedup_id = messenger_field_hash(reader, "ignored", item);
}

void
messenger_event_read(struct messenger_reader *reader, const json_t *item,
    const struct account *account, bool standby, struct message *out)
{
	const struct event event = { reader, item, account };

	out->at_ms =
	    messenger_field_time_ms(json_object_get(item, "timestamp"));
	out->citizen = messenger_field_id(
	    reader, json_object_get(json_object_get(item, "sender"), "id"));
	read_by_rule(&event, out);
	if (out->citizen.len == 0 && out->kind != EVENT_ACCOUNT &&
	    out->kind != EVENT_IGNORED)
		ignore(out, "without_sender");
	if (standby && calls_for_answer(out->kind))
		out->kind = EVENT_STANDBY;
	if (out->dedup_id.len == 0)
		out->dedup_id = messenger_field_hash(
		    reader, event_kind_name(out->kind), item);
}
