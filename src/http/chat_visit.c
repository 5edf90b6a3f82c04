/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "chat_visit.h"

#include "chat_address.h"
#include "clock.h"

enum { BUSY_RETRY_AFTER_S = 2 };

struct chat_visit *
chat_visit_new(const struct chat *chat, struct http_request *request)
{
	struct chat_visit *visit =
	    arena_alloc(&request->arena, 1, sizeof(*visit));

	if (visit == NULL)
		return NULL;
	visit->chat = chat;
	visit->request = request;
	return visit;
}

/* ---- limits ---- */

/* Milliseconds until this citizen, or this address, may write again; 0: now. */
static uint64_t
wait_of(const struct chat_visit *visit)
{
	const struct chat *chat = visit->chat;
	uint64_t now_ms = clock_monotonic_ms();
	char address[HTTP_PEER_SIZE];
	uint64_t wait_ms =
	    chat_limits_take(chat->sessions, visit->session.citizen, now_ms);

	if (wait_ms > 0)
		return wait_ms;
	chat_address_of(visit->request, chat->options.address_header, address);
	if (address[0] == '\0')
		return 0;
	return chat_limits_take(chat->addresses, text_of(address), now_ms);
}

bool
chat_visit_may_write(const struct chat_visit *visit)
{
	struct metrics *metrics = visit->chat->options.turns->metrics;
	uint64_t wait_ms = wait_of(visit);
	struct http_answer answer;

	if (wait_ms == 0)
		return true;
	metrics_add(metrics, METRIC_chat_refused, NULL, 1);
	answer = http_error(
	    visit->request, 429, "too many messages; send it again later");
	answer.retry_after_s = (unsigned)((wait_ms + 999) / 1000);
	http_finish(visit->request, &answer);
	return false;
}

/* ---- refusals ---- */

struct http_answer
chat_visit_busy(struct http_request *request)
{
	struct http_answer answer =
	    http_error(request, 503, "too much is waiting; send it again soon");

	answer.retry_after_s = BUSY_RETRY_AFTER_S;
	return answer;
}

void
chat_visit_refuse(struct http_request *request, enum result result,
    const struct complaint *why)
{
	struct http_answer answer =
	    result == ERR_INVALID || result == ERR_NOT_FOUND
		? http_error(request, 400, why->text)
		: chat_visit_busy(request);

	http_finish(request, &answer);
}
