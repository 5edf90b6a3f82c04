/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "zalo_oa.h"

#include "call.h"
#include "json.h"
#include "secret.h"

/* judge.c says what an error means for a delivery; here it is told to a
 * person: what is wrong and what to do. */

#define CONSENT "stop the server and run `hoidap zalo login`"

static const struct rule {
	int64_t code;
	enum result result;
	const char *advice;
} rules[] = {
	{ -216, ERR_INVALID, "the access token is not valid: " CONSENT },
	{ -220, ERR_INVALID,
	    "the access token has expired or was replaced: the server "
	    "refreshes it when it starts; if it cannot, " CONSENT },
	{ -124, ERR_INVALID, "the access token is not valid: " CONSENT },
	{ -242, ERR_INVALID,
	    "the app secret does not fit: copy it from the app's settings into "
	    "zalo_app_secret" },
	{ -209, ERR_INVALID,
	    "the app is not active: switch it on in its console" },
	{ -212, ERR_INVALID,
	    "the app has not registered this API: ask for it in its console" },
	{ -219, ERR_INVALID, "the app was removed: make a new one" },
	{ -223, ERR_INVALID,
	    "the OA has not authorised the app (any more): " CONSENT },
	{ -204, ERR_INVALID, "the OA is disabled: ask Zalo" },
	{ -205, ERR_INVALID, "there is no such OA: check zalo_oa_id" },
	{ -221, ERR_INVALID, "the OA must be verified first" },
	{ -224, ERR_INVALID, "the OA needs a package that includes the API" },
	{ -32, ERR_IO, "asked too often: try again in a minute" },
};

enum result
zalo_oa_ask(const struct account *account, struct text_view access_token,
    struct arena *arena, struct api_call *out)
{
	char proof[SECRET_HEX_SIZE];
	struct api_call call;
	enum result result =
	    zalo_call_begin(arena, account->api, "/v2.0/oa/getoa", &call);

	call.method = "GET";
	if (result == OK)
		result = zalo_call_header(
		    &call, arena, "access_token", access_token);
	if (result == OK && account->app_secret[0] != '\0') {
		secret_hmac_sha256_hex(
		    text_of(account->app_secret), access_token, proof);
		result = zalo_call_header(
		    &call, arena, "appsecret_proof", text_of(proof));
	}
	if (result == OK)
		*out = call;
	return result;
}

static enum result
explain(int64_t code, struct complaint *why)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (rules[i].code != code)
			continue;
		complain(why, NULL, 0, "%s (error %lld)", rules[i].advice,
		    (long long)code);
		return rules[i].result;
	}
	complain(why, NULL, 0,
	    "Zalo refuses with error %lld; its meaning is in Zalo's table of "
	    "error codes",
	    (long long)code);
	return ERR_INVALID;
}

static enum result
read_data(const json_t *data, struct arena *arena, struct zalo_oa *out,
    struct complaint *why)
{
	char digits[ZALO_JSON_DIGITS_SIZE];
	struct text_view id =
	    zalo_json_scalar(json_object_get(data, "oa_id"), digits);
	struct zalo_oa oa;
	enum result result = arena_text(arena, id, &oa.id);

	if (id.len == 0) {
		complain(why, NULL, 0, "Zalo's answer has no id of an OA");
		return ERR_INVALID;
	}
	if (result == OK)
		result =
		    arena_text(arena, zalo_json_text(data, "name"), &oa.name);
	if (result == OK)
		*out = oa;
	return result;
}

enum result
zalo_oa_read(const struct api_response *response, struct arena *arena,
    struct zalo_oa *out, struct complaint *why)
{
	json_t *root = NULL;
	int64_t code = 0;
	enum result result = zalo_json_load(response->body, &root, NULL);

	if (result == ERR_NOMEM)
		return result;
	if (result != OK || !json_is_object(root) || response->status >= 500) {
		complain(why, NULL, 0,
		    "an answer that is none of Zalo's (HTTP status %ld): check "
		    "zalo_api, and what stands between this machine and Zalo",
		    response->status);
		result = ERR_IO;
	} else if (zalo_json_number(json_object_get(root, "error"), &code) ==
		       OK &&
		   code != 0) {
		result = explain(code, why);
	} else {
		result =
		    read_data(json_object_get(root, "data"), arena, out, why);
	}
	json_decref(root);
	return result;
}
