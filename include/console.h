/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_H
#define HOIDAP_CONSOLE_H

#include "desk.h"
#include "http.h"
#include "knowledge.h"
#include "notices.h"
#include "settings.h"
#include "store.h"

/* The staff's half of the server: /api/v1 for programs, /console/ for people.
 * Requests of the API wait in a bounded queue for threads of their own, since
 * passwords take long and changes wait for the disk: webhooks never do. */

struct console_crew; /* its threads and their queue */
struct throttle;
struct faq_checks;

/* Lives as long as the app; whoever handles a request may read all of it. */
struct console {
	struct store *store;
	struct knowledge_slot *knowledge;
	const struct settings *settings;
	struct notice_board *notices;
	struct desk desk;	 /* where staff write to citizens */
	struct metrics *metrics; /* may be NULL */
	const struct log *log;	 /* may be NULL */
	/* Set by console_start(). */
	struct throttle *throttle;
	struct console_crew *crew;
	struct faq_checks *checks; /* of drafts, before they are published */
};

enum {
	CONSOLE_BODY_MAX_BYTES = 1024 * 1024,
	CONSOLE_WAITING_MAX = 64, /* requests; more are answered 503 */
};

/* Start the threads.  ERR_NOMEM. */
enum result console_start(struct console *console) MUST_CHECK;
/* After the HTTP server, whose sleeping requests it answers.  Also when it was
 * never started. */
void console_stop(struct console *console);

/* Everything below /api/v1 that no other route takes.  CONTEXT is the
 * console. */
void console_begin(void *context, struct http_request *request);
/* The console's pages, from the binary. */
struct http_answer console_page(void *context, struct http_request *request);

#define CONSOLE_API_ROUTE(method, console)                                     \
	{                                                                      \
		(method), "/api/v1/*", CONSOLE_BODY_MAX_BYTES, NULL,           \
		    console_begin, (console), "the staff API"                  \
	}
#define CONSOLE_PAGE_ROUTE(path, console)                                      \
	{                                                                      \
		"GET", (path), 0, console_page, NULL, (console),               \
		    "the staff's pages"                                        \
	}
/* Its rows of a table of routes, behind every other /api/v1 row. */
#define CONSOLE_ROUTES(console)                                                \
	CONSOLE_API_ROUTE("GET", console), CONSOLE_API_ROUTE("POST", console), \
	    CONSOLE_API_ROUTE("PUT", console),                                 \
	    CONSOLE_API_ROUTE("DELETE", console),                              \
	    CONSOLE_PAGE_ROUTE("/console", console),                           \
	    CONSOLE_PAGE_ROUTE("/console/*", console)

#endif
