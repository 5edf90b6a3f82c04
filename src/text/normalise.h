/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEXT_NORMALISE_H
#define HOIDAP_TEXT_NORMALISE_H

#include "text.h"

enum {
	WORD_CODE_POINTS_MAX = 48, /* a longer run of letters is cut */
	/* One code point may stand for 18 (U+FDFA), of four bytes each. */
	NORMAL_CODE_POINTS_MAX = WORD_CODE_POINTS_MAX * 18,
	NORMAL_BYTES_MAX = NORMAL_CODE_POINTS_MAX * 4,
};

/* What a code point is to the tokeniser. */
enum char_class {
	CHAR_SPACE,  /* splits words: spaces, punctuation, controls */
	CHAR_WORD,   /* letters and digits */
	CHAR_MARK,   /* continues a word */
	CHAR_IGNORE, /* zero-width, soft hyphen, variation selector */
	CHAR_EMOJI,
};

enum char_class char_class(uint32_t code_point);

/* Bring one word (class WORD, MARK and IGNORE only, at most
 * WORD_CODE_POINTS_MAX of them) to its accented form: code points to OUT,
 * their number is returned (0 when nothing is left).  Normalising the outcome
 * again changes nothing. */
size_t normalise_word(struct text_view word, int32_t *out);

/* The last step of it, for the front part of a normalised word that was cut:
 * its end is a word's end now.  Gives the new count. */
size_t normalise_end(int32_t *word, size_t count);

/* The folded form of COUNT code points in normal form, as UTF-8; returns its
 * length.  OUT holds NORMAL_BYTES_MAX. */
size_t fold_word(const int32_t *word, size_t count, char *out);
/* The base letter of a code point, without marks; đ gives d. */
int32_t fold_letter(int32_t code_point);

#endif
