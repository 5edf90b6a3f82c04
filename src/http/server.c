/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The one place that talks to libmicrohttpd.
 *
 * A request lives in a struct exchange from its first byte to its last.  Its
 * body is gathered up to the route's ceiling, then its route runs.  A route
 * that answers later has its connection suspended before it runs, so that
 * http_finish() may be called at once, from any thread: it leaves the answer in
 * the exchange and wakes the connection, and the pool thread sends it.
 *
 * libmicrohttpd answers by itself, in HTML, what never becomes a request: a
 * malformed request line (400) and headers past the limit (431). */
#include "http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "buf.h"
#include "clock.h"
#include "route.h"

enum {
	REQUEST_ARENA_MAX_BYTES = 64 * 1024 * 1024, /* matching takes 32 */
	/* Read and dropped past a body's ceiling, so that the client gets to
	 * read its 413; then the connection is closed. */
	DRAIN_MAX_BYTES = 1024 * 1024,
	STOPPING_RETRY_AFTER_S = 1,
	FILE_NAME_MAX = 100,
};

enum phase { GATHERING, SLEEPING, ANSWERED };

struct exchange {
	struct http_request request; /* first: http_finish() gets this */
	const struct http_route *route;
	struct buf body;
	size_t dropped_bytes; /* past its ceiling */
	enum result gathered;
	const char *allow; /* methods of this path, for a 405 */
	struct http_answer answer;
	_Atomic enum phase phase;
};

struct http_server {
	struct MHD_Daemon *daemon;
	const struct http_route *routes;
	struct metrics *metrics;
	const struct log *log;
	unsigned short port;
	_Atomic uint64_t last_id;
	/* Requests between first byte and last; SLEEPING ones among them. */
	pthread_mutex_t mutex;
	pthread_cond_t idle;
	unsigned active;
	unsigned sleeping;
	bool stopping; /* no request may fall asleep any more */
};

static struct text_view
lookup(const struct http_request *request, enum MHD_ValueKind kind,
    const char *name)
{
	return text_of(
	    MHD_lookup_connection_value(request->connection, kind, name));
}

struct text_view
http_header(const struct http_request *request, const char *name)
{
	return lookup(request, MHD_HEADER_KIND, name);
}

struct text_view
http_query(const struct http_request *request, const char *name)
{
	return lookup(request, MHD_GET_ARGUMENT_KIND, name);
}

struct text_view
http_cookie(const struct http_request *request, const char *name)
{
	return lookup(request, MHD_COOKIE_KIND, name);
}

void
http_peer(const struct http_request *request, char out[HTTP_PEER_SIZE])
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
	    request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *address =
	    info == NULL ? NULL : info->client_addr;
	const void *bytes = NULL;

	_Static_assert(HTTP_PEER_SIZE >= INET6_ADDRSTRLEN, "any address fits");
	out[0] = '\0';
	if (address != NULL && address->sa_family == AF_INET)
		bytes = &((const struct sockaddr_in *)(const void *)address)
			     ->sin_addr;
	if (address != NULL && address->sa_family == AF_INET6)
		bytes = &((const struct sockaddr_in6 *)(const void *)address)
			     ->sin6_addr;
	if (bytes != NULL)
		(void)inet_ntop(address->sa_family, bytes, out, HTTP_PEER_SIZE);
}

static struct exchange *
exchange_new(struct http_server *server, struct MHD_Connection *connection,
    const char *method, const char *path)
{
	struct exchange *exchange = calloc(1, sizeof(*exchange));
	struct http_request *request;

	if (exchange == NULL)
		return NULL;
	request = &exchange->request;
	request->method = strcmp(method, "HEAD") == 0 ? "GET" : method;
	request->server = server;
	request->connection = connection;
	request->started_ns = clock_monotonic_ns();
	request->id = atomic_fetch_add_explicit(
			  &server->last_id, 1, memory_order_relaxed) +
		      1;
	arena_init(&request->arena, REQUEST_ARENA_MAX_BYTES);
	request->path = arena_string(&request->arena, text_of(path));
	if (request->path == NULL) {
		free(exchange);
		return NULL;
	}
	pthread_mutex_lock(&server->mutex);
	server->active++;
	pthread_mutex_unlock(&server->mutex);
	return exchange;
}

static void
add_header(struct MHD_Response *response, const char *name, const char *value)
{
	/* Fails only when out of memory; the answer goes without it then. */
	(void)MHD_add_response_header(response, name, value);
}

