/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "service.h"

#include <dirent.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "clock_shift.h"
#include "cmocka_all.h"
#include "http_client.h"
#include "process.h"
#include "secret.h"

enum { PATIENCE_MS = 20000, FILE_MAX_BYTES = 256 * 1024 * 1024 };

/* Short waits, so that a test of retries is a matter of milliseconds; and no
 * limit to what a citizen of a test may say. */
static const char *const standing[] = {
	"HOIDAP_LISTEN=127.0.0.1:0",
	"HOIDAP_LOG_LEVEL=debug",
	"HOIDAP_CITIZEN_MESSAGES_PER_MINUTE=0",
	"HOIDAP_CITIZEN_REPEAT_SECONDS=0",
	"HOIDAP_CHAT_MESSAGES_PER_MINUTE=0",
	"HOIDAP_BURST_WAIT_MS=0",
	"HOIDAP_OUTBOX_BACKOFF_MS=10",
	"HOIDAP_OUTBOX_BACKOFF_MAX_MS=1000",
	"HOIDAP_MESSENGER_APP_SECRET=" SERVICE_APP_SECRET,
	"HOIDAP_MESSENGER_VERIFY_TOKEN=token-of-the-handshake",
	"HOIDAP_MESSENGER_PAGE_ID=" SERVICE_PAGE_ID,
	"HOIDAP_MESSENGER_PAGE_TOKEN=" SERVICE_PAGE_TOKEN,
	"HOIDAP_ZALO_APP_ID=" SERVICE_ZALO_APP_ID,
	"HOIDAP_ZALO_APP_SECRET=" SERVICE_ZALO_SECRET,
	"HOIDAP_ZALO_OA_ID=" SERVICE_OA_ID,
	"HOIDAP_ZALO_OA_SECRET=" SERVICE_OA_SECRET,
	"HOIDAP_ZALO_ACCESS_TOKEN=" SERVICE_ACCESS_TOKEN,
	"HOIDAP_ZALO_REFRESH_TOKEN=" SERVICE_REFRESH_TOKEN,
};

/* ---- settings ---- */

static void PRINTF_LIKE(3, 4) add_variable(
    struct service *service, size_t *count, const char *format, ...)
{
	char *line = service->lines[*count];
	va_list arguments;
	int length;

	assert_in_range(*count, 0, SERVICE_VARIABLES_MAX - 2);
	va_start(arguments, format);
	length = vsnprintf(line, SERVICE_VARIABLE_SIZE, format, arguments);
	va_end(arguments);
	assert_in_range(length, 1, SERVICE_VARIABLE_SIZE - 1);
	service->environment[(*count)++] = line;
}

static void
add_apis(struct service *service, size_t *count)
{
	unsigned port = simulator_port(service->simulator);

	add_variable(service, count,
	    "HOIDAP_MESSENGER_API=http://127.0.0.1:%u/graph/v25.0", port);
	add_variable(
	    service, count, "HOIDAP_ZALO_API=http://127.0.0.1:%u/zalo", port);
	add_variable(service, count,
	    "HOIDAP_ZALO_OAUTH=http://127.0.0.1:%u/zalo-oauth", port);
}

/* Of a name that comes twice the last one counts. */
static void
fill_environment(struct service *service)
{
	size_t count = 0;

	for (size_t i = 0; i < sizeof(standing) / sizeof(standing[0]); i++)
		add_variable(service, &count, "%s", standing[i]);
	add_variable(service, &count, "HOIDAP_STORE=sqlite:%s/hoidap.db",
	    service->dir.path);
	add_variable(service, &count, "HOIDAP_FAQ_DIR=%s",
	    service->faq_dir == NULL ? SERVICE_SMALL_FAQ : service->faq_dir);
	if (service->simulator != NULL)
		add_apis(service, &count);
	for (size_t i = 0;
	     service->variables != NULL && service->variables[i] != NULL; i++)
		add_variable(service, &count, "%s", service->variables[i]);
	service->environment[count] = NULL;
}

