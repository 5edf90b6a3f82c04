/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_ADDRESS_H
#define HOIDAP_FAQ_ADDRESS_H

#include "text.h"

/* An https:// address without spaces and quotes, which a button may open. */
bool address_secure(struct text_view text);

/* The same, or http://: old official pages that a source names. */
bool address_of_web(struct text_view text);

/* Nothing that would break an address apart; it may lack its beginning. */
bool address_clean(struct text_view text);

#endif
