/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "token.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "token_store.h"

/* A refresh token works once, and the old access token dies when a new pair is
 * minted: a pair that is lost costs a person's consent.  Hence:
 *
 *   - one refresher among all processes: the store's lock, and under it the
 *     stored pair is read again, since another process may have been faster;
 *   - a new pair is durable before it is used; until the store has taken it,
 *     nothing is sent;
 *   - no clear answer: the same refresh token once more, then with growing
 *     waits, loudly; refused: dead, until a person consents again;
 *   - never for a guess: only near the known expiry or when the platform has
 *     refused the token.
 *
 * The pair in force stays usable while a refresh before its expiry fails. */

enum {
	ARENA_MAX_BYTES = 256 * 1024,
	STORE_AGAIN_MS = 1000, /* the store did not take or give it */
	LOCK_AGAIN_MS = 500,   /* another process refreshes */
	SAME_TOKEN_AGAIN_MS = 2000,
	FAILED_MS = 60 * 1000, /* doubles */
	FAILED_MAX_MS = 10 * 60 * 1000,
	/* A new pair that is refused at once would be refreshed in a circle. */
	REFRESH_APART_MS = 60 * 1000,
	DEAD_LOOK_MS = 5 * 60 * 1000, /* has somebody consented? */
	SOON_MS = 5 * 1000,
};

enum phase {
	PHASE_UNREAD, /* the store has not given it yet */
	PHASE_IDLE,   /* there is a pair; REFUSED says of what use it is */
	PHASE_CALLING,
	PHASE_SAVING, /* FRESH is minted, and waits for the store */
	PHASE_DEAD,
};

struct token {
	const struct tools *tools;
	const struct account *account;
	const struct token_protocol *protocol; /* NULL: does not expire */
	struct token_store store;
	enum phase phase;
	struct token_pair pair;
	struct token_pair fresh;
	uint64_t number; /* of PAIR */
	bool refused;
	uint64_t minted_ms; /* when we refreshed last; 0: never */
	unsigned failures;  /* of refreshing, in a row */
	uint64_t next_ms;   /* nothing to do before */
	struct arena arena; /* of the call */
	struct api_call call;
	struct transfer *transfer; /* PHASE_CALLING */
};

struct token *
token_new(const struct tools *tools, const struct account *account)
{
	struct token *token = calloc(1, sizeof(*token));

	if (token == NULL)
		return NULL;
	token->tools = tools;
	token->account = account;
	token->protocol = account->channel->token;
	token->phase = PHASE_UNREAD;
	arena_init(&token->arena, ARENA_MAX_BYTES);
	token_store_init(&token->store, tools, account);
	return token;
}

void
token_free(struct token *token)
{
	if (token == NULL)
		return;
	if (token->phase == PHASE_CALLING)
		transfer_abort(token->transfer, 0);
	arena_fini(&token->arena);
	free(token);
}

/* ---- what others ask ---- */

enum token_state
token_state(const struct token *token, uint64_t now_ms)
{
	if (token->protocol == NULL)
		return TOKEN_USABLE;
	if (token->phase == PHASE_DEAD)
		return TOKEN_LATER;
	if (token->phase != PHASE_IDLE)
		return TOKEN_SOON;
	if (!token->refused)
		return TOKEN_USABLE;
	return token->next_ms > now_ms + SOON_MS ? TOKEN_LATER : TOKEN_SOON;
}

uint64_t
token_later_ms(const struct token *token)
{
	return token->next_ms;
}

bool
token_is_dead(const struct token *token)
{
	return token->phase == PHASE_DEAD;
}

bool
token_is_busy(const struct token *token)
{
	return token->phase == PHASE_CALLING || token->phase == PHASE_SAVING;
}

struct text_view
token_access(const struct token *token, uint64_t *number_out)
{
	*number_out = token->number;
	if (token->protocol == NULL)
		return text_of(token->account->access_token);
	return text_of(token->pair.access);
}

void
token_refuse(struct token *token, uint64_t number, uint64_t now_ms)
{
	uint64_t apart_ms =
	    token->minted_ms == 0 ? 0 : token->minted_ms + REFRESH_APART_MS;

	if (token->phase != PHASE_IDLE || token->number != number ||
	    token->refused)
		return;
	token->refused = true;
	if (token->next_ms < apart_ms)
		token->next_ms = apart_ms;
	LOG(token->tools->log, LOG_INFO, "token_refused",
	    LOG_TEXT("channel", token->account->channel->name),
	    LOG_TEXT("account", token->account->name),
	    LOG_NUMBER("refresh_in_ms",
		token->next_ms > now_ms ? token->next_ms - now_ms : 0));
}

