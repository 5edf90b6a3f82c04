/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_SERVICE_FIXTURE_H
#define HOIDAP_TEST_SERVICE_FIXTURE_H

/* A server with a real store and a tiny FAQ base, in a folder of its own. */

#include "tests/support/cmocka_all.h"
#include "tests/support/http_client.h"
#include "tests/support/temp_dir.h"

#include <jansson.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "secret.h"
#include "turns.h"

#define SERVICE_QUESTION "Phường làm việc mấy giờ?"

static const char service_topic[] =
    "{\"topic\": \"gio\", \"title\": \"Giờ\", \"entries\": [\n"
    "{\"id\": \"gio-lam-viec\", \"question\": \"" SERVICE_QUESTION "\",\n"
    " \"asked_as\": [\"giờ làm việc của phường\", \"mấy giờ phường mở "
    "cửa\"],\n"
    " \"answer\": \"Từ 7 giờ 30 đến 17 giờ.\\nTrưa nghỉ.\",\n"
    " \"buttons\": [{\"title\": \"Bản đồ\", \"url\": \"https://a.vn/\"},\n"
    "  {\"title\": \"Lệ phí\", \"entry\": \"le-phi\"}]},\n"
    "{\"id\": \"le-phi\", \"question\": \"Lệ phí bao nhiêu?\",\n"
    " \"asked_as\": [\"tốn bao nhiêu tiền\", \"lệ phí cấp bản sao\"],\n"
    " \"answer\": \"Lệ phí là 8.000 đồng.\"}]}";

static const char service_locality[] =
    "{\"locality\": \"X\", \"variables\": {}}";

/* One turn may wait, so that service_block() leaves no room for another. */
enum { SERVICE_ROUTES_MAX = 16, SERVICE_WAITING_MAX = 1 };

struct service_fixture {
	struct temp_dir dir;
	struct knowledge_slot *knowledge;
	struct metrics *metrics;
	struct store *store;
	struct turn_service turns;
	struct http_route routes[SERVICE_ROUTES_MAX];
	struct http_server *server;
	unsigned short port;
	FILE *log_file;
	struct log log;
};

