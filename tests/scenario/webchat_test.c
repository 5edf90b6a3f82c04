/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The agency's own page: a browser posts, and fetches what it has missed. */
#include "tests/support/cmocka_all.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "desk.h"
#include "tests/support/http_client.h"
#include "tests/support/service.h"

enum { SESSION_SIZE = 64 };

/* One browser. */
struct page {
	struct service *service;
	char session[SESSION_SIZE]; /* "": none yet */
	uint64_t after;		    /* the last message it has shown */
};

static const char *
headers(const struct page *page, char out[256])
{
	(void)snprintf(out, 256, "Content-Type: application/json\r\n%s%s%s",
	    page->session[0] == '\0' ? "" : "X-Hoidap-Session: ", page->session,
	    page->session[0] == '\0' ? "" : "\r\n");
	return out;
}

/* Takes ANSWER; its JSON is yours. */
static json_t *
read_answer(struct page *page, struct http_client_answer answer)
{
	json_t *said;
	const json_t *messages;
	size_t count;

	if (answer.status != 200)
		fail_msg("%u: %s", answer.status, answer.body);
	said = json_loadb(answer.body, answer.body_len, 0, NULL);
	free(answer.text);
	messages = json_object_get(said, "messages");
	assert_true(json_is_array(messages));
	count = json_array_size(messages);
	if (count > 0)
		page->after = (uint64_t)json_integer_value(
		    json_object_get(json_array_get(messages, count - 1), "id"));
	if (json_object_get(said, "session") != NULL)
		(void)snprintf(page->session, sizeof(page->session), "%s",
		    record_text(said, "session"));
	return said;
}

/* Takes BODY. */
static json_t *
post(struct page *page, json_t *body)
{
	char *text;
	char lines[256];
	struct http_client_answer answer;

	assert_int_equal(json_object_set_new(body, "after",
			     json_integer((json_int_t)page->after)),
	    0);
	text = json_dumps(body, 0);
	assert_non_null(text);
	json_decref(body);
	answer = http_client_call(page->service->port, "POST", "/api/v1/chat",
	    headers(page, lines), text_of(text));
	free(text);
	return read_answer(page, answer);
}

static json_t *
fetch(struct page *page)
{
	char path[64];
	char lines[256];

	(void)snprintf(
	    path, sizeof(path), "/api/v1/chat?after=%" PRIu64, page->after);
	return read_answer(
	    page, http_client_call(page->service->port, "GET", path,
		      headers(page, lines), text_of(NULL)));
}

static const json_t *
only_message(const json_t *said)
{
	const json_t *messages = json_object_get(said, "messages");

	assert_int_equal(json_array_size(messages), 1);
	return json_array_get(messages, 0);
}

/* Takes SAID. */
static void
assert_heard(json_t *said, const char *part)
{
	const char *text = record_text(only_message(said), "text");

	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" has no \"%s\"", text, part);
	json_decref(said);
}

static json_t *
say(const char *text)
{
	return json_pack("{s:s}", "text", text);
}

static void
a_question_is_answered_in_the_same_request(void **state)
{
	struct page page = { .service = *state };

	assert_heard(
	    post(&page, say("chữ ký số là gì")), "Chữ ký số là cách ký tên");
	assert_int_equal(strlen(page.session), 32);
}

static void
a_tap_and_a_typed_number_lead_to_the_same_answer(void **state)
{
	struct page page = { .service = *state };

	json_decref(post(&page, say("chữ ký số là gì")));
	assert_heard(
	    post(&page, json_pack("{s:s, s:s}", "payload",
			    "entry:chi-phi-ky-so", "title", "Chi phí ký số")),
	    "do nhà cung cấp công bố");
	json_decref(post(&page, say("chữ ký số là gì")));
	assert_heard(post(&page, say("2")), "do nhà cung cấp công bố");
}

static void
what_is_not_known_is_said_so(void **state)
{
	struct page page = { .service = *state };

	assert_heard(post(&page, say("làm hộ chiếu ở đâu")),
	    "chưa có câu trả lời chắc chắn");
}

/* The page sends a message again when it has not seen an answer. */
static void
a_message_sent_twice_is_answered_once(void **state)
{
	struct page page = { .service = *state };
	json_t *again;

	assert_heard(post(&page, json_pack("{s:s, s:s}", "text", "xin chào",
				     "id", "message-1")),
	    "Xin chào");
	again = post(&page,
	    json_pack("{s:s, s:s}", "text", "xin chào", "id", "message-1"));
	assert_int_equal(
	    json_array_size(json_object_get(again, "messages")), 0);
	json_decref(again);
}

static void
a_page_that_was_reloaded_fetches_what_it_missed(void **state)
{
	struct service *service = *state;
	struct page page = { .service = service };

	json_decref(post(&page, say("chữ ký số là gì")));
	page.after = 0;
	service_stop(service);
	service_start(service);
	assert_heard(fetch(&page), "Chữ ký số là cách ký tên");
}

