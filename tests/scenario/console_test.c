/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Staff at the console's API: who gets in, how long, and what they may do. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "src/console/routes.h"
#include "src/console/totp.h"
#include "tests/support/clock_shift.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/http_client.h"
#include "tests/support/staff.h"

enum { MINUTE_MS = 60000, PATH_SIZE = 256 };

static void
sign_in(struct staff *staff, const char *login)
{
	struct staff_said said =
	    staff_sign_in(staff, login, STAFF_PASSWORD, NULL);

	if (said.status != 200)
		fail_msg("%s", said.head);
	staff_said_end(&said);
}

static void
assert_signed_out(const struct staff *staff)
{
	staff_refused(staff, "DELETE", "/session", NULL, 401, "signed_out");
}

static void
refuse_sign_in(struct staff *staff, const char *login, const char *password,
    const char *totp, const char *code)
{
	struct staff_said said = staff_sign_in(staff, login, password, totp);

	assert_int_equal(said.status, 401);
	assert_string_equal(
	    json_string_value(json_object_get(said.json, "code")), code);
	staff_said_end(&said);
}

/* ---- signing in ---- */

static void
who_signs_in_is_told_what_they_may_do(void **state)
{
	struct staff an = { .service = *state };
	json_t *me;

	(void)staff_add(*state, "an", ROLE_EDITOR);
	me = staff_expect(&an, "GET", "/session", NULL, 200);
	assert_true(json_is_null(json_object_get(me, "user")));
	json_decref(me);
	sign_in(&an, "an");
	me = staff_expect(&an, "GET", "/session", NULL, 200);
	assert_string_equal(json_string_value(json_object_get(
				json_object_get(me, "user"), "login")),
	    "an");
	assert_null(json_object_get(json_object_get(me, "user"), "hash"));
	assert_string_equal(
	    json_string_value(json_object_get(me, "csrf")), an.csrf);
	json_decref(me);
	json_decref(staff_expect(&an, "DELETE", "/session", NULL, 200));
	assert_signed_out(&an);
}

static void
the_cookie_is_out_of_reach_of_scripts_and_other_sites(void **state)
{
	struct staff an = { .service = *state };
	struct staff_said said;

	(void)staff_add(*state, "an", ROLE_EDITOR);
	said = staff_sign_in(&an, "an", STAFF_PASSWORD, NULL);
	assert_non_null(
	    strstr(said.head, "; Path=/; HttpOnly; SameSite=Strict\r\n"));
	assert_null(strstr(said.head, "Secure"));
	staff_said_end(&said);
}

static void
behind_tls_the_cookie_never_travels_in_the_clear(void **state)
{
	struct staff an = { .service = *state };
	struct staff_said said;

	(void)staff_add(*state, "an", ROLE_EDITOR);
	said = staff_sign_in(&an, "an", STAFF_PASSWORD, NULL);
	assert_int_equal(said.status, 200);
	assert_int_equal(strncmp(an.cookie, "__Host-hoidap=", 14), 0);
	assert_non_null(strstr(said.head, "; Secure\r\n"));
	staff_said_end(&said);
	json_decref(staff_expect(&an, "DELETE", "/session", NULL, 200));
}

static void
a_wrong_login_a_wrong_password_and_a_disabled_account_look_alike(void **state)
{
	struct staff an = { .service = *state };
	struct staff admin;
	char path[PATH_SIZE];
	uint64_t id = staff_add(*state, "an", ROLE_EDITOR);

	admin = staff_enter(*state, staff_add(*state, "admin", ROLE_ADMIN));
	refuse_sign_in(&an, "an", "sai mật khẩu", NULL, "wrong_login");
	refuse_sign_in(&an, "nobody", STAFF_PASSWORD, NULL, "wrong_login");
	(void)snprintf(path, sizeof(path), "/users/%" PRIu64, id);
	json_decref(staff_expect(&admin, "PUT", path,
	    "{\"name\":\"An\",\"roles\":[\"editor\"],\"disabled\":true}", 200));
	refuse_sign_in(&an, "an", STAFF_PASSWORD, NULL, "wrong_login");
}

