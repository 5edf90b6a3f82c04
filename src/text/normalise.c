/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One word to its accented form.
 *
 * The same word arrives composed, decomposed, with a Windows-1258 half of
 * each, in full-width letters, with zero-width spaces inside, in capitals,
 * with the tone mark on either vowel (hòa, hoà), and drawn out (điiii).  All
 * of these come out as one string of code points.  utf8proc does what Unicode
 * defines (NFKC and case folding); the rest is Vietnamese and done here. */
#include "normalise.h"
#include "tokens.h"
#include "utf8.h"

#include <string.h>
#include <utf8proc.h>

enum { ETH = 0xF0, D_WITH_STROKE = 0x111, FIRST_EMOJI = 0x1F000 };

static bool
is_variation_selector(uint32_t code_point)
{
	return (code_point >= 0xFE00 && code_point <= 0xFE0F) ||
	       (code_point >= 0xE0100 && code_point <= 0xE01EF) ||
	       code_point == 0x34F ||
	       (code_point >= 0x180B && code_point <= 0x180F);
}

static enum char_class
ascii_class(uint32_t code_point)
{
	bool digit = code_point >= '0' && code_point <= '9';
	bool letter = (code_point | 0x20) >= 'a' && (code_point | 0x20) <= 'z';

	return digit || letter ? CHAR_WORD : CHAR_SPACE;
}

enum char_class
char_class(uint32_t code_point)
{
	utf8proc_category_t category;

	if (code_point < 0x80)
		return ascii_class(code_point);
	if (is_variation_selector(code_point))
		return CHAR_IGNORE;
	category = utf8proc_category((int32_t)code_point);
	if (category >= UTF8PROC_CATEGORY_LU &&
	    category <= UTF8PROC_CATEGORY_LO)
		return CHAR_WORD;
	if (category >= UTF8PROC_CATEGORY_ND &&
	    category <= UTF8PROC_CATEGORY_NO)
		return CHAR_WORD;
	if (category >= UTF8PROC_CATEGORY_MN &&
	    category <= UTF8PROC_CATEGORY_ME)
		return CHAR_MARK;
	if (category == UTF8PROC_CATEGORY_CF)
		return CHAR_IGNORE;
	if (category == UTF8PROC_CATEGORY_SO || code_point >= FIRST_EMOJI)
		return CHAR_EMOJI;
	return CHAR_SPACE;
}

/* The lower case of an ASCII or a composed Vietnamese letter, which is all
 * that NFKC and case folding do to it; 0 for anything else. */
static int32_t
plain_lower(uint32_t code_point)
{
	if (code_point < 0x80)
		return code_point >= 'A' && code_point <= 'Z'
			   ? (int32_t)(code_point + 'a' - 'A')
			   : (int32_t)code_point;
	if (code_point >= 0x1EA0 && code_point <= 0x1EF9)
		return (int32_t)(code_point | 1);
	if (code_point >= 0xE0 && code_point <= 0xFF)
		return (int32_t)code_point;
	switch (code_point) {
	case 0x103: /* ă */
	case D_WITH_STROKE:
	case 0x129: /* ĩ */
	case 0x169: /* ũ */
	case 0x1A1: /* ơ */
	case 0x1B0: /* ư */
		return (int32_t)code_point;
	default:
		return 0;
	}
}

/* Most words need no tables of Unicode.  0: this one does. */
static size_t
compose_plain(struct text_view word, int32_t *out)
{
	size_t count = 0;

	for (size_t pos = 0; pos < word.len;) {
		int32_t letter = plain_lower(utf8_next(word, &pos));

		if (letter == 0)
			return 0;
		out[count++] = letter;
	}
	return count;
}

static size_t
compose(struct text_view word, int32_t *out)
{
	const utf8proc_option_t options = UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
					  UTF8PROC_CASEFOLD | UTF8PROC_IGNORE |
					  UTF8PROC_STABLE;
	utf8proc_ssize_t count = (utf8proc_ssize_t)compose_plain(word, out);

	if (count > 0)
		return (size_t)count;
	count = utf8proc_decompose((const utf8proc_uint8_t *)word.at,
	    (utf8proc_ssize_t)word.len, out, NORMAL_CODE_POINTS_MAX, options);

	if (count <= 0 || count > NORMAL_CODE_POINTS_MAX)
		return 0;
	count = utf8proc_normalize_utf32(out, count, options);
	return count > 0 ? (size_t)count : 0;
}

