/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_UTF8_H
#define HOIDAP_UTF8_H

#include "text.h"

/* Bytes from outside are validated once, at the door; every other function
 * here may then assume valid UTF-8 (and still never reads past the end). */
bool utf8_valid(struct text_view text);

/* The code point at *POS, which moves past it; U+FFFD for a broken byte.
 * *POS must be below TEXT.len. */
uint32_t utf8_next(struct text_view text, size_t *pos);

/* Write CODE_POINT as 1 to 4 bytes to OUT; returns how many. */
size_t utf8_put(uint32_t code_point, char out[4]);

/* Lengths in code points and in UTF-16 code units. */
size_t utf8_length(struct text_view text);
size_t utf16_length(struct text_view text);

/* The longest prefix of TEXT with at most MAX UTF-16 code units that does not
 * end inside a code point, a combining sequence or a ZWJ sequence. */
struct text_view utf8_cut(struct text_view text, size_t max_utf16_units);

#endif
