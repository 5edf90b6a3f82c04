/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The state of a conversation as text: one "name=value" a line, a name that is
 * not known being skipped, so that older and newer programs can read each
 * other's.  The options come last because they may hold line ends. */
#include <inttypes.h>

#include "dialog.h"

static enum result
add_line(struct buf *out, const char *name, struct text_view value)
{
	if (value.len == 0)
		return OK;
	return buf_printf(out, "%s=%.*s\n", name, TEXT_ARGS(value));
}

enum result
conversation_pack(const struct conversation *conversation, struct buf *out)
{
	enum result result = OK;

	if (conversation->silent_until_ms > 0)
		result = buf_printf(
		    out, "silent=%" PRIu64 "\n", conversation->silent_until_ms);
	if (result == OK && conversation->misses > 0)
		result = buf_printf(out, "misses=%u\n", conversation->misses);
	if (result == OK)
		result = add_line(out, "entry", conversation->entry);
	if (result == OK)
		result = add_line(out, "asked", conversation->asked);
	if (result == OK && conversation->options.len > 0)
		result = buf_printf(
		    out, "options=%.*s", TEXT_ARGS(conversation->options));
	return result;
}

static void
set_value(struct conversation *conversation, struct text_view name,
    struct text_view value)
{
	uint64_t number = 0;

	if (text_is(name, "silent") &&
	    text_number(value, 0, UINT64_MAX, &number) == OK)
		conversation->silent_until_ms = number;
	else if (text_is(name, "misses") &&
		 text_number(value, 0, UINT32_MAX, &number) == OK)
		conversation->misses = (unsigned)number;
	else if (text_is(name, "entry"))
		conversation->entry = value;
	else if (text_is(name, "asked"))
		conversation->asked = value;
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
