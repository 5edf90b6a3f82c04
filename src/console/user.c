/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Accounts of colleagues, for admins. */
#include "account_json.h"
#include "api.h"
#include "credentials.h"
#include "roles.h"

enum { WHY_MAX_BYTES = 1000 };

static struct staff_answer
list_users(struct staff_request *request)
{
	struct staff_account *accounts;
	size_t count;
	json_t *list;
	enum result result = store_users(
	    request->console->store, request->arena, &accounts, &count);

	if (result != OK)
		return staff_failed(result);
	list = json_array();
	for (size_t i = 0; i < count; i++)
		if (json_array_append_new(list, account_json(&accounts[i]))) {
			json_decref(list);
			return staff_failed(ERR_NOMEM);
		}
	return staff_ok(json_pack("{s:o}", "users", list));
}

/* The account that the path names. */
static bool
load_user(struct staff_request *request, struct staff_account *out,
    struct staff_answer *refusal_out)
{
	uint64_t id;
	enum result result;

	if (!staff_path_number(request, 0, &id, refusal_out))
		return false;
	result =
	    store_user_get(request->console->store, id, request->arena, out);
	if (result == OK)
		return true;
	*refusal_out = staff_failed(result);
	return false;
}

static struct staff_answer
show_user(struct staff_request *request)
{
	struct staff_account account;
	struct staff_answer answer;

	if (!load_user(request, &account, &answer))
		return answer;
	return staff_ok(account_json(&account));
}

static bool
read_roles(struct staff_request *request, unsigned *out,
    struct staff_answer *refusal_out)
{
	const json_t *list = json_object_get(request->body, "roles");
	unsigned roles = 0;
	bool known = json_is_array(list);

	for (size_t i = 0; known && i < json_array_size(list); i++) {
		unsigned role = roles_bit(
		    text_of(json_string_value(json_array_get(list, i))));

		known = role != 0;
		roles |= role;
	}
	if (known && roles != 0) {
		*out = roles;
		return true;
	}
	*refusal_out = staff_error(400, "bad_field", "roles",
	    "give a list with one or more of editor, curator, reviewer, admin");
	return false;
}

static bool
read_name(struct staff_request *request, struct text_view *out,
    struct staff_answer *refusal_out)
{
	struct text_view name;

	if (!staff_text(
		request, "name", STAFF_NAME_MAX_BYTES, &name, refusal_out))
		return false;
	name = text_trim(name);
	if (name.len == 0) {
		*refusal_out =
		    staff_error(400, "bad_field", "name", "the name is empty");
		return false;
	}
	*out = name;
	return true;
}

/* A good password of the body, hashed. */
static bool
read_password(struct staff_request *request, struct text_view login,
    char out[PASSWORD_HASH_SIZE], struct staff_answer *refusal_out)
{
	struct complaint why = { .text = "" };
	struct text_view password;
	enum result result;

	if (!staff_text(request, "password", PASSWORD_MAX_BYTES, &password,
		refusal_out))
		return false;
	if (credentials_check(password, login, &why) != OK) {
		*refusal_out =
		    staff_error(400, "weak_password", "password", why.text);
		return false;
	}
	result = credentials_hash(password, out);
	if (result != OK)
		*refusal_out = staff_failed(result);
	return result == OK;
}

static struct staff_answer
add_user(struct staff_request *request)
{
	struct staff_account account = { .created_ms = request->now_ms };
	struct staff_user *user = &account.user;
	struct complaint why = { .text = "" };
	char hash[PASSWORD_HASH_SIZE];
	struct staff_answer answer;
	struct audit_line line;
	enum result result;

	if (!staff_text(
		request, "login", LOGIN_MAX_BYTES, &user->login, &answer))
		return answer;
	if (credentials_check_login(user->login, &why) != OK)
		return staff_error(400, "bad_login", "login", why.text);
	if (!read_name(request, &user->name, &answer) ||
	    !read_roles(request, &user->roles, &answer) ||
	    !read_password(request, user->login, hash, &answer))
		return answer;
	account.hash = text_of(hash);
	line = staff_line(request, "user.add", user->login);
	result = staff_json(request, account_json_user(user), &line.after);
	if (result == OK)
		result = store_user_add(
		    request->console->store, &account, &line, &user->id);
	if (result == ERR_INVALID)
		return staff_error(
		    409, "login_taken", "login", "this login is taken");
	return result == OK ? staff_ok(account_json(&account))
			    : staff_failed(result);
}

