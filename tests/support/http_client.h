/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_HTTP_CLIENT_H
#define HOIDAP_TEST_HTTP_CLIENT_H

#include "text.h"

/* A plain client for tests of our own server on 127.0.0.1: it sends exactly
 * the bytes that it is given.  A server that does not answer in ten seconds
 * fails the test. */

struct http_client_answer {
	unsigned status; /* 0: the connection was closed without an answer */
	char *text;	 /* head and body, NUL-terminated; yours to free() */
	char *body;	 /* inside TEXT */
	size_t body_len;
};

/* A socket, yours to close(). */
int http_client_open(unsigned short port);
/* What the server no longer takes is not sent. */
void http_client_send(int fd, struct text_view bytes);
/* One answer; its body is as long as Content-Length says, or, with IS_HEAD,
 * not there. */
struct http_client_answer http_client_read(int fd, bool is_head);

/* One request on a connection of its own.  HEADERS are whole lines that end
 * with \r\n; BODY goes with its Content-Length. */
struct http_client_answer http_client_call(unsigned short port,
    const char *method, const char *path, const char *headers,
    struct text_view body);

/* The value of header NAME in the head of ANSWER, or the empty view. */
struct text_view http_client_header(
    const struct http_client_answer *answer, const char *name);

#endif