static void
signing_in_ends_the_session_that_was_planted(void **state)
{
	struct staff thief =
	    staff_enter(*state, staff_add(*state, "thief", ROLE_EDITOR));
	struct staff an = thief; /* the thief's cookie in An's browser */

	(void)staff_add(*state, "an", ROLE_EDITOR);
	sign_in(&an, "an");
	assert_string_not_equal(an.cookie, thief.cookie);
	assert_signed_out(&thief);
	/* A made-up token is never taken over. */
	(void)snprintf(thief.cookie, sizeof(thief.cookie), "hoidap=%064d", 1);
	thief.csrf[0] = '\0';
	sign_in(&thief, "an");
	assert_null(strstr(thief.cookie, "0000000000000000001"));
}

static void
a_guesser_is_slowed_down_and_told_for_how_long(void **state)
{
	struct staff guesser = { .service = *state };
	struct staff_said said;

	(void)staff_add(*state, "an", ROLE_EDITOR);
	for (unsigned i = 0; i < 5; i++)
		refuse_sign_in(
		    &guesser, "an", "sai mật khẩu", NULL, "wrong_login");
	/* Even the right password has to wait now. */
	said = staff_sign_in(&guesser, "an", STAFF_PASSWORD, NULL);
	assert_int_equal(said.status, 429);
	assert_non_null(strstr(said.head, "Retry-After: "));
	staff_said_end(&said);
	clock_shift(15 * MINUTE_MS);
	sign_in(&guesser, "an");
	assert_int_equal(
	    service_metric(*state, "hoidap_console_logins_refused_total"), 5);
}

static unsigned
guess_from(const struct service *service, const char *forwarded)
{
	char headers[PATH_SIZE];
	struct http_client_answer answer;

	(void)snprintf(headers, sizeof(headers),
	    "Content-Type: application/json\r\nX-Forwarded-For: %s\r\n",
	    forwarded);
	answer = http_client_call(service->port, "POST", "/api/v1/session",
	    headers, TEXT("{\"login\":\"an\",\"password\":\"sai mat khau\"}"));
	free(answer.text);
	return answer.status;
}

/* The proxy adds what it sees at the end; what stands before it is the
 * visitor's own claim. */
static void
behind_a_proxy_each_visitor_has_their_own_tries(void **state)
{
	for (unsigned i = 0; i < 5; i++)
		assert_int_equal(
		    guess_from(*state, "8.8.8.8, 203.0.113.5"), 401);
	assert_int_equal(guess_from(*state, "8.8.8.8, 203.0.113.5"), 429);
	assert_int_equal(guess_from(*state, "9.9.9.9, 203.0.113.5"), 429);
	assert_int_equal(guess_from(*state, "8.8.8.8, 203.0.113.6"), 401);
	for (unsigned i = 0; i < 5; i++)
		assert_int_equal(guess_from(*state, "2001:db8:1:2::1"), 401);
	assert_int_equal(guess_from(*state, "2001:db8:1:2::2"), 429);
	assert_int_equal(guess_from(*state, "2001:db8:1:3::1"), 401);
}

static void
without_a_proxy_nobody_is_believed_who_they_are(void **state)
{
	for (unsigned i = 0; i < 5; i++)
		assert_int_equal(guess_from(*state, "203.0.113.5"), 401);
	assert_int_equal(guess_from(*state, "203.0.113.6"), 429);
}

/* ---- how long ---- */

static void
an_idle_session_ends_and_a_busy_one_after_its_hours(void **state)
{
	uint64_t id = staff_add(*state, "an", ROLE_EDITOR);
	struct staff idle = staff_enter(*state, id);
	struct staff busy = staff_enter(*state, id);

	for (unsigned i = 0; i < 12 * 60 / 50; i++) {
		clock_shift(50 * MINUTE_MS);
		json_decref(
		    staff_expect(&busy, "POST", "/session/totp", "{}", 200));
	}
	assert_signed_out(&idle);
	clock_shift(50 * MINUTE_MS);
	assert_signed_out(&busy);
}

