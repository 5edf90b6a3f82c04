/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_HTTP_H
#define HOIDAP_HTTP_H

#include "arena.h"
#include "log.h"
#include "metrics.h"

/* The HTTP server: the only user of libmicrohttpd.  Handlers get a whole
 * request and give an answer; one place sends, logs, counts and adds the
 * security headers. */

struct http_request {
	const char *method; /* "GET" for HEAD too */
	const char *path;   /* decoded, without the query */
	struct text_view body;
	struct arena arena; /* lives until the answer is sent */
	uint64_t id;	    /* for logs */
	uint64_t started_ns;
	void *server; /* private */
	void *connection;
};

/* Header or query parameter by name; the empty view when it is not there. */
struct text_view http_header(
    const struct http_request *request, const char *name);
struct text_view http_query(
    const struct http_request *request, const char *name);
struct text_view http_cookie(
    const struct http_request *request, const char *name);

/* Does it declare its body as JSON? */
bool http_has_json(const struct http_request *request);

enum { HTTP_PEER_SIZE = 46 }; /* INET6_ADDRSTRLEN */
/* The address at the other end of the connection, a proxy's if there is one;
 * "" when it cannot be told. */
void http_peer(const struct http_request *request, char out[HTTP_PEER_SIZE]);

struct http_answer {
	unsigned status; /* 0: close the connection without an answer */
	const char *content_type; /* static; NULL: none */
	struct text_view body;	  /* static, or in the request's arena */
	const char *set_cookie;	  /* in the request's arena; NULL: none */
	unsigned retry_after_s;	  /* 0: not said */
	/* Content-Security-Policy; NULL: only our own origin, never framed. */
	const char *security_policy;
	/* In quotes, in the request's arena or static: the browser may keep the
	 * body and asks each time whether it is still this one; NULL: it may
	 * keep nothing. */
	const char *etag;
	/* The body is compressed in this way ("gzip"), since the browser takes
	 * it; NULL: it is plain. */
	const char *encoding;
	/* To be saved under this name, of plain ASCII letters, digits, '.',
	 * '-' and '_'; NULL: to be shown. */
	const char *file_name;
};

struct http_route {
	const char *method;    /* "GET" answers HEAD too */
	const char *path;      /* exact; a final "*" matches any rest */
	size_t body_max_bytes; /* more is 413 */
	/* One of the two. ANSWER gives its answer at once.  BEGIN may keep the
	 * request and must see to it that http_finish() is called exactly once,
	 * from any thread, now or later; the connection sleeps meanwhile. */
	struct http_answer (*answer)(
	    void *context, struct http_request *request);
	void (*begin)(void *context, struct http_request *request);
	void *context;
	const char *help; /* what it is for, in a few words */
};

void http_finish(
    struct http_request *request, const struct http_answer *answer);

/* {"error": "..."} with a status; the message is for people. */
struct http_answer http_error(
    struct http_request *request, unsigned status, const char *message);
struct http_answer http_json(
    struct http_request *request, unsigned status, struct text_view json);

struct http_options {
	const char *host;    /* "127.0.0.1" */
	unsigned short port; /* 0: any free one */
	unsigned threads;
	unsigned connections_max;
	unsigned connections_per_address;
	unsigned timeout_s;
	size_t header_max_bytes;
	const struct http_route *routes; /* ends with a NULL path; must outlive
					    the server */
	struct metrics *metrics;	 /* may be NULL */
	const struct log *log;		 /* may be NULL */
};

struct http_server;

enum result http_server_start(const struct http_options *options,
    struct http_server **server_out, struct complaint *why) MUST_CHECK;
unsigned short http_server_port(const struct http_server *server);
/* Stop accepting, wait up to GRACE_MS for requests under way, close. Takes
 * NULL.  Whoever finishes sleeping requests must still run. */
void http_server_stop(struct http_server *server, unsigned grace_ms);

#endif