static void
add_headers(struct MHD_Response *response, const struct exchange *exchange)
{
	const struct http_answer *answer = &exchange->answer;
	char seconds[16];
	char disposition[FILE_NAME_MAX + sizeof("attachment; filename=\"\"")];

	if (exchange->allow != NULL)
		add_header(response, "Allow", exchange->allow);
	if (answer->content_type != NULL) {
		add_header(response, "Content-Type", answer->content_type);
		add_header(response, "X-Content-Type-Options", "nosniff");
		add_header(response, "Referrer-Policy", "no-referrer");
		add_header(response, "Cache-Control",
		    answer->etag != NULL ? "no-cache" : "no-store");
		add_header(response, "Content-Security-Policy",
		    answer->security_policy != NULL
			? answer->security_policy
			: "default-src 'self'; img-src 'self' data:; "
			  "frame-ancestors 'none'");
	}
	if (answer->etag != NULL)
		add_header(response, "ETag", answer->etag);
	if (answer->encoding != NULL) {
		add_header(response, "Content-Encoding", answer->encoding);
		add_header(response, "Vary", "Accept-Encoding");
	}
	if (answer->set_cookie != NULL)
		add_header(response, "Set-Cookie", answer->set_cookie);
	if (answer->file_name != NULL) {
		(void)snprintf(disposition, sizeof(disposition),
		    "attachment; filename=\"%.*s\"", FILE_NAME_MAX,
		    answer->file_name);
		add_header(response, "Content-Disposition", disposition);
	}
	if (answer->retry_after_s > 0) {
		(void)snprintf(
		    seconds, sizeof(seconds), "%u", answer->retry_after_s);
		add_header(response, "Retry-After", seconds);
	}
}

static void
count_answer(const struct http_server *server, const struct exchange *exchange)
{
	static const char *const classes[] = { "other", "other", "2xx", "3xx",
		"4xx", "5xx" };
	unsigned status = exchange->answer.status;

	metrics_add(server->metrics, METRIC_http_requests,
	    status < 600 ? classes[status / 100] : "other", 1);
	LOG(server->log, status >= 500 ? LOG_WARN : LOG_DEBUG, "request",
	    LOG_NUMBER("id", exchange->request.id),
	    LOG_TEXT("method", exchange->request.method),
	    LOG_TEXT("path", exchange->request.path),
	    LOG_NUMBER("status", status),
	    LOG_NUMBER("us",
		(clock_monotonic_ns() - exchange->request.started_ns) / 1000));
}

/* The body stays where it is until the exchange ends. */
static enum MHD_Result
send_answer(const struct http_server *server, struct exchange *exchange)
{
	const struct http_answer *answer = &exchange->answer;
	struct MHD_Response *response;
	enum MHD_Result sent;
	union {
		const char *borrowed;
		void *for_mhd; /* which only reads it */
	} body = { answer->body.at };

	count_answer(server, exchange);
	if (answer->status == 0)
		return MHD_NO; /* closes the connection */
	response = MHD_create_response_from_buffer(
	    answer->body.len, body.for_mhd, MHD_RESPMEM_PERSISTENT);
	if (response == NULL)
		return MHD_NO;
	add_headers(response, exchange);
	sent = MHD_queue_response(
	    exchange->request.connection, answer->status, response);
	MHD_destroy_response(response);
	return sent;
}

/* No row of the table fits both: 405 when one fits the path. */
static struct http_answer
explain_missing(const struct http_server *server, struct exchange *exchange)
{
	struct http_request *request = &exchange->request;
	const char *methods =
	    route_methods(server->routes, request->path, &request->arena);

	if (methods == NULL)
		return http_error(request, 503, "out of memory");
	if (methods[0] == '\0')
		return http_error(
		    request, 404, "there is nothing at this address");
	exchange->allow = methods;
	return http_error(
	    request, 405, "this address does not take this method");
}

static struct http_answer
explain_size(struct http_request *request)
{
	return http_error(
	    request, 413, "the body is larger than this address takes");
}

/* The announced length, when it is already past the ceiling. */
static bool
announces_too_much(const struct exchange *exchange)
{
	struct text_view length =
	    http_header(&exchange->request, "Content-Length");
	uint64_t bytes;

	return length.len > 0 && (text_number(length, 0, UINT64_MAX, &bytes) ||
				     bytes > exchange->body.max_bytes);
}

static enum MHD_Result
start_exchange(struct http_server *server, struct MHD_Connection *connection,
    const char *url, const char *method, void **state)
{
	struct exchange *exchange =
	    exchange_new(server, connection, method, url);

	if (exchange == NULL)
		return MHD_NO;
	*state = exchange;
	exchange->route = route_find(
	    server->routes, exchange->request.method, exchange->request.path);
	buf_init(&exchange->body,
	    exchange->route == NULL ? 0 : exchange->route->body_max_bytes);
	if (!announces_too_much(exchange))
		return MHD_YES;
	exchange->answer = exchange->route == NULL
			       ? explain_missing(server, exchange)
			       : explain_size(&exchange->request);
	/* Answered before the body is read: the connection closes behind it. */
	atomic_store(&exchange->phase, ANSWERED);
	return send_answer(server, exchange);
}

