/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Channels: whether the bot is on, and whether their accounts can send.  Who
 * switches says the version that they saw. */
#include <sodium.h>

#include "api.h"
#include "buf.h"
#include "hash.h"
#include "setting_board.h"
#include "store_talk.h"

enum { VERSION_MAX_BYTES = 2 * NOTICE_TEXT_MAX_BYTES + 64 };

/* ---- their health ---- */

/* The token in words, never itself. */
static enum result
token_json(
    struct store *store, const struct account *account, json_t **json_out)
{
	struct stored_token token;
	bool stored;
	bool dead;
	const char *state;
	json_int_t expires_ms;
	enum result result = store_token_load(
	    store, account->channel->name, account->id, &token);

	if (result != OK && result != ERR_NOT_FOUND)
		return result;
	stored = result == OK;
	dead = stored && token.dead;
	expires_ms = stored ? (json_int_t)token.pair.expires_ms : 0;
	sodium_memzero(&token, sizeof(token));
	if (dead)
		state = "dead";
	else if (stored || account->access_token[0] != '\0')
		state = "set";
	else
		state = "missing";
	*json_out =
	    json_pack("{s:s, s:I}", "state", state, "expires_ms", expires_ms);
	return OK;
}

static enum result
trouble_json(struct staff_request *request, const struct account *account,
    json_t **json_out)
{
	struct talk_trouble trouble;
	enum result result = store_talk_trouble(request->console->store,
	    account->channel->name, account->id, request->arena, &trouble);

	if (result == ERR_NOT_FOUND)
		*json_out = json_null();
	else if (result == OK)
		*json_out = json_pack("{s:I, s:o, s:b}", "at_ms",
		    (json_int_t)trouble.created_ms, "reason",
		    staff_string(trouble.reason), "delivered",
		    trouble.state == DELIVERY_DELIVERED);
	return result == ERR_NOT_FOUND ? OK : result;
}

static enum result
add_account(
    struct staff_request *request, const struct account *account, json_t *list)
{
	json_t *token = NULL;
	json_t *trouble = NULL;
	enum result result =
	    token_json(request->console->store, account, &token);

	if (result == OK)
		result = trouble_json(request, account, &trouble);
	if (result != OK) {
		json_decref(token);
		return result;
	}
	return json_array_append_new(
		   list, json_pack("{s:s, s:s, s:o, s:o}", "name",
			     account->name, "id", account->id, "token", token,
			     "trouble", trouble)) == 0
		   ? OK
		   : ERR_NOMEM;
}

static enum result
accounts_json(
    struct staff_request *request, const struct channel *channel, json_t *list)
{
	const struct settings *settings = request->console->settings;
	enum result result = OK;

	for (size_t i = 0; result == OK && i < settings->account_count; i++)
		if (settings->accounts[i].channel == channel)
			result =
			    add_account(request, &settings->accounts[i], list);
	return result;
}

/* ---- on or off ---- */

/* 0: on.  Else a number that changes with the text and the reason; it fits a
 * double, as JavaScript has it. */
static uint64_t
version_of(const struct channel_off *off)
{
	struct buf all;
	uint64_t version = 1;

	if (off == NULL)
		return 0;
	buf_init(&all, VERSION_MAX_BYTES);
	if (buf_printf(&all, "%.*s\n%.*s", TEXT_ARGS(off->text),
		TEXT_ARGS(off->reason)) == OK)
		version = (hash64(buf_view(&all), off->since_ms) >> 12) | 1;
	buf_fini(&all);
	return version;
}

static json_t *
off_json(const struct channel_off *off)
{
	if (off == NULL)
		return json_null();
	return json_pack("{s:I, s:o, s:o}", "since_ms",
	    (json_int_t)off->since_ms, "text", staff_string(off->text),
	    "reason", staff_string(off->reason));
}

static enum result
add_channel(struct staff_request *request, const struct channel *channel,
    const struct notices *notices, json_t *list)
{
	const struct channel_off *off = notices_off(notices, channel->name);
	json_t *accounts = json_array();
	enum result result = accounts_json(request, channel, accounts);

	if (result != OK) {
		json_decref(accounts);
		return result;
	}
	return json_array_append_new(list,
		   json_pack("{s:s, s:b, s:o, s:I, s:o}", "channel",
		       channel->name, "pushes", channel->pushes, "off",
		       off_json(off), "version", (json_int_t)version_of(off),
		       "accounts", accounts)) == 0
		   ? OK
		   : ERR_NOMEM;
}

