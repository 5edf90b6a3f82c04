/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "oa_consent.h"

#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "clock.h"
#include "secret.h"
#include "store.h"
#include "zalo_login.h"

/* The code is pasted, not received: Zalo sends the browser only to an https
 * address of the domain that was proved to it, which is the proxy of the
 * server and not the machine where somebody types this; and the server itself
 * is stopped, since the store has one owner.  Whatever the browser shows then,
 * the address bar has the code.
 *
 * The store is opened and the token's lock taken before anybody is asked for
 * anything: a consent that cannot be kept kills the pair that was in force. */

enum {
	STORE_TURNS_MAX = 16,
	SEED_BYTES = 32,
	OWNER_BYTES = 16,
	PASTED_SIZE = 4096,
	REDIRECT_MAX_BYTES = 1024,
	CONSENT_MS = 15 * 60 * 1000, /* a code lives for 10 minutes */
};

struct session {
	struct platform *platform;
	struct store *store;
	struct zalo_login login;
	struct text_view redirect;
	char owner[2 * OWNER_BYTES + 1];
	struct complaint *why;
};

/* ---- talking to the person ---- */

static enum result
choose_redirect(struct session *session, const char *redirect)
{
	struct platform *platform = session->platform;
	const char *site = platform->settings->public_url;
	struct buf url;
	enum result result;

	if (redirect == NULL && site[0] == '\0') {
		complain(session->why, NULL, 0,
		    "set public_url, or name the callback address of the app's "
		    "console with --redirect");
		return ERR_INVALID;
	}
	buf_init(&url, REDIRECT_MAX_BYTES);
	result = redirect != NULL ? buf_add(&url, text_of(redirect))
				  : buf_printf(&url, "%s/", site);
	if (result == OK)
		result = arena_text(
		    &platform->arena, buf_view(&url), &session->redirect);
	buf_fini(&url);
	return result;
}

static enum result
explain_steps(struct session *session)
{
	struct platform *platform = session->platform;
	struct text_view url;
	enum result result = zalo_login_url(platform->account, &session->login,
	    session->redirect, &platform->arena, &url);

	if (result != OK)
		return result;
	printf(
	    "1. In the app's console (Official Account, Thiết lập chung) "
	    "enter\n"
	    "     callback URL    %.*s\n"
	    "     code challenge  %s\n"
	    "   where it asks for them, and save.\n"
	    "2. Open this address as an administrator of the OA, and agree:\n"
	    "     %.*s\n"
	    "3. The browser goes on to an address with \"code=\" in it; what "
	    "the page shows\n"
	    "   does not matter.  Paste that whole address here, within 10 "
	    "minutes:\n",
	    TEXT_ARGS(session->redirect), session->login.challenge,
	    TEXT_ARGS(url));
	return fflush(stdout) == 0 ? OK : ERR_IO;
}

static enum result
read_consent(struct session *session, struct zalo_consent *out)
{
	const char *ours = session->platform->account->id;
	char pasted[PASTED_SIZE] = "";
	enum result result;

	if (fgets(pasted, sizeof(pasted), stdin) == NULL) {
		complain(session->why, NULL, 0, "nothing was pasted");
		return ERR_INVALID;
	}
	result = zalo_login_read(&session->login, text_of(pasted),
	    &session->platform->arena, out, session->why);
	if (result != OK || out->oa_id.len == 0 || text_is(out->oa_id, ours))
		return result;
	complain(session->why, NULL, 0,
	    "that was the consent of OA %.*s, but zalo_oa_id is %s: sign in as "
	    "an administrator of the right OA, or correct the setting",
	    TEXT_ARGS(out->oa_id), ours);
	return ERR_INVALID;
}

/* ---- the pair ---- */

static enum result
exchange(struct session *session, struct text_view code, struct token_pair *out)
{
	struct platform *platform = session->platform;
	const struct account *account = platform->account;
	struct complaint reason = { .text = "" };
	struct api_response response;
	struct api_call call;
	enum result result = zalo_login_exchange(
	    account, &session->login, code, &platform->arena, &call);

	if (result == OK)
		result = platform_ask(platform, &call, &response, session->why);
	if (result != OK)
		return result;
	result = account->channel->token->read(
	    &response, clock_now_ms(), out, &reason);
	if (result != OK)
		complain(session->why, NULL, 0,
		    "%s; compare zalo_app_id, zalo_app_secret, the callback "
		    "URL and the code challenge with the app's console, and "
		    "run the command again: a code works once",
		    reason.text);
	return result;
}

static enum result
keep(struct session *session, const struct token_pair *pair)
{
	const struct account *account = session->platform->account;
	const struct stored_token token = { .pair = *pair, .dead = false };
	enum result result = store_token_save(
	    session->store, account->channel->name, account->id, &token);

	if (result != OK)
		complain(session->why, NULL, 0,
		    "the new tokens cannot be written into the store (%s), and "
		    "the old ones are dead: mend the disk and run the command "
		    "again",
		    result_name(result));
	return result;
}

static enum result
set_lock(const struct session *session, uint64_t until_ms)
{
	const struct account *account = session->platform->account;

	return store_token_lock(session->store, account->channel->name,
	    account->id, session->owner, clock_now_ms(), until_ms);
}

static enum result
run_locked(struct session *session)
{
	struct zalo_consent consent;
	struct token_pair pair;
	enum result result = explain_steps(session);

	if (result == OK)
		result = read_consent(session, &consent);
	if (result == OK)
		result = exchange(session, consent.code, &pair);
	if (result == OK)
		result = keep(session, &pair);
	if (result == OK)
		printf("done: the store has the new tokens; start the server "
		       "again.  zalo_access_token and zalo_refresh_token are "
		       "not needed in the settings any more\n");
	return result;
}

static enum result
open_store(struct session *session)
{
	const struct store_options options = {
		.url = session->platform->settings->store,
		.turns_waiting_max = STORE_TURNS_MAX
	};
	enum result result =
	    store_open(&options, &session->store, session->why);

	if (result == ERR_BUSY)
		complain(session->why, NULL, 0,
		    "the server is running and has the store open: stop it, "
		    "log in, and start it again; messages that come meanwhile "
		    "are sent again by the platforms");
	return result;
}

enum result
oa_consent(
    struct platform *platform, const char *redirect, struct complaint *why)
{
	struct session session = { .platform = platform, .why = why };
	char seed[2 * SEED_BYTES + 1];
	enum result unlocked;
	enum result result = choose_redirect(&session, redirect);

	secret_random_hex(SEED_BYTES, seed);
	zalo_login_init(&session.login, text_of(seed));
	secret_random_hex(OWNER_BYTES, session.owner);
	if (result == OK)
		result = open_store(&session);
	if (result == OK)
		result = set_lock(&session, clock_now_ms() + CONSENT_MS);
	if (result == OK) {
		result = run_locked(&session);
		/* Left behind, it runs out by itself. */
		unlocked = set_lock(&session, 0);
		(void)unlocked;
	}
	store_close(session.store);
	return result;
}
