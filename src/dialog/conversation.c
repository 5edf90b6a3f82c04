/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The state of a conversation as text: one "name=value" a line, a name that is
 * not known being skipped, so that older and newer programs can read each
 * other's.  The options come last because they may hold line ends. */
#include <stddef.h>

#include "dialog.h"

/* What is 0 is left out: most of a state is. */
static const struct number {
	const char *name;
	size_t at; /* of a uint64_t */
} numbers[] = {
	{ "silent", offsetof(struct conversation, silent_until_ms) },
	{ "lost", offsetof(struct conversation, thread_lost) },
	{ "misses", offsetof(struct conversation, misses) },
	{ "said", offsetof(struct conversation, said) },
	{ "told", offsetof(struct conversation, told) },
	{ "minute", offsetof(struct conversation, minute_ms) },
	{ "count", offsetof(struct conversation, count) },
	{ "heard", offsetof(struct conversation, heard) },
	{ "heard_ms", offsetof(struct conversation, heard_ms) },
	{ "echo", offsetof(struct conversation, echo) },
	{ "entry_ms", offsetof(struct conversation, entry_ms) },
	{ "held_ms", offsetof(struct conversation, held_ms) },
	{ "burst_ms", offsetof(struct conversation, burst_ms) },
	{ "feedback", offsetof(struct conversation, feedback_day) },
	{ "topics", offsetof(struct conversation, feedback_topics) },
	{ "insulted", offsetof(struct conversation, insulted_ms) },
};

enum { NUMBERS = sizeof(numbers) / sizeof(numbers[0]) };

static enum result
pack_number(const struct number *number, uint64_t value, struct buf *out)
{
	enum result result = buf_add(out, text_of(number->name));

	if (result == OK)
		result = buf_add_char(out, '=');
	if (result == OK)
		result = buf_add_number(out, value);
	return result == OK ? buf_add_char(out, '\n') : result;
}

enum result
conversation_pack(const struct conversation *conversation, struct buf *out)
{
	enum result result = OK;

	for (size_t i = 0; result == OK && i < NUMBERS; i++) {
		uint64_t value =
		    *(const uint64_t *)((const char *)conversation +
					numbers[i].at);

		if (value > 0)
			result = pack_number(&numbers[i], value, out);
	}
	if (result == OK && conversation->entry.len > 0)
		result = buf_printf(
		    out, "entry=%.*s\n", TEXT_ARGS(conversation->entry));
	if (result == OK && conversation->options.len > 0)
		result = buf_printf(
		    out, "options=%.*s", TEXT_ARGS(conversation->options));
	return result;
}

static void
set_value(struct conversation *conversation, struct text_view name,
    struct text_view value)
{
	uint64_t number;

	if (text_is(name, "entry"))
		conversation->entry = value;
	for (size_t i = 0; i < NUMBERS; i++)
		if (text_is(name, numbers[i].name) &&
		    text_number(value, 0, UINT64_MAX, &number) == OK)
			*(uint64_t *)((char *)conversation + numbers[i].at) =
			    number;
}

enum result
conversation_unpack(
    struct text_view state, struct arena *arena, struct conversation *out)
{
	static const char options[] = "options=";
	struct conversation read = { 0 };
	struct text_view rest;
	struct text_view line;

	if (arena_text(arena, state, &rest) != OK)
		return ERR_NOMEM;
	while (rest.len > 0) {
		struct text_view name;

		if (text_starts(rest, TEXT(options))) {
			read.options =
			    text_slice(rest, sizeof(options) - 1, rest.len);
			break;
		}
		if (!text_split(&rest, '\n', &line))
			break;
		if (text_split(&line, '=', &name) && line.at != NULL)
			set_value(&read, name, line);
	}
	*out = read;
	return OK;
}
