/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap notice`: a sentence that stands before answers for some hours, such
 * as that the portal is down.  The server heeds it when it starts again; while
 * it runs, notices are made in its console. */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "commands.h"
#include "offline.h"
#include "options.h"
#include "store_notice.h"
#include "utf8.h"

enum { HOURS_MAX = 24 * 90, SUBJECT_SIZE = 40 };

static const uint64_t hour_ms = 3600ull * 1000;

struct order {
	const char *config;
	struct text_view topics;
	uint64_t hours; /* 0: not said */
	struct text_view words;
};

static int
usage(void)
{
	fprintf(stderr,
	    "usage: hoidap notice list\n"
	    "       hoidap notice add --hours N [--topics \"T T\"] TEXT\n"
	    "       hoidap notice remove ID\n"
	    "       each with [--config FILE]; stop the server first.  Without "
	    "--topics it stands before every answer\n");
	return EXIT_USAGE;
}

static enum result
list(struct offline *offline, const struct order *order, struct complaint *why)
{
	uint64_t now_ms = clock_now_ms();
	struct notices notices;
	enum result result =
	    store_notices(offline->store, now_ms, &offline->arena, &notices);

	(void)order;
	(void)why;
	for (size_t i = 0; result == OK && i < notices.count; i++) {
		const struct notice *notice = &notices.at[i];

		printf("%" PRIu64 "\t%" PRIu64 " h\t%.*s\t%.*s\n", notice->id,
		    (notice->until_ms - now_ms + hour_ms - 1) / hour_ms,
		    TEXT_ARGS(notice->topics), TEXT_ARGS(notice->text));
	}
	return result;
}

static enum result
add(struct offline *offline, const struct order *order, struct complaint *why)
{
	struct audit_line line = offline_line("notice.add", TEXT("notice"));
	struct notice notice = { .from_ms = line.at_ms,
		.until_ms = line.at_ms + order->hours * hour_ms,
		.topics = order->topics,
		.text = text_trim(order->words) };
	uint64_t id = 0;
	enum result result = ERR_INVALID;

	if (utf8_valid(order->words) && utf8_valid(order->topics))
		result = store_notice_add(offline->store, &notice, &line, &id);
	if (result == ERR_INVALID)
		complain(why, NULL, 0, "the text is empty, or no UTF-8");
	if (result == ERR_TOO_LARGE)
		complain(why, NULL, 0, "the text is longer than %d bytes",
		    NOTICE_TEXT_MAX_BYTES);
	if (result == OK)
		printf("%" PRIu64 "\n", id);
	return result;
}

static enum result
end(struct offline *offline, const struct order *order, struct complaint *why)
{
	char subject[SUBJECT_SIZE];
	struct audit_line line;
	uint64_t id = 0;
	enum result result = text_number(order->words, 1, INT64_MAX, &id);

	(void)snprintf(subject, sizeof(subject), "notice %" PRIu64, id);
	line = offline_line("notice.end", text_of(subject));
	if (result == OK)
		result = store_notice_end(offline->store, id, &line);
	if (result != OK)
		complain(why, NULL, 0,
		    "there is no notice \"%.*s\" in force; `hoidap notice "
		    "list` shows them",
		    TEXT_ARGS(order->words));
	return result;
}

static const struct action {
	const char *name;
	enum result (*run)(struct offline *offline, const struct order *order,
	    struct complaint *why);
	bool takes_words;
	bool takes_hours;
} actions[] = {
	{ "list", list, false, false },
	{ "add", add, true, true },
	{ "remove", end, true, false },
};

static bool
read_options(int argc, char **argv, struct order *order)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'f' },
		{ "topics", required_argument, NULL, 't' },
		{ "hours", required_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'f')
			order->config = optarg;
		else if (option == 't')
			order->topics = text_of(optarg);
		else if (option != 'h' || text_number(text_of(optarg), 1,
					      HOURS_MAX, &order->hours) != OK)
			return false;
	}
	return optind < argc;
}

int
cli_notice(int argc, char **argv)
{
	struct order order = { .topics = { "", 0 } };
	const struct action *action = NULL;
	struct complaint why = { .text = "" };
	struct offline offline;
	enum result result;

	if (!read_options(argc, argv, &order))
		return usage();
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		if (strcmp(actions[i].name, argv[optind]) == 0)
			action = &actions[i];
	if (action == NULL ||
	    argc != optind + 1 + (action->takes_words ? 1 : 0) ||
	    action->takes_hours != (order.hours > 0) ||
	    (order.topics.len > 0 && !action->takes_hours))
		return usage();
	if (action->takes_words)
		order.words = text_of(argv[optind + 1]);
	result = offline_open(&offline, order.config, &why);
	if (result == OK)
		result = action->run(&offline, &order, &why);
	offline_close(&offline);
	return result == OK ? EXIT_DONE : options_fail("notice", result, &why);
}
