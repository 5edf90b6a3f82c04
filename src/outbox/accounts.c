/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "accounts.h"

#include <stdlib.h>

#include "settle.h"

struct accounts {
	const struct tools *tools;
	struct account_state *at;
	size_t count;
};

struct accounts *
accounts_new(const struct tools *tools)
{
	const struct settings *settings = tools->settings;
	struct accounts *accounts = calloc(1, sizeof(*accounts));

	if (accounts == NULL)
		return NULL;
	accounts->tools = tools;
	accounts->at =
	    calloc(settings->account_count + 1, sizeof(accounts->at[0]));
	if (accounts->at == NULL)
		goto out;
	for (size_t i = 0; i < settings->account_count; i++) {
		struct account_state *state = &accounts->at[accounts->count];

		if (!settings->accounts[i].channel->pushes)
			continue;
		state->account = &settings->accounts[i];
		state->token = token_new(tools, state->account);
		if (state->token == NULL)
			goto out;
		accounts->count++;
	}
	return accounts;
out:
	accounts_free(accounts);
	return NULL;
}

void
accounts_free(struct accounts *accounts)
{
	if (accounts == NULL)
		return;
	for (size_t i = 0; i < accounts->count; i++)
		token_free(accounts->at[i].token);
	free(accounts->at);
	free(accounts);
}

/* The metric knows channels only: it is 1 when one of its accounts is dead. */
static void
show_dead(const struct accounts *accounts, const struct channel *channel)
{
	uint64_t dead = 0;

	for (size_t i = 0; i < accounts->count; i++)
		if (accounts->at[i].account->channel == channel &&
		    token_is_dead(accounts->at[i].token))
			dead = 1;
	metrics_set(
	    accounts->tools->metrics, METRIC_token_dead, channel->name, dead);
}

void
accounts_tick(struct accounts *accounts, uint64_t now_ms)
{
	for (size_t i = 0; i < accounts->count; i++) {
		const struct account_state *state = &accounts->at[i];

		token_tick(state->token, now_ms);
		show_dead(accounts, state->account->channel);
	}
}

bool
accounts_are_busy(const struct accounts *accounts)
{
	for (size_t i = 0; i < accounts->count; i++)
		if (token_is_busy(accounts->at[i].token))
			return true;
	return false;
}

struct account_state *
accounts_find(
    struct accounts *accounts, struct text_view channel, struct text_view id)
{
	for (size_t i = 0; i < accounts->count; i++) {
		const struct account *account = accounts->at[i].account;

		if (text_is(channel, account->channel->name) &&
		    text_is(id, account->id))
			return &accounts->at[i];
	}
	return NULL;
}

enum account_gate
accounts_gate(
    const struct account_state *state, uint64_t now_ms, uint64_t *until_ms_out)
{
	if (state->closed_until_ms > now_ms) {
		*until_ms_out = state->closed_until_ms;
		return GATE_CLOSED;
	}
	switch (token_state(state->token, now_ms)) {
	case TOKEN_USABLE:
		return GATE_OPEN;
	case TOKEN_SOON:
		return GATE_SOON;
	case TOKEN_LATER:
		break;
	}
	*until_ms_out = token_later_ms(state->token);
	return GATE_CLOSED;
}

/* Logged when it closes and not for every call that was under way then. */
static void
close_until(const struct tools *tools, struct account_state *state,
    const struct verdict *verdict, uint64_t now_ms, uint64_t until_ms)
{
	bool stopped = verdict->kind == VERDICT_STOPPED;

	if (state->closed_until_ms <= now_ms)
		LOG(tools->log, stopped ? LOG_ERROR : LOG_WARN,
		    stopped ? "account_stopped" : "account_paused",
		    LOG_TEXT("channel", state->account->channel->name),
		    LOG_TEXT("account", state->account->name),
		    LOG_NUMBER("code", verdict->code),
		    LOG_NUMBER("subcode", verdict->subcode),
		    LOG_TEXT("why", verdict->reason),
		    LOG_NUMBER("again_in_ms", until_ms - now_ms));
	if (state->closed_until_ms < until_ms)
		state->closed_until_ms = until_ms;
}

void
accounts_react(const struct tools *tools, struct account_state *state,
    const struct verdict *verdict, uint64_t number, uint64_t now_ms)
{
	uint64_t until_ms = settle_closes_until(verdict, now_ms);

	if (verdict->kind == VERDICT_REAUTH)
		token_refuse(state->token, number, now_ms);
	if (until_ms > now_ms)
		close_until(tools, state, verdict, now_ms, until_ms);
}
