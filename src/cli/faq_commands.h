/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_FAQ_COMMANDS_H
#define HOIDAP_FAQ_COMMANDS_H

#include <jansson.h>

#include "clock.h"
#include "text.h"

/* The subcommands of `hoidap faq`, one file each; faq.c has their table.
 * ARGV[0] is the subcommand's name.  They return the exit status. */
int cli_faq_check(int argc, char **argv);
int cli_faq_diff(int argc, char **argv);
int cli_faq_export(int argc, char **argv);
int cli_faq_import(int argc, char **argv);
int cli_faq_stats(int argc, char **argv);
int cli_faq_test(int argc, char **argv);

/* [--faq DIR] [--json] */
struct faq_options {
	const char *dir;
	bool json;
	char today[DATE_SIZE];
};

/* False when there is something else in ARGV; it has then been said on
 * stderr. */
bool faq_options_read(int argc, char **argv, struct faq_options *out);

/* Print REPORT, which may be NULL after a failure, and free it. */
enum result faq_print_json(json_t *report) MUST_CHECK;

#endif
