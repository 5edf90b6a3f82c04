/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap messenger`: what an operator does once to connect a page, and looks
 * at when it is silent.  `setup` asks first what there is and changes only what
 * differs, so that it can be run as often as one likes; nothing is changed
 * before everything has been asked.  No store is opened: the server may run. */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "messenger_status.h"
#include "options.h"
#include "page_state.h"

static int
usage(void)
{
	fprintf(stderr, "usage: hoidap messenger setup [--dry-run]\n"
			"       hoidap messenger status\n"
			"       each with [--config FILE] [--account NAME]\n");
	return EXIT_USAGE;
}

/* ---- what would change ---- */

static void
print_changes(const struct messenger_changes *changes,
    const struct messenger_fields *fields)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct messenger_change *change = &changes->at[i];

		printf("change   %s\n", change->property);
		if (change->before.len > 0)
			printf("  - %.*s\n", TEXT_ARGS(change->before));
		if (change->after.len > 0)
			printf("  + %.*s\n", TEXT_ARGS(change->after));
	}
	if (fields->missing.len > 0)
		printf("change   fields of the page's webhook\n  + %.*s\n",
		    TEXT_ARGS(fields->missing));
}

/* ---- changing it ---- */

static enum result
send(struct platform *platform, const struct api_call *call,
    struct complaint *why)
{
	struct api_response response;
	enum result result = platform_ask(platform, call, &response, why);

	return result == OK ? messenger_page_check(&response, why) : result;
}

static enum result
apply(struct platform *platform, const struct messenger_changes *changes,
    const struct messenger_fields *fields, struct complaint *why)
{
	struct api_call calls[MESSENGER_PROFILE_CALLS];
	struct api_call subscribe;
	size_t count = 0;
	enum result result = messenger_profile_apply(
	    platform->account, changes, &platform->arena, calls, &count);

	for (size_t i = 0; result == OK && i < count; i++)
		result = send(platform, &calls[i], why);
	if (result != OK || fields->missing.len == 0)
		return result;
	result = messenger_page_subscribe(
	    platform->account, fields->all, &platform->arena, &subscribe);
	return result == OK ? send(platform, &subscribe, why) : result;
}

/* A token of another page would set up that one. */
static enum result
check_page(struct platform *platform, struct complaint *why)
{
	struct messenger_node page;
	enum result result =
	    page_state_node(platform, MESSENGER_ASK_PAGE, &page, why);

	if (result != OK || text_is(page.id, platform->account->id))
		return result;
	complain(why, NULL, 0,
	    "messenger_page_token belongs to page %.*s, but "
	    "messenger_page_id is %s: correct one of them",
	    TEXT_ARGS(page.id), platform->account->id);
	return ERR_INVALID;
}

static enum result
set_up(struct platform *platform, const struct platform_order *order,
    struct complaint *why)
{
	struct messenger_changes changes;
	struct messenger_fields fields;
	enum result result = check_page(platform, why);

	if (result == OK)
		result = page_state_changes(platform, &changes, why);
	if (result == OK)
		result = page_state_fields(platform, &fields, why);
	if (result != OK)
		return result;
	if (changes.count == 0 && fields.missing.len == 0) {
		printf("nothing to change: the page is set up\n");
		return OK;
	}
	print_changes(&changes, &fields);
	if (order->dry_run) {
		printf("nothing was changed (--dry-run)\n");
		return OK;
	}
	result = apply(platform, &changes, &fields, why);
	if (result == OK)
		printf("done; a new menu may take a day to appear on every "
		       "phone.  `hoidap messenger status` tells what is left "
		       "to do by hand\n");
	return result;
}

/* ---- the command ---- */

int
cli_messenger(int argc, char **argv)
{
	struct platform_order order = { .action = "" };
	struct platform platform = { .account = NULL };
	struct complaint why = { .text = "" };
	bool is_setup;
	enum result result;

	if (!platform_read_options(argc, argv, &order))
		return usage();
	is_setup = strcmp(order.action, "setup") == 0;
	if ((!is_setup && strcmp(order.action, "status") != 0) ||
	    order.redirect != NULL || (order.dry_run && !is_setup))
		return usage();
	result = platform_open(&platform, "messenger", &order, &why);
	if (result == OK && is_setup)
		result = set_up(&platform, &order, &why);
	else if (result == OK)
		messenger_status(&platform);
	platform_close(&platform);
	if (result != OK)
		return options_fail("messenger", result, &why);
	return platform.problems == 0 ? EXIT_DONE : EXIT_FAILED;
}
