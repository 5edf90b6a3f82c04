/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* From a draft to what citizens are answered, while they go on writing. */
#include "tests/support/cmocka_all.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "curators.h"

enum { PATH_SIZE = CURATORS_PATH_SIZE };

/* A new citizen asks; the answer is yours. */
static char *
ask(struct service *service, const char *question)
{
	json_t *body = json_pack("{s:s}", "text", question);
	char *text = json_dumps(body, 0);
	struct http_client_answer answer =
	    http_client_call(service->port, "POST", "/api/v1/chat",
		"Content-Type: application/json\r\n", text_of(text));
	json_t *said = json_loadb(answer.body, answer.body_len, 0, NULL);
	json_t *messages = json_object_get(said, "messages");
	char *reply = NULL;

	if (answer.status == 200 && json_array_size(messages) == 1)
		reply = text_dup(
		    text_of(text_at(json_array_get(messages, 0), "text")));
	json_decref(said);
	json_decref(body);
	free(answer.text);
	free(text);
	return reply;
}

static void
assert_answered(struct service *service, const char *question, const char *part)
{
	char *reply = ask(service, question);

	assert_non_null(reply);
	if (strstr(reply, part) == NULL)
		fail_msg("\"%s\" has no \"%s\"", reply, part);
	free(reply);
}

/* ---- the story ---- */

#define QUESTION "làm hộ chiếu ở đâu"
#define UNKNOWN "chưa có câu trả lời"

/* Polls until the check is done; its JSON is yours. */
static json_t *
check(struct person *person, json_t *body, char path_out[PATH_SIZE])
{
	json_t *said = expect(person, 202, "POST", "/faq/checks", body);

	(void)snprintf(path_out, PATH_SIZE, "/faq/checks/%lld",
	    (long long)number_at(said, "check"));
	do {
		json_decref(said);
		said = expect(person, 200, "GET", path_out, NULL);
	} while (strcmp(text_at(said, "step"), "done") != 0);
	return said;
}

struct publish_path {
	char at[PATH_SIZE + 16];
};

static struct publish_path
publish_path(const char *check_path)
{
	struct publish_path path;

	(void)snprintf(path.at, sizeof(path.at), "%s/publish", check_path);
	return path;
}

/* Citizens who do not stop writing. */
struct crowd {
	struct service *service;
	pthread_t thread;
	_Atomic bool enough;
	_Atomic size_t asked;
	_Atomic size_t lost;
	_Atomic size_t old_answers;
	_Atomic size_t new_answers;
};

static void *
keep_asking(void *context)
{
	struct crowd *crowd = context;

	while (!atomic_load(&crowd->enough)) {
		char *reply = ask(crowd->service, QUESTION);

		atomic_fetch_add(&crowd->asked, 1);
		if (reply == NULL)
			atomic_fetch_add(&crowd->lost, 1);
		else if (strstr(reply, ANSWER) != NULL)
			atomic_fetch_add(&crowd->new_answers, 1);
		else if (strstr(reply, UNKNOWN) != NULL)
			atomic_fetch_add(&crowd->old_answers, 1);
		free(reply);
	}
	return NULL;
}

static void
wait_for(const _Atomic size_t *count, size_t wanted)
{
	while (atomic_load(count) < wanted)
		(void)sched_yield();
}

static void
a_draft_is_reviewed_and_published_while_messages_flow(void **state)
{
	struct service *service = *state;
	struct crowd crowd = { .service = service };
	struct person lan;
	struct person minh;
	char path[PATH_SIZE];
	json_t *said;
	json_t *replay;

	open_people(service, &lan, &minh);
	assert_int_equal(
	    pthread_create(&crowd.thread, NULL, keep_asking, &crowd), 0);
	wait_for(&crowd.old_answers, 3);
	submit(&lan, "Anh/chị đến " ANSWER ".");
	said = check(&lan, json_pack("{s:i}", "questions", 100), path);
	replay = json_object_get(json_object_get(said, "report"), "replay");
	assert_in_range(number_at(replay, "changed"), 3, 100);
	assert_string_equal(
	    text_at(
		json_array_get(json_object_get(replay, "changes"), 0), "text"),
	    QUESTION);
	json_decref(said);
	refused(&lan, 403, "forbidden", "POST", publish_path(path).at,
	    json_object());
	json_decref(
	    expect(&minh, 200, "POST", publish_path(path).at, json_object()));
	wait_for(&crowd.new_answers, 3);
	atomic_store(&crowd.enough, true);
	assert_int_equal(pthread_join(crowd.thread, NULL), 0);
	assert_int_equal(crowd.lost, 0);
	assert_int_equal(crowd.old_answers + crowd.new_answers, crowd.asked);
}