static inline void
service_write(const struct temp_dir *dir, const char *name, const char *text)
{
	char path[TEMP_DIR_PATH_SIZE];
	FILE *file;

	temp_dir_file(dir, name, path);
	file = fopen(path, "we");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

/* With room for WAITING_MAX turns. */
static inline void
service_open_for(struct service_fixture *service, size_t waiting_max)
{
	char path[TEMP_DIR_PATH_SIZE];
	char url[TEMP_DIR_PATH_SIZE + sizeof("sqlite:")];
	struct complaint why = { .text = "" };
	struct knowledge *knowledge = NULL;
	struct store_options options = { .url = url,
		.turns_waiting_max = waiting_max };

	assert_int_equal(secret_init(), OK);
	memset(service, 0, sizeof(*service));
	temp_dir_make(&service->dir);
	service_write(&service->dir, "gio.json", service_topic);
	service_write(&service->dir, "locality.json", service_locality);
	if (knowledge_load(service->dir.path, "2026-11-24", &knowledge, &why))
		fail_msg("%s", why.text);
	service->knowledge = knowledge_slot_new(knowledge);
	assert_non_null(service->knowledge);
	temp_dir_file(&service->dir, "store.db", path);
	(void)snprintf(url, sizeof(url), "sqlite:%s", path);
	if (store_open(&options, &service->store, &why))
		fail_msg("%s", why.text);
	service->metrics = metrics_new();
	assert_non_null(service->metrics);
	temp_dir_file(&service->dir, "log", path);
	service->log_file = fopen(path, "w+e");
	assert_non_null(service->log_file);
	service->log = (struct log){ LOG_DEBUG, service->log_file };
	service->turns = (struct turn_service){ .store = service->store,
		.knowledge = service->knowledge,
		.metrics = service->metrics,
		.staff_silence_ms = 60000 };
}

static inline void
service_open(struct service_fixture *service)
{
	service_open_for(service, SERVICE_WAITING_MAX);
}

/* Serve ROUTES, ended by a NULL path. */
static inline void
service_listen(struct service_fixture *service, const struct http_route *routes)
{
	struct http_options options = { .host = "127.0.0.1",
		.threads = 2,
		.connections_max = 64,
		.connections_per_address = 64,
		.timeout_s = 10,
		.header_max_bytes = 32768,
		.routes = service->routes,
		.metrics = service->metrics,
		.log = &service->log };
	struct complaint why = { .text = "" };
	size_t count = 0;

	while (routes[count].path != NULL)
		count++;
	assert_true(count < SERVICE_ROUTES_MAX);
	memcpy(service->routes, routes, (count + 1) * sizeof(*routes));
	if (http_server_start(&options, &service->server, &why))
		fail_msg("%s", why.text);
	service->port = http_server_port(service->server);
}

static inline void
service_close(struct service_fixture *service)
{
	http_server_stop(service->server, 5000);
	store_close(service->store);
	knowledge_slot_free(service->knowledge);
	metrics_free(service->metrics);
	(void)fclose(service->log_file);
	temp_dir_remove(&service->dir);
}

/* ---- a store that is busy ---- */

struct service_block {
	struct turn turn;
	struct turn_batch batch;
	sem_t begun;
	sem_t released;
};

static inline enum result
service_block_decide(
    void *context, struct text_view state, struct turn_outcome *out)
{
	struct service_block *block = context;

	(void)state;
	(void)out;
	assert_int_equal(sem_post(&block->begun), 0);
	while (sem_wait(&block->released) != 0)
		continue;
	return OK;
}

static inline void
service_block_done(struct turn_batch *batch, enum result result)
{
	struct service_block *block = batch->context;

	(void)result;
	assert_int_equal(sem_post(&block->begun), 0);
}

/* Hold the store's thread until service_unblock(). */
static inline void
service_block(struct service_fixture *service, struct service_block *block)
{
	memset(block, 0, sizeof(*block));
	assert_int_equal(sem_init(&block->begun, 0, 0), 0);
	assert_int_equal(sem_init(&block->released, 0, 0), 0);
	block->turn = (struct turn){ .channel = "messenger",
		.account = TEXT("blocker"),
		.citizen = TEXT("blocker"),
		.dedup_id = TEXT("blocker"),
		.now_ms = 1,
		.decide = service_block_decide,
		.context = block };
	block->batch = (struct turn_batch){ .turns = &block->turn,
		.count = 1,
		.done = service_block_done,
		.context = block };
	assert_int_equal(store_submit(service->store, &block->batch), OK);
	while (sem_wait(&block->begun) != 0)
		continue;
}

static inline void
service_unblock(struct service_block *block)
{
	assert_int_equal(sem_post(&block->released), 0);
	while (sem_wait(&block->begun) != 0)
		continue;
	(void)sem_destroy(&block->begun);
	(void)sem_destroy(&block->released);
}

/* ---- what came of it ---- */

static inline struct store_counts
service_count(struct service_fixture *service)
{
	struct store_counts counts;

	assert_int_equal(store_count(service->store, &counts), OK);
	return counts;
}

/* Everything that was logged so far; yours to free(). */
static inline char *
service_logged(struct service_fixture *service)
{
	char *text;
	long size;

	assert_int_equal(fflush(service->log_file), 0);
	size = ftell(service->log_file);
	assert_true(size >= 0);
	text = calloc((size_t)size + 1, 1);
	assert_non_null(text);
	rewind(service->log_file);
	assert_int_equal(fread(text, 1, (size_t)size, service->log_file), size);
	return text;
}

/* The body as JSON, yours to json_decref(); frees ANSWER's text. */
static inline json_t *
service_json(struct http_client_answer *answer)
{
	json_t *root = json_loadb(answer->body, answer->body_len, 0, NULL);

	assert_non_null(root);
	free(answer->text);
	answer->text = NULL;
	return root;
}

#endif
