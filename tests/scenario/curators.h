/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_TEST_CURATORS_H
#define HOIDAP_TEST_CURATORS_H

/* People who change the FAQ of a running service through its API. */

#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

#include "credentials.h"
#include "roles.h"
#include "store_staff.h"
#include "tests/support/http_client.h"
#include "tests/support/service.h"

enum { CURATORS_HEADERS_SIZE = 512, CURATORS_PATH_SIZE = 128 };

static const char password[] = "mat khau cua nguoi thu";

/* Somebody who is signed in. */
struct person {
	struct service *service;
	char headers[CURATORS_HEADERS_SIZE];
};

/* BODY is taken and may be NULL; the answer's JSON is yours. */
static inline json_t *
call(struct person *person, const char *method, const char *path, json_t *body,
    unsigned *status_out)
{
	char *text = body == NULL ? NULL : json_dumps(body, JSON_COMPACT);
	char whole[2 * CURATORS_PATH_SIZE];
	struct http_client_answer answer;
	json_t *said;

	json_decref(body);
	(void)snprintf(whole, sizeof(whole), "/api/v1%s", path);
	answer = http_client_call(person->service->port, method, whole,
	    person->headers, text_of(text));
	free(text);
	*status_out = answer.status;
	said = json_loadb(answer.body, answer.body_len, 0, NULL);
	free(answer.text);
	return said;
}

/* The call must be answered with WANT; its JSON is yours. */
static inline json_t *
expect(struct person *person, unsigned want, const char *method,
    const char *path, json_t *body)
{
	unsigned status;
	json_t *said = call(person, method, path, body, &status);

	if (status != want) {
		char *text = json_dumps(said, 0);

		fail_msg("%s %s: %u: %s", method, path, status,
		    text == NULL ? "" : text);
	}
	return said;
}

static inline const char *
text_at(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text == NULL ? "" : text;
}

static inline json_int_t
number_at(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

/* Refused with WANT and CODE. */
static inline void
refused(struct person *person, unsigned want, const char *code,
    const char *method, const char *path, json_t *body)
{
	json_t *said = expect(person, want, method, path, body);

	assert_string_equal(text_at(said, "code"), code);
	json_decref(said);
}

static inline void
add_user(struct service *service, const char *login, unsigned roles)
{
	const struct audit_line line = { .login = TEXT("cli"),
		.action = TEXT("user.add"),
		.subject = text_of(login) };
	struct staff_account account = { .user = { .login = text_of(login),
					     .name = text_of(login),
					     .roles = roles } };
	char hash[PASSWORD_HASH_SIZE];
	uint64_t id;

	assert_int_equal(credentials_hash(TEXT(password), hash), OK);
	account.hash = text_of(hash);
	assert_int_equal(
	    store_user_add(app_store(service->app), &account, &line, &id), OK);
}

static inline struct person
sign_in(struct service *service, const char *login)
{
	static const char json[] = "Content-Type: application/json\r\n";
	struct person person = { .service = service };
	json_t *body =
	    json_pack("{s:s, s:s}", "login", login, "password", password);
	char *text = json_dumps(body, 0);
	struct http_client_answer answer = http_client_call(
	    service->port, "POST", "/api/v1/session", json, text_of(text));
	struct text_view cookie = http_client_header(&answer, "Set-Cookie");
	json_t *said = json_loadb(answer.body, answer.body_len, 0, NULL);

	assert_int_equal(answer.status, 200);
	cookie = text_slice(cookie, 0, text_find(cookie, TEXT(";")));
	(void)snprintf(person.headers, sizeof(person.headers),
	    "%sCookie: %.*s\r\nX-CSRF-Token: %s\r\n", json, TEXT_ARGS(cookie),
	    text_at(said, "csrf"));
	json_decref(said);
	json_decref(body);
	free(answer.text);
	free(text);
	return person;
}

#define ANSWER "phòng quản lý xuất nhập cảnh"
#define ENTRY "/faq/entries/ho-chieu"

static inline json_t *
passport(const char *answer)
{
	return json_pack("{s:s, s:[s,s,s,s,s,s,s], s:s}", "question",
	    "Làm hộ chiếu ở đâu?", "asked_as", "nộp hồ sơ hộ chiếu ở đâu",
	    "xin cấp hộ chiếu chỗ nào", "lam ho chieu o dau",
	    "đi làm hộ chiếu thì tới đâu", "hộ chiếu làm ở cơ quan nào",
	    "muốn làm hộ chiếu phải đến đâu", "cấp passport ở đâu", "answer",
	    answer);
}

/* Takes ENTRY. */
static inline json_t *
draft(json_t *entry, json_int_t base, json_int_t number, json_int_t version)
{
	return json_pack("{s:s, s:o, s:I, s:I, s:I, s:s}", "topic",
	    "thu-nghiem", "entry", entry, "base", base, "number", number,
	    "version", version, "why", "nhiều người hỏi");
}

static inline json_t *
step(json_t *key)
{
	json_t *body =
	    json_pack("{s:I, s:I, s:s}", "number", number_at(key, "number"),
		"version", number_at(key, "version"), "why", "xem lại");

	json_decref(key);
	return body;
}

static inline void
open_people(struct service *service, struct person *lan, struct person *minh)
{
	add_user(service, "lan", ROLE_CURATOR);
	add_user(service, "minh", ROLE_CURATOR | ROLE_REVIEWER);
	*lan = sign_in(service, "lan");
	*minh = sign_in(service, "minh");
}

/* Lan's draft, submitted. */
static inline void
submit(struct person *lan, const char *answer)
{
	json_t *key = expect(
	    lan, 200, "PUT", ENTRY "/draft", draft(passport(answer), 0, 0, 0));

	json_decref(expect(lan, 200, "POST", ENTRY "/submit", step(key)));
}

#endif