static void
what_was_published_outlives_the_process_and_is_rolled_back(void **state)
{
	struct service *service = *state;
	struct person lan;
	struct person minh;
	char path[PATH_SIZE];

	open_people(service, &lan, &minh);
	submit(&lan, "Anh/chị đến " ANSWER ".");
	json_decref(check(&lan, json_object(), path));
	json_decref(
	    expect(&minh, 200, "POST", publish_path(path).at, json_object()));
	service_stop(service);
	service_start(service);
	assert_answered(service, QUESTION, ANSWER);
	assert_int_equal(app_reload(service->app, NULL), OK);
	assert_answered(service, QUESTION, ANSWER);
	refused(&minh, 400, "bad_field", "POST", ENTRY "/rollback",
	    json_pack("{s:i, s:i}", "from", 1, "to", 0));
	refused(&minh, 409, "conflict", "POST", ENTRY "/rollback",
	    json_pack("{s:i, s:i, s:s}", "from", 2, "to", 0, "why", "sai"));
	json_decref(expect(&minh, 200, "POST", ENTRY "/rollback",
	    json_pack("{s:i, s:i, s:s}", "from", 1, "to", 0, "why", "sai")));
	assert_answered(service, QUESTION, UNKNOWN);
	json_decref(expect(&minh, 200, "POST", ENTRY "/rollback",
	    json_pack("{s:i, s:i, s:s}", "from", 0, "to", 1, "why", "đúng")));
	assert_answered(service, QUESTION, ANSWER);
}

static void
nobody_publishes_what_they_wrote(void **state)
{
	struct service *service = *state;
	struct person lan;
	struct person minh;
	char path[PATH_SIZE];
	json_t *key;

	open_people(service, &lan, &minh);
	key = expect(&minh, 200, "PUT", ENTRY "/draft",
	    draft(passport("Đến " ANSWER "."), 0, 0, 0));
	json_decref(
	    check(&minh, json_pack("{s:[s]}", "entries", "ho-chieu"), path));
	refused(&minh, 409, "not_in_review", "POST", publish_path(path).at,
	    json_object());
	json_decref(expect(&minh, 200, "POST", ENTRY "/submit", step(key)));
	json_decref(check(&minh, json_object(), path));
	refused(&minh, 403, "same_person", "POST", publish_path(path).at,
	    json_object());
	assert_answered(service, QUESTION, UNKNOWN);
}

static void
an_error_stops_at_the_gate_unless_somebody_says_why(void **state)
{
	struct service *service = *state;
	struct person lan;
	struct person minh;
	char path[PATH_SIZE];
	json_t *entry = passport("Đến " ANSWER ".");
	json_t *said;

	open_people(service, &lan, &minh);
	(void)json_object_set_new(
	    entry, "valid_until", json_string("2020-01-01"));
	said = expect(&lan, 200, "PUT", ENTRY "/draft", draft(entry, 0, 0, 0));
	json_decref(expect(&lan, 200, "POST", ENTRY "/submit", step(said)));
	said = check(&minh, json_object(), path);
	assert_true(json_is_false(
	    json_object_get(json_object_get(said, "report"), "passes")));
	json_decref(said);
	refused(
	    &minh, 409, "gate", "POST", publish_path(path).at, json_object());
	json_decref(expect(&minh, 200, "POST", publish_path(path).at,
	    json_pack("{s:s}", "override", "giữ lại để tham khảo")));
}

