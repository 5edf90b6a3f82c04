/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_HEALTH_H
#define HOIDAP_HEALTH_H

#include "http.h"
#include "knowledge.h"
#include "outbox.h"
#include "store.h"

/* What a load balancer and a monitor ask. */
struct health {
	struct store *store;
	const struct sender *sender;
	struct knowledge_slot *knowledge;
	struct metrics *metrics;
};

/* GET /healthz: the process answers. */
struct http_answer health_live(void *context, struct http_request *request);
/* GET /readyz: store writable, sender alive, index loaded; 503 and which is
 * not.  Sleeps until the store has committed something. */
void health_ready(void *context, struct http_request *request);
/* GET /metrics: Prometheus' text form. */
struct http_answer health_metrics(void *context, struct http_request *request);

#endif
