/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "tests/support/cmocka_all.h"
#include "webhooks/simulator/chain.h"

#include "secret.h"

#include <string.h>

static const struct account account = {
	.access_token = "first-access",
	.refresh_token = "first-refresh",
};

static enum sim_token_state
ask(const struct sim_chain *chain, const char *token)
{
	return sim_chain_ask(chain, text_of(token));
}

static void
a_new_pair_kills_the_old_one(void **state)
{
	struct sim_chain chain;

	(void)state;
	assert_int_equal(sim_chain_init(&chain, &account), OK);
	assert_int_equal(ask(&chain, "first-access"), SIM_TOKEN_GOOD);
	assert_int_equal(sim_chain_exchange(&chain, TEXT("first-refresh")), OK);
	assert_int_equal(ask(&chain, "first-access"), SIM_TOKEN_DEAD);
	assert_int_equal(ask(&chain, chain.access), SIM_TOKEN_GOOD);
	assert_int_equal(ask(&chain, "never seen"), SIM_TOKEN_UNKNOWN);
	assert_int_equal(ask(&chain, ""), SIM_TOKEN_UNKNOWN);
}

static void
a_refresh_token_works_once(void **state)
{
	struct sim_chain chain;
	char second[sizeof(chain.refresh)];

	(void)state;
	assert_int_equal(sim_chain_init(&chain, &account), OK);
	assert_int_equal(sim_chain_exchange(&chain, TEXT("first-refresh")), OK);
	memcpy(second, chain.refresh, sizeof(second));
	assert_int_equal(
	    sim_chain_exchange(&chain, TEXT("first-refresh")), ERR_INVALID);
	assert_int_equal(sim_chain_exchange(&chain, text_of(second)), OK);
	assert_string_not_equal(chain.refresh, second);
}

static void
an_expired_token_is_dead_until_the_next_pair(void **state)
{
	struct sim_chain chain;

	(void)state;
	assert_int_equal(sim_chain_init(&chain, &account), OK);
	sim_chain_expire(&chain);
	assert_int_equal(ask(&chain, "first-access"), SIM_TOKEN_DEAD);
	assert_int_equal(sim_chain_exchange(&chain, TEXT("first-refresh")), OK);
	assert_int_equal(ask(&chain, chain.access), SIM_TOKEN_GOOD);
}

static void
an_account_without_tokens_lets_nobody_in(void **state)
{
	const struct account bare = { .access_token = "", .refresh_token = "" };
	struct sim_chain chain;

	(void)state;
	assert_int_equal(sim_chain_init(&chain, &bare), OK);
	assert_int_equal(ask(&chain, ""), SIM_TOKEN_UNKNOWN);
	assert_int_equal(sim_chain_exchange(&chain, TEXT("")), ERR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_pair_kills_the_old_one),
		cmocka_unit_test(a_refresh_token_works_once),
		cmocka_unit_test(an_expired_token_is_dead_until_the_next_pair),
		cmocka_unit_test(an_account_without_tokens_lets_nobody_in),
	};

	if (secret_init() != OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