static struct settings *
load_settings(struct service *service)
{
	/* settings_load() takes the type of environ; it writes nothing. */
	union {
		const char **given;
		char *const *taken;
	} environment = { service->environment };
	struct complaint why = { .text = "" };
	struct settings *settings = NULL;

	fill_environment(service);
	if (settings_load(NULL, environment.taken, &settings, &why) != OK)
		fail_msg("%s", why.text);
	return settings;
}

/* ---- the server ---- */

static void
start_child(struct service *service)
{
	static const char started[] = "event=started";
	const char *arguments[] = { "serve", NULL };
	size_t from = log_watch_end(&service->log);
	char line[LOG_WATCH_LINE_SIZE];
	const char *port;

	fill_environment(service);
	service->child = process_start(
	    arguments, service->environment, fileno(service->log.out));
	log_watch_wait(&service->log, started, &from, line);
	port = strstr(line, "port=");
	assert_non_null(port);
	service->port = (unsigned short)strtoul(port + 5, NULL, 10);
}

static void
start_here(struct service *service)
{
	struct complaint why = { .text = "" };

	service->settings = load_settings(service);
	service->app_log = (struct log){ LOG_DEBUG, service->log.out };
	if (app_start(service->settings, &service->app_log, &service->app,
		&why) != OK)
		fail_msg("%s: %s", why.file, why.text);
	service->port = app_port(service->app);
}

void
service_start(struct service *service)
{
	char url[64];

	if (service->as_child)
		start_child(service);
	else
		start_here(service);
	(void)snprintf(
	    url, sizeof(url), "http://127.0.0.1:%u", (unsigned)service->port);
	assert_int_equal(simulator_target(service->simulator, url), OK);
}

void
service_stop(struct service *service)
{
	if (service->child != 0) {
		assert_int_equal(kill(service->child, SIGTERM), 0);
		assert_int_equal(process_wait(service->child), 0);
		service->child = 0;
	}
	app_stop(service->app);
	service->app = NULL;
	settings_free(service->settings);
	service->settings = NULL;
}

void
service_kill(struct service *service)
{
	assert_int_equal(kill(service->child, SIGKILL), 0);
	assert_int_equal(process_wait(service->child), 128 + SIGKILL);
	service->child = 0;
}

void
service_open(struct service *service)
{
	struct simulator_options options = { .host = "127.0.0.1" };
	struct complaint why = { .text = "" };

	(void)signal(SIGPIPE, SIG_IGN);
	assert_int_equal(secret_init(), OK);
	temp_dir_make(&service->dir);
	log_watch_start(&service->log);
	service->platform = load_settings(service);
	options.accounts = service->platform->accounts;
	options.account_count = service->platform->account_count;
	if (simulator_start(&options, &service->simulator, &why) != OK)
		fail_msg("%s", why.text);
	record_init(&service->record, simulator_port(service->simulator));
	service_start(service);
}

void
service_close(struct service *service)
{
	service_stop(service);
	simulator_stop(service->simulator);
	settings_free(service->platform);
	record_fini(&service->record);
	log_watch_stop(&service->log);
	temp_dir_remove(&service->dir);
}

int
service_setup(void **state)
{
	const struct service *choices = *state;
	struct service *service = calloc(1, sizeof(*service));

	assert_non_null(service);
	if (choices != NULL)
		*service = *choices;
	service_open(service);
	*state = service;
	return 0;
}

int
service_teardown(void **state)
{
	service_close(*state);
	free(*state);
	return 0;
}

/* ---- the simulator's control ---- */

json_t *
service_control(struct service *service, const char *path, json_t *body)
{
	char *text = json_dumps(body, JSON_COMPACT);
	struct http_client_answer answer;
	json_t *said;

	assert_non_null(text);
	json_decref(body);
	answer = http_client_call(simulator_port(service->simulator), "POST",
	    path, "Content-Type: application/json\r\n", text_of(text));
	free(text);
	if (answer.status != 200)
		fail_msg("%s: %u %s", path, answer.status, answer.body);
	said = json_loadb(answer.body, answer.body_len, 0, NULL);
	free(answer.text);
	assert_true(json_is_object(said));
	return said;
}

void
service_script(struct service *service, const char *channel, const char *api,
    const char *rules)
{
	json_t *list = json_loads(rules, 0, NULL);

	assert_true(json_is_array(list));
	json_decref(service_control(service, "/simulator/script",
	    json_pack("{s:s, s:s, s:o}", "channel", channel, "api", api,
		"rules", list)));
}