static struct staff_answer
change_user(struct staff_request *request)
{
	struct staff_account account;
	struct staff_user next;
	struct staff_answer answer;
	struct audit_line line;
	enum result result;

	if (!load_user(request, &account, &answer))
		return answer;
	next = account.user;
	line = staff_line(request, "user.change", account.user.login);
	if (!read_name(request, &next.name, &answer) ||
	    !read_roles(request, &next.roles, &answer) ||
	    !staff_flag(request, "disabled", &next.disabled, &answer))
		return answer;
	if (staff_has(request, "why") &&
	    !staff_text(request, "why", WHY_MAX_BYTES, &line.why, &answer))
		return answer;
	result =
	    staff_json(request, account_json_user(&account.user), &line.before);
	if (result == OK)
		result =
		    staff_json(request, account_json_user(&next), &line.after);
	if (result == OK)
		result =
		    store_user_change(request->console->store, &next, &line);
	if (result == ERR_INVALID)
		return staff_error(409, "last_admin", NULL,
		    "somebody must stay who can manage users");
	account.user = next;
	return result == OK ? staff_ok(account_json(&account))
			    : staff_failed(result);
}

static struct staff_answer
reset_password(struct staff_request *request)
{
	char hash[PASSWORD_HASH_SIZE];
	struct staff_account account;
	struct staff_answer answer;
	struct audit_line line;
	enum result result;

	if (!load_user(request, &account, &answer) ||
	    !read_password(request, account.user.login, hash, &answer))
		return answer;
	line = staff_line(request, "user.password", account.user.login);
	result = store_user_password(request->console->store, account.user.id,
	    text_of(hash), TEXT(""), &line);
	return result == OK ? staff_ok(json_object()) : staff_failed(result);
}

static struct staff_answer
reset_totp(struct staff_request *request)
{
	struct staff_account account;
	struct staff_answer answer;
	struct audit_line line;
	enum result result;

	if (!load_user(request, &account, &answer))
		return answer;
	line = staff_line(request, "user.totp_off", account.user.login);
	result = store_user_totp(
	    request->console->store, account.user.id, TEXT(""), 0, &line);
	return result == OK ? staff_ok(json_object()) : staff_failed(result);
}

static struct staff_answer
end_sessions(struct staff_request *request)
{
	struct staff_account account;
	struct staff_answer answer;
	struct audit_line line;
	enum result result;

	if (!load_user(request, &account, &answer))
		return answer;
	line = staff_line(request, "session.end_all", account.user.login);
	result = store_session_end_all(
	    request->console->store, account.user.id, &line);
	return result == OK ? staff_ok(json_object()) : staff_failed(result);
}

const struct staff_route user_routes[] = {
	{ "GET", "/users", PERMISSION_USERS, list_users,
	    "Everybody, by login" },
	{ "POST", "/users", PERMISSION_USERS, add_user,
	    "Add somebody: \"login\", \"name\", \"roles\", \"password\"" },
	{ "GET", "/users/{}", PERMISSION_USERS, show_user, "One account" },
	{ "PUT", "/users/{}", PERMISSION_USERS, change_user,
	    "Change \"name\", \"roles\" and \"disabled\", with an optional "
	    "\"why\"" },
	{ "POST", "/users/{}/password", PERMISSION_USERS, reset_password,
	    "Give somebody a new \"password\"; ends their sessions" },
	{ "DELETE", "/users/{}/totp", PERMISSION_USERS, reset_totp,
	    "Take the second factor of somebody who lost it" },
	{ "DELETE", "/users/{}/sessions", PERMISSION_USERS, end_sessions,
	    "Sign somebody out everywhere" },
	{ NULL, NULL, PERMISSION_PUBLIC, NULL, NULL },
};
