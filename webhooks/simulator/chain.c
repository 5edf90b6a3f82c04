/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "chain.h"

#include "secret.h"

#include <string.h>

enum { TOKEN_RANDOM_BYTES = 48 };

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

enum result
sim_chain_exchange(struct sim_chain *chain, struct text_view refresh_token)
{
	if (!secret_equal(refresh_token, text_of(chain->refresh)))
		return ERR_INVALID;
	memcpy(chain->dead, chain->access, sizeof(chain->dead));
	secret_random_hex(TOKEN_RANDOM_BYTES, chain->access);
	secret_random_hex(TOKEN_RANDOM_BYTES, chain->refresh);
	chain->expired = false;
	return OK;
}

void
sim_chain_expire(struct sim_chain *chain)
{
	chain->expired = true;
}
