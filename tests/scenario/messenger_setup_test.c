/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap messenger`: connecting a page while the server runs. */
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/support/operator.h"
#include "tests/support/phone.h"

#define SETUP "messenger setup"
#define STATUS "messenger status"

static size_t
count_changes(struct service *service)
{
	const struct record_filter filter = { .api = "page" };
	size_t changes = 0;

	(void)record_count(&service->record, &filter);
	for (size_t i = 0; i < json_array_size(service->record.rows); i++) {
		const json_t *row = json_array_get(service->record.rows, i);
		const json_t *body = json_object_get(row, "body");

		changes += strcmp(record_text(row, "api"), "page") == 0 &&
			   json_is_true(json_object_get(row, "accepted")) &&
			   json_object_size(body) > 0;
	}
	return changes;
}

static void
a_dry_run_changes_nothing_and_a_second_run_has_nothing_to_do(void **state)
{
	struct service *service = *state;

	operator_says(service, NULL, SETUP " --dry-run", 0,
	    "change   ice_breakers\n  + [");
	operator_says(service, NULL, SETUP " --dry-run", 0, "nothing was");
	assert_int_equal(count_changes(service), 0);
	operator_says(service, NULL, STATUS, 1, "sends the app nothing");
	operator_says(service, NULL, SETUP, 0, "change   persistent_menu");
	assert_int_equal(count_changes(service), 2);
	operator_says(service, NULL, SETUP, 0, "nothing to change");
	assert_int_equal(count_changes(service), 2);
	operator_says(service, NULL, STATUS, 0,
	    "ok       greeting, ice breakers and menu are as profile.json");
	operator_says(service, NULL, STATUS, 0,
	    "ok       the page sends every field that is read");
	operator_says(service, NULL, STATUS, 0,
	    "ok       it is page " SERVICE_PAGE_ID ", \"Trang thử\"");
	operator_says(
	    service, NULL, STATUS, 0, "ok       the webhook answers at http");
}

/* What the page shows is our own payload: a tap on it is a question. */
static void
a_tap_on_an_ice_breaker_is_answered(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "messenger", "71", 0, "" };
	const struct record_filter filter = { .api = "page" };
	const char *payload = "";
	size_t at = 0;

	operator_says(service, NULL, SETUP, 0, "done");
	while (payload[0] == '\0') {
		const json_t *body = json_object_get(
		    record_wait(&service->record, &filter, &at), "body");
		const json_t *first =
		    json_array_get(json_object_get(body, "ice_breakers"), 0);

		payload = record_text(
		    json_array_get(
			json_object_get(first, "call_to_actions"), 0),
		    "payload");
	}
	assert_string_equal(payload, "entry:chu-ky-so");
	assert_int_equal(phone_tap(&phone, "Chữ ký số là gì?", payload), 200);
	phone_hears(&phone, "Chữ ký số là cách ký tên");
}

/* ---- curators change the file ---- */

static void
write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

#define GREETING "\"greeting\": \"Xin chào.\""

static void
only_what_the_file_changes_is_changed(void **state)
{
	static const struct {
		const char *profile;
		int status;
		const char *says;
	} steps[] = {
		{ "{" GREETING ", \"menu\": [{\"title\": \"Một\", \"entry\": "
		  "\"mot\"}]}",
		    0, "change   persistent_menu\n  + " },
		{ "{\"greeting\": \"Chào anh/chị.\", \"menu\": [{\"title\": "
		  "\"Một\", \"entry\": \"mot\"}]}",
		    0, "change   greeting\n  - " },
		{ "{\"greeting\": \"Chào anh/chị.\"}", 0,
		    "change   persistent_menu\n  - " },
		{ "{\"greeting\": \"Chào anh/chị.\"}", 0, "nothing to change" },
		{ "{" GREETING ",\n\"menu\": [{\"title\": \"x\", \"entry\": "
		  "\"khong-co\"}]}",
		    1, "profile.json:2: \"menu\" item 1 names entry" },
		{ "{" GREETING ", \"menu\": [{\"title\": \"x\", \"entry\": "
		  "\"nhap\"}]}",
		    1, "entry \"nhap\" is not answered today" },
	};
	struct service *service = *state;
	char path[TEMP_DIR_PATH_SIZE];
	char folder[TEMP_DIR_PATH_SIZE];
	char variable[TEMP_DIR_PATH_SIZE + 32];
	const char *more[] = { variable, NULL };

	temp_dir_file(&service->dir, "base", folder);
	assert_int_equal(mkdir(folder, 0700), 0);
	(void)snprintf(variable, sizeof(variable), "HOIDAP_FAQ_DIR=%s", folder);
	temp_dir_file(&service->dir, "base/t.json", path);
	write_file(path,
	    "{\"topic\": \"t\", \"title\": \"T\", \"entries\": [{\"id\": "
	    "\"mot\", \"question\": \"Một?\", \"answer\": \"Một.\"}, {\"id\": "
	    "\"nhap\", \"question\": \"Nháp?\", \"answer\": \"Nháp.\", "
	    "\"status\": \"draft\"}]}");
	operator_says(service, more, SETUP, 1, "there is no profile.json");
	temp_dir_file(&service->dir, "base/profile.json", path);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		write_file(path, steps[i].profile);
		operator_says(
		    service, more, SETUP, steps[i].status, steps[i].says);
	}
	operator_says(service, more, STATUS, 1, "entry \"nhap\" is not");
}

/* ---- what can be wrong ---- */

static void
trouble_is_told_in_words_and_changes_nothing(void **state)
{
	static const struct {
		const char *variable;
		const char *rules; /* of the simulator's API; NULL: none */
		const char *says;
	} cases[] = {
		{ "HOIDAP_MESSENGER_PAGE_TOKEN=stolen", NULL,
		    "the page token is not valid" },
		{ "HOIDAP_MESSENGER_APP_SECRET=other", NULL,
		    "the app secret does not fit the page token" },
		{ "HOIDAP_MESSENGER_PAGE_ID=5", NULL,
		    "belongs to page " SERVICE_PAGE_ID
		    ", but messenger_page_id is 5" },
		/* Nothing listens on port 1 of this machine. */
		{ "HOIDAP_MESSENGER_API=http://127.0.0.1:1/v25.0", NULL,
		    "no answer from http://127.0.0.1:1 (" },
		{ NULL, "[{\"error\": {\"code\": 200}}]",
		    "a permission is missing" },
		{ NULL, "[{\"error\": {\"code\": 613}}]", "asked too often" },
		{ NULL, "[{\"error\": {\"code\": 2}}]", "a fault at Meta" },
		{ NULL,
		    "[{\"error\": {\"code\": 7, \"message\": \"new\\u001b[2J "
		    "trouble\"}}]",
		    "Meta refuses: error 7/0, \"new?[2J trouble\"" },
		{ NULL, "[{\"status\": 502, \"body\": \"<html>\"}]",
		    "none of Meta's (HTTP status 502)" },
		{ NULL, "[{\"drop\": \"before\"}]", "no answer from http://" },
		{ "HOIDAP_MESSENGER_PAGE_TOKEN=", NULL, "lacks page_token" },
	};
	struct service *service = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *more[] = { cases[i].variable, NULL };

		if (cases[i].rules != NULL)
			service_script(
			    service, "messenger", "page", cases[i].rules);
		operator_says(service, more, SETUP, 1, cases[i].says);
	}
	assert_int_equal(count_changes(service), 0);
}

static void
a_missing_permission_leaves_the_page_as_it_was(void **state)
{
	struct service *service = *state;

	service_switch(service, "{\"manages\": false}");
	operator_says(service, NULL, SETUP, 1, "pages_manage_metadata");
	assert_int_equal(count_changes(service), 0);
	operator_says(service, NULL, STATUS, 1,
	    "PROBLEM  what the page sends: a permission is missing");
}

static void
a_server_that_cannot_be_reached_is_a_problem(void **state)
{
	static const struct {
		const char *variable;
		const char *says;
	} cases[] = {
		{ "HOIDAP_PUBLIC_URL=", "PROBLEM  public_url is not set" },
		{ "HOIDAP_PUBLIC_URL=http://127.0.0.1:1",
		    "PROBLEM  the webhook address: no answer from" },
		{ "HOIDAP_PUBLIC_URL=http://portal.example",
		    "http://portal.example cannot be called: it must be "
		    "https" },
	};
	struct service *service = *state;
	char simulator[64];
	const char *more[] = { simulator, NULL };

	operator_says(service, NULL, SETUP, 0, "done");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *one[] = { cases[i].variable, NULL };

		operator_says(service, one, STATUS, 1, cases[i].says);
	}
	(void)snprintf(simulator, sizeof(simulator),
	    "HOIDAP_PUBLIC_URL=http://127.0.0.1:%u",
	    (unsigned)simulator_port(service->simulator));
	operator_says(service, more, STATUS, 1, "not 403");
}

static void
wrong_usage_is_told(void **state)
{
	static const char *const cases[] = { "messenger", "messenger dance",
		"messenger setup now", "messenger status --dry-run",
		"messenger setup --redirect x" };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		operator_says(*state, NULL, cases[i], 2, "usage: hoidap");
	operator_says(*state, NULL, SETUP " --account second", 1,
	    "no messenger account named second");
}

#define TEST(test)                                                             \
	cmocka_unit_test_setup_teardown(test, service_setup, service_teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(
		    a_dry_run_changes_nothing_and_a_second_run_has_nothing_to_do),
		TEST(a_tap_on_an_ice_breaker_is_answered),
		TEST(only_what_the_file_changes_is_changed),
		TEST(trouble_is_told_in_words_and_changes_nothing),
		TEST(a_missing_permission_leaves_the_page_as_it_was),
		TEST(a_server_that_cannot_be_reached_is_a_problem),
		TEST(wrong_usage_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
