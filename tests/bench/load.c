/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Starts a server, sends it signed webhooks, and says how it did.
 *
 *     load [OPTIONS] -- COMMAND...        (README.md lists the options)
 *
 * One thread and one epoll do it all: the kept connections of "Meta", which
 * send the next webhook as soon as the last one is answered, and the Graph API
 * that the server's replies go to, which takes everything.  An answer that is
 * not 200 with the expected body fails the run.
 *
 * Every run begins with one webhook to the server as it starts: its answer
 * tells how long the start took.  Then comes either load, or, with --replies,
 * one webhook at a time, each waited for until its reply is at the Graph API.
 *
 * Figures go to standard output, one "name value" a line. */
#include <errno.h>
#include <stdio.h>

#include "graph.h"
#include "latency.h"
#include "load_options.h"
#include "subject.h"
#include "turns.h"
#include "wire.h"

enum {
	START_MAX_MS = 30000,
	SILENCE_MAX_MS = 10000, /* without a single event */
	PAUSE_MS = 5,		/* before every webhook of --replies */
};

struct bench {
	struct load_options options;
	struct turns turns;
	struct subject subject;
	struct graph graph;
	struct wire clients[LOAD_CLIENTS_MAX];
	int epoll;
	size_t next; /* turn to send */
	unsigned under_way;
	uint64_t unexpected; /* answers */
	uint64_t answered;   /* all of them */
	uint64_t from_ns;    /* what is measured */
	uint64_t until_ns;
	struct latency latency;
};

/* ---- the webhooks ---- */

static bool
send_turn(struct bench *bench, struct wire *client)
{
	if (bench->next == bench->turns.count)
		return false;
	if (!wire_send(client, bench->turns.requests[bench->next]))
		return false;
	bench->under_way++;
	bench->next++;
	if (bench->options.endless && bench->next == bench->turns.count)
		bench->next = 0;
	return true;
}

static void
check_answer(struct bench *bench, const struct wire_message *answer)
{
	if (text_starts(answer->head, TEXT("HTTP/1.1 200 ")) &&
	    text_is(answer->body, bench->options.expected))
		return;
	if (bench->unexpected++ == 0)
		fprintf(stderr, "load: unexpected answer:\n%.*s%.*s\n",
		    TEXT_ARGS(answer->head), TEXT_ARGS(answer->body));
}

/* A server that closes a connection loses the webhook: it counts as one that
 * was answered badly. */
static void
lose_client(struct bench *bench, struct wire *client)
{
	fprintf(stderr, "load: the server closed a connection\n");
	bench->unexpected++;
	bench->under_way--;
	wire_close(client);
}

static void
serve_client(struct bench *bench, struct wire *client)
{
	struct wire_message answer;
	uint64_t now_ns;

	if (!wire_fill(client)) {
		lose_client(bench, client);
		return;
	}
	if (!wire_peek(client, &answer))
		return;
	now_ns = clock_monotonic_ns();
	bench->under_way--;
	bench->answered++;
	check_answer(bench, &answer);
	wire_drop(client, &answer);
	if (now_ns >= bench->from_ns && now_ns < bench->until_ns)
		latency_add(&bench->latency, now_ns - client->sent_ns);
	if (now_ns < bench->until_ns)
		(void)send_turn(bench, client);
}

static bool
open_client(struct bench *bench, struct wire *client)
{
	client->fd = wire_connect(bench->subject.port);
	return client->fd >= 0 && wire_watch(client, bench->epoll);
}

/* Serve whatever happens next; false after WAIT_MS without anything. */
static bool
serve(struct bench *bench, int wait_ms)
{
	struct epoll_event events[LOAD_CLIENTS_MAX];
	int count = epoll_wait(bench->epoll, events, LOAD_CLIENTS_MAX, wait_ms);

	for (int i = 0; i < count; i++) {
		struct wire *wire = events[i].data.ptr;

		switch (wire->role) {
		case WIRE_LISTENER:
			graph_accept(&bench->graph);
			break;
		case WIRE_GRAPH:
			graph_serve(&bench->graph, wire);
			break;
		case WIRE_CLIENT:
			serve_client(bench, wire);
			break;
		}
	}
	return count > 0;
}

