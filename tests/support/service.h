/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_SERVICE_H
#define HOIDAP_TEST_SERVICE_H

#include "app.h"
#include "log_watch.h"
#include "record.h"
#include "simulator.h"
#include "temp_dir.h"

/* The real server between real sockets: it listens on a port of its own, talks
 * to a simulator of both platforms and keeps its file in a folder of its own.
 * It runs in the test program, where a test can look into its store, or as a
 * child, where a test can kill it. */

#define SERVICE_APP_SECRET "secret-of-the-messenger-app"
#define SERVICE_PAGE_TOKEN "token-of-the-page"
#define SERVICE_PAGE_ID "100000000000001"
#define SERVICE_ZALO_APP_ID "2000000000000000002"
#define SERVICE_ZALO_SECRET "secret-of-the-zalo-app"
#define SERVICE_OA_ID "3000000000000000003"
#define SERVICE_OA_SECRET "secret-key-of-the-oa"
#define SERVICE_ACCESS_TOKEN "first-access-token"
#define SERVICE_REFRESH_TOKEN "first-refresh-token"
#define SERVICE_SMALL_FAQ "tests/scenario/faq"

enum { SERVICE_VARIABLES_MAX = 48, SERVICE_VARIABLE_SIZE = 384 };

struct service {
	/* Set before it is opened, changed only while it is stopped.  Settings
	 * as "HOIDAP_NAME=value", NULL-ended; they win over the standing ones.
	 * NULL: none. */
	const char *const *variables;
	const char *faq_dir; /* NULL: SERVICE_SMALL_FAQ */
	bool as_child;

	struct temp_dir dir;
	struct log_watch log;
	struct simulator *simulator;
	struct record record;
	unsigned short port; /* the server's */
	struct app *app;     /* NULL: stopped, or a child */
	pid_t child;	     /* 0: stopped, or not a child */

	struct settings *platform; /* the accounts as the simulator has them */
	struct settings *settings;
	struct log app_log;
	char lines[SERVICE_VARIABLES_MAX][SERVICE_VARIABLE_SIZE];
	const char *environment[SERVICE_VARIABLES_MAX];
};

/* Make the folder, start the simulator and the server. */
void service_open(struct service *service);
void service_close(struct service *service);

/* The same for cmocka: the initial state is a service to copy the choices of,
 * or NULL; the test's state is the open one. */
int service_setup(void **state);
int service_teardown(void **state);

/* As an operator does it, on the same file.  The port changes. */
void service_stop(struct service *service);
void service_start(struct service *service);
/* A child only: SIGKILL. */
void service_kill(struct service *service);

/* POST BODY, which is taken, to the simulator's control API.  The answer, which
 * must be a 200, is yours. */
json_t *service_control(
    struct service *service, const char *path, json_t *body);
/* Let an API misbehave: RULES is a JSON array. */
void service_script(struct service *service, const char *channel,
    const char *api, const char *rules);
/* Switches of the simulator, a JSON object. */
void service_switch(struct service *service, const char *switches);

/* The value of one line of /metrics, such as
 * "hoidap_webhooks_total{channel=\"zalo\"}". */
uint64_t service_metric(struct service *service, const char *name);
/* Wait until it is WANTED. */
void service_wait_metric(
    struct service *service, const char *name, uint64_t wanted);

/* Wait until FITS holds for what the store counts, and fails the test when it
 * does not come to that. */
void service_wait_counts(struct service *service,
    bool (*fits)(const struct store_counts *counts, uint64_t wanted),
    uint64_t wanted);
bool service_queued_is(const struct store_counts *counts, uint64_t wanted);
bool service_parked_is(const struct store_counts *counts, uint64_t wanted);

/* Let MS pass at once (clock_shift.h); the sender sees it right away.  Not while
 * a reply is on its way: its lease would run out. */
void service_pass_ms(struct service *service, uint64_t ms);

/* Does a file of the store hold TEXT?  The server may be running. */
bool service_file_holds(const struct service *service, const char *text);

#endif
