/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "health.h"

#include <unistd.h>

#include "tests/support/store_gate.h"
#include "tests/unit/http/service_fixture.h"

enum { WAITING_MAX = 8 };

struct fixture {
	struct service_fixture service; /* first */
	struct settings settings;	/* no accounts: nothing is sent */
	struct sender *sender;
	struct health health;
};

static int
set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	struct complaint why = { .text = "" };
	struct health *health;

	assert_non_null(fixture);
	service_open_for(&fixture->service, WAITING_MAX);
	fixture->settings.sends_at_once_max = 1;
	fixture->settings.send_connections_per_host = 1;
	fixture->settings.send_timeout_ms = 1000;
	const struct sender_options options = { .settings = &fixture->settings,
		.store = fixture->service.store };
	if (sender_start(&options, &fixture->sender, &why) != OK)
		fail_msg("%s", why.text);
	health = &fixture->health;
	*health = (struct health){ .store = fixture->service.store,
		.sender = fixture->sender,
		.knowledge = fixture->service.knowledge,
		.metrics = fixture->service.metrics };
	const struct http_route routes[] = {
		{ "GET", "/healthz", 0, health_live, NULL, health, "" },
		{ "GET", "/readyz", 0, NULL, health_ready, health, "" },
		{ "GET", "/metrics", 0, health_metrics, NULL, health, "" },
		{ 0 },
	};
	service_listen(&fixture->service, routes);
	*state = fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	http_server_stop(fixture->service.server, 5000);
	fixture->service.server = NULL;
	sender_stop(fixture->sender, 0);
	service_close(&fixture->service);
	free(fixture);
	return 0;
}

static struct http_client_answer
get(const struct fixture *fixture, const char *path)
{
	return http_client_call(
	    fixture->service.port, "GET", path, "", TEXT(""));
}

static void
a_live_process_says_so(void **state)
{
	struct http_client_answer answer = get(*state, "/healthz");

	assert_int_equal(answer.status, 200);
	assert_string_equal(answer.body, "{\"alive\": true}");
	free(answer.text);
}

static void
a_service_with_store_sender_and_index_is_ready(void **state)
{
	struct http_client_answer answer = get(*state, "/readyz");

	assert_int_equal(answer.status, 200);
	free(answer.text);
}

/* More of them than the pool has threads, which are two. */
static void
a_store_that_hangs_holds_nobody_but_those_who_ask_for_it(void **state)
{
	enum { ASKING = 3 };
	struct fixture *fixture = *state;
	struct store_gate gate;
	struct http_client_answer answer;
	int asking[ASKING];

	store_gate_close(&gate, fixture->service.store);
	for (size_t i = 0; i < ASKING; i++) {
		asking[i] = http_client_open(fixture->service.port);
		http_client_send(asking[i],
		    TEXT("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n"));
	}
	answer = get(fixture, "/healthz");
	assert_int_equal(answer.status, 200);
	free(answer.text);
	store_gate_open(&gate);
	for (size_t i = 0; i < ASKING; i++) {
		answer = http_client_read(asking[i], false);
		assert_int_equal(answer.status, 200);
		free(answer.text);
		(void)close(asking[i]);
	}
}

static void
a_service_without_a_base_is_not_ready_and_says_why(void **state)
{
	struct fixture *fixture = *state;
	struct http_client_answer answer;

	knowledge_slot_set(fixture->service.knowledge, NULL);
	answer = get(fixture, "/readyz");
	assert_int_equal(answer.status, 503);
	assert_non_null(strstr(answer.body, "no FAQ base"));
	free(answer.text);
}

static void
metrics_tell_the_state_of_now(void **state)
{
	static const char *const lines[] = {
		"hoidap_faq_entries 2\n",
		"hoidap_outbox_queued 0\n",
		"hoidap_questions 0\n",
	};
	struct http_client_answer answer = get(*state, "/metrics");

	assert_int_equal(answer.status, 200);
	assert_true(text_is(http_client_header(&answer, "Content-Type"),
	    "text/plain; version=0.0.4; charset=utf-8"));
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (strstr(answer.body, lines[i]) == NULL)
			fail_msg("no %s in %s", lines[i], answer.body);
	free(answer.text);
}

#define SERVED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(a_live_process_says_so),
		SERVED(a_service_with_store_sender_and_index_is_ready),
		SERVED(
		    a_store_that_hangs_holds_nobody_but_those_who_ask_for_it),
		SERVED(a_service_without_a_base_is_not_ready_and_says_why),
		SERVED(metrics_tell_the_state_of_now),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
