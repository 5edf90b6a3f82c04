/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Platforms that refuse, fail, hang and forget: every reply arrives, in order,
 * or waits for a person. */
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/http_client.h"
#include "tests/support/phone.h"

#define CITIZEN "7001112223334445"

enum {
	CROWD = 6,
	TOKENS_USED_MAX = 8,
	MINUTE_MS = 61000,
	UNCLEAR_MS = 25000, /* after which an unclear try is repeated */
};

static struct service impatient = {
	.variables =
	    (const char *const[]){ "HOIDAP_SEND_TIMEOUT_MS=300", NULL },
};
static struct service of_two_tries = {
	.variables =
	    (const char *const[]){ "HOIDAP_OUTBOX_ATTEMPTS_MAX=2", NULL },
};

/* Wait for the next log line with VERDICT, then let MS pass. */
static void
sit_out(
    struct service *service, size_t *log_at, const char *verdict, uint64_t ms)
{
	log_watch_wait(&service->log, verdict, log_at, NULL);
	service_pass_ms(service, ms);
}

/* ---- storms ---- */

static void
a_storm_delays_replies_but_neither_loses_nor_reorders_them(void **state)
{
	static const struct {
		const char *channel, *rules;
		unsigned failures;
		const char *verdict;
		uint64_t wait_ms;
	} cases[] = {
		{ "messenger", "[{\"status\": 429, \"times\": 2}]", 2,
		    "verdict=pause", MINUTE_MS },
		{ "zalo", "[{\"retry_after_s\": 5, \"times\": 2}]", 2,
		    "verdict=pause", MINUTE_MS },
		{ "zalo", "[{\"error\": {\"code\": -32}}]", 1, "verdict=pause",
		    MINUTE_MS },
		{ "messenger", "[{\"status\": 503, \"times\": 2}]", 2,
		    "verdict=unclear", UNCLEAR_MS },
		{ "zalo", "[{\"status\": 500, \"body\": \"<html>\"}]", 1,
		    "verdict=unclear", UNCLEAR_MS },
		{ "messenger", "[{\"drop\": \"before\", \"times\": 2}]", 2,
		    "verdict=unclear", UNCLEAR_MS },
		{ "zalo", "[{\"drop\": \"before\"}]", 1, "verdict=unclear",
		    UNCLEAR_MS },
		{ "zalo", "[{\"error\": {\"code\": -200}, \"times\": 3}]", 3,
		    "verdict=retry", 6000 },
	};
	struct service *service = *state;
	size_t log_at = 0;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char citizen[16];
		struct phone phone = { service, cases[i].channel, citizen, 0,
			"" };

		(void)snprintf(citizen, sizeof(citizen), "700%zu", i);
		service_script(
		    service, cases[i].channel, "send", cases[i].rules);
		assert_int_equal(phone_say(&phone, "xin chào"), 200);
		assert_int_equal(phone_say(&phone, "chữ ký số là gì"), 200);
		assert_int_equal(phone_say(&phone, "quên mã PIN ký số"), 200);
		for (unsigned n = 0; n < cases[i].failures; n++)
			sit_out(service, &log_at, cases[i].verdict,
			    cases[i].wait_ms);
		phone_hears(&phone, "Xin chào");
		phone_hears(&phone, "Chữ ký số là cách");
		phone_hears(&phone, "“Quên mã PIN”");
		service_wait_counts(service, service_queued_is, 0);
		assert_int_equal(phone_count(&phone), 3);
	}
}

/* A limit of the account is everybody's: nobody may knock meanwhile. */
static void
a_rate_limit_holds_back_the_whole_account_and_no_other(void **state)
{
	struct service *service = *state;
	struct phone first = { service, "zalo", CITIZEN, 0, "" };
	struct phone second = { service, "zalo", "8002", 0, "" };
	struct phone other = { service, "messenger", CITIZEN, 0, "" };
	const struct record_filter tries = {
		.api = "send", .channel = "zalo", .refused_too = true
	};
	size_t log_at = 0;

	service_script(
	    service, "zalo", "send", "[{\"error\": {\"code\": -32}}]");
	assert_int_equal(phone_say(&first, "xin chào"), 200);
	log_watch_wait(&service->log, "event=account_paused", &log_at, NULL);
	assert_int_equal(phone_say(&second, "xin chào"), 200);
	(void)phone_ask(&other, "xin chào");
	assert_int_equal(record_count(&service->record, &tries), 1);
	service_wait_counts(service, service_queued_is, 2);
	service_pass_ms(service, MINUTE_MS);
	phone_hears(&first, "Xin chào");
	phone_hears(&second, "Xin chào");
}

/* ---- taken, but the answer is lost ---- */

static void
an_echo_settles_a_reply_whose_answer_was_lost(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "messenger", CITIZEN, 0, "" };
	size_t log_at = 0;

	service_switch(service, "{\"echoes\": true}");
	service_script(service, "messenger", "send", "[{\"drop\": \"after\"}]");
	assert_int_equal(phone_say(&phone, "xin chào"), 200);
	log_watch_wait(&service->log, "verdict=unclear", &log_at, NULL);
	service_wait_counts(service, service_queued_is, 0);
	service_pass_ms(service, UNCLEAR_MS);
	assert_int_equal(phone_say(&phone, "chữ ký số là gì"), 200);
	phone_hears(&phone, "Xin chào");
	phone_hears(&phone, "Chữ ký số là cách");
}

