/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "platform.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "platform_call.h"

enum { ARENA_MAX_BYTES = 4 * 1024 * 1024, WHY_SIZE = 1024 };

bool
platform_read_options(int argc, char **argv, struct platform_order *order)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'f' },
		{ "account", required_argument, NULL, 'a' },
		{ "redirect", required_argument, NULL, 'r' },
		{ "dry-run", no_argument, NULL, 'n' },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'f')
			order->config = optarg;
		else if (option == 'a')
			order->account = optarg;
		else if (option == 'r')
			order->redirect = optarg;
		else if (option == 'n')
			order->dry_run = true;
		else
			return false;
	}
	if (optind + 1 != argc)
		return false;
	order->action = argv[optind];
	return true;
}

/* ---- the account ---- */

static enum result
find_account(struct platform *platform, const char *channel, const char *name,
    struct complaint *why)
{
	const struct settings *settings = platform->settings;
	const struct account *found = NULL;
	size_t count = 0;

	for (size_t i = 0; i < settings->account_count; i++) {
		const struct account *account = &settings->accounts[i];

		if (strcmp(account->channel->name, channel) != 0 ||
		    (name != NULL && strcmp(account->name, name) != 0))
			continue;
		found = account;
		count++;
	}
	if (count == 1) {
		platform->account = found;
		return OK;
	}
	if (count > 1)
		complain(why, NULL, 0,
		    "the settings have %zu accounts of %s: name one with "
		    "--account",
		    count, channel);
	else
		complain(why, NULL, 0,
		    "the settings have no %s account%s%s; `hoidap config print "
		    "--example` shows what belongs there, and --config names "
		    "the file",
		    channel, name == NULL ? "" : " named ",
		    name == NULL ? "" : name);
	return ERR_NOT_FOUND;
}

enum result
platform_open(struct platform *platform, const char *channel,
    const struct platform_order *order, struct complaint *why)
{
	enum result result;

	*platform = (struct platform){ .problems = 0 };
	arena_init(&platform->arena, ARENA_MAX_BYTES);
	result =
	    settings_load(order->config, environ, &platform->settings, why);
	if (result == OK)
		result = find_account(platform, channel, order->account, why);
	return result;
}

void
platform_close(struct platform *platform)
{
	arena_fini(&platform->arena);
	settings_free(platform->settings);
}

enum result
platform_ask(struct platform *platform, const struct api_call *call,
    struct api_response *out, struct complaint *why)
{
	return platform_call(call, platform->settings->send_timeout_ms,
	    &platform->arena, out, why);
}

/* ---- the list ---- */

static void PRINTF_LIKE(2, 0)
    print_line(const char *mark, const char *format, va_list arguments)
{
	printf("%-8s ", mark);
	(void)vprintf(format, arguments);
	(void)putchar('\n');
}

void
platform_good(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	print_line("ok", format, arguments);
	va_end(arguments);
}

void
platform_bad(struct platform *platform, const char *format, ...)
{
	va_list arguments;

	platform->problems++;
	va_start(arguments, format);
	print_line("PROBLEM", format, arguments);
	va_end(arguments);
}

void
platform_todo(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	print_line("by hand", format, arguments);
	va_end(arguments);
}

bool
platform_went(struct platform *platform, const char *about, enum result result,
    const struct complaint *why)
{
	char text[WHY_SIZE];

	if (result == OK)
		return true;
	complaint_print(why, text, sizeof(text));
	platform_bad(platform, "%s: %s", about,
	    why->text[0] != '\0' ? text : result_name(result));
	return false;
}

bool
platform_has(struct platform *platform, const char *value, const char *name,
    const char *where)
{
	if (value[0] != '\0')
		return true;
	platform_bad(platform, "%s is not set: %s", name, where);
	return false;
}