/* Compatibility forms may unfold to signs (½, U+FDFA); the letters stay, and a
 * mark stays with its letter. */
static size_t
keep_letters(int32_t *word, size_t count)
{
	size_t kept = 0;
	bool on_letter = false;

	for (size_t i = 0; i < count; i++) {
		enum char_class class = char_class((uint32_t)word[i]);

		on_letter =
		    class == CHAR_WORD || (class == CHAR_MARK && on_letter);
		if (on_letter)
			word[kept++] = word[i] == ETH ? D_WITH_STROKE : word[i];
	}
	return kept;
}

/* Of letters that differ only by marks, the first that has one. */
static int32_t
marked_one(const int32_t *from, const int32_t *end)
{
	for (const int32_t *at = from; at < end; at++) {
		if (fold_letter(*at) != *at)
			return *at;
	}
	return *from;
}

/* Three and more of a letter, marked or not, are one: điiii, quáaaa. */
static size_t
collapse_repeats(int32_t *word, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count;) {
		size_t end = i + 1;
		int32_t letter = fold_letter(word[i]);
		bool digit = letter >= '0' && letter <= '9';

		while (end < count && fold_letter(word[end]) == letter)
			end++;
		if (!digit && end - i >= 3) {
			word[kept++] = marked_one(word + i, word + end);
		} else {
			for (size_t k = i; k < end; k++)
				word[kept++] = word[k];
		}
		i = end;
	}
	return kept;
}

static bool
is_syllable(const int32_t *word, size_t count)
{
	char folded[NORMAL_BYTES_MAX];

	return syllable_valid(
	    (struct text_view){ folded, fold_word(word, count, folded) });
}

/* "mấtt", "quáa": a doubled last letter goes when only then a syllable is
 * left. */
static size_t
drop_doubled_end(int32_t *word, size_t count)
{
	int32_t *last = word + count - 2;

	if (count < 3 || fold_letter(last[0]) != fold_letter(last[1]) ||
	    is_syllable(word, count) || !is_syllable(word, count - 1))
		return count;
	last[0] = marked_one(last, last + 2);
	return count - 1;
}

/* ò + a instead of o + à: the tone mark of an open oa, oe or uy belongs to the
 * first vowel.  Each row: a first vowel bare, the five tones of it, a second
 * vowel bare, the five tones of it. */
static const int32_t open_rimes[][12] = {
	{ 'o', 0xF3, 0xF2, 0x1ECF, 0xF5, 0x1ECD, 'a', 0xE1, 0xE0, 0x1EA3, 0xE3,
	    0x1EA1 },
	{ 'o', 0xF3, 0xF2, 0x1ECF, 0xF5, 0x1ECD, 'e', 0xE9, 0xE8, 0x1EBB,
	    0x1EBD, 0x1EB9 },
	{ 'u', 0xFA, 0xF9, 0x1EE7, 0x169, 0x1EE5, 'y', 0xFD, 0x1EF3, 0x1EF7,
	    0x1EF9, 0x1EF5 },
};

static void
move_tone_mark(int32_t *word, size_t count)
{
	int32_t *vowels = word + count - 2;

	if (count < 2 || (count > 2 && word[count - 3] == 'q'))
		return;
	for (size_t i = 0; i < sizeof(open_rimes) / sizeof(open_rimes[0]);
	     i++) {
		const int32_t *row = open_rimes[i];

		for (size_t tone = 1; tone <= 5; tone++) {
			if (vowels[0] == row[0] && vowels[1] == row[6 + tone]) {
				vowels[0] = row[tone];
				vowels[1] = row[6];
				return;
			}
		}
	}
}

size_t
normalise_end(int32_t *word, size_t count)
{
	if (count < 2)
		return count;
	count = drop_doubled_end(word, count);
	move_tone_mark(word, count);
	return count;
}

size_t
normalise_word(struct text_view word, int32_t *out)
{
	size_t count = keep_letters(out, compose(word, out));

	count = collapse_repeats(out, count);
	if (count > WORD_CODE_POINTS_MAX) /* a ligature unfolded */
		count = WORD_CODE_POINTS_MAX;
	return normalise_end(out, count);
}
