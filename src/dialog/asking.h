/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_ASKING_H
#define HOIDAP_DIALOG_ASKING_H

#include "dialog.h"
#include "tokens.h"

/* How TEXT, whose words are TOKENS, asks.  Of what is not Vietnamese nothing
 * is known: it does not ask. */
struct dialog_asking asking_of(
    struct text_view text, const struct tokens *tokens);

/* Does a line of an answer, " word word " in its accented words, speak of one
 * of ASPECTS? */
bool asking_answers(unsigned aspects, struct text_view line);

/* Does the word only ask, and name nothing? */
bool asking_is_empty(const struct token *token);

#endif
