/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_BENCH_WIRE_H
#define HOIDAP_BENCH_WIRE_H

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "text.h"

/* Just enough HTTP/1.1 for programs that talk to programs we know: kept
 * connections, every message with a Content-Length. */

enum { WIRE_MESSAGE_MAX_BYTES = 32768 };

enum wire_role { WIRE_LISTENER, WIRE_GRAPH, WIRE_CLIENT };

/* One connection, and what of it is not consumed yet. */
struct wire {
	int fd; /* -1: not open */
	enum wire_role role;
	uint64_t sent_ns; /* when the last message went out */
	size_t len;
	char in[WIRE_MESSAGE_MAX_BYTES + 1]; /* with a NUL behind LEN */
};

struct wire_message {
	struct text_view head;
	struct text_view body;
};

/* A TCP connection to PORT of this machine; -1 when nobody listens. */
static inline int
wire_connect(unsigned short port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

/* A socket on a free port of this machine; -1 when there is none. */
static inline int
wire_bind(unsigned short *port_out)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	if (bind(fd, (struct sockaddr *)&address, size) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &size) != 0) {
		(void)close(fd);
		return -1;
	}
	*port_out = ntohs(address.sin_port);
	return fd;
}

static inline void
wire_init(struct wire *wire, enum wire_role role)
{
	wire->fd = -1;
	wire->role = role;
	wire->len = 0;
}

/* Let EPOLL say when there is something to read; the event points to WIRE. */
static inline bool
wire_watch(struct wire *wire, int epoll)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = wire };

	return epoll_ctl(epoll, EPOLL_CTL_ADD, wire->fd, &event) == 0;
}

static inline void
wire_close(struct wire *wire)
{
	if (wire->fd >= 0)
		(void)close(wire->fd);
	wire->fd = -1;
	wire->len = 0;
}

/* Messages are far smaller than a socket's buffer: a short write is a fault. */
static inline bool
wire_send(struct wire *wire, struct text_view bytes)
{
	wire->sent_ns = clock_monotonic_ns();
	return send(wire->fd, bytes.at, bytes.len, MSG_NOSIGNAL) ==
	       (ssize_t)bytes.len;
}

/* Read what is there; false at the end of the connection, or when a message is
 * too large. */
static inline bool
wire_fill(struct wire *wire)
{
	ssize_t got = recv(wire->fd, wire->in + wire->len,
	    WIRE_MESSAGE_MAX_BYTES - wire->len, 0);

	if (got <= 0)
		return false;
	wire->len += (size_t)got;
	wire->in[wire->len] = '\0';
	return true;
}

/* The first message, when all of it is there.  Borrows from WIRE. */
static inline bool
wire_peek(const struct wire *wire, struct wire_message *out)
{
	static const char length_name[] = "\r\nContent-Length:";
	const char *end = strstr(wire->in, "\r\n\r\n");
	const char *length = strcasestr(wire->in, length_name);
	size_t head_len;
	size_t body_len = 0;

	if (wire->len == 0 || end == NULL)
		return false;
	head_len = (size_t)(end - wire->in) + 4;
	if (length != NULL && length < end)
		body_len = strtoul(length + sizeof(length_name) - 1, NULL, 10);
	if (wire->len - head_len < body_len)
		return false;
	out->head = (struct text_view){ wire->in, head_len };
	out->body = (struct text_view){ wire->in + head_len, body_len };
	return true;
}

/* Drop the message that wire_peek() gave. */
static inline void
wire_drop(struct wire *wire, const struct wire_message *message)
{
	size_t used = message->head.len + message->body.len;

	wire->len -= used;
	memmove(wire->in, wire->in + used, wire->len + 1);
}

#endif
