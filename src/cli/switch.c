/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap switch`: the bot off or on, per channel.  The server heeds it when it
 * starts again; while it runs, its console has the same switch. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "channel.h"
#include "clock.h"
#include "commands.h"
#include "offline.h"
#include "options.h"
#include "store_notice.h"
#include "utf8.h"

struct order {
	const char *config;
	struct text_view channel; /* empty: show them all */
	struct text_view reason;
	struct text_view text;
	bool off;
};

static int
usage(void)
{
	fprintf(stderr,
	    "usage: hoidap switch\n"
	    "       hoidap switch CHANNEL on\n"
	    "       hoidap switch CHANNEL off --reason WHY --text TEXT\n"
	    "       each with [--config FILE]; stop the server first.  WHY is "
	    "for staff, TEXT is said instead of an answer\n");
	return EXIT_USAGE;
}

static enum result
show(struct offline *offline)
{
	struct notices notices;
	enum result result = store_notices(
	    offline->store, clock_now_ms(), &offline->arena, &notices);

	for (size_t i = 0; result == OK && channels[i] != NULL; i++) {
		const char *name = channels[i]->name;
		const struct channel_off *off = notices_off(&notices, name);

		if (off == NULL)
			printf("%s\ton\n", name);
		else
			printf("%s\toff\t%.*s\n", name, TEXT_ARGS(off->reason));
	}
	return result;
}

static enum result
turn_off(
    struct offline *offline, const struct order *order, struct complaint *why)
{
	const struct audit_line line =
	    offline_line("channel.off", order->channel);
	const struct channel_off off = { .channel = order->channel,
		.text = order->text,
		.reason = order->reason };
	enum result result = ERR_INVALID;

	if (utf8_valid(off.text) && utf8_valid(off.reason))
		result = store_channel_off(offline->store, &off, &line);
	if (result != OK)
		complain(why, NULL, 0,
		    "the reason or the text is empty, no UTF-8, or longer than "
		    "%d bytes",
		    NOTICE_TEXT_MAX_BYTES);
	return result;
}

static enum result
turn_on(
    struct offline *offline, const struct order *order, struct complaint *why)
{
	const struct audit_line line =
	    offline_line("channel.on", order->channel);
	enum result result =
	    store_channel_on(offline->store, order->channel, &line);

	if (result == ERR_NOT_FOUND)
		complain(why, NULL, 0, "%.*s is on", TEXT_ARGS(order->channel));
	return result;
}

static bool
read_options(int argc, char **argv, struct order *order)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'f' },
		{ "reason", required_argument, NULL, 'r' },
		{ "text", required_argument, NULL, 't' },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'f')
			order->config = optarg;
		else if (option == 'r')
			order->reason = text_of(optarg);
		else if (option == 't')
			order->text = text_of(optarg);
		else
			return false;
	}
	return true;
}

/* CHANNEL and "on" or "off", or nothing at all. */
static bool
read_words(int argc, char **argv, struct order *order)
{
	bool explains = order->reason.len > 0 && order->text.len > 0;
	bool silent = order->reason.len == 0 && order->text.len == 0;

	if (argc == 0)
		return silent;
	if (argc != 2 || channel_named(text_of(argv[0])) == NULL)
		return false;
	order->channel = text_of(argv[0]);
	order->off = strcmp(argv[1], "off") == 0;
	return order->off ? explains : silent && strcmp(argv[1], "on") == 0;
}

int
cli_switch(int argc, char **argv)
{
	struct order order = { .channel = { "", 0 } };
	struct complaint why = { .text = "" };
	struct offline offline;
	enum result result;

	if (!read_options(argc, argv, &order) ||
	    !read_words(argc - optind, argv + optind, &order))
		return usage();
	result = offline_open(&offline, order.config, &why);
	if (result == OK && order.channel.len == 0)
		result = show(&offline);
	else if (result == OK)
		result = order.off ? turn_off(&offline, &order, &why)
				   : turn_on(&offline, &order, &why);
	offline_close(&offline);
	return result == OK ? EXIT_DONE : options_fail("switch", result, &why);
}
