/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "graph.h"

#include "buf.h"
#include "secret.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* The operator's side of the Graph API.  judge.c says what an error means for
 * a delivery; here it is told to a person: what is wrong and what to do.  The
 * body decides before the status, since errors come with 200, too.
 *
 * The token travels in a header, because URLs get logged on their way. */

enum {
	ANY = -1,
	URL_MAX_BYTES = 1024,
	MESSAGE_LENGTH_MAX = 200,
	SERVER_ERROR = 500,
};

#define MISSING                                                                \
	"a permission is missing: make the page token again as a person who "  \
	"may manage the page, and grant pages_messaging and "                  \
	"pages_manage_metadata"
#define LIMITED                                                                \
	"asked too often (Meta allows 10 changes of a profile in 10 "          \
	"minutes): try again later"

/* The first row that fits is taken. */
static const struct rule {
	int64_t code;
	int64_t subcode;
	const char *names; /* part of Meta's message; NULL: whatever it is */
	enum result result;
	const char *advice;
} rules[] = {
	{ 190, ANY, NULL, ERR_INVALID,
	    "the page token is not valid (any more): a new password, a lost "
	    "role or a removed app ends it; make a new one in the app's "
	    "dashboard and set messenger_page_token" },
	{ 100, ANY, "appsecret_proof", ERR_INVALID,
	    "the app secret does not fit the page token: copy it from the "
	    "dashboard's App settings, Basic, into messenger_app_secret; the "
	    "token must come from the same app" },
	{ 100, 33, NULL, ERR_INVALID,
	    "there is no such page, or the token is not its own: check "
	    "messenger_page_id, and that messenger_page_token is a page token "
	    "and not a person's" },
	{ 10, ANY, NULL, ERR_INVALID, MISSING },
	{ 200, ANY, NULL, ERR_INVALID, MISSING },
	{ 230, ANY, NULL, ERR_INVALID, MISSING },
	{ 4, ANY, NULL, ERR_IO, LIMITED },
	{ 17, ANY, NULL, ERR_IO, LIMITED },
	{ 32, ANY, NULL, ERR_IO, LIMITED },
	{ 613, ANY, NULL, ERR_IO, LIMITED },
	{ 80001, ANY, NULL, ERR_IO, LIMITED },
	{ 80006, ANY, NULL, ERR_IO, LIMITED },
	{ 1, ANY, NULL, ERR_IO, "a fault at Meta: try again in a minute" },
	{ 2, ANY, NULL, ERR_IO, "a fault at Meta: try again in a minute" },
};

/* ---- the call ---- */

static enum result
add_url(const struct account *account,
    const struct messenger_graph_target *target, struct buf *url)
{
	char proof[SECRET_HEX_SIZE];
	enum result result = buf_printf(
	    url, "%s/%s%s", account->api, target->node, target->edge);
	char mark = '?';

	if (result == OK && target->query[0] != '\0') {
		result = buf_printf(url, "%c%s", mark, target->query);
		mark = '&';
	}
	if (result != OK || account->app_secret[0] == '\0')
		return result;
	secret_hmac_sha256_hex(text_of(account->app_secret),
	    text_of(account->access_token), proof);
	return buf_printf(url, "%cappsecret_proof=%s", mark, proof);
}

enum result
messenger_graph_call(const struct account *account,
    const struct messenger_graph_target *target, struct arena *arena,
    struct api_call *out)
{
	size_t bearer_size = sizeof("Bearer ") + strlen(account->access_token);
	char *bearer = arena_alloc(arena, bearer_size, 1);
	struct api_call call = { .method = target->method };
	struct buf url;
	enum result result;

	if (bearer == NULL)
		return ERR_NOMEM;
	(void)snprintf(bearer, bearer_size, "Bearer %s", account->access_token);
	buf_init(&url, URL_MAX_BYTES);
	result = add_url(account, target, &url);
	if (result == OK)
		call.url = arena_string(arena, buf_view(&url));
	buf_fini(&url);
	if (result == OK && call.url == NULL)
		result = ERR_NOMEM;
	if (result != OK)
		return result;
	call.headers[0] =
	    (struct api_header){ "Content-Type", "application/json" };
	call.headers[1] = (struct api_header){ "Authorization", bearer };
	call.header_count = 2;
	*out = call;
	return OK;
}

enum result
messenger_graph_write(json_t *json, struct arena *arena, struct text_view *out)
{
	/* Meta's side of a difference may be of any type. */
	const size_t flags = JSON_COMPACT | JSON_ENCODE_ANY;
	size_t size = json == NULL ? 0 : json_dumpb(json, NULL, 0, flags);
	char *text = size == 0 ? NULL : arena_alloc(arena, size + 1, 1);
	enum result result = ERR_NOMEM;

	if (text != NULL && json_dumpb(json, text, size, flags) == size) {
		*out = (struct text_view){ text, size };
		result = OK;
	}
	json_decref(json);
	return result;
}

/* ---- the answer ---- */

/* Meta's own words, fit for a terminal. */
static void
copy_message(const char *message, char out[MESSAGE_LENGTH_MAX + 1])
{
	size_t length = 0;

	for (; *message != '\0' && length < MESSAGE_LENGTH_MAX; message++)
		out[length++] =
		    isprint((unsigned char)*message) ? *message : '?';
	out[length] = '\0';
}

static const struct rule *
find_rule(int64_t code, int64_t subcode, const char *message)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		const struct rule *rule = &rules[i];

		if (rule->code == code &&
		    (rule->subcode == ANY || rule->subcode == subcode) &&
		    (rule->names == NULL ||
			strstr(message, rule->names) != NULL))
			return rule;
	}
	return NULL;
}

static enum result
explain(const json_t *error, struct complaint *why)
{
	int64_t code = json_integer_value(json_object_get(error, "code"));
	int64_t subcode =
	    json_integer_value(json_object_get(error, "error_subcode"));
	const char *text = json_string_value(json_object_get(error, "message"));
	const struct rule *rule =
	    find_rule(code, subcode, text == NULL ? "" : text);
	char message[MESSAGE_LENGTH_MAX + 1];

	copy_message(text == NULL ? "" : text, message);
	if (rule == NULL) {
		complain(why, NULL, 0, "Meta refuses: error %lld/%lld, \"%s\"",
		    (long long)code, (long long)subcode, message);
		return ERR_INVALID;
	}
	complain(why, NULL, 0, "%s (error %lld/%lld)", rule->advice,
	    (long long)code, (long long)subcode);
	return rule->result;
}

enum result
messenger_graph_read(const struct api_response *response, json_t **root_out,
    struct complaint *why)
{
	json_t *root =
	    json_loadb(response->body.at == NULL ? "" : response->body.at,
		response->body.len, JSON_REJECT_DUPLICATES, NULL);
	const json_t *error = json_object_get(root, "error");
	enum result result = OK;

	if (error != NULL) {
		result = explain(error, why);
	} else if (!json_is_object(root) || response->status != 200) {
		complain(why, NULL, 0,
		    "an answer that is none of Meta's (HTTP status %ld): check "
		    "messenger_api, and what stands between this machine and "
		    "Meta",
		    response->status);
		result =
		    response->status >= SERVER_ERROR ? ERR_IO : ERR_INVALID;
	}
	if (result != OK) {
		json_decref(root);
		return result;
	}
	*root_out = root;
	return OK;
}
