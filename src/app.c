/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Who owns what, in the order in which it is built:
 *
 *   metrics              any thread
 *   store                its writer thread commits; anybody submits
 *   knowledge, notices   any thread reads them; they are swapped whole.  The
 *                        knowledge is the files and what the store has
 *                        published
 *   sender               its thread owns the only curl_multi
 *   chat                 its thread answers pages that wait for a reply
 *   console              its threads answer staff
 *   sorting              its thread groups what nobody could answer
 *   http                 its pool parses, matches and submits turns
 *
 * Stopping goes backwards: no new turns, then the replies under way, then the
 * last commit. */
#include "app.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "channels.h"
#include "chat.h"
#include "clock.h"
#include "console.h"
#include "deletion.h"
#include "editions.h"
#include "front_page.h"
#include "health.h"
#include "outbox.h"
#include "sorting.h"
#include "static_files.h"
#include "store_notice.h"
#include "webhook.h"

enum { ROUTES_MAX = 32 };

static const uint64_t day_ms = 24ull * 3600 * 1000;

struct app {
	const struct settings *settings;
	const struct log *log;
	struct metrics *metrics;
	struct knowledge_slot *knowledge;
	struct notice_board *notices;
	struct store *store;
	struct sender *sender;
	struct chat *chat;
	/* The store's thread wakes sender and chat, which are stopped before
	 * it. */
	pthread_mutex_t sender_mutex;
	struct turn_service turns;
	struct webhooks webhooks;
	struct health health;
	struct console console;
	struct sorting *sorting;
	struct deletion deletion;
	struct front_page front_page;
	struct static_files static_files;
	struct http_route routes[ROUTES_MAX];
	struct http_server *http;
	uint64_t purged_ms;
	char today[DATE_SIZE]; /* the day that was last loaded, or tried */
};

/* The one list of addresses. */
static void
set_routes(struct app *app)
{
	struct webhooks *webhooks = &app->webhooks;
	struct health *health = &app->health;
	const struct http_route routes[] = {
		{ "GET", "/webhooks/messenger", 0, webhook_handshake, NULL,
		    webhooks, "Meta's check of the callback URL" },
		{ "POST", "/webhooks/messenger",
		    channel_messenger.body_max_bytes, NULL, webhook_begin,
		    webhooks, "events of Messenger" },
		{ "POST", DELETION_PATH, DELETION_BODY_MAX_BYTES, deletion_ask,
		    NULL, &app->deletion, "Meta asks to erase somebody" },
		{ "GET", DELETION_PATH, 0, deletion_status, NULL,
		    &app->deletion, "what became of that, for people" },
		{ "GET", "/webhooks/zalo", 0, webhook_handshake, NULL, webhooks,
		    "answers a browser; Zalo checks with a POST" },
		{ "POST", "/webhooks/zalo", channel_zalo.body_max_bytes, NULL,
		    webhook_begin, webhooks, "events of Zalo" },
		CHAT_ROUTES(app->chat),
		CONSOLE_ROUTES(&app->console),
		{ "GET", "/healthz", 0, health_live, NULL, health,
		    "does the process answer?" },
		{ "GET", "/readyz", 0, NULL, health_ready, health,
		    "is the store writable, the sender alive, the index "
		    "loaded?" },
		{ "GET", "/metrics", 0, health_metrics, NULL, health,
		    "Prometheus' text form" },
		{ "GET", "/", 0, front_page_answer, NULL, &app->front_page,
		    "leads to the chat page; Zalo's proof of the domain" },
		{ "GET", FRONT_PAGE_VERIFIER "*", 0, front_page_verifier, NULL,
		    &app->front_page, "the same proof as a file" },
		STATIC_ROUTES(&app->static_files),
		{ 0 },
	};

	_Static_assert(
	    sizeof(routes) <= sizeof(app->routes), "ROUTES_MAX is too small");
	memcpy(app->routes, routes, sizeof(routes));
}

static void
wake_for_outbox(void *context)
{
	struct app *app = context;

	pthread_mutex_lock(&app->sender_mutex);
	if (app->sender != NULL)
		sender_wake(app->sender);
	if (app->chat != NULL)
		chat_look(app->chat);
	pthread_mutex_unlock(&app->sender_mutex);
}

static void
set_sender(struct app *app, struct sender *sender)
{
	pthread_mutex_lock(&app->sender_mutex);
	app->sender = sender;
	pthread_mutex_unlock(&app->sender_mutex);
}

static void
set_chat(struct app *app, struct chat *chat)
{
	pthread_mutex_lock(&app->sender_mutex);
	app->chat = chat;
	pthread_mutex_unlock(&app->sender_mutex);
}

static enum result
load_knowledge(struct app *app, struct knowledge **out, struct complaint *why)
{
	date_of_ms(clock_now_ms(), app->today);
	return editions_load(
	    app->store, app->settings->faq_dir, app->today, out, why);
}