/* ---- a pair comes into force, or dies ---- */

static void
adopt(struct token *token, const struct token_pair *pair)
{
	token->pair = *pair;
	token->number++;
	token->refused = pair->access[0] == '\0';
	token->failures = 0;
	token->next_ms = 0;
	token->phase = PHASE_IDLE;
}

static void
die(struct token *token, const char *why, uint64_t now_ms)
{
	if (token->phase != PHASE_DEAD)
		LOG(token->tools->log, LOG_ERROR, "token_dead",
		    LOG_TEXT("channel", token->account->channel->name),
		    LOG_TEXT("account", token->account->name),
		    LOG_TEXT("why", why),
		    LOG_TEXT("do", "stop the server, run `hoidap zalo login`, "
				   "start it again"));
	token->phase = PHASE_DEAD;
	token->next_ms = now_ms + DEAD_LOOK_MS;
}

/* The same for all processes and later starts.  When the store does not take
 * it, the next start asks the platform once more, in vain. */
static void
die_durably(struct token *token, const char *why, uint64_t now_ms)
{
	enum result result =
	    token_store_save(&token->store, &token->pair, true);

	(void)result;
	metrics_add(token->tools->metrics, METRIC_token_failures,
	    token->account->channel->name, 1);
	die(token, why, now_ms);
}

/* A lost answer is asked for again at once; after that it is an outage. */
static uint64_t
failed_wait_ms(unsigned failures)
{
	uint64_t wait_ms = FAILED_MS;

	if (failures == 1)
		return SAME_TOKEN_AGAIN_MS;
	for (unsigned i = 2; i < failures && wait_ms < FAILED_MAX_MS; i++)
		wait_ms *= 2;
	return wait_ms < FAILED_MAX_MS ? wait_ms : FAILED_MAX_MS;
}

/* No clear answer, or none at all. */
static void
fail(struct token *token, const char *why, uint64_t now_ms)
{
	uint64_t wait_ms = failed_wait_ms(++token->failures);

	token->phase = PHASE_IDLE;
	token->next_ms = now_ms + wait_ms;
	metrics_add(token->tools->metrics, METRIC_token_failures,
	    token->account->channel->name, 1);
	LOG(token->tools->log, token->failures > 1 ? LOG_ERROR : LOG_WARN,
	    "token_refresh_failed",
	    LOG_TEXT("channel", token->account->channel->name),
	    LOG_TEXT("account", token->account->name), LOG_TEXT("why", why),
	    LOG_NUMBER("failures", token->failures),
	    LOG_NUMBER("again_in_ms", wait_ms));
}

/* Not OK: tried again at the time that is set here. */
static enum result
lock(struct token *token, uint64_t now_ms)
{
	enum result result = token_store_lock(&token->store, now_ms);

	if (result != OK)
		token->next_ms = now_ms + (result == ERR_BUSY ? LOCK_AGAIN_MS
							      : STORE_AGAIN_MS);
	return result;
}

/* ---- the pair of the store, or at the very first start of the settings ---- */

/* A person who has consented again writes the new pair into the settings: it
 * counts when the stored one is dead and is not the same. */
static bool
settings_have_news(const struct token *token, const struct stored_token *dead)
{
	return token->account->refresh_token[0] != '\0' &&
	       strcmp(token->account->refresh_token, dead->pair.refresh) != 0;
}

/* Under the lock, so that no process overwrites what another has refreshed
 * meanwhile. */
static void
seed(struct token *token, uint64_t now_ms)
{
	struct stored_token stored;
	struct token_pair pair;
	enum result result = token_store_load(&token->store, &stored);

	if (result == OK && !stored.dead) {
		adopt(token, &stored.pair);
	} else if (result == OK && !settings_have_news(token, &stored)) {
		die(token, "the refresh token was refused before", now_ms);
	} else if (token_store_settings(&token->store, &pair) != OK) {
		die(token, "the settings have no usable token", now_ms);
	} else {
		if (result == OK || result == ERR_NOT_FOUND)
			result = token_store_save(&token->store, &pair, false);
		if (result == OK)
			adopt(token, &pair);
		else
			token->next_ms = now_ms + STORE_AGAIN_MS;
	}
}

