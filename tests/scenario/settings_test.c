/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* An admin puts notices up, switches channels and looks after what is kept,
 * over the API of the real server, with a citizen at a phone. */
#include "tests/support/cmocka_all.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "store_staff.h"
#include "tests/support/phone.h"
#include "tests/support/staff.h"

#define KNOWN "chữ ký số là gì"
#define KNOWN_ANSWER "Chữ ký số là cách"

enum { PATH_SIZE = 160, BODY_SIZE = 600 };

static const uint64_t hour_ms = 3600 * 1000;

struct board {
	struct service service;
	struct phone phone;
	struct staff minh; /* an admin */
};

static struct phone phone = { .channel = "zalo",
	.citizen = "8001112223334445" };

static int
setup(void **state)
{
	struct board *board = calloc(1, sizeof(*board));

	assert_non_null(board);
	board->phone = phone;
	board->phone.service = &board->service;
	service_open(&board->service);
	board->minh = staff_enter(
	    &board->service, staff_add(&board->service, "minh", ROLE_ADMIN));
	*state = board;
	return 0;
}

static int
teardown(void **state)
{
	struct board *board = *state;

	service_close(&board->service);
	free(board);
	return 0;
}

static json_t *
get(struct board *board, const char *path)
{
	return staff_expect(&board->minh, "GET", path, NULL, 200);
}

static void
post(struct board *board, const char *path, const char *body)
{
	json_decref(staff_expect(&board->minh, "POST", path, body, 200));
}

static json_int_t
number(const json_t *json, const char *name)
{
	return json_integer_value(json_object_get(json, name));
}

static const char *
string(const json_t *json, const char *name)
{
	return json_string_value(json_object_get(json, name));
}

/* Member I of list NAME. */
static const json_t *
item(const json_t *json, const char *name, size_t i)
{
	return json_array_get(json_object_get(json, name), i);
}

/* ---- notices ---- */

static const char *
notice(char body[BODY_SIZE], const char *text, uint64_t from_ms,
    uint64_t until_ms, const char *topics)
{
	(void)snprintf(body, BODY_SIZE,
	    "{\"text\": \"%s\", \"from_ms\": %" PRIu64
	    ", \"until_ms\": %" PRIu64 ", \"topics\": %s}",
	    text, from_ms, until_ms, topics);
	return body;
}

static void
a_notice_stands_before_answers_until_it_is_ended(void **state)
{
	struct board *board = *state;
	uint64_t now_ms = clock_now_ms();
	char body[BODY_SIZE];
	char path[PATH_SIZE];
	json_t *shown;

	post(board, "/notices",
	    notice(body, "Cổng đang bảo trì.", now_ms - 1, now_ms + hour_ms,
		"[]"));
	assert_int_equal(phone_say(&board->phone, KNOWN), 200);
	phone_hears(&board->phone, "Cổng đang bảo trì.");
	shown = get(board, "/notices");
	(void)snprintf(path, sizeof(path),
	    "/notices/%" JSON_INTEGER_FORMAT "/end",
	    number(item(shown, "notices", 0), "id"));
	assert_true(json_array_size(json_object_get(shown, "topics")) > 0);
	json_decref(shown);
	post(board, path, "{}");
	staff_refused(&board->minh, "POST", path, "{}", 404, "not_found");
	shown = get(board, "/notices");
	assert_int_equal(json_array_size(json_object_get(shown, "notices")), 0);
	json_decref(shown);
	assert_null(strstr(phone_ask(&board->phone, KNOWN), "bảo trì"));
}