static enum result
start_knowledge(struct app *app, struct complaint *why)
{
	struct knowledge *first;
	enum result result = load_knowledge(app, &first, why);

	if (result != OK)
		return result;
	app->knowledge = knowledge_slot_new(first);
	return app->knowledge == NULL ? ERR_NOMEM : OK;
}

static enum result
start_store(struct app *app, struct complaint *why)
{
	const struct store_options options = {
		.url = app->settings->store,
		.turns_waiting_max = app->settings->turns_waiting_max,
		.outbox_changed = wake_for_outbox,
		.context = app,
		.log = app->log,
	};

	return store_open(&options, &app->store, why);
}

/* From then on they are read again only when staff change them. */
static enum result
start_notices(struct app *app, struct complaint *why)
{
	enum result result = ERR_NOMEM;

	app->notices = notice_board_new();
	if (app->notices != NULL)
		result = store_notices_post(
		    app->store, clock_now_ms(), app->notices);
	if (result != OK)
		complain(why, app->settings->store, 0,
		    "the notices cannot be read: %s", result_name(result));
	return result;
}

static enum result
start_sender(struct app *app, struct complaint *why)
{
	const struct sender_options options = {
		.settings = app->settings,
		.store = app->store,
		.metrics = app->metrics,
		.log = app->log,
	};

	struct sender *sender;
	enum result result = sender_start(&options, &sender, why);

	if (result == OK)
		set_sender(app, sender);
	return result;
}

static enum result
start_sorting(struct app *app)
{
	const struct sorting_options options = {
		.store = app->store,
		.knowledge = app->knowledge,
		.log = app->log,
	};

	return sorting_start(&options, &app->sorting);
}

static void
connect_services(struct app *app)
{
	app->turns = (struct turn_service){ .store = app->store,
		.knowledge = app->knowledge,
		.metrics = app->metrics,
		.notices = app->notices,
		.staff_silence_ms =
		    app->settings->staff_silence_minutes * 60000,
		.keep_days = app->settings->keep_days,
		.messages_per_minute =
		    app->settings->citizen_messages_per_minute,
		.repeat_ms = app->settings->citizen_repeat_seconds * 1000,
		.burst_wait_ms = app->settings->burst_wait_ms };
	app->webhooks = (struct webhooks){ .turns = &app->turns,
		.settings = app->settings,
		.metrics = app->metrics,
		.log = app->log };
	app->health = (struct health){ .store = app->store,
		.sender = app->sender,
		.knowledge = app->knowledge,
		.metrics = app->metrics };
	app->deletion =
	    (struct deletion){ .settings = app->settings, .log = app->log };
	app->console = (struct console){ .store = app->store,
		.knowledge = app->knowledge,
		.settings = app->settings,
		.notices = app->notices,
		.desk = { .store = app->store,
		    .free_replies_max = app->settings->zalo_free_replies_max,
		    .silent_ms = app->settings->staff_silence_minutes * 60000 },
		.metrics = app->metrics,
		.log = app->log };
	app->front_page =
	    (struct front_page){ .zalo_verification =
				     app->settings->zalo_verification };
	app->static_files =
	    (struct static_files){ .frame_origins =
				       app->settings->chat_origins };
}

static enum result
start_chat(struct app *app)
{
	const struct settings *settings = app->settings;
	const struct chat_options options = {
		.turns = &app->turns,
		.store = app->store,
		.log = app->log,
		.waiting_max = settings->chat_waiting_max,
		.session_per_minute = settings->chat_messages_per_minute,
		.address_per_minute =
		    settings->chat_messages_per_minute_per_address,
		.address_header = settings->client_address_header,
	};
	struct chat *chat;
	enum result result = chat_start(&options, &chat);

	if (result == OK)
		set_chat(app, chat);
	return result;
}

static enum result
start_http(struct app *app, struct complaint *why)
{
	const struct settings *settings = app->settings;
	char host[64];
	struct http_options options = {
		.host = host,
		.threads = (unsigned)settings->http_threads,
		.connections_max = (unsigned)settings->http_connections_max,
		.connections_per_address =
		    (unsigned)settings->http_connections_per_address,
		.timeout_s = (unsigned)settings->http_timeout_s,
		.header_max_bytes = settings->http_header_max_bytes,
		.routes = app->routes,
		.metrics = app->metrics,
		.log = app->log,
	};
	enum result result = settings_listen(
	    settings->listen, host, sizeof(host), &options.port);

	if (result != OK)
		return result;
	return http_server_start(&options, &app->http, why);
}

enum result
app_start(const struct settings *settings, const struct log *log,
    struct app **app_out, struct complaint *why)
{
	struct app *app = calloc(1, sizeof(*app));
	enum result result;