static void
read_store(struct token *token, uint64_t now_ms)
{
	struct stored_token stored;
	enum result result = token_store_load(&token->store, &stored);

	if (result == OK && !stored.dead) {
		adopt(token, &stored.pair);
		return;
	}
	if (lock(token, now_ms) != OK)
		return;
	seed(token, now_ms);
	token_store_unlock(&token->store, now_ms);
}

/* ---- refreshing ---- */

static void
save_fresh(struct token *token, uint64_t now_ms)
{
	enum result result =
	    token_store_save(&token->store, &token->fresh, false);

	if (result != OK) {
		LOG(token->tools->log, LOG_ERROR, "token_not_saved",
		    LOG_TEXT("channel", token->account->channel->name),
		    LOG_TEXT("account", token->account->name),
		    LOG_TEXT("result", result_name(result)));
		token->next_ms = now_ms + STORE_AGAIN_MS;
		return;
	}
	token_store_unlock(&token->store, now_ms);
	adopt(token, &token->fresh);
	token->minted_ms = now_ms;
	metrics_add(token->tools->metrics, METRIC_token_refreshes,
	    token->account->channel->name, 1);
	LOG(token->tools->log, LOG_INFO, "token_refreshed",
	    LOG_TEXT("channel", token->account->channel->name),
	    LOG_TEXT("account", token->account->name));
}

static void
take_answer(void *context, const struct transfer_report *report)
{
	struct token *token = context;
	struct complaint why = { .text = "" };
	enum result result;

	assert(token->phase == PHASE_CALLING);
	result = token->protocol->read(
	    &report->response, report->now_ms, &token->fresh, &why);
	if (result == OK) {
		token->phase = PHASE_SAVING;
		save_fresh(token, report->now_ms);
		return;
	}
	if (result == ERR_INVALID)
		die_durably(token, why.text, report->now_ms);
	else
		fail(token, why.text, report->now_ms);
	token_store_unlock(&token->store, report->now_ms);
}

static enum result
call(struct token *token)
{
	struct transfer_request request = {
		.call = &token->call, .done = take_answer, .context = token
	};
	enum result result;

	arena_reset(&token->arena);
	result = token->protocol->render(
	    token->account, &token->pair, &token->arena, &token->call);
	if (result == OK)
		result = transfer_start(
		    token->tools->pool, &request, &token->transfer);
	if (result == OK)
		token->phase = PHASE_CALLING;
	return result;
}

/* Under the lock, which stays ours while the call is under way. */
static void
refresh_locked(struct token *token, uint64_t now_ms)
{
	struct stored_token stored;
	enum result result = token_store_load(&token->store, &stored);

	if (result != OK) {
		token->next_ms = now_ms + STORE_AGAIN_MS;
	} else if (stored.dead) {
		die(token, "another process was refused", now_ms);
	} else if (strcmp(stored.pair.access, token->pair.access) != 0) {
		adopt(token, &stored.pair);
	} else if (token->pair.refresh[0] == '\0') {
		die_durably(token, "there is no refresh token", now_ms);
	} else {
		result = call(token);
		if (result == OK)
			return;
		fail(token, result_name(result), now_ms);
	}
	token_store_unlock(&token->store, now_ms);
}

static bool
wants_refresh(const struct token *token, uint64_t now_ms)
{
	uint64_t expires_ms = token->pair.expires_ms;

	return token->refused ||
	       (expires_ms != 0 &&
		   now_ms + token->protocol->refresh_before_ms >= expires_ms);
}

void
token_tick(struct token *token, uint64_t now_ms)
{
	if (token->protocol == NULL || now_ms < token->next_ms)
		return;
	switch (token->phase) {
	case PHASE_UNREAD:
	case PHASE_DEAD:
		read_store(token, now_ms);
		break;
	case PHASE_IDLE:
		if (wants_refresh(token, now_ms) && !token->tools->stopping &&
		    lock(token, now_ms) == OK)
			refresh_locked(token, now_ms);
		break;
	case PHASE_SAVING:
		save_fresh(token, now_ms);
		break;
	case PHASE_CALLING:
		break;
	}
}