static void
two_editors_get_a_choice_and_faults_get_their_fields(void **state)
{
	struct service *service = *state;
	struct person lan;
	struct person minh;
	json_t *said;

	open_people(service, &lan, &minh);
	json_decref(expect(&lan, 422, "PUT", ENTRY "/draft",
	    draft(json_pack("{s:i}", "một khóa dài ơi là dài đến không ngờ", 1),
		0, 0, 0)));
	said = expect(&lan, 422, "PUT", ENTRY "/draft",
	    draft(passport("{{không}}"), 0, 0, 0));
	assert_string_equal(
	    text_at(
		json_array_get(json_object_get(said, "faults"), 0), "field"),
	    "answer");
	json_decref(said);
	json_decref(expect(&lan, 200, "PUT", ENTRY "/draft",
	    draft(passport("Của Lan."), 0, 0, 0)));
	said = expect(&minh, 409, "PUT", ENTRY "/draft",
	    draft(passport("Của Minh."), 0, 0, 0));
	assert_string_equal(text_at(said, "code"), "conflict");
	assert_string_equal(
	    text_at(json_object_get(json_object_get(said, "theirs"), "entry"),
		"answer"),
	    "Của Lan.");
	assert_string_equal(
	    text_at(json_object_get(said, "yours"), "answer"), "Của Minh.");
	json_decref(said);
}

static void
a_check_is_stale_once_something_else_was_published(void **state)
{
	struct service *service = *state;
	struct person lan;
	struct person minh;
	char first[PATH_SIZE];
	char second[PATH_SIZE];

	open_people(service, &lan, &minh);
	submit(&lan, "Đến " ANSWER ".");
	json_decref(check(&minh, json_object(), first));
	json_decref(check(&minh, json_object(), second));
	json_decref(
	    expect(&minh, 200, "POST", publish_path(second).at, json_object()));
	refused(&minh, 409, "stale_check", "POST", publish_path(first).at,
	    json_object());
	/* Nor is one published twice. */
	refused(&minh, 409, "stale_check", "POST", publish_path(second).at,
	    json_object());
}

static void
the_list_and_the_test_box_say_what_is_in_force(void **state)
{
	struct service *service = *state;
	struct person lan;
	struct person minh;
	json_t *said;
	json_t *bubbles;

	open_people(service, &lan, &minh);
	said = expect(&lan, 200, "GET", "/faq?q=chu%20ky%20so%20la%20gi", NULL);
	assert_true(number_at(said, "total") > 0);
	assert_string_equal(
	    text_at(json_array_get(json_object_get(said, "entries"), 0), "id"),
	    "chu-ky-so");
	json_decref(said);
	said = expect(&lan, 200, "POST", "/try",
	    json_pack("{s:s}", "text", "chu ky so la gi"));
	assert_string_equal(text_at(said, "decision"), "answer");
	assert_string_equal(text_at(said, "entry"), "chu-ky-so");
	bubbles = json_object_get(said, "bubbles");
	assert_true(json_array_size(json_object_get(bubbles, "zalo")) > 0);
	assert_non_null(strstr(
	    text_at(json_array_get(json_object_get(bubbles, "messenger"), 0),
		"text"),
	    "Chữ ký số"));
	json_decref(said);
	said = expect(&lan, 200, "POST", "/faq/opinion",
	    json_pack(
		"{s:s, s:s}", "entry", "nop-ho-so", "text", "chữ ký số là gì"));
	assert_string_equal(text_at(said, "opinion"), "other");
	json_decref(said);
	said = expect(&lan, 200, "POST", "/faq/preview",
	    json_pack("{s:{s:s, s:s, s:s}}", "entry", "id", "x", "question",
		"Gì?", "answer", "Đây."));
	assert_non_null(
	    json_object_get(json_object_get(said, "bubbles"), "webchat"));
	json_decref(said);
}

#define SCENARIO(test)                                                         \
	cmocka_unit_test_setup_teardown(test, service_setup, service_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SCENARIO(a_draft_is_reviewed_and_published_while_messages_flow),
		SCENARIO(
		    what_was_published_outlives_the_process_and_is_rolled_back),
		SCENARIO(nobody_publishes_what_they_wrote),
		SCENARIO(an_error_stops_at_the_gate_unless_somebody_says_why),
		SCENARIO(two_editors_get_a_choice_and_faults_get_their_fields),
		SCENARIO(a_check_is_stale_once_something_else_was_published),
		SCENARIO(the_list_and_the_test_box_say_what_is_in_force),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
