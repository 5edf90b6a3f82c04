/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "quote.h"

#include <string.h>

#include "utf8.h"

/* U+200C and U+200D stay: emoji and some names need them. */
bool
quote_unfit(uint32_t code_point)
{
	static const struct {
		uint32_t from;
		uint32_t to;
	} unfit[] = {
		{ 0x0000, 0x001F },			/* control characters */
		{ 0x007F, 0x009F }, { 0x00AD, 0x00AD }, /* soft hyphen */
		{ 0x200B, 0x200B },			/* zero width space */
		{ 0x200E, 0x200F },			/* direction marks */
		{ 0x2028, 0x202E }, /* line separators, direction */
		{ 0x2060, 0x206F }, /* word joiner, direction */
		{ 0xFEFF, 0xFEFF }, /* byte order mark */
		{ 0xFFFD, 0xFFFD }, /* stands for a character once lost */
	};

	for (size_t i = 0; i < sizeof(unfit) / sizeof(unfit[0]); i++) {
		if (code_point >= unfit[i].from && code_point <= unfit[i].to)
			return true;
	}
	return false;
}

struct quote
quote(struct text_view text)
{
	static const char cut[] = "...";
	struct quote quoted;
	size_t len = 0;

	for (size_t pos = 0; pos < text.len;) {
		size_t start = pos;
		uint32_t code_point = utf8_next(text, &pos);

		if (len + (pos - start) + sizeof(cut) > sizeof(quoted.text)) {
			memcpy(quoted.text + len, cut, sizeof(cut));
			return quoted;
		}
		if (quote_unfit(code_point)) {
			quoted.text[len++] = '?';
			continue;
		}
		memcpy(quoted.text + len, text.at + start, pos - start);
		len += pos - start;
	}
	quoted.text[len] = '\0';
	return quoted;
}
