/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The server is killed at random moments under load and started again on the
 * same file; what it did not acknowledge is delivered again, as a platform
 * does.  In the end
 *
 *   - every message has its reply, in order;
 *   - a reply comes twice only when the server died after the platform had
 *     taken it and before that was written down: the one window that no
 *     service without idempotency keys can close.  Both copies are then of the
 *     same delivery, and a crash lies between them.
 *
 * CRASHES=200 makes it a soak, SEED=N repeats the dice of an earlier run. */
#include "tests/support/cmocka_all.h"

#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "tests/support/http_client.h"
#include "tests/support/phone.h"

enum {
	PEOPLE = 8,
	CRASHES = 10,
	CRASHES_MAX = 10000,
	LIFE_MAX_MS = 120,  /* of load, before the server is killed */
	LATE_MAX_MS = 2000, /* the simulator writes a call down */
	SAID_IN_A_LIFE = 6, /* by one person, at most */
	QUESTIONS = 3,
};

static const struct {
	const char *asked, *heard;
} questions[QUESTIONS] = {
	{ "xin chào", "Xin chào" },
	{ "chữ ký số là gì", "Chữ ký số là cách" },
	{ "quên mã PIN ký số", "Anh/chị mở ứng dụng" },
};

/* Says one thing after another, and the next only when the server has
 * acknowledged the last. */
struct person {
	const char *channel;
	char citizen[16];
	unsigned said; /* messages that exist; acknowledged but the last */
	bool pending;  /* the last one is not acknowledged */
	char message_id[96];
	unsigned budget; /* what may be said in this life */
};

struct drill {
	struct service service;
	struct person people[PEOPLE];
	struct pollfd at[PEOPLE]; /* a post under way; -1: none */
	uint64_t dice;
	uint64_t kills_ms[CRASHES_MAX];
	unsigned kills;
	unsigned doubled;
};

static uint64_t
number_of(const char *variable, uint64_t otherwise, uint64_t max)
{
	const char *text = getenv(variable);
	uint64_t number = otherwise;

	if (text != NULL && text_number(text_of(text), 1, max, &number) != OK)
		fail_msg(
		    "%s must be a number from 1 to %" PRIu64, variable, max);
	return number;
}

/* Xorshift: the same on every machine. */
static uint64_t
roll(struct drill *drill, uint64_t below)
{
	drill->dice ^= drill->dice << 13;
	drill->dice ^= drill->dice >> 7;
	drill->dice ^= drill->dice << 17;
	return drill->dice % below;
}

/* ---- load ---- */

static void
post(struct drill *drill, size_t i, const char *path, json_t *body)
{
	char *text = json_dumps(body, JSON_COMPACT);
	struct buf request;

	json_decref(body);
	assert_non_null(text);
	buf_init(&request, 4096);
	assert_int_equal(buf_printf(&request,
			     "POST %s HTTP/1.1\r\nHost: localhost\r\n"
			     "Content-Length: %zu\r\n\r\n%s",
			     path, strlen(text), text),
	    OK);
	drill->at[i].fd =
	    http_client_open(simulator_port(drill->service.simulator));
	drill->at[i].events = POLLIN;
	http_client_send(drill->at[i].fd, buf_view(&request));
	buf_fini(&request);
	free(text);
}

/* The last message again, or the next one. */
static void
speak(struct drill *drill, size_t i)
{
	struct person *person = &drill->people[i];

	person->budget--;
	if (person->pending) {
		post(drill, i, "/simulator/redeliver",
		    json_pack("{s:s}", "message_id", person->message_id));
		return;
	}
	person->pending = true;
	post(drill, i, "/simulator/say",
	    json_pack("{s:s, s:s, s:s}", "channel", person->channel, "citizen",
		person->citizen, "text",
		questions[person->said % QUESTIONS].asked));
	person->said++;
}

static void
take_answer(struct drill *drill, size_t i)
{
	struct person *person = &drill->people[i];
	struct http_client_answer answer =
	    http_client_read(drill->at[i].fd, false);
	json_t *said;

	if (answer.status != 200)
		fail_msg("%u: %s", answer.status, answer.body);
	said = json_loadb(answer.body, answer.body_len, 0, NULL);
	free(answer.text);
	(void)close(drill->at[i].fd);
	drill->at[i].fd = -1;
	(void)snprintf(person->message_id, sizeof(person->message_id), "%s",
	    record_text(said, "message_id"));
	if (json_integer_value(json_object_get(said, "status")) == 200)
		person->pending = false;
	json_decref(said);
}

static bool
any_under_way(const struct drill *drill)
{
	for (size_t i = 0; i < PEOPLE; i++)
		if (drill->at[i].fd >= 0)
			return true;
	return false;
}

static void
take_answers(struct drill *drill, int wait_ms)
{
	if (poll(drill->at, PEOPLE, wait_ms) <= 0)
		return;
	for (size_t i = 0; i < PEOPLE; i++)
		if (drill->at[i].fd >= 0 && drill->at[i].revents != 0)
			take_answer(drill, i);
}

/* Let everybody talk until UNTIL_MS. */
static void
talk(struct drill *drill, uint64_t until_ms)
{
	uint64_t now_ms;

	while ((now_ms = clock_monotonic_ms()) < until_ms) {
		for (size_t i = 0; i < PEOPLE; i++)
			if (drill->at[i].fd < 0 && drill->people[i].budget > 0)
				speak(drill, i);
		take_answers(drill, (int)(until_ms - now_ms));
	}
}