/* Zalo's echoes do not say what they are an echo of. */
static void
without_a_telling_echo_a_lost_answer_costs_a_second_copy(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "zalo", CITIZEN, 0, "" };
	size_t log_at = 0;

	service_script(service, "zalo", "send", "[{\"drop\": \"after\"}]");
	assert_int_equal(phone_say(&phone, "xin chào"), 200);
	sit_out(service, &log_at, "verdict=unclear", UNCLEAR_MS);
	phone_hears(&phone, "Xin chào");
	phone_hears(&phone, "Xin chào");
	service_wait_counts(service, service_queued_is, 0);
	assert_int_equal(phone_count(&phone), 2);
}

static void
a_slow_answer_holds_up_nobody_else(void **state)
{
	struct service *service = *state;
	struct phone slow = { service, "messenger", CITIZEN, 0, "" };
	struct phone quick = { service, "messenger", "7002", 0, "" };
	size_t log_at = 0;

	service_switch(service, "{\"echoes\": true}");
	service_script(service, "messenger", "send",
	    "[{\"citizen\": \"" CITIZEN "\", \"delay_ms\": 3000, "
	    "\"times\": 2}]");
	assert_int_equal(phone_say(&slow, "xin chào"), 200);
	(void)phone_ask(&quick, "xin chào");
	log_watch_wait(&service->log, "verdict=unclear", &log_at, NULL);
	service_wait_counts(service, service_queued_is, 0);
	assert_int_equal(phone_count(&slow), 1);
}

/* ---- Zalo's tokens ---- */

static void
expire_token(struct service *service)
{
	json_decref(service_control(service, "/simulator/tokens",
	    json_pack("{s:{s:b}}", "zalo", "expire", 1)));
}

/* Every exchange that was tried used a refresh token of its own. */
static void
assert_exchanges(struct service *service, size_t wanted)
{
	const struct record_filter exchange = { .api = "token",
		.refused_too = true };
	const char *used[TOKENS_USED_MAX];
	size_t at = 0;

	assert_int_equal(record_count(&service->record, &exchange), wanted);
	for (size_t i = 0; i < wanted; i++) {
		const json_t *row =
		    record_wait(&service->record, &exchange, &at);

		used[i] =
		    record_text(json_object_get(row, "body"), "refresh_token");
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(used[i], used[j]);
	}
}

static void
a_token_that_expires_is_refreshed_once_for_all_who_wait(void **state)
{
	struct service *service = *state;
	struct phone phones[CROWD];
	char citizens[CROWD][16];

	expire_token(service);
	for (size_t i = 0; i < CROWD; i++) {
		(void)snprintf(citizens[i], sizeof(citizens[i]), "800%zu", i);
		phones[i] =
		    (struct phone){ service, "zalo", citizens[i], 0, "" };
		assert_int_equal(phone_say(&phones[i], "xin chào"), 200);
	}
	for (size_t i = 0; i < CROWD; i++)
		phone_hears(&phones[i], "Xin chào");
	service_wait_counts(service, service_queued_is, 0);
	assert_exchanges(service, 1);
	/* The new pair lives on in the store, for the next expiry too. */
	service_stop(service);
	service_start(service);
	(void)phone_ask(&phones[0], "chữ ký số là gì");
	assert_exchanges(service, 1);
	expire_token(service);
	(void)phone_ask(&phones[0], "xin chào");
	assert_exchanges(service, 2);
	for (size_t i = 0; i < CROWD; i++)
		assert_int_equal(phone_count(&phones[i]), i == 0 ? 3 : 1);
}

/* The platform never saw the first try: the same token is still good. */
static void
an_exchange_that_did_not_arrive_is_tried_again(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "zalo", CITIZEN, 0, "" };
	const struct record_filter exchange = { .api = "token",
		.refused_too = true };
	size_t at = 0;

	service_script(service, "zalo", "token", "[{\"drop\": \"before\"}]");
	expire_token(service);
	assert_int_equal(phone_say(&phone, "xin chào"), 200);
	(void)record_wait(&service->record, &exchange, &at);
	service_wait_counts(service, service_queued_is, 1);
	service_pass_ms(service, MINUTE_MS);
	phone_hears(&phone, "Xin chào");
	assert_int_equal(record_count(&service->record, &exchange), 2);
}

/* A person consents again, elsewhere: the pair that the service holds dies, and
 * the new one is read into LINES as settings. */
