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