static void
live_and_die(struct drill *drill)
{
	for (size_t i = 0; i < PEOPLE; i++)
		drill->people[i].budget =
		    1 + (unsigned)roll(drill, SAID_IN_A_LIFE);
	talk(drill, clock_monotonic_ms() + roll(drill, LIFE_MAX_MS));
	service_kill(&drill->service);
	drill->kills_ms[drill->kills++] = clock_now_ms();
	while (any_under_way(drill))
		take_answers(drill, -1);
	service_start(&drill->service);
}

/* The last life: nobody says anything new, all is acknowledged and sent. */
static void
finish(struct drill *drill)
{
	for (size_t i = 0; i < PEOPLE; i++) {
		drill->people[i].budget = 1;
		if (drill->people[i].pending)
			speak(drill, i);
	}
	while (any_under_way(drill))
		take_answers(drill, -1);
	for (size_t i = 0; i < PEOPLE; i++)
		assert_false(drill->people[i].pending);
	service_wait_metric(&drill->service, "hoidap_outbox_queued", 0);
}

/* ---- what came of it ---- */

static bool
is_answer_to(const json_t *row, unsigned message)
{
	/* The first answer comes with a notice before it. */
	return strstr(record_text(row, "text"),
		   questions[message % QUESTIONS].heard) != NULL;
}

static uint64_t
time_of(const json_t *row)
{
	return (uint64_t)json_integer_value(json_object_get(row, "at_ms"));
}

/* Messenger's calls carry our delivery id. */
static const char *
delivery_of(const json_t *row)
{
	return record_text(
	    json_object_get(json_object_get(row, "body"), "message"),
	    "metadata");
}

static bool
crashed_between(
    const struct drill *drill, const json_t *first, const json_t *second)
{
	for (unsigned i = 0; i < drill->kills; i++)
		if (drill->kills_ms[i] + LATE_MAX_MS >= time_of(first) &&
		    drill->kills_ms[i] <= time_of(second))
			return true;
	return false;
}

static void
check_copy(struct drill *drill, const json_t *first, const json_t *second)
{
	drill->doubled++;
	assert_string_equal(delivery_of(first), delivery_of(second));
	if (!crashed_between(drill, first, second))
		fail_msg("a reply was sent twice without a crash");
}

/* Every message of PERSON has its reply, and nothing else was said. */
static void
check_person(struct drill *drill, const struct person *person)
{
	const struct record_filter filter = { .api = "send",
		.channel = person->channel,
		.citizen = person->citizen };
	struct record *record = &drill->service.record;
	size_t count = record_count(record, &filter);
	const json_t *last = NULL;
	unsigned heard = 0;
	size_t at = 0;

	while (count-- > 0) {
		const json_t *row = record_wait(record, &filter, &at);

		if (heard < person->said && is_answer_to(row, heard))
			heard++;
		else if (last != NULL && is_answer_to(row, heard - 1))
			check_copy(drill, last, row);
		else
			fail_msg("%s heard \"%s\" as message %u",
			    person->citizen, record_text(row, "text"), heard);
		last = row;
	}
	if (heard != person->said)
		fail_msg("%s said %u things and heard %u", person->citizen,
		    person->said, heard);
}

static void
no_crash_loses_a_message_or_a_reply(void **state)
{
	struct drill *drill = *state;
	unsigned crashes = (unsigned)number_of("CRASHES", CRASHES, CRASHES_MAX);
	unsigned said = 0;
	const struct record_filter all = { .api = "send" };

	drill->dice =
	    number_of("SEED", clock_now_ms() % 1000000000 + 1, UINT64_MAX);
	print_message("seed %" PRIu64 "\n", drill->dice);
	while (drill->kills < crashes) {
		live_and_die(drill);
		/* Before the simulator forgets its oldest rows. */
		(void)record_count(&drill->service.record, &all);
	}
	finish(drill);
	for (size_t i = 0; i < PEOPLE; i++) {
		check_person(drill, &drill->people[i]);
		said += drill->people[i].said;
	}
	print_message("%u crashes, %u messages, %u replies doubled\n",
	    drill->kills, said, drill->doubled);
}

/* Before the first crash Zalo's tokens are in the store: a server that dies
 * while it puts them there leaves their lock behind, for two minutes. */
static void
greet(struct drill *drill)
{
	struct phone phone = { &drill->service, "zalo", "70999", 0, "" };

	(void)phone_ask(&phone, "xin chào");
}

static int
setup(void **state)
{
	struct drill *drill = calloc(1, sizeof(*drill));

	assert_non_null(drill);
	drill->service.as_child = true;
	for (size_t i = 0; i < PEOPLE; i++) {
		drill->people[i].channel = i % 2 == 0 ? "messenger" : "zalo";
		(void)snprintf(drill->people[i].citizen,
		    sizeof(drill->people[i].citizen), "7%04zu", i);
		drill->at[i].fd = -1;
	}
	service_open(&drill->service);
	greet(drill);
	*state = drill;
	return 0;
}

static int
teardown(void **state)
{
	struct drill *drill = *state;

	service_close(&drill->service);
	free(drill);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    no_crash_loses_a_message_or_a_reply, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
