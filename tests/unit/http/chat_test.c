/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The API as the page uses it: a real server, store and FAQ base. */
#include "chat.h"

#include "clock.h"
#include "tests/unit/http/service_fixture.h"

#include <unistd.h>

#define SESSION "0123456789abcdef0123456789abcdef"
#define OTHER_SESSION "fedcba9876543210fedcba9876543210"
#define AS_JSON "Content-Type: application/json\r\n"
#define WITH(session) "X-Hoidap-Session: " session "\r\n"

#define FROM(address) "X-Real-IP: " address "\r\n"

enum { WAITING_MAX = 6, SESSION_MAX = 2, ADDRESS_MAX = 3 };

struct fixture {
	struct service_fixture service; /* first */
	struct chat *chat;
};

static int
set_up_with(void **state, struct chat_options options)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	service_open(&fixture->service);
	options.turns = &fixture->service.turns;
	options.store = fixture->service.store;
	options.log = &fixture->service.log;
	assert_int_equal(chat_start(&options, &fixture->chat), OK);
	const struct http_route routes[] = {
		CHAT_ROUTES(fixture->chat),
		{ 0 },
	};
	service_listen(&fixture->service, routes);
	*state = fixture;
	return 0;
}

static int
set_up(void **state)
{
	const struct chat_options options = { .waiting_max = WAITING_MAX,
		.address_header = "" };

	return set_up_with(state, options);
}

static int
set_up_limited(void **state)
{
	const struct chat_options options = { .session_per_minute = SESSION_MAX,
		.address_per_minute = ADDRESS_MAX,
		.address_header = "X-Real-IP" };

	return set_up_with(state, options);
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	chat_close(fixture->chat);
	http_server_stop(fixture->service.server, 5000);
	fixture->service.server = NULL;
	chat_stop(fixture->chat);
	service_close(&fixture->service);
	free(fixture);
	return 0;
}

static struct http_client_answer
post(const struct fixture *fixture, const char *headers, const char *body)
{
	return http_client_call(fixture->service.port, "POST", "/api/v1/chat",
	    headers, text_of(body));
}

/* A POST that must succeed, as JSON. */
static json_t *
say(const struct fixture *fixture, const char *headers, const char *body)
{
	struct http_client_answer answer = post(fixture, headers, body);

	assert_int_equal(answer.status, 200);
	return service_json(&answer);
}

static struct http_client_answer
get(const struct fixture *fixture, const char *path, const char *headers)
{
	return http_client_call(
	    fixture->service.port, "GET", path, headers, TEXT(""));
}

static json_t *
fetch(const struct fixture *fixture, const char *path, const char *headers)
{
	struct http_client_answer answer = get(fixture, path, headers);

	assert_int_equal(answer.status, 200);
	return service_json(&answer);
}

static size_t
message_count(const json_t *root)
{
	const json_t *messages = json_object_get(root, "messages");

	assert_true(json_is_array(messages));
	return json_array_size(messages);
}

static json_t *
message_at(const json_t *root, size_t index)
{
	json_t *message =
	    json_array_get(json_object_get(root, "messages"), index);

	assert_non_null(message);
	return message;
}

static const char *
text_at(const json_t *root, size_t index)
{
	return json_string_value(
	    json_object_get(message_at(root, index), "text"));
}

static json_int_t
id_at(const json_t *root, size_t index)
{
	return json_integer_value(
	    json_object_get(message_at(root, index), "id"));
}

static const char *
session_of(const json_t *root)
{
	const char *session =
	    json_string_value(json_object_get(root, "session"));

	assert_non_null(session);
	return session;
}

/* ---- one message ---- */

static void
a_question_is_answered_in_the_same_request(void **state)
{
	const struct fixture *fixture = *state;
	json_t *root = say(fixture, AS_JSON WITH(SESSION),
	    "{\"text\": \"" SERVICE_QUESTION "\", \"id\": \"m1\"}");
	const json_t *buttons;

	assert_string_equal(session_of(root), SESSION);
	assert_int_equal(message_count(root), 1);
	assert_true(id_at(root, 0) > 0);
	assert_non_null(
	    strstr(text_at(root, 0), "Từ 7 giờ 30 đến 17 giờ.\nTrưa nghỉ."));
	buttons = json_object_get(message_at(root, 0), "buttons");
	assert_string_equal(json_string_value(json_object_get(
				json_array_get(buttons, 0), "url")),
	    "https://a.vn/");
	assert_string_equal(json_string_value(json_object_get(
				json_array_get(buttons, 1), "payload")),
	    "entry:le-phi");
	assert_null(json_object_get(json_array_get(buttons, 1), "url"));
	json_decref(root);
}

