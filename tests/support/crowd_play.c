/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A round: the movers take one citizen after the other, and do with each what
 * the script says, waiting for every acknowledgement; meanwhile the server may
 * be stopped and started.  What is not acknowledged is delivered again, as the
 * platforms do, byte for byte.  Then the pages look for what is due, the outbox
 * runs dry, and the clock moves. */
#include "crowd.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "clock_shift.h"
#include "cmocka_all.h"
#include "crowd_call.h"
#include "desk.h"

enum {
	MOVERS = 12,
	TRIES_MAX = 2000,
	PATIENCE_MS = 60000,
	DESK_ARENA_MAX_BYTES = 16 << 20,
	PATH_SIZE = 64,
	RECORD_WAIT_MS = 20000,
};

struct stage {
	struct crowd *crowd;
	unsigned round;
	void (*move)(struct stage *stage, struct crowd_citizen *citizen);
	_Atomic size_t next;   /* citizen to be moved */
	_Atomic size_t moved;  /* citizens */
	sem_t half;	       /* posted when half of them are */
	_Atomic unsigned port; /* the server's */
	pthread_rwlock_t up;   /* written while there is no server */
	_Atomic(const char *) trouble;
};

static void
trouble(struct stage *stage, const char *what)
{
	atomic_store(&stage->trouble, what);
}

/* While the server starts again. */
static void
wait_for_server(struct stage *stage)
{
	(void)pthread_rwlock_rdlock(&stage->up);
	(void)pthread_rwlock_unlock(&stage->up);
}

/* ---- on the platforms ---- */

static const char *const paths[CROWD_ACTS] = {
	[CROWD_SAY] = "/simulator/say",
	[CROWD_TAP] = "/simulator/tap",
	[CROWD_ATTACH] = "/simulator/attach",
	[CROWD_FOLLOW] = "/simulator/follow",
	[CROWD_STAFF] = "/simulator/staff",
	[CROWD_TAKE] = "/simulator/take",
	[CROWD_PASS] = "/simulator/pass",
};

/* Takes BODY. The status that the server answered; 0: none; -1: the simulator
 * does not know the message any more. */
static long
tell_simulator(struct stage *stage, const char *path, json_t *body,
    char message_id[CROWD_MESSAGE_ID_SIZE])
{
	unsigned short port = simulator_port(stage->crowd->service.simulator);
	char *text = json_dumps(body, JSON_COMPACT);
	const struct crowd_call call = { "POST", path, NULL, text_of(text) };
	json_t *said = NULL;
	unsigned status = crowd_call(port, &call, &said);
	long answered = -1;

	if (status == 200) {
		answered =
		    (long)json_integer_value(json_object_get(said, "status"));
		(void)snprintf(message_id, CROWD_MESSAGE_ID_SIZE, "%s",
		    record_text(said, "message_id"));
	} else if (status != 409) {
		trouble(stage, "the simulator does not answer");
	}
	json_decref(said);
	json_decref(body);
	free(text);
	return answered;
}

static long
deliver_again(struct stage *stage, struct crowd_event *event)
{
	return tell_simulator(stage, "/simulator/redeliver",
	    json_pack("{s:s}", "message_id", event->message_id),
	    event->message_id);
}

static json_t *
act_json(const struct crowd_citizen *citizen, const struct crowd_event *event)
{
	bool taps = event->act == CROWD_TAP;
	bool zalo = strcmp(citizen->channel->name, "zalo") == 0;
	char payload[1024];

	(void)snprintf(payload, sizeof(payload), "%s%.*s",
	    taps && zalo ? "#hd " : "", TEXT_ARGS(event->payload));
	return json_pack("{s:s, s:s, s:s%, s:s}", "channel",
	    citizen->channel->name, "citizen", citizen->id,
	    taps			 ? "title"
	    : event->act == CROWD_ATTACH ? "kind"
					 : "text",
	    event->text.at, event->text.len, "payload", payload);
}

static void
act_on_phone(struct stage *stage, const struct crowd_citizen *citizen,
    struct crowd_event *event)
{
	long status = tell_simulator(stage, paths[event->act],
	    act_json(citizen, event), event->message_id);

	for (unsigned i = 0; status != 200 && i < TRIES_MAX; i++) {
		wait_for_server(stage);
		status = deliver_again(stage, event);
		if (status == -1)
			break;
	}
	if (status != 200)
		trouble(stage, "a webhook is not acknowledged");
}

/* ---- on the page ---- */

static void
hear(struct crowd_citizen *citizen, const json_t *said)
{
	json_t *messages = json_object_get(said, "messages");
	json_t *message;
	size_t i;

	json_array_foreach(messages, i, message)
	{
		citizen->after = (uint64_t)json_integer_value(
		    json_object_get(message, "id"));
		(void)json_array_append_new(
		    citizen->heard, crowd_model_plain(message));
	}
}

