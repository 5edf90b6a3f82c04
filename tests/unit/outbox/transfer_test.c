/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "src/outbox/transfer.h"

#include "clock.h"
#include "fake_platform.h"
#include "tests/support/alloc_fault.h"

/* The test's own thread drives the pool. */
struct outcome {
	bool done;
	long status;
	bool sent;
	char body[64];
	size_t body_len;
	char usage[64];
};

struct bench {
	struct platform platform;
	struct transfer_pool *pool;
	char url[128];
	struct api_call call;
	struct outcome outcome;
};

static int
set_up(void **state)
{
	static struct bench bench;
	struct transfer_limits limits = { .timeout_ms = 500,
		.connections_per_host = 2 };

	bench = (struct bench){ .pool = NULL };
	platform_start(&bench.platform);
	assert_int_equal(transfer_pool_open(&limits, &bench.pool), OK);
	(void)snprintf(
	    bench.url, sizeof(bench.url), "%s/send", bench.platform.url);
	bench.call =
	    (struct api_call){ .url = bench.url, .body = TEXT("hello") };
	*state = &bench;
	return 0;
}

static int
tear_down(void **state)
{
	struct bench *bench = *state;

	transfer_pool_close(bench->pool);
	platform_stop(&bench->platform);
	return 0;
}

static void
keep_outcome(void *context, const struct transfer_report *report)
{
	struct outcome *outcome = context;
	struct text_view body = report->response.body;

	assert_false(outcome->done);
	*outcome = (struct outcome){ .done = true,
		.status = report->response.status,
		.sent = report->response.sent,
		.body_len = body.len };
	(void)snprintf(
	    outcome->body, sizeof(outcome->body), "%.*s", TEXT_ARGS(body));
	(void)snprintf(outcome->usage, sizeof(outcome->usage), "%.*s",
	    TEXT_ARGS(report->response.usage));
}

static enum result
start(struct bench *bench, struct transfer **transfer_out)
{
	struct transfer_request request = { .call = &bench->call,
		.usage_header = "Referrer-Policy",
		.done = keep_outcome,
		.context = &bench->outcome };

	bench->outcome = (struct outcome){ .done = false };
	return transfer_start(bench->pool, &request, transfer_out);
}

static void
run_until_done(struct bench *bench)
{
	uint64_t deadline_ms =
	    clock_monotonic_ms() + PLATFORM_DEADLINE_S * UINT64_C(1000);

	while (!bench->outcome.done) {
		assert_true(clock_monotonic_ms() < deadline_ms);
		if (transfer_pool_run(bench->pool, clock_now_ms()) == 0)
			transfer_pool_wait(bench->pool, 100);
	}
}

static void
make_call(struct bench *bench)
{
	struct transfer *transfer;

	assert_int_equal(start(bench, &transfer), OK);
	run_until_done(bench);
}

static void
an_answer_comes_back_with_its_usage_header(void **state)
{
	struct bench *bench = *state;

	make_call(bench);
	assert_int_equal(bench->outcome.status, 200);
	assert_string_equal(bench->outcome.usage, "no-referrer");
	assert_string_equal(bench->platform.sends[0], "hello");
}

static void
a_long_body_arrives_whole(void **state)
{
	static char body[60000];
	struct bench *bench = *state;

	memset(body, 'x', sizeof(body));
	bench->call.body = (struct text_view){ body, sizeof(body) };
	make_call(bench);
	assert_int_equal(bench->outcome.status, 200);
}

static void
plain_http_goes_to_this_machine_only(void **state)
{
	static const struct {
		const char *url;
		enum result want;
	} cases[] = {
		{ "http://example.org/", ERR_INVALID },
		{ "http://10.127.0.0/", ERR_INVALID },
		{ "http://127.0.0.1.example.org/", ERR_INVALID },
		{ "http://localhost.example.org/", ERR_INVALID },
		{ "http://127.0.0.1@example.org/", ERR_INVALID },
		{ "file:///etc/passwd", ERR_INVALID },
		{ "ftp://127.0.0.1/", ERR_INVALID },
		{ "127.0.0.1/send", ERR_INVALID },
		{ "", ERR_INVALID },
		{ "https://example.org/", OK },
		{ "http://127.0.0.1:1/", OK },
		{ "http://localhost:1/", OK },
		{ "http://[::1]:1/", OK },
	};
	struct bench *bench = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct transfer *transfer;
		enum result got;

		bench->call.url = cases[i].url;
		got = start(bench, &transfer);
		if (got != cases[i].want)
			fail_msg("%s: %s", cases[i].url, result_name(got));
		/* Before anything is sent: no run() in between. */
		if (got == OK)
			transfer_abort(transfer, 0);
	}
}

static void
a_line_break_in_a_token_starts_no_header(void **state)
{
	struct bench *bench = *state;
	struct transfer *transfer;

	bench->call.header_count = 1;
	bench->call.headers[0] =
	    (struct api_header){ "access_token", "good\r\nevil: yes" };
	assert_int_equal(start(bench, &transfer), ERR_INVALID);
}

