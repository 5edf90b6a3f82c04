/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* turns_start() without a server: the request is a bare arena, and done() runs
 * on the store's thread. */
#include "channels.h"
#include "tests/unit/http/service_fixture.h"

struct fixture {
	struct service_fixture service; /* first */
	struct http_request request;
	struct turns_order order;
	struct message_list messages;
	sem_t done;
	unsigned done_calls;
	enum result result;
};

static void
on_done(void *context, struct http_request *request, enum result result)
{
	struct fixture *fixture = context;

	assert_ptr_equal(request, &fixture->request);
	fixture->done_calls++;
	fixture->result = result;
	assert_int_equal(sem_post(&fixture->done), 0);
}

static int
set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	service_open(&fixture->service);
	arena_init(&fixture->request.arena, MATCH_ARENA_BYTES_MAX * 2);
	assert_int_equal(sem_init(&fixture->done, 0, 0), 0);
	fixture->order = (struct turns_order){ .request = &fixture->request,
		.channel = &channel_messenger,
		.messages = &fixture->messages,
		.done = on_done,
		.context = fixture };
	*state = fixture;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *fixture = *state;

	service_close(&fixture->service);
	arena_fini(&fixture->request.arena);
	(void)sem_destroy(&fixture->done);
	free(fixture);
	return 0;
}

static enum result
start(struct fixture *fixture, struct message *messages, size_t count)
{
	fixture->messages = (struct message_list){ messages, count };
	return turns_start(&fixture->service.turns, &fixture->order, 1000);
}

/* Start, and wait for done(). */
static enum result
take(struct fixture *fixture, struct message *messages, size_t count)
{
	assert_int_equal(start(fixture, messages, count), OK);
	while (sem_wait(&fixture->done) != 0)
		continue;
	return fixture->result;
}

static struct message
typed(const char *dedup_id, const char *text)
{
	return (struct message){ .kind = EVENT_TEXT,
		.dedup_id = text_of(dedup_id),
		.account = TEXT("page"),
		.citizen = TEXT("an"),
		.text = text_of(text) };
}

static uint64_t
decided(const struct fixture *fixture, const char *decision)
{
	return metrics_get(
	    fixture->service.metrics, METRIC_decisions, decision);
}

static void
each_event_becomes_a_turn_and_done_is_called_once(void **state)
{
	struct fixture *fixture = *state;
	struct message messages[] = {
		typed("1", SERVICE_QUESTION), typed("2", "Lệ phí bao nhiêu?"),
		typed("1", SERVICE_QUESTION), /* again */
	};
	struct store_counts counts;

	assert_int_equal(take(fixture, messages, 3), OK);
	assert_int_equal(fixture->done_calls, 1);
	counts = service_count(&fixture->service);
	assert_int_equal(counts.questions, 2);
	assert_int_equal(counts.queued, 2);
	assert_int_equal(decided(fixture, "answer"), 2);
	assert_int_equal(metrics_get(fixture->service.metrics,
			     METRIC_events_duplicate, "messenger"),
	    1);
}

static void
the_question_log_says_what_was_decided_on_which_base(void **state)
{
	struct fixture *fixture = *state;
	struct message message = typed("1", SERVICE_QUESTION);
	const struct question_filter filter = { .limit = 5 };
	const struct knowledge *knowledge =
	    knowledge_slot_get(fixture->service.knowledge);
	struct question_row *rows;
	struct arena arena;
	size_t count;

	assert_int_equal(take(fixture, &message, 1), OK);
	arena_init(&arena, 1 << 20);
	assert_int_equal(store_questions(fixture->service.store, &filter,
			     &arena, &rows, &count),
	    OK);
	assert_int_equal(count, 1);
	assert_true(text_is(rows[0].question.text, SERVICE_QUESTION));
	assert_true(text_is(rows[0].question.decision, "answer"));
	assert_true(text_is(rows[0].question.entry, "gio-lam-viec"));
	assert_true(
	    text_starts(rows[0].question.candidates, TEXT("gio-lam-viec ")));
	assert_true(text_is(rows[0].question.base, knowledge->faq->version));
	assert_true(rows[0].question.confidence > 0.5);
	arena_fini(&arena);
	knowledge_drop(knowledge);
}

