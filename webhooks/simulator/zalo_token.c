/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Zalo's OAuth: POST /v4/oa/access_token with a refresh token.  A form comes
 * in, and errors come with HTTP status 200 here too. */
#include "api.h"

#include "buf.h"
#include "secret.h"
#include "utf8.h"

#include <string.h>

enum { VALUE_MAX_BYTES = 4096 };

/* ---- the form ---- */

static int
hex_of(char digit)
{
	const char *digits = "0123456789abcdef";
	const char *at;

	if (digit >= 'A' && digit <= 'F')
		digit = (char)(digit - 'A' + 'a');
	at = digit == '\0' ? NULL : strchr(digits, digit);
	return at == NULL ? -1 : (int)(at - digits);
}

/* ERR_INVALID for an escape that is none. */
static enum result
decode(struct text_view encoded, struct buf *out)
{
	enum result result = OK;

	for (size_t i = 0; result == OK && i < encoded.len; i++) {
		char byte = encoded.at[i];

		if (byte == '%') {
			int high = i + 2 < encoded.len
				       ? hex_of(encoded.at[i + 1])
				       : -1;
			int low = i + 2 < encoded.len
				      ? hex_of(encoded.at[i + 2])
				      : -1;

			if (high < 0 || low < 0)
				return ERR_INVALID;
			byte = (char)(high * 16 + low);
			i += 2;
		} else if (byte == '+') {
			byte = ' ';
		}
		result = buf_add_char(out, byte);
	}
	return result;
}

static enum result
read_pair(struct text_view pair, json_t *form)
{
	struct text_view rest = pair;
	struct text_view name = text_of(NULL);
	char key[32];
	struct buf value;
	enum result result = ERR_INVALID;

	buf_init(&value, VALUE_MAX_BYTES);
	if (!text_split(&rest, '=', &name) ||
	    text_copy(key, sizeof(key), name) != OK ||
	    decode(rest, &value) != OK || !utf8_valid(buf_view(&value)))
		goto out;
	if (json_object_set_new(form, key,
		json_stringn(value.len > 0 ? value.at : "", value.len)) == 0)
		result = OK;
out:
	buf_fini(&value);
	return result;
}

static json_t *
read_form(const struct http_request *request)
{
	struct text_view rest = request->body;
	struct text_view pair;
	json_t *form;

	if (!sim_api_content_is(
		request, TEXT("application/x-www-form-urlencoded")))
		return NULL;
	form = json_object();
	while (text_split(&rest, '&', &pair)) {
		if (read_pair(pair, form) == OK)
			continue;
		json_decref(form);
		return NULL;
	}
	return form;
}

/* ---- the answers ---- */

static const struct oauth_error {
	json_int_t code;
	const char *name;
	const char *description;
} oauth_errors[] = {
	{ -14002, "Invalid app id.", "App id is invalid" },
	{ -14004, "Invalid secret key.", "Secret key is invalid" },
	{ -14005, "Invalid code.", "Code is invalid, expired or used" },
	{ -14014, "Invalid refresh token.",
	    "Refresh token is invalid, expired or used" },
	{ -14018, "Invalid grant type.", "Grant type is invalid" },
	{ -14020, "Refresh token was used.", "Refresh token was used" },
};

static void
refuse(struct sim_served *out, json_int_t code)
{
	struct oauth_error error = { code, "Error.", "Error" };

	for (size_t i = 0; i < sizeof(oauth_errors) / sizeof(oauth_errors[0]);
	     i++)
		if (oauth_errors[i].code == code)
			error = oauth_errors[i];
	out->status = 200;
	out->answer = json_pack("{s:I, s:s, s:s, s:s, s:s}", "error", code,
	    "error_name", error.name, "error_description", error.description,
	    "error_reason", "", "ref_doc",
	    "https://developers.zalo.me/docs/official-account");
}

static void
refuse_scripted(const json_t *error, struct sim_served *out)
{
	refuse(out, json_integer_value(json_object_get(error, "code")));
}

static bool
is_app(const struct account *account, const char *app_id)
{
	return strcmp(account->channel->name, "zalo") == 0 &&
	       app_id[0] != '\0' && strcmp(account->app_id, app_id) == 0;
}

/* True when FORM gives CHAIN a new pair. */
static bool
grant(struct sim_chain *chain, const json_t *form, json_int_t *code_out)
{
	const char *type = sim_api_text(form, "grant_type");
	bool by_code = strcmp(type, "authorization_code") == 0;

	if (!by_code && strcmp(type, "refresh_token") != 0) {
		*code_out = -14018;
		return false;
	}
	*code_out = by_code ? -14005 : -14014;
	if (by_code)
		return sim_chain_redeem(chain,
			   text_of(sim_api_text(form, "code")),
			   text_of(sim_api_text(form, "code_verifier"))) == OK;
	return sim_chain_exchange(
		   chain, text_of(sim_api_text(form, "refresh_token"))) == OK;
}

/* Several OAs may have authorised one app: the refresh token tells which.  The
 * OA's chain with a new pair, or NULL and the error. */
static const struct sim_chain *
exchange(struct simulator *simulator, const struct http_request *request,
    const json_t *form, json_int_t *code_out)
{
	struct text_view secret = http_header(request, "secret_key");

	*code_out = -14002;
	for (size_t i = 0; i < simulator->account_count; i++) {
		struct sim_chain *chain = &simulator->chains[i];

		if (!is_app(chain->account, sim_api_text(form, "app_id")))
			continue;
		if (!secret_equal(secret, text_of(chain->account->app_secret)))
			*code_out = -14004;
		else if (grant(chain, form, code_out))
			return chain;
	}
	return NULL;
}

/* expires_in is a string; a strict reader of numbers once lost a pair. */
static void
serve(struct simulator *simulator, const struct http_request *request,
    const json_t *form, struct sim_served *out)
{
	json_int_t code;
	const struct sim_chain *chain =
	    exchange(simulator, request, form, &code);

	if (chain == NULL) {
		refuse(out, code);
		return;
	}
	out->status = 200;
	out->accepted = true;
	out->account = chain->account;
	out->answer =
	    json_pack("{s:s, s:s, s:s}", "access_token", chain->access,
		"refresh_token", chain->refresh, "expires_in", "90000");
}

static json_t *
describe(const json_t *form)
{
	return json_pack("{s:s, s:s, s:s, s:[]}", "api", "token", "citizen", "",
	    "text", sim_api_text(form, "grant_type"), "buttons");
}

const struct sim_api sim_zalo_token = {
	.channel = "zalo",
	.name = "token",
	.read = read_form,
	.describe = describe,
	.serve = serve,
	.refuse = refuse_scripted,
};