	if (app == NULL)
		return ERR_NOMEM;
	app->settings = settings;
	app->log = log;
	(void)pthread_mutex_init(&app->sender_mutex, NULL);
	app->metrics = metrics_new();
	result = app->metrics == NULL ? ERR_NOMEM : OK;
	if (result == OK)
		result = start_store(app, why);
	if (result == OK)
		result = start_knowledge(app, why);
	if (result == OK)
		result = start_notices(app, why);
	if (result == OK)
		result = start_sender(app, why);
	if (result == OK) {
		connect_services(app);
		result = start_chat(app);
	}
	if (result == OK)
		result = console_start(&app->console);
	if (result == OK)
		result = start_sorting(app);
	if (result == OK) {
		set_routes(app);
		result = start_http(app, why);
	}
	if (result != OK) {
		app_stop(app);
		return result;
	}
	*app_out = app;
	return OK;
}

void
app_stop(struct app *app)
{
	struct sender *sender;
	struct chat *chat;
	unsigned grace_ms;

	if (app == NULL)
		return;
	grace_ms = (unsigned)app->settings->stop_grace_ms;
	chat = app->chat;
	if (chat != NULL)
		chat_close(chat);
	http_server_stop(app->http, grace_ms);
	set_chat(app, NULL);
	chat_stop(chat);
	console_stop(&app->console);
	sorting_stop(app->sorting);
	sender = app->sender;
	set_sender(app, NULL);
	sender_stop(sender, grace_ms);
	store_close(app->store);
	notice_board_free(app->notices);
	knowledge_slot_free(app->knowledge);
	metrics_free(app->metrics);
	(void)pthread_mutex_destroy(&app->sender_mutex);
	free(app);
}

unsigned short
app_port(const struct app *app)
{
	return http_server_port(app->http);
}

struct store *
app_store(struct app *app)
{
	return app->store;
}

struct knowledge_slot *
app_knowledge(struct app *app)
{
	return app->knowledge;
}

struct notice_board *
app_notices(struct app *app)
{
	return app->notices;
}

/* What staff and files say differently, once at each load, for the operator. */
static void
log_loaded(const struct app *app, const struct faq *faq, uint64_t started_ns)
{
	LOG(app->log, LOG_INFO, "faq_loaded", LOG_TEXT("version", faq->version),
	    LOG_NUMBER("entries", faq->entry_count),
	    LOG_NUMBER("from_console", faq->covered_count),
	    LOG_NUMBER("ms", (clock_monotonic_ns() - started_ns) / 1000000));
	for (size_t i = 0; i < faq->covered_count; i++) {
		if (faq->covered[i].conflict)
			LOG(app->log, LOG_WARN, "faq_conflict",
			    LOG_TEXT("entry", faq->covered[i].entry.at),
			    LOG_TEXT("in_force", "the console's revision"));
	}
}

enum result
app_reload(struct app *app, struct complaint *why)
{
	uint64_t started_ns = clock_monotonic_ns();
	const struct knowledge *held;
	struct knowledge *next = NULL;
	enum result result;

	knowledge_slot_begin(app->knowledge);
	result = load_knowledge(app, &next, why);
	held = knowledge_hold(next);
	if (result == OK)
		knowledge_slot_set(app->knowledge, next);
	knowledge_slot_end(app->knowledge);
	if (result != OK)
		return result;
	/* Only now, so that who reads the line is answered by the new base. */
	log_loaded(app, held->faq, started_ns);
	knowledge_drop(held);
	return OK;
}

static void
reload_and_log(struct app *app)
{
	struct complaint why = { .text = "" };
	char text[1024];

	if (app_reload(app, &why) == OK)
		return;
	complaint_print(&why, text, sizeof(text));
	LOG(app->log, LOG_ERROR, "faq_refused", LOG_TEXT("why", text),
	    LOG_TEXT("kept", "the base in force"));
}

void
app_tick(struct app *app)
{
	uint64_t now_ms = clock_now_ms();
	char today[DATE_SIZE];
	enum result result;

	date_of_ms(now_ms, today);
	if (strcmp(today, app->today) != 0)
		reload_and_log(app);
	if (now_ms - app->purged_ms < day_ms)
		return;
	app->purged_ms = now_ms;
	result =
	    store_purge(app->store, now_ms, app->settings->keep_days * day_ms);
	LOG(app->log, result == OK ? LOG_INFO : LOG_ERROR, "purge",
	    LOG_TEXT("result", result_name(result)));
}

static void
wanted_signals(sigset_t *set)
{
	(void)sigemptyset(set);
	(void)sigaddset(set, SIGINT);
	(void)sigaddset(set, SIGTERM);
	(void)sigaddset(set, SIGHUP);
}

void
app_block_signals(void)
{
	sigset_t set;

	wanted_signals(&set);
	(void)pthread_sigmask(SIG_BLOCK, &set, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
}

void
app_run(struct app *app)
{
	const struct timespec second = { .tv_sec = 1 };
	sigset_t set;

	wanted_signals(&set);
	for (;;) {
		int got = sigtimedwait(&set, NULL, &second);

		if (got == SIGINT || got == SIGTERM)
			return;
		if (got == SIGHUP)
			reload_and_log(app);
		app_tick(app);
	}
}
