/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DIALOG_CHOICES_H
#define HOIDAP_DIALOG_CHOICES_H

#include "exchange.h"

/* Options: offered, and followed by a tap or by words that work as one. */

/* "Có phải ý anh/chị là", with the candidates of the match. */
enum result choices_offer(struct exchange *exchange) MUST_CHECK;

/* Do what PAYLOAD says.  ERR_NOT_FOUND when it is none of ours, any more. */
enum result choices_follow(
    struct exchange *exchange, struct text_view payload) MUST_CHECK;

/* The typed text names an option of the last reply, or declines them all.
 * ERR_NOT_FOUND otherwise. */
enum result choices_typed(struct exchange *exchange) MUST_CHECK;

#endif
