/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What strangers, broken networks and odd platforms send.  Nothing of it may
 * be taken, doubled, or bring the server down. */
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/phone.h"
#include "tests/support/webhook_post.h"

enum { BODY_MAX_BYTES = 4 * 1024 * 1024 };

static struct service brief = {
	.variables = (const char *const[]){ "HOIDAP_HTTP_TIMEOUT_S=1", NULL },
};

/* The server still answers its citizens. */
static void
assert_serves(struct service *service)
{
	struct phone phone = { service, "messenger", "70007", 0, "" };

	(void)phone_ask(&phone, "xin chào");
}

static unsigned
post_text(struct service *service, const char *channel, const char *id,
    enum webhook_signature signature)
{
	struct buf body;
	unsigned status;

	buf_init(&body, BODY_MAX_BYTES);
	webhook_text(channel, "70001", id, "xin chào", &body);
	status = webhook_post(service, channel, buf_view(&body), signature);
	buf_fini(&body);
	return status;
}

/* Nothing was said to the citizen of post_text(), and nothing waits to be. */
static void
assert_nothing_said(struct service *service)
{
	struct phone messenger = { service, "messenger", "70001", 0, "" };
	struct phone zalo = { service, "zalo", "70001", 0, "" };

	service_wait_counts(service, service_queued_is, 0);
	assert_int_equal(phone_count(&messenger) + phone_count(&zalo), 0);
}

/* Zalo takes an address only when it answers 200 to bodies that cannot be
 * verified yet; they are dropped all the same. */
static void
what_is_not_signed_by_the_platform_is_dropped_and_counted(void **state)
{
	static const struct {
		const char *channel;
		enum webhook_signature signature;
		unsigned status;
		const char *metric;
	} cases[] = {
		{ "messenger", SIGNATURE_BAD, 401,
		    "hoidap_webhooks_forged_total{channel=\"messenger\"}" },
		{ "messenger", SIGNATURE_NONE, 401,
		    "hoidap_webhooks_unsigned_total{channel=\"messenger\"}" },
		{ "zalo", SIGNATURE_BAD, 200,
		    "hoidap_webhooks_forged_total{channel=\"zalo\"}" },
		{ "zalo", SIGNATURE_NONE, 200,
		    "hoidap_webhooks_unsigned_total{channel=\"zalo\"}" },
	};
	struct service *service = *state;

	service_switch(service, "{\"strangers\": true}");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(post_text(service, cases[i].channel, "m1",
				     cases[i].signature),
		    cases[i].status);
		assert_int_equal(service_metric(service, cases[i].metric), 1);
	}
	assert_nothing_said(service);
}

/* One byte changed on the way, under the signature of the whole. */
static void
an_altered_body_is_dropped_and_counted(void **state)
{
	static const char *const both[] = { "messenger", "zalo" };
	static const unsigned statuses[] = { 401, 200 };
	struct service *service = *state;

	service_switch(service, "{\"strangers\": true}");
	for (size_t i = 0; i < 2; i++) {
		int fd = http_client_open(service->port);
		struct http_client_answer answer;
		struct buf body;
		struct buf request;

		buf_init(&body, BODY_MAX_BYTES);
		buf_init(&request, BODY_MAX_BYTES);
		webhook_text(both[i], "70001", "m1", "xin chào", &body);
		webhook_request(
		    both[i], buf_view(&body), SIGNATURE_GOOD, &request);
		*strstr(request.at, "70001") = '8';
		http_client_send(fd, buf_view(&request));
		answer = http_client_read(fd, false);
		assert_int_equal(answer.status, statuses[i]);
		free(answer.text);
		buf_fini(&request);
		buf_fini(&body);
		(void)close(fd);
	}
	assert_int_equal(
	    service_metric(service,
		"hoidap_webhooks_forged_total{channel=\"messenger\"}") +
		service_metric(
		    service, "hoidap_webhooks_forged_total{channel=\"zalo\"}"),
	    2);
	assert_nothing_said(service);
}