/* Add to the body; past its ceiling the rest is dropped.  False when there is
 * too much to drop. */
static bool
gather(struct exchange *exchange, struct text_view data)
{
	if (exchange->gathered == OK)
		exchange->gathered = buf_add(&exchange->body, data);
	if (exchange->gathered != OK)
		exchange->dropped_bytes += data.len;
	return exchange->dropped_bytes <= DRAIN_MAX_BYTES;
}

static bool
is_stopping(struct http_server *server)
{
	bool stopping;

	pthread_mutex_lock(&server->mutex);
	stopping = server->stopping;
	pthread_mutex_unlock(&server->mutex);
	return stopping;
}

/* Suspend the connection; false when the server stops. */
static bool
fall_asleep(struct http_server *server, struct exchange *exchange)
{
	bool stopping;

	pthread_mutex_lock(&server->mutex);
	stopping = server->stopping;
	if (!stopping)
		server->sleeping++;
	pthread_mutex_unlock(&server->mutex);
	if (stopping)
		return false;
	atomic_store(&exchange->phase, SLEEPING);
	MHD_suspend_connection(exchange->request.connection);
	return true;
}

static struct http_answer
explain_stopping(struct http_request *request)
{
	struct http_answer answer =
	    http_error(request, 503, "the server is stopping");

	answer.retry_after_s = STOPPING_RETRY_AFTER_S;
	return answer;
}

static enum MHD_Result
run_route(struct http_server *server, struct exchange *exchange)
{
	const struct http_route *route = exchange->route;
	struct http_request *request = &exchange->request;

	request->body = buf_view(&exchange->body);
	if (route == NULL) {
		exchange->answer = explain_missing(server, exchange);
	} else if (exchange->gathered == ERR_TOO_LARGE) {
		exchange->answer = explain_size(request);
	} else if (exchange->gathered != OK) {
		exchange->answer = http_error(request, 503, "out of memory");
	} else if (is_stopping(server)) {
		exchange->answer = explain_stopping(request);
	} else if (route->answer != NULL) {
		exchange->answer = route->answer(route->context, request);
	} else if (fall_asleep(server, exchange)) {
		route->begin(route->context, request);
		return MHD_YES; /* REQUEST may be gone already */
	} else {
		exchange->answer = explain_stopping(request);
	}
	atomic_store(&exchange->phase, ANSWERED);
	return send_answer(server, exchange);
}

/* The parameters are libmicrohttpd's. */
static enum MHD_Result
/* NOLINTNEXTLINE(readability-function-size) */
on_request(void *context, struct MHD_Connection *connection, const char *url,
    const char *method, const char *version, const char *data, size_t *size,
    void **state)
{
	struct http_server *server = context;
	struct exchange *exchange = *state;

	(void)version;
	if (exchange == NULL)
		return start_exchange(server, connection, url, method, state);
	if (*size > 0) {
		struct text_view piece = { data, *size };

		*size = 0;
		return gather(exchange, piece) ? MHD_YES : MHD_NO;
	}
	switch (atomic_load(&exchange->phase)) {
	case GATHERING:
		return run_route(server, exchange);
	case SLEEPING: /* not woken by us: cannot happen */
		return MHD_YES;
	case ANSWERED:
		return send_answer(server, exchange);
	}
	return MHD_NO;
}

void
http_finish(struct http_request *request, const struct http_answer *answer)
{
	struct exchange *exchange = (struct exchange *)(void *)request;
	struct http_server *server = request->server;
	struct MHD_Connection *connection = request->connection;

	exchange->answer = *answer;
	atomic_store(&exchange->phase, ANSWERED);
	/* From here on the pool thread may free the exchange. */
	MHD_resume_connection(connection);
	pthread_mutex_lock(&server->mutex);
	server->sleeping--;
	pthread_cond_broadcast(&server->idle);
	pthread_mutex_unlock(&server->mutex);
}

static void
on_completed(void *context, struct MHD_Connection *connection, void **state,
    enum MHD_RequestTerminationCode code)
{
	struct http_server *server = context;
	struct exchange *exchange = *state;

	(void)connection;
	(void)code;
	if (exchange == NULL)
		return;
	buf_fini(&exchange->body);
	arena_fini(&exchange->request.arena);
	free(exchange);
	*state = NULL;
	pthread_mutex_lock(&server->mutex);
	server->active--;
	pthread_cond_broadcast(&server->idle);
	pthread_mutex_unlock(&server->mutex);
}