/* Answers that a platform should not give. */
static struct http_answer
misbehave(void *context, struct http_request *request)
{
	static char huge[70000];
	struct http_answer answer = { .status = 302,
		.content_type = "text/plain" };

	(void)context;
	if (text_is(request->body, "huge")) {
		answer.status = 200;
		memset(huge, 'x', sizeof(huge));
		answer.body = (struct text_view){ huge, sizeof(huge) };
	}
	return answer;
}

static void
an_endless_answer_is_cut_off_and_counts_as_none(void **state)
{
	static const struct http_route routes[] = {
		{ .method = "POST",
		    .path = "/send",
		    .body_max_bytes = 100,
		    .answer = misbehave },
		{ .path = NULL },
	};
	struct http_options options = { .host = "127.0.0.1",
		.threads = 1,
		.connections_max = 8,
		.connections_per_address = 8,
		.timeout_s = 30,
		.header_max_bytes = 32768,
		.routes = routes };
	struct bench *bench = *state;
	struct http_server *server;

	assert_int_equal(http_server_start(&options, &server, NULL), OK);
	(void)snprintf(bench->url, sizeof(bench->url),
	    "http://127.0.0.1:%u/send", (unsigned)http_server_port(server));
	bench->call.body = TEXT("huge");
	make_call(bench);
	assert_int_equal(bench->outcome.status, 0);
	assert_true(bench->outcome.sent);
	assert_int_equal(bench->outcome.body_len, 0);

	/* And a redirection is an answer like any other. */
	bench->call.body = TEXT("elsewhere");
	make_call(bench);
	assert_int_equal(bench->outcome.status, 302);
	http_server_stop(server, 1000);
}

static void
silence_ends_with_the_timeout(void **state)
{
	struct bench *bench = *state;

	PLATFORM_WILL(&bench->platform, sends_script, 0, PLATFORM_HOLD);
	make_call(bench);
	assert_int_equal(bench->outcome.status, 0);
	assert_true(bench->outcome.sent);
	PLATFORM_COUNTS(&bench->platform, send_count, 1);
}

/* libcurl would send it again on a new connection, and perhaps double it. */
static void
a_kept_connection_that_breaks_is_not_tried_again(void **state)
{
	struct bench *bench = *state;

	make_call(bench);
	PLATFORM_WILL(&bench->platform, sends_script, 1, PLATFORM_BREAK);
	make_call(bench);
	assert_int_equal(bench->outcome.status, 0);
	assert_true(bench->outcome.sent);
	PLATFORM_COUNTS(&bench->platform, send_count, 2);
	/* The next one gets a connection of its own. */
	make_call(bench);
	assert_int_equal(bench->outcome.status, 200);
}

static void
what_never_got_through_was_not_sent(void **state)
{
	struct bench *bench = *state;

	/* The platform does not speak TLS. */
	(void)snprintf(bench->url, sizeof(bench->url), "https%s/send",
	    bench->platform.url + strlen("http"));
	make_call(bench);
	assert_int_equal(bench->outcome.status, 0);
	assert_false(bench->outcome.sent);
	PLATFORM_COUNTS(&bench->platform, send_count, 0);

	/* And nobody listens any more. */
	(void)snprintf(
	    bench->url, sizeof(bench->url), "%s/send", bench->platform.url);
	platform_stop(&bench->platform);
	make_call(bench);
	assert_int_equal(bench->outcome.status, 0);
	assert_false(bench->outcome.sent);
	platform_start(&bench->platform);
}

static void
an_aborted_call_is_reported_as_unanswered(void **state)
{
	struct bench *bench = *state;
	struct transfer *transfer;

	PLATFORM_WILL(&bench->platform, sends_script, 0, PLATFORM_HOLD);
	assert_int_equal(start(bench, &transfer), OK);
	while (platform_count(&bench->platform, &bench->platform.send_count) ==
	       0) {
		(void)transfer_pool_run(bench->pool, 0);
		transfer_pool_wait(bench->pool, 1);
	}
	transfer_abort(transfer, 0);
	assert_true(bench->outcome.done);
	assert_int_equal(bench->outcome.status, 0);
	assert_true(bench->outcome.sent);
}

static void
every_allocation_of_a_start_may_fail(void **state)
{
	struct bench *bench = *state;
	bool failed = true;

	bench->call.header_count = 1;
	bench->call.headers[0] = (struct api_header){ "name", "value" };
	for (unsigned nth = 0; failed; nth++) {
		struct transfer *transfer;
		enum result got;

		alloc_fault_arm(nth);
		got = start(bench, &transfer);
		failed = alloc_fault_fired();
		alloc_fault_disarm();
		assert_int_equal(got, failed ? ERR_NOMEM : OK);
		if (got == OK)
			transfer_abort(transfer, 0);
	}
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(an_answer_comes_back_with_its_usage_header),
		TEST(a_long_body_arrives_whole),
		TEST(plain_http_goes_to_this_machine_only),
		TEST(a_line_break_in_a_token_starts_no_header),
		TEST(an_endless_answer_is_cut_off_and_counts_as_none),
		TEST(silence_ends_with_the_timeout),
		TEST(a_kept_connection_that_breaks_is_not_tried_again),
		TEST(what_never_got_through_was_not_sent),
		TEST(an_aborted_call_is_reported_as_unanswered),
		TEST(every_allocation_of_a_start_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
