/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_EXPAND_H
#define HOIDAP_FAQ_EXPAND_H

#include "faq.h"

/* {{name}} and {{name|alternative}}. */

/* Is every pair of braces in TEXT whole, every variable known, and the text
 * never longer than EXPAND_MAX_BYTES, whatever the day?  ERR_INVALID with the
 * fault in WHY's text, which has no file or line. */
enum result expand_check(const struct faq *faq, struct text_view text,
    struct complaint *why) MUST_CHECK;

/* Append TEXT with its variables filled in as of TODAY: the value, where there
 * is one and its review is not overdue; else the alternative of the place;
 * else the variable's own.  ERR_INVALID where expand_check() would say so, and
 * where a variable has nothing to say. */
enum result expand_text(const struct faq *faq, struct text_view text,
    const char *today, struct buf *out) MUST_CHECK;

/* Leaves room for the line of sources in a reply. */
enum { EXPAND_MAX_BYTES = REPLY_TEXT_MAX_BYTES - 1024 };

#endif