void
service_switch(struct service *service, const char *switches)
{
	json_t *body = json_loads(switches, 0, NULL);

	assert_true(json_is_object(body));
	json_decref(service_control(service, "/simulator/settings", body));
}

/* ---- what the server says of itself ---- */

uint64_t
service_metric(struct service *service, const char *name)
{
	struct http_client_answer answer = http_client_call(
	    service->port, "GET", "/metrics", "", text_of(NULL));
	struct text_view rest = text_of(answer.body);
	struct text_view line;
	size_t length = strlen(name);
	uint64_t value = UINT64_MAX;

	assert_int_equal(answer.status, 200);
	while (text_split(&rest, '\n', &line))
		if (text_starts(line, text_of(name)) && line.len > length &&
		    line.at[length] == ' ')
			value = strtoull(line.at + length, NULL, 10);
	free(answer.text);
	if (value == UINT64_MAX)
		fail_msg("there is no metric %s", name);
	return value;
}

void
service_wait_metric(struct service *service, const char *name, uint64_t wanted)
{
	uint64_t until_ms = clock_monotonic_ms() + PATIENCE_MS;

	while (service_metric(service, name) != wanted)
		if (clock_monotonic_ms() > until_ms)
			fail_msg("%s does not become %" PRIu64, name, wanted);
}

bool
service_queued_is(const struct store_counts *counts, uint64_t wanted)
{
	return counts->queued == wanted;
}

bool
service_parked_is(const struct store_counts *counts, uint64_t wanted)
{
	return counts->parked == wanted;
}

/* Each look waits for a commit, which whatever was settled before is part
 * of. */
void
service_wait_counts(struct service *service,
    bool (*fits)(const struct store_counts *counts, uint64_t wanted),
    uint64_t wanted)
{
	struct store *store = app_store(service->app);
	uint64_t until_ms = clock_monotonic_ms() + PATIENCE_MS;
	struct store_counts counts;

	do {
		assert_int_equal(store_probe(store, clock_now_ms()), OK);
		assert_int_equal(store_count(store, &counts), OK);
		if (fits(&counts, wanted))
			return;
	} while (clock_monotonic_ms() < until_ms);
	fail_msg("the store has %" PRIu64 " queued and %" PRIu64
		 " parked, not %" PRIu64,
	    counts.queued, counts.parked, wanted);
}

/* ---- time ---- */

/* A message of the web chat needs no platform, and its commit wakes the
 * sender. */
void
service_pass_ms(struct service *service, uint64_t ms)
{
	struct http_client_answer answer;

	clock_shift(ms);
	answer = http_client_call(service->port, "POST", "/api/v1/chat",
	    "Content-Type: application/json\r\n",
	    TEXT("{\"text\": \"xin chào\"}"));
	assert_int_equal(answer.status, 200);
	free(answer.text);
}

/* ---- its file ---- */

static bool
file_holds(const char *path, const char *text)
{
	FILE *file = fopen(path, "rb");
	struct buf content;
	char piece[65536];
	size_t got;
	bool holds;

	assert_non_null(file);
	buf_init(&content, FILE_MAX_BYTES);
	while ((got = fread(piece, 1, sizeof(piece), file)) > 0)
		assert_int_equal(
		    buf_add(&content, (struct text_view){ piece, got }), OK);
	holds = text_find(buf_view(&content), text_of(text)) != SIZE_MAX;
	buf_fini(&content);
	(void)fclose(file);
	return holds;
}

bool
service_file_holds(const struct service *service, const char *text)
{
	DIR *dir = opendir(service->dir.path);
	char path[TEMP_DIR_PATH_SIZE];
	const struct dirent *entry;
	bool holds = false;

	assert_non_null(dir);
	while ((entry = readdir(dir)) != NULL) {
		if (strncmp(entry->d_name, "hoidap.db", 9) != 0)
			continue;
		temp_dir_file(&service->dir, entry->d_name, path);
		holds |= file_holds(path, text);
	}
	(void)closedir(dir);
	return holds;
}