static void
a_tapped_button_is_followed(void **state)
{
	const struct fixture *fixture = *state;
	json_t *root = say(fixture, AS_JSON WITH(SESSION),
	    "{\"payload\": \"entry:le-phi\", \"title\": \"Lệ phí\"}");

	assert_int_equal(message_count(root), 1);
	assert_non_null(strstr(text_at(root, 0), "8.000 đồng"));
	json_decref(root);
}

static void
only_replies_after_the_last_one_seen_are_told(void **state)
{
	const struct fixture *fixture = *state;
	json_t *first = say(
	    fixture, AS_JSON WITH(SESSION), "{\"payload\": \"entry:le-phi\"}");
	json_t *second;
	char body[128];

	(void)snprintf(body, sizeof(body),
	    "{\"payload\": \"entry:gio-lam-viec\", \"after\": %lld}",
	    (long long)id_at(first, 0));
	second = say(fixture, AS_JSON WITH(SESSION), body);
	assert_int_equal(message_count(second), 1);
	assert_true(id_at(second, 0) > id_at(first, 0));
	assert_non_null(strstr(text_at(second, 0), "7 giờ 30"));
	json_decref(first);
	json_decref(second);
}

static void
a_message_sent_again_counts_once_and_gets_its_answer(void **state)
{
	struct fixture *fixture = *state;
	static const char body[] =
	    "{\"text\": \"" SERVICE_QUESTION "\", \"id\": \"the-same\"}";
	json_t *first = say(fixture, AS_JSON WITH(SESSION), body);
	json_t *again = say(fixture, AS_JSON WITH(SESSION), body);

	assert_int_equal(message_count(again), 1);
	assert_int_equal(id_at(again, 0), id_at(first, 0));
	assert_int_equal(service_count(&fixture->service).questions, 1);
	json_decref(first);
	json_decref(again);
}

static void
the_id_of_somebody_else_blocks_nobody(void **state)
{
	struct fixture *fixture = *state;
	static const char body[] =
	    "{\"text\": \"" SERVICE_QUESTION "\", \"id\": \"the-same\"}";
	json_t *first = say(fixture, AS_JSON WITH(SESSION), body);
	json_t *other = say(fixture, AS_JSON WITH(OTHER_SESSION), body);

	assert_int_equal(message_count(other), 1);
	assert_int_not_equal(id_at(other, 0), id_at(first, 0));
	assert_int_equal(service_count(&fixture->service).questions, 2);
	json_decref(first);
	json_decref(other);
}

static void
messages_without_an_id_are_all_different(void **state)
{
	struct fixture *fixture = *state;
	static const char body[] = "{\"text\": \"" SERVICE_QUESTION "\"}";

	json_decref(say(fixture, AS_JSON WITH(SESSION), body));
	json_decref(say(fixture, AS_JSON WITH(SESSION), body));
	assert_int_equal(service_count(&fixture->service).questions, 2);
}

/* ---- the session ---- */

static void
a_stranger_gets_a_session_that_works_from_then_on(void **state)
{
	const struct fixture *fixture = *state;
	json_t *first =
	    say(fixture, AS_JSON, "{\"payload\": \"entry:le-phi\"}");
	json_t *second =
	    say(fixture, AS_JSON, "{\"payload\": \"entry:le-phi\"}");
	char header[128];
	json_t *fetched;

	assert_int_equal(strlen(session_of(first)), 32);
	assert_string_not_equal(session_of(first), session_of(second));
	(void)snprintf(header, sizeof(header), "X-Hoidap-Session: %s\r\n",
	    session_of(first));
	fetched = fetch(fixture, "/api/v1/chat?after=0", header);
	assert_int_equal(message_count(fetched), 1);
	assert_int_equal(id_at(fetched, 0), id_at(first, 0));
	assert_null(json_object_get(fetched, "session"));
	json_decref(first);
	json_decref(second);
	json_decref(fetched);
}

static void
nobody_reads_the_replies_of_another_session(void **state)
{
	const struct fixture *fixture = *state;
	json_t *fetched;

	json_decref(say(
	    fixture, AS_JSON WITH(SESSION), "{\"payload\": \"entry:le-phi\"}"));
	fetched = fetch(fixture, "/api/v1/chat", WITH(OTHER_SESSION));
	assert_int_equal(message_count(fetched), 0);
	json_decref(fetched);
}

