/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEXT_TELEX_H
#define HOIDAP_TEXT_TELEX_H

#include "text.h"

enum { TELEX_WORD_MAX = 16 };

/* Read a folded word as raw Telex or VNI keystrokes, written without marks.
 * Gives the length of what was written to OUT, or 0 when the word is a
 * syllable as it stands, an English word, a form code, or nothing. */
size_t telex_skeleton(struct text_view word, char out[TELEX_WORD_MAX]);

#endif