static void
call_page(struct stage *stage, struct crowd_citizen *citizen,
    const struct crowd_call *call)
{
	json_t *said = NULL;
	unsigned status = 0;

	for (unsigned i = 0; status != 200 && i < TRIES_MAX; i++) {
		json_decref(said);
		status = crowd_call(
		    (unsigned short)atomic_load(&stage->port), call, &said);
		if (status != 200)
			wait_for_server(stage);
	}
	if (status == 200)
		hear(citizen, said);
	else
		trouble(stage, "the page gets no answer");
	json_decref(said);
}

/* With a number of its own, so that it can be posted again. */
static void
act_on_page(struct stage *stage, struct crowd_citizen *citizen, size_t index)
{
	const struct crowd_event *event = &citizen->events[index];
	bool taps = event->act == CROWD_TAP;
	char id[PATH_SIZE];
	json_t *body;
	char *text;

	(void)snprintf(id, sizeof(id), "event-%zu", index);
	body = json_pack("{s:s, s:I, s:s%}", "id", id, "after",
	    (json_int_t)citizen->after, taps ? "title" : "text", event->text.at,
	    event->text.len);
	if (taps)
		(void)json_object_set_new(body, "payload",
		    json_stringn(event->payload.at, event->payload.len));
	text = json_dumps(body, JSON_COMPACT);
	json_decref(body);
	call_page(stage, citizen,
	    &(struct crowd_call){
		"POST", "/api/v1/chat", citizen->token, text_of(text) });
	free(text);
}

static void
look(struct stage *stage, struct crowd_citizen *citizen)
{
	char path[PATH_SIZE];

	if (citizen->channel->pushes)
		return;
	(void)snprintf(path, sizeof(path), "/api/v1/chat?after=%llu",
	    (unsigned long long)citizen->after);
	call_page(stage, citizen,
	    &(struct crowd_call){ "GET", path, citizen->token, TEXT("") });
}

/* ---- at the desk ---- */

static enum result
steer(struct stage *stage, const struct crowd_citizen *citizen,
    const struct crowd_event *event, struct arena *arena)
{
	static const enum takeover_act orders[CROWD_ACTS] = {
		[CROWD_DESK_TAKE] = TAKEOVER_TAKE,
		[CROWD_DESK_SAY] = TAKEOVER_SAY,
		[CROWD_DESK_GIVE_BACK] = TAKEOVER_GIVE_BACK,
	};
	struct store *store = app_store(stage->crowd->service.app);
	const struct desk desk = { .store = store,
		.silent_ms = CROWD_SILENT_MS };
	const struct audit_line line = { .at_ms = clock_now_ms(),
		.user = 7,
		.login = TEXT("an"),
		.action = TEXT("conversation.steer"),
		.subject = TEXT("test"),
		.why = TEXT("") };
	struct desk_order order = { .act = orders[event->act],
		.words = event->text,
		.now_ms = line.at_ms };
	struct citizen_record *records = NULL;
	size_t count = 0;
	uint64_t delivery;
	enum result result = store_records(store, citizen->channel->name,
	    text_of(citizen->id), arena, &records, &count);

	if (result == OK && count != 1)
		result = ERR_NOT_FOUND;
	if (result != OK)
		return result;
	order.citizen = records[0].id;
	return desk_steer(&desk, &order, &line, arena, &delivery);
}

static void
act_at_desk(struct stage *stage, const struct crowd_citizen *citizen,
    const struct crowd_event *event)
{
	struct arena arena;

	arena_init(&arena, DESK_ARENA_MAX_BYTES);
	(void)pthread_rwlock_rdlock(&stage->up);
	if (steer(stage, citizen, event, &arena) != OK)
		trouble(stage, "the desk cannot reach somebody");
	(void)pthread_rwlock_unlock(&stage->up);
	arena_fini(&arena);
}

/* ---- movers ---- */

static void
act(struct stage *stage, struct crowd_citizen *citizen, size_t index)
{
	struct crowd_event *event = &citizen->events[index];

	if (event->act >= CROWD_DESK_TAKE && event->act != CROWD_AGAIN) {
		act_at_desk(stage, citizen, event);
		return;
	}
	while (event->act == CROWD_AGAIN)
		event = &citizen->events[index = event->again];
	if (!citizen->channel->pushes)
		act_on_page(stage, citizen, index);
	else if (event->message_id[0] == '\0')
		act_on_phone(stage, citizen, event);
	else
		(void)deliver_again(stage, event);
}

static void
act_in_round(struct stage *stage, struct crowd_citizen *citizen)
{
	while (citizen->next < citizen->event_count &&
	       citizen->events[citizen->next].round == stage->round &&
	       atomic_load(&stage->trouble) == NULL)
		act(stage, citizen, citizen->next++);
}

