/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_FAKE_PLATFORM_H
#define HOIDAP_TEST_FAKE_PLATFORM_H

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "channel.h"
#include "http.h"
#include "tests/support/cmocka_all.h"

/* A platform of few words: a real HTTP server on a free port, and the channel
 * that speaks to it.  A message is its own body; the status is the verdict.  An
 * access token is good while it is the newest; a refresh token works once. */

enum {
	/* In a script, beside statuses: */
	PLATFORM_HOLD = 1,  /* does not answer until it is released */
	PLATFORM_BREAK = 2, /* closes the connection instead of answering */
	PLATFORM_SEEN_MAX = 64,
	PLATFORM_SCRIPT_MAX = 16,
	PLATFORM_DEADLINE_S = 20,
};

struct platform {
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	struct http_server *server;
	struct http_route routes[3];
	char url[64];

	/* What it answers: one row for each call, then 200. */
	unsigned sends_script[PLATFORM_SCRIPT_MAX];
	unsigned refreshes_script[PLATFORM_SCRIPT_MAX];
	char access[32]; /* the good one; empty: any */
	char refresh[32];
	unsigned minted;

	/* What it saw. */
	char sends[PLATFORM_SEEN_MAX][64];
	size_t send_count;
	size_t refresh_count;
	struct http_request *held[PLATFORM_SEEN_MAX];
	size_t held_count;

	/* Called with every access token that is used; may be NULL. */
	void (*used)(void *context, const char *access);
	void *context;
};

static inline void
platform_answer(struct http_request *request, unsigned status, const char *body)
{
	/* Status 0 makes the server close the connection. */
	struct http_answer answer = { .status =
					  status == PLATFORM_BREAK ? 0 : status,
		.content_type = "text/plain",
		.body = text_of(body) };

	http_finish(request, &answer);
}

/* The script's row for call NUMBER. */
static inline unsigned
platform_script(const unsigned *script, size_t number)
{
	if (number >= PLATFORM_SCRIPT_MAX || script[number] == 0)
		return 200;
	return script[number];
}

static inline void
platform_send(void *context, struct http_request *request)
{
	struct platform *platform = context;
	struct text_view access = http_header(request, "access_token");
	char token[64];
	unsigned status;
	bool hold;

	(void)snprintf(token, sizeof(token), "%.*s", TEXT_ARGS(access));
	if (platform->used != NULL)
		platform->used(platform->context, token);
	pthread_mutex_lock(&platform->mutex);
	assert_true(platform->send_count < PLATFORM_SEEN_MAX);
	status = platform_script(platform->sends_script, platform->send_count);
	if (platform->access[0] != '\0' && strcmp(token, platform->access) != 0)
		status = 401;
	(void)snprintf(platform->sends[platform->send_count++],
	    sizeof(platform->sends[0]), "%.*s", TEXT_ARGS(request->body));
	hold = status == PLATFORM_HOLD;
	if (hold)
		platform->held[platform->held_count++] = request;
	pthread_cond_broadcast(&platform->changed);
	pthread_mutex_unlock(&platform->mutex);
	if (!hold)
		platform_answer(request, status, "");
}

static inline void
platform_refresh(void *context, struct http_request *request)
{
	struct platform *platform = context;
	char *body = NULL;
	unsigned status;

	pthread_mutex_lock(&platform->mutex);
	status = platform_script(
	    platform->refreshes_script, platform->refresh_count++);
	if (status == 200 && !text_is(request->body, platform->refresh))
		status = 400;
	if (status == 200) {
		platform->minted++;
		(void)snprintf(platform->access, sizeof(platform->access),
		    "access-%u", platform->minted);
		(void)snprintf(platform->refresh, sizeof(platform->refresh),
		    "refresh-%u", platform->minted);
		body = arena_alloc(&request->arena, 1, 128);
		assert_non_null(body);
		(void)snprintf(
		    body, 128, "%s %s", platform->access, platform->refresh);
	}
	pthread_cond_broadcast(&platform->changed);
	pthread_mutex_unlock(&platform->mutex);
	platform_answer(request, status, body);
}

static inline void
platform_start(struct platform *platform)
{
	struct http_options options = { .host = "127.0.0.1",
		.threads = 1,
		.connections_max = 64,
		.connections_per_address = 64,
		.timeout_s = 30,
		.header_max_bytes = 32768 };

	*platform = (struct platform){ .server = NULL };
	(void)pthread_mutex_init(&platform->mutex, NULL);
	(void)pthread_cond_init(&platform->changed, NULL);
	platform->routes[0] = (struct http_route){ .method = "POST",
		.path = "/send",
		.body_max_bytes = 65536,
		.begin = platform_send,
		.context = platform };
	platform->routes[1] = platform->routes[0];
	platform->routes[1].path = "/refresh";
	platform->routes[1].begin = platform_refresh;
	options.routes = platform->routes;
	assert_int_equal(
	    http_server_start(&options, &platform->server, NULL), OK);
	(void)snprintf(platform->url, sizeof(platform->url),
	    "http://127.0.0.1:%u",
	    (unsigned)http_server_port(platform->server));
}

/* Answer what was held with 200. */
static inline void
platform_release(struct platform *platform)
{
	struct http_request *held[PLATFORM_SEEN_MAX];
	size_t count;

	pthread_mutex_lock(&platform->mutex);
	count = platform->held_count;
	memcpy(held, platform->held, sizeof(held));
	platform->held_count = 0;
	pthread_mutex_unlock(&platform->mutex);
	for (size_t i = 0; i < count; i++)
		platform_answer(held[i], 200, "");
}