static void
a_new_password_ends_the_other_sessions(void **state)
{
	uint64_t id = staff_add(*state, "an", ROLE_EDITOR);
	struct staff here = staff_enter(*state, id);
	struct staff there = staff_enter(*state, id);
	struct staff again = { .service = *state };
	struct staff_said said;

	staff_refused(&here, "POST", "/session/password",
	    "{\"old\":\"sai\",\"new\":\"mật khẩu mới 1\"}", 403,
	    "wrong_password");
	staff_refused(&here, "POST", "/session/password",
	    "{\"old\":\"" STAFF_PASSWORD "\",\"new\":\"ngắn\"}", 400,
	    "weak_password");
	json_decref(staff_expect(&here, "POST", "/session/password",
	    "{\"old\":\"" STAFF_PASSWORD "\",\"new\":\"mật khẩu mới 1\"}",
	    200));
	assert_signed_out(&there);
	json_decref(staff_expect(&here, "POST", "/session/totp", "{}", 200));
	refuse_sign_in(&again, "an", STAFF_PASSWORD, NULL, "wrong_login");
	said = staff_sign_in(&again, "an", "mật khẩu mới 1", NULL);
	assert_int_equal(said.status, 200);
	staff_said_end(&said);
}

/* ---- the second factor ---- */

static void
code_now(const char *secret, char out[TOTP_CODE_SIZE])
{
	assert_int_equal(
	    totp_code(text_of(secret), clock_now_ms() / 30000, out), OK);
}

/* SECRET is then on, and CODE used. */
static void
enrol(struct staff *staff, char secret[TOTP_SECRET_SIZE],
    char code[TOTP_CODE_SIZE])
{
	static const char format[] =
	    "{\"secret\":\"%s\",\"code\":\"%s\",\"password\":\"%s\"}";
	json_t *offer = staff_expect(staff, "POST", "/session/totp", "{}", 200);
	char body[PATH_SIZE];

	(void)snprintf(secret, TOTP_SECRET_SIZE, "%s",
	    json_string_value(json_object_get(offer, "secret")));
	assert_non_null(strstr(
	    json_string_value(json_object_get(offer, "address")), secret));
	json_decref(offer);
	(void)snprintf(
	    body, sizeof(body), format, secret, "00000", STAFF_PASSWORD);
	staff_refused(staff, "POST", "/session/totp", body, 400, "wrong_totp");
	code_now(secret, code);
	(void)snprintf(
	    body, sizeof(body), format, secret, code, STAFF_PASSWORD);
	json_decref(staff_expect(staff, "POST", "/session/totp", body, 200));
}

static void
with_a_second_factor_the_password_is_not_enough(void **state)
{
	struct staff an =
	    staff_enter(*state, staff_add(*state, "an", ROLE_EDITOR));
	struct staff other = { .service = *state };
	char secret[TOTP_SECRET_SIZE];
	char code[TOTP_CODE_SIZE];
	char path[PATH_SIZE];
	struct staff_said said;

	enrol(&an, secret, code);
	refuse_sign_in(&other, "an", STAFF_PASSWORD, NULL, "totp_needed");
	refuse_sign_in(&other, "an", STAFF_PASSWORD, "00000", "wrong_totp");
	refuse_sign_in(&other, "an", STAFF_PASSWORD, code, "wrong_totp");
	clock_shift(60000);
	code_now(secret, code);
	said = staff_sign_in(&other, "an", STAFF_PASSWORD, code);
	assert_int_equal(said.status, 200);
	staff_said_end(&said);
	/* Taken away with a code only. */
	staff_refused(
	    &other, "DELETE", "/session/totp", NULL, 400, "wrong_totp");
	clock_shift(60000);
	code_now(secret, code);
	(void)snprintf(path, sizeof(path), "/session/totp?code=%s", code);
	json_decref(staff_expect(&other, "DELETE", path, NULL, 200));
	sign_in(&an, "an");
}

/* ---- what a stranger may try ---- */

static void
without_its_csrf_token_nothing_is_changed(void **state)
{
	uint64_t id = staff_add(*state, "admin", ROLE_ADMIN);
	struct staff admin = staff_enter(*state, id);
	struct staff other = staff_enter(*state, id);
	struct staff forged = admin;

	forged.csrf[0] = '\0';
	staff_refused(&forged, "POST", "/users", "{}", 403, "csrf");
	staff_refused(&forged, "DELETE", "/session", NULL, 403, "csrf");
	memcpy(forged.csrf, other.csrf, sizeof(forged.csrf));
	staff_refused(&forged, "DELETE", "/session", NULL, 403, "csrf");
	json_decref(staff_expect(&admin, "GET", "/users", NULL, 200));
}

