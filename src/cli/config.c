/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "options.h"

static int
usage(void)
{
	fprintf(stderr,
	    "usage: hoidap config print [--example] [--config FILE]\n"
	    "       hoidap config check [--config FILE]\n");
	return EXIT_USAGE;
}

int
cli_config(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "example", no_argument, NULL, 'e' },
		{ 0 },
	};
	const char *config = NULL;
	bool example = false;
	bool prints;
	struct complaint why = { .text = "" };
	struct settings *settings;
	enum result result;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'c')
			config = optarg;
		else if (option == 'e')
			example = true;
		else
			return usage();
	}
	if (optind + 1 != argc)
		return usage();
	prints = strcmp(argv[optind], "print") == 0;
	if (!prints && strcmp(argv[optind], "check") != 0)
		return usage();
	if (prints && example) {
		settings_print_example(stdout);
		return EXIT_DONE;
	}
	result = settings_load(config, environ, &settings, &why);
	if (result != OK)
		return options_fail("config", result, &why);
	if (prints)
		settings_print(settings, stdout);
	else
		printf("the settings are good: %zu pages and OAs\n",
		    settings->account_count);
	settings_free(settings);
	return EXIT_DONE;
}
