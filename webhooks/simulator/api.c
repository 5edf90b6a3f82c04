/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The way of every request to a platform's API: read it, look whether a script
 * has something against it, else let the platform's file serve it; write it
 * down; echo it; answer, perhaps later, perhaps not at all.
 *
 * A delayed answer is to a message that was taken at once, as with a platform
 * that is slow to answer: a client that gives up waiting does not know. */
#include "api.h"

#include "clock.h"
#include "webhook.h"

#include <string.h>

static const struct sim_api *const apis[SIM_APIS] = {
	[SIM_API_MESSENGER_SEND] = &sim_messenger_send,
	[SIM_API_MESSENGER_PAGE] = &sim_messenger_page,
	[SIM_API_ZALO_SEND] = &sim_zalo_send,
	[SIM_API_ZALO_OA] = &sim_zalo_oa,
	[SIM_API_ZALO_TOKEN] = &sim_zalo_token,
};

enum sim_api_id
sim_api_named(const char *channel, const char *name)
{
	for (enum sim_api_id id = 0; id < SIM_APIS; id++)
		if (strcmp(apis[id]->channel, channel) == 0 &&
		    strcmp(apis[id]->name, name) == 0)
			return id;
	return SIM_APIS;
}

const char *
sim_api_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text != NULL ? text : "";
}

bool
sim_api_content_is(const struct http_request *request, struct text_view type)
{
	return text_starts(http_header(request, "Content-Type"), type);
}

json_t *
sim_api_json(const struct http_request *request)
{
	json_t *root = json_loadb(
	    request->body.at, request->body.len, JSON_REJECT_DUPLICATES, NULL);

	if (json_is_object(root))
		return root;
	json_decref(root);
	return NULL;
}

/* True when RULE answers in the API's place. */
static bool
obey(const struct sim_api *api, const struct sim_rule *rule,
    struct sim_served *out)
{
	if (rule->error != NULL) {
		api->refuse(rule->error, out);
		if (rule->status != 0)
			out->status = rule->status;
		return true;
	}
	if (rule->drop == SIM_DROP_BEFORE || rule->status != 0) {
		out->status = rule->status;
		return true;
	}
	return false;
}

static void
echo(struct simulator *simulator, const struct sim_served *served,
    const char *citizen, const json_t *body)
{
	const json_t *recipient = json_object_get(body, "recipient");
	const json_t *message = json_object_get(body, "message");
	const struct sim_act act = {
		.kind = SIM_ECHO,
		.account = served->account,
		.citizen = citizen,
		.conversation = sim_api_text(recipient, "conversation_id"),
		.text = sim_api_text(message, "text"),
		.payload = "",
		.attachment = "",
		.message_id = served->message_id,
		.sent = message,
		.now_ms = clock_now_ms(),
	};

	/* Before there is a target, nobody can hear it. */
	if (sim_webhook_act(simulator, &act, NULL) != OK)
		LOG(simulator->log, LOG_DEBUG, "simulator_echo_lost",
		    LOG_TEXT("channel", served->account->channel->name));
}

static json_t *
complete_row(json_t *row, const struct sim_api *api, json_t *body,
    const struct sim_served *served)
{
	json_t *rest = json_pack("{s:s, s:s, s:i, s:b, s:s, s:O?}", "direction",
	    "out", "channel", api->channel, "status", (int)served->status,
	    "accepted", (int)served->accepted, "message_id", served->message_id,
	    "body", body);

	if (rest == NULL || json_object_update(row, rest) != 0) {
		json_decref(row);
		row = NULL;
	}
	json_decref(rest);
	return row;
}

static struct http_answer
answer_of(struct http_request *request, const struct sim_rule *rule,
    struct sim_served *served)
{
	struct http_answer answer;
	struct text_view body = TEXT("");

	if (rule->drop != SIM_DROP_NEVER) {
		json_decref(served->answer);
		return (struct http_answer){ .status = 0 };
	}
	if (served->answer != NULL || rule->status == 0) {
		answer =
		    sim_room_answer(request, served->status, served->answer);
	} else if (rule->body != NULL &&
		   arena_text(&request->arena, text_of(rule->body), &body)) {
		answer = http_error(request, 500, "out of memory");
	} else {
		answer = http_json(request, rule->status, body);
	}
	answer.retry_after_s = rule->retry_after_s;
	return answer;
}

/* The answer waits in the request's own memory. */
static void
wake_answer(void *context, struct http_request *request)
{
	http_finish(request, context);
}

static void
answer_later(struct simulator *simulator, struct http_request *request,
    const struct http_answer *answer, unsigned delay_ms)
{
	struct http_answer *kept =
	    arena_alloc(&request->arena, 1, sizeof(*kept));

	if (kept == NULL) {
		http_finish(request, answer);
		return;
	}
	*kept = *answer;
	sim_sleepers_add(simulator->sleepers,
	    &(struct sim_sleep){ .until_ms = clock_monotonic_ms() + delay_ms,
		.row = UINT64_MAX,
		.wake = wake_answer,
		.context = kept,
		.request = request });
}

void
sim_api_begin(struct simulator *simulator, enum sim_api_id id,
    struct http_request *request)
{
	const struct sim_api *api = apis[id];
	json_t *body = api->read(request);
	json_t *row = api->describe(body);
	const char *citizen = sim_api_text(row, "citizen");
	struct sim_rule rule = { .spec = NULL };
	struct sim_served served = { .answer = NULL };
	struct http_answer answer;
	unsigned delay_ms;

	pthread_mutex_lock(&simulator->mutex);
	if (!sim_script_take(&simulator->scripts[id], citizen, &rule) ||
	    !obey(api, &rule, &served))
		api->serve(simulator, request, body, &served);
	row = complete_row(row, api, body, &served);
	sim_room_note(simulator, json_incref(row));
	if (served.accepted && served.message_id[0] != '\0' &&
	    simulator->settings.echoes)
		echo(simulator, &served, sim_api_text(row, "citizen"), body);
	pthread_mutex_unlock(&simulator->mutex);

	answer = answer_of(request, &rule, &served);
	delay_ms = rule.delay_ms;
	sim_script_done(&rule);
	json_decref(row);
	json_decref(body);
	if (delay_ms > 0)
		answer_later(simulator, request, &answer, delay_ms);
	else
		http_finish(request, &answer);
}