static void
hostile_bodies_and_addresses_are_refused_in_words(void **state)
{
	static const struct {
		const char *path;
		const char *body;
		unsigned status;
		const char *code;
	} cases[] = {
		{ "/users", "[]", 400, "bad_body" },
		{ "/users", "{", 400, "bad_body" },
		{ "/users", "{\"login\":1}", 400, "bad_field" },
		{ "/users", "{\"login\":\"An\"}", 400, "bad_login" },
		{ "/users", "{\"login\":\"an\",\"name\":\"a\\u0007\"}", 400,
		    "bad_field" },
		{ "/users", "{\"login\":\"an\",\"name\":\" \"}", 400,
		    "bad_field" },
		{ "/users", "{\"login\":\"an\",\"name\":\"An\",\"roles\":[]}",
		    400, "bad_field" },
		{ "/users",
		    "{\"login\":\"an\",\"name\":\"An\",\"roles\":[\"king\"]}",
		    400, "bad_field" },
		{ "/users",
		    "{\"login\":\"an\",\"name\":\"An\",\"roles\":[\"editor\"],"
		    "\"password\":\"ngan\"}",
		    400, "weak_password" },
		{ "/nothing", "{}", 404, "not_found" },
		{ "/users/1/../2/password", "{}", 404, "not_found" },
		{ "/users/x/password", "{\"password\":\"mot hai ba bon\"}", 404,
		    "not_found" },
		{ "/users/0/password", "{\"password\":\"mot hai ba bon\"}", 404,
		    "not_found" },
		{ "/users/%ff/password", "{}", 404, "not_found" },
		{ "/audit", "{}", 405, "method" },
		{ "/session", NULL, 415, "content_type" },
	};
	struct staff admin =
	    staff_enter(*state, staff_add(*state, "admin", ROLE_ADMIN));
	json_t *users;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		staff_refused(&admin, "POST", cases[i].path, cases[i].body,
		    cases[i].status, cases[i].code);
	users = staff_expect(&admin, "GET", "/users", NULL, 200);
	assert_int_equal(json_array_size(json_object_get(users, "users")), 1);
	json_decref(users);
}

static void
nobody_reaches_the_account_of_another_by_its_number(void **state)
{
	static const char *const endings[] = { "", "/password", "/totp",
		"/sessions" };
	static const char *const methods[] = { "GET", "PUT", "POST", "DELETE" };
	uint64_t victim = staff_add(*state, "binh", ROLE_EDITOR);
	struct staff an =
	    staff_enter(*state, staff_add(*state, "an", ROLE_EDITOR));
	struct staff binh = staff_enter(*state, victim);

	for (size_t i = 0; i < 16; i++) {
		const char *method = methods[i % 4];
		bool has_body = method[0] == 'P';
		char path[PATH_SIZE];
		struct staff_said said;

		(void)snprintf(path, sizeof(path), "/users/%" PRIu64 "%s",
		    victim, endings[i / 4]);
		said = staff_call(&an, method, path, has_body ? "{}" : NULL);
		assert_true(said.status == 403 || said.status == 405);
		staff_said_end(&said);
	}
	json_decref(staff_expect(&binh, "POST", "/session/totp", "{}", 200));
}

/* ---- role by route ---- */

/* Written down once more, so that a change of permissions.c is meant. */
static const unsigned may[PERMISSIONS] = {
	[PERMISSION_SIGNED_IN] =
	    ROLE_EDITOR | ROLE_CURATOR | ROLE_REVIEWER | ROLE_ADMIN,
	[PERMISSION_QUESTIONS] = ROLE_EDITOR | ROLE_CURATOR,
	[PERMISSION_REPLY] = ROLE_EDITOR,
	[PERMISSION_FAQ_READ] =
	    ROLE_EDITOR | ROLE_CURATOR | ROLE_REVIEWER | ROLE_ADMIN,
	[PERMISSION_FAQ_EDIT] = ROLE_CURATOR,
	[PERMISSION_FAQ_APPROVE] = ROLE_REVIEWER,
	[PERMISSION_QUALITY] = ROLE_CURATOR | ROLE_REVIEWER,
	[PERMISSION_REPORTS] =
	    ROLE_EDITOR | ROLE_CURATOR | ROLE_REVIEWER | ROLE_ADMIN,
	[PERMISSION_SETTINGS] = ROLE_ADMIN,
	[PERMISSION_USERS] = ROLE_ADMIN,
	[PERMISSION_AUDIT] = ROLE_ADMIN | ROLE_REVIEWER,
};

