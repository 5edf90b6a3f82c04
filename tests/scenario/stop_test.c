/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Stopping, starting again and reloading, as an operator does it in working
 * hours. */
#include "tests/support/cmocka_all.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/http_client.h"
#include "tests/support/phone.h"
#include "tests/support/store_gate.h"
#include "tests/support/webhook_post.h"

#define CITIZEN "7001112223334445"

static struct service as_child = { .as_child = true };

static void
a_reply_under_way_is_finished_and_not_sent_again(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "zalo", CITIZEN, 0, "" };

	service_script(service, "zalo", "send", "[{\"delay_ms\": 300}]");
	assert_int_equal(phone_say(&phone, "xin chào"), 200);
	phone_hears(&phone, "Xin chào"); /* taken, and not yet answered */
	service_stop(service);
	service_start(service);
	service_wait_counts(service, service_queued_is, 0);
	(void)phone_ask(&phone, "chữ ký số là gì");
	assert_int_equal(phone_count(&phone), 2);
}

static void *
stop(void *context)
{
	service_stop(context);
	return NULL;
}

/* A server that stops says so to whoever still comes. */
static void
wait_for_stopping(unsigned short port)
{
	unsigned status = 0;

	while (status != 503) {
		struct http_client_answer answer =
		    http_client_call(port, "GET", "/healthz", "", TEXT(""));

		status = answer.status;
		free(answer.text);
	}
}

static void
a_turn_under_way_is_finished_and_acknowledged(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "messenger", CITIZEN, 0, "" };
	struct store_gate gate;
	struct http_client_answer answer;
	pthread_t stopping;
	struct buf request;
	struct buf body;
	int fd;

	service_switch(service, "{\"strangers\": true}");
	store_gate_close(&gate, app_store(service->app));
	buf_init(&body, SIZE_MAX);
	buf_init(&request, SIZE_MAX);
	webhook_text("messenger", CITIZEN, "m1", "xin chào", &body);
	webhook_request("messenger", buf_view(&body), SIGNATURE_GOOD, &request);
	fd = http_client_open(service->port);
	http_client_send(fd, buf_view(&request));
	service_wait_metric(service, "hoidap_turns_waiting", 2);
	assert_int_equal(pthread_create(&stopping, NULL, stop, service), 0);
	wait_for_stopping(service->port);
	store_gate_open(&gate);
	answer = http_client_read(fd, false);
	assert_int_equal(answer.status, 200);
	free(answer.text);
	(void)close(fd);
	(void)pthread_join(stopping, NULL);
	service_start(service);
	phone_hears(&phone, "Xin chào");
	service_wait_counts(service, service_queued_is, 0);
	assert_int_equal(phone_count(&phone), 1);
	buf_fini(&request);
	buf_fini(&body);
}

static void
a_conversation_goes_on_after_a_restart(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "messenger", CITIZEN, 0, "" };

	(void)phone_ask(&phone, "chữ ký số là gì");
	service_stop(service);
	service_start(service);
	assert_int_equal(phone_say(&phone, "2"), 200);
	phone_hears(&phone, "do nhà cung cấp công bố");
	assert_int_equal(phone_again(&phone, phone.message_id), 200);
	assert_int_equal(phone_say(&phone, "xin chào"), 200);
	phone_hears(&phone, "Xin chào");
}

static void
what_waited_in_the_outbox_is_sent_after_a_restart(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "zalo", CITIZEN, 0, "" };
	size_t log_at = 0;

	service_script(
	    service, "zalo", "send", "[{\"error\": {\"code\": -200}}]");
	assert_int_equal(phone_say(&phone, "xin chào"), 200);
	assert_int_equal(phone_say(&phone, "chữ ký số là gì"), 200);
	log_watch_wait(&service->log, "verdict=retry", &log_at, NULL);
	service_stop(service);
	service_start(service);
	service_wait_counts(service, service_queued_is, 2);
	service_pass_ms(service, 6000);
	phone_hears(&phone, "Xin chào");
	phone_hears(&phone, "Chữ ký số là cách");
}

