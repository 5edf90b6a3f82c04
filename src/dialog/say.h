/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_SAY_H
#define HOIDAP_DIALOG_SAY_H

#include "exchange.h"

/* The reply of an exchange, piece by piece. */

/* TEXT is a phrase of ours. */
void say_text(struct exchange *exchange, const char *text);
/* Where the next piece of the text goes: in its place, or beside it. */
enum say_place { SAY_ALONE, SAY_BEFORE, SAY_AFTER };

enum result say_put(struct exchange *exchange, enum say_place place,
    const char *format, ...) MUST_CHECK PRINTF_LIKE(3, 4);

void say_button(struct exchange *exchange, struct text_view title,
    struct text_view payload);
/* The button that leads to a person. */
void say_person(struct exchange *exchange);

/* MASKED as it is kept: cut to what a row holds, on one line. */
enum result say_line(struct exchange *exchange, struct text_view masked,
    struct text_view *out) MUST_CHECK;
/* The question log's row for this message: its text on one line. */
enum result say_log(
    struct exchange *exchange, struct text_view masked) MUST_CHECK;

#endif
