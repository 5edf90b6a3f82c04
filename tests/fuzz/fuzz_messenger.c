/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "channels.h"
#include "messenger_deletion.h"
#include "secret.h"
#include "utf8.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* The input plays, in turn, a webhook body, an item inside a proper envelope
 * (so that events are reached at once), a signature, an answer of the Send API
 * with its usage header, and a form of the deletion callback. */

enum {
	ARENA_BYTES = 8 * 1024 * 1024,
	ID_BYTES = 255,
	BODY_BYTES = 1 << 20,
	DAY_MS = 86400000
};

static const struct account account = {
	.id = "1",
	.app_id = "7",
	.webhook_secret = "sesame",
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
	check_view(message->dedup_id, ID_BYTES);
	check_view(message->account, ID_BYTES);
	check_view(message->citizen, ID_BYTES);
	check_view(message->about, ID_BYTES);
	check_view(message->text, body_size);
	check_view(message->payload, body_size);
	check_view(message->metadata, body_size);
	assert(message->conversation.len == 0);
	assert(message->dedup_id.len > 0);
	assert(message->kind <= EVENT_IGNORED);
	assert(message->citizen.len > 0 || message->kind == EVENT_ACCOUNT ||
	       message->kind == EVENT_IGNORED);
	assert(message->attachment == ATTACHMENT_NONE ||
	       message->kind == EVENT_ATTACHMENT ||
	       message->kind == EVENT_STANDBY ||
	       message->kind == EVENT_IGNORED);
	if (message->kind == EVENT_TEXT || message->kind == EVENT_IGNORED)
		assert(message->text.len > 0);
}

static void
check_parse(struct text_view body)
{
	struct complaint why = { .text = "" };
	struct message_list list = { NULL, 0 };
	struct arena arena;
	enum result result;

	arena_init(&arena, ARENA_BYTES);
	result = channel_messenger.parse(body, &account, &arena, &list, &why);
	assert(list.count <= MESSAGES_MAX);
	assert(result == OK || list.count == 0);
	assert((result == ERR_INVALID || result == ERR_TOO_LARGE) ==
	       (why.text[0] != '\0'));
	for (size_t i = 0; i < list.count; i++)
		check_message(&list.at[i], body.len);
	arena_fini(&arena);
}

static void
check_item(struct text_view item)
{
	struct buf body;

	buf_init(&body, BODY_BYTES);
	if (buf_add(&body, TEXT("{\"object\":\"page\",\"entry\":[{\"id\":\"1\","
				"\"messaging\":[")) == OK &&
	    buf_add(&body, item) == OK && buf_add(&body, TEXT("]}]}")) == OK)
		check_parse(buf_view(&body));
	buf_fini(&body);
}

static enum genuineness
verify(struct text_view body, struct text_view signature)
{
	const struct webhook_request request = { body, signature };

	return channel_messenger.verify(&request, &account);
}

static void
check_verify(struct text_view input)
{
	char hex[SECRET_HEX_SIZE];
	char signature[sizeof("sha256=") + SECRET_HEX_SIZE];

	secret_hmac_sha256_hex(text_of(account.webhook_secret), input, hex);
	(void)snprintf(signature, sizeof(signature), "sha256=%s", hex);
	assert(verify(input, text_of(signature)) == WEBHOOK_GENUINE);
	signature[7] = signature[7] == '0' ? '1' : '0';
	assert(verify(input, text_of(signature)) == WEBHOOK_FORGED);
	assert(verify(TEXT("another body"), input) ==
	       (input.len == 0 ? WEBHOOK_UNSIGNED : WEBHOOK_FORGED));
}

static void
check_judge(struct text_view input)
{
	static const long statuses[] = { 0, 200, 400, 429, 503 };

	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		const struct api_response response = {
			.status = statuses[i], .body = input, .usage = input
		};
		struct verdict verdict;

		channel_messenger.judge(&response, &verdict);
		assert(verdict.kind <= VERDICT_STOPPED);
		assert(verdict.after_ms <= DAY_MS);
		assert(strnlen(verdict.reason, sizeof(verdict.reason)) <
		       sizeof(verdict.reason));
		assert(verdict.kind == VERDICT_DELIVERED ||
		       (verdict.reason[0] != '\0' &&
			   verdict.message_id[0] == '\0'));
		assert(verdict.kind != VERDICT_DELIVERED || statuses[i] == 200);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct text_view input = { (const char *)data, size };
	struct text_view user_id;
	struct arena arena;

	check_parse(input);
	check_item(input);
	check_verify(input);
	check_judge(input);
	arena_init(&arena, ARENA_BYTES);
	assert(messenger_signed_request(input, TEXT("key nobody knows"), &arena,
		   &user_id) == ERR_INVALID);
	arena_fini(&arena);
	return 0;
}
