/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What libmicrohttpd itself costs: the same flags and options as
 * src/http/server.c and the same answer as a webhook's, and nothing else.  The
 * body is read and forgotten.
 *
 *     PORT=8081 bare_server [THREADS]
 */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "text.h"

enum { THREADS_STANDARD = 2, THREADS_MAX = 64 };

static enum MHD_Result
answer(struct MHD_Connection *connection)
{
	static char body[] = "{\"status\":\"ok\"}";
	struct MHD_Response *response = MHD_create_response_from_buffer(
	    sizeof(body) - 1, body, MHD_RESPMEM_PERSISTENT);
	enum MHD_Result queued;

	if (response == NULL)
		return MHD_NO;
	queued = MHD_queue_response(connection, MHD_HTTP_OK, response);
	MHD_destroy_response(response);
	return queued;
}

static enum MHD_Result
on_request(void *context, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **state)
{
	static int begun;

	(void)context;
	(void)url;
	(void)method;
	(void)version;
	(void)data;
	if (*state == NULL) {
		*state = &begun;
		return MHD_YES;
	}
	if (*size > 0) {
		*size = 0;
		return MHD_YES;
	}
	return answer(connection);
}

static struct MHD_Daemon *
start(unsigned short port, unsigned threads)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	return MHD_start_daemon(
	    MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL,
	    NULL, on_request, NULL, MHD_OPTION_SOCK_ADDR, &address,
	    MHD_OPTION_THREAD_POOL_SIZE, threads > 1 ? threads : 0,
	    MHD_OPTION_CONNECTION_LIMIT, 1024u,
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT, 256u,
	    MHD_OPTION_CONNECTION_TIMEOUT, 30u,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32768,
	    MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u, MHD_OPTION_END);
}

static void
wait_for_end(void)
{
	sigset_t ends;
	int got;

	(void)sigemptyset(&ends);
	(void)sigaddset(&ends, SIGINT);
	(void)sigaddset(&ends, SIGTERM);
	(void)sigprocmask(SIG_BLOCK, &ends, NULL);
	(void)sigwait(&ends, &got);
}

int
main(int argc, char **argv)
{
	uint64_t port = 0;
	uint64_t threads = THREADS_STANDARD;
	struct MHD_Daemon *daemon;

	if (text_number(text_of(getenv("PORT")), 1, 65535, &port) != OK ||
	    (argc > 1 && text_number(text_of(argv[1]), 1, THREADS_MAX,
			     &threads) != OK)) {
		fprintf(stderr, "usage: PORT=NUMBER bare_server [THREADS]\n");
		return 2;
	}
	daemon = start((unsigned short)port, (unsigned)threads);
	if (daemon == NULL) {
		fprintf(stderr, "bare_server: cannot listen on port %u\n",
		    (unsigned)port);
		return 1;
	}
	wait_for_end();
	MHD_stop_daemon(daemon);
	return 0;
}
