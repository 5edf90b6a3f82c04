/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "zalo.h"

#include "call.h"
#include "form.h"
#include "json.h"

/* An access token lives 25 hours and dies as soon as a new one is minted; a
 * refresh token works once and lives 3 months.  Losing an answer therefore
 * costs the chain: the caller writes the new pair down before it uses it, and
 * when no clear answer came it tries the same refresh token once more.
 *
 * Errors come with HTTP 200 here too.  There is no official list; the numbers
 * below are those that mean "a person must act", every other failure is
 * unclear.  expires_in has been seen as a string and as a number, and a pair
 * must never be dropped because of it. */

enum {
	FORM_MAX_BYTES = 16 * 1024,
	LIFETIME_S = 90000, /* 25 hours, when Zalo does not say */
	LIFETIME_MAX_S = 365 * 24 * 3600,
	REFRESH_BEFORE_MS = 5 * 3600 * 1000,
};

struct error_row {
	int64_t code;
	const char *reason;
};

static const struct error_row dead_errors[] = {
	{ -14002, "the app id is wrong" },
	{ -14004, "the app secret is wrong" },
	{ -14005, "the code is invalid, expired or used" },
	{ -14012, "the OA does not belong to this app" },
	{ -14014, "the refresh token is invalid, expired or used" },
	{ -14018, "the grant type is wrong" },
	{ -14020, "the refresh token was used before" },
	{ -14024, "the OA does not belong to this app" },
};

/* ---- the call ---- */

static enum result
render_form(const struct account *account, const struct token_pair *pair,
    struct arena *arena, struct text_view *out)
{
	struct buf form;
	enum result result;

	buf_init(&form, FORM_MAX_BYTES);
	result = zalo_form_add(&form, "grant_type", TEXT("refresh_token"));
	if (result == OK)
		result =
		    zalo_form_add(&form, "app_id", text_of(account->app_id));
	if (result == OK)
		result = zalo_form_add(
		    &form, "refresh_token", text_of(pair->refresh));
	if (result == OK)
		result = arena_text(arena, buf_view(&form), out);
	buf_fini(&form);
	return result;
}

static enum result
render_refresh(const struct account *account, const struct token_pair *pair,
    struct arena *arena, struct api_call *out)
{
	struct api_call call;
	enum result result = zalo_call_token(account, arena, &call);

	if (result == OK)
		result = render_form(account, pair, arena, &call.body);
	if (result == OK)
		*out = call;
	return result;
}

/* ---- the answer ---- */

/* Tokens become header values, so they may hold visible ASCII only. */
static enum result
copy_token(char *out, size_t size, struct text_view token)
{
	for (size_t i = 0; i < token.len; i++)
		if (token.at[i] <= ' ' || token.at[i] > '~')
			return ERR_INVALID;
	return token.len == 0 ? ERR_INVALID : text_copy(out, size, token);
}

static enum result
read_failure(int64_t code, struct complaint *why)
{
	for (size_t i = 0; i < sizeof(dead_errors) / sizeof(dead_errors[0]);
	     i++) {
		if (dead_errors[i].code != code)
			continue;
		complain(why, "", 0, "Zalo OAuth error %lld: %s",
		    (long long)code, dead_errors[i].reason);
		return ERR_INVALID;
	}
	complain(why, "", 0, "Zalo OAuth error %lld", (long long)code);
	return ERR_IO;
}

static enum result
read_pair(const json_t *root, uint64_t now_ms, struct token_pair *out,
    struct complaint *why)
{
	struct token_pair pair = { 0 };
	int64_t lifetime_s;

	if (copy_token(pair.access, sizeof(pair.access),
		zalo_json_text(root, "access_token")) != OK ||
	    copy_token(pair.refresh, sizeof(pair.refresh),
		zalo_json_text(root, "refresh_token")) != OK) {
		complain(why, "", 0,
		    "Zalo OAuth: the answer has no usable pair of tokens");
		return ERR_IO;
	}
	if (zalo_json_number(
		json_object_get(root, "expires_in"), &lifetime_s) != OK ||
	    lifetime_s <= 0 || lifetime_s > LIFETIME_MAX_S)
		lifetime_s = LIFETIME_S;
	pair.expires_ms = now_ms + (uint64_t)lifetime_s * 1000;
	*out = pair;
	return OK;
}

static enum result
read_refresh(const struct api_response *response, uint64_t now_ms,
    struct token_pair *out, struct complaint *why)
{
	enum result result = ERR_IO;
	json_t *root = NULL;
	int64_t code;

	if (response->status == 0 || response->status >= 500) {
		complain(why, "", 0, "Zalo OAuth: HTTP status %ld",
		    response->status);
		return ERR_IO;
	}
	if (zalo_json_load(response->body, &root, NULL) != OK)
		complain(why, "", 0, "Zalo OAuth: unreadable answer");
	else if (zalo_json_number(json_object_get(root, "error"), &code) ==
		     OK &&
		 code != 0)
		result = read_failure(code, why);
	else
		result = read_pair(root, now_ms, out, why);
	json_decref(root);
	return result;
}

const struct token_protocol zalo_token = {
	.render = render_refresh,
	.read = read_refresh,
	.refresh_before_ms = REFRESH_BEFORE_MS,
};