static void
a_notice_that_makes_no_sense_is_refused_at_its_field(void **state)
{
	struct board *board = *state;
	uint64_t now_ms = clock_now_ms();
	const struct {
		const char *text;
		uint64_t from_ms;
		uint64_t until_ms;
		const char *topics;
		const char *code;
		const char *field;
	} cases[] = {
		{ " ", now_ms, now_ms + hour_ms, "[]", "required", "text" },
		{ "x", now_ms, now_ms, "[]", "bad_period", "until_ms" },
		{ "x", 1, 2, "[]", "bad_period", "until_ms" },
		{ "x", 1, now_ms + hour_ms, "[\"no-such\"]", "bad_field",
		    "topics" },
		{ "x", 1, now_ms + hour_ms, "[7]", "bad_field", "topics" },
		{ "x", 1, now_ms + hour_ms, "\"all\"", "bad_field", "topics" },
		{ "\\u0007", 1, now_ms + hour_ms, "[]", "bad_field", "text" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char body[BODY_SIZE];
		struct staff_said said =
		    staff_call(&board->minh, "POST", "/notices",
			notice(body, cases[i].text, cases[i].from_ms,
			    cases[i].until_ms, cases[i].topics));

		assert_int_equal(said.status, 400);
		assert_string_equal(string(said.json, "code"), cases[i].code);
		assert_string_equal(string(said.json, "field"), cases[i].field);
		staff_said_end(&said);
	}
}

/* ---- channels ---- */

/* The row of NAME in what /channels says. */
static const json_t *
channel(const json_t *shown, const char *name)
{
	const json_t *list = json_object_get(shown, "channels");

	for (size_t i = 0; i < json_array_size(list); i++)
		if (strcmp(string(json_array_get(list, i), "channel"), name) ==
		    0)
			return json_array_get(list, i);
	fail_msg("there is no %s", name);
	return NULL;
}

static json_int_t
version(struct board *board)
{
	json_t *shown = get(board, "/channels");
	json_int_t seen = number(channel(shown, "zalo"), "version");

	json_decref(shown);
	return seen;
}

static const char *
off_body(char body[BODY_SIZE], json_int_t seen, const char *reason)
{
	(void)snprintf(body, BODY_SIZE,
	    "{\"version\": %" JSON_INTEGER_FORMAT
	    ", \"text\": \"Trợ lý tạm nghỉ.\", \"reason\": \"%s\"}",
	    seen, reason);
	return body;
}

static void
a_channel_is_switched_off_and_on_by_version(void **state)
{
	struct board *board = *state;
	char body[BODY_SIZE];

	assert_int_equal(version(board), 0);
	staff_refused(&board->minh, "POST", "/channels/zalo/off",
	    off_body(body, 0, " "), 400, "required");
	staff_refused(&board->minh, "POST", "/channels/telex/off",
	    off_body(body, 0, "thử"), 404, "not_found");
	post(board, "/channels/zalo/off", off_body(body, 0, "sai lệ phí"));
	assert_non_null(
	    strstr(phone_ask(&board->phone, KNOWN), "Trợ lý tạm nghỉ."));
	/* Who saw it on, or off for another reason, is told. */
	staff_refused(&board->minh, "POST", "/channels/zalo/off",
	    off_body(body, 0, "khác"), 409, "conflict");
	staff_refused(&board->minh, "POST", "/channels/zalo/on",
	    "{\"version\": 1}", 409, "conflict");
	post(board, "/channels/zalo/off",
	    off_body(body, version(board), "vẫn sai"));
	(void)off_body(body, version(board), "");
	post(board, "/channels/zalo/on", body);
	assert_int_equal(version(board), 0);
	assert_non_null(strstr(phone_ask(&board->phone, KNOWN), KNOWN_ANSWER));
}

static void
a_channel_tells_how_its_token_is_and_what_could_not_be_sent(void **state)
{
	struct board *board = *state;
	struct stored_token token = {
		.pair = { .access = "a", .refresh = "r", .expires_ms = 7000 }
	};
	const json_t *account;
	json_t *shown;

	service_script(&board->service, "zalo", "send",
	    "[{\"error\": {\"code\": -213}, \"times\": 1}]");
	assert_int_equal(phone_say(&board->phone, KNOWN), 200);
	service_wait_counts(&board->service, service_parked_is, 1);
	assert_int_equal(store_token_save(app_store(board->service.app), "zalo",
			     SERVICE_OA_ID, &token),
	    OK);
	shown = get(board, "/channels");
	account = item(channel(shown, "zalo"), "accounts", 0);
	assert_string_equal(
	    string(json_object_get(account, "token"), "state"), "set");
	assert_int_equal(
	    number(json_object_get(account, "token"), "expires_ms"), 7000);
	assert_true(
	    strlen(string(json_object_get(account, "trouble"), "reason")) > 0);
	assert_int_equal(number(shown, "parked"), 1);
	json_decref(shown);
	token.dead = true;
	assert_int_equal(store_token_save(app_store(board->service.app), "zalo",
			     SERVICE_OA_ID, &token),
	    OK);
	shown = get(board, "/channels");
	account = item(channel(shown, "zalo"), "accounts", 0);
	assert_string_equal(
	    string(json_object_get(account, "token"), "state"), "dead");
	json_decref(shown);
}

/* ---- what is only shown ---- */

static void
no_secret_is_shown(void **state)
{
	static const char *const paths[] = { "/settings", "/channels",
		"/locality", "/notices", "/retention" };
	static const char *const secrets[] = { SERVICE_APP_SECRET,
		SERVICE_PAGE_TOKEN, SERVICE_ZALO_SECRET, SERVICE_OA_SECRET,
		SERVICE_ACCESS_TOKEN, SERVICE_REFRESH_TOKEN };
	struct board *board = *state;

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct staff_said said =
		    staff_call(&board->minh, "GET", paths[i], NULL);

		assert_int_equal(said.status, 200);
		for (size_t j = 0; j < sizeof(secrets) / sizeof(secrets[0]);
		     j++)
			assert_null(strstr(said.head, secrets[j]));
		staff_said_end(&said);
	}
}

