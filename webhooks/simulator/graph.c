/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What all of Messenger's APIs have in common: the shape of their errors, and
 * the door.  Checks come in the order in which the platform's errors hide one
 * another: token, then proof. */
#include "graph.h"

#include "secret.h"

#include <stdio.h>
#include <string.h>

enum { TRACE_RANDOM_BYTES = 8 };

/* ---- errors ---- */

static const struct graph_error {
	json_int_t code, subcode;
	unsigned status;
	const char *type;
	const char *message;
} graph_errors[] = {
	{ 1, 0, 500, "OAuthException",
	    "An unknown error has occurred. Please try again later." },
	{ 1, 1357046, 500, "OAuthException", "Received Invalid JSON reply" },
	{ 2, 0, 500, "OAuthException",
	    "Service temporarily unavailable. Please try again later." },
	{ 4, 0, 403, "OAuthException",
	    "(#4) Application request limit reached" },
	{ 10, 2018278, 400, "OAuthException",
	    "(#10) This message is sent outside of allowed window." },
	{ 10, 2018300, 400, "OAuthException",
	    "(#10) Message failed to send because another app is controlling "
	    "this thread now." },
	{ 32, 0, 403, "OAuthException", "(#32) Page request limit reached" },
	{ 100, 0, 400, "OAuthException", "(#100) Invalid parameter" },
	{ 100, 1893061, 400, "OAuthException", "(#100) Invalid parameter" },
	{ 100, 2018001, 400, "OAuthException",
	    "(#100) No matching user found" },
	{ 190, 0, 401, "OAuthException",
	    "Invalid OAuth access token - Cannot parse access token" },
	{ 190, 460, 401, "OAuthException",
	    "Error validating access token: The session has been "
	    "invalidated because the user changed their password." },
	{ 200, 0, 403, "OAuthException", "(#200) Permissions error" },
	{ 551, 1545041, 400, "OAuthException",
	    "(#551) This person isn't available right now." },
	{ 613, 0, 403, "OAuthException",
	    "(#613) Calls to this api have exceeded the rate limit." },
	{ 1200, 0, 500, "OAuthException",
	    "(#1200) Temporary send message failure. Please try again "
	    "later." },
	{ 80006, 0, 403, "OAuthException",
	    "(#80006) There have been too many calls to this Messenger "
	    "account. Wait a bit and try again." },
};

void
sim_graph_refuse(struct sim_served *out, json_int_t code, json_int_t subcode,
    const char *message)
{
	struct graph_error error = { code, subcode, 400, "OAuthException",
		"(#100) Invalid parameter" };
	size_t count = sizeof(graph_errors) / sizeof(graph_errors[0]);
	char trace[2 * TRACE_RANDOM_BYTES + 1];
	json_t *inner;

	for (size_t i = 0; i < count; i++)
		if (graph_errors[i].code == code &&
		    graph_errors[i].subcode == subcode)
			error = graph_errors[i];
	secret_random_hex(TRACE_RANDOM_BYTES, trace);
	inner = json_pack("{s:s, s:s, s:I, s:s}", "message",
	    message != NULL ? message : error.message, "type", error.type,
	    "code", code, "fbtrace_id", trace);
	if (subcode != 0)
		(void)json_object_set_new(
		    inner, "error_subcode", json_integer(subcode));
	if (error.status == 500)
		(void)json_object_set_new(inner, "is_transient", json_true());
	out->status = error.status;
	out->answer = json_pack("{s:o}", "error", inner);
}

void
sim_graph_refuse_scripted(const json_t *error, struct sim_served *out)
{
	sim_graph_refuse(out,
	    json_integer_value(json_object_get(error, "code")),
	    json_integer_value(json_object_get(error, "subcode")),
	    json_string_value(json_object_get(error, "message")));
}

/* ---- who asks ---- */

static struct text_view
token_of(const struct http_request *request)
{
	const struct text_view bearer = TEXT("Bearer ");
	struct text_view header = http_header(request, "Authorization");

	if (text_starts(header, bearer))
		return text_slice(header, bearer.len, header.len);
	return http_query(request, "access_token");
}

static const struct account *
account_of_token(const struct simulator *simulator, struct text_view token)
{
	for (size_t i = 0; i < simulator->account_count; i++) {
		const struct account *account = &simulator->accounts[i];

		if (strcmp(account->channel->name, "messenger") == 0 &&
		    secret_equal(token, text_of(account->access_token)))
			return account;
	}
	return NULL;
}

/* The timed form signs "TOKEN|TIME". */
static void
make_proof(const struct account *account, struct text_view time_s,
    char out[SECRET_HEX_SIZE])
{
	char message[4096];

	(void)snprintf(message, sizeof(message), "%s%s%.*s",
	    account->access_token, time_s.len > 0 ? "|" : "",
	    TEXT_ARGS(time_s));
	secret_hmac_sha256_hex(
	    text_of(account->app_secret), text_of(message), out);
}

static bool
check_proof(const struct simulator *simulator, const struct account *account,
    const struct http_request *request, struct sim_served *out)
{
	struct text_view given = http_query(request, "appsecret_proof");
	char proof[SECRET_HEX_SIZE];

	if (account->app_secret[0] == '\0')
		return true;
	if (given.len == 0 && !simulator->settings.proof)
		return true;
	make_proof(account, http_query(request, "appsecret_time"), proof);
	if (secret_equal(given, text_of(proof)))
		return true;
	sim_graph_refuse(out, 100, 0,
	    given.len == 0
		? "API calls from the server require an appsecret_proof "
		  "argument"
		: "Invalid appsecret_proof provided in the API argument");
	return false;
}

const struct account *
sim_graph_admit(const struct simulator *simulator,
    const struct http_request *request, struct sim_served *out)
{
	const struct account *account =
	    account_of_token(simulator, token_of(request));

	if (account == NULL) {
		sim_graph_refuse(out, 190, 0, NULL);
		return NULL;
	}
	return check_proof(simulator, account, request, out) ? account : NULL;
}
