/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Requests that sleep until another thread answers them, and a server that
 * stops over them. */
#include "http.h"

#include "tests/support/cmocka_all.h"
#include "tests/support/http_client.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	BODY_MAX = 1000,
	HEADER_MAX = 8192,
	SLEEPERS_MAX = 32,
	GRACE_MS = 5000,
};

/* Requests that a begin() handler has kept. */
struct bedroom {
	pthread_mutex_t mutex;
	pthread_cond_t came;
	struct http_request *requests[SLEEPERS_MAX];
	size_t count;
};

static void
keep(void *context, struct http_request *request)
{
	struct bedroom *bedroom = context;

	pthread_mutex_lock(&bedroom->mutex);
	bedroom->requests[bedroom->count++] = request;
	pthread_cond_broadcast(&bedroom->came);
	pthread_mutex_unlock(&bedroom->mutex);
}

static void
wait_for_sleepers(struct bedroom *bedroom, size_t count)
{
	pthread_mutex_lock(&bedroom->mutex);
	while (bedroom->count < count)
		pthread_cond_wait(&bedroom->came, &bedroom->mutex);
	pthread_mutex_unlock(&bedroom->mutex);
}

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
answer_at_once(void *context, struct http_request *request)
{
	(void)context;
	return http_json(request, 200, TEXT("{}"));
}

struct fixture {
	struct bedroom bedroom;
	struct http_route routes[4];
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
		{ "GET", "/awake", 0, answer_at_once, NULL, NULL, "" },
		{ "POST", "/sleep", BODY_MAX, NULL, keep, &fixture->bedroom,
		    "" },
		{ "POST", "/nap", BODY_MAX, NULL, finish_at_once, NULL, "" },
		{ 0 },
	};

	memcpy(fixture->routes, routes, sizeof(routes));
	(void)pthread_mutex_init(&fixture->bedroom.mutex, NULL);
	(void)pthread_cond_init(&fixture->bedroom.came, NULL);
	const struct http_options options = { .host = "127.0.0.1",
		.threads = 2,
		.connections_max = 64,
		.connections_per_address = 64,
		.timeout_s = 10,
		.header_max_bytes = HEADER_MAX,
		.routes = fixture->routes };
	assert_int_equal(
	    http_server_start(&options, &fixture->server, &why), OK);
	fixture->port = http_server_port(fixture->server);
	*state = fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	http_server_stop(fixture->server, GRACE_MS);
	(void)pthread_cond_destroy(&fixture->bedroom.came);
	(void)pthread_mutex_destroy(&fixture->bedroom.mutex);
	free(fixture);
	return 0;
}

static void
assert_still_answers(const struct fixture *fixture)
{
	struct http_client_answer answer =
	    http_client_call(fixture->port, "GET", "/awake", "", TEXT(""));

	assert_int_equal(answer.status, 200);
	free(answer.text);
}

static int
send_to_sleep(const struct fixture *fixture)
{
	int fd = http_client_open(fixture->port);

	http_client_send(fd, TEXT("POST /sleep HTTP/1.1\r\nHost: a\r\n"
				  "Content-Length: 2\r\n\r\nzz"));
	return fd;
}

static void
assert_woken(int fd)
{
	struct http_client_answer answer = http_client_read(fd, false);

	assert_int_equal(answer.status, 200);
	assert_string_equal(answer.body, "{\"woken\":true}");
	free(answer.text);
	(void)close(fd);
}

static void
sleeping_requests_are_woken_in_any_order_and_block_nobody(void **state)
{
	struct fixture *fixture = *state;
	struct bedroom *bedroom = &fixture->bedroom;
	int fds[SLEEPERS_MAX];

	for (size_t i = 0; i < SLEEPERS_MAX; i++)
		fds[i] = send_to_sleep(fixture);
	wait_for_sleepers(bedroom, SLEEPERS_MAX);
	assert_still_answers(fixture);
	for (size_t i = SLEEPERS_MAX; i > 0; i--)
		wake(bedroom->requests[i - 1]);
	for (size_t i = 0; i < SLEEPERS_MAX; i++)
		assert_woken(fds[i]);
}

static void
a_client_that_left_while_its_request_slept_does_no_harm(void **state)
{
	struct fixture *fixture = *state;

	(void)close(send_to_sleep(fixture));
	wait_for_sleepers(&fixture->bedroom, 1);
	wake(fixture->bedroom.requests[0]);
	assert_still_answers(fixture);
}

static void *
stop_server(void *context)
{
	struct fixture *fixture = context;

	http_server_stop(fixture->server, GRACE_MS);
	fixture->server = NULL;
	return NULL;
}

/* A server that stops says so to whoever still comes. */
static void
wait_until_it_stops(unsigned short port)
{
	unsigned status = 0;

	while (status != 503) {
		struct http_client_answer answer =
		    http_client_call(port, "GET", "/awake", "", TEXT(""));

		status = answer.status;
		free(answer.text);
	}
}

static void
a_server_that_stops_answers_who_sleeps_and_lets_nobody_fall_asleep(void **state)
{
	struct fixture *fixture = *state;
	struct bedroom *bedroom = &fixture->bedroom;
	int sleeper = send_to_sleep(fixture);
	int late = http_client_open(fixture->port);
	struct http_client_answer answer;
	pthread_t stopper;

	/* The late one comes on a connection of before. */
	http_client_send(late, TEXT("GET /awake HTTP/1.1\r\nHost: a\r\n\r\n"));
	answer = http_client_read(late, false);
	assert_int_equal(answer.status, 200);
	free(answer.text);
	wait_for_sleepers(bedroom, 1);
	assert_int_equal(
	    pthread_create(&stopper, NULL, stop_server, fixture), 0);
	wait_until_it_stops(fixture->port);
	http_client_send(late,
	    TEXT("POST /nap HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"));
	answer = http_client_read(late, false);
	free(answer.text);
	(void)close(late);
	wake(bedroom->requests[0]);
	assert_woken(sleeper);
	(void)pthread_join(stopper, NULL);
	assert_int_equal(answer.status, 503);
}

#define SERVED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(
		    sleeping_requests_are_woken_in_any_order_and_block_nobody),
		SERVED(a_client_that_left_while_its_request_slept_does_no_harm),
		SERVED(
		    a_server_that_stops_answers_who_sleeps_and_lets_nobody_fall_asleep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
