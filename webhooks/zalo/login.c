/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "zalo_login.h"

#include "call.h"
#include "form.h"
#include "secret.h"

#include <sodium.h>

/* PKCE: the consent page learns the hash of a secret, the exchange brings the
 * secret itself.  A code that somebody reads in the log of a proxy, or in the
 * history of a browser, is therefore worth nothing without this process.
 *
 * What is pasted comes from outside: it is bounded, visible ASCII, and the
 * state in it must be ours, so that nobody has an administrator paste the
 * consent of another OA. */

enum {
	URL_MAX_BYTES = 4096,
	FORM_MAX_BYTES = 8192,
	PASTED_MAX_BYTES = 4096,
	CODE_MAX_BYTES = 2048,
};

#define AGAIN "run the command again and paste the new address"

/* The base64url of SHA-256 over PARTS: 43 characters. */
static void
digest(
    struct text_view label, struct text_view text, char out[ZALO_VERIFIER_SIZE])
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state state;

	(void)crypto_hash_sha256_init(&state);
	(void)crypto_hash_sha256_update(
	    &state, (const unsigned char *)label.at, label.len);
	(void)crypto_hash_sha256_update(
	    &state, (const unsigned char *)text.at, text.len);
	(void)crypto_hash_sha256_final(&state, hash);
	(void)sodium_bin2base64(out, ZALO_VERIFIER_SIZE, hash, sizeof(hash),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void
zalo_login_init(struct zalo_login *login, struct text_view seed)
{
	digest(TEXT("verifier"), seed, login->verifier);
	digest(TEXT("state"), seed, login->state);
	digest(TEXT(""), text_of(login->verifier), login->challenge);
}

enum result
zalo_login_url(const struct account *account, const struct zalo_login *login,
    struct text_view redirect, struct arena *arena, struct text_view *out)
{
	struct buf url;
	enum result result;

	buf_init(&url, URL_MAX_BYTES);
	result = buf_printf(&url, "%s/v4/oa/permission?", account->oauth);
	if (result == OK)
		result =
		    zalo_form_add(&url, "app_id", text_of(account->app_id));
	if (result == OK)
		result = zalo_form_add(&url, "redirect_uri", redirect);
	if (result == OK)
		result = zalo_form_add(
		    &url, "code_challenge", text_of(login->challenge));
	if (result == OK)
		result = zalo_form_add(&url, "state", text_of(login->state));
	if (result == OK)
		result = arena_text(arena, buf_view(&url), out);
	buf_fini(&url);
	return result;
}

/* ---- what was pasted ---- */

static bool
is_visible(struct text_view text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] <= ' ' || text.at[i] > '~')
			return false;
	return true;
}

static int
hex_of(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	if (digit >= 'a' && digit <= 'f')
		return digit - 'a' + 10;
	return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

/* With its %XX undone; ERR_INVALID for an escape that is none. */
static enum result
decode(struct text_view text, struct arena *arena, struct text_view *out)
{
	char *at = arena_alloc(arena, text.len + 1, 1);
	size_t len = 0;

	if (at == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < text.len; i++) {
		int high = -1;
		int low = -1;

		if (text.at[i] != '%') {
			at[len++] = text.at[i];
			continue;
		}
		if (i + 2 < text.len) {
			high = hex_of(text.at[i + 1]);
			low = hex_of(text.at[i + 2]);
		}
		if (high < 0 || low < 0)
			return ERR_INVALID;
		at[len++] = (char)(high * 16 + low);
		i += 2;
	}
	*out = (struct text_view){ at, len };
	return OK;
}

struct answer {
	struct text_view code;
	struct text_view oa_id;
	struct text_view state;
	struct text_view error;
};

static enum result
read_query(struct text_view query, struct arena *arena, struct answer *out)
{
	struct text_view pair;
	enum result result = OK;

	while (result == OK && text_split(&query, '&', &pair)) {
		struct text_view rest = pair;
		struct text_view name = { NULL, 0 };

		(void)text_split(&rest, '=', &name);
		if (text_is(name, "code"))
			result = decode(rest, arena, &out->code);
		else if (text_is(name, "oa_id"))
			result = decode(rest, arena, &out->oa_id);
		else if (text_is(name, "state"))
			result = decode(rest, arena, &out->state);
		else if (text_is(name, "error"))
			result = decode(rest, arena, &out->error);
	}
	return result;
}

static enum result
check_answer(const struct zalo_login *login, const struct answer *answer,
    bool is_address, struct complaint *why)
{
	if (answer->error.len > 0 && answer->code.len == 0) {
		complain(why, NULL, 0,
		    "Zalo has not consented: compare the callback address and "
		    "the code challenge in the app's console with those above, "
		    "and sign in as an administrator of the OA");
		return ERR_INVALID;
	}
	if (answer->code.len == 0 || answer->code.len > CODE_MAX_BYTES ||
	    !is_visible(answer->code) || !is_visible(answer->oa_id)) {
		complain(why, NULL, 0,
		    "there is no code in what was pasted: it is the whole "
		    "address after the consent, with \"code=\" in it; " AGAIN);
		return ERR_INVALID;
	}
	if (is_address && answer->state.len > 0 &&
	    !secret_equal(answer->state, text_of(login->state))) {
		complain(why, NULL, 0,
		    "this address belongs to another attempt: " AGAIN);
		return ERR_INVALID;
	}
	return OK;
}

enum result
zalo_login_read(const struct zalo_login *login, struct text_view pasted,
    struct arena *arena, struct zalo_consent *out, struct complaint *why)
{
	struct text_view text = text_trim(pasted);
	size_t mark = text_find(text, TEXT("?"));
	bool is_address = mark != SIZE_MAX;
	struct answer answer = { .code = { NULL, 0 } };
	enum result result = ERR_INVALID;

	if (text.len <= PASTED_MAX_BYTES && is_visible(text)) {
		if (is_address)
			result =
			    read_query(text_slice(text, mark + 1, text.len),
				arena, &answer);
		else
			result = decode(text, arena, &answer.code);
	}
	if (result == ERR_NOMEM)
		return result;
	if (result != OK)
		answer = (struct answer){ .code = { NULL, 0 } };
	result = check_answer(login, &answer, is_address, why);
	if (result == OK)
		*out = (struct zalo_consent){ answer.code, answer.oa_id };
	return result;
}

/* ---- the exchange ---- */

static enum result
render_form(const struct account *account, const struct zalo_login *login,
    struct text_view code, struct arena *arena, struct text_view *out)
{
	struct buf form;
	enum result result;

	buf_init(&form, FORM_MAX_BYTES);
	result = zalo_form_add(&form, "grant_type", TEXT("authorization_code"));
	if (result == OK)
		result =
		    zalo_form_add(&form, "app_id", text_of(account->app_id));
	if (result == OK)
		result = zalo_form_add(&form, "code", code);
	if (result == OK)
		result = zalo_form_add(
		    &form, "code_verifier", text_of(login->verifier));
	if (result == OK)
		result = arena_text(arena, buf_view(&form), out);
	buf_fini(&form);
	return result;
}

enum result
zalo_login_exchange(const struct account *account,
    const struct zalo_login *login, struct text_view code, struct arena *arena,
    struct api_call *out)
{
	struct api_call call;
	enum result result = zalo_call_token(account, arena, &call);

	if (result == OK)
		result = render_form(account, login, code, arena, &call.body);
	if (result == OK)
		*out = call;
	return result;
}
