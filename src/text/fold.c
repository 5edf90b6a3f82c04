/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Folding: a word without its marks, the key under which a citizen who types
 * no diacritics finds it.  đ has no decomposition in Unicode and is folded by
 * hand.  "ky" and "ki" are one syllable in two spellings (so are hy, ly, my,
 * qui, sy, ty, vy); after another vowel (thuy, ay) y is a letter of its own. */
#include "normalise.h"
#include "utf8.h"

#include <string.h>
#include <utf8proc.h>

enum { D_WITH_STROKE = 0x111, PARTS_MAX = 32 };

/* The base letters of U+00C0 to U+00FF and of U+1EA0 to U+1EF9, which are
 * nearly all that Vietnamese needs; a point where utf8proc has to say. */
static const char latin_bases[] =
    "AAAAAA.CEEEEIIII.NOOOOO..UUUUY..aaaaaa.ceeeeiiii.nooooo..uuuuy.y";
static const char tone_bases[] = "AaAaAaAaAaAaAaAaAaAaAaAa"
				 "EeEeEeEeEeEeEeEe"
				 "IiIi"
				 "OoOoOoOoOoOoOoOoOoOoOoOo"
				 "UuUuUuUuUuUuUu"
				 "YyYyYyYy";

static char
known_base(int32_t code_point)
{
	if (code_point >= 0xC0 && code_point <= 0xFF)
		return latin_bases[code_point - 0xC0];
	if (code_point >= 0x1EA0 && code_point <= 0x1EF9)
		return tone_bases[code_point - 0x1EA0];
	return '.';
}

int32_t
fold_letter(int32_t code_point)
{
	int32_t parts[PARTS_MAX];
	int boundary = 0;
	utf8proc_ssize_t count;

	if (code_point < 0x80)
		return code_point;
	if (code_point == D_WITH_STROKE)
		return 'd';
	if (known_base(code_point) != '.')
		return known_base(code_point);
	count = utf8proc_decompose_char(
	    code_point, parts, PARTS_MAX, UTF8PROC_DECOMPOSE, &boundary);
	return count >= 1 && count <= PARTS_MAX ? parts[0] : code_point;
}

static bool
is_mark(int32_t code_point)
{
	return char_class((uint32_t)code_point) == CHAR_MARK;
}

static bool
ends_in_i_sound(const char *word, size_t len)
{
	if (len == 3)
		return memcmp(word, "quy", 3) == 0;
	return len == 2 && word[1] == 'y' && strchr("hklmstv", word[0]) != NULL;
}

size_t
fold_word(const int32_t *word, size_t count, char *out)
{
	size_t len = 0;

	for (size_t i = 0; i < count; i++) {
		int32_t letter = fold_letter(word[i]);

		if (!is_mark(letter))
			len += utf8_put((uint32_t)letter, out + len);
	}
	if (ends_in_i_sound(out, len))
		out[len - 1] = 'i';
	return len;
}
