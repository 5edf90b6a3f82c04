/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "later.h"

#include "clock.h"
#include "phrases.h"
#include "utf8.h"

/* A long question is quoted by its beginning: enough to be recognised. */
enum { QUOTED_UNITS = 120, PACKED_MAX_BYTES = 2 * REPLY_TEXT_MAX_BYTES };

static enum result
add_heading(const struct later *later, struct buf *out)
{
	struct text_view quoted = utf8_cut(later->question, QUOTED_UNITS);
	const char *cut = quoted.len < later->question.len ? "…" : "";
	char day[DATE_SIZE];

	date_of_ms(later->asked_ms, day);
	if (quoted.len == 0)
		return buf_printf(out, PHRASE_LATER_ERASED, day + 8, day + 5);
	return buf_printf(
	    out, PHRASE_LATER, day + 8, day + 5, TEXT_ARGS(quoted), cut);
}

enum result
later_compose(const struct later *later, struct arena *arena,
    struct text_view *packed_out)
{
	struct reply reply = *later->answer;
	struct buf text;
	struct buf packed;
	enum result result;

	buf_init(&text, REPLY_TEXT_MAX_BYTES);
	buf_init(&packed, PACKED_MAX_BYTES);
	result = add_heading(later, &text);
	if (result == OK)
		result = buf_add(&text, TEXT("\n\n"));
	if (result == OK)
		result = buf_add(&text, later->answer->text);
	reply.text = buf_view(&text);
	if (result == OK)
		result = reply_pack(&reply, &packed);
	if (result == OK)
		result = arena_text(arena, buf_view(&packed), packed_out);
	buf_fini(&packed);
	buf_fini(&text);
	return result;
}