/* "/groups/{}/x" with a number that nothing has. */
static void
fill_path(const char *pattern, char out[PATH_SIZE])
{
	struct buf path;

	buf_init(&path, PATH_SIZE - 1);
	for (; *pattern != '\0'; pattern++) {
		if (strncmp(pattern, "{}", 2) == 0) {
			assert_int_equal(buf_add(&path, TEXT("987654321")), OK);
			pattern++;
		} else {
			assert_int_equal(buf_add_char(&path, *pattern), OK);
		}
	}
	(void)snprintf(out, PATH_SIZE, "%s", path.at);
	buf_fini(&path);
}

static void
check_route(
    const struct staff *staff, unsigned roles, const struct staff_route *route)
{
	bool has_body = strcmp(route->method, "POST") == 0 ||
			strcmp(route->method, "PUT") == 0;
	char path[PATH_SIZE];
	struct staff_said said;
	const char *code;
	bool allowed = (may[route->permission] & roles) != 0;

	fill_path(route->path, path);
	said = staff_call(staff, route->method, path, has_body ? "{}" : NULL);
	code = json_string_value(json_object_get(said.json, "code"));
	if (roles == 0)
		assert_int_equal(said.status, 401);
	else if (!allowed)
		assert_int_equal(said.status, 403);
	else if (code != NULL && (strcmp(code, "forbidden") == 0 ||
				     strcmp(code, "signed_out") == 0))
		fail_msg("%s %s is refused to roles %u", route->method,
		    route->path, roles);
	if (roles != 0 && !allowed)
		assert_string_equal(code, "forbidden");
	staff_said_end(&said);
}

static void
every_route_is_open_to_its_roles_and_to_nobody_else(void **state)
{
	for (unsigned roles = 0; roles <= ROLES_ALL; roles++) {
		struct staff staff = { .service = *state };
		char login[16];
		uint64_t id = 0;

		(void)snprintf(login, sizeof(login), "user%u", roles);
		if (roles != 0)
			id = staff_add(*state, login, roles);
		for (size_t i = 0; routes_all[i] != NULL; i++)
			for (const struct staff_route *row = routes_all[i];
			     row->method != NULL; row++) {
				if (row->permission == PERMISSION_PUBLIC)
					continue;
				/* Anew, since one of them signs out. */
				if (roles != 0)
					staff = staff_enter(*state, id);
				check_route(&staff, roles, row);
			}
	}
}

static void
only_these_routes_are_open_to_everybody(void **state)
{
	static const char *const open[] = { "POST /session", "GET /session",
		"GET /openapi.json" };

	(void)state;
	for (size_t i = 0; routes_all[i] != NULL; i++)
		for (const struct staff_route *row = routes_all[i];
		     row->method != NULL; row++) {
			char name[PATH_SIZE];
			bool known = false;

			if (row->permission != PERMISSION_PUBLIC)
				continue;
			(void)snprintf(name, sizeof(name), "%s %s", row->method,
			    row->path);
			for (size_t j = 0; j < sizeof(open) / sizeof(open[0]);
			     j++)
				known |= strcmp(name, open[j]) == 0;
			if (!known)
				fail_msg("%s is open to everybody", name);
		}
}

/* "/groups/{}/x" and "/groups/{p1}/x" */
static bool
same_path(const char *pattern, const char *described)
{
	while (*pattern != '\0' && *described != '\0') {
		if (*pattern++ != *described)
			return false;
		if (*described++ == '{')
			described += strcspn(described, "}");
	}
	return *pattern == *described;
}

/* The operation of ROUTE in the OpenAPI file; NULL when it has none. */
static const json_t *
described(json_t *paths, const struct staff_route *route)
{
	static const char *const methods[][2] = { { "GET", "get" },
		{ "POST", "post" }, { "PUT", "put" }, { "DELETE", "delete" } };
	const char *path;
	json_t *item;

	json_object_foreach(paths, path, item)
	{
		if (!same_path(route->path, path))
			continue;
		for (size_t i = 0; i < 4; i++)
			if (strcmp(route->method, methods[i][0]) == 0)
				return json_object_get(item, methods[i][1]);
	}
	return NULL;
}