static struct staff_answer
list_channels(struct staff_request *request)
{
	struct store_counts counts;
	struct notices notices;
	json_t *list = json_array();
	enum result result = store_notices(
	    request->console->store, request->now_ms, request->arena, &notices);

	if (result == OK)
		result = store_count(request->console->store, &counts);
	for (size_t i = 0; result == OK && channels[i] != NULL; i++)
		result = add_channel(request, channels[i], &notices, list);
	if (result != OK) {
		json_decref(list);
		return staff_failed(result);
	}
	return staff_ok(
	    json_pack("{s:o, s:I, s:I, s:I}", "channels", list, "queued",
		(json_int_t)counts.queued, "parked", (json_int_t)counts.parked,
		"oldest_queued_ms", (json_int_t)counts.oldest_queued_ms));
}

/* What a switch begins with. */
struct change {
	const struct channel *channel;
	struct audit_line line; /* with BEFORE */
};

static bool
begin(struct staff_request *request, const char *action, struct change *out,
    struct staff_answer *refusal_out)
{
	const struct channel *channel = channel_named(request->path[0]);
	const struct channel_off *off;
	struct notices notices;
	uint64_t version;
	enum result result = channel == NULL ? ERR_NOT_FOUND : OK;

	if (!staff_number(
		request, "version", 0, INT64_MAX, &version, refusal_out))
		return false;
	if (result == OK)
		result = store_notices(request->console->store, request->now_ms,
		    request->arena, &notices);
	if (result == OK) {
		off = notices_off(&notices, channel->name);
		out->channel = channel;
		out->line = staff_line(request, action, text_of(channel->name));
		result = version_of(off) == version ? OK : ERR_INVALID;
		if (result == OK && off != NULL)
			result = staff_json(
			    request, off_json(off), &out->line.before);
	}
	if (result != OK)
		*refusal_out = staff_failed(result);
	return result == OK;
}

static bool
read_words(struct staff_request *request, const char *name,
    struct text_view *out, struct staff_answer *refusal_out)
{
	if (!staff_text(request, name, NOTICE_TEXT_MAX_BYTES, out, refusal_out))
		return false;
	*out = text_trim(*out);
	if (out->len > 0)
		return true;
	*refusal_out = staff_error(400, "required", name, "this is empty");
	return false;
}

static struct staff_answer
switch_off(struct staff_request *request)
{
	struct channel_off off = { .since_ms = request->now_ms };
	struct staff_answer answer;
	struct change change;
	enum result result;

	if (!read_words(request, "text", &off.text, &answer) ||
	    !read_words(request, "reason", &off.reason, &answer) ||
	    !begin(request, "channel.off", &change, &answer))
		return answer;
	off.channel = text_of(change.channel->name);
	change.line.why = off.reason;
	result = staff_json(request, off_json(&off), &change.line.after);
	if (result == OK)
		result = store_channel_off(
		    request->console->store, &off, &change.line);
	return setting_board_post(request, result);
}

static struct staff_answer
switch_on(struct staff_request *request)
{
	struct staff_answer answer;
	struct change change;

	if (!begin(request, "channel.on", &change, &answer))
		return answer;
	return setting_board_post(
	    request, store_channel_on(request->console->store,
			 text_of(change.channel->name), &change.line));
}

const struct staff_route setting_channel_routes[] = {
	{ "GET", "/channels", PERMISSION_SETTINGS, list_channels,
	    "Each channel: is the bot on, can its accounts send, what could "
	    "not be sent last" },
	{ "POST", "/channels/{}/off", PERMISSION_SETTINGS, switch_off,
	    "Switch the bot off: \"text\" is said instead of answers, "
	    "\"reason\" is for staff, \"version\" as it was seen" },
	{ "POST", "/channels/{}/on", PERMISSION_SETTINGS, switch_on,
	    "Switch it on again: \"version\" as it was seen" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
