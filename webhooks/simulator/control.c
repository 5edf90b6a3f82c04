/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "control.h"

#include "api.h"
#include "clock.h"
#include "webhook.h"

#include <string.h>

enum {
	WAIT_MAX_MS = 30000,
	ROWS_A_PAGE = 500,
};

/* ---- people ---- */

static const struct act_rule {
	const char *path;
	enum sim_act_kind kind;
	const char *needs[2]; /* members that must not be empty */
} act_rules[] = {
	{ "/simulator/say", SIM_SAY, { "text", NULL } },
	{ "/simulator/tap", SIM_TAP, { "payload", "title" } },
	{ "/simulator/attach", SIM_ATTACH, { "kind", NULL } },
	{ "/simulator/follow", SIM_FOLLOW, { NULL, NULL } },
	{ "/simulator/leave", SIM_LEAVE, { NULL, NULL } },
	{ "/simulator/react", SIM_REACT, { "payload", NULL } },
	{ "/simulator/withdraw", SIM_WITHDRAW, { NULL, NULL } },
	{ "/simulator/staff", SIM_STAFF, { "text", NULL } },
	{ "/simulator/take", SIM_TAKE, { NULL, NULL } },
	{ "/simulator/pass", SIM_PASS, { NULL, NULL } },
	{ "/simulator/request", SIM_REQUEST, { NULL, NULL } },
};

static const struct act_rule *
rule_of(const char *path)
{
	for (size_t i = 0; i < sizeof(act_rules) / sizeof(act_rules[0]); i++)
		if (strcmp(act_rules[i].path, path) == 0)
			return &act_rules[i];
	return NULL;
}

/* Whose page or OA BODY is about, or NULL and *WRONG_OUT. */
static const struct account *
read_account(const struct simulator *simulator, const json_t *body,
    const char **wrong_out)
{
	const struct account *account = sim_room_account(simulator,
	    sim_api_text(body, "channel"), sim_api_text(body, "account"));

	if (body == NULL)
		*wrong_out = "the body must be a JSON object";
	else if (account == NULL)
		*wrong_out = "\"channel\" must be \"messenger\" or \"zalo\", "
			     "\"account\" one of its ids";
	else
		return account;
	return NULL;
}

/* NULL, or what is wrong with BODY. */
static const char *
check_act(const struct act_rule *rule, const json_t *body)
{
	size_t citizen = strlen(sim_api_text(body, "citizen"));

	if (citizen == 0 || citizen > SIM_CITIZEN_MAX_BYTES)
		return "\"citizen\" must be 1 to 128 bytes";
	for (size_t i = 0; i < 2 && rule->needs[i] != NULL; i++)
		if (sim_api_text(body, rule->needs[i])[0] == '\0')
			return "\"text\", \"payload\", \"title\" and \"kind\" "
			       "must not be empty where they are needed";
	if (rule->kind == SIM_ATTACH &&
	    !sim_act_attaches(sim_api_text(body, "kind")))
		return "\"kind\" must be image, sticker, audio, video, file or "
		       "location";
	return NULL;
}

static bool
is_of_citizen(enum sim_act_kind kind)
{
	return kind == SIM_SAY || kind == SIM_TAP || kind == SIM_ATTACH ||
	       kind == SIM_FOLLOW || kind == SIM_REACT;
}

/* What ACT is to the platform's windows, and to who controls the thread. */
static enum result
remember(struct simulator *simulator, const struct sim_act *act)
{
	struct sim_person person =
	    sim_people_ask(&simulator->people, act->account, act->citizen);

	switch (act->kind) {
	case SIM_SAY:
	case SIM_TAP:
	case SIM_ATTACH:
		person.heard_ms = act->now_ms;
		/* fall through */
	case SIM_FOLLOW:
	case SIM_REACT:
		person.renewed_ms = act->now_ms;
		person.sent = 0;
		person.left = false;
		break;
	case SIM_LEAVE:
		person.left = true;
		break;
	case SIM_TAKE:
	case SIM_PASS:
		person.away = act->kind == SIM_TAKE;
		break;
	case SIM_WITHDRAW:
	case SIM_STAFF:
	case SIM_REQUEST:
	case SIM_ECHO:
		return OK;
	}
	return sim_people_tell(
	    &simulator->people, act->account, act->citizen, &person);
}

