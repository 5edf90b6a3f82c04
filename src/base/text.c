/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text.h"

#include <stdlib.h>
#include <string.h>

struct text_view
text_of(const char *string)
{
	return (
	    struct text_view){ string, string == NULL ? 0 : strlen(string) };
}

struct text_view
text_slice(struct text_view text, size_t from, size_t to)
{
	if (to > text.len)
		to = text.len;
	if (from > to)
		from = to;
	if (text.at == NULL)
		return text;
	return (struct text_view){ text.at + from, to - from };
}

static bool
is_space(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

struct text_view
text_trim(struct text_view text)
{
	size_t from = 0;
	size_t to = text.len;

	while (from < to && is_space(text.at[from]))
		from++;
	while (to > from && is_space(text.at[to - 1]))
		to--;
	return text_slice(text, from, to);
}

bool
text_equal(struct text_view a, struct text_view b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool
text_is(struct text_view text, const char *string)
{
	return text_equal(text, text_of(string));
}

bool
text_starts(struct text_view text, struct text_view prefix)
{
	return text.len >= prefix.len &&
	       text_equal(text_slice(text, 0, prefix.len), prefix);
}

int
text_compare(struct text_view a, struct text_view b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;
	int order = shorter == 0 ? 0 : memcmp(a.at, b.at, shorter);

	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

size_t
text_find(struct text_view text, struct text_view needle)
{
	const char *found;

	if (needle.len == 0)
		return 0;
	if (text.len < needle.len)
		return SIZE_MAX;
	found = memmem(text.at, text.len, needle.at, needle.len);
	return found == NULL ? SIZE_MAX : (size_t)(found - text.at);
}

bool
text_split(struct text_view *rest, char separator, struct text_view *piece_out)
{
	const char *end;

	if (rest->at == NULL)
		return false;
	end = rest->len == 0 ? NULL : memchr(rest->at, separator, rest->len);
	if (end == NULL) {
		*piece_out = *rest;
		*rest = (struct text_view){ NULL, 0 };
		return true;
	}
	*piece_out = text_slice(*rest, 0, (size_t)(end - rest->at));
	*rest = text_slice(*rest, (size_t)(end - rest->at) + 1, rest->len);
	return true;
}

char *
text_dup(struct text_view text)
{
	char *copy = malloc(text.len + 1);

	if (copy == NULL)
		return NULL;
	if (text.len > 0)
		memcpy(copy, text.at, text.len);
	copy[text.len] = '\0';
	return copy;
}

enum result
text_copy(char *out, size_t size, struct text_view text)
{
	if (text.len >= size)
		return ERR_TOO_LARGE;
	if (text.len > 0)
		memcpy(out, text.at, text.len);
	out[text.len] = '\0';
	return OK;
}

enum result
text_number(struct text_view text, uint64_t min, uint64_t max, uint64_t *out)
{
	uint64_t number = 0;

	if (text.len == 0)
		return ERR_INVALID;
	for (size_t i = 0; i < text.len; i++) {
		uint64_t digit = (uint64_t)(unsigned char)text.at[i] - '0';

		if (digit > 9 || number > (UINT64_MAX - digit) / 10)
			return ERR_INVALID;
		number = number * 10 + digit;
	}
	if (number < min || number > max)
		return ERR_INVALID;
	*out = number;
	return OK;
}