static bool
file_holds(const struct temp_dir *dir, const char *name, const char *needle)
{
	char path[TEMP_DIR_PATH_SIZE];
	struct buf content;
	char piece[4096];
	size_t got;
	bool found;
	FILE *file;

	temp_dir_file(dir, name, path);
	file = fopen(path, "re");
	if (file == NULL)
		return false;
	buf_init(&content, 64 * 1024 * 1024);
	while ((got = fread(piece, 1, sizeof(piece), file)) > 0)
		assert_int_equal(
		    buf_add(&content, (struct text_view){ piece, got }), OK);
	(void)fclose(file);
	found = text_find(buf_view(&content), text_of(needle)) != SIZE_MAX;
	buf_fini(&content);
	return found;
}

static void
neither_token_nor_question_reaches_the_log_and_no_token_the_store(void **state)
{
	struct fixture *fixture = *state;
	static const char *const files[] = { "store.db", "store.db-wal",
		"log" };
	char *logged;

	json_decref(say(fixture, AS_JSON WITH(SESSION),
	    "{\"text\": \"" SERVICE_QUESTION "\"}"));
	logged = service_logged(&fixture->service);
	assert_non_null(strstr(logged, "event=chat"));
	assert_null(strstr(logged, "làm việc"));
	free(logged);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		assert_false(
		    file_holds(&fixture->service.dir, files[i], SESSION));
}

/* ---- refusals ---- */

static void
what_cannot_be_read_is_refused_with_a_reason(void **state)
{
	static const struct {
		const char *headers, *body;
		unsigned status;
		const char *reason;
	} cases[] = {
		{ AS_JSON, "", 400, "not JSON" },
		{ AS_JSON, "{\"text\": \"a\"", 400, "not JSON" },
		{ AS_JSON, "{\"text\": \"a\", \"text\": \"b\"}", 400,
		    "not JSON" },
		{ AS_JSON, "[\"text\"]", 400, "not a JSON object" },
		{ AS_JSON, "{\"text\": \"\xc3\x28\"}", 400, "not UTF-8" },
		{ AS_JSON, "{\"text\": \"\\u0000\"}", 400, "not JSON" },
		{ AS_JSON, "{\"text\": \"\\ud800\"}", 400, "not JSON" },
		{ AS_JSON, "{}", 400, "either" },
		{ AS_JSON, "{\"text\": \" \\n \"}", 400, "either" },
		{ AS_JSON, "{\"text\": \"a\", \"payload\": \"person\"}", 400,
		    "either" },
		{ AS_JSON, "{\"text\": 5}", 400, "\\\"text\\\"" },
		{ AS_JSON, "{\"text\": \"a\", \"id\": null}", 400,
		    "\\\"id\\\"" },
		{ AS_JSON, "{\"text\": \"a\", \"after\": -1}", 400,
		    "\\\"after\\\"" },
		{ AS_JSON, "{\"text\": \"a\", \"after\": 1.5}", 400,
		    "\\\"after\\\"" },
		{ AS_JSON WITH("short"), "{\"text\": \"a\"}", 400,
		    "no session" },
		{ AS_JSON WITH("0123456789ABCDEF0123456789ABCDEF"),
		    "{\"text\": \"a\"}", 400, "no session" },
		{ "", "{\"text\": \"a\"}", 415, "application/json" },
		{ "Content-Type: text/plain\r\n", "{\"text\": \"a\"}", 415,
		    "application/json" },
		{ "Content-Type: application/jsonx\r\n", "{\"text\": \"a\"}",
		    415, "application/json" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_client_answer answer =
		    post(fixture, cases[i].headers, cases[i].body);

		if (answer.status != cases[i].status ||
		    strstr(answer.body, cases[i].reason) == NULL)
			fail_msg(
			    "case %zu: %u %s", i, answer.status, answer.body);
		free(answer.text);
	}
	assert_int_equal(service_count(&fixture->service).questions, 0);
}

static void
a_charset_and_any_case_are_allowed_in_the_content_type(void **state)
{
	static const char *const cases[] = {
		"Content-Type: application/json;charset=utf-8\r\n",
		"Content-Type: Application/JSON\r\n",
	};
	const struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		json_decref(say(fixture, cases[i], "{\"text\": \"a\"}"));
}

/* Four bytes a character: the longest text in UTF-8. */
static void
a_text_may_have_2000_characters_and_no_more(void **state)
{
	const struct fixture *fixture = *state;

	for (size_t extra = 0; extra < 2; extra++) {
		struct http_client_answer answer;
		struct buf body;

		buf_init(&body, CHAT_BODY_MAX_BYTES);
		assert_int_equal(buf_add(&body, TEXT("{\"text\": \"")), OK);
		for (size_t i = 0; i < CHAT_TEXT_MAX + extra; i++)
			assert_int_equal(buf_add(&body, TEXT("😀")), OK);
		assert_int_equal(buf_add(&body, TEXT("\"}")), OK);
		answer = post(fixture, AS_JSON, body.at);
		assert_int_equal(answer.status, extra == 0 ? 200 : 400);
		free(answer.text);
		buf_fini(&body);
	}
}

static void
a_fetch_names_a_session_and_a_number(void **state)
{
	static const struct {
		const char *path, *headers;
		unsigned status;
	} cases[] = {
		{ "/api/v1/chat", "", 400 },
		{ "/api/v1/chat", WITH("x"), 400 },
		{ "/api/v1/chat?after=x", WITH(SESSION), 400 },
		{ "/api/v1/chat?after=-1", WITH(SESSION), 400 },
		{ "/api/v1/chat?after=9223372036854775808", WITH(SESSION),
		    400 },
		{ "/api/v1/chat?after=9223372036854775807", WITH(SESSION),
		    200 },
		{ "/api/v1/chat", WITH(SESSION), 200 },
		{ "/api/v1/chat?wait_s=31", WITH(SESSION), 400 },
		{ "/api/v1/chat?wait_s=x", WITH(SESSION), 400 },
		{ "/api/v1/chat?wait_s=0", WITH(SESSION), 200 },
	};
	const struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_client_answer answer =
		    get(fixture, cases[i].path, cases[i].headers);

		if (answer.status != cases[i].status)
			fail_msg("case %zu: %u", i, answer.status);
		free(answer.text);
	}
}

