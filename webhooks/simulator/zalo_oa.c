/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* GET /zalo/v2.0/oa/getoa: whose token is it?  Errors come with HTTP status 200
 * and a number. */
#include "api.h"

#include "secret.h"

#include <string.h>

static void
refuse(struct sim_served *out, json_int_t code, const char *message)
{
	out->status = 200;
	out->answer =
	    json_pack("{s:I, s:s}", "error", code, "message", message);
}

static void
refuse_scripted(const json_t *error, struct sim_served *out)
{
	refuse(out, json_integer_value(json_object_get(error, "code")),
	    sim_api_text(error, "message"));
}

static json_t *
read_nothing(const struct http_request *request)
{
	(void)request;
	return json_object();
}

static json_t *
describe(const json_t *body)
{
	(void)body;
	return json_pack("{s:s, s:s, s:s, s:[]}", "api", "oa", "citizen", "",
	    "text", "", "buttons");
}

static bool
check_proof(const struct account *account, const struct http_request *request)
{
	struct text_view given = http_header(request, "appsecret_proof");
	char proof[SECRET_HEX_SIZE];

	if (given.len == 0 || account->app_secret[0] == '\0')
		return true;
	secret_hmac_sha256_hex(text_of(account->app_secret),
	    http_header(request, "access_token"), proof);
	return secret_equal(given, text_of(proof));
}

static void
serve(struct simulator *simulator, const struct http_request *request,
    const json_t *body, struct sim_served *out)
{
	struct text_view token = http_header(request, "access_token");
	enum sim_token_state state = SIM_TOKEN_UNKNOWN;
	const struct account *account = NULL;

	(void)body;
	for (size_t i = 0;
	     i < simulator->account_count && state == SIM_TOKEN_UNKNOWN; i++) {
		account = simulator->chains[i].account;
		if (strcmp(account->channel->name, "zalo") == 0)
			state = sim_chain_ask(&simulator->chains[i], token);
	}
	if (state == SIM_TOKEN_UNKNOWN) {
		refuse(out, -216, "Access token is invalid");
	} else if (state == SIM_TOKEN_DEAD) {
		refuse(out, -220, "access_token is expired or removed");
	} else if (!check_proof(account, request)) {
		refuse(out, -242, "Invalid appsecret_proof");
	} else {
		out->status = 200;
		out->accepted = true;
		out->account = account;
		out->answer = json_pack("{s:i, s:s, s:{s:s, s:s}}", "error", 0,
		    "message", "Success", "data", "oa_id", account->id, "name",
		    "Trang thử");
	}
}

const struct sim_api sim_zalo_oa = {
	.channel = "zalo",
	.name = "oa",
	.read = read_nothing,
	.describe = describe,
	.serve = serve,
	.refuse = refuse_scripted,
};
