/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Floods, impatience and other machines.  A minute begins with its first
 * message; a text that comes again at once was sent by a nervous thumb; and
 * who sends our own words back is a machine that would talk for ever.  An echo
 * is known by its first bytes, since a long reply goes out in parts. */
#include "guards.h"

#include "hash.h"

enum { MINUTE_MS = 60000, ECHO_BYTES = 80 };

/* Of a citizen's text, masked, or of ours.  Never 0. */
static uint64_t
hash_of(struct text_view text)
{
	return hash64(text_trim(text), 0) | 1;
}

static uint64_t
echo_hash(struct text_view text)
{
	return hash_of(text_slice(text_trim(text), 0, ECHO_BYTES));
}

static enum guard
count(struct exchange *exchange)
{
	const struct dialog_input *input = exchange->input;
	struct conversation *after = &exchange->out->after;

	if (input->messages_per_minute == 0)
		return GUARD_PASS;
	if (after->count == 0 || input->now_ms < after->minute_ms ||
	    input->now_ms - after->minute_ms >= MINUTE_MS) {
		after->minute_ms = input->now_ms;
		after->count = 0;
	}
	after->count++;
	if (after->count <= input->messages_per_minute)
		return GUARD_PASS;
	return after->count == input->messages_per_minute + 1 ? GUARD_NOTICE
							      : GUARD_IGNORE;
}

/* A number chooses among other options each time. */
static bool
is_repeated(const struct exchange *exchange)
{
	const struct dialog_input *input = exchange->input;
	const struct conversation *before = exchange->before;

	return hash_of(input->masked) == before->heard &&
	       input->now_ms >= before->heard_ms &&
	       input->now_ms - before->heard_ms < input->repeat_ms &&
	       (input->cues.option == 0 || before->options.len == 0);
}

enum guard
guards_judge(struct exchange *exchange)
{
	const struct dialog_input *input = exchange->input;
	struct conversation *after = &exchange->out->after;
	enum guard guard = count(exchange);

	if (guard != GUARD_PASS || input->message->kind != EVENT_TEXT)
		return guard;
	if (exchange->before->echo == echo_hash(input->message->text))
		return GUARD_IGNORE;
	if (is_repeated(exchange))
		return GUARD_IGNORE;
	after->heard = hash_of(input->masked);
	after->heard_ms = input->now_ms;
	return GUARD_PASS;
}

void
guards_said(struct exchange *exchange)
{
	exchange->out->after.echo = echo_hash(exchange->out->reply.text);
}
