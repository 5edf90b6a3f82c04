/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/http_client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "buf.h"
#include "tests/support/cmocka_all.h"

enum { PATIENCE_S = 10, ANSWER_MAX_BYTES = 4 * 1024 * 1024 };

int
http_client_open(unsigned short port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr = { .s_addr = htonl(INADDR_LOOPBACK) } };
	struct timeval patience = { .tv_sec = PATIENCE_S };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
			     sizeof(patience)),
	    0);
	assert_int_equal(
	    connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

void
http_client_send(int fd, struct text_view bytes)
{
	while (bytes.len > 0) {
		ssize_t sent = send(fd, bytes.at, bytes.len, MSG_NOSIGNAL);

		if (sent <= 0)
			return;
		bytes = text_slice(bytes, (size_t)sent, bytes.len);
	}
}

struct text_view
http_client_header(const struct http_client_answer *answer, const char *name)
{
	struct text_view rest = text_of(answer->text);
	struct text_view line;
	size_t name_len = strlen(name);

	while (text_split(&rest, '\n', &line)) {
		line = text_trim(line);
		if (line.len == 0)
			break;
		if (line.len > name_len && line.at[name_len] == ':' &&
		    strncasecmp(line.at, name, name_len) == 0)
			return text_trim(
			    text_slice(line, name_len + 1, line.len));
	}
	return TEXT("");
}

/* How many bytes the body of a finished head has. */
static size_t
body_length(const struct http_client_answer *answer, bool is_head)
{
	struct text_view length = http_client_header(answer, "Content-Length");
	uint64_t bytes = 0;

	if (is_head || length.len == 0)
		return 0;
	assert_int_equal(text_number(length, 0, ANSWER_MAX_BYTES, &bytes), OK);
	return (size_t)bytes;
}

/* One byte, so that nothing is taken from the next answer.  False at the end
 * of the stream. */
static bool
receive(int fd, struct buf *text)
{
	char byte;
	ssize_t got = recv(fd, &byte, 1, 0);

	if (got < 0 && errno != ECONNRESET)
		fail_msg("the server does not answer");
	if (got <= 0)
		return false;
	assert_int_equal(buf_add_char(text, byte), OK);
	return true;
}

struct http_client_answer
http_client_read(int fd, bool is_head)
{
	struct http_client_answer answer = { .status = 0 };
	struct text_view blank = TEXT("\r\n\r\n");
	struct buf text;
	size_t head_len = SIZE_MAX;

	buf_init(&text, ANSWER_MAX_BYTES);
	while (head_len == SIZE_MAX && receive(fd, &text))
		head_len = text_find(buf_view(&text), blank);
	if (head_len == SIZE_MAX) {
		buf_fini(&text);
		return answer;
	}
	head_len += blank.len;
	answer.text = text.at;
	answer.body_len = body_length(&answer, is_head);
	while (text.len < head_len + answer.body_len)
		if (!receive(fd, &text))
			fail_msg("the answer ends in the middle of its body");
	answer.text = buf_take(&text);
	answer.body = answer.text + head_len;
	assert_int_equal(strncmp(answer.text, "HTTP/1.1 ", 9), 0);
	answer.status = (unsigned)strtoul(answer.text + 9, NULL, 10);
	return answer;
}

struct http_client_answer
http_client_call(unsigned short port, const char *method, const char *path,
    const char *headers, struct text_view body)
{
	struct http_client_answer answer;
	struct buf head;
	int fd = http_client_open(port);

	buf_init(&head, ANSWER_MAX_BYTES);
	assert_int_equal(
	    buf_printf(&head,
		"%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s"
		"Content-Length: %zu\r\n\r\n",
		method, path, headers, body.len),
	    OK);
	http_client_send(fd, buf_view(&head));
	http_client_send(fd, body);
	answer = http_client_read(fd, strcmp(method, "HEAD") == 0);
	buf_fini(&head);
	(void)close(fd);
	return answer;
}
