/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "fit.h"

#include "utf8.h"

#include <assert.h>
#include <utf8proc.h>

/* Long text is cut part by part.  Each cut looks through a window of possible
 * places and takes the best kind of break in it, the last one among equals.
 * The window begins at half the limit, so that an early paragraph end does not
 * make a tiny message; a break between two code points always exists, so every
 * cut moves on, even through one grapheme cluster that is longer than a
 * message.
 *
 * What remains may fit a plain message, but not one that carries buttons
 * (Messenger: 2000 and 640).  Then the window is laid so that what is behind
 * the cut fits the smaller limit.
 *
 * Parts are trimmed: white space at a cut belongs to neither side. */

enum break_kind {
	BREAK_NONE,
	BREAK_CODE_POINT, /* inside a grapheme cluster: the last resort */
	BREAK_EARLY,	  /* a boundary of clusters before the window */
	BREAK_CLUSTER,
	BREAK_SPACE,
	BREAK_SENTENCE,
	BREAK_LINE,
	BREAK_PARAGRAPH,
};

enum {
	PARTS_MAX = API_CALLS_MAX - 2,
	TEXT_WITH_LINES_MAX_BYTES = REPLY_TEXT_MAX_BYTES * 2,
};

static const struct text_view ellipsis = { "\xE2\x80\xA6", 3 };

static size_t
units_of(uint32_t code_point, enum fit_unit unit)
{
	return unit == FIT_UTF16_UNITS && code_point > 0xFFFF ? 2 : 1;
}

static size_t
measure(struct text_view text, enum fit_unit unit)
{
	return unit == FIT_UTF16_UNITS ? utf16_length(text) : utf8_length(text);
}

static char
byte_before(struct text_view text, size_t pos, size_t back)
{
	if (pos < back)
		return ' ';
	return text.at[pos - back];
}

/* Does a sentence end right before POS?  A point behind a digit or a capital
 * ends none: "1. Mang theo giấy tờ", "TP. Hồ Chí Minh". */
static bool
ends_sentence(struct text_view text, size_t pos)
{
	char last = byte_before(text, pos, 1);
	char previous = byte_before(text, pos, 2);

	if (last == '.')
		return !(previous >= '0' && previous <= '9') &&
		       !(previous >= 'A' && previous <= 'Z');
	return last == '!' || last == '?' ||
	       (pos >= ellipsis.len &&
		   text_equal(
		       text_slice(text, pos - ellipsis.len, pos), ellipsis));
}

static bool
line_feed_at(struct text_view text, size_t pos)
{
	return pos < text.len && text.at[pos] == '\n';
}

/* What a cut at POS, a cluster boundary, would be. */
static enum break_kind
break_at(struct text_view text, size_t pos)
{
	size_t next = pos + (text.at[pos] == '\r' ? 1 : 0);

	if (line_feed_at(text, next))
		return line_feed_at(text, next + 1) ||
			       (next > pos && line_feed_at(text, next + 2))
			   ? BREAK_PARAGRAPH
			   : BREAK_LINE;
	if (text.at[pos] != ' ')
		return BREAK_CLUSTER;
	return ends_sentence(text, pos) ? BREAK_SENTENCE : BREAK_SPACE;
}

struct window {
	size_t min; /* units before the cut: at least, where that can be */
	size_t max; /* and at most */
};

/* The byte offset of the best cut: TEXT is longer than WINDOW.max units. */
static size_t
find_cut(struct text_view text, enum fit_unit unit, struct window window)
{
	utf8proc_int32_t state = 0;
	uint32_t before = 0;
	enum break_kind best = BREAK_NONE;
	size_t units = 0;
	size_t cut = 0;

	for (size_t pos = 0; pos < text.len && units <= window.max;) {
		size_t start = pos;
		uint32_t now = utf8_next(text, &pos);
		bool boundary = start > 0 && utf8proc_grapheme_break_stateful(
						 (utf8proc_int32_t)before,
						 (utf8proc_int32_t)now, &state);
		enum break_kind kind = BREAK_NONE;

		if (units < window.min)
			kind = boundary ? BREAK_EARLY : BREAK_NONE;
		else if (start > 0)
			kind =
			    boundary ? break_at(text, start) : BREAK_CODE_POINT;
		if (kind != BREAK_NONE && kind >= best) {
			best = kind;
			cut = start;
		}
		units += units_of(now, unit);
		before = now;
	}
	assert(cut > 0);
	return cut;
}

