/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "secret.h"

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *usage;
	const char *help;
} commands[] = {
	{ "demo", cli_demo, "[--port N] [--data DIR]",
	    "server, platform simulator and SQLite file, ready to try in a "
	    "browser" },
	{ "serve", cli_serve, "[--config FILE]",
	    "the real server; settings from FILE and HOIDAP_* variables" },
	{ "ask", cli_ask, "[--faq DIR] [--json] [--explain] [--batch] [TEXT]",
	    "answer one question; --batch: one a line on stdin" },
	{ "eval", cli_eval,
	    "(--faq DIR | --train FILE) --questions FILE [--tune FILE] "
	    "[--predictions]",
	    "measure the matching on labelled questions" },
	{ "faq", cli_faq, "check|test|stats|diff|import|export ...",
	    "the tools of those who write the answers; `hoidap faq` lists "
	    "them" },
	{ "messenger", cli_messenger,
	    "setup [--dry-run] | status  [--account NAME] [--config FILE]",
	    "connect a page, and see what is missing" },
	{ "zalo", cli_zalo,
	    "login [--redirect URL] | status  [--account NAME] "
	    "[--config FILE]",
	    "connect an Official Account, and see what is missing; login: the "
	    "server must be stopped" },
	{ "privacy", cli_privacy,
	    "export|erase --channel C --citizen ID [--yes] | purge [--days N] "
	    "[--dry-run]  [--config FILE]",
	    "what is kept of a citizen, and erasing it; the server must be "
	    "stopped" },
	{ "notice", cli_notice,
	    "list | add --hours N [--topics T] TEXT | remove ID  [--config "
	    "FILE]",
	    "sentences that stand before answers; the server must be stopped" },
	{ "switch", cli_switch,
	    "[CHANNEL on | CHANNEL off --reason WHY --text TEXT] [--config "
	    "FILE]",
	    "the bot off or on per channel; the server must be stopped" },
	{ "user", cli_user,
	    "add|list|passwd|disable|enable|roles [LOGIN] [--roles R,R] "
	    "[--name N] [--config FILE]",
	    "accounts of the staff console; the server must be stopped" },
	{ "config", cli_config, "print [--example]|check [--config FILE]",
	    "print or check the settings" },
	{ NULL, NULL, NULL, NULL },
};

static void
print_help(FILE *out)
{
	fprintf(out,
	    "hoidap %s: answers citizens' questions from an FAQ base\n",
	    HOIDAP_VERSION);
	for (const struct command *row = commands; row->name != NULL; row++)
		fprintf(out, "\n  hoidap %s %s\n      %s\n", row->name,
		    row->usage, row->help);
}

int
main(int argc, char **argv)
{
	if (argc < 2) {
		print_help(stderr);
		return EXIT_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		print_help(stdout);
		return EXIT_DONE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("hoidap %s\n", HOIDAP_VERSION);
		return EXIT_DONE;
	}
	if (secret_init() != OK || curl_global_init(CURL_GLOBAL_DEFAULT) != 0) {
		fprintf(stderr, "hoidap: cannot start libsodium or libcurl\n");
		return EXIT_FAILED;
	}
	for (const struct command *row = commands; row->name != NULL; row++)
		if (strcmp(argv[1], row->name) == 0)
			return row->run(argc - 1, argv + 1);
	fprintf(stderr,
	    "hoidap: there is no command \"%s\"; `hoidap help` lists them\n",
	    argv[1]);
	return EXIT_USAGE;
}
