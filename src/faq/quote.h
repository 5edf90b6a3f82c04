/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_QUOTE_H
#define HOIDAP_FAQ_QUOTE_H

#include "text.h"

/* Foreign bytes made fit for one line on a terminal: what could not be seen
 * there becomes "?", and long text ends with "...". */
struct quote {
	char text[128];
};
struct quote quote(struct text_view text);

/* A character that no text of a FAQ may hold: a control character, or an
 * invisible one that hides in a phrase or turns the direction of a line. */
bool quote_unfit(uint32_t code_point);

#endif
