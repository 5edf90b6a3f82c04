/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Signing in and out, and one's own password and second factor.
 *
 * A wrong login, a wrong password and a disabled account get the same answer
 * after the same time.  Signing in always makes a new token and ends the
 * session that the browser had, so nobody can plant one beforehand.  Every
 * place that takes a password counts its tries. */
#include <stdlib.h>

#include "account_json.h"
#include "api.h"
#include "credentials.h"
#include "throttle.h"
#include "totp.h"
#include "visitor.h"

enum { ADDRESS_MAX_BYTES = 256 };

/* ---- what all of them need ---- */

static struct staff_answer
throttled(unsigned wait_s)
{
	struct staff_answer answer = staff_error(
	    429, "throttled", NULL, "too many tries; wait, then try again");

	answer.retry_after_s = wait_s;
	return answer;
}

static struct staff_answer
refused(const struct staff_request *request, const char *code,
    const char *field, const char *message)
{
	metrics_add(
	    request->console->metrics, METRIC_console_logins_refused, NULL, 1);
	LOG(request->console->log, LOG_WARN, "console_login_refused",
	    LOG_NUMBER("id", request->http->id), LOG_TEXT("why", code));
	return staff_error(401, code, field, message);
}

/* Count a try of LOGIN; false with the refusal. */
static bool
count_try(struct staff_request *request, struct text_view login,
    struct throttle_try *tried, char address[HTTP_PEER_SIZE],
    struct staff_answer *refusal_out)
{
	unsigned wait_s;

	visitor_address(request->console, request->http, address);
	*tried =
	    (struct throttle_try){ login, text_of(address), request->now_ms };
	wait_s = throttle_count(request->console->throttle, tried);
	if (wait_s == 0)
		return true;
	*refusal_out = throttled(wait_s);
	return false;
}

static struct staff_answer
tell_session(const struct staff_account *account, struct text_view token)
{
	char csrf[VISITOR_HASH_SIZE];

	visitor_csrf(token, csrf);
	return staff_ok(json_pack("{s:o, s:o, s:s}", "user",
	    account_json(account), "permissions",
	    account_json_permissions(account->user.roles), "csrf", csrf));
}

/* The account of who asks, as it is now. */
static bool
load_own(struct staff_request *request, struct staff_account *out,
    struct staff_answer *refusal_out)
{
	enum result result = store_user_get(
	    request->console->store, request->user->id, request->arena, out);

	if (result == OK)
		return true;
	*refusal_out = staff_failed(result);
	return false;
}

/* Is the body's FIELD the password of who asks? */
static bool
prove_password(struct staff_request *request, const char *field,
    const struct staff_account *own, struct staff_answer *refusal_out)
{
	char address[HTTP_PEER_SIZE];
	struct throttle_try tried;
	struct text_view password;

	if (!staff_text(
		request, field, PASSWORD_MAX_BYTES, &password, refusal_out) ||
	    !count_try(request, own->user.login, &tried, address, refusal_out))
		return false;
	if (!credentials_fit(password, own->hash)) {
		*refusal_out = refused(
		    request, "wrong_password", field, "the password is wrong");
		/* They are signed in: 401 would send them to the login. */
		refusal_out->status = 403;
		return false;
	}
	throttle_forgive(request->console->throttle, &tried);
	return true;
}

/* ---- signing in ---- */

/* The second factor, where there is one. */
static bool
prove_code(struct staff_request *request, const struct staff_account *account,
    struct staff_answer *refusal_out)
{
	struct text_view code = TEXT("");
	uint64_t step;
	enum result result;

	if (account->totp.len == 0)
		return true;
	if (!staff_has(request, "totp")) {
		*refusal_out = staff_error(401, "totp_needed", "totp",
		    "send the code of the authenticator app as \"totp\"");
		return false;
	}
	if (!staff_text(request, "totp", TOTP_CODE_SIZE, &code, refusal_out))
		return false;
	result = totp_check(
	    account->totp, code, request->now_ms, account->totp_step, &step);
	if (result == OK)
		result = store_user_totp_step(
		    request->console->store, account->user.id, step);
	if (result == OK)
		return true;
	*refusal_out =
	    result == ERR_INVALID
		? refused(request, "wrong_totp", "totp",
		      "the code is wrong, too old or was used before")
		: staff_failed(result);
	return false;
}

