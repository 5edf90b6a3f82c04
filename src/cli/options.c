/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "options.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"

int
options_fail(
    const char *command, enum result result, const struct complaint *why)
{
	char text[1024];

	if (why->text[0] == '\0') {
		fprintf(
		    stderr, "hoidap %s: %s\n", command, result_name(result));
		return EXIT_FAILED;
	}
	complaint_print(why, text, sizeof(text));
	fprintf(stderr, "hoidap %s: %s\n", command, text);
	return EXIT_FAILED;
}

int
options_unexpected(const char *command, const char *argument)
{
	fprintf(stderr,
	    "hoidap %s: unexpected argument \"%s\"; `hoidap help` shows the "
	    "usage\n",
	    command, argument);
	return EXIT_USAGE;
}

enum log_level
options_log_level(const struct settings *settings)
{
	static const char *const names[] = { "error", "warn", "info", "debug" };

	for (int i = 0; i < 4; i++)
		if (strcmp(settings->log_level, names[i]) == 0)
			return (enum log_level)i;
	return LOG_INFO;
}

const char *
options_faq_dir(void)
{
	static const char installed[] = "/usr/local/share/hoidap/faq";

	if (access("faq", R_OK) != 0 && access(installed, R_OK) == 0)
		return installed;
	return "faq";
}
