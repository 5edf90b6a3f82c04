/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_OPTIONS_H
#define HOIDAP_OPTIONS_H

#include "log.h"
#include "settings.h"

/* What the subcommands share. */

/* One line on stderr: what failed, where, why.  Returns EXIT_FAILED. */

int options_fail(
    const char *command, enum result result, const struct complaint *why);
/* An argument too many.  Returns EXIT_USAGE. */
int options_unexpected(const char *command, const char *argument);

/* The log_level setting; info when it is none of the four. */
enum log_level options_log_level(const struct settings *settings);

/* The FAQ folder to use when none is named: ./faq, else the installed one. */
const char *options_faq_dir(void);

#endif
