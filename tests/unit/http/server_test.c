/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Over real sockets: what counts is what a client sees. */
#include "http.h"

#include "tests/support/cmocka_all.h"
#include "tests/support/http_client.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	BODY_MAX = 1000,
	HEADER_MAX = 8192,
	GRACE_MS = 5000,
};

static void
wake(struct http_request *request)
{
	struct http_answer answer =
	    http_json(request, 200, TEXT("{\"woken\":true}"));

	http_finish(request, &answer);
}

static void
finish_at_once(void *context, struct http_request *request)
{
	(void)context;
	wake(request);
}

static struct http_answer
echo(void *context, struct http_request *request)
{
	(void)context;
	return (struct http_answer){ .status = 200,
		.content_type = "text/plain; charset=utf-8",
		.body = request->body };
}

/* The words that a request brought, in one line. */
static struct http_answer
describe(void *context, struct http_request *request)
{
	struct text_view header = http_header(request, "X-Word");
	struct text_view query = http_query(request, "word");
	struct text_view cookie = http_cookie(request, "word");
	struct text_view missing = http_query(request, "missing");
	struct text_view body = TEXT("");
	char line[512];

	(void)context;
	(void)snprintf(line, sizeof(line), "%s %s [%.*s][%.*s][%.*s][%.*s]",
	    request->method, request->path, TEXT_ARGS(header), TEXT_ARGS(query),
	    TEXT_ARGS(cookie), TEXT_ARGS(missing));
	assert_int_equal(arena_text(&request->arena, text_of(line), &body), OK);
	return (struct http_answer){ .status = 200,
		.content_type = "text/plain; charset=utf-8",
		.body = body,
		.set_cookie = "seen=1; HttpOnly",
		.retry_after_s = 7,
		.security_policy = "default-src 'none'" };
}

static struct http_answer
hang_up(void *context, struct http_request *request)
{
	(void)context;
	(void)request;
	return (struct http_answer){ .status = 0 };
}

struct fixture {
	struct metrics *metrics;
	struct http_route routes[8];
	struct http_server *server;
	unsigned short port;
};

static int
set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	struct complaint why;

	assert_non_null(fixture);
	const struct http_route routes[] = {
		{ "GET", "/echo", 0, echo, NULL, NULL, "" },
		{ "POST", "/echo", BODY_MAX, echo, NULL, NULL, "" },
		{ "GET", "/describe/*", 0, describe, NULL, NULL, "" },
		{ "GET", "/hang-up", 0, hang_up, NULL, NULL, "" },
		{ "POST", "/nap", BODY_MAX, NULL, finish_at_once, NULL, "" },
		{ 0 },
	};

	memcpy(fixture->routes, routes, sizeof(routes));
	fixture->metrics = metrics_new();
	const struct http_options options = { .host = "127.0.0.1",
		.threads = 2,
		.connections_max = 64,
		.connections_per_address = 64,
		.timeout_s = 1,
		.header_max_bytes = HEADER_MAX,
		.routes = fixture->routes,
		.metrics = fixture->metrics };
	assert_int_equal(
	    http_server_start(&options, &fixture->server, &why), OK);
	fixture->port = http_server_port(fixture->server);
	assert_int_not_equal(fixture->port, 0);
	*state = fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	http_server_stop(fixture->server, GRACE_MS);
	metrics_free(fixture->metrics);
	free(fixture);
	return 0;
}

static struct http_client_answer
call(const struct fixture *fixture, const char *method, const char *path)
{
	return http_client_call(fixture->port, method, path, "", TEXT(""));
}

static void
assert_header(
    const struct http_client_answer *answer, const char *name, const char *want)
{
	struct text_view got = http_client_header(answer, name);

	if (!text_is(got, want))
		fail_msg(
		    "%s is \"%.*s\", not \"%s\"", name, TEXT_ARGS(got), want);
}

static void
assert_still_answers(const struct fixture *fixture)
{
	struct http_client_answer answer = call(fixture, "GET", "/echo");

	assert_int_equal(answer.status, 200);
	free(answer.text);
}

/* ---- bodies ---- */

