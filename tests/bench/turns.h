/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_BENCH_TURNS_H
#define HOIDAP_BENCH_TURNS_H

#include <jansson.h>
#include <stdio.h>

#include "arena.h"
#include "buf.h"
#include "clock.h"
#include "faq.h"
#include "secret.h"

/* The webhooks that are sent, signed before any clock starts.  Every one is a
 * citizen's message in the words of the FAQ base, written as Meta writes it
 * (other than ASCII is escaped), with a mid of its own.  Citizens and texts are
 * walked with strides that share no factor with their numbers, so runs are
 * alike and neighbours differ. */

#define TURNS_APP_SECRET "bench-app-secret"
#define TURNS_PAGE_ID "100000000000001"

enum {
	TURNS_CITIZENS = 5000,
	TURNS_CITIZEN_STRIDE = 1237,
	TURNS_TEXT_STRIDE = 7919,
	TURNS_REQUEST_MAX_BYTES = 65536,
	TURNS_CITIZEN_SIZE = 17,
};

static const size_t turns_max_bytes = 4ull * 1024 * 1024 * 1024;

struct turns {
	struct text_view *requests; /* whole HTTP requests */
	size_t count;
	size_t body_bytes; /* of all of them */
	struct arena arena;
};

/* The PSID of turn INDEX. */
static inline void
turns_citizen(size_t index, char out[TURNS_CITIZEN_SIZE])
{
	(void)snprintf(out, TURNS_CITIZEN_SIZE, "24700000000%05zu",
	    index * TURNS_CITIZEN_STRIDE % TURNS_CITIZENS);
}

/* TEXT as a JSON string, quotes and all. */
static inline enum result
turns_quote(struct text_view text, struct arena *arena, struct text_view *out)
{
	json_t *string = json_stringn(text.at, text.len);
	char *quoted = json_dumps(string, JSON_ENCODE_ANY | JSON_ENSURE_ASCII);
	enum result result = quoted == NULL
				 ? ERR_NOMEM
				 : arena_text(arena, text_of(quoted), out);

	free(quoted);
	json_decref(string);
	return result;
}

/* Every phrasing of an entry that states facts: small talk is no work, and who
 * asks for a person is not answered again. */
static inline enum result
turns_phrasings(const struct faq *faq, struct arena *arena, struct phrases *out)
{
	size_t max = 0;
	enum result result = OK;

	out->count = 0;
	for (size_t i = 0; i < faq->entry_count; i++)
		max += faq->entries[i].asked_as.count;
	out->at = arena_alloc(arena, max + 1, sizeof(*out->at));
	if (out->at == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < faq->entry_count; i++) {
		const struct faq_entry *entry = &faq->entries[i];

		if (entry->kind != ENTRY_ANSWER ||
		    entry->status != ENTRY_PUBLISHED)
			continue;
		for (size_t j = 0; result == OK && j < entry->asked_as.count;
		     j++)
			result = turns_quote(entry->asked_as.at[j], arena,
			    &out->at[out->count++]);
	}
	return result == OK && out->count == 0 ? ERR_NOT_FOUND : result;
}

static inline enum result
turns_body(size_t index, struct text_view quoted, struct buf *body)
{
	uint64_t now_ms = clock_now_ms();
	char citizen[TURNS_CITIZEN_SIZE];

	turns_citizen(index, citizen);
	buf_reset(body);
	return buf_printf(body,
	    "{\"object\":\"page\",\"entry\":[{\"id\":\"" TURNS_PAGE_ID "\","
	    "\"time\":%llu,\"messaging\":[{\"sender\":{\"id\":\"%s\"},"
	    "\"recipient\":{\"id\":\"" TURNS_PAGE_ID "\"},"
	    "\"timestamp\":%llu,\"message\":{\"mid\":"
	    "\"m_bench%012zuAbCdEfGhIjKlMnOpQrStUvWxYz\",\"text\":%.*s}}]}]}",
	    (unsigned long long)now_ms, citizen, (unsigned long long)now_ms,
	    index, TEXT_ARGS(quoted));
}

static inline enum result
turns_request(
    struct turns *turns, size_t index, struct text_view body, struct buf *out)
{
	char signature[SECRET_HEX_SIZE];
	enum result result;

	secret_hmac_sha256_hex(TEXT(TURNS_APP_SECRET), body, signature);
	buf_reset(out);
	result = buf_printf(out,
	    "POST /webhooks/messenger HTTP/1.1\r\nHost: 127.0.0.1\r\n"
	    "User-Agent: facebookexternalua\r\nAccept: */*\r\n"
	    "Content-Type: application/json\r\n"
	    "X-Hub-Signature-256: sha256=%s\r\nContent-Length: %zu\r\n\r\n"
	    "%.*s",
	    signature, body.len, TEXT_ARGS(body));
	if (result == OK)
		result = arena_text(
		    &turns->arena, buf_view(out), &turns->requests[index]);
	turns->body_bytes += body.len;
	return result;
}

static inline void
turns_fini(struct turns *turns)
{
	arena_fini(&turns->arena);
}

/* COUNT signed requests from the base in FAQ_DIR; WHY says what is wrong with
 * the base.  turns_fini() in any case. */
static inline enum result
turns_init(struct turns *turns, const char *faq_dir, size_t count,
    struct complaint *why)
{
	struct faq *faq = NULL;
	struct phrases texts = { NULL, 0 };
	struct buf body;
	struct buf request;
	enum result result;

	*turns = (struct turns){ .count = count };
	arena_init(&turns->arena, turns_max_bytes);
	buf_init(&body, TURNS_REQUEST_MAX_BYTES);
	buf_init(&request, TURNS_REQUEST_MAX_BYTES);
	turns->requests =
	    arena_alloc(&turns->arena, count, sizeof(*turns->requests));
	result =
	    turns->requests == NULL ? ERR_NOMEM : faq_load(faq_dir, &faq, why);
	if (result == OK)
		result = turns_phrasings(faq, &turns->arena, &texts);
	for (size_t i = 0; result == OK && i < count; i++) {
		result = turns_body(
		    i, texts.at[i * TURNS_TEXT_STRIDE % texts.count], &body);
		if (result == OK)
			result =
			    turns_request(turns, i, buf_view(&body), &request);
	}
	buf_fini(&request);
	buf_fini(&body);
	faq_free(faq);
	return result;
}

#endif
