/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "zalo_status.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "clock.h"
#include "platform_site.h"
#include "store.h"
#include "zalo_oa.h"

/* A refresh token works once, so it is never tried for a look: whether it is
 * alive is what the server wrote down when it used it last.
 *
 * The store has one owner.  While the server runs, its own metric says whether
 * the tokens are dead; the rest of the tokens can be seen when it is stopped. */

enum { STORE_TURNS_MAX = 16, URL_MAX_BYTES = 256, HOST_SIZE = 64 };

static const uint64_t hour_ms = 3600ull * 1000;
/* Of an access token, and of a refresh token since it was issued. */
static const uint64_t access_ms = 25ull * 3600 * 1000;
static const uint64_t refresh_ms = 90ull * 24 * 3600 * 1000;

#define LOGIN "stop the server and run `hoidap zalo login`"

/* ---- the pair ---- */

/* True when the access token is worth trying. */
static bool
judge_pair(struct platform *platform, const struct stored_token *token)
{
	uint64_t expires_ms = token->pair.expires_ms;
	uint64_t now_ms = clock_now_ms();
	char day[DATE_SIZE];

	if (token->dead) {
		platform_bad(platform,
		    "the refresh token is dead: Zalo has refused it; " LOGIN);
		return false;
	}
	platform_good("the refresh token has not been refused");
	if (expires_ms == 0) {
		platform_good("the access token comes from the settings; the "
			      "server learns its end when it refreshes it");
		return true;
	}
	date_of_ms(expires_ms - access_ms, day);
	if (now_ms > expires_ms - access_ms + refresh_ms) {
		platform_bad(platform,
		    "the tokens were issued on %s, and a refresh token lives "
		    "for 3 months: " LOGIN,
		    day);
		return false;
	}
	if (now_ms >= expires_ms) {
		platform_good("the access token of %s has expired; the server "
			      "refreshes it when it starts",
		    day);
		return false;
	}
	platform_good("the access token was issued on %s and is good for "
		      "%" PRIu64 " hours more",
	    day, (expires_ms - now_ms) / hour_ms);
	return true;
}

static void
check_oa(struct platform *platform, struct text_view access_token)
{
	const struct account *account = platform->account;
	struct complaint why = { .text = "" };
	struct api_response response;
	struct api_call call;
	struct zalo_oa oa;
	enum result result =
	    zalo_oa_ask(account, access_token, &platform->arena, &call);

	if (result == OK)
		result = platform_ask(platform, &call, &response, &why);
	if (result == OK)
		result = zalo_oa_read(&response, &platform->arena, &oa, &why);
	if (!platform_went(platform, "the access token", result, &why))
		return;
	if (text_is(oa.id, account->id))
		platform_good("Zalo takes it: it is OA %s, \"%.*s\"",
		    account->id, TEXT_ARGS(oa.name));
	else
		platform_bad(platform,
		    "the tokens belong to OA %.*s, \"%.*s\", but zalo_oa_id is "
		    "%s: correct the setting, or " LOGIN,
		    TEXT_ARGS(oa.id), TEXT_ARGS(oa.name), account->id);
}

/* ---- while the server runs ---- */

static enum result
ask_metrics(
    struct platform *platform, struct api_response *out, struct complaint *why)
{
	struct api_call call = { .method = "GET" };
	unsigned short port;
	char host[HOST_SIZE];
	struct buf url;
	enum result result = settings_listen(
	    platform->settings->listen, host, sizeof(host), &port);

	buf_init(&url, URL_MAX_BYTES);
	if (result == OK)
		result = buf_printf(
		    &url, "http://127.0.0.1:%u/metrics", (unsigned)port);
	if (result == OK)
		call.url = arena_string(&platform->arena, buf_view(&url));
	buf_fini(&url);
	if (result == OK && call.url == NULL)
		result = ERR_NOMEM;
	return result == OK ? platform_ask(platform, &call, out, why) : result;
}

static void
check_running(struct platform *platform)
{
	struct complaint why = { .text = "" };
	struct api_response response;

	if (ask_metrics(platform, &response, &why) != OK)
		platform_todo("the server is running and has the store: stop "
			      "it to see the tokens here");
	else if (text_find(response.body,
		     TEXT("hoidap_token_dead{channel=\"zalo\"} 1")) != SIZE_MAX)
		platform_bad(platform,
		    "the running server says that its tokens are dead: " LOGIN);
	else
		platform_good("the running server says that its tokens are "
			      "alive; stop it to see their age here");
}

/* ---- the store ---- */

static bool
is_missing(const char *url)
{
	static const char scheme[] = "sqlite:";
	size_t length = sizeof(scheme) - 1;

	return strncmp(url, scheme, length) == 0 &&
	       access(url + length, F_OK) != 0;
}

/* Before the first start the settings' pair counts. */
static enum result
load_pair(
    struct platform *platform, struct stored_token *out, struct complaint *why)
{
	const struct account *account = platform->account;
	const struct store_options options = { .url = platform->settings->store,
		.turns_waiting_max = STORE_TURNS_MAX };
	struct stored_token token = { .dead = false };
	struct store *store = NULL;
	enum result result = ERR_NOT_FOUND;

	if (!is_missing(options.url)) {
		result = store_open(&options, &store, why);
		if (result == OK)
			result = store_token_load(
			    store, account->channel->name, account->id, &token);
		store_close(store);
	}
	if (result == ERR_NOT_FOUND && account->access_token[0] != '\0')
		result = text_copy(token.pair.access, sizeof(token.pair.access),
		    text_of(account->access_token));
	if (result == OK)
		*out = token;
	return result;
}

static void
check_tokens(struct platform *platform)
{
	struct complaint why = { .text = "" };
	struct stored_token token;
	enum result result = load_pair(platform, &token, &why);

	if (result == ERR_BUSY)
		check_running(platform);
	else if (result == ERR_NOT_FOUND)
		platform_bad(platform, "there are no tokens yet: " LOGIN);
	else if (platform_went(platform, "the store", result, &why) &&
		 judge_pair(platform, &token))
		check_oa(platform, text_of(token.pair.access));
}

/* ---- the site ---- */

static void
check_domain(struct platform *platform)
{
	const char *code = platform->settings->zalo_verification;
	char file[512];
	struct buf path;

	if (!platform_has(platform, code, "zalo_verification",
		"copy the code out of the meta tag that the console shows "
		"under Xác thực domain, and start the server again"))
		return;
	platform_site_proof(platform, "/");
	buf_init(&path, sizeof(file) - 1);
	if (buf_printf(&path, "/zalo_verifier%s.html", code) == OK &&
	    text_copy(file, sizeof(file), buf_view(&path)) == OK)
		platform_site_proof(platform, file);
	buf_fini(&path);
}

/* Nothing can ask Zalo for these. */
static void
print_todo(const struct platform *platform)
{
	const char *site = platform->settings->public_url;

	platform_todo("in the app's console, Webhook: the URL "
		      "%s/webhooks/zalo, every event switched on, Webhook "
		      "Retry on, Lọc cú pháp off",
	    site[0] == '\0' ? "https://HOST" : site);
	platform_todo("there too: no other tool or test machine may use the "
		      "same refresh token, since it works once");
}

void
zalo_status(struct platform *platform)
{
	check_tokens(platform);
	(void)platform_has(platform, platform->account->webhook_secret,
	    "zalo_oa_secret",
	    "copy the OA Secret Key from the console's Webhook page, which "
	    "shows it once the URL was saved, and start the server again; "
	    "until then every message is dropped");
	platform_site_webhook(platform, "/webhooks/zalo", 200);
	check_domain(platform);
	print_todo(platform);
}
