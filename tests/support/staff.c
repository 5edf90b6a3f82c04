/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "staff.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "credentials.h"
#include "secret.h"
#include "store_staff.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/http_client.h"

enum { HEADERS_SIZE = 512, PATH_SIZE = 512, HEX_SIZE = 65 };

uint64_t
staff_add(struct service *service, const char *login, unsigned roles)
{
	const struct audit_line line = { .at_ms = clock_now_ms(),
		.login = TEXT("cli"),
		.action = TEXT("user.add"),
		.subject = text_of(login) };
	char hash[PASSWORD_HASH_SIZE];
	struct staff_account account = { .user = { .login = text_of(login),
					     .name = text_of(login),
					     .roles = roles } };
	uint64_t id = 0;

	assert_int_equal(credentials_hash(TEXT(STAFF_PASSWORD), hash), OK);
	account.hash = text_of(hash);
	assert_int_equal(
	    store_user_add(app_store(service->app), &account, &line, &id), OK);
	return id;
}

struct staff
staff_enter(struct service *service, uint64_t user)
{
	const struct audit_line line = { .at_ms = clock_now_ms(),
		.user = user,
		.login = TEXT("test"),
		.action = TEXT("session.start") };
	const struct session_limits limits = { .now_ms = clock_now_ms(),
		.idle_ms = 1u << 30,
		.absolute_ms = 1u << 30 };
	struct staff staff = { .service = service, .id = user };
	struct text_view token;
	char hex[HEX_SIZE];
	char hash[HEX_SIZE];

	secret_random_hex(32, hex);
	token = text_of(hex);
	secret_sha256_hex(&token, 1, hash);
	assert_int_equal(store_session_add(app_store(service->app),
			     text_of(hash), user, &limits, &line),
	    OK);
	secret_hmac_sha256_hex(token, TEXT("csrf"), staff.csrf);
	(void)snprintf(staff.cookie, sizeof(staff.cookie), "hoidap=%s", hex);
	return staff;
}

static void
print_headers(
    const struct staff *staff, const char *body, char out[HEADERS_SIZE])
{
	bool known = staff->cookie[0] != '\0';

	(void)snprintf(out, HEADERS_SIZE, "%s%s%s%s%s%s%s",
	    known ? "Cookie: " : "", staff->cookie, known ? "\r\n" : "",
	    staff->csrf[0] != '\0' ? "X-CSRF-Token: " : "", staff->csrf,
	    staff->csrf[0] != '\0' ? "\r\n" : "",
	    body != NULL ? "Content-Type: application/json\r\n" : "");
}

struct staff_said
staff_call(const struct staff *staff, const char *method, const char *path,
    const char *body)
{
	char headers[HEADERS_SIZE];
	char full[PATH_SIZE];
	struct http_client_answer answer;
	struct staff_said said;

	print_headers(staff, body, headers);
	(void)snprintf(full, sizeof(full), "/api/v1%s", path);
	answer = http_client_call(
	    staff->service->port, method, full, headers, text_of(body));
	said = (struct staff_said){ answer.status, NULL, answer.text };
	said.json = json_loadb(answer.body, answer.body_len, 0, NULL);
	return said;
}

void
staff_said_end(struct staff_said *said)
{
	json_decref(said->json);
	free(said->head);
}

json_t *
staff_expect(const struct staff *staff, const char *method, const char *path,
    const char *body, unsigned status)
{
	struct staff_said said = staff_call(staff, method, path, body);

	if (said.status != status)
		fail_msg("%s %s: %s", method, path, said.head);
	assert_true(json_is_object(said.json));
	free(said.head);
	return said.json;
}

void
staff_refused(const struct staff *staff, const char *method, const char *path,
    const char *body, unsigned status, const char *code)
{
	json_t *json = staff_expect(staff, method, path, body, status);

	assert_string_equal(
	    json_string_value(json_object_get(json, "code")), code);
	json_decref(json);
}

static void
keep_session(struct staff *staff, const struct staff_said *said)
{
	const struct http_client_answer answer = { .text = said->head };
	struct text_view cookie = http_client_header(&answer, "Set-Cookie");
	struct text_view pair;

	assert_true(text_split(&cookie, ';', &pair));
	assert_int_equal(
	    text_copy(staff->cookie, sizeof(staff->cookie), pair), OK);
	assert_int_equal(text_copy(staff->csrf, sizeof(staff->csrf),
			     text_of(json_string_value(
				 json_object_get(said->json, "csrf")))),
	    OK);
	staff->id = (uint64_t)json_integer_value(
	    json_object_get(json_object_get(said->json, "user"), "id"));
}

struct staff_said
staff_sign_in(struct staff *staff, const char *login, const char *password,
    const char *totp)
{
	json_t *body = json_pack("{s:s, s:s, s:s*}", "login", login, "password",
	    password, "totp", totp);
	char *text = json_dumps(body, 0);
	struct staff_said said;

	assert_non_null(text);
	said = staff_call(staff, "POST", "/session", text);
	if (said.status == 200)
		keep_session(staff, &said);
	free(text);
	json_decref(body);
	return said;
}
