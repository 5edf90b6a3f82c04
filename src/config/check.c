/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What no single value can tell: an account that lacks what its channel needs
 * would fail at the first webhook, so it is refused at the start. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "settings_parts.h"

static bool
is_empty(const char *text)
{
	return text[0] == '\0';
}

/* https, or plain http to this machine for tests and the demo: a token never
 * travels the network in the clear. */
static bool
is_safe_base(const char *url)
{
	struct text_view view = text_of(url);

	return text_starts(view, TEXT("https://")) ||
	       text_starts(view, TEXT("http://127.0.0.1:")) ||
	       text_starts(view, TEXT("http://[::1]:")) ||
	       text_starts(view, TEXT("http://localhost:"));
}

static const char *
missing_for_messenger(const struct account *account)
{
	if (is_empty(account->id))
		return "page_id";
	if (is_empty(account->app_secret))
		return "app_secret";
	if (is_empty(account->verify_token))
		return "verify_token";
	return is_empty(account->access_token) ? "page_token" : NULL;
}

static const char *
missing_for_zalo(const struct account *account)
{
	if (is_empty(account->id))
		return "oa_id";
	if (is_empty(account->app_id))
		return "app_id";
	/* The console shows the OA's secret only after the webhook was saved,
	 * for which the server must run: until then every event is dropped. */
	return is_empty(account->app_secret) ? "app_secret" : NULL;
}

static enum result
check_account(struct account *account, const char *path, struct complaint *why)
{
	bool is_zalo = strcmp(account->channel->name, "zalo") == 0;
	const char *missing = is_zalo ? missing_for_zalo(account)
				      : missing_for_messenger(account);

	if (missing != NULL) {
		complain(why, path == NULL ? "environment" : path, 0,
		    "[%s %s] lacks %s; set it, or remove the other settings of "
		    "this account",
		    account->channel->name, account->name, missing);
		return ERR_INVALID;
	}
	if (!is_safe_base(account->api) ||
	    (is_zalo && !is_safe_base(account->oauth))) {
		complain(why, path == NULL ? "environment" : path, 0,
		    "[%s %s]: the API address must start with https://",
		    account->channel->name, account->name);
		return ERR_INVALID;
	}
	if (!is_zalo) /* Meta signs webhooks with the app secret itself. */
		account->webhook_secret = account->app_secret;
	return OK;
}

static bool
is_code(const char *text)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-_";

	return text[strspn(text, allowed)] == '\0';
}

/* "https://NAME", with a port or with "*." before the name; http for an
 * intranet.  Nothing that would end a part of a security policy. */
static bool
is_origin(struct text_view origin)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
				      "0123456789.-:[]";
	const char *scheme =
	    text_starts(origin, TEXT("https://")) ? "https://" : "http://";

	if (!text_starts(origin, text_of(scheme)))
		return false;
	origin = text_slice(origin, strlen(scheme), origin.len);
	if (text_starts(origin, TEXT("*.")))
		origin = text_slice(origin, 2, origin.len);
	for (size_t i = 0; i < origin.len; i++)
		if (memchr(allowed, origin.at[i], sizeof(allowed) - 1) == NULL)
			return false;
	return origin.len > 0;
}

static enum result
check_origins(const char *origins, const char *path, struct complaint *why)
{
	struct text_view rest = text_of(origins);
	struct text_view origin;

	while (text_split(&rest, ' ', &origin)) {
		if (origin.len == 0 || is_origin(origin))
			continue;
		complain(why, path == NULL ? "environment" : path, 0,
		    "chat_origins has \"%.*s\"; write origins such as "
		    "https://portal.example.gov.vn, without a path and in "
		    "small letters, with spaces between",
		    TEXT_ARGS(origin));
		return ERR_INVALID;
	}
	return OK;
}

enum result
settings_check(
    struct settings *settings, const char *path, struct complaint *why)
{
	char host[64];
	unsigned short port;
	enum result result = OK;

	if (settings_listen(settings->listen, host, sizeof(host), &port) !=
	    OK) {
		complain(why, path == NULL ? "environment" : path, 0,
		    "listen is \"%s\"; write ADDRESS:PORT, such as "
		    "127.0.0.1:8080",
		    settings->listen);
		return ERR_INVALID;
	}
	if (!is_code(settings->zalo_verification)) {
		complain(why, path == NULL ? "environment" : path, 0,
		    "zalo_verification is only the code of the console's meta "
		    "tag: letters, digits, - and _");
		return ERR_INVALID;
	}
	result = check_origins(settings->chat_origins, path, why);
	for (size_t i = 0; result == OK && i < settings->account_count; i++)
		result = check_account(&settings->accounts[i], path, why);
	return result;
}

enum result
settings_listen(
    const char *listen, char *host, size_t size, unsigned short *port_out)
{
	const char *colon = strrchr(listen, ':');
	struct text_view name;
	uint64_t port;
	enum result result;

	if (colon == NULL)
		return ERR_INVALID;
	name = (struct text_view){ listen, (size_t)(colon - listen) };
	if (name.len >= 2 && name.at[0] == '[' && name.at[name.len - 1] == ']')
		name = text_slice(name, 1, name.len - 1);
	if (name.len == 0 || text_number(text_of(colon + 1), 0, 65535, &port))
		return ERR_INVALID;
	result = text_copy(host, size, name);
	if (result == OK)
		*port_out = (unsigned short)port;
	return result;
}
