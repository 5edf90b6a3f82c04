/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "chat_replies.h"

#include <stdlib.h>

#include "clock.h"

#include "reply_json.h"

enum { REPLIES_MAX = 50 /* of one answer; the page asks again for more */ };

/* One that cannot be read is left out: it must not hide those behind it. */
static enum result
add_reply(
    json_t *messages, const struct delivery *delivery, struct arena *arena)
{
	struct reply reply;
	enum result result = reply_unpack(delivery->reply, arena, &reply);

	if (result == ERR_INVALID)
		return OK;
	if (result != OK)
		return result;
	/* Takes the message over, and refuses a NULL. */
	if (json_array_append_new(messages, reply_json(delivery->id, &reply)))
		return ERR_NOMEM;
	return OK;
}

static enum result
fetch(struct store *store, const struct store_fetch *fetch, struct arena *arena,
    json_t *messages)
{
	struct delivery *found;
	size_t count;
	enum result result = store_fetch(store, fetch, arena, &found, &count);

	if (result != OK)
		return result;
	for (size_t i = 0; result == OK && i < count; i++)
		result = add_reply(messages, &found[i], arena);
	return result;
}

static enum result
print(const json_t *root, struct arena *arena, struct text_view *out)
{
	char *text = json_dumps(root, JSON_COMPACT);
	enum result result = ERR_NOMEM;

	if (text != NULL)
		result = arena_text(arena, text_of(text), out);
	free(text);
	return result;
}

enum result
chat_replies_read(struct store *store, const struct chat_replies *wanted,
    struct arena *arena, struct text_view *json_out, size_t *count_out)
{
	const struct chat_session *session = wanted->session;
	const struct store_fetch asked = { CHAT_CHANNEL, session->citizen,
		wanted->after, REPLIES_MAX, clock_now_ms() };
	json_t *root = json_object();
	json_t *messages = json_array();
	int failed = json_object_set_new(root, "messages", messages);
	enum result result = ERR_NOMEM;

	if (wanted->tell_session)
		failed |= json_object_set_new(root, "session",
		    json_stringn(session->token.at, session->token.len));
	if (failed == 0)
		result = fetch(store, &asked, arena, messages);
	if (result == OK)
		result = print(root, arena, json_out);
	if (result == OK)
		*count_out = json_array_size(messages);
	json_decref(root);
	return result;
}