static void
a_busy_store_is_answered_503_with_a_time_to_come_back(void **state)
{
	struct fixture *fixture = *state;
	struct service_block block;
	struct http_client_answer answer;

	service_block(&fixture->service, &block);
	answer = post(fixture, AS_JSON, "{\"text\": \"a\"}");
	service_unblock(&block);
	assert_int_equal(answer.status, 503);
	assert_true(text_is(http_client_header(&answer, "Retry-After"), "2"));
	free(answer.text);
}

/* ---- waiting ---- */

static uint64_t
waiting_now(const struct fixture *fixture)
{
	return metrics_get(fixture->service.metrics, METRIC_chat_waiting, NULL);
}

static void
wait_until_waiting(const struct fixture *fixture, uint64_t count)
{
	uint64_t until_ms = clock_monotonic_ms() + 10000;

	while (waiting_now(fixture) != count)
		if (clock_monotonic_ms() > until_ms)
			fail_msg("%d wait", (int)waiting_now(fixture));
}

/* A page of SESSION that waits; the socket, to be read by end_waiting(). */
static int
begin_waiting(const struct fixture *fixture, const char *session)
{
	int fd = http_client_open(fixture->service.port);
	char bytes[256];
	int length = snprintf(bytes, sizeof(bytes),
	    "GET /api/v1/chat?after=0&wait_s=30 HTTP/1.1\r\n"
	    "Host: localhost\r\nX-Hoidap-Session: %s\r\n\r\n",
	    session);

	http_client_send(fd, (struct text_view){ bytes, (size_t)length });
	return fd;
}

static size_t
end_waiting(int fd)
{
	struct http_client_answer answer = http_client_read(fd, false);
	json_t *root;
	size_t count;

	assert_int_equal(answer.status, 200);
	(void)close(fd);
	root = service_json(&answer);
	count = message_count(root);
	json_decref(root);
	return count;
}

static void
a_page_that_waits_gets_what_comes_later(void **state)
{
	const struct fixture *fixture = *state;
	int page = begin_waiting(fixture, SESSION);
	int stranger = begin_waiting(fixture, OTHER_SESSION);

	wait_until_waiting(fixture, 2);
	json_decref(say(
	    fixture, AS_JSON WITH(SESSION), "{\"payload\": \"entry:le-phi\"}"));
	chat_look(fixture->chat);
	assert_int_equal(end_waiting(page), 1);
	assert_int_equal(waiting_now(fixture), 1);
	chat_close(fixture->chat);
	assert_int_equal(end_waiting(stranger), 0);
}