/* Whenever the page is opened again, and however often. */
static void
an_answer_of_staff_waits_for_the_page(void **state)
{
	struct service *service = *state;
	struct page page = { .service = service };
	const struct desk desk = { .store = app_store(service->app) };
	const struct reply reply = { .text = TEXT("Ở phường ạ.") };
	const uint64_t question = 1;
	struct audit_line line = { .action = TEXT("") };
	struct desk_answer answer = {
		.questions = &question, .count = 1, .reply = &reply
	};
	struct reach_counts done;
	struct arena arena;
	uint64_t before;

	json_decref(post(&page, say("làm hộ chiếu ở đâu")));
	before = page.after;
	service_pass_ms(service, 90ull * 24 * 3600 * 1000);
	line.at_ms = clock_now_ms();
	answer.now_ms = line.at_ms;
	arena_init(&arena, 1 << 20);
	assert_int_equal(desk_answer(&desk, &answer, &line, &arena, &done), OK);
	arena_fini(&arena);
	assert_int_equal(done.replies[REACH_FREE], 1);
	assert_heard(fetch(&page), "Ở phường ạ.");
	page.after = before;
	assert_heard(fetch(&page), "“làm hộ chiếu ở đâu”");
}

static void
nobody_reads_the_chat_of_another_session(void **state)
{
	struct page page = { .service = *state };
	struct page stranger = { .service = *state };
	json_t *said;

	json_decref(post(&page, say("chữ ký số là gì")));
	json_decref(post(&stranger, say("xin chào")));
	stranger.after = 0;
	said = fetch(&stranger);
	assert_non_null(
	    strstr(record_text(only_message(said), "text"), "Xin chào"));
	json_decref(said);
}

/* A tab of the citizen of PAGE that waits for what comes next. */
static int
begin_waiting(const struct page *page)
{
	int fd = http_client_open(page->service->port);
	char bytes[256];
	int length = snprintf(bytes, sizeof(bytes),
	    "GET /api/v1/chat?after=%" PRIu64
	    "&wait_s=30 HTTP/1.1\r\nHost: localhost\r\n"
	    "X-Hoidap-Session: %s\r\n\r\n",
	    page->after, page->session);

	http_client_send(fd, (struct text_view){ bytes, (size_t)length });
	return fd;
}

static json_t *
end_waiting(struct page *page, int fd)
{
	json_t *said = read_answer(page, http_client_read(fd, false));

	(void)close(fd);
	return said;
}

static void
a_waiting_tab_gets_what_another_one_brought_about(void **state)
{
	struct page page = { .service = *state };
	struct page other;
	int fd;

	json_decref(post(&page, say("xin chào")));
	other = page;
	fd = begin_waiting(&page);
	service_wait_metric(page.service, "hoidap_chat_waiting", 1);
	json_decref(post(&other, say("chữ ký số là gì")));
	assert_heard(end_waiting(&page, fd), "Chữ ký số là cách ký tên");
	service_wait_metric(page.service, "hoidap_chat_waiting", 0);
}

static void
a_server_that_stops_lets_go_of_waiting_pages(void **state)
{
	struct service *service = *state;
	struct page page = { .service = service };
	json_t *said;
	int fd;

	json_decref(post(&page, say("xin chào")));
	fd = begin_waiting(&page);
	service_wait_metric(service, "hoidap_chat_waiting", 1);
	service_stop(service);
	said = end_waiting(&page, fd);
	assert_int_equal(json_array_size(json_object_get(said, "messages")), 0);
	json_decref(said);
	service_start(service);
}

static void
an_erased_conversation_leaves_no_word_behind(void **state)
{
	struct page page = { .service = *state };
	struct http_client_answer answer;
	char lines[256];
	json_t *said;

	json_decref(post(&page, say("chữ ký số là gì")));
	answer = http_client_call(page.service->port, "DELETE", "/api/v1/chat",
	    headers(&page, lines), text_of(NULL));
	assert_int_equal(answer.status, 200);
	free(answer.text);
	page.after = 0;
	said = fetch(&page);
	assert_int_equal(json_array_size(json_object_get(said, "messages")), 0);
	json_decref(said);
}

#define SCENARIO(test)                                                         \
	cmocka_unit_test_setup_teardown(test, service_setup, service_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCENARIO(a_question_is_answered_in_the_same_request),
		SCENARIO(a_tap_and_a_typed_number_lead_to_the_same_answer),
		SCENARIO(what_is_not_known_is_said_so),
		SCENARIO(a_message_sent_twice_is_answered_once),
		SCENARIO(a_page_that_was_reloaded_fetches_what_it_missed),
		SCENARIO(an_answer_of_staff_waits_for_the_page),
		SCENARIO(nobody_reads_the_chat_of_another_session),
		SCENARIO(a_waiting_tab_gets_what_another_one_brought_about),
		SCENARIO(a_server_that_stops_lets_go_of_waiting_pages),
		SCENARIO(an_erased_conversation_leaves_no_word_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