/* ---- as a process of its own ---- */

static void
write_base(const struct temp_dir *dir, const char *answer, const char *end)
{
	char path[TEMP_DIR_PATH_SIZE];
	FILE *file;

	temp_dir_file(dir, "t.json", path);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(
	    fprintf(file,
		"{\"topic\": \"t\", \"title\": \"T\", \"entries\": [\n"
		"{\"id\": \"gio\", \"question\": \"Giờ làm việc thế nào?\",\n"
		"\"asked_as\": [\"mấy giờ mở cửa\", \"gio lam viec\"],\n"
		"\"answer\": \"%s\"}%s",
		answer, end) > 0);
	assert_int_equal(fclose(file), 0);
}

static void
reload(struct service *service, const char *event)
{
	size_t log_at = log_watch_end(&service->log);

	assert_int_equal(kill(service->child, SIGHUP), 0);
	log_watch_wait(&service->log, event, &log_at, NULL);
}

static void
a_broken_base_is_refused_and_the_old_one_kept(void **state)
{
	struct service service = { .as_child = true };
	struct phone phone = { &service, "messenger", CITIZEN, 0, "" };
	struct temp_dir base;

	(void)state;
	temp_dir_make(&base);
	write_base(&base, "Từ 8 giờ.", "]}");
	service.faq_dir = base.path;
	service_open(&service);
	assert_non_null(
	    strstr(phone_ask(&phone, "giờ làm việc thế nào"), "Từ 8 giờ."));
	write_base(&base, "Từ 7 giờ.", "");
	reload(&service, "event=faq_refused");
	assert_int_equal(log_watch_count(&service.log, "t.json:4:"), 1);
	assert_string_equal(
	    phone_ask(&phone, "giờ làm việc thế nào"), "Từ 8 giờ.");
	write_base(&base, "Từ 7 giờ.", "]}");
	reload(&service, "event=faq_loaded");
	assert_string_equal(
	    phone_ask(&phone, "giờ làm việc thế nào"), "Từ 7 giờ.");
	service_close(&service);
	temp_dir_remove(&base);
}

static void
a_second_server_on_the_same_file_is_refused(void **state)
{
	struct service *service = *state;
	struct settings *settings = NULL;
	struct complaint why = { .text = "" };
	char store[TEMP_DIR_PATH_SIZE + 32];
	char *const environment[] = { store, NULL };
	struct app *second = NULL;

	(void)snprintf(store, sizeof(store), "HOIDAP_STORE=sqlite:%s/hoidap.db",
	    service->dir.path);
	assert_int_equal(settings_load(NULL, environment, &settings, &why), OK);
	settings->faq_dir = SERVICE_SMALL_FAQ;
	assert_int_equal(app_start(settings, NULL, &second, &why), ERR_BUSY);
	assert_true(why.text[0] != '\0');
	settings_free(settings);
}

static void
a_terminated_process_ends_well_and_starts_where_it_was(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "zalo", CITIZEN, 0, "" };

	(void)phone_ask(&phone, "chữ ký số là gì");
	service_stop(service); /* status 0, or the test fails */
	service_start(service);
	assert_int_equal(phone_say(&phone, "3"), 200);
	phone_hears(&phone, "“Quên mã PIN”");
}

#define SCENARIO(test, choices)                                                \
	cmocka_unit_test_prestate_setup_teardown(                              \
	    test, service_setup, service_teardown, choices)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCENARIO(
		    a_reply_under_way_is_finished_and_not_sent_again, NULL),
		SCENARIO(a_turn_under_way_is_finished_and_acknowledged, NULL),
		SCENARIO(a_conversation_goes_on_after_a_restart, NULL),
		SCENARIO(
		    what_waited_in_the_outbox_is_sent_after_a_restart, NULL),
		SCENARIO(a_second_server_on_the_same_file_is_refused, NULL),
		SCENARIO(a_terminated_process_ends_well_and_starts_where_it_was,
		    &as_child),
		cmocka_unit_test(a_broken_base_is_refused_and_the_old_one_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
