/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* More webhooks than the disk takes: some are asked to come again, none is lost
 * and none is answered twice. */
#include "tests/support/cmocka_all.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/phone.h"
#include "tests/support/store_gate.h"
#include "tests/support/webhook_post.h"

enum {
	WAITING_MAX = 16, /* turns, as set below */
	SENT = 40,
	REFUSED = SENT - (WAITING_MAX - 1), /* one place is the gate's */
	PATIENCE_MS = 5000,
};

static struct service tight = {
	.variables =
	    (const char *const[]){ "HOIDAP_TURNS_WAITING_MAX=16", NULL },
};

/* ---- many citizens at once ---- */

struct crowd {
	struct service *service;
	struct pollfd at[SENT];
	char citizens[SENT][16];
	struct buf requests[SENT];
	unsigned status[SENT]; /* 0: not answered yet */
};

static void
crowd_init(struct crowd *crowd, struct service *service)
{
	crowd->service = service;
	for (size_t i = 0; i < SENT; i++) {
		struct buf body;
		char id[16];

		(void)snprintf(crowd->citizens[i], sizeof(crowd->citizens[i]),
		    "90%04zu", i);
		(void)snprintf(id, sizeof(id), "m_%zu", i);
		buf_init(&body, SIZE_MAX);
		buf_init(&crowd->requests[i], SIZE_MAX);
		webhook_text("messenger", crowd->citizens[i], id,
		    "chữ ký số là gì", &body);
		webhook_request("messenger", buf_view(&body), SIGNATURE_GOOD,
		    &crowd->requests[i]);
		buf_fini(&body);
		crowd->at[i].fd = -1;
		crowd->status[i] = 503;
	}
}

static void
crowd_fini(struct crowd *crowd)
{
	for (size_t i = 0; i < SENT; i++)
		buf_fini(&crowd->requests[i]);
}

/* All that were refused, or never sent, send now. */
static void
crowd_send(struct crowd *crowd)
{
	for (size_t i = 0; i < SENT; i++) {
		if (crowd->status[i] != 503)
			continue;
		crowd->status[i] = 0;
		crowd->at[i].fd = http_client_open(crowd->service->port);
		crowd->at[i].events = POLLIN;
		http_client_send(
		    crowd->at[i].fd, buf_view(&crowd->requests[i]));
	}
}

static void
take_answer(struct crowd *crowd, size_t i)
{
	struct http_client_answer answer =
	    http_client_read(crowd->at[i].fd, false);

	crowd->status[i] = answer.status;
	if (answer.status == 503)
		assert_true(http_client_header(&answer, "Retry-After").len > 0);
	else
		assert_int_equal(answer.status, 200);
	free(answer.text);
	(void)close(crowd->at[i].fd);
	crowd->at[i].fd = -1;
}

/* Wait for COUNT answers, or until none comes; returns how many of them were
 * refusals. */
static size_t
crowd_hear(struct crowd *crowd, size_t count)
{
	size_t refused = 0;

	while (count > 0 && poll(crowd->at, SENT, PATIENCE_MS) > 0) {
		for (size_t i = 0; i < SENT && count > 0; i++) {
			if (crowd->at[i].fd < 0 || crowd->at[i].revents == 0)
				continue;
			take_answer(crowd, i);
			refused += crowd->status[i] == 503;
			count--;
		}
	}
	return refused;
}

static void
past_the_bound_webhooks_are_asked_to_come_again_and_none_is_lost(void **state)
{
	struct service *service = *state;
	struct store_gate gate;
	struct crowd crowd;
	size_t refused;

	service_switch(service, "{\"strangers\": true}");
	crowd_init(&crowd, service);
	store_gate_close(&gate, app_store(service->app));
	crowd_send(&crowd);
	refused = crowd_hear(&crowd, REFUSED);
	/* Before anything can fail: a closed gate would hold up the stop. */
	store_gate_open(&gate);
	assert_int_equal(refused, REFUSED);
	assert_int_equal(
	    service_metric(
		service, "hoidap_webhooks_busy_total{channel=\"messenger\"}"),
	    REFUSED);
	assert_int_equal(crowd_hear(&crowd, SENT - REFUSED), 0);
	while (refused > 0) {
		crowd_send(&crowd);
		refused = crowd_hear(&crowd, refused);
	}
	for (size_t i = 0; i < SENT; i++) {
		struct phone phone = { service, "messenger", crowd.citizens[i],
			0, "" };

		phone_hears(&phone, "Chữ ký số là cách ký tên");
	}
	service_wait_counts(service, service_queued_is, 0);
	for (size_t i = 0; i < SENT; i++) {
		struct phone phone = { service, "messenger", crowd.citizens[i],
			0, "" };

		assert_int_equal(phone_count(&phone), 1);
	}
	crowd_fini(&crowd);
}

/* A monitor must hear that the store hangs, and when it is well again. */
static void
a_server_that_hangs_stays_alive_for_its_monitor(void **state)
{
	struct service *service = *state;
	struct http_client_answer answer;
	struct store_gate gate;

	store_gate_close(&gate, app_store(service->app));
	answer = http_client_call(
	    service->port, "GET", "/healthz", "", text_of(NULL));
	assert_int_equal(answer.status, 200);
	free(answer.text);
	store_gate_open(&gate);
	answer = http_client_call(
	    service->port, "GET", "/readyz", "", text_of(NULL));
	assert_int_equal(answer.status, 200);
	free(answer.text);
}

#define SCENARIO(test)                                                         \
	cmocka_unit_test_prestate_setup_teardown(                              \
	    test, service_setup, service_teardown, &tight)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCENARIO(
		    past_the_bound_webhooks_are_asked_to_come_again_and_none_is_lost),
		SCENARIO(a_server_that_hangs_stays_alive_for_its_monitor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