static void
the_openapi_file_has_every_route_and_no_other(void **state)
{
	struct staff nobody = { .service = *state };
	json_t *api = staff_expect(&nobody, "GET", "/openapi.json", NULL, 200);
	json_t *paths = json_object_get(api, "paths");
	size_t operations = 0;
	size_t routes = 0;
	const char *path;
	json_t *item;

	assert_string_equal(
	    json_string_value(json_object_get(api, "openapi")), "3.1.0");
	for (size_t i = 0; routes_all[i] != NULL; i++)
		for (const struct staff_route *row = routes_all[i];
		     row->method != NULL; row++, routes++) {
			if (described(paths, row) == NULL)
				fail_msg("%s %s is not described", row->method,
				    row->path);
			assert_true(strlen(row->help) > 0);
		}
	json_object_foreach(paths, path, item) operations +=
	    json_object_size(item);
	assert_int_equal(operations, routes);
	json_decref(api);
}

/* ---- users and the log ---- */

static void
an_admin_adds_changes_and_locks_out_a_colleague(void **state)
{
	struct staff admin =
	    staff_enter(*state, staff_add(*state, "admin", ROLE_ADMIN));
	struct staff binh = { .service = *state };
	char path[PATH_SIZE];
	const json_t *line;
	json_t *json = staff_expect(&admin, "POST", "/users",
	    "{\"login\":\"binh\",\"name\":\"Bình\",\"roles\":[\"editor\"],"
	    "\"password\":\"" STAFF_PASSWORD "\"}",
	    200);

	json_decref(json);
	staff_refused(&admin, "POST", "/users",
	    "{\"login\":\"binh\",\"name\":\"B\",\"roles\":[\"editor\"],"
	    "\"password\":\"" STAFF_PASSWORD "\"}",
	    409, "login_taken");
	sign_in(&binh, "binh");
	(void)snprintf(path, sizeof(path), "/users/%" PRIu64, binh.id);
	json_decref(staff_expect(&admin, "PUT", path,
	    "{\"name\":\"Bình\",\"roles\":[\"editor\"],\"disabled\":true,"
	    "\"why\":\"nghỉ việc\"}",
	    200));
	assert_signed_out(&binh);
	(void)snprintf(path, sizeof(path), "/users/%" PRIu64, admin.id);
	staff_refused(&admin, "PUT", path,
	    "{\"name\":\"A\",\"roles\":[\"editor\"],\"disabled\":false}", 409,
	    "last_admin");
	json =
	    staff_expect(&admin, "GET", "/audit?action=user.change", NULL, 200);
	line = json_array_get(json_object_get(json, "lines"), 0);
	assert_int_equal(json_array_size(json_object_get(json, "lines")), 1);
	assert_string_equal(
	    json_string_value(json_object_get(line, "login")), "admin");
	assert_string_equal(
	    json_string_value(json_object_get(line, "why")), "nghỉ việc");
	assert_true(json_is_false(
	    json_object_get(json_object_get(line, "before"), "disabled")));
	assert_true(json_is_true(
	    json_object_get(json_object_get(line, "after"), "disabled")));
	json_decref(json);
}

static void
no_secret_of_staff_is_in_the_log_or_the_file(void **state)
{
	struct service *service = *state;
	struct staff an = { .service = service };
	const char *token;

	(void)staff_add(service, "an", ROLE_EDITOR);
	refuse_sign_in(&an, "an", "sai mật khẩu thật", NULL, "wrong_login");
	sign_in(&an, "an");
	token = strchr(an.cookie, '=') + 1;
	json_decref(staff_expect(&an, "DELETE", "/session", NULL, 200));
	assert_int_equal(log_watch_count(&service->log, STAFF_PASSWORD), 0);
	assert_int_equal(log_watch_count(&service->log, "sai mật khẩu"), 0);
	assert_int_equal(log_watch_count(&service->log, token), 0);
	assert_int_equal(log_watch_count(&service->log, an.csrf), 0);
	assert_false(service_file_holds(service, STAFF_PASSWORD));
	assert_false(service_file_holds(service, token));
}

/* ---- the pages ---- */

