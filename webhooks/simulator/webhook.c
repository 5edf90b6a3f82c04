/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A webhook is written down twice: when it leaves, since the phone shows a
 * message as soon as it is sent and an answer may overtake the 200, and as an
 * "ack" row when hoidap has answered. */
#include "webhook.h"

#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { URL_SIZE = SIM_URL_SIZE + 64, HEADER_SIZE = 128 };

/* One post under way: what is needed when its answer comes. */
struct errand {
	struct simulator *simulator;
	struct http_request *request; /* NULL: nobody waits */
	const char *channel;
	char id[SIM_ID_SIZE];
};

static json_t *
json_of_answer(struct text_view body)
{
	if (!utf8_valid(body))
		body = TEXT("(not UTF-8)");
	return json_stringn(body.at == NULL ? "" : body.at, body.len);
}

static json_t *
ack_row(const struct errand *errand, const struct sim_posted *posted)
{
	return json_pack("{s:s, s:s, s:s, s:s, s:I, s:b, s:I, s:I}", "api",
	    "ack", "direction", "in", "channel", errand->channel, "message_id",
	    errand->id, "status", (json_int_t)posted->status, "accepted",
	    (int)(posted->status == 200), "attempt",
	    (json_int_t)posted->attempt, "took_ms",
	    (json_int_t)posted->took_ms);
}

static void
on_posted(void *context, const struct sim_posted *posted)
{
	struct errand *errand = context;
	struct simulator *simulator = errand->simulator;

	pthread_mutex_lock(&simulator->mutex);
	sim_room_note(simulator, ack_row(errand, posted));
	pthread_mutex_unlock(&simulator->mutex);
	if (!posted->last)
		return;
	if (errand->request != NULL) {
		struct http_answer answer =
		    sim_room_answer(errand->request, 200,
			json_pack("{s:I, s:o, s:s}", "status",
			    (json_int_t)posted->status, "body",
			    json_of_answer(posted->body), "message_id",
			    errand->id));

		http_finish(errand->request, &answer);
	}
	free(errand);
}

/* POST to PATH below the target; DONE and CONTEXT of POST are set here. */
static enum result
start(struct simulator *simulator, const struct errand *order, const char *path,
    struct sim_post *post)
{
	struct errand *errand = malloc(sizeof(*errand));
	char url[URL_SIZE];
	enum result result;

	if (errand == NULL)
		return ERR_NOMEM;
	*errand = *order;
	(void)snprintf(url, sizeof(url), "%s%s", simulator->target, path);
	post->url = url;
	post->done = on_posted;
	post->context = errand;
	result = sim_poster_add(simulator->poster, post);
	if (result != OK)
		free(errand);
	return result;
}

static enum result
post(struct simulator *simulator, const struct sim_webhook *webhook,
    struct http_request *request)
{
	const char *channel = webhook->account->channel->name;
	const struct sim_platform *platform = sim_act_platform(channel);
	struct errand errand = { simulator, request, channel, "" };
	char path[HEADER_SIZE];
	char signature[HEADER_SIZE] = "";

	memcpy(errand.id, webhook->id, sizeof(errand.id));
	(void)snprintf(path, sizeof(path), "/webhooks/%s", channel);
	if (webhook->signature[0] != '\0')
		(void)snprintf(signature, sizeof(signature), "%s: %s",
		    platform->signature_header, webhook->signature);
	return start(simulator, &errand, path,
	    &(struct sim_post){ .signature = signature,
		.body = text_of(webhook->body),
		.retries = simulator->settings.retries,
		.tells_attempt = platform->tells_retries });
}

/* Takes the body of WEBHOOK and ROW, on failure too. */
static enum result
send_out(struct simulator *simulator, struct sim_webhook *webhook, json_t *row,
    struct http_request *request)
{
	enum result result = OK;

	if (simulator->target[0] == '\0')
		result = ERR_NOT_FOUND;
	else if (webhook->body == NULL || row == NULL)
		result = ERR_NOMEM;
	if (result != OK) {
		free(webhook->body);
		json_decref(row);
		return result;
	}
	sim_room_note(simulator, row);
	result = post(simulator, webhook, request);
	sim_sent_add(&simulator->sent, webhook);
	return result;
}

/* The row of a message on its way in; EVENT is its body. */
static json_t *
row_of(const struct sim_act *act, json_t *event)
{
	const char *attachment =
	    act->attachment[0] != '\0' ? act->attachment : NULL;
	const char *payload = act->payload[0] != '\0' ? act->payload : NULL;

	return json_pack(
	    "{s:s, s:s, s:s, s:s, s:s, s:s, s:s*, s:s*, s:[], s:s, s:b, s:O}",
	    "api", "webhook", "direction", "in", "channel",
	    act->account->channel->name, "citizen", act->citizen, "event",
	    sim_act_name(act->kind), "text", act->text, "attachment",
	    attachment, "payload", payload, "buttons", "message_id",
	    act->message_id, "accepted", 1, "body", event);
}

enum result
sim_webhook_act(struct simulator *simulator, const struct sim_act *act,
    struct http_request *request)
{
	const struct sim_platform *platform =
	    sim_act_platform(act->account->channel->name);
	struct sim_webhook webhook = { .account = act->account };
	json_t *event = platform->event(act);
	json_t *row;

	if (event == NULL)
		return ERR_INVALID;
	(void)snprintf(webhook.id, sizeof(webhook.id), "%s", act->message_id);
	webhook.body = platform->write(event);
	if (webhook.body != NULL)
		platform->sign(
		    act->account, text_of(webhook.body), webhook.signature);
	row = row_of(act, event);
	json_decref(event);
	return send_out(simulator, &webhook, row, request);
}

/* A signature of the right form, made with a wrong secret. */
static void
sign_raw(const struct account *account, struct text_view body,
    enum sim_signature signature, char out[SIM_SIGNATURE_SIZE])
{
	struct account signer = *account;

	if (signature == SIM_UNSIGNED)
		return;
	if (signature == SIM_SIGNED_BADLY)
		signer.webhook_secret = "not the secret";
	sim_act_platform(account->channel->name)->sign(&signer, body, out);
}

enum result
sim_webhook_raw(struct simulator *simulator, const struct account *account,
    const char *body, enum sim_signature signature,
    struct http_request *request)
{
	const struct sim_platform *platform =
	    sim_act_platform(account->channel->name);
	struct sim_webhook webhook = { .account = account };
	json_t *row;

	platform->make_id(webhook.id);
	webhook.body = text_dup(text_of(body));
	sign_raw(account, text_of(body), signature, webhook.signature);
	row = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:[], s:s, s:b, s:s}",
	    "api", "webhook", "direction", "in", "channel",
	    account->channel->name, "citizen", "", "event", "raw", "text", "",
	    "buttons", "message_id", webhook.id, "accepted", 1, "body", body);
	return send_out(simulator, &webhook, row, request);
}

enum result
sim_webhook_again(struct simulator *simulator, const char *message_id,
    struct http_request *request)
{
	const struct sim_webhook *webhook =
	    sim_sent_find(&simulator->sent, message_id);

	if (webhook == NULL)
		return ERR_NOT_FOUND;
	return post(simulator, webhook, request);
}

enum result
sim_webhook_form(struct simulator *simulator, const struct account *account,
    const char *path, const char *body, struct http_request *request)
{
	const struct errand errand = { simulator, request,
		account->channel->name, "" };

	if (simulator->target[0] == '\0')
		return ERR_NOT_FOUND;
	return start(simulator, &errand, path,
	    &(struct sim_post){
		.signature = "", .body = text_of(body), .form = true });
}
