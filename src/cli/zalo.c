/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap zalo`: what an operator does once to connect an Official Account,
 * again when its tokens have died, and looks at when it is silent. */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "oa_consent.h"
#include "options.h"
#include "zalo_status.h"

static int
usage(void)
{
	fprintf(stderr,
	    "usage: hoidap zalo login [--redirect URL]\n"
	    "       hoidap zalo status\n"
	    "       each with [--config FILE] [--account NAME]; stop the "
	    "server for login.  URL is the callback address of the app's "
	    "console, the front page of public_url if not said\n");
	return EXIT_USAGE;
}

int
cli_zalo(int argc, char **argv)
{
	struct platform_order order = { .action = "" };
	struct platform platform = { .account = NULL };
	struct complaint why = { .text = "" };
	bool is_login;
	enum result result;

	if (!platform_read_options(argc, argv, &order))
		return usage();
	is_login = strcmp(order.action, "login") == 0;
	if ((!is_login && strcmp(order.action, "status") != 0) ||
	    order.dry_run || (order.redirect != NULL && !is_login))
		return usage();
	result = platform_open(&platform, "zalo", &order, &why);
	if (result == OK && is_login)
		result = oa_consent(&platform, order.redirect, &why);
	else if (result == OK)
		zalo_status(&platform);
	platform_close(&platform);
	if (result != OK)
		return options_fail("zalo", result, &why);
	return platform.problems == 0 ? EXIT_DONE : EXIT_FAILED;
}
