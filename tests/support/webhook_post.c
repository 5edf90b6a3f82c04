/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "webhook_post.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmocka_all.h"
#include "secret.h"

#define TIMESTAMP "1764000000000"

static void
sign_messenger(struct text_view body, const char *secret, struct buf *out)
{
	char hex[SECRET_HEX_SIZE];

	secret_hmac_sha256_hex(text_of(secret), body, hex);
	assert_int_equal(
	    buf_printf(out, "X-Hub-Signature-256: sha256=%s\r\n", hex), OK);
}

static void
sign_zalo(struct text_view body, const char *secret, struct buf *out)
{
	const struct text_view parts[] = { TEXT(SERVICE_ZALO_APP_ID), body,
		TEXT(TIMESTAMP), text_of(secret) };
	char hex[SECRET_HEX_SIZE];

	secret_sha256_hex(parts, sizeof(parts) / sizeof(parts[0]), hex);
	assert_int_equal(
	    buf_printf(out, "X-ZEvent-Signature: mac=%s\r\n", hex), OK);
}

void
webhook_request(const char *channel, struct text_view body,
    enum webhook_signature signature, struct buf *out)
{
	bool is_zalo = strcmp(channel, "zalo") == 0;
	const char *secret = signature == SIGNATURE_BAD ? "another secret"
			     : is_zalo			? SERVICE_OA_SECRET
							: SERVICE_APP_SECRET;

	assert_int_equal(buf_printf(out,
			     "POST /webhooks/%s HTTP/1.1\r\n"
			     "Host: localhost\r\n"
			     "Content-Type: application/json\r\n"
			     "Content-Length: %zu\r\n",
			     channel, body.len),
	    OK);
	if (signature != SIGNATURE_NONE && is_zalo)
		sign_zalo(body, secret, out);
	else if (signature != SIGNATURE_NONE)
		sign_messenger(body, secret, out);
	assert_int_equal(buf_add(out, TEXT("\r\n")), OK);
	assert_int_equal(buf_add(out, body), OK);
}

unsigned
webhook_post(struct service *service, const char *channel,
    struct text_view body, enum webhook_signature signature)
{
	int fd = http_client_open(service->port);
	struct http_client_answer answer;
	struct buf request;

	buf_init(&request, SIZE_MAX);
	webhook_request(channel, body, signature, &request);
	http_client_send(fd, buf_view(&request));
	answer = http_client_read(fd, false);
	buf_fini(&request);
	free(answer.text);
	(void)close(fd);
	return answer.status;
}

void
webhook_text(const char *channel, const char *citizen, const char *message_id,
    const char *text, struct buf *out)
{
	enum result result;

	if (strcmp(channel, "zalo") == 0)
		result = buf_printf(out,
		    "{\"app_id\":\"" SERVICE_ZALO_APP_ID "\","
		    "\"sender\":{\"id\":\"%s\"},"
		    "\"recipient\":{\"id\":\"" SERVICE_OA_ID "\"},"
		    "\"event_name\":\"user_send_text\","
		    "\"message\":{\"msg_id\":\"%s\",\"text\":\"%s\"},"
		    "\"timestamp\":\"" TIMESTAMP "\"}",
		    citizen, message_id, text);
	else
		result = buf_printf(out,
		    "{\"object\":\"page\",\"entry\":[{"
		    "\"id\":\"" SERVICE_PAGE_ID "\",\"time\":" TIMESTAMP ","
		    "\"messaging\":[{\"sender\":{\"id\":\"%s\"},"
		    "\"recipient\":{\"id\":\"" SERVICE_PAGE_ID "\"},"
		    "\"timestamp\":" TIMESTAMP ","
		    "\"message\":{\"mid\":\"%s\",\"text\":\"%s\"}}]}]}",
		    citizen, message_id, text);
	assert_int_equal(result, OK);
}
