/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap faq`: the tools of those who write the answers. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "faq_commands.h"
#include "options.h"

static const struct subcommand {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *usage;
	const char *help;
} subcommands[] = {
	{ "check", cli_faq_check, "[--faq DIR] [--json]",
	    "look the base over: errors, warnings, and how to mend them" },
	{ "test", cli_faq_test, "[--faq DIR] [--json]",
	    "are questions understood?  phrasings, golden questions, and what "
	    "is mixed up" },
	{ "stats", cli_faq_stats, "[--faq DIR] [--json]",
	    "when does the bot answer, and what would another threshold "
	    "change?" },
	{ "diff", cli_faq_diff, "OLD NEW [--questions FILE] [--json]",
	    "which questions would be answered differently by another base?" },
	{ "export", cli_faq_export,
	    "[--faq DIR] --format csv|xlsx|json FILE | --store URL FOLDER",
	    "the base as one file, for a spreadsheet; --store: the topic "
	    "files, with what was published in the console" },
	{ "import", cli_faq_import,
	    "[--faq DIR] [--catalogue] [--dry-run] FILE.csv|FILE.json",
	    "take changed and new entries over; --catalogue: a list of "
	    "procedures" },
};

enum { SUBCOMMAND_COUNT = sizeof(subcommands) / sizeof(subcommands[0]) };

static void
print_help(FILE *out)
{
	for (size_t i = 0; i < SUBCOMMAND_COUNT; i++)
		fprintf(out, "  hoidap faq %s %s\n      %s\n",
		    subcommands[i].name, subcommands[i].usage,
		    subcommands[i].help);
}

int
cli_faq(int argc, char **argv)
{
	const char *name = argc < 2 ? "" : argv[1];

	for (size_t i = 0; i < SUBCOMMAND_COUNT; i++) {
		if (strcmp(name, subcommands[i].name) == 0)
			return subcommands[i].run(argc - 1, argv + 1);
	}
	if (strcmp(name, "--help") == 0 || strcmp(name, "help") == 0) {
		print_help(stdout);
		return EXIT_DONE;
	}
	fprintf(stderr, "hoidap faq: %s%s%s; there are:\n",
	    name[0] == '\0' ? "say what to do" : "there is no subcommand \"",
	    name, name[0] == '\0' ? "" : "\"");
	print_help(stderr);
	return EXIT_USAGE;
}

bool
faq_options_read(int argc, char **argv, struct faq_options *out)
{
	static const struct option known[] = {
		{ "faq", required_argument, NULL, 'f' },
		{ "json", no_argument, NULL, 'j' },
		{ 0 },
	};
	struct faq_options options = { .dir = options_faq_dir() };
	int option;

	optind = 0; /* getopt starts anew */
	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (option == 'f')
			options.dir = optarg;
		else if (option == 'j')
			options.json = true;
		else
			return false;
	}
	if (optind < argc) {
		(void)options_unexpected("faq", argv[optind]);
		return false;
	}
	date_of_ms(clock_now_ms(), options.today);
	*out = options;
	return true;
}

enum result
faq_print_json(json_t *report)
{
	enum result result = OK;

	if (report == NULL)
		return ERR_NOMEM;
	if (json_dumpf(
		report, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) != 0 ||
	    fputc('\n', stdout) == EOF)
		result = ERR_IO;
	json_decref(report);
	return result;
}
