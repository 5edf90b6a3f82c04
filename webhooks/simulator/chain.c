/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "chain.h"

#include "secret.h"

#include <sodium.h>
#include <string.h>

enum { TOKEN_RANDOM_BYTES = 48, CODE_RANDOM_BYTES = 24, VERIFIER_MIN = 43 };

enum result
sim_chain_init(struct sim_chain *chain, const struct account *account)
{
	enum result result;

	*chain = (struct sim_chain){ .account = account };
	result = text_copy(chain->access, sizeof(chain->access),
	    text_of(account->access_token));
	if (result == OK)
		result = text_copy(chain->refresh, sizeof(chain->refresh),
		    text_of(account->refresh_token));
	return result;
}

enum sim_token_state
sim_chain_ask(const struct sim_chain *chain, struct text_view access_token)
{
	if (secret_equal(access_token, text_of(chain->access)))
		return chain->expired ? SIM_TOKEN_DEAD : SIM_TOKEN_GOOD;
	if (secret_equal(access_token, text_of(chain->dead)))
		return SIM_TOKEN_DEAD;
	return SIM_TOKEN_UNKNOWN;
}

static void
mint(struct sim_chain *chain)
{
	memcpy(chain->dead, chain->access, sizeof(chain->dead));
	secret_random_hex(TOKEN_RANDOM_BYTES, chain->access);
	secret_random_hex(TOKEN_RANDOM_BYTES, chain->refresh);
	chain->expired = false;
}

enum result
sim_chain_exchange(struct sim_chain *chain, struct text_view refresh_token)
{
	if (!secret_equal(refresh_token, text_of(chain->refresh)))
		return ERR_INVALID;
	mint(chain);
	return OK;
}

enum result
sim_chain_consent(struct sim_chain *chain, struct text_view challenge)
{
	enum result result =
	    text_copy(chain->challenge, sizeof(chain->challenge), challenge);

	if (result == OK)
		secret_random_hex(CODE_RANDOM_BYTES, chain->code);
	return result;
}

enum result
sim_chain_redeem(
    struct sim_chain *chain, struct text_view code, struct text_view verifier)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char challenge[sizeof(chain->challenge)];

	if (!secret_equal(code, text_of(chain->code)))
		return ERR_NOT_FOUND;
	chain->code[0] = '\0';
	(void)crypto_hash_sha256(
	    hash, (const unsigned char *)verifier.at, verifier.len);
	(void)sodium_bin2base64(challenge, sizeof(challenge), hash,
	    sizeof(hash), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	if (verifier.len < VERIFIER_MIN ||
	    !secret_equal(text_of(challenge), text_of(chain->challenge)))
		return ERR_INVALID;
	mint(chain);
	return OK;
}

void
sim_chain_expire(struct sim_chain *chain)
{
	chain->expired = true;
}