static struct staff_answer
begin_session(
    struct staff_request *request, const struct staff_account *account)
{
	struct store *store = request->console->store;
	struct session_limits limits =
	    visitor_limits(request->console, request->now_ms);
	char token[VISITOR_TOKEN_SIZE];
	char hash[VISITOR_HASH_SIZE];
	struct audit_line line = staff_line(request, "session.end", TEXT(""));
	struct staff_answer answer;
	enum result result = OK;

	if (request->user != NULL)
		result = store_session_end(store, request->session, &line);
	request->user = &account->user;
	line = staff_line(request, "session.start", TEXT(""));
	visitor_token(token);
	visitor_hash(text_of(token), hash);
	if (result == OK)
		result = store_session_add(
		    store, text_of(hash), account->user.id, &limits, &line);
	if (result != OK)
		return staff_failed(result);
	answer = tell_session(account, text_of(token));
	answer.set_cookie = visitor_set_cookie(
	    request->console, text_of(token), request->arena);
	LOG(request->console->log, LOG_INFO, "console_login",
	    LOG_NUMBER("id", request->http->id),
	    LOG_NUMBER("user", account->user.id));
	return answer;
}

static struct staff_answer
sign_in(struct staff_request *request)
{
	struct staff_account account = { .created_ms = 0 };
	char address[HTTP_PEER_SIZE];
	struct throttle_try tried;
	struct staff_answer answer;
	struct text_view login;
	struct text_view password;
	enum result result;

	if (!staff_text(request, "login", LOGIN_MAX_BYTES, &login, &answer) ||
	    !staff_text(
		request, "password", PASSWORD_MAX_BYTES, &password, &answer) ||
	    !count_try(request, login, &tried, address, &answer))
		return answer;
	result = store_user_find(
	    request->console->store, login, request->arena, &account);
	if (result != OK && result != ERR_NOT_FOUND)
		return staff_failed(result);
	if (!credentials_fit(password, account.hash) || account.user.disabled)
		return refused(request, "wrong_login", NULL,
		    "the login or the password is wrong");
	if (!prove_code(request, &account, &answer))
		return answer;
	throttle_forgive(request->console->throttle, &tried);
	return begin_session(request, &account);
}

static struct staff_answer
who_am_i(struct staff_request *request)
{
	struct staff_account own;
	struct staff_answer answer;

	if (request->user == NULL)
		return staff_ok(json_pack("{s:n}", "user"));
	if (!load_own(request, &own, &answer))
		return answer;
	return tell_session(
	    &own, visitor_cookie(request->console, request->http));
}

static struct staff_answer
sign_out(struct staff_request *request)
{
	struct audit_line line = staff_line(request, "session.end", TEXT(""));
	enum result result =
	    store_session_end(request->console->store, request->session, &line);
	struct staff_answer answer;

	if (result != OK)
		return staff_failed(result);
	answer = staff_ok(json_object());
	answer.set_cookie =
	    visitor_set_cookie(request->console, TEXT(""), request->arena);
	return answer;
}

/* ---- one's own account ---- */

static struct staff_answer
change_password(struct staff_request *request)
{
	struct audit_line line =
	    staff_line(request, "user.password", request->user->login);
	struct complaint why = { .text = "" };
	char hash[PASSWORD_HASH_SIZE];
	struct staff_account own;
	struct staff_answer answer;
	struct text_view password;
	enum result result;

	if (!load_own(request, &own, &answer) ||
	    !staff_text(request, "new", PASSWORD_MAX_BYTES, &password, &answer))
		return answer;
	if (credentials_check(password, own.user.login, &why) != OK)
		return staff_error(400, "weak_password", "new", why.text);
	if (!prove_password(request, "old", &own, &answer))
		return answer;
	result = credentials_hash(password, hash);
	if (result == OK)
		result = store_user_password(request->console->store,
		    own.user.id, text_of(hash), request->session, &line);
	return result == OK ? staff_ok(json_object()) : staff_failed(result);
}

