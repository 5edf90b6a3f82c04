/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_BENCH_GRAPH_H
#define HOIDAP_BENCH_GRAPH_H

#include "turns.h"
#include "wire.h"

/* The Graph API that the server's replies go to: it takes everything, as fast
 * as it comes.  Typing signs are taken too, but only messages count. */

enum { GRAPH_CONNECTIONS_MAX = 64 };

#define GRAPH_ANSWER "{\"recipient_id\":\"0\",\"message_id\":\"m_taken_0\"}"

struct graph {
	int epoll; /* borrowed */
	bool mute;
	unsigned short port;
	struct wire listener;
	struct wire connections[GRAPH_CONNECTIONS_MAX];
	uint64_t messages;
	char awaited[TURNS_CITIZEN_SIZE]; /* whose reply is waited for */
	uint64_t arrived_ns;		  /* when it came; 0: not yet */
};

/* A MUTE one takes calls and never answers.  graph_fini() in any case. */
static inline bool
graph_init(struct graph *graph, int epoll, bool mute)
{
	graph->epoll = epoll;
	graph->mute = mute;
	wire_init(&graph->listener, WIRE_LISTENER);
	for (size_t i = 0; i < GRAPH_CONNECTIONS_MAX; i++)
		wire_init(&graph->connections[i], WIRE_GRAPH);
	graph->listener.fd = wire_bind(&graph->port);
	return graph->listener.fd >= 0 &&
	       listen(graph->listener.fd, GRAPH_CONNECTIONS_MAX) == 0 &&
	       wire_watch(&graph->listener, epoll);
}

static inline void
graph_fini(struct graph *graph)
{
	for (size_t i = 0; i < GRAPH_CONNECTIONS_MAX; i++)
		wire_close(&graph->connections[i]);
	wire_close(&graph->listener);
}

static inline void
graph_accept(struct graph *graph)
{
	int fd = accept(graph->listener.fd, NULL, NULL);

	if (fd < 0)
		return;
	for (size_t i = 0; i < GRAPH_CONNECTIONS_MAX; i++) {
		struct wire *wire = &graph->connections[i];

		if (wire->fd >= 0)
			continue;
		wire->fd = fd;
		if (!wire_watch(wire, graph->epoll))
			wire_close(wire);
		return;
	}
	(void)close(fd); /* more than a server ever keeps */
}

/* Note when the next message to CITIZEN arrives. */
static inline void
graph_await(struct graph *graph, const char *citizen)
{
	(void)snprintf(graph->awaited, sizeof(graph->awaited), "%s", citizen);
	graph->arrived_ns = 0;
}

static inline void
graph_take(struct graph *graph, struct text_view body)
{
	if (text_find(body, TEXT("\"message\":")) == SIZE_MAX)
		return;
	graph->messages++;
	if (graph->arrived_ns == 0 && graph->awaited[0] != '\0' &&
	    text_find(body, text_of(graph->awaited)) != SIZE_MAX)
		graph->arrived_ns = clock_monotonic_ns();
}

static inline void
graph_serve(struct graph *graph, struct wire *wire)
{
	static const char answer[] =
	    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	    "Content-Length: 45\r\n\r\n" GRAPH_ANSWER;
	struct wire_message message;

	_Static_assert(sizeof(GRAPH_ANSWER) - 1 == 45, "the length above");

	if (!wire_fill(wire)) {
		wire_close(wire);
		return;
	}
	while (wire_peek(wire, &message)) {
		graph_take(graph, message.body);
		wire_drop(wire, &message);
		if (!graph->mute && !wire_send(wire, text_of(answer))) {
			wire_close(wire);
			return;
		}
	}
}

#endif
