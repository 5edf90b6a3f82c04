/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "transfer.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "buf.h"

/* What a call to a platform may do is settled here once: TLS is verified, no
 * redirect is followed, no proxy is taken from the environment, answers are
 * bounded, and plain http goes to this machine only.
 *
 * None of the calls may be made twice by accident: platforms have no
 * idempotency key, and a refresh token works once.  libcurl repeats a POST by
 * itself when a kept connection closes before the answer, unless it cannot
 * rewind the body; so the body is given through a callback that has no rewind.
 * For the same reason it is HTTP/1.1: when an HTTP/2 stream breaks, as it does
 * whenever a proxy recycles its connection, nobody knows whether the message
 * went out. */

enum {
	RESPONSE_MAX_BYTES = 64 * 1024,
	USAGE_MAX_BYTES = 8 * 1024,
	HEADER_MAX_BYTES = 8 * 1024,
	IDLE_CONNECTION_MAX_S = 30, /* shorter than platforms keep theirs */
	HOSTS_EXPECTED = 4, /* whose connections are kept beside each other */
};

struct transfer_pool {
	CURLM *multi;
	struct transfer_limits limits;
};

struct transfer {
	struct transfer_pool *pool;
	struct transfer_request request;
	CURL *easy;
	struct curl_slist *headers;
	struct text_view unsent; /* of the request's body */
	struct buf body;	 /* of the answer */
	struct buf usage;
};

enum result
transfer_pool_open(
    const struct transfer_limits *limits, struct transfer_pool **pool_out)
{
	struct transfer_pool *pool = calloc(1, sizeof(*pool));

	if (pool == NULL)
		return ERR_NOMEM;
	pool->limits = *limits;
	pool->multi = curl_multi_init();
	if (pool->multi == NULL ||
	    curl_multi_setopt(pool->multi, CURLMOPT_MAX_HOST_CONNECTIONS,
		(long)limits->connections_per_host) != CURLM_OK ||
	    curl_multi_setopt(pool->multi, CURLMOPT_MAXCONNECTS,
		(long)limits->connections_per_host * HOSTS_EXPECTED) !=
		CURLM_OK) {
		transfer_pool_close(pool);
		return ERR_NOMEM;
	}
	*pool_out = pool;
	return OK;
}

void
transfer_pool_close(struct transfer_pool *pool)
{
	if (pool == NULL)
		return;
	(void)curl_multi_cleanup(pool->multi);
	free(pool);
}

void
transfer_pool_wait(struct transfer_pool *pool, unsigned wait_ms)
{
	(void)curl_multi_poll(pool->multi, NULL, 0, (int)wait_ms, NULL);
}

void
transfer_pool_wake(struct transfer_pool *pool)
{
	(void)curl_multi_wakeup(pool->multi);
}

/* ---- what libcurl calls ---- */

static size_t
give_body(char *out, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	size_t len = size * count;

	if (len > transfer->unsent.len)
		len = transfer->unsent.len;
	if (len == 0)
		return 0;
	memcpy(out, transfer->unsent.at, len);
	transfer->unsent =
	    text_slice(transfer->unsent, len, transfer->unsent.len);
	return len;
}

/* An answer past its ceiling ends the transfer: less than COUNT tells libcurl
 * so. */
static size_t
take_body(char *data, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	struct text_view piece = { data, size * count };

	return buf_add(&transfer->body, piece) == OK ? piece.len : 0;
}

static size_t
take_header(char *data, size_t size, size_t count, void *context)
{
	struct transfer *transfer = context;
	const char *wanted = transfer->request.usage_header;
	struct text_view line = { data, size * count };
	struct text_view rest = line;
	struct text_view name;

	if (wanted == NULL || !text_split(&rest, ':', &name) ||
	    rest.at == NULL || name.len != strlen(wanted) ||
	    strncasecmp(name.at, wanted, name.len) != 0)
		return line.len;
	buf_reset(&transfer->usage);
	/* A value that is too long is no reason to lose the answer. */
	if (buf_add(&transfer->usage, text_trim(rest)) != OK)
		buf_reset(&transfer->usage);
	return line.len;
}

