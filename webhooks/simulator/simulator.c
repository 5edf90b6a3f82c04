/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Three threads' worth of work: the HTTP server's own pool answers the APIs,
 * the poster sends webhooks, the sleepers wake requests that are answered
 * later.  What they share lies in struct simulator under its mutex.
 *
 * Stopping is the reverse of starting, except that the poster and the sleepers
 * first let go of every request they hold: the server waits for those. */
#include "simulator.h"

#include "api.h"
#include "control.h"
#include "erasure.h"
#include "page.h"
#include "room.h"
#include "switches.h"
#include "zalo_consent.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	HTTP_THREADS = 2,
	CONNECTIONS_MAX = 2000,
	TIMEOUT_S = 60,
	HEADER_MAX_BYTES = 32 * 1024,
	BODY_MAX_BYTES = 256 * 1024,
	STOP_GRACE_MS = 1000,
	QUOTA = 500,
	ROWS_MAX = 20000,
	ROWS_MAX_BYTES = 64 * 1024 * 1024,
};

/* One address for everything, as with Meta. */
static void
begin_graph(void *context, struct http_request *request)
{
	const char *edge = strrchr(request->path, '/');
	bool sends = strcmp(request->method, "POST") == 0 &&
		     strcmp(edge, "/subscribed_apps") != 0 &&
		     strcmp(edge, "/messenger_profile") != 0;

	sim_api_begin(context,
	    sends ? SIM_API_MESSENGER_SEND : SIM_API_MESSENGER_PAGE, request);
}

static void
begin_zalo_oa(void *context, struct http_request *request)
{
	sim_api_begin(context, SIM_API_ZALO_OA, request);
}

static void
begin_zalo_send(void *context, struct http_request *request)
{
	sim_api_begin(context, SIM_API_ZALO_SEND, request);
}

static void
begin_zalo_token(void *context, struct http_request *request)
{
	sim_api_begin(context, SIM_API_ZALO_TOKEN, request);
}

#define ACT(path, help)                                                        \
	{                                                                      \
		"POST", path, BODY_MAX_BYTES, NULL, sim_control_act, NULL,     \
		    help                                                       \
	}
#define BEGIN(method, path, begin, help)                                       \
	{                                                                      \
		method, path, BODY_MAX_BYTES, NULL, begin, NULL, help          \
	}
#define ANSWER(method, path, answer, help)                                     \
	{                                                                      \
		method, path, BODY_MAX_BYTES, answer, NULL, NULL, help         \
	}

static const struct http_route own_routes[] = {
	BEGIN("POST", "/graph/*", begin_graph, "Messenger's send API"),
	BEGIN("GET", "/graph/*", begin_graph, "what a page is set up to"),
	BEGIN("DELETE", "/graph/*", begin_graph, "setting it up"),
	BEGIN(
	    "GET", "/zalo/v2.0/oa/getoa", begin_zalo_oa, "whose token is it?"),
	BEGIN("POST", "/zalo/*", begin_zalo_send, "Zalo's message API"),
	BEGIN("POST", "/zalo-oauth/v4/oa/access_token", begin_zalo_token,
	    "Zalo's OAuth"),
	ANSWER("GET", "/zalo-oauth/v4/oa/permission", sim_zalo_consent,
	    "the OA's administrator consents"),
	ACT("/simulator/say", "a citizen writes"),
	ACT("/simulator/tap", "a citizen taps a button"),
	ACT("/simulator/attach", "a citizen sends a photo, a sticker, ..."),
	ACT("/simulator/follow", "a citizen opens the conversation"),
	ACT("/simulator/leave", "a citizen unfollows"),
	ACT("/simulator/react", "a citizen reacts to a message"),
	ACT("/simulator/withdraw", "a citizen asks Zalo to be erased"),
	BEGIN("POST", "/simulator/erase", sim_erasure_begin,
	    "Meta's callback: erase somebody"),
	ACT("/simulator/staff", "a person answers in the platform's tool"),
	ACT("/simulator/take", "another app takes the thread"),
	ACT("/simulator/pass", "another app passes the thread to us"),
	ACT("/simulator/request", "another app asks for the thread"),
	BEGIN("POST", "/simulator/raw", sim_control_raw, "any body"),
	BEGIN("POST", "/simulator/redeliver", sim_control_redeliver,
	    "the same bytes again"),
	BEGIN("GET", "/simulator/record", sim_control_record,
	    "what phones show and what APIs took"),
	ANSWER("POST", "/simulator/script", sim_control_script,
	    "let an API misbehave"),
	ANSWER("POST", "/simulator/settings", sim_switches_change,
	    "echoes and other switches"),
	ANSWER("POST", "/simulator/tokens", sim_control_tokens,
	    "let the access token expire"),
	ANSWER("POST", "/simulator/reset", sim_control_reset,
	    "forget everything but the tokens"),
	ANSWER("GET", "/demo/config", sim_page_config, "the page's settings"),
	ANSWER("GET", "/*", sim_page_file, "the demo's page"),
};

enum { OWN_ROUTES = sizeof(own_routes) / sizeof(own_routes[0]) };

