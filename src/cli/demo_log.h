/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_DEMO_LOG_H
#define HOIDAP_DEMO_LOG_H

#include <pthread.h>

#include "app.h"
#include "http.h"

/* What the demo's page shows below the phones. */
struct demo_log {
	pthread_mutex_t mutex; /* held while a page reads from APP */
	struct app *app;       /* NULL while it does not run: 503 */
};

void demo_log_init(struct demo_log *log);
void demo_log_fini(struct demo_log *log);
/* From when the server runs; NULL before it stops. */
void demo_log_set(struct demo_log *log, struct app *app);

/* GET /demo/log?after=ID: questions newer than ID with what was understood and
 * why, the newest unanswered ones, and counts.  CONTEXT is a struct demo_log. */
struct http_answer demo_questions(void *context, struct http_request *request);

#endif
