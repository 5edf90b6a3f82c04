/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTS_SIMULATOR_RIG_H
#define TESTS_SIMULATOR_RIG_H

/* A simulator and a server that takes its webhooks, on free ports, and a client
 * that speaks to the simulator. */
#include "tests/support/cmocka_all.h"

#include "http.h"
#include "secret.h"
#include "simulator.h"

#include <curl/curl.h>
#include <jansson.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { RIG_HOOKS_MAX = 16 };

/* A webhook as the server got it. */
struct rig_hook {
	char path[64];
	char body[4096];
	char messenger_signature[128];
	char zalo_signature[128];
	char num_retry[16];
};

struct rig {
	struct simulator *simulator;
	struct http_server *server;
	struct http_route routes[2];
	char base[64];
	pthread_mutex_t mutex;
	struct rig_hook hooks[RIG_HOOKS_MAX];
	unsigned hook_count;
	unsigned failures; /* answer that many webhooks with 500 */
};

static const struct channel rig_messenger = { .name = "messenger" };
static const struct channel rig_zalo = { .name = "zalo" };

static const struct account rig_accounts[] = {
	{ .channel = &rig_messenger,
	    .name = "default",
	    .id = "1001",
	    .app_id = "77",
	    .app_secret = "page app secret",
	    .webhook_secret = "page app secret",
	    .access_token = "page-token",
	    .refresh_token = "" },
	{ .channel = &rig_zalo,
	    .name = "default",
	    .id = "2002",
	    .app_id = "88",
	    .app_secret = "oa app secret",
	    .webhook_secret = "oa secret key",
	    .access_token = "oa-token",
	    .refresh_token = "oa-refresh" },
};

static inline void
rig_keep(char *out, size_t size, struct text_view text)
{
	if (text_copy(out, size, text) != OK)
		abort();
}

static inline struct http_answer
rig_take_hook(void *context, struct http_request *request)
{
	struct rig *rig = context;
	struct rig_hook hook = { .path = "" };
	unsigned status = 200;

	rig_keep(hook.path, sizeof(hook.path), text_of(request->path));
	rig_keep(hook.body, sizeof(hook.body), request->body);
	rig_keep(hook.messenger_signature, sizeof(hook.messenger_signature),
	    http_header(request, "X-Hub-Signature-256"));
	rig_keep(hook.zalo_signature, sizeof(hook.zalo_signature),
	    http_header(request, "X-ZEvent-Signature"));
	rig_keep(hook.num_retry, sizeof(hook.num_retry),
	    http_header(request, "num_retry"));
	pthread_mutex_lock(&rig->mutex);
	if (rig->failures > 0) {
		rig->failures--;
		status = 500;
	}
	if (rig->hook_count < RIG_HOOKS_MAX)
		rig->hooks[rig->hook_count++] = hook;
	pthread_mutex_unlock(&rig->mutex);
	return http_json(request, status, TEXT("{\"taken\":true}"));
}

static inline unsigned
rig_hook_count(struct rig *rig)
{
	unsigned count;

	pthread_mutex_lock(&rig->mutex);
	count = rig->hook_count;
	pthread_mutex_unlock(&rig->mutex);
	return count;
}

static inline struct rig_hook
rig_hook(struct rig *rig, unsigned index)
{
	struct rig_hook hook;

	assert_true(index < rig_hook_count(rig));
	pthread_mutex_lock(&rig->mutex);
	hook = rig->hooks[index];
	pthread_mutex_unlock(&rig->mutex);
	return hook;
}

/* ---- the client ---- */

struct rig_reply {
	long status; /* 0: the connection was closed */
	char text[65536];
	size_t len;
	json_t *json; /* NULL: none */
};

static inline size_t
rig_read(char *data, size_t size, size_t count, void *context)
{
	struct rig_reply *reply = context;

	if (reply->len + size * count >= sizeof(reply->text))
		return 0;
	memcpy(reply->text + reply->len, data, size * count);
	reply->len += size * count;
	return size * count;
}

/* BODY NULL: GET.  HEADERS are whole lines, one a line; JSON unless they say
 * otherwise.  Free with rig_drop(). */
static inline struct rig_reply *
rig_call(
    struct rig *rig, const char *path, const char *headers, const char *body)
{
	struct rig_reply *reply = calloc(1, sizeof(*reply));
	struct curl_slist *list = curl_slist_append(NULL, "Expect:");
	CURL *curl = curl_easy_init();
	struct text_view rest = text_of(headers);
	struct text_view line;
	char text[4096];