static enum result
socket_address(const char *host, unsigned short port,
    struct sockaddr_storage *out, bool *is_v6_out)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET,
		.sin_port = htons(port) };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6,
		.sin6_port = htons(port) };

	memset(out, 0, sizeof(*out));
	if (inet_pton(AF_INET, host, &v4.sin_addr) == 1) {
		memcpy(out, &v4, sizeof(v4));
		*is_v6_out = false;
		return OK;
	}
	if (inet_pton(AF_INET6, host, &v6.sin6_addr) == 1) {
		memcpy(out, &v6, sizeof(v6));
		*is_v6_out = true;
		return OK;
	}
	return ERR_INVALID;
}

static struct MHD_Daemon *
start_daemon(struct http_server *server, const struct http_options *options,
    const struct sockaddr_storage *address, bool is_v6)
{
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD |
			 MHD_ALLOW_SUSPEND_RESUME | (is_v6 ? MHD_USE_IPv6 : 0u);
	unsigned pool = options->threads > 1 ? options->threads : 0;

	return MHD_start_daemon(flags, 0, NULL, NULL, on_request, server,
	    MHD_OPTION_SOCK_ADDR, address, MHD_OPTION_NOTIFY_COMPLETED,
	    on_completed, server, MHD_OPTION_THREAD_POOL_SIZE, pool,
	    MHD_OPTION_CONNECTION_LIMIT, options->connections_max,
	    MHD_OPTION_PER_IP_CONNECTION_LIMIT,
	    options->connections_per_address, MHD_OPTION_CONNECTION_TIMEOUT,
	    options->timeout_s, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
	    options->header_max_bytes, MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
}

static void
init_locks(struct http_server *server)
{
	pthread_condattr_t monotonic;

	/* None of these can fail on Linux. */
	(void)pthread_mutex_init(&server->mutex, NULL);
	(void)pthread_condattr_init(&monotonic);
	(void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&server->idle, &monotonic);
	(void)pthread_condattr_destroy(&monotonic);
}

enum result
http_server_start(const struct http_options *options,
    struct http_server **server_out, struct complaint *why)
{
	struct http_server *server = calloc(1, sizeof(*server));
	struct sockaddr_storage address;
	bool is_v6;

	if (server == NULL)
		return ERR_NOMEM;
	if (socket_address(options->host, options->port, &address, &is_v6)) {
		complain(why, NULL, 0,
		    "\"%s\" is no address to listen on; write a number such as "
		    "127.0.0.1 or 0.0.0.0",
		    options->host);
		free(server);
		return ERR_INVALID;
	}
	server->routes = options->routes;
	server->metrics = options->metrics;
	server->log = options->log;
	init_locks(server);
	server->daemon = start_daemon(server, options, &address, is_v6);
	if (server->daemon == NULL) {
		complain(why, NULL, 0,
		    "cannot listen on %s port %u; is another program using it?",
		    options->host, (unsigned)options->port);
		http_server_stop(server, 0);
		return ERR_IO;
	}
	server->port =
	    MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT)
		->port;
	*server_out = server;
	return OK;
}

unsigned short
http_server_port(const struct http_server *server)
{
	return server->port;
}

static struct timespec
after_ms(unsigned ms)
{
	struct timespec at;

	(void)clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_sec += ms / 1000;
	at.tv_nsec += (long)(ms % 1000) * 1000000;
	if (at.tv_nsec >= 1000000000) {
		at.tv_sec++;
		at.tv_nsec -= 1000000000;
	}
	return at;
}

/* Sleeping requests are waited for without a limit: libmicrohttpd cannot stop
 * over them, and whoever holds them always finishes them.  Then their answers,
 * and whoever still sends a request, have GRACE_MS. */
static void
wait_until_idle(struct http_server *server, unsigned grace_ms)
{
	struct timespec until;

	pthread_mutex_lock(&server->mutex);
	while (server->sleeping > 0)
		pthread_cond_wait(&server->idle, &server->mutex);
	until = after_ms(grace_ms);
	while (server->active > 0 && pthread_cond_timedwait(&server->idle,
					 &server->mutex, &until) == 0)
		continue;
	pthread_mutex_unlock(&server->mutex);
}

void
http_server_stop(struct http_server *server, unsigned grace_ms)
{
	if (server == NULL)
		return;
	if (server->daemon != NULL) {
		pthread_mutex_lock(&server->mutex);
		server->stopping = true;
		pthread_mutex_unlock(&server->mutex);
		/* Who still comes is told so.  Not MHD_quiesce_daemon(): under
		 * load it races with the pool's threads for taking the
		 * listening socket out of epoll, and who comes second aborts
		 * the process (0.9.75). */
		wait_until_idle(server, grace_ms);
		MHD_stop_daemon(server->daemon);
	}
	(void)pthread_cond_destroy(&server->idle);
	(void)pthread_mutex_destroy(&server->mutex);
	free(server);
}
