/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "health.h"

#include <stdlib.h>

enum {
	SENDER_SILENCE_MAX_S = 60,
	METRICS_MAX_BYTES = 262144,
};

struct http_answer
health_live(void *context, struct http_request *request)
{
	(void)context;
	return http_json(request, 200, TEXT("{\"alive\": true}"));
}

/* ---- ready ---- */

static void
unready(struct http_request *request, const char *why)
{
	struct http_answer answer = http_error(request, 503, why);

	http_finish(request, &answer);
}

/* A turn of nobody, on its way through the store. */
struct probe {
	struct http_request *request;
	struct turn turn;
	struct turn_batch batch;
};

static void
on_probed(struct turn_batch *batch, enum result result)
{
	const struct probe *probe = batch->context;
	struct http_request *request = probe->request;
	struct http_answer answer;

	if (result != OK) {
		unready(request, "the store cannot be written");
		return;
	}
	answer = http_json(request, 200,
	    TEXT("{\"ready\": true, \"store\": true, \"sender\": true, "
		 "\"index\": true}"));
	http_finish(request, &answer);
}

static enum result
probe_start(struct store *store, struct http_request *request)
{
	struct probe *probe = arena_alloc(&request->arena, 1, sizeof(*probe));

	if (probe == NULL)
		return ERR_NOMEM;
	*probe = (struct probe){ .request = request,
		.turn = { .now_ms = clock_now_ms() },
		.batch = { .count = 1, .done = on_probed } };
	probe->batch.turns = &probe->turn;
	probe->batch.context = probe;
	return store_submit(store, &probe->batch);
}

void
health_ready(void *context, struct http_request *request)
{
	const struct health *health = context;
	const struct knowledge *knowledge =
	    knowledge_slot_get(health->knowledge);
	bool has_index = knowledge != NULL;

	knowledge_drop(knowledge);
	if (!has_index)
		unready(request, "no FAQ base is loaded");
	else if (!sender_alive(health->sender, SENDER_SILENCE_MAX_S))
		unready(request, "the sender has not moved for a minute");
	/* On OK on_probed() answers, or has answered. */
	else if (probe_start(health->store, request) != OK)
		unready(request, "too much is waiting for the store");
}

/* ---- metrics ---- */

static void
set_gauges(const struct health *health)
{
	struct store_counts counts;
	uint64_t now_ms = clock_now_ms();
	uint64_t age_s = 0;
	const struct knowledge *knowledge =
	    knowledge_slot_get(health->knowledge);

	if (knowledge != NULL)
		metrics_set(health->metrics, METRIC_faq_entries, NULL,
		    knowledge->faq->entry_count);
	knowledge_drop(knowledge);
	if (store_count(health->store, &counts) != OK)
		return;
	if (counts.oldest_queued_ms > 0 && now_ms > counts.oldest_queued_ms)
		age_s = (now_ms - counts.oldest_queued_ms) / 1000;
	metrics_set(
	    health->metrics, METRIC_turns_waiting, NULL, counts.turns_waiting);
	metrics_set(health->metrics, METRIC_outbox_queued, NULL, counts.queued);
	metrics_set(health->metrics, METRIC_outbox_parked, NULL, counts.parked);
	metrics_set(health->metrics, METRIC_outbox_oldest_seconds, NULL, age_s);
	metrics_set(health->metrics, METRIC_questions, NULL, counts.questions);
	metrics_set(health->metrics, METRIC_questions_unanswered, NULL,
	    counts.unanswered);
}

struct http_answer
health_metrics(void *context, struct http_request *request)
{
	const struct health *health = context;
	struct text_view body = TEXT("");
	struct buf text;
	enum result result;

	set_gauges(health);
	buf_init(&text, METRICS_MAX_BYTES);
	result = metrics_print(health->metrics, &text);
	if (result == OK)
		result = arena_text(&request->arena, buf_view(&text), &body);
	buf_fini(&text);
	if (result != OK)
		return http_error(request, 500, "out of memory");
	return (struct http_answer){ .status = 200,
		.content_type = "text/plain; version=0.0.4; charset=utf-8",
		.body = body };
}
