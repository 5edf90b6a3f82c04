/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap demo`: the real server and the simulator of both platforms in one
 * process, talking over real sockets on 127.0.0.1.  Settings are given as an
 * operator would give them, so nothing of the server knows that it is a demo. */
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "clock.h"
#include "commands.h"
#include "credentials.h"
#include "demo_log.h"
#include "options.h"
#include "simulator.h"
#include "store_staff.h"

#define DEMO_LOGIN "demo"
#define DEMO_PASSWORD "hoi dap thu"

enum { PORT_STANDARD = 8080, VARIABLES_MAX = 24, VARIABLE_SIZE = 512 };

struct demo {
	const char *data;
	unsigned short port;
	char variables[VARIABLES_MAX][VARIABLE_SIZE];
	char *environment[VARIABLES_MAX + 1];
	size_t variable_count;
	struct settings *platform; /* the accounts as the platforms know them */
	struct settings *server;
	struct simulator *simulator;
	struct demo_log page;
	struct log log;
};

/* Invented secrets: they guard nothing but this machine's loopback. */
static const char *const standing[] = {
	"HOIDAP_LOG_LEVEL=warn",
	"HOIDAP_MESSENGER_APP_SECRET=demo-app-secret",
	"HOIDAP_MESSENGER_VERIFY_TOKEN=demo-verify-token",
	"HOIDAP_MESSENGER_PAGE_ID=100000000000001",
	"HOIDAP_MESSENGER_PAGE_TOKEN=demo-page-token",
	"HOIDAP_ZALO_APP_ID=2000000000000000002",
	"HOIDAP_ZALO_APP_SECRET=demo-zalo-app-secret",
	"HOIDAP_ZALO_OA_ID=3000000000000000003",
	"HOIDAP_ZALO_OA_SECRET=demo-oa-secret",
	"HOIDAP_ZALO_ACCESS_TOKEN=demo-access-token",
	"HOIDAP_ZALO_REFRESH_TOKEN=demo-refresh-token",
};

static void PRINTF_LIKE(2, 3)
    set_variable(struct demo *demo, const char *format, ...)
{
	char *variable = demo->variables[demo->variable_count];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(variable, VARIABLE_SIZE, format, args);
	va_end(args);
	demo->environment[demo->variable_count++] = variable;
}

static enum result
load_settings(struct demo *demo, struct settings **out, struct complaint *why)
{
	demo->variable_count = 0;
	memset(demo->environment, 0, sizeof(demo->environment));
	for (size_t i = 0; i < sizeof(standing) / sizeof(standing[0]); i++)
		set_variable(demo, "%s", standing[i]);
	set_variable(demo, "HOIDAP_FAQ_DIR=%s", options_faq_dir());
	set_variable(demo, "HOIDAP_LISTEN=127.0.0.1:%u", (unsigned)demo->port);
	set_variable(demo, "HOIDAP_STORE=sqlite:%s/hoidap.db", demo->data);
	if (demo->simulator != NULL) {
		unsigned port = simulator_port(demo->simulator);

		set_variable(demo,
		    "HOIDAP_MESSENGER_API=http://127.0.0.1:%u/graph/v25.0",
		    port);
		set_variable(
		    demo, "HOIDAP_ZALO_API=http://127.0.0.1:%u/zalo", port);
		set_variable(demo,
		    "HOIDAP_ZALO_OAUTH=http://127.0.0.1:%u/zalo-oauth", port);
		/* Its page shows the chat in a frame. */
		set_variable(
		    demo, "HOIDAP_CHAT_ORIGINS=http://127.0.0.1:%u", port);
	}
	return settings_load(NULL, demo->environment, out, why);
}

static enum result
start_simulator(
    struct demo *demo, const struct http_route *routes, struct complaint *why)
{
	const struct simulator_options options = {
		.host = "127.0.0.1",
		.port = demo->port == 0 ? 0 : (unsigned short)(demo->port + 1),
		.accounts = demo->platform->accounts,
		.account_count = demo->platform->account_count,
		.more_routes = routes,
		.echoes = true,
		.log = &demo->log,
	};

	return simulator_start(&options, &demo->simulator, why);
}

/* An account of the console, of every role, made with the first start. */
static enum result
add_staff(struct app *app)
{
	const struct audit_line line = { .at_ms = clock_now_ms(),
		.login = TEXT("cli"),
		.action = TEXT("user.add"),
		.subject = TEXT(DEMO_LOGIN) };
	struct staff_account account = { .user = { .login = TEXT(DEMO_LOGIN),
					     .name = TEXT("Nguyễn Thị An"),
					     .roles = ROLES_ALL } };
	char hash[PASSWORD_HASH_SIZE];
	uint64_t id;
	enum result result = credentials_hash(TEXT(DEMO_PASSWORD), hash);

	if (result != OK)
		return result;
	account.hash = text_of(hash);
	result = store_user_add(app_store(app), &account, &line, &id);
	return result == ERR_INVALID ? OK : result; /* it is there */
}

static enum result
run(struct demo *demo, struct complaint *why)
{
	const struct http_route routes[] = {
		{ "GET", "/demo/log", 0, demo_questions, NULL, &demo->page,
		    "what was understood" },
		{ 0 },
	};
	char server_url[64];
	struct app *app = NULL;
	enum result result = load_settings(demo, &demo->platform, why);

	if (result == OK)
		result = start_simulator(demo, routes, why);
	if (result == OK)
		result = load_settings(demo, &demo->server, why);
	if (result == OK)
		result = app_start(demo->server, &demo->log, &app, why);
	if (result != OK)
		return result;
	(void)snprintf(server_url, sizeof(server_url), "http://127.0.0.1:%u",
	    (unsigned)app_port(app));
	result = simulator_target(demo->simulator, server_url);
	if (result == OK)
		result = add_staff(app);
	if (result == OK) {
		demo_log_set(&demo->page, app);
		printf("hoidap demo: http://127.0.0.1:%u/   (Ctrl-C stops it; "
		       "data in %s)\n",
		    (unsigned)simulator_port(demo->simulator), demo->data);
		printf("for staff:   %s/console/   (login %s, password %s)\n",
		    server_url, DEMO_LOGIN, DEMO_PASSWORD);
		(void)fflush(stdout);
		app_run(app);
		printf("stopping\n");
	}
	/* The sender's last replies still need their platform. */
	demo_log_set(&demo->page, NULL);
	app_stop(app);
	return result;
}

static enum result
make_data_folder(const char *path, struct complaint *why)
{
	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return OK;
	complain(why, path, 0,
	    "cannot make the data folder (%s); choose another with --data",
	    strerror(errno));
	return ERR_IO;
}

static int
usage(void)
{
	fprintf(stderr, "usage: hoidap demo [--port N] [--data DIR]\n");
	return EXIT_USAGE;
}

int
cli_demo(int argc, char **argv)
{
	static const struct option options[] = {
		{ "port", required_argument, NULL, 'p' },
		{ "data", required_argument, NULL, 'd' },
		{ 0 },
	};
	struct demo demo = { .data = "data",
		.port = PORT_STANDARD,
		.log = { LOG_WARN, stderr } };
	struct complaint why = { .text = "" };
	uint64_t port = PORT_STANDARD;
	enum result result;
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'd')
			demo.data = optarg;
		else if (option != 'p' ||
			 text_number(text_of(optarg), 0, 65534, &port) != OK)
			return usage();
	}
	if (optind < argc || strlen(demo.data) > 64)
		return usage();
	demo.port = (unsigned short)port;
	app_block_signals();
	demo_log_init(&demo.page);
	result = make_data_folder(demo.data, &why);
	if (result == OK)
		result = run(&demo, &why);
	simulator_stop(demo.simulator);
	demo_log_fini(&demo.page);
	settings_free(demo.server);
	settings_free(demo.platform);
	return result == OK ? EXIT_DONE : options_fail("demo", result, &why);
}