static bool
serve_until_answered(struct bench *bench)
{
	while (bench->under_way > 0)
		if (!serve(bench, SILENCE_MAX_MS)) {
			fprintf(stderr, "load: no answer in %d ms\n",
			    SILENCE_MAX_MS);
			return false;
		}
	return true;
}

/* ---- what is measured ---- */

/* From exec to the first answer. */
static bool
measure_start(struct bench *bench)
{
	struct wire *client = &bench->clients[0];
	uint64_t limit_ns =
	    bench->subject.started_ns + START_MAX_MS * 1000000ull;

	while (!open_client(bench, client)) {
		if (subject_ended(&bench->subject) ||
		    clock_monotonic_ns() > limit_ns) {
			fprintf(stderr, "load: %s does not listen\n",
			    bench->options.command[0]);
			return false;
		}
		subject_pause(1);
	}
	if (!send_turn(bench, client) || !serve_until_answered(bench))
		return false;
	printf("start_ms %.1f\n",
	    (double)(clock_monotonic_ns() - bench->subject.started_ns) / 1e6);
	printf("start_cpu_ms %.1f\n",
	    (double)subject_cpu_ns(&bench->subject) / 1e6);
	printf("resident_first_mib %.1f\n",
	    (double)subject_resident_kib(&bench->subject) / 1024);
	return true;
}

static void
print_load(const struct bench *bench, uint64_t cpu_ns)
{
	double seconds = (double)bench->options.measured_ms / 1e3;
	double count = (double)bench->latency.count;

	printf("seconds %.2f\n", seconds);
	printf("turns %.0f\n", count);
	printf("turns_per_s %.0f\n", count / seconds);
	printf("p50_ms %.3f\n", latency_ms(&bench->latency, 50));
	printf("p99_ms %.3f\n", latency_ms(&bench->latency, 99));
	printf("cpu_us_per_turn %.1f\n", (double)cpu_ns / 1e3 / count);
	printf(
	    "deliveries_per_s %.0f\n", (double)bench->graph.messages / seconds);
	printf("resident_mib %.1f\n",
	    (double)subject_resident_kib(&bench->subject) / 1024);
	printf(
	    "body_bytes %zu\n", bench->turns.body_bytes / bench->turns.count);
}

/* Every connection has had an answer before the clock starts: some servers
 * accept one at a time, between other work. */
static bool
open_clients(struct bench *bench)
{
	for (uint64_t i = 1; i < bench->options.clients; i++)
		if (!open_client(bench, &bench->clients[i]) ||
		    !send_turn(bench, &bench->clients[i]))
			return false;
	return serve_until_answered(bench);
}

/* Keep every connection busy until UNTIL_NS; false when that cannot be. */
static bool
keep_busy(struct bench *bench, uint64_t until_ns)
{
	while (clock_monotonic_ns() < until_ns)
		if (bench->under_way == 0 || !serve(bench, SILENCE_MAX_MS)) {
			fprintf(stderr, "load: %s\n",
			    bench->under_way == 0
				? "all turns are used up; raise --turns"
				: "no answer for too long");
			return false;
		}
	return true;
}

/* First to warm up, then to measure. */
static bool
measure_load(struct bench *bench)
{
	const struct load_options *options = &bench->options;
	uint64_t cpu_ns;

	if (!open_clients(bench))
		return false;
	bench->from_ns = clock_monotonic_ns() + options->warm_up_ms * 1000000;
	bench->until_ns = bench->from_ns + options->measured_ms * 1000000;
	for (uint64_t i = 0; i < options->clients; i++)
		if (!send_turn(bench, &bench->clients[i]))
			return false;
	if (!keep_busy(bench, bench->from_ns))
		return false;
	cpu_ns = subject_cpu_ns(&bench->subject);
	bench->graph.messages = 0;
	if (!keep_busy(bench, bench->until_ns))
		return false;
	print_load(bench, subject_cpu_ns(&bench->subject) - cpu_ns);
	return serve_until_answered(bench);
}

