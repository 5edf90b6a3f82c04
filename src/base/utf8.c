/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "utf8.h"

#include <utf8proc.h>

bool
utf8_valid(struct text_view text)
{
	size_t pos = 0;

	while (pos < text.len) {
		utf8proc_int32_t code_point;
		utf8proc_ssize_t taken =
		    utf8proc_iterate((const utf8proc_uint8_t *)text.at + pos,
			(utf8proc_ssize_t)(text.len - pos), &code_point);

		if (taken <= 0)
			return false;
		pos += (size_t)taken;
	}
	return true;
}

uint32_t
utf8_next(struct text_view text, size_t *pos)
{
	utf8proc_int32_t code_point;
	utf8proc_ssize_t taken;

	if ((unsigned char)text.at[*pos] < 0x80)
		return (unsigned char)text.at[(*pos)++];
	taken = utf8proc_iterate((const utf8proc_uint8_t *)text.at + *pos,
	    (utf8proc_ssize_t)(text.len - *pos), &code_point);
	if (taken <= 0) {
		(*pos)++;
		return 0xFFFD;
	}
	*pos += (size_t)taken;
	return (uint32_t)code_point;
}

size_t
utf8_put(uint32_t code_point, char out[4])
{
	return (size_t)utf8proc_encode_char(
	    (utf8proc_int32_t)code_point, (utf8proc_uint8_t *)out);
}

size_t
utf8_length(struct text_view text)
{
	size_t count = 0;

	for (size_t pos = 0; pos < text.len; count++)
		(void)utf8_next(text, &pos);
	return count;
}

size_t
utf16_length(struct text_view text)
{
	size_t units = 0;

	for (size_t pos = 0; pos < text.len;)
		units += utf8_next(text, &pos) > 0xFFFF ? 2 : 1;
	return units;
}

/* Grapheme clusters come from utf8proc: it knows combining marks, emoji with
 * skin tones, flags and ZWJ sequences. */
struct text_view
utf8_cut(struct text_view text, size_t max_utf16_units)
{
	utf8proc_int32_t state = 0;
	uint32_t before = 0;
	size_t units = 0;
	size_t safe_end = 0;

	if (text.len <= max_utf16_units) /* no byte is more than a unit */
		return text;
	for (size_t pos = 0; pos < text.len;) {
		size_t start = pos;
		uint32_t now = utf8_next(text, &pos);

		if (start > 0 &&
		    utf8proc_grapheme_break_stateful((utf8proc_int32_t)before,
			(utf8proc_int32_t)now, &state))
			safe_end = start;
		units += now > 0xFFFF ? 2 : 1;
		if (units > max_utf16_units)
			return text_slice(text, 0, safe_end);
		before = now;
	}
	return text;
}