static void
settings_and_locality_are_shown_as_they_are_in_force(void **state)
{
	static const char *const variables[] = { "HOIDAP_KEEP_DAYS=77", NULL };
	struct board *board = *state;
	json_t *shown;

	service_stop(&board->service);
	board->service.variables = variables;
	board->service.faq_dir = "faq";
	service_start(&board->service);
	board->minh = staff_enter(&board->service, board->minh.id);
	shown = get(board, "/settings");
	assert_non_null(strstr(string(shown, "text"), "keep_days = 77\n"));
	json_decref(shown);
	shown = get(board, "/locality");
	assert_string_equal(string(shown, "folder"), "faq");
	assert_true(
	    strlen(string(item(shown, "variables", 0), "review_by")) > 0);
	json_decref(shown);
}

/* ---- how long texts are kept ---- */

static void
old_texts_are_counted_and_erased_for_a_reason(void **state)
{
	struct board *board = *state;
	json_t *shown;

	assert_int_equal(phone_say(&board->phone, KNOWN), 200);
	phone_hears(&board->phone, KNOWN_ANSWER);
	service_wait_counts(&board->service, service_queued_is, 0);
	service_pass_ms(&board->service, 3 * 24 * hour_ms);
	board->minh = staff_enter(&board->service, board->minh.id);
	shown = get(board, "/retention?days=2");
	assert_int_equal(number(shown, "texts"), 1);
	assert_int_equal(number(shown, "keep_days"), 180);
	json_decref(shown);
	staff_refused(
	    &board->minh, "GET", "/retention?days=181", NULL, 400, "bad_field");
	staff_refused(&board->minh, "POST", "/retention/purge",
	    "{\"days\": 2, \"why\": \"\"}", 400, "required");
	staff_refused(&board->minh, "POST", "/retention/purge",
	    "{\"days\": 0, \"why\": \"x\"}", 400, "bad_field");
	assert_true(service_file_holds(&board->service, KNOWN));
	post(board, "/retention/purge", "{\"days\": 2, \"why\": \"yêu cầu\"}");
	shown = get(board, "/retention?days=2");
	assert_int_equal(number(shown, "texts"), 0);
	json_decref(shown);
	shown = get(board, "/audit?action=retention.");
	assert_string_equal(string(item(shown, "lines", 0), "why"), "yêu cầu");
	json_decref(shown);
}

#define BOARD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOARD(a_notice_stands_before_answers_until_it_is_ended),
		BOARD(a_notice_that_makes_no_sense_is_refused_at_its_field),
		BOARD(a_channel_is_switched_off_and_on_by_version),
		BOARD(
		    a_channel_tells_how_its_token_is_and_what_could_not_be_sent),
		BOARD(no_secret_is_shown),
		BOARD(settings_and_locality_are_shown_as_they_are_in_force),
		BOARD(old_texts_are_counted_and_erased_for_a_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
