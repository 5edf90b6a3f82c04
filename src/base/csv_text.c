/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "csv_text.h"

#include <string.h>

const struct text_view csv_text_mark = { "\xEF\xBB\xBF", 3 };

static bool
begins_formula(struct text_view text)
{
	static const char signs[] = { '=', '+', '-', '@' };

	return text.len > 0 && memchr(signs, text.at[0], sizeof(signs)) != NULL;
}

/* A formula's first character, behind any number of apostrophes. */
bool
csv_text_guarded(struct text_view text)
{
	size_t quotes = 0;

	while (quotes < text.len && text.at[quotes] == '\'')
		quotes++;
	return begins_formula(text_slice(text, quotes, text.len));
}

enum result
csv_text_begin(struct buf *out)
{
	return buf_add(out, csv_text_mark);
}

static enum result
add_quoted(struct buf *out, struct text_view text)
{
	enum result result = buf_add_char(out, '"');

	if (result == OK && csv_text_guarded(text))
		result = buf_add_char(out, '\'');
	for (size_t i = 0; i < text.len && result == OK; i++) {
		if (text.at[i] == '"')
			result = buf_add_char(out, '"');
		if (result == OK)
			result = buf_add_char(out, text.at[i]);
	}
	if (result == OK)
		result = buf_add_char(out, '"');
	return result;
}

enum result
csv_text_add(struct buf *out, const struct text_view *cells, size_t count)
{
	enum result result = OK;

	for (size_t i = 0; i < count && result == OK; i++) {
		if (i > 0)
			result = buf_add_char(out, ';');
		if (result == OK && cells[i].len > 0)
			result = add_quoted(out, cells[i]);
	}
	return result == OK ? buf_add(out, TEXT("\r\n")) : result;
}
