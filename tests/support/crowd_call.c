/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "crowd_call.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "buf.h"
#include "cmocka_all.h"

/* As http_client.c, but a server that goes away is an answer, too, and no test
 * is failed from a thread of its own. */

enum { PATIENCE_S = 60, ANSWER_MAX_BYTES = 4 << 20, PIECE_BYTES = 16384 };

static int
connect_to(unsigned short port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr = { .s_addr = htonl(INADDR_LOOPBACK) } };
	struct timeval patience = { .tv_sec = PATIENCE_S };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	if (setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
		sizeof(patience)) == 0 &&
	    connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

static bool
send_all(int fd, struct text_view bytes)
{
	while (bytes.len > 0) {
		ssize_t sent = send(fd, bytes.at, bytes.len, MSG_NOSIGNAL);

		if (sent <= 0)
			return false;
		bytes = text_slice(bytes, (size_t)sent, bytes.len);
	}
	return true;
}

static bool
send_call(int fd, const struct crowd_call *call)
{
	bool pages = call->session != NULL;
	struct buf head;
	bool sent;

	buf_init(&head, ANSWER_MAX_BYTES);
	sent = buf_printf(&head,
		   "%s %s HTTP/1.1\r\nHost: localhost\r\n"
		   "Connection: close\r\nContent-Type: application/json\r\n"
		   "%s%s%sContent-Length: %zu\r\n\r\n",
		   call->method, call->path, pages ? "X-Hoidap-Session: " : "",
		   pages ? call->session : "", pages ? "\r\n" : "",
		   call->body.len) == OK &&
	       send_all(fd, buf_view(&head)) && send_all(fd, call->body);
	buf_fini(&head);
	return sent;
}

/* Up to the end of the connection. */
static bool
receive_all(int fd, struct buf *answer)
{
	char piece[PIECE_BYTES];
	ssize_t got;

	while ((got = recv(fd, piece, sizeof(piece), 0)) > 0)
		if (buf_add(answer, (struct text_view){ piece, (size_t)got }) !=
		    OK)
			return false;
	return got == 0;
}

static unsigned
read_answer(struct text_view answer, json_t **said_out)
{
	const struct text_view start = TEXT("HTTP/1.1 ");
	const struct text_view blank = TEXT("\r\n\r\n");
	size_t head_len = text_find(answer, blank);
	uint64_t status = 0;
	struct text_view body;

	if (!text_starts(answer, start) || head_len == SIZE_MAX ||
	    text_number(text_slice(answer, start.len, start.len + 3), 100, 599,
		&status) != OK)
		return 0;
	body = text_slice(answer, head_len + blank.len, answer.len);
	*said_out = json_loadb(body.at, body.len, 0, NULL);
	/* The connection broke in the middle. */
	return *said_out == NULL ? 0 : (unsigned)status;
}

unsigned
crowd_call(
    unsigned short port, const struct crowd_call *call, json_t **said_out)
{
	int fd = connect_to(port);
	struct buf answer;
	unsigned status = 0;

	*said_out = NULL;
	if (fd < 0)
		return 0;
	buf_init(&answer, ANSWER_MAX_BYTES);
	if (send_call(fd, call) && receive_all(fd, &answer))
		status = read_answer(buf_view(&answer), said_out);
	buf_fini(&answer);
	(void)close(fd);
	return status;
}
