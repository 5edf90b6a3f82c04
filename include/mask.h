/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_MASK_H
#define HOIDAP_MASK_H

#include "buf.h"

/* What kinds of personal numbers a text held (bits). */
enum masked {
	MASKED_IDENTITY = 1, /* 12- and 9-digit id numbers */
	MASKED_PHONE = 2,
	MASKED_EMAIL = 4,
	MASKED_CARD = 8, /* card and bank account numbers */
	MASKED_TAX = 16,
	MASKED_SECRET = 32, /* an OTP, PIN or password that is named as such */
	MASKED_DOSSIER =
	    64, /* dossier codes (H29.12-...), which lead to a person */
};

/* Copy TEXT to OUT with every personal number replaced by a short tag such as
 * "[số căn cước]"; what is no personal number (fees, years, form codes such as
 * CT01, decree numbers such as 118/2025/NĐ-CP) stays.  KINDS_OUT gets the bits
 * of what was found.  The unmasked text is never written anywhere. */
enum result mask_personal(
    struct text_view text, struct buf *out, unsigned *kinds_out) MUST_CHECK;

#endif
