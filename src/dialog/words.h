/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_WORDS_H
#define HOIDAP_DIALOG_WORDS_H

#include "tokens.h"

/* Lists of words as the rules of the dialog are written: "word word word". */

bool words_have(const char *list, struct text_view word);

/* Is TOKEN one of the list?  A word that was typed with marks is looked up in
 * ACCENTED, any other in FOLDED: "đâu" is not "đầu", and "dau" may be both. */
bool words_mean(
    const struct token *token, const char *accented, const char *folded);

/* As staff and citizens spell it in a hurry: "ko", "hông" are "khong". */
bool words_deny(const struct token *token);

#endif
