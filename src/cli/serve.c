/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app.h"
#include "commands.h"
#include "options.h"

/* What is no fault, but leaves citizens without an answer. */
static void
warn_of_gaps(const struct settings *settings, const struct log *log)
{
	if (settings->account_count == 0)
		LOG(log, LOG_WARN, "no_accounts",
		    LOG_TEXT("why",
			"no page and no OA is set up: only the web page "
			"answers"));
	for (size_t i = 0; i < settings->account_count; i++) {
		const struct account *account = &settings->accounts[i];

		if (account->webhook_secret[0] == '\0')
			LOG(log, LOG_WARN, "no_webhook_secret",
			    LOG_TEXT("channel", account->channel->name),
			    LOG_TEXT("account", account->name),
			    LOG_TEXT("why",
				"every event is dropped until the secret of "
				"the webhook page is set"));
	}
}

static int
serve(const struct settings *settings)
{
	struct complaint why = { .text = "" };
	struct log log = { options_log_level(settings), stderr };
	struct app *app;
	enum result result;

	app_block_signals();
	result = app_start(settings, &log, &app, &why);
	if (result != OK)
		return options_fail("serve", result, &why);
	warn_of_gaps(settings, &log);
	LOG(&log, LOG_INFO, "started", LOG_NUMBER("port", app_port(app)));
	app_run(app);
	LOG(&log, LOG_INFO, "stopping", LOG_NUMBER("pid", getpid()));
	app_stop(app);
	return EXIT_DONE;
}

int
cli_serve(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' }, { 0 }
	};
	const char *config = NULL;
	struct complaint why = { .text = "" };
	struct settings *settings;
	enum result result;
	int option;
	int status;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option != 'c')
			return EXIT_USAGE;
		config = optarg;
	}
	if (optind < argc)
		return options_unexpected("serve", argv[optind]);
	result = settings_load(config, environ, &settings, &why);
	if (result != OK)
		return options_fail("serve", result, &why);
	status = serve(settings);
	settings_free(settings);
	return status;
}