static void
a_body_up_to_its_limit_reaches_the_handler(void **state)
{
	const struct fixture *fixture = *state;
	char bytes[BODY_MAX];
	struct http_client_answer answer;

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)i; /* NUL among them */
	answer = http_client_call(fixture->port, "POST", "/echo", "",
	    (struct text_view){ bytes, sizeof(bytes) });
	assert_int_equal(answer.status, 200);
	assert_int_equal(answer.body_len, sizeof(bytes));
	assert_memory_equal(answer.body, bytes, sizeof(bytes));
	free(answer.text);
}

static void
a_body_announced_too_large_is_refused_before_it_is_sent(void **state)
{
	const struct fixture *fixture = *state;
	int fd = http_client_open(fixture->port);
	struct http_client_answer answer;

	http_client_send(fd,
	    TEXT("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n"
		 "Expect: 100-continue\r\n\r\n"));
	answer = http_client_read(fd, false);
	assert_int_equal(answer.status, 413);
	assert_string_equal(answer.body,
	    "{\"error\":\"the body is larger than this address takes\"}");
	free(answer.text);
	(void)close(fd);
	assert_still_answers(fixture);
}

static void
a_chunked_body_too_large_is_refused(void **state)
{
	const struct fixture *fixture = *state;
	int fd = http_client_open(fixture->port);
	char chunk[BODY_MAX];
	struct http_client_answer answer;

	memset(chunk, 'x', sizeof(chunk));
	http_client_send(fd, TEXT("POST /echo HTTP/1.1\r\nHost: a\r\n"
				  "Transfer-Encoding: chunked\r\n\r\n3e8\r\n"));
	http_client_send(fd, (struct text_view){ chunk, sizeof(chunk) });
	http_client_send(fd, TEXT("\r\n1\r\nx\r\n0\r\n\r\n"));
	answer = http_client_read(fd, false);
	assert_int_equal(answer.status, 413);
	free(answer.text);
	(void)close(fd);
}

static void
a_body_without_an_end_is_cut_off(void **state)
{
	const struct fixture *fixture = *state;
	enum { CHUNK = 65536, CHUNKS = 64 };
	int fd = http_client_open(fixture->port);
	char *chunk = malloc(CHUNK);
	struct http_client_answer answer;

	assert_non_null(chunk);
	memset(chunk, 'x', CHUNK);
	http_client_send(fd, TEXT("POST /echo HTTP/1.1\r\nHost: a\r\n"
				  "Transfer-Encoding: chunked\r\n\r\n"));
	for (size_t i = 0; i < CHUNKS; i++) {
		http_client_send(fd, TEXT("10000\r\n"));
		http_client_send(fd, (struct text_view){ chunk, CHUNK });
		http_client_send(fd, TEXT("\r\n"));
	}
	http_client_send(fd, TEXT("0\r\n\r\n"));
	answer = http_client_read(fd, false);
	assert_int_equal(answer.status, 0);
	free(chunk);
	(void)close(fd);
	assert_still_answers(fixture);
}

/* ---- addresses ---- */

static void
what_fits_no_route_is_explained_as_json(void **state)
{
	static const struct {
		const char *method, *path;
		unsigned status;
		const char *allow;
	} cases[] = {
		{ "GET", "/nothing", 404, "" },
		{ "GET", "/", 404, "" },
		{ "GET", "/echo/", 404, "" },
		{ "POST", "/Echo", 404, "" },
		{ "PUT", "/echo", 405, "GET, HEAD, POST" },
		{ "OPTIONS", "/echo", 405, "GET, HEAD, POST" },
		{ "get", "/echo", 405, "GET, HEAD, POST" },
		{ "GET", "/nap", 405, "POST" },
		{ "POST", "/describe/x", 405, "GET, HEAD" },
	};
	const struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_client_answer answer =
		    call(fixture, cases[i].method, cases[i].path);

		assert_int_equal(answer.status, cases[i].status);
		assert_header(&answer, "Allow", cases[i].allow);
		assert_header(
		    &answer, "Content-Type", "application/json; charset=utf-8");
		assert_int_equal(strncmp(answer.body, "{\"error\":", 9), 0);
		free(answer.text);
	}
}

