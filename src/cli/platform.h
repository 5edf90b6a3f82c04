/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CLI_PLATFORM_H
#define HOIDAP_CLI_PLATFORM_H

#include "settings.h"

/* What `hoidap messenger` and `hoidap zalo` share: one account of the
 * settings, calls to its platform, and a list of what is well, what is wrong
 * and what a person must look at. */

struct platform_order {
	const char *config;   /* --config; NULL: none */
	const char *account;  /* --account; NULL: the only one */
	const char *redirect; /* --redirect */
	bool dry_run;
	const char *action; /* the word behind the command */
};

/* False: wrong usage. */
bool platform_read_options(int argc, char **argv, struct platform_order *order);

struct platform {
	struct settings *settings;
	const struct account *account;
	struct arena arena; /* of everything that is asked */
	unsigned problems;  /* told so far */
};

/* Load the settings and find the account of CHANNEL.  Errors with WHY. */
enum result platform_open(struct platform *platform, const char *channel,
    const struct platform_order *order, struct complaint *why) MUST_CHECK;
/* Takes a zeroed one, too. */
void platform_close(struct platform *platform);

/* One call, answered into the arena.  Errors as platform_call(). */
enum result platform_ask(struct platform *platform, const struct api_call *call,
    struct api_response *out, struct complaint *why) MUST_CHECK;

/* One line of the list on stdout. */
void platform_good(const char *format, ...) PRINTF_LIKE(1, 2);
void platform_bad(struct platform *platform, const char *format, ...)
    PRINTF_LIKE(2, 3);
void platform_todo(const char *format, ...) PRINTF_LIKE(1, 2);
/* RESULT of asking ABOUT something, told as a problem unless it is OK.  True
 * when it is. */
bool platform_went(struct platform *platform, const char *about,
    enum result result, const struct complaint *why);
/* Is the setting NAME there?  Told as a problem when not. */
bool platform_has(struct platform *platform, const char *value,
    const char *name, const char *where);

#endif
