/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "expand.h"

#include <string.h>

#include "near.h"
#include "quote.h"

/* A text is read as pieces: plain text, then one variable.  A substitute is
 * never empty and never has a brace (locality.c and read_piece() refuse it),
 * so no hole and no "{{" can be left in what a citizen reads. */

struct piece {
	struct text_view plain;
	struct text_view name;	      /* empty: the text ends here */
	struct text_view alternative; /* empty: none */
};

static bool
has_brace(struct text_view text)
{
	return text.len > 0 && (memchr(text.at, '{', text.len) != NULL ||
				   memchr(text.at, '}', text.len) != NULL);
}

/* Where BRACE stands twice; SIZE_MAX: nowhere. */
static size_t
find_pair(struct text_view text, char brace)
{
	size_t from = 0;

	while (from + 1 < text.len) {
		const char *found =
		    memchr(text.at + from, brace, text.len - 1 - from);

		if (found == NULL)
			break;
		if (found[1] == brace)
			return (size_t)(found - text.at);
		from = (size_t)(found - text.at) + 1;
	}
	return SIZE_MAX;
}

/* Take the first piece off *REST.  NULL, or what is wrong with it. */
static const char *
read_piece(struct text_view *rest, struct piece *piece_out)
{
	size_t open = find_pair(*rest, '{');
	size_t close = find_pair(*rest, '}');
	struct text_view inside;
	struct piece piece;
	bool has_bar;

	if (close < open)
		return "\"}}\" has no \"{{\" before it: add it";
	piece = (struct piece){ .plain = text_slice(*rest, 0, open) };
	if (open == SIZE_MAX) {
		*rest = text_slice(*rest, rest->len, rest->len);
		*piece_out = piece;
		return NULL;
	}
	if (close == SIZE_MAX)
		return "\"{{\" has no \"}}\" behind it: add it";
	inside = text_slice(*rest, open + 2, close);
	if (has_brace(inside))
		return "there is a brace inside {{ }}: take it out";
	has_bar = memchr(rest->at + open, '|', close - open) != NULL;
	(void)text_split(&inside, '|', &piece.name);
	if (piece.name.len == 0)
		return "{{ }} names no variable: write {{name}}";
	if (has_bar && text_trim(inside).len == 0)
		return "there is nothing behind the \"|\" in {{ }}: write what "
		       "to say instead of the variable";
	piece.alternative = inside;
	*rest = text_slice(*rest, close + 2, rest->len);
	*piece_out = piece;
	return NULL;
}

static const struct faq_variable *
find_variable(const struct faq *faq, struct text_view name)
{
	for (size_t i = 0; i < faq->variable_count; i++) {
		if (text_equal(faq->variables[i].name, name))
			return &faq->variables[i];
	}
	return NULL;
}

static void
complain_unknown(
    const struct faq *faq, struct text_view name, struct complaint *why)
{
	struct near near = near_start(name);
	char hint[NEAR_HINT_SIZE];

	for (size_t i = 0; i < faq->variable_count; i++)
		near_try(&near, faq->variables[i].name);
	near_hint(&near, hint);
	complain(why, NULL, 0, "locality.json has no variable \"%s\"%s",
	    quote(name).text, hint[0] == '\0' ? ": add it there" : hint);
}

static size_t
longest(const struct faq_variable *variable, struct text_view alternative)
{
	size_t len = alternative.len;

	if (len < variable->value.len)
		len = variable->value.len;
	return len < variable->otherwise.len ? variable->otherwise.len : len;
}

enum result
expand_check(
    const struct faq *faq, struct text_view text, struct complaint *why)
{
	size_t len = 0;

	while (text.len > 0) {
		const struct faq_variable *variable;
		struct piece piece;
		const char *fault = read_piece(&text, &piece);

		if (fault != NULL) {
			complain(why, NULL, 0, "%s", fault);
			return ERR_INVALID;
		}
		len += piece.plain.len;
		if (piece.name.len == 0)
			break;
		variable = find_variable(faq, piece.name);
		if (variable == NULL) {
			complain_unknown(faq, piece.name, why);
			return ERR_INVALID;
		}
		len += longest(variable, piece.alternative);
	}
	if (len > EXPAND_MAX_BYTES) {
		complain(why, NULL, 0,
		    "with its variables filled in it may have %zu bytes, the "
		    "limit is %d: shorten it",
		    len, EXPAND_MAX_BYTES);
		return ERR_INVALID;
	}
	return OK;
}

static struct text_view
substitute(const struct faq_variable *variable, struct text_view alternative,
    struct text_view today)
{
	bool stale = variable->review_by.len > 0 &&
		     text_compare(variable->review_by, today) < 0;

	if (variable->value.len > 0 && !stale)
		return variable->value;
	return alternative.len > 0 ? alternative : variable->otherwise;
}

enum result
expand_text(const struct faq *faq, struct text_view text, const char *today,
    struct buf *out)
{
	enum result result = OK;

	while (text.len > 0 && result == OK) {
		const struct faq_variable *variable;
		struct text_view instead;
		struct piece piece;

		if (read_piece(&text, &piece) != NULL)
			return ERR_INVALID;
		result = buf_add(out, piece.plain);
		if (piece.name.len == 0 || result != OK)
			break;
		variable = find_variable(faq, piece.name);
		if (variable == NULL)
			return ERR_INVALID;
		instead =
		    substitute(variable, piece.alternative, text_of(today));
		if (instead.len == 0)
			return ERR_INVALID;
		result = buf_add(out, instead);
	}
	return result;
}

enum result
faq_expand(const struct faq *faq, struct text_view text, const char *today,
    struct arena *arena, struct text_view *out)
{
	struct buf buf;
	enum result result;

	buf_init(&buf, EXPAND_MAX_BYTES);
	result = expand_text(faq, text, today, &buf);
	if (result == OK)
		result = arena_text(arena, buf_view(&buf), out);
	buf_fini(&buf);
	return result;
}