/* ---- setting up ---- */

static bool
is_this_machine(const char *host)
{
	struct in_addr v4;

	if (inet_pton(AF_INET, host, &v4) == 1)
		return ntohl(v4.s_addr) >> 24 == 127;
	return strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0;
}

/* A token never travels the network in the clear. */
static bool
is_safe_url(const char *url)
{
	CURLU *parts = curl_url();
	char *scheme = NULL;
	char *host = NULL;
	bool safe =
	    curl_url_set(parts, CURLUPART_URL, url, 0) == CURLUE_OK &&
	    curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
	    curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
	    (strcmp(scheme, "https") == 0 ||
		(strcmp(scheme, "http") == 0 && is_this_machine(host)));

	curl_free(host);
	curl_free(scheme);
	curl_url_cleanup(parts);
	return safe;
}

/* Tokens come from a platform, and a line break would start a new header. */
static bool
is_header_value(const char *value)
{
	for (; *value != '\0'; value++)
		if ((unsigned char)*value < ' ' || *value == 0x7f)
			return false;
	return true;
}

static enum result
add_header(struct transfer *transfer, const struct api_header *header)
{
	struct curl_slist *longer;
	struct buf line;
	enum result result;

	if (!is_header_value(header->value))
		return ERR_INVALID;
	buf_init(&line, HEADER_MAX_BYTES);
	result = buf_printf(&line, "%s: %s", header->name, header->value);
	if (result == OK) {
		longer = curl_slist_append(transfer->headers, line.at);
		if (longer == NULL)
			result = ERR_NOMEM;
		else
			transfer->headers = longer;
	}
	buf_fini(&line);
	return result == ERR_TOO_LARGE ? ERR_INVALID : result;
}

/* Every option fails for lack of memory only, or because this libcurl is not
 * the one we were built for. */
static enum result
set_options(struct transfer *transfer)
{
	const struct api_call *call = transfer->request.call;
	long timeout_ms = (long)transfer->pool->limits.timeout_ms;
	CURL *easy = transfer->easy;
	unsigned failed = 0;

#define SET(option, value) failed |= curl_easy_setopt(easy, (option), (value))
	SET(CURLOPT_URL, call->url);
	SET(CURLOPT_PROTOCOLS_STR, "http,https");
	SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	if (call->method != NULL && call->body.len == 0) {
		SET(CURLOPT_HTTPGET, 1L);
	} else {
		SET(CURLOPT_POST, 1L);
		SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->body.len);
	}
	if (call->method != NULL)
		SET(CURLOPT_CUSTOMREQUEST, call->method);
	SET(CURLOPT_READFUNCTION, give_body);
	SET(CURLOPT_READDATA, transfer);
	SET(CURLOPT_HTTPHEADER, transfer->headers);
	SET(CURLOPT_USERAGENT, "hoidap/" HOIDAP_VERSION);
	SET(CURLOPT_WRITEFUNCTION, take_body);
	SET(CURLOPT_WRITEDATA, transfer);
	SET(CURLOPT_HEADERFUNCTION, take_header);
	SET(CURLOPT_HEADERDATA, transfer);
	SET(CURLOPT_PRIVATE, transfer);
	SET(CURLOPT_TIMEOUT_MS, timeout_ms);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_FOLLOWLOCATION, 0L);
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(CURLOPT_MAXAGE_CONN, (long)IDLE_CONNECTION_MAX_S);
#undef SET
	return failed == 0 ? OK : ERR_NOMEM;
}

static void
transfer_free(struct transfer *transfer)
{
	if (transfer == NULL)
		return;
	curl_easy_cleanup(transfer->easy);
	curl_slist_free_all(transfer->headers);
	buf_fini(&transfer->usage);
	buf_fini(&transfer->body);
	free(transfer);
}

