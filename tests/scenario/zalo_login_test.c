/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap zalo`: an administrator consents, and what the command says of an
 * OA's tokens, webhook and domain. */
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "tests/support/http_client.h"
#include "tests/support/operator.h"
#include "tests/support/phone.h"

#define LOGIN "zalo login"
#define STATUS "zalo status"

enum { LINE_SIZE = 4096 };

/* ---- the person and the browser ---- */

/* Start the command and read what it asks for, up to the consent's address,
 * which is written to PATH without its origin. */
static void
begin_login(const struct service *service, const char *const *more,
    struct process_talk *talk, char path[LINE_SIZE])
{
	struct operator operator;
	char line[LINE_SIZE];
	const char *at = NULL;

	operator_prepare(&operator, service, more, LOGIN);
	process_talk_start(talk, operator.arguments, operator.variables);
	while (at == NULL && fgets(line, sizeof(line), talk->out) != NULL)
		at = strstr(line, "/zalo-oauth/v4/oa/permission?");
	if (at == NULL)
		fail_msg("the command shows no address");
	(void)snprintf(path, LINE_SIZE, "%.*s", (int)strcspn(at, "\n"), at);
}

/* What the browser's address bar shows after the consent. */
static void
consent(
    const struct service *service, const char *path, char address[LINE_SIZE])
{
	struct http_client_answer answer = http_client_call(
	    simulator_port(service->simulator), "GET", path, "", text_of(NULL));
	json_t *said = json_loadb(answer.body, answer.body_len, 0, NULL);

	assert_int_equal(answer.status, 200);
	(void)snprintf(address, LINE_SIZE, "%s", record_text(said, "location"));
	json_decref(said);
	free(answer.text);
}

static void
paste(struct process_talk *talk, const char *text, int status, const char *says)
{
	struct process_output output;

	(void)fprintf(talk->in, "%s\n", text);
	output = process_talk_end(talk);
	operator_check(&output, status, says);
}

static void
login(const struct service *service, int status, const char *says)
{
	struct process_talk talk;
	char address[LINE_SIZE];
	char path[LINE_SIZE];

	begin_login(service, NULL, &talk, path);
	consent(service, path, address);
	paste(&talk, address, status, says);
}

/* The pair in the store of a stopped server. */
static struct stored_token
stored(const struct service *service)
{
	char url[TEMP_DIR_PATH_SIZE + 16];
	const struct store_options options = { .url = url,
		.turns_waiting_max = 16 };
	struct stored_token token = { .dead = false };
	struct complaint why;
	struct store *store;
	enum result result;

	(void)snprintf(
	    url, sizeof(url), "sqlite:%s/hoidap.db", service->dir.path);
	assert_int_equal(store_open(&options, &store, &why), OK);
	result = store_token_load(store, "zalo", SERVICE_OA_ID, &token);
	store_close(store);
	assert_true(result == OK || result == ERR_NOT_FOUND);
	return token;
}

static void
keep(const struct service *service, const struct stored_token *token)
{
	char url[TEMP_DIR_PATH_SIZE + 16];
	const struct store_options options = { .url = url,
		.turns_waiting_max = 16 };
	struct complaint why;
	struct store *store;

	(void)snprintf(
	    url, sizeof(url), "sqlite:%s/hoidap.db", service->dir.path);
	assert_int_equal(store_open(&options, &store, &why), OK);
	assert_int_equal(
	    store_token_save(store, "zalo", SERVICE_OA_ID, token), OK);
	store_close(store);
}

/* ---- logging in ---- */

static void
after_a_login_the_server_answers_with_the_new_tokens(void **state)
{
	struct service *service = *state;
	struct phone phone = { service, "zalo", "8001", 0, "" };
	const struct record_filter exchanges = { .api = "token" };
	struct stored_token token;

	service_stop(service);
	login(service, 0, "done: the store has the new tokens");
	token = stored(service);
	assert_false(token.dead);
	assert_string_not_equal(token.pair.access, SERVICE_ACCESS_TOKEN);
	assert_true(token.pair.expires_ms > clock_now_ms());
	service_start(service);
	assert_non_null(strstr(
	    phone_ask(&phone, "chữ ký số là gì"), "Chữ ký số là cách ký tên"));
	assert_int_equal(record_count(&service->record, &exchanges), 1);
}

/* A dead chain is what the command is there for. */
static void
a_login_brings_a_dead_oa_back(void **state)
{
	struct service *service = *state;
	const struct stored_token dead = { .pair = { "old", "old", 0 },
		.dead = true };

	service_stop(service);
	keep(service, &dead);
	operator_says(
	    service, NULL, STATUS, 1, "PROBLEM  the refresh token is dead");
	login(service, 0, "done");
	assert_false(stored(service).dead);
	operator_says(service, NULL, STATUS, 1, "is good for 24 hours more");
	operator_says(service, NULL, STATUS, 1,
	    "ok       Zalo takes it: it is OA " SERVICE_OA_ID);
}

static void
a_running_server_keeps_its_store_to_itself(void **state)
{
	operator_says(*state, NULL, LOGIN, 1,
	    "the server is running and has the store open: stop it");
}

static void
a_login_that_fails_leaves_the_stored_pair_alone(void **state)
{
	static const struct {
		const char *pasted; /* NULL: the right address */
		const char *variable;
		const char *says;
	} cases[] = {
		{ "", NULL, "there is no code in what was pasted" },
		{ "http://127.0.0.1/?oa_id=1", NULL, "there is no code" },
		{ "two words", NULL, "there is no code" },
		{ "http://127.0.0.1/?error=-14003", NULL,
		    "Zalo has not consented" },
		{ "http://127.0.0.1/?code=a&state=another", NULL,
		    "belongs to another attempt" },
		{ "http://127.0.0.1/?code=a&oa_id=1", NULL,
		    "the consent of OA 1, but zalo_oa_id is " SERVICE_OA_ID },
		{ "some-other-code", NULL, "error -14005" },
		{ NULL, "HOIDAP_ZALO_APP_SECRET=other", "error -14004" },
	};
	struct service *service = *state;

	service_stop(service);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *more[] = { cases[i].variable, NULL };
		struct stored_token before = stored(service);
		struct process_talk talk;
		char address[LINE_SIZE];
		char path[LINE_SIZE];

		begin_login(service, more, &talk, path);
		consent(service, path, address);
		paste(&talk,
		    cases[i].pasted != NULL ? cases[i].pasted : address, 1,
		    cases[i].says);
		assert_string_equal(
		    stored(service).pair.access, before.pair.access);
	}
	login(service, 0, "done");
}

/* A code is worth nothing to whoever has not made the challenge. */
static void
a_code_of_another_attempt_is_refused(void **state)
{
	struct service *service = *state;
	struct process_talk first;
	struct process_talk second;
	char address[LINE_SIZE];
	char path[LINE_SIZE];
	char *code;

	service_stop(service);
	begin_login(service, NULL, &first, path);
	consent(service, path, address);
	paste(&first, "", 1, "no code");
	begin_login(service, NULL, &second, path);
	code = strstr(address, "code=") + strlen("code=");
	code[strcspn(code, "&")] = '\0';
	paste(&second, code, 1, "error -14005");
}

static void
a_login_without_a_network_says_so(void **state)
{
	struct service *service = *state;
	struct operator operator;
	struct process_talk talk;
	const char *more[] = { "HOIDAP_ZALO_OAUTH=http://127.0.0.1:1", NULL };

	service_stop(service);
	operator_prepare(&operator, service, more, LOGIN);
	process_talk_start(&talk, operator.arguments, operator.variables);
	paste(&talk, "a-code", 1, "no answer from http://127.0.0.1:1 (");
	service_script(service, "zalo", "token",
	    "[{\"status\": 502, \"body\": \"<html>\"}]");
	login(service, 1, "Zalo OAuth: HTTP status 502");
	login(service, 0, "done");
}

static void
nobody_is_asked_before_the_place_to_come_back_to_is_known(void **state)
{
	const char *more[] = { "HOIDAP_PUBLIC_URL=", NULL };
	struct service *service = *state;

	service_stop(service);
	operator_says(service, more, LOGIN, 1, "set public_url, or name");
	operator_says(service, more,
	    LOGIN " --redirect https://example.vn/back", 1,
	    "https://example.vn/back\n");
}

/* ---- status ---- */

#define CODE "HOIDAP_ZALO_VERIFICATION=Ab_1-x"

static void
all_is_well_with_a_running_server(void **state)
{
	static const char *const more[] = { CODE, NULL };
	struct service *service = *state;
	char listen[64];
	const char *settings[] = { CODE, listen, NULL };

	service_stop(service);
	service->variables = more;
	service_start(service);
	(void)snprintf(listen, sizeof(listen), "HOIDAP_LISTEN=127.0.0.1:%u",
	    (unsigned)service->port);
	operator_says(service, settings, STATUS, 0,
	    "ok       the running server says that its tokens are alive");
	operator_says(service, settings, STATUS, 0,
	    "/zalo_verifierAb_1-x.html shows Zalo's code");
	operator_says(service, settings, STATUS, 0,
	    "ok       the webhook answers at http");
	operator_says(service, settings, STATUS, 0, "Lọc cú pháp off");
}

static void
a_domain_with_another_code_is_a_problem(void **state)
{
	static const char *const other[] = { "HOIDAP_ZALO_VERIFICATION=Other",
		NULL };
	static const char *const more[] = { CODE, NULL };
	struct service *service = *state;

	service_stop(service);
	service->variables = other;
	service_start(service);
	operator_says(service, more, STATUS, 1,
	    "/ (HTTP status 200) does not show the code of "
	    "zalo_verification");
	operator_says(service, more, STATUS, 1,
	    "/zalo_verifierAb_1-x.html (HTTP status 404) does not show");
	operator_says(service, NULL, STATUS, 0, "shows Zalo's code");
}

static void
tokens_are_judged_without_being_used(void **state)
{
	static const uint64_t day_ms = 24ull * 3600 * 1000;
	struct service *service = *state;
	const uint64_t now_ms = clock_now_ms();
	const struct {
		struct stored_token token;
		const char *rules;
		const char *says;
	} cases[] = {
		{ { { "unknown", "r", 0 }, false }, NULL,
		    "the access token is not valid" },
		{ { { SERVICE_ACCESS_TOKEN, "r", 0 }, false }, NULL,
		    "Zalo takes it" },
		{ { { "x", "r", now_ms - day_ms }, false }, NULL,
		    "has expired; the server refreshes it" },
		{ { { "x", "r", now_ms - 100 * day_ms }, false }, NULL,
		    "a refresh token lives for 3 months" },
		{ { { SERVICE_ACCESS_TOKEN, "r", 0 }, false },
		    "[{\"error\": {\"code\": -223}}]",
		    "the OA has not authorised the app" },
		{ { { SERVICE_ACCESS_TOKEN, "r", 0 }, false },
		    "[{\"error\": {\"code\": -1}}]",
		    "Zalo refuses with error -1" },
		{ { { SERVICE_ACCESS_TOKEN, "r", 0 }, false },
		    "[{\"status\": 502, \"body\": \"<html>\"}]",
		    "none of Zalo's (HTTP status 502)" },
	};
	const struct record_filter exchanges = { .api = "token",
		.refused_too = true };

	service_stop(service);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		keep(service, &cases[i].token);
		if (cases[i].rules != NULL)
			service_script(service, "zalo", "oa", cases[i].rules);
		operator_says(service, NULL, STATUS, 1, cases[i].says);
	}
	assert_int_equal(record_count(&service->record, &exchanges), 0);
}

static void
a_first_look_finds_no_tokens_and_makes_no_store(void **state)
{
	static const char *const more[] = { "HOIDAP_STORE=sqlite:no/such.db",
		"HOIDAP_ZALO_ACCESS_TOKEN=", NULL };

	operator_says(*state, more, STATUS, 1, "there are no tokens yet");
}

static void
wrong_usage_is_told(void **state)
{
	static const char *const cases[] = { "zalo", "zalo dance",
		"zalo login now", "zalo login --dry-run",
		"zalo status --redirect x" };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		operator_says(*state, NULL, cases[i], 2, "usage: hoidap zalo");
}

#define TEST(test)                                                             \
	cmocka_unit_test_setup_teardown(test, service_setup, service_teardown)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(after_a_login_the_server_answers_with_the_new_tokens),
		TEST(a_login_brings_a_dead_oa_back),
		TEST(a_running_server_keeps_its_store_to_itself),
		TEST(a_login_that_fails_leaves_the_stored_pair_alone),
		TEST(a_code_of_another_attempt_is_refused),
		TEST(a_login_without_a_network_says_so),
		TEST(nobody_is_asked_before_the_place_to_come_back_to_is_known),
		TEST(all_is_well_with_a_running_server),
		TEST(a_domain_with_another_code_is_a_problem),
		TEST(tokens_are_judged_without_being_used),
		TEST(a_first_look_finds_no_tokens_and_makes_no_store),
		TEST(wrong_usage_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