/* The guest's routes come first, so that "/" does not hide them. */
static struct http_route *
routes_new(struct simulator *simulator, const struct http_route *more)
{
	struct http_route *routes;
	size_t count = 0;

	while (more != NULL && more[count].path != NULL)
		count++;
	routes = calloc(count + OWN_ROUTES + 1, sizeof(*routes));
	if (routes == NULL)
		return NULL;
	if (count > 0)
		memcpy(routes, more, count * sizeof(*routes));
	memcpy(routes + count, own_routes, sizeof(own_routes));
	for (size_t i = 0; i < OWN_ROUTES; i++)
		routes[count + i].context = simulator;
	return routes;
}

static enum result
chains_new(const struct account *accounts, size_t count,
    struct sim_chain **chains_out, struct complaint *why)
{
	struct sim_chain *chains = calloc(count + 1, sizeof(*chains));

	if (chains == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < count; i++) {
		if (sim_chain_init(&chains[i], &accounts[i]) == OK)
			continue;
		complain(why, NULL, 0, "a token of account %s is too long",
		    accounts[i].name);
		free(chains);
		return ERR_INVALID;
	}
	*chains_out = chains;
	return OK;
}

static enum result
start_server(struct simulator *simulator,
    const struct simulator_options *options, struct complaint *why)
{
	return http_server_start(&(struct http_options){ .host = options->host,
				     .port = options->port,
				     .threads = HTTP_THREADS,
				     .connections_max = CONNECTIONS_MAX,
				     .connections_per_address = CONNECTIONS_MAX,
				     .timeout_s = TIMEOUT_S,
				     .header_max_bytes = HEADER_MAX_BYTES,
				     .routes = simulator->routes,
				     .log = options->log },
	    &simulator->server, why);
}

enum result
simulator_start(const struct simulator_options *options,
    struct simulator **simulator_out, struct complaint *why)
{
	struct simulator *simulator = calloc(1, sizeof(*simulator));
	enum result result;

	if (simulator == NULL)
		return ERR_NOMEM;
	(void)pthread_mutex_init(&simulator->mutex, NULL);
	simulator->accounts = options->accounts;
	simulator->account_count = options->account_count;
	simulator->log = options->log;
	simulator->at_start = (struct sim_settings){ .echoes = options->echoes,
		.proof = true,
		.manages = true,
		.windows = true,
		.quota = QUOTA };
	simulator->settings = simulator->at_start;
	simulator->routes = routes_new(simulator, options->more_routes);
	simulator->pages = json_object();
	result = simulator->routes == NULL || simulator->pages == NULL
		     ? ERR_NOMEM
		     : OK;
	if (result == OK)
		result = chains_new(options->accounts, options->account_count,
		    &simulator->chains, why);
	if (result == OK)
		result = sim_record_init(
		    &simulator->record, ROWS_MAX, ROWS_MAX_BYTES);
	if (result == OK)
		result = sim_people_init(&simulator->people);
	if (result == OK)
		result = sim_sleepers_start(&simulator->sleepers);
	if (result == OK)
		result = sim_poster_start(&simulator->poster);
	if (result == OK)
		result = start_server(simulator, options, why);
	if (result != OK) {
		simulator_stop(simulator);
		return result;
	}
	*simulator_out = simulator;
	return OK;
}

unsigned short
simulator_port(const struct simulator *simulator)
{
	return http_server_port(simulator->server);
}

/* It ends up in a header and in front of a path: an origin, nothing behind. */
static bool
is_origin(struct text_view url)
{
	size_t scheme = text_starts(url, TEXT("http://"))    ? 7
			: text_starts(url, TEXT("https://")) ? 8
							     : 0;

	for (size_t i = scheme; i < url.len; i++)
		if (!isalnum((unsigned char)url.at[i]) &&
		    strchr(".-:[]", url.at[i]) == NULL)
			return false;
	return scheme > 0 && url.len > scheme;
}

enum result
simulator_target(struct simulator *simulator, const char *url)
{
	enum result result = ERR_INVALID;

	if (!is_origin(text_of(url)))
		return ERR_INVALID;
	pthread_mutex_lock(&simulator->mutex);
	result = text_copy(
	    simulator->target, sizeof(simulator->target), text_of(url));
	pthread_mutex_unlock(&simulator->mutex);
	return result;
}

void
simulator_stop(struct simulator *simulator)
{
	if (simulator == NULL)
		return;
	if (simulator->poster != NULL)
		sim_poster_close(simulator->poster);
	if (simulator->sleepers != NULL)
		sim_sleepers_close(simulator->sleepers);
	http_server_stop(simulator->server, STOP_GRACE_MS);
	sim_poster_stop(simulator->poster);
	sim_sleepers_stop(simulator->sleepers);
	for (size_t i = 0; i < SIM_APIS; i++)
		sim_script_fini(&simulator->scripts[i]);
	sim_people_fini(&simulator->people);
	sim_record_fini(&simulator->record);
	sim_sent_clear(&simulator->sent);
	json_decref(simulator->pages);
	free(simulator->chains);
	free(simulator->routes);
	(void)pthread_mutex_destroy(&simulator->mutex);
	free(simulator);
}