/* Signed with our key, for another app: the key may be shared. */
static void
an_event_for_another_app_is_dropped_and_counted(void **state)
{
	static const char body[] =
	    "{\"app_id\":\"2999\",\"sender\":{\"id\":\"70001\"},"
	    "\"recipient\":{\"id\":\"" SERVICE_OA_ID "\"},"
	    "\"event_name\":\"user_send_text\",\"message\":"
	    "{\"msg_id\":\"m1\",\"text\":\"alo\"},"
	    "\"timestamp\":\"1764000000000\"}";
	struct service *service = *state;

	assert_int_equal(
	    webhook_post(service, "zalo", TEXT(body), SIGNATURE_GOOD), 200);
	assert_int_equal(service_metric(service,
			     "hoidap_webhooks_forged_total{channel=\"zalo\"}"),
	    1);
	assert_nothing_said(service);
}

static void
an_event_for_an_unknown_page_is_dropped_and_counted(void **state)
{
	static const char body[] =
	    "{\"object\":\"page\",\"entry\":[{\"id\":\"42\",\"time\":1,"
	    "\"messaging\":[{\"sender\":{\"id\":\"70001\"},\"recipient\":"
	    "{\"id\":\"42\"},\"timestamp\":1,\"message\":{\"mid\":\"m1\","
	    "\"text\":\"alo\"}}]}]}";
	struct service *service = *state;

	assert_int_equal(
	    webhook_post(service, "messenger", TEXT(body), SIGNATURE_GOOD),
	    200);
	assert_int_equal(
	    service_metric(
		service, "hoidap_events_ignored_total{channel=\"messenger\"}"),
	    1);
	assert_nothing_said(service);
}

/* An odd message must not make the platform switch the webhook off. */
static void
a_genuine_body_that_cannot_be_read_is_taken_and_counted(void **state)
{
	static const char *const bodies[] = {
		"",
		"{",
		"[1, 2, 3]",
		"{\"object\":\"page\",\"entry\":[{\"id\":\"\xff\xfe\"}]}",
		"{\"object\":\"page\",\"object\":\"page\"}",
		"\xef\xbb\xbf{\"object\":\"page\"}",
	};
	const size_t count = sizeof(bodies) / sizeof(bodies[0]);
	struct service *service = *state;

	for (size_t i = 0; i < count; i++)
		assert_int_equal(webhook_post(service, "messenger",
				     text_of(bodies[i]), SIGNATURE_GOOD),
		    200);
	assert_int_equal(
	    service_metric(service,
		"hoidap_webhooks_unreadable_total{channel=\"messenger\"}"),
	    count);
	assert_serves(service);
}

static void
a_body_that_is_too_large_is_refused(void **state)
{
	struct service *service = *state;
	struct buf body;

	buf_init(&body, 2 * BODY_MAX_BYTES);
	while (body.len <= BODY_MAX_BYTES)
		assert_int_equal(buf_add_char(&body, 'x'), OK);
	assert_int_equal(
	    webhook_post(service, "messenger", buf_view(&body), SIGNATURE_GOOD),
	    413);
	buf_fini(&body);
	assert_serves(service);
}

/* Whoever sends a head byte by byte holds a connection, not the server. */
static void
a_head_that_never_ends_is_hung_up_on(void **state)
{
	struct service *service = *state;
	int slow = http_client_open(service->port);
	struct http_client_answer answer;

	http_client_send(slow, TEXT("POST /webhooks/zalo HTTP/1.1\r\nHost: "));
	assert_serves(service);
	answer = http_client_read(slow, false);
	assert_true(answer.status == 0 || answer.status == 408);
	free(answer.text);
	(void)close(slow);
}