/* With the mutex held. */
static enum result
perform(struct simulator *simulator, const struct act_rule *rule,
    const struct account *account, const json_t *body,
    struct http_request *request)
{
	const char *citizen = sim_api_text(body, "citizen");
	const char *payload = sim_api_text(body, "payload");
	char message_id[SIM_ID_SIZE];
	struct sim_act act = {
		.kind = rule->kind,
		.account = account,
		.citizen = citizen,
		.conversation = sim_api_text(body, "conversation"),
		.text = sim_api_text(
		    body, rule->kind == SIM_TAP ? "title" : "text"),
		.payload = payload,
		.attachment = sim_api_text(body, "kind"),
		.message_id = message_id,
		.quick_reply = sim_people_see(
		    &simulator->people, account, citizen, payload),
		.now_ms = clock_now_ms(),
	};
	enum result result = OK;

	act.standby = is_of_citizen(rule->kind) &&
		      sim_people_ask(&simulator->people, account, citizen).away;
	sim_act_platform(account->channel->name)->make_id(message_id);
	if (rule->kind != SIM_STAFF)
		result = sim_people_meet(&simulator->people, account, citizen);
	/* Quick replies go away with the next message. */
	if (result == OK)
		sim_people_show(&simulator->people, account, citizen, NULL);
	if (result == OK)
		result = remember(simulator, &act);
	return result == OK ? sim_webhook_act(simulator, &act, request)
			    : result;
}

static void
finish_wrong(struct http_request *request, unsigned status, const char *wrong)
{
	struct http_answer answer = http_error(request, status, wrong);

	http_finish(request, &answer);
}

/* Nothing to do on OK: the request waits for the webhook's answer. */
static void
finish_failed(struct http_request *request, enum result result)
{
	switch (result) {
	case OK:
		break;
	case ERR_INVALID:
		finish_wrong(request, 400, "this platform has no such event");
		break;
	case ERR_NOT_FOUND:
		finish_wrong(request, 409,
		    "there is no such message, or no server to post to yet");
		break;
	case ERR_TOO_LARGE:
		finish_wrong(request, 409, "too many citizens: reset first");
		break;
	case ERR_NOMEM:
	case ERR_IO:
	case ERR_BUSY:
		finish_wrong(request, 500, "the webhook could not be posted");
		break;
	}
}

void
sim_control_act(void *context, struct http_request *request)
{
	struct simulator *simulator = context;
	const struct act_rule *rule = rule_of(request->path);
	json_t *body = sim_api_json(request);
	const char *wrong = NULL;
	const struct account *account = read_account(simulator, body, &wrong);
	enum result result;

	if (account != NULL)
		wrong = check_act(rule, body);
	if (wrong != NULL) {
		finish_wrong(request, 400, wrong);
	} else {
		pthread_mutex_lock(&simulator->mutex);
		result = perform(simulator, rule, account, body, request);
		pthread_mutex_unlock(&simulator->mutex);
		finish_failed(request, result);
	}
	json_decref(body);
}

/* ---- webhooks as they are ---- */

static enum result
read_signature(const json_t *body, enum sim_signature *out)
{
	const char *word = sim_api_text(body, "signature");

	if (word[0] == '\0' || strcmp(word, "good") == 0)
		*out = SIM_SIGNED_WELL;
	else if (strcmp(word, "bad") == 0)
		*out = SIM_SIGNED_BADLY;
	else if (strcmp(word, "none") == 0)
		*out = SIM_UNSIGNED;
	else
		return ERR_INVALID;
	return OK;
}

void
sim_control_raw(void *context, struct http_request *request)
{
	struct simulator *simulator = context;
	json_t *body = sim_api_json(request);
	const char *wrong = NULL;
	const struct account *account = read_account(simulator, body, &wrong);
	enum sim_signature signature = SIM_SIGNED_WELL;
	enum result result;

	if (account != NULL && read_signature(body, &signature) != OK)
		wrong = "\"signature\" must be good, bad or none";
	if (account != NULL && !json_is_string(json_object_get(body, "body")))
		wrong = "\"body\" must be a string: the bytes to post";
	if (wrong != NULL) {
		finish_wrong(request, 400, wrong);
	} else {
		pthread_mutex_lock(&simulator->mutex);
		result = sim_webhook_raw(simulator, account,
		    sim_api_text(body, "body"), signature, request);
		pthread_mutex_unlock(&simulator->mutex);
		finish_failed(request, result);
	}
	json_decref(body);
}