static void
head_gets_what_get_gets_without_the_body(void **state)
{
	const struct fixture *fixture = *state;
	struct http_client_answer get = call(fixture, "GET", "/describe/a");
	struct http_client_answer head = call(fixture, "HEAD", "/describe/a");

	assert_int_equal(head.status, 200);
	assert_int_equal(head.body_len, 0);
	assert_int_equal(
	    text_compare(http_client_header(&get, "Content-Length"),
		http_client_header(&head, "Content-Length")),
	    0);
	free(get.text);
	free(head.text);
}

static void
a_handler_sees_header_query_and_cookie_decoded(void **state)
{
	const struct fixture *fixture = *state;
	struct http_client_answer answer = http_client_call(fixture->port,
	    "GET", "/describe/%C4%91?word=h%E1%BB%8Fi%20%2B+a",
	    "x-word: a b\r\nCookie: other=1; word=c\r\n", TEXT(""));

	assert_string_equal(answer.body, "GET /describe/đ [a b][hỏi + a][c][]");
	free(answer.text);
}

/* ---- answers ---- */

static void
an_answer_carries_what_its_handler_set(void **state)
{
	const struct fixture *fixture = *state;
	struct http_client_answer answer = call(fixture, "GET", "/describe/");

	assert_header(&answer, "Set-Cookie", "seen=1; HttpOnly");
	assert_header(&answer, "Retry-After", "7");
	assert_header(&answer, "Content-Security-Policy", "default-src 'none'");
	free(answer.text);
}

static void
every_answer_forbids_guessing_framing_and_keeping(void **state)
{
	static const char *const paths[] = { "/echo", "/nothing" };
	const struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct http_client_answer answer =
		    call(fixture, "GET", paths[i]);
		struct text_view policy =
		    http_client_header(&answer, "Content-Security-Policy");

		assert_header(&answer, "X-Content-Type-Options", "nosniff");
		assert_header(&answer, "Referrer-Policy", "no-referrer");
		assert_header(&answer, "Cache-Control", "no-store");
		assert_int_not_equal(
		    text_find(policy, TEXT("frame-ancestors 'none'")),
		    SIZE_MAX);
		free(answer.text);
	}
}

static void
an_answer_without_a_status_closes_the_connection(void **state)
{
	const struct fixture *fixture = *state;
	struct http_client_answer answer = call(fixture, "GET", "/hang-up");

	assert_int_equal(answer.status, 0);
}

static void
answers_are_counted_by_class(void **state)
{
	const struct fixture *fixture = *state;

	free(call(fixture, "GET", "/echo").text);
	free(call(fixture, "GET", "/nothing").text);
	free(call(fixture, "PUT", "/echo").text);
	assert_int_equal(
	    metrics_get(fixture->metrics, METRIC_http_requests, "2xx"), 1);
	assert_int_equal(
	    metrics_get(fixture->metrics, METRIC_http_requests, "4xx"), 2);
}

static void
one_connection_serves_many_requests(void **state)
{
	const struct fixture *fixture = *state;
	int fd = http_client_open(fixture->port);

	for (size_t i = 0; i < 3; i++) {
		struct http_client_answer answer;

		http_client_send(fd, TEXT("POST /nap HTTP/1.1\r\nHost: a\r\n"
					  "Content-Length: 2\r\n\r\nok"));
		answer = http_client_read(fd, false);
		assert_int_equal(answer.status, 200);
		free(answer.text);
		http_client_send(
		    fd, TEXT("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n"));
		answer = http_client_read(fd, false);
		assert_int_equal(answer.status, 404);
		free(answer.text);
	}
	(void)close(fd);
}

/* ---- strangers ---- */

static void
headers_past_the_limit_are_refused(void **state)
{
	const struct fixture *fixture = *state;
	int fd = http_client_open(fixture->port);
	char filler[HEADER_MAX];
	struct http_client_answer answer;

	memset(filler, 'x', sizeof(filler));
	http_client_send(fd, TEXT("GET /echo HTTP/1.1\r\nX-Long: "));
	http_client_send(fd, (struct text_view){ filler, sizeof(filler) });
	http_client_send(fd, TEXT("\r\n\r\n"));
	answer = http_client_read(fd, false);
	assert_int_equal(answer.status, 431);
	free(answer.text);
	(void)close(fd);
	assert_still_answers(fixture);
}

