/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "zalo_consent.h"

#include <stdio.h>
#include <string.h>

/* Zalo shows a page and sends the browser to the callback address; nothing
 * here has a browser, so the address is the answer. */

enum { LOCATION_SIZE = 2048, CHALLENGE_LENGTH = 43 };

static struct sim_chain *
chain_of(struct simulator *simulator, struct text_view app_id)
{
	for (size_t i = 0; i < simulator->account_count; i++) {
		const struct account *account = simulator->chains[i].account;

		if (strcmp(account->channel->name, "zalo") == 0 &&
		    text_is(app_id, account->app_id))
			return &simulator->chains[i];
	}
	return NULL;
}

/* With the mutex held. */
static enum result
consent(struct simulator *simulator, const struct http_request *request,
    char location[LOCATION_SIZE])
{
	struct text_view challenge = http_query(request, "code_challenge");
	struct text_view to = http_query(request, "redirect_uri");
	struct text_view state = http_query(request, "state");
	struct sim_chain *chain =
	    chain_of(simulator, http_query(request, "app_id"));
	int length;

	if (chain == NULL || challenge.len != CHALLENGE_LENGTH ||
	    !text_starts(to, TEXT("http")) ||
	    sim_chain_consent(chain, challenge) != OK)
		return ERR_INVALID;
	length = snprintf(location, LOCATION_SIZE,
	    "%.*s?oa_id=%s&code=%s&state=%.*s", TEXT_ARGS(to),
	    chain->account->id, chain->code, TEXT_ARGS(state));
	return length < 0 || length >= LOCATION_SIZE ? ERR_TOO_LARGE : OK;
}

struct http_answer
sim_zalo_consent(void *context, struct http_request *request)
{
	struct simulator *simulator = context;
	char location[LOCATION_SIZE];
	enum result result;

	pthread_mutex_lock(&simulator->mutex);
	result = consent(simulator, request, location);
	pthread_mutex_unlock(&simulator->mutex);
	if (result != OK)
		return http_error(request, 400,
		    "-14003: unknown app_id, or no redirect_uri, or no "
		    "code_challenge of 43 characters");
	return sim_room_answer(
	    request, 200, json_pack("{s:s}", "location", location));
}