static inline void
platform_stop(struct platform *platform)
{
	platform_release(platform);
	http_server_stop(platform->server, 1000);
	(void)pthread_cond_destroy(&platform->changed);
	(void)pthread_mutex_destroy(&platform->mutex);
}

/* One of the counts above, read while the server runs. */
static inline size_t
platform_count(struct platform *platform, const size_t *count)
{
	size_t now;

	pthread_mutex_lock(&platform->mutex);
	now = *count;
	pthread_mutex_unlock(&platform->mutex);
	return now;
}

#define PLATFORM_COUNTS(platform, count, want)                                 \
	assert_int_equal(platform_count((platform), &(platform)->count), want)

/* Write STATUS into row NUMBER of a script, while the server runs. */
static inline void
platform_will(struct platform *platform, unsigned *row, unsigned status)
{
	pthread_mutex_lock(&platform->mutex);
	*row = status;
	pthread_mutex_unlock(&platform->mutex);
}

#define PLATFORM_WILL(platform, script, number, status)                        \
	platform_will((platform), &(platform)->script[number], status)

/* Until *COUNT is at least WANTED. */
static inline void
platform_wait(struct platform *platform, const size_t *count, size_t wanted)
{
	struct timespec until;
	int timed_out = 0;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += PLATFORM_DEADLINE_S;
	pthread_mutex_lock(&platform->mutex);
	while (*count < wanted && timed_out == 0)
		timed_out = pthread_cond_timedwait(
		    &platform->changed, &platform->mutex, &until);
	pthread_mutex_unlock(&platform->mutex);
	assert_int_equal(timed_out, 0);
}

/* ---- the channel ---- */

static inline char *
fake_join(struct arena *arena, const char *a, const char *b)
{
	char *joined = arena_alloc(arena, strlen(a) + strlen(b) + 1, 1);

	if (joined != NULL)
		(void)snprintf(joined, strlen(a) + strlen(b) + 1, "%s%s", a, b);
	return joined;
}

/* "~typing|one|two" is a courtesy call and two parts.  Buttons are a part of
 * their own, unless they were refused. */
static inline enum result
fake_render(const struct reply *reply, const struct delivery_address *to,
    const struct render_context *context, struct arena *arena,
    struct api_call_list *out)
{
	struct api_call call = { .header_count = 1 };
	struct text_view rest = reply->text;
	struct text_view part;

	(void)to;
	call.url = fake_join(arena, context->account->api, "/send");
	call.headers[0] = (struct api_header){ "access_token",
		arena_string(arena, context->access_token) };
	if (call.url == NULL || call.headers[0].value == NULL)
		return ERR_NOMEM;
	*out = (struct api_call_list){ .count = 0 };
	while (text_split(&rest, '|', &part)) {
		call.courtesy = part.len > 0 && part.at[0] == '~';
		call.body = part;
		out->at[out->count++] = call;
	}
	call.body = TEXT("buttons");
	if (reply->button_count > 0 && !context->plain)
		out->at[out->count++] = call;
	return OK;
}

static inline void
fake_judge(const struct api_response *response, struct verdict *out)
{
	static const struct {
		long status;
		enum verdict_kind kind;
	} rows[] = { { 200, VERDICT_DELIVERED }, { 400, VERDICT_REFUSED },
		{ 401, VERDICT_REAUTH }, { 403, VERDICT_STOPPED },
		{ 406, VERDICT_PLAIN }, { 429, VERDICT_PAUSE },
		{ 500, VERDICT_UNCLEAR }, { 503, VERDICT_RETRY } };

	*out = (struct verdict){ .kind = VERDICT_RETRY,
		.code = response->status,
		.reason = "no answer" };
	if (response->status == 0 && response->sent)
		out->kind = VERDICT_UNCLEAR;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].status == response->status)
			out->kind = rows[i].kind;
	if (out->kind == VERDICT_PAUSE)
		out->after_ms = 30;
}

static inline enum result
fake_render_refresh(const struct account *account,
    const struct token_pair *pair, struct arena *arena, struct api_call *out)
{
	*out = (struct api_call){ .body = text_of(pair->refresh) };
	out->url = fake_join(arena, account->oauth, "/refresh");
	return out->url == NULL ? ERR_NOMEM : OK;
}

static inline enum result
fake_read_refresh(const struct api_response *response, uint64_t now_ms,
    struct token_pair *out, struct complaint *why)
{
	struct text_view rest = response->body;
	struct text_view access;

	complain(why, NULL, 0, "status %ld", response->status);
	if (response->status == 400)
		return ERR_INVALID;
	if (response->status != 200 || !text_split(&rest, ' ', &access))
		return ERR_IO;
	*out = (struct token_pair){ .expires_ms = now_ms + 90000000 };
	assert_int_equal(
	    text_copy(out->access, sizeof(out->access), access), OK);
	assert_int_equal(
	    text_copy(out->refresh, sizeof(out->refresh), rest), OK);
	return OK;
}

static const struct token_protocol fake_token = {
	.render = fake_render_refresh,
	.read = fake_read_refresh,
	.refresh_before_ms = 3600000,
};

/* Named as real ones are, so that the metrics know them. */
static const struct channel fake_zalo = {
	.name = "zalo",
	.pushes = true,
	.render = fake_render,
	.judge = fake_judge,
	.token = &fake_token,
};

static const struct channel fake_messenger = {
	.name = "messenger",
	.pushes = true,
	.usage_header = "Referrer-Policy",
	.render = fake_render,
	.judge = fake_judge,
};

#endif