/* A secret that nothing is kept of yet: it comes back with its first code. */
static struct staff_answer
offer_secret(struct staff_request *request)
{
	char secret[TOTP_SECRET_SIZE];
	struct staff_answer answer;
	struct buf address;

	totp_secret(secret);
	buf_init(&address, ADDRESS_MAX_BYTES);
	if (totp_address(request->user->login, text_of(secret), &address) == OK)
		answer = staff_ok(json_pack("{s:s, s:o}", "secret", secret,
		    "address", staff_string(buf_view(&address))));
	else
		answer = staff_failed(ERR_NOMEM);
	buf_fini(&address);
	return answer;
}

static struct staff_answer
enrol(struct staff_request *request)
{
	struct audit_line line =
	    staff_line(request, "user.totp_on", request->user->login);
	struct staff_account own;
	struct staff_answer answer;
	struct text_view secret;
	struct text_view code;
	uint64_t step;
	enum result result;

	if (!staff_has(request, "secret"))
		return offer_secret(request);
	if (!load_own(request, &own, &answer) ||
	    !staff_text(
		request, "secret", TOTP_SECRET_SIZE, &secret, &answer) ||
	    !staff_text(request, "code", TOTP_CODE_SIZE, &code, &answer) ||
	    !prove_password(request, "password", &own, &answer))
		return answer;
	if (totp_check(secret, code, request->now_ms, 0, &step) != OK)
		return staff_error(400, "wrong_totp", "code",
		    "the code does not fit the secret");
	result = store_user_totp(
	    request->console->store, own.user.id, secret, step, &line);
	return result == OK ? staff_ok(json_object()) : staff_failed(result);
}

/* Proved by a code, which works once and so may stand in the address. */
static struct staff_answer
end_totp(struct staff_request *request)
{
	struct audit_line line =
	    staff_line(request, "user.totp_off", request->user->login);
	struct text_view code = http_query(request->http, "code");
	char address[HTTP_PEER_SIZE];
	struct throttle_try tried;
	struct staff_account own;
	struct staff_answer answer;
	uint64_t step;
	enum result result;

	if (!load_own(request, &own, &answer) ||
	    !count_try(request, own.user.login, &tried, address, &answer))
		return answer;
	if (own.totp.len > 0 &&
	    totp_check(own.totp, code, request->now_ms, own.totp_step, &step))
		return staff_error(400, "wrong_totp", "code",
		    "the code is wrong, too old or was used before");
	throttle_forgive(request->console->throttle, &tried);
	result = store_user_totp(
	    request->console->store, own.user.id, TEXT(""), 0, &line);
	return result == OK ? staff_ok(json_object()) : staff_failed(result);
}

const struct staff_route session_routes[] = {
	{ "POST", "/session", PERMISSION_PUBLIC, sign_in,
	    "Sign in with \"login\", \"password\" and, where the account has "
	    "one, the code \"totp\"" },
	{ "GET", "/session", PERMISSION_PUBLIC, who_am_i,
	    "Who is signed in, what they may do, and the CSRF token; user is "
	    "null when nobody is" },
	{ "DELETE", "/session", PERMISSION_SIGNED_IN, sign_out, "Sign out" },
	{ "POST", "/session/password", PERMISSION_SIGNED_IN, change_password,
	    "Change one's password: \"old\", \"new\"; ends one's other "
	    "sessions" },
	{ "POST", "/session/totp", PERMISSION_SIGNED_IN, enrol,
	    "Second factor: {} gives a new secret; \"secret\", its first "
	    "\"code\" and \"password\" switch it on" },
	{ "DELETE", "/session/totp", PERMISSION_SIGNED_IN, end_totp,
	    "Take one's second factor away, with a last ?code=" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
