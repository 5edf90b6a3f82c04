/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The bot waits for staff only for a while, so that nobody is left alone with a
 * conversation that was taken and forgotten.  A thread that another app owns
 * cannot be given back from here: the platform says when it is ours. */
#include "takeover.h"

#include "dialog.h"
#include "phrases.h"

enum { PACKED_MAX_BYTES = REPLY_TEXT_MAX_BYTES * 2, MINUTE_MS = 60000 };

static enum result
keep(struct buf *packed, enum result result, struct arena *arena,
    struct text_view *out)
{
	if (result == OK)
		result = arena_text(arena, buf_view(packed), out);
	buf_fini(packed);
	return result;
}

static enum result
pack_state(const struct conversation *conversation, struct arena *arena,
    struct text_view *out)
{
	struct buf packed;

	buf_init(&packed, PACKED_MAX_BYTES);
	return keep(
	    &packed, conversation_pack(conversation, &packed), arena, out);
}

static enum result
pack_text(struct text_view text, struct arena *arena, struct text_view *out)
{
	const struct reply reply = { .text = text };
	struct buf packed;

	buf_init(&packed, PACKED_MAX_BYTES);
	return keep(&packed, reply_pack(&reply, &packed), arena, out);
}

/* "..., the bot is silent for 30 minutes": the phrase and its number. */
static enum result
say_taken(
    const struct takeover *order, struct arena *arena, struct text_view *out)
{
	struct buf text;
	struct text_view said = TEXT("");
	enum result result;

	buf_init(&text, REPLY_TEXT_MAX_BYTES);
	result = buf_printf(&text, PHRASE_PERSON_TAKES "\n\n" PHRASE_BOT_SILENT,
	    (unsigned)((order->silent_ms + MINUTE_MS - 1) / MINUTE_MS));
	result = keep(&text, result, arena, &said);
	return result == OK ? pack_text(said, arena, out) : result;
}

/* What the conversation becomes; whether anything has changed. */
static bool
steer(const struct takeover *order, struct conversation *conversation)
{
	bool was_silent = conversation->silent_until_ms > order->now_ms;

	if (order->act != TAKEOVER_GIVE_BACK) {
		conversation->silent_until_ms =
		    order->now_ms + order->silent_ms;
		/* The next message is to the person, not to our options. */
		conversation->said = SAID_OTHER;
		conversation->options = TEXT("");
		return !was_silent;
	}
	if (conversation->thread_lost != 0)
		return false;
	conversation->silent_until_ms = 0;
	conversation->misses = 0;
	return was_silent;
}

static enum result
speak(const struct takeover *order, bool changed,
    const struct reply_window *window, struct arena *arena,
    struct text_view *out)
{
	bool bot_may = changed && window->reach == REACH_FREE;

	switch (order->act) {
	case TAKEOVER_SAY:
		if (window_refusal(window, &order->authorship) != NULL ||
		    text_trim(order->words).len == 0)
			return ERR_INVALID;
		return pack_text(order->words, arena, out);
	case TAKEOVER_TAKE:
		return bot_may ? say_taken(order, arena, out) : OK;
	case TAKEOVER_GIVE_BACK:
		return bot_may ? pack_text(TEXT(PHRASE_PERSON_DONE), arena, out)
			       : OK;
	}
	return ERR_INVALID;
}

enum result
takeover_decide(const struct takeover *order, struct text_view state,
    const struct reply_window *window, struct arena *arena,
    struct takeover_effect *out)
{
	struct takeover_effect effect = { .reply = TEXT("") };
	struct conversation conversation;
	enum result result = conversation_unpack(state, arena, &conversation);
	bool changed;

	if (result != OK)
		return result;
	changed = steer(order, &conversation);
	result = speak(order, changed, window, arena, &effect.reply);
	if (result == OK)
		result = pack_state(&conversation, arena, &effect.state);
	if (result == OK)
		*out = effect;
	return result;
}