static void
a_page_that_missed_something_does_not_wait(void **state)
{
	const struct fixture *fixture = *state;

	json_decref(say(
	    fixture, AS_JSON WITH(SESSION), "{\"payload\": \"entry:le-phi\"}"));
	assert_int_equal(end_waiting(begin_waiting(fixture, SESSION)), 1);
}

static void
a_wait_ends_with_its_time(void **state)
{
	const struct fixture *fixture = *state;
	uint64_t from_ms = clock_monotonic_ms();
	json_t *root =
	    fetch(fixture, "/api/v1/chat?after=0&wait_s=1", WITH(SESSION));

	assert_int_equal(message_count(root), 0);
	assert_true(clock_monotonic_ms() - from_ms >= 1000);
	json_decref(root);
}

/* Others are answered at once, and ask again. */
static void
no_more_pages_wait_than_may(void **state)
{
	const struct fixture *fixture = *state;
	char session[] = SESSION;
	int pages[WAITING_MAX];

	for (size_t i = 0; i < WAITING_MAX; i++) {
		session[0] = (char)('a' + (int)i);
		pages[i] = begin_waiting(fixture, session);
	}
	wait_until_waiting(fixture, WAITING_MAX);
	assert_int_equal(end_waiting(begin_waiting(fixture, SESSION)), 0);
	assert_int_equal(waiting_now(fixture), WAITING_MAX);
	chat_close(fixture->chat);
	for (size_t i = 0; i < WAITING_MAX; i++)
		assert_int_equal(end_waiting(pages[i]), 0);
}

/* A page that was left still waits a while: it makes room for the next. */
static void
of_one_citizen_the_oldest_page_goes(void **state)
{
	const struct fixture *fixture = *state;
	int pages[5];

	for (size_t i = 0; i < 5; i++) {
		wait_until_waiting(fixture, i);
		pages[i] = begin_waiting(fixture, SESSION);
	}
	assert_int_equal(end_waiting(pages[0]), 0);
	wait_until_waiting(fixture, 4);
	chat_close(fixture->chat);
	for (size_t i = 1; i < 5; i++)
		assert_int_equal(end_waiting(pages[i]), 0);
}

static void
once_closed_nobody_waits(void **state)
{
	const struct fixture *fixture = *state;

	chat_close(fixture->chat);
	assert_int_equal(end_waiting(begin_waiting(fixture, SESSION)), 0);
}

/* ---- erasing ---- */

static json_t *
erase(const struct fixture *fixture, const char *headers, unsigned status)
{
	struct http_client_answer answer = http_client_call(
	    fixture->service.port, "DELETE", "/api/v1/chat", headers, TEXT(""));

	assert_int_equal(answer.status, status);
	return service_json(&answer);
}

static size_t
record_count(struct fixture *fixture, const char *session)
{
	const struct text_view token = text_of(session);
	struct citizen_record *records;
	char citizen[SECRET_HEX_SIZE];
	struct arena arena;
	size_t count;

	secret_sha256_hex(&token, 1, citizen);
	arena_init(&arena, 1024 * 1024);
	assert_int_equal(store_records(fixture->service.store, "webchat",
			     text_of(citizen), &arena, &records, &count),
	    OK);
	arena_fini(&arena);
	return count;
}

static void
an_erased_citizen_is_forgotten_and_nobody_else(void **state)
{
	struct fixture *fixture = *state;
	static const char body[] = "{\"text\": \"" SERVICE_QUESTION "\"}";
	json_t *fetched;

	json_decref(say(fixture, AS_JSON WITH(SESSION), body));
	json_decref(say(fixture, AS_JSON WITH(OTHER_SESSION), body));
	assert_int_equal(record_count(fixture, SESSION), 1);
	json_decref(erase(fixture, WITH(SESSION), 200));
	fetched = fetch(fixture, "/api/v1/chat", WITH(SESSION));
	assert_int_equal(message_count(fetched), 0);
	json_decref(fetched);
	assert_int_equal(record_count(fixture, SESSION), 0);
	assert_int_equal(record_count(fixture, OTHER_SESSION), 1);
	/* The counts stay. */
	assert_int_equal(service_count(&fixture->service).questions, 2);
}

static void
erasing_nobody_leaves_no_trace(void **state)
{
	struct fixture *fixture = *state;

	json_decref(erase(fixture, WITH(SESSION), 200));
	assert_int_equal(record_count(fixture, SESSION), 0);
	json_decref(erase(fixture, "", 400));
	json_decref(erase(fixture, WITH("short"), 400));
}