static void
consent_again(struct service *service, char lines[2][256])
{
	struct http_client_answer answer =
	    http_client_call(simulator_port(service->simulator), "POST",
		"/zalo-oauth/v4/oa/access_token",
		"Content-Type: application/x-www-form-urlencoded\r\n"
		"secret_key: " SERVICE_ZALO_SECRET "\r\n",
		TEXT("grant_type=refresh_token&app_id=" SERVICE_ZALO_APP_ID
		     "&refresh_token=" SERVICE_REFRESH_TOKEN));
	json_t *pair = json_loads(answer.body, 0, NULL);

	assert_int_equal(answer.status, 200);
	(void)snprintf(lines[0], 256, "HOIDAP_ZALO_ACCESS_TOKEN=%s",
	    record_text(pair, "access_token"));
	(void)snprintf(lines[1], 256, "HOIDAP_ZALO_REFRESH_TOKEN=%s",
	    record_text(pair, "refresh_token"));
	json_decref(pair);
	free(answer.text);
}

static void
a_dead_refresh_token_alarms_loses_nothing_and_is_revived(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "zalo", CITIZEN, 0, "" };
	char lines[2][256];
	const char *const renewed[] = { lines[0], lines[1], NULL };
	size_t log_at = 0;

	(void)phone_ask(&phone, "xin chào");
	consent_again(service, lines);
	assert_int_equal(phone_say(&phone, "chữ ký số là gì"), 200);
	assert_int_equal(phone_say(&phone, "quên mã PIN ký số"), 200);
	log_watch_wait(
	    &service->log, "level=error event=token_dead", &log_at, NULL);
	service_wait_metric(service, "hoidap_token_dead{channel=\"zalo\"}", 1);
	service_wait_counts(service, service_queued_is, 2);
	/* A restart alone does not help, and does not ask in vain. */
	service_stop(service);
	service_start(service);
	log_watch_wait(
	    &service->log, "level=error event=token_dead", &log_at, NULL);
	service_wait_counts(service, service_queued_is, 2);
	service_stop(service);
	service->variables = renewed;
	service_start(service);
	service_pass_ms(service, (uint64_t)10 * MINUTE_MS);
	phone_hears(&phone, "Chữ ký số là cách");
	phone_hears(&phone, "“Quên mã PIN”");
	service_wait_metric(service, "hoidap_token_dead{channel=\"zalo\"}", 0);
	assert_int_equal(phone_count(&phone), 3);
}

/* ---- refused for good ---- */

static void
refused_buttons_become_numbers_to_type(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "zalo", CITIZEN, 0, "" };
	const json_t *row;

	service_script(
	    service, "zalo", "send", "[{\"error\": {\"code\": -201}}]");
	assert_int_equal(phone_say(&phone, "chữ ký số là gì"), 200);
	row = phone_next(&phone);
	assert_int_equal(json_array_size(json_object_get(row, "buttons")), 0);
	assert_non_null(strstr(record_text(row, "text"), "2. Chi phí ký số"));
	assert_int_equal(phone_say(&phone, "2"), 200);
	phone_hears(&phone, "do nhà cung cấp công bố");
}

static void
a_reply_that_is_refused_waits_for_a_person_and_blocks_no_other(void **state)
{
	static const char *const rules[] = {
		/* refused at once, and after two tries */
		"[{\"error\": {\"code\": -213}}]",
		"[{\"error\": {\"code\": -200}, \"times\": 2}]",
	};
	struct service *service = *state;
	size_t log_at = 0;

	for (uint64_t i = 0; i < 2; i++) {
		char citizen[16];
		struct phone phone = { service, "zalo", citizen, 0, "" };

		(void)snprintf(citizen, sizeof(citizen), "800%u", (unsigned)i);
		service_script(service, "zalo", "send", rules[i]);
		assert_int_equal(phone_say(&phone, "xin chào"), 200);
		if (i == 1)
			sit_out(service, &log_at, "verdict=retry", 6000);
		service_wait_counts(service, service_parked_is, i + 1);
		assert_int_equal(phone_say(&phone, "chữ ký số là gì"), 200);
		phone_hears(&phone, "Chữ ký số là cách");
	}
	assert_int_equal(
	    service_metric(
		service, "hoidap_deliveries_parked_total{channel=\"zalo\"}"),
	    2);
}

#define SCENARIO(test, choices)                                                \
	cmocka_unit_test_prestate_setup_teardown(                              \
	    test, service_setup, service_teardown, choices)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCENARIO(
		    a_storm_delays_replies_but_neither_loses_nor_reorders_them,
		    NULL),
		SCENARIO(a_rate_limit_holds_back_the_whole_account_and_no_other,
		    NULL),
		SCENARIO(an_echo_settles_a_reply_whose_answer_was_lost, NULL),
		SCENARIO(
		    without_a_telling_echo_a_lost_answer_costs_a_second_copy,
		    NULL),
		SCENARIO(a_slow_answer_holds_up_nobody_else, &impatient),
		SCENARIO(
		    a_token_that_expires_is_refreshed_once_for_all_who_wait,
		    NULL),
		SCENARIO(an_exchange_that_did_not_arrive_is_tried_again, NULL),
		SCENARIO(
		    a_dead_refresh_token_alarms_loses_nothing_and_is_revived,
		    NULL),
		SCENARIO(refused_buttons_become_numbers_to_type, NULL),
		SCENARIO(
		    a_reply_that_is_refused_waits_for_a_person_and_blocks_no_other,
		    &of_two_tries),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
