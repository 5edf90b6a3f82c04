/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef ZALO_FORM_H
#define ZALO_FORM_H

#include "buf.h"

/* application/x-www-form-urlencoded, as the token service takes it. */

/* NAME=VALUE, behind an "&" where FORM holds something that does not end with
 * "?".  NAME is a literal.  Errors of buf_add(). */
enum result zalo_form_add(
    struct buf *form, const char *name, struct text_view value) MUST_CHECK;

#endif