static void
a_delivery_that_comes_again_is_answered_once(void **state)
{
	static const char *const both[] = { "messenger", "zalo" };
	struct service *service = *state;

	for (size_t i = 0; i < 2; i++) {
		struct phone phone = { service, both[i], "70001", 0, "" };
		char id[sizeof(phone.message_id)];

		(void)phone_ask(&phone, "chữ ký số là gì");
		memcpy(id, phone.message_id, sizeof(id));
		for (int times = 0; times < 3; times++)
			assert_int_equal(phone_again(&phone, id), 200);
		/* Had there been another reply, it would come before this. */
		assert_int_equal(phone_say(&phone, "xin chào"), 200);
		phone_hears(&phone, "Xin chào");
	}
	assert_int_equal(service_metric(service,
			     "hoidap_events_duplicate_total{channel=\"zalo\"}"),
	    3);
}

/* An old delivery comes again after newer ones: the conversation has gone on
 * and stays where it is. */
static void
an_old_delivery_that_comes_late_changes_nothing(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "messenger", "70001", 0, "" };
	char old[sizeof(phone.message_id)];

	(void)phone_ask(&phone, "xin chào");
	memcpy(old, phone.message_id, sizeof(old));
	(void)phone_ask(&phone, "chữ ký số là gì");
	assert_int_equal(phone_again(&phone, old), 200);
	/* "3" is the third button of the newer answer. */
	assert_int_equal(phone_say(&phone, "3"), 200);
	phone_hears(&phone, "“Quên mã PIN”");
	assert_int_equal(phone_count(&phone), 3);
}

/* Everything that the log of a busy day must not hold, at its loudest. */
static void
the_log_holds_no_secret_and_nobody_s_words(void **state)
{
	static const char *const hidden[] = { SERVICE_APP_SECRET,
		SERVICE_PAGE_TOKEN, SERVICE_ZALO_SECRET, SERVICE_OA_SECRET,
		SERVICE_ACCESS_TOKEN, SERVICE_REFRESH_TOKEN,
		"token-of-the-handshake", "7001112223334445",
		"8001112223334445", "079123456789", "chữ ký", "hộ chiếu",
		"Xin chào", "entry:" };
	struct service *service = *state;
	struct phone phones[] = {
		{ service, "messenger", "7001112223334445", 0, "" },
		{ service, "zalo", "8001112223334445", 0, "" },
	};

	service_switch(service, "{\"echoes\": true}");
	for (size_t i = 0; i < 2; i++) {
		(void)phone_ask(&phones[i], "chữ ký số là gì");
		(void)phone_ask(
		    &phones[i], "hộ chiếu của tôi 079123456789 ở đâu");
		(void)phone_follow(&phones[i]);
		(void)phone_hear(&phones[i]);
		(void)post_text(
		    service, phones[i].channel, "m1", SIGNATURE_BAD);
	}
	service_script(service, "zalo", "send",
	    "[{\"error\": {\"code\": -220}}, {\"error\": {\"code\": -213}}]");
	assert_int_equal(phone_say(&phones[1], "xin chào"), 200);
	service_wait_counts(service, service_parked_is, 1);
	service_stop(service);
	service_start(service);
	assert_true(log_watch_count(&service->log, "event=delivery") > 4);
	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
		if (log_watch_count(&service->log, hidden[i]) != 0)
			fail_msg("the log holds \"%s\"", hidden[i]);
}

#define SCENARIO(test)                                                         \
	cmocka_unit_test_setup_teardown(test, service_setup, service_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCENARIO(
		    what_is_not_signed_by_the_platform_is_dropped_and_counted),
		SCENARIO(an_altered_body_is_dropped_and_counted),
		SCENARIO(an_event_for_another_app_is_dropped_and_counted),
		SCENARIO(an_event_for_an_unknown_page_is_dropped_and_counted),
		SCENARIO(
		    a_genuine_body_that_cannot_be_read_is_taken_and_counted),
		SCENARIO(a_body_that_is_too_large_is_refused),
		cmocka_unit_test_prestate_setup_teardown(
		    a_head_that_never_ends_is_hung_up_on, service_setup,
		    service_teardown, &brief),
		SCENARIO(a_delivery_that_comes_again_is_answered_once),
		SCENARIO(an_old_delivery_that_comes_late_changes_nothing),
		SCENARIO(the_log_holds_no_secret_and_nobody_s_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