static void
hostile_bytes_never_get_a_200_and_never_stop_the_server(void **state)
{
	const struct text_view cases[] = {
		TEXT("\0\0\0\0\r\n\r\n"),
		TEXT("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
		TEXT("GET\r\n\r\n"),
		TEXT("GET  HTTP/1.1\r\n\r\n"),
		TEXT("GET /ec\0ho HTTP/1.1\r\nHost: a\r\n\r\n"),
		TEXT("GET /ec\xffho HTTP/1.1\r\nHost: a\r\n\r\n"),
		TEXT("GET /../echo HTTP/1.1\r\nHost: a\r\n\r\n"),
		TEXT("GET /%2e%2e%2fecho HTTP/1.1\r\nHost: a\r\n\r\n"),
		TEXT("GET http://other.example/ HTTP/1.1\r\nHost: a\r\n\r\n"),
		TEXT("GET /echo HTTP/1.1\r\n\r\n"), /* no Host */
		TEXT("POST /echo HTTP/1.1\r\nHost: a\r\n"
		     "Content-Length: -1\r\n\r\n"),
		TEXT("POST /echo HTTP/1.1\r\nHost: a\r\n"
		     "Content-Length: 99999999999999999999999\r\n\r\n"),
		TEXT("POST /echo HTTP/1.1\r\nHost: a\r\n"
		     "Content-Length: 0x10\r\n\r\n"),
		TEXT("POST /echo HTTP/1.1\r\nHost: a\r\n"
		     "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n"),
		TEXT("POST /echo HTTP/1.1\r\nHost: a\r\n"
		     "Transfer-Encoding: chunked\r\n\r\n"
		     "fffffffffffffffff\r\n\r\n"),
	};
	const struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int fd = http_client_open(fixture->port);
		struct http_client_answer answer;

		http_client_send(fd, cases[i]);
		(void)shutdown(fd, SHUT_WR);
		answer = http_client_read(fd, false);
		free(answer.text);
		(void)close(fd);
		if (answer.status >= 200 && answer.status < 300)
			fail_msg("case %zu got a %u", i, answer.status);
		assert_still_answers(fixture);
	}
}

/* ---- starting ---- */

static void
a_taken_port_and_a_wrong_host_are_refused_with_a_reason(void **state)
{
	const struct fixture *fixture = *state;
	const struct http_route routes[] = { { 0 } };
	const struct {
		const char *host;
		unsigned short port;
		enum result want;
		const char *reason;
	} cases[] = {
		{ "127.0.0.1", fixture->port, ERR_IO, "another program" },
		{ "localhost", 0, ERR_INVALID, "write a number" },
		{ "", 0, ERR_INVALID, "write a number" },
		{ "300.1.1.1", 0, ERR_INVALID, "write a number" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct http_options options = { .host = cases[i].host,
			.port = cases[i].port,
			.threads = 2,
			.connections_max = 8,
			.connections_per_address = 8,
			.timeout_s = 1,
			.header_max_bytes = HEADER_MAX,
			.routes = routes };
		struct http_server *server = NULL;
		struct complaint why;

		assert_int_equal(
		    http_server_start(&options, &server, &why), cases[i].want);
		assert_null(server);
		assert_non_null(strstr(why.text, cases[i].reason));
	}
}

static void
stopping_no_server_does_nothing(void **state)
{
	(void)state;
	http_server_stop(NULL, GRACE_MS);
}

#define SERVED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(a_body_up_to_its_limit_reaches_the_handler),
		SERVED(a_body_announced_too_large_is_refused_before_it_is_sent),
		SERVED(a_chunked_body_too_large_is_refused),
		SERVED(a_body_without_an_end_is_cut_off),
		SERVED(what_fits_no_route_is_explained_as_json),
		SERVED(head_gets_what_get_gets_without_the_body),
		SERVED(a_handler_sees_header_query_and_cookie_decoded),
		SERVED(an_answer_carries_what_its_handler_set),
		SERVED(every_answer_forbids_guessing_framing_and_keeping),
		SERVED(an_answer_without_a_status_closes_the_connection),
		SERVED(answers_are_counted_by_class),
		SERVED(one_connection_serves_many_requests),
		SERVED(headers_past_the_limit_are_refused),
		SERVED(hostile_bytes_never_get_a_200_and_never_stop_the_server),
		SERVED(a_taken_port_and_a_wrong_host_are_refused_with_a_reason),
		cmocka_unit_test(stopping_no_server_does_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