/* ---- limits ---- */

static void
assert_refused(const struct fixture *fixture, const char *headers)
{
	struct http_client_answer answer =
	    post(fixture, headers, "{\"payload\": \"entry:le-phi\"}");
	uint64_t seconds;

	assert_int_equal(answer.status, 429);
	assert_int_equal(text_number(http_client_header(&answer, "Retry-After"),
			     1, 60, &seconds),
	    OK);
	free(answer.text);
}

static void
a_session_that_is_too_fast_must_wait(void **state)
{
	struct fixture *fixture = *state;
	static const char body[] = "{\"payload\": \"entry:le-phi\"}";

	for (size_t i = 0; i < SESSION_MAX; i++)
		json_decref(say(fixture, AS_JSON WITH(SESSION), body));
	assert_refused(fixture, AS_JSON WITH(SESSION));
	json_decref(erase(fixture, WITH(SESSION), 429));
	json_decref(say(fixture, AS_JSON WITH(OTHER_SESSION), body));
	assert_int_equal(
	    metrics_get(fixture->service.metrics, METRIC_chat_refused, NULL),
	    2);
}

/* Each message is of a new session. */
static void
an_address_that_is_too_fast_must_wait(void **state)
{
	static const struct {
		const char *from, *same, *other;
	} cases[] = {
		{ FROM("192.0.2.1"), FROM("192.0.2.1"), FROM("192.0.2.2") },
		{ FROM("203.0.113.9, 192.0.2.3"),
		    FROM("198.51.100.7, 192.0.2.3"), FROM("192.0.2.4") },
		{ FROM("2001:db8::1"), FROM("2001:db8::2"),
		    FROM("2001:db8:1::1") },
	};
	const struct fixture *fixture = *state;
	char headers[256];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		(void)snprintf(
		    headers, sizeof(headers), AS_JSON "%s", cases[i].from);
		for (size_t j = 0; j < ADDRESS_MAX; j++)
			json_decref(say(fixture, headers, "{\"text\": \"a\"}"));
		(void)snprintf(
		    headers, sizeof(headers), AS_JSON "%s", cases[i].same);
		assert_refused(fixture, headers);
		(void)snprintf(
		    headers, sizeof(headers), AS_JSON "%s", cases[i].other);
		json_decref(say(fixture, headers, "{\"text\": \"a\"}"));
	}
}

/* Everybody comes through a proxy that does not tell. */
static void
this_machine_is_not_limited(void **state)
{
	const struct fixture *fixture = *state;

	for (size_t i = 0; i < 2 * ADDRESS_MAX; i++)
		json_decref(say(fixture, AS_JSON, "{\"text\": \"a\"}"));
}

#define LIMITED(test)                                                          \
	cmocka_unit_test_setup_teardown(test, set_up_limited, tear_down)
#define SERVED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(a_question_is_answered_in_the_same_request),
		SERVED(a_tapped_button_is_followed),
		SERVED(only_replies_after_the_last_one_seen_are_told),
		SERVED(a_message_sent_again_counts_once_and_gets_its_answer),
		SERVED(the_id_of_somebody_else_blocks_nobody),
		SERVED(messages_without_an_id_are_all_different),
		SERVED(a_stranger_gets_a_session_that_works_from_then_on),
		SERVED(nobody_reads_the_replies_of_another_session),
		SERVED(
		    neither_token_nor_question_reaches_the_log_and_no_token_the_store),
		SERVED(what_cannot_be_read_is_refused_with_a_reason),
		SERVED(a_charset_and_any_case_are_allowed_in_the_content_type),
		SERVED(a_text_may_have_2000_characters_and_no_more),
		SERVED(a_fetch_names_a_session_and_a_number),
		SERVED(a_busy_store_is_answered_503_with_a_time_to_come_back),
		SERVED(a_page_that_waits_gets_what_comes_later),
		SERVED(a_page_that_missed_something_does_not_wait),
		SERVED(a_wait_ends_with_its_time),
		SERVED(no_more_pages_wait_than_may),
		SERVED(of_one_citizen_the_oldest_page_goes),
		SERVED(once_closed_nobody_waits),
		SERVED(an_erased_citizen_is_forgotten_and_nobody_else),
		SERVED(erasing_nobody_leaves_no_trace),
		LIMITED(a_session_that_is_too_fast_must_wait),
		LIMITED(an_address_that_is_too_fast_must_wait),
		LIMITED(this_machine_is_not_limited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