static struct window
window_up_to(size_t max)
{
	return (struct window){ .min = max / 2, .max = max };
}

/* Cut TEXT into parts of at most LIMIT units, the last of at most LAST. */
static enum result
split(struct text_view text, const struct fit_limits *limits, size_t last,
    struct fitted *fitted)
{
	text = text_trim(text);
	if (text.len == 0)
		return ERR_INVALID;
	for (;;) {
		size_t length = measure(text, limits->unit);
		struct window window = window_up_to(limits->text);
		size_t cut;

		if (fitted->part_count == PARTS_MAX)
			return ERR_TOO_LARGE;
		if (length <= last)
			break;
		if (length <= limits->text)
			window = (struct window){ length - last,
				length - (last + 1) / 2 };
		cut = find_cut(text, limits->unit, window);
		fitted->parts[fitted->part_count++] =
		    text_trim(text_slice(text, 0, cut));
		text = text_trim(text_slice(text, cut, text.len));
	}
	fitted->parts[fitted->part_count++] = text;
	return OK;
}

/* TITLE, or its beginning up to a word with an ellipsis. */
static enum result
fit_title(struct text_view title, const struct fit_limits *limits,
    struct arena *arena, struct text_view *out)
{
	struct buf cut;
	size_t end;
	enum result result;

	if (measure(title, limits->unit) <= limits->title) {
		*out = title;
		return OK;
	}
	end = find_cut(title, limits->unit, window_up_to(limits->title - 1));
	buf_init(&cut, REPLY_TEXT_MAX_BYTES);
	result = buf_add(&cut, text_trim(text_slice(title, 0, end)));
	if (result == OK)
		result = buf_add(&cut, ellipsis);
	if (result == OK)
		result = arena_text(arena, buf_view(&cut), out);
	buf_fini(&cut);
	return result;
}

static enum result
add_line(struct buf *text, size_t number, const struct button *button)
{
	enum result result = buf_printf(text, "\n%zu. ", number);

	if (result == OK)
		result = buf_add(text, button->title);
	if (result == OK && button->url.len > 0)
		result = buf_add(text, TEXT(": "));
	if (result == OK)
		result = buf_add(text, button->url);
	return result;
}

/* The reply's text with a line for every button from the FIRST on. */
static enum result
with_lines(const struct reply *reply, size_t first, struct arena *arena,
    struct text_view *out)
{
	struct buf text;
	enum result result;

	if (first == reply->button_count) {
		*out = reply->text;
		return OK;
	}
	buf_init(&text, TEXT_WITH_LINES_MAX_BYTES);
	result = buf_add(&text, text_trim(reply->text));
	if (result == OK)
		result = buf_add_char(&text, '\n');
	for (size_t i = first; result == OK && i < reply->button_count; i++)
		result = add_line(&text, i + 1, &reply->buttons[i]);
	if (result == OK)
		result = arena_text(arena, buf_view(&text), out);
	buf_fini(&text);
	return result;
}

enum result
fit_reply(const struct reply *reply, const struct fit_limits *limits,
    struct arena *arena, struct fitted *out)
{
	struct fitted fitted = { 0 };
	struct text_view text;
	enum result result;
	size_t last = limits->text;

	fitted.button_count = reply->button_count < limits->buttons
				  ? reply->button_count
				  : limits->buttons;
	if (fitted.button_count > 0 && limits->text_with_buttons < last)
		last = limits->text_with_buttons;
	for (size_t i = 0; i < fitted.button_count; i++) {
		fitted.buttons[i] = reply->buttons[i];
		result = fit_title(reply->buttons[i].title, limits, arena,
		    &fitted.buttons[i].title);
		if (result != OK)
			return result;
	}
	result = with_lines(reply, fitted.button_count, arena, &text);
	if (result == OK)
		result = split(text, limits, last, &fitted);
	if (result == OK)
		*out = fitted;
	return result;
}