static void
the_pages_come_from_the_binary_under_a_strict_policy(void **state)
{
	static const struct {
		const char *path;
		const char *type; /* NULL: there is no such page */
	} cases[] = {
		{ "/console", "text/html; charset=utf-8" },
		{ "/console/", "text/html; charset=utf-8" },
		{ "/console/app.js", "text/javascript; charset=utf-8" },
		{ "/console/pages/users.js", "text/javascript; charset=utf-8" },
		{ "/console/console.css", "text/css; charset=utf-8" },
		{ "/console/vendor/preact.js",
		    "text/javascript; charset=utf-8" },
		{ "/console/vendor/pico.css", "text/css; charset=utf-8" },
		{ "/console/nothing.js", NULL },
		{ "/console/../../../faq/locality.json", NULL },
		{ "/console/README.md", NULL },
		{ "/console/../store/schema/001-first.sql", NULL },
	};
	const struct service *service = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_client_answer answer = http_client_call(
		    service->port, "GET", cases[i].path, "", text_of(NULL));
		struct text_view policy =
		    http_client_header(&answer, "Content-Security-Policy");

		if (cases[i].type == NULL) {
			assert_int_equal(answer.status, 404);
		} else {
			assert_int_equal(answer.status, 200);
			assert_true(
			    text_is(http_client_header(&answer, "Content-Type"),
				cases[i].type));
			assert_true(
			    text_find(policy, TEXT("script-src 'self';")) !=
			    SIZE_MAX);
			assert_true(
			    text_find(policy, TEXT("unsafe")) == SIZE_MAX);
		}
		free(answer.text);
	}
}

static void
a_page_that_the_browser_has_is_not_sent_again(void **state)
{
	const struct service *service = *state;
	struct http_client_answer first = http_client_call(
	    service->port, "GET", "/console/app.js", "", text_of(NULL));
	struct http_client_answer again;
	char header[64];

	assert_true(first.body_len > 0);
	(void)snprintf(header, sizeof(header), "If-None-Match: %.*s\r\n",
	    TEXT_ARGS(http_client_header(&first, "ETag")));
	again = http_client_call(
	    service->port, "GET", "/console/app.js", header, text_of(NULL));
	assert_int_equal(again.status, 304);
	free(first.text);
	free(again.text);
}

#define SCENARIO(test)                                                         \
	cmocka_unit_test_setup_teardown(test, service_setup, service_teardown)

int
main(void)
{
	static const char *const tls[] = {
		"HOIDAP_PUBLIC_URL=https://hoidap.example",
		"HOIDAP_CLIENT_ADDRESS_HEADER=X-Forwarded-For", NULL
	};
	static struct service behind_tls = { .variables = tls };
	const struct CMUnitTest tests[] = {
		SCENARIO(who_signs_in_is_told_what_they_may_do),
		SCENARIO(the_cookie_is_out_of_reach_of_scripts_and_other_sites),
		cmocka_unit_test_prestate_setup_teardown(
		    behind_tls_the_cookie_never_travels_in_the_clear,
		    service_setup, service_teardown, &behind_tls),
		SCENARIO(
		    a_wrong_login_a_wrong_password_and_a_disabled_account_look_alike),
		SCENARIO(signing_in_ends_the_session_that_was_planted),
		SCENARIO(a_guesser_is_slowed_down_and_told_for_how_long),
		cmocka_unit_test_prestate_setup_teardown(
		    behind_a_proxy_each_visitor_has_their_own_tries,
		    service_setup, service_teardown, &behind_tls),
		SCENARIO(without_a_proxy_nobody_is_believed_who_they_are),
		SCENARIO(an_idle_session_ends_and_a_busy_one_after_its_hours),
		SCENARIO(a_new_password_ends_the_other_sessions),
		SCENARIO(with_a_second_factor_the_password_is_not_enough),
		SCENARIO(without_its_csrf_token_nothing_is_changed),
		SCENARIO(hostile_bodies_and_addresses_are_refused_in_words),
		SCENARIO(nobody_reaches_the_account_of_another_by_its_number),
		SCENARIO(every_route_is_open_to_its_roles_and_to_nobody_else),
		SCENARIO(only_these_routes_are_open_to_everybody),
		SCENARIO(the_openapi_file_has_every_route_and_no_other),
		SCENARIO(an_admin_adds_changes_and_locks_out_a_colleague),
		SCENARIO(no_secret_of_staff_is_in_the_log_or_the_file),
		SCENARIO(the_pages_come_from_the_binary_under_a_strict_policy),
		SCENARIO(a_page_that_the_browser_has_is_not_sent_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