static void *
move(void *context)
{
	struct stage *stage = context;
	struct crowd *crowd = stage->crowd;
	size_t index;

	while ((index = atomic_fetch_add(&stage->next, 1)) < crowd->count) {
		/* Neighbours are not on the same channel. */
		stage->move(stage, &crowd->citizens[index]);
		if (atomic_fetch_add(&stage->moved, 1) == crowd->count / 2)
			(void)sem_post(&stage->half);
	}
	return NULL;
}

static void
start_again(struct stage *stage)
{
	struct service *service = &stage->crowd->service;

	while (sem_wait(&stage->half) != 0)
		continue;
	(void)pthread_rwlock_wrlock(&stage->up);
	service_stop(service);
	service_start(service);
	atomic_store(&stage->port, service->port);
	(void)pthread_rwlock_unlock(&stage->up);
}

static void
move_all(struct stage *stage,
    void (*step)(struct stage *stage, struct crowd_citizen *citizen),
    bool restarts)
{
	pthread_t movers[MOVERS];

	assert_int_equal(sem_init(&stage->half, 0, 0), 0);
	stage->move = step;
	atomic_store(&stage->next, 0);
	atomic_store(&stage->moved, 0);
	for (size_t i = 0; i < MOVERS; i++)
		assert_int_equal(
		    pthread_create(&movers[i], NULL, move, stage), 0);
	if (restarts)
		start_again(stage);
	for (size_t i = 0; i < MOVERS; i++)
		(void)pthread_join(movers[i], NULL);
	(void)sem_destroy(&stage->half);
	if (atomic_load(&stage->trouble) != NULL)
		fail_msg("seed %llu, round %u: %s",
		    (unsigned long long)stage->crowd->seed, stage->round,
		    atomic_load(&stage->trouble));
}

/* ---- between rounds ---- */

/* Give what the simulator has recorded to those whom it was for. */
static void
sort_record(struct crowd *crowd)
{
	struct record *record = &crowd->service.record;
	json_t *row;
	size_t i;

	json_array_foreach(record->rows, i, row)
	{
		const char *id = record_text(row, "citizen");
		size_t index =
		    strlen(id) == 10 ? strtoul(id + 1, NULL, 10) : crowd->count;

		if (strcmp(record_text(row, "api"), "send") != 0 ||
		    !json_is_true(json_object_get(row, "accepted")))
			continue;
		assert_in_range(index, 0, crowd->count - 1);
		assert_string_equal(crowd->citizens[index].id, id);
		(void)json_array_append_new(crowd->citizens[index].heard,
		    crowd_model_plain(json_object_get(row, "body")));
		crowd->recorded++;
	}
	assert_int_equal(json_array_clear(record->rows), 0);
}

/* Wait until the outbox has come to what the model says; false: it does
 * not. */
static bool
run_dry(struct crowd *crowd, unsigned round)
{
	struct store *store = app_store(crowd->service.app);
	struct record *record = &crowd->service.record;
	uint64_t until_ms = clock_monotonic_ms() + PATIENCE_MS;
	struct store_counts counts;

	while (crowd->recorded < crowd->sent[round] &&
	       record_more(record, RECORD_WAIT_MS))
		sort_record(crowd);
	do {
		assert_int_equal(store_probe(store, clock_now_ms()), OK);
		assert_int_equal(store_count(store, &counts), OK);
		if (counts.queued == crowd->waiting[round])
			break;
	} while (clock_monotonic_ms() < until_ms);
	while (record_more(record, 0))
		sort_record(crowd);
	if (counts.queued == crowd->waiting[round] &&
	    crowd->recorded == crowd->sent[round])
		return true;
	print_error("round %u: %zu messages were sent, not %zu, and %zu "
		    "replies wait, not %zu\n",
	    round, crowd->recorded, crowd->sent[round], (size_t)counts.queued,
	    crowd->waiting[round]);
	return false;
}

/* One more than there is to say: what was held back goes. */
static void
play_rounds(struct stage *stage)
{
	struct crowd *crowd = stage->crowd;

	for (; stage->round <= crowd->rounds; stage->round++) {
		clock_stand(crowd->at_ms[stage->round]);
		move_all(stage, act_in_round, crowd->restarts[stage->round]);
		move_all(stage, look, false);
		if (!run_dry(crowd, stage->round))
			return;
	}
}

void
crowd_play(struct crowd *crowd)
{
	struct stage stage = { .crowd = crowd };

	clock_stand(crowd->at_ms[0]);
	crowd->service.variables = crowd_model_variables;
	crowd->service.faq_dir = crowd->faq_dir;
	service_open(&crowd->service);
	service_switch(&crowd->service, "{\"echoes\": true}");
	assert_int_equal(pthread_rwlock_init(&stage.up, NULL), 0);
	atomic_store(&stage.port, crowd->service.port);
	play_rounds(&stage);
	(void)pthread_rwlock_destroy(&stage.up);
}

void
crowd_close(struct crowd *crowd)
{
	service_close(&crowd->service);
	clock_stand(0);
}