static enum result
set_up(struct transfer *transfer)
{
	const struct api_call *call = transfer->request.call;
	enum result result = is_safe_url(call->url) ? OK : ERR_INVALID;

	for (size_t i = 0; result == OK && i < call->header_count; i++)
		result = add_header(transfer, &call->headers[i]);
	if (result != OK)
		return result;
	transfer->easy = curl_easy_init();
	return transfer->easy == NULL ? ERR_NOMEM : set_options(transfer);
}

enum result
transfer_start(struct transfer_pool *pool,
    const struct transfer_request *request, struct transfer **transfer_out)
{
	struct transfer *transfer = calloc(1, sizeof(*transfer));
	enum result result = ERR_NOMEM;

	if (transfer == NULL)
		return ERR_NOMEM;
	transfer->pool = pool;
	transfer->request = *request;
	transfer->unsent = request->call->body;
	buf_init(&transfer->body, RESPONSE_MAX_BYTES);
	buf_init(&transfer->usage, USAGE_MAX_BYTES);
	result = set_up(transfer);
	if (result == OK &&
	    curl_multi_add_handle(pool->multi, transfer->easy) != CURLM_OK)
		result = ERR_NOMEM;
	if (result != OK)
		goto out;
	*transfer_out = transfer;
	transfer = NULL; /* the pool's until it is done */
out:
	transfer_free(transfer);
	return result;
}

/* ---- ending ---- */

/* An answer that broke off, or that is too long, is no answer.  Whether the
 * request may have reached them: when resolving, connecting or TLS failed, not
 * a byte of it was sent. */
static void
read_response(
    const struct transfer *transfer, bool whole, struct api_response *out)
{
	long sent_bytes = 0;

	(void)curl_easy_getinfo(
	    transfer->easy, CURLINFO_REQUEST_SIZE, &sent_bytes);
	*out = (struct api_response){ .sent = sent_bytes > 0,
		.body = buf_view(&transfer->body),
		.usage = buf_view(&transfer->usage) };
	if (whole)
		(void)curl_easy_getinfo(
		    transfer->easy, CURLINFO_RESPONSE_CODE, &out->status);
	else
		out->body = (struct text_view){ "", 0 };
}

static void
finish(struct transfer *transfer, const char *trouble, uint64_t now_ms)
{
	struct transfer_report report = { .trouble = trouble,
		.now_ms = now_ms };
	curl_off_t took_us = 0;

	(void)curl_easy_getinfo(
	    transfer->easy, CURLINFO_TOTAL_TIME_T, &took_us);
	report.took_ns = (uint64_t)took_us * 1000;
	read_response(transfer, trouble == NULL, &report.response);
	(void)curl_multi_remove_handle(transfer->pool->multi, transfer->easy);
	transfer->request.done(transfer->request.context, &report);
	transfer_free(transfer);
}

static const char *
trouble_of(CURLcode code)
{
	return code == CURLE_OK ? NULL : curl_easy_strerror(code);
}

void
transfer_abort(struct transfer *transfer, uint64_t now_ms)
{
	finish(transfer, "given up", now_ms);
}

size_t
transfer_pool_run(struct transfer_pool *pool, uint64_t now_ms)
{
	size_t reported = 0;
	const CURLMsg *message;
	int left;

	(void)curl_multi_perform(pool->multi, &left);
	while ((message = curl_multi_info_read(pool->multi, &left)) != NULL) {
		struct transfer *transfer = NULL;

		if (message->msg != CURLMSG_DONE)
			continue;
		(void)curl_easy_getinfo(
		    message->easy_handle, CURLINFO_PRIVATE, &transfer);
		finish(transfer, trouble_of(message->data.result), now_ms);
		reported++;
	}
	return reported;
}