/* Nothing new happens for a while: the server is idle again. */
static void
rest(struct bench *bench)
{
	while (serve(bench, PAUSE_MS))
		continue;
}

static bool
measure_replies(struct bench *bench)
{
	struct wire *client = &bench->clients[0];

	for (uint64_t i = 0; i < bench->options.replies; i++) {
		char citizen[TURNS_CITIZEN_SIZE];

		rest(bench);
		turns_citizen(bench->next, citizen);
		graph_await(&bench->graph, citizen);
		if (!send_turn(bench, client) || !serve_until_answered(bench))
			return false;
		while (bench->graph.arrived_ns == 0)
			if (!serve(bench, SILENCE_MAX_MS)) {
				fprintf(stderr, "load: a reply never came\n");
				return false;
			}
		latency_add(
		    &bench->latency, bench->graph.arrived_ns - client->sent_ns);
	}
	printf("replies %llu\n", (unsigned long long)bench->latency.count);
	printf("reply_p50_ms %.3f\n", latency_ms(&bench->latency, 50));
	printf("reply_p99_ms %.3f\n", latency_ms(&bench->latency, 99));
	return true;
}

/* ---- the whole run ---- */

static bool
start(struct bench *bench)
{
	unsigned short port;
	int fd = wire_bind(&port);

	if (fd < 0) {
		fprintf(stderr, "load: no free port: %s\n", strerror(errno));
		return false;
	}
	(void)close(fd);
	return subject_start(
	    &bench->subject, bench->options.command, port, bench->graph.port);
}

static bool
run(struct bench *bench)
{
	const struct load_options *options = &bench->options;
	struct complaint why = { .text = "" };
	enum result result =
	    turns_init(&bench->turns, options->faq_dir, options->turns, &why);

	if (result != OK) {
		fprintf(stderr, "load: no turns from %s: %s %s\n",
		    options->faq_dir, result_name(result), why.text);
		return false;
	}
	return start(bench) && measure_start(bench) &&
	       (options->replies > 0 ? measure_replies(bench)
				     : measure_load(bench)) &&
	       bench->unexpected == 0;
}

static void
bench_free(struct bench *bench)
{
	subject_stop(&bench->subject);
	if (bench->unexpected > 0)
		fprintf(stderr, "load: %llu of %llu answers were unexpected\n",
		    (unsigned long long)bench->unexpected,
		    (unsigned long long)bench->answered);
	for (size_t i = 0; i < LOAD_CLIENTS_MAX; i++)
		wire_close(&bench->clients[i]);
	graph_fini(&bench->graph);
	(void)close(bench->epoll);
	turns_fini(&bench->turns);
	free(bench);
}

static struct bench *
bench_new(const struct load_options *options)
{
	struct bench *bench = calloc(1, sizeof(*bench));

	if (bench == NULL)
		return NULL;
	bench->options = *options;
	for (size_t i = 0; i < LOAD_CLIENTS_MAX; i++)
		wire_init(&bench->clients[i], WIRE_CLIENT);
	bench->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (graph_init(&bench->graph, bench->epoll, options->mute))
		return bench;
	bench_free(bench);
	return NULL;
}

int
main(int argc, char **argv)
{
	struct load_options options = { .faq_dir = "faq",
		.expected = "{\"status\":\"ok\"}",
		.clients = 64,
		.turns = 200000,
		.warm_up_ms = 2000,
		.measured_ms = 10000 };
	struct bench *bench;
	bool done;

	if (!load_options_read(argc, argv, &options)) {
		fprintf(stderr, "usage: load [--faq DIR] [--expect BODY] "
				"[--clients N] [--turns N] [--warm-up-ms N] "
				"[--measured-ms N] [--replies N] [--endless] "
				"[--mute] -- COMMAND...\n");
		return 2;
	}
	bench = secret_init() == OK ? bench_new(&options) : NULL;
	if (bench == NULL) {
		perror("load");
		return 1;
	}
	done = run(bench);
	bench_free(bench);
	return done ? 0 : 1;
}
