/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef SIMULATOR_CHAIN_H
#define SIMULATOR_CHAIN_H

#include "channel.h"

/* The tokens of one Zalo OA, a chain: a refresh token works once, and gives a
 * new pair whose birth kills the old access token.  It starts with the pair in
 * the account's settings.  Not for several threads at once. */
struct sim_chain {
	const struct account *account;
	char access[2048];
	char refresh[2048];
	char dead[2048]; /* the access token before; "": none */
	bool expired;
	/* A consent: the code works once, with what was hashed to CHALLENGE. */
	char code[64];
	char challenge[64];
};

enum sim_token_state {
	SIM_TOKEN_UNKNOWN,
	SIM_TOKEN_GOOD,
	SIM_TOKEN_DEAD, /* replaced or expired */
};

/* ERR_TOO_LARGE for tokens in the settings that are too long. */
enum result sim_chain_init(
    struct sim_chain *chain, const struct account *account) MUST_CHECK;
enum sim_token_state sim_chain_ask(
    const struct sim_chain *chain, struct text_view access_token);
/* ERR_INVALID unless REFRESH_TOKEN is the newest one. */
enum result sim_chain_exchange(
    struct sim_chain *chain, struct text_view refresh_token) MUST_CHECK;
/* Somebody consents: a fresh code, in the chain.  ERR_TOO_LARGE. */
enum result sim_chain_consent(
    struct sim_chain *chain, struct text_view challenge) MUST_CHECK;
/* ERR_NOT_FOUND unless CODE is the newest one; ERR_INVALID, and the code is
 * spent, unless VERIFIER is what the challenge was made of. */
enum result sim_chain_redeem(struct sim_chain *chain, struct text_view code,
    struct text_view verifier) MUST_CHECK;
void sim_chain_expire(struct sim_chain *chain);

#endif
