/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_ASK_PASSWORD_H
#define HOIDAP_ASK_PASSWORD_H

#include "credentials.h"

/* A new password for LOGIN into OUT: from the terminal, twice and unseen, or
 * one line of stdin where that is no terminal.  Never an argument, which every
 * user of the machine could read.  ERR_INVALID with WHY. */
enum result ask_password(struct text_view login,
    char out[PASSWORD_MAX_BYTES + 1], struct complaint *why) MUST_CHECK;

#endif
