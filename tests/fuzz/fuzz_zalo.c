/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channels.h"
#include "secret.h"
#include "utf8.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

/* The input is a signature, a line feed and a body: what a stranger can send
 * to /webhooks/zalo.  The same bytes then play an answer of the send API and
 * of OAuth. */

enum { ARENA_BYTES = 4 * 1024 * 1024, ID_BYTES = 256 };

static const struct account account = {
	.id = "685681503488589011",
	.app_id = "621270425794884977",
	.webhook_secret = "FAKE_oa_secret_key_1",
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum genuineness
verify(struct text_view body, struct text_view signature)
{
	const struct webhook_request request = { .body = body,
		.signature = signature };

	return channel_zalo.verify(&request, &account);
}

/* Whoever has the secret gets in with any body of our app whose time stamp is
 * a string; whoever changes a byte behind that stays out. */
static void
check_verify(struct text_view body, struct text_view signature)
{
	json_t *root =
	    json_loadb(body.at, body.len, JSON_REJECT_DUPLICATES, NULL);
	const char *app_id = json_string_value(json_object_get(root, "app_id"));
	const char *timestamp =
	    json_string_value(json_object_get(root, "timestamp"));
	bool ours = app_id != NULL && strcmp(app_id, account.app_id) == 0;
	const struct text_view parts[] = { text_of(account.app_id), body,
		text_of(timestamp), text_of(account.webhook_secret) };
	char mac[SECRET_HEX_SIZE];

	if (verify(body, signature) == WEBHOOK_GENUINE)
		assert(root != NULL);
	secret_sha256_hex(parts, 4, mac);
	if (timestamp != NULL)
		assert(verify(body, text_of(mac)) ==
		       (ours ? WEBHOOK_GENUINE : WEBHOOK_FORGED));
	mac[0] = mac[0] == '0' ? '1' : '0';
	assert(verify(body, text_of(mac)) == WEBHOOK_FORGED);
	json_decref(root);
}

static void
check_view(struct text_view view, size_t max)
{
	assert(view.len <= max);
	assert(view.len == 0 || view.at != NULL);
	assert(utf8_valid(view));
}

static void
check_message(const struct message *message, size_t body_size)
{
	check_view(message->text, body_size);
	check_view(message->payload, body_size);
	check_view(message->citizen, ID_BYTES);
	check_view(message->account, ID_BYTES);
	check_view(message->conversation, ID_BYTES);
	check_view(message->about, ID_BYTES);
	check_view(message->dedup_id, ID_BYTES);
	assert(message->metadata.len == 0);
	assert(message->dedup_id.len > 0);
	assert(message->kind <= EVENT_IGNORED);
	assert((message->kind == EVENT_ATTACHMENT) ==
	       (message->attachment != ATTACHMENT_NONE));
	assert((message->kind == EVENT_TAP) == (message->payload.len > 0));
	assert(!text_is(message->citizen, account.id));
	if (message->kind != EVENT_IGNORED && message->kind != EVENT_ACCOUNT)
		assert(message->citizen.len > 0);
}

static void
check_parse(struct text_view body)
{
	struct message_list list = { NULL, 77 };
	struct complaint why = { .text = "" };
	struct arena arena;
	enum result result;

	arena_init(&arena, ARENA_BYTES);
	result = channel_zalo.parse(body, &account, &arena, &list, &why);
	if (result == OK) {
		assert(list.count == 1);
		check_message(&list.at[0], body.len);
	} else {
		assert(list.count == 77);
		assert(result == ERR_INVALID && why.text[0] != '\0');
	}
	arena_fini(&arena);
}

static void
check_answers(struct text_view body)
{
	struct api_response response = { .status = 200, .body = body };
	struct token_pair pair;
	struct verdict verdict;

	channel_zalo.judge(&response, &verdict);
	assert(verdict.kind != VERDICT_DELIVERED || verdict.code == 0);
	assert(memchr(verdict.reason, '\0', sizeof(verdict.reason)) != NULL);
	if (channel_zalo.token->read(&response, 0, &pair, NULL) == OK)
		assert(pair.access[0] != '\0' && pair.refresh[0] != '\0' &&
		       strpbrk(pair.access, "\r\n") == NULL);
	response.status = 500;
	channel_zalo.judge(&response, &verdict);
	assert(verdict.kind != VERDICT_DELIVERED);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text_view body = { (const char *)data, size };
	struct text_view signature = { NULL, 0 };

	(void)text_split(&body, '\n', &signature);
	if (secret_init() != OK)
		return 0;
	check_verify(body, signature);
	check_parse(body);
	check_answers(body);
	return 0;
}