void
sim_control_redeliver(void *context, struct http_request *request)
{
	struct simulator *simulator = context;
	json_t *body = sim_api_json(request);
	enum result result;

	pthread_mutex_lock(&simulator->mutex);
	result = sim_webhook_again(
	    simulator, sim_api_text(body, "message_id"), request);
	pthread_mutex_unlock(&simulator->mutex);
	finish_failed(request, result);
	json_decref(body);
}

/* ---- how the platforms behave ---- */

struct http_answer
sim_control_script(void *context, struct http_request *request)
{
	struct simulator *simulator = context;
	json_t *body = sim_api_json(request);
	const char *api = sim_api_text(body, "api");
	enum sim_api_id id =
	    sim_api_named(sim_api_text(body, "channel"), api[0] ? api : "send");
	struct complaint why = { .text = "out of memory" };
	struct sim_script script = { .count = 0 };
	struct http_answer answer;

	if (id == SIM_APIS) {
		answer = http_error(request, 400,
		    "\"channel\" and \"api\" name none of messenger send, zalo "
		    "send, zalo token");
	} else if (sim_script_load(
		       json_object_get(body, "rules"), &script, &why) != OK) {
		answer = http_error(request, 400, why.text);
	} else {
		answer = sim_room_answer(request, 200,
		    json_pack("{s:I}", "rules", (json_int_t)script.count));
		pthread_mutex_lock(&simulator->mutex);
		sim_script_fini(&simulator->scripts[id]);
		simulator->scripts[id] = script; /* handed over */
		pthread_mutex_unlock(&simulator->mutex);
	}
	json_decref(body);
	return answer;
}

struct http_answer
sim_control_tokens(void *context, struct http_request *request)
{
	struct simulator *simulator = context;
	json_t *body = sim_api_json(request);
	bool expire = json_is_true(
	    json_object_get(json_object_get(body, "zalo"), "expire"));
	int expired = 0;

	json_decref(body);
	if (!expire)
		return http_error(request, 400,
		    "there is only {\"zalo\": {\"expire\": true}}");
	pthread_mutex_lock(&simulator->mutex);
	for (size_t i = 0; i < simulator->account_count; i++) {
		struct sim_chain *chain = &simulator->chains[i];

		if (strcmp(chain->account->channel->name, "zalo") != 0)
			continue;
		sim_chain_expire(chain);
		expired++;
	}
	pthread_mutex_unlock(&simulator->mutex);
	return sim_room_answer(
	    request, 200, json_pack("{s:i}", "expired", expired));
}

/* The tokens stay: hoidap holds the newest link of their chain. */
struct http_answer
sim_control_reset(void *context, struct http_request *request)
{
	struct simulator *simulator = context;
	json_int_t last;

	pthread_mutex_lock(&simulator->mutex);
	sim_record_clear(&simulator->record);
	sim_sent_clear(&simulator->sent);
	sim_people_clear(&simulator->people);
	for (size_t i = 0; i < SIM_APIS; i++)
		sim_script_fini(&simulator->scripts[i]);
	(void)json_object_clear(simulator->pages);
	simulator->settings = simulator->at_start;
	last = (json_int_t)simulator->record.last;
	pthread_mutex_unlock(&simulator->mutex);
	return sim_room_answer(request, 200, json_pack("{s:I}", "last", last));
}

/* ---- the record ---- */

static uint64_t
number_of(const struct http_request *request, const char *name, uint64_t max)
{
	uint64_t number;

	if (text_number(http_query(request, name), 0, max, &number) != OK)
		return 0;
	return number;
}

static void
finish_record(void *context, struct http_request *request)
{
	struct simulator *simulator = context;
	uint64_t after = number_of(request, "after", INT64_MAX);
	struct http_answer answer;
	struct text_view rows;
	enum result result;

	pthread_mutex_lock(&simulator->mutex);
	result = sim_record_list(
	    &simulator->record, after, ROWS_A_PAGE, &request->arena, &rows);
	pthread_mutex_unlock(&simulator->mutex);
	answer = result == OK ? http_json(request, 200, rows)
			      : http_error(request, 500, result_name(result));
	http_finish(request, &answer);
}

void
sim_control_record(void *context, struct http_request *request)
{
	struct simulator *simulator = context;

	sim_sleepers_add(simulator->sleepers,
	    &(struct sim_sleep){
		.until_ms = clock_monotonic_ms() +
			    number_of(request, "wait_ms", WAIT_MAX_MS),
		.row = number_of(request, "after", INT64_MAX) + 1,
		.wake = finish_record,
		.context = simulator,
		.request = request });
}
