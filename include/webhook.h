/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_WEBHOOK_H
#define HOIDAP_WEBHOOK_H

#include "settings.h"
#include "turns.h"

/* The handlers of /webhooks/<channel>. */
struct webhooks {
	struct turn_service *turns;
	const struct settings *settings;
	struct metrics *metrics;
	const struct log *log;
};

/* Contexts are a struct webhooks. */
struct http_answer webhook_handshake(
    void *context, struct http_request *request);
void webhook_begin(void *context, struct http_request *request);

#endif