	assert_non_null(curl);
	assert_non_null(reply);
	if (strstr(headers, "Content-Type:") == NULL)
		list =
		    curl_slist_append(list, "Content-Type: application/json");
	while (text_split(&rest, '\n', &line)) {
		rig_keep(text, sizeof(text), line);
		list = curl_slist_append(list, text);
	}
	(void)snprintf(text, sizeof(text), "%s%s", rig->base, path);
	(void)curl_easy_setopt(curl, CURLOPT_URL, text);
	(void)curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
	(void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list);
	(void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, rig_read);
	(void)curl_easy_setopt(curl, CURLOPT_WRITEDATA, reply);
	if (body != NULL)
		(void)curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	if (curl_easy_perform(curl) == CURLE_OK)
		(void)curl_easy_getinfo(
		    curl, CURLINFO_RESPONSE_CODE, &reply->status);
	reply->json = json_loadb(reply->text, reply->len, 0, NULL);
	curl_slist_free_all(list);
	curl_easy_cleanup(curl);
	return reply;
}

static inline void
rig_drop(struct rig_reply *reply)
{
	json_decref(reply->json);
	free(reply);
}

/* Control calls must succeed; the answer's member KEY, a string, into OUT. */
static inline void
rig_control(struct rig *rig, const char *path, const char *body,
    const char *key, char out[128])
{
	struct rig_reply *reply = rig_call(rig, path, "", body);

	if (reply->status != 200)
		fail_msg("%s: %ld %s", path, reply->status, reply->text);
	if (key != NULL)
		rig_keep(out, 128,
		    text_of(
			json_string_value(json_object_get(reply->json, key))));
	rig_drop(reply);
}

static inline void
rig_do(struct rig *rig, const char *path, const char *body)
{
	rig_control(rig, path, body, NULL, NULL);
}

/* Wait until the record has a row whose member KEY is VALUE, counted from 0 by
 * NTH; yours to json_decref(). */
static inline json_t *
rig_row(struct rig *rig, const char *key, const char *value, unsigned nth)
{
	json_int_t after = 0;

	for (;;) {
		struct rig_reply *reply;
		char path[96];
		json_t *row;
		json_t *found = NULL;
		size_t i;

		(void)snprintf(path, sizeof(path),
		    "/simulator/record?wait_ms=20000&after=%lld",
		    (long long)after);
		reply = rig_call(rig, path, "", NULL);
		if (json_array_size(reply->json) == 0)
			fail_msg("no row with %s=%s came", key, value);
		json_array_foreach(reply->json, i, row)
		{
			const char *text =
			    json_string_value(json_object_get(row, key));

			after = json_integer_value(json_object_get(row, "n"));
			if (text != NULL && strcmp(text, value) == 0 &&
			    found == NULL && nth-- == 0)
				found = json_incref(row);
		}
		rig_drop(reply);
		if (found != NULL)
			return found;
	}
}

/* ---- start and stop ---- */

static inline int
rig_start(void **state)
{
	struct rig *rig = calloc(1, sizeof(*rig));
	char target[64];

	assert_non_null(rig);
	(void)pthread_mutex_init(&rig->mutex, NULL);
	rig->routes[0] = (struct http_route){ "POST", "/webhooks/*", 65536,
		rig_take_hook, NULL, rig, "takes webhooks" };
	assert_int_equal(
	    http_server_start(&(struct http_options){ .host = "127.0.0.1",
				  .threads = 1,
				  .connections_max = 100,
				  .connections_per_address = 100,
				  .timeout_s = 60,
				  .header_max_bytes = 32768,
				  .routes = rig->routes },
		&rig->server, NULL),
	    OK);
	assert_int_equal(
	    simulator_start(&(struct simulator_options){ .host = "127.0.0.1",
				.accounts = rig_accounts,
				.account_count = COUNT(rig_accounts) },
		&rig->simulator, NULL),
	    OK);
	(void)snprintf(target, sizeof(target), "http://127.0.0.1:%u",
	    (unsigned)http_server_port(rig->server));
	assert_int_equal(simulator_target(rig->simulator, target), OK);
	(void)snprintf(rig->base, sizeof(rig->base), "http://127.0.0.1:%u",
	    (unsigned)simulator_port(rig->simulator));
	*state = rig;
	return 0;
}

static inline int
rig_stop(void **state)
{
	struct rig *rig = *state;

	simulator_stop(rig->simulator);
	http_server_stop(rig->server, 1000);
	(void)pthread_mutex_destroy(&rig->mutex);
	free(rig);
	return 0;
}

#define RIG_TEST(name)                                                         \
	cmocka_unit_test_setup_teardown(name, rig_start, rig_stop)

#endif