static void
events_that_need_no_turn_are_done_at_once(void **state)
{
	struct fixture *fixture = *state;
	struct message messages[] = {
		{ .kind = EVENT_IGNORED, .dedup_id = TEXT("1") },
		typed("2", SERVICE_QUESTION),
	};

	messages[1].citizen = TEXT(""); /* nobody to answer */
	assert_int_equal(take(fixture, messages, 2), OK);
	assert_int_equal(take(fixture, NULL, 0), OK);
	assert_int_equal(fixture->done_calls, 2);
	assert_int_equal(service_count(&fixture->service).questions, 0);
}

static void
a_busy_store_is_told_and_done_is_not_called(void **state)
{
	struct fixture *fixture = *state;
	struct message message = typed("1", SERVICE_QUESTION);
	struct service_block block;
	enum result result;

	service_block(&fixture->service, &block);
	result = start(fixture, &message, 1);
	service_unblock(&block);
	assert_int_equal(result, ERR_BUSY);
	assert_int_equal(fixture->done_calls, 0);
	assert_int_equal(take(fixture, &message, 1), OK);
}

static void
an_arena_that_is_full_is_out_of_memory_and_done_is_not_called(void **state)
{
	static const size_t sizes[] = { 0, 256, 1024, 4096 };
	struct fixture *fixture = *state;
	struct message message = typed("1", SERVICE_QUESTION);

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		arena_fini(&fixture->request.arena);
		arena_init(&fixture->request.arena, sizes[i]);
		assert_int_equal(start(fixture, &message, 1), ERR_NOMEM);
	}
	assert_int_equal(fixture->done_calls, 0);
	assert_int_equal(service_count(&fixture->service).questions, 0);
}

static void
a_new_base_answers_the_next_turn(void **state)
{
	static const char topic[] =
	    "{\"topic\": \"gio\", \"title\": \"Giờ\", \"entries\": [\n"
	    "{\"id\": \"gio-moi\", \"question\": \"" SERVICE_QUESTION "\",\n"
	    " \"asked_as\": [\"giờ làm việc của phường\"],\n"
	    " \"answer\": \"Giờ mới.\"}]}";
	struct fixture *fixture = *state;
	struct message messages[] = { typed("1", SERVICE_QUESTION),
		typed("2", SERVICE_QUESTION) };
	const struct question_filter filter = { .limit = 5 };
	struct knowledge *next = NULL;
	struct complaint why;
	struct question_row *rows;
	struct arena arena;
	size_t count;

	assert_int_equal(take(fixture, &messages[0], 1), OK);
	service_write(&fixture->service.dir, "gio.json", topic);
	assert_int_equal(knowledge_load(fixture->service.dir.path, "2026-11-24",
			     &next, &why),
	    OK);
	knowledge_slot_set(fixture->service.knowledge, next);
	assert_int_equal(take(fixture, &messages[1], 1), OK);
	arena_init(&arena, 1 << 20);
	assert_int_equal(store_questions(fixture->service.store, &filter,
			     &arena, &rows, &count),
	    OK);
	assert_int_equal(count, 2);
	assert_true(text_is(rows[0].question.entry, "gio-moi"));
	assert_true(text_is(rows[1].question.entry, "gio-lam-viec"));
	arena_fini(&arena);
}

#define SERVED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(each_event_becomes_a_turn_and_done_is_called_once),
		SERVED(the_question_log_says_what_was_decided_on_which_base),
		SERVED(events_that_need_no_turn_are_done_at_once),
		SERVED(a_busy_store_is_told_and_done_is_not_called),
		SERVED(
		    an_arena_that_is_full_is_out_of_memory_and_done_is_not_called),
		SERVED(a_new_base_answers_the_next_turn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
