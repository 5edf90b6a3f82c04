/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Messenger's data deletion callback.  The id in it is the one of the app, not
 * the one of the page: no conversation is known by it, which is what a server
 * must bear. */
#include "erasure.h"

#include "api.h"
#include "clock.h"
#include "webhook.h"

#include <stdio.h>
#include <string.h>

enum { SIGNED_SIZE = 2048, ID_MAX_BYTES = 64 };

static const char path[] = "/webhooks/messenger/deletion";
static const char field[] = "signed_request=";

/* NULL, or what is wrong. */
static const char *
ask(struct simulator *simulator, const json_t *body,
    struct http_request *request)
{
	const struct account *account = sim_room_account(
	    simulator, "messenger", sim_api_text(body, "account"));
	const char *user_id = sim_api_text(body, "user_id");
	char form[sizeof(field) + SIGNED_SIZE];
	char *value = form + sizeof(field) - 1;

	if (account == NULL)
		return "there is no such page";
	if (user_id[0] == '\0' || strlen(user_id) > ID_MAX_BYTES)
		return "\"user_id\" must be 1 to 64 bytes";
	(void)snprintf(form, sizeof(form), "%s", field);
	if (sim_sign_request(text_of(account->app_secret), user_id,
		clock_now_ms() / 1000, value, SIGNED_SIZE) != OK ||
	    sim_webhook_form(simulator, account, path, form, request) != OK)
		return "it could not be posted: is there a server to post to?";
	return NULL;
}

void
sim_erasure_begin(void *context, struct http_request *request)
{
	struct simulator *simulator = context;
	json_t *body = sim_api_json(request);
	const char *wrong;

	pthread_mutex_lock(&simulator->mutex);
	wrong = ask(simulator, body, request);
	pthread_mutex_unlock(&simulator->mutex);
	json_decref(body);
	if (wrong != NULL) {
		struct http_answer answer = http_error(request, 400, wrong);

		http_finish(request, &answer);
	}
}
