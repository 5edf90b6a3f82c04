/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* `hoidap user`: accounts of the console, for the first admin and for the day
 * when nobody can sign in any more.  The store has one owner, so the server
 * must be stopped; `user add` makes a store that is not there yet. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask_password.h"
#include "clock.h"
#include "commands.h"
#include "json_parts.h"
#include "options.h"
#include "roles.h"
#include "settings.h"
#include "utf8.h"

enum {
	STORE_TURNS_MAX = 16,
	ARENA_MAX_BYTES = 4 * 1024 * 1024,
	ROLES_MAX_BYTES = 128,
};

struct order {
	const char *config;
	struct text_view login;
	struct text_view name;
	unsigned roles; /* 0: not said */
	bool no_totp;
	struct store *store;
	struct arena arena;
	struct complaint *why;
};

static int
usage(void)
{
	fprintf(stderr,
	    "usage: hoidap user add LOGIN --roles R,R [--name NAME]\n"
	    "       hoidap user list\n"
	    "       hoidap user passwd LOGIN [--no-totp]\n"
	    "       hoidap user disable|enable LOGIN\n"
	    "       hoidap user roles LOGIN --roles R,R\n"
	    "       each with [--config FILE]; stop the server first.  Roles: "
	    "editor, curator, reviewer, admin.  The password is asked for, or "
	    "read from stdin\n");
	return EXIT_USAGE;
}

static struct audit_line
line_of(const struct order *order, const char *action)
{
	return (struct audit_line){ .at_ms = clock_now_ms(),
		.login = TEXT("cli"),
		.action = text_of(action),
		.subject = order->login };
}

/* What the audit log keeps of USER, as the staff API writes it. */
static enum result
print_state(
    struct order *order, const struct staff_user *user, struct text_view *out)
{
	json_t *roles = json_array();
	json_t *json;
	char *text = NULL;
	enum result result = ERR_NOMEM;

	for (unsigned bit = 1; bit <= ROLES_ALL; bit *= 2)
		if ((user->roles & bit) != 0)
			(void)json_array_append_new(
			    roles, json_string(roles_name(bit)));
	json = json_pack("{s:o, s:o, s:o, s:b}", "login",
	    json_parts_view(user->login), "name", json_parts_view(user->name),
	    "roles", roles, "disabled", user->disabled ? 1 : 0);
	if (json != NULL)
		text = json_dumps(json, JSON_COMPACT);
	if (text != NULL)
		result = arena_text(&order->arena, text_of(text), out);
	free(text);
	json_decref(json);
	return result;
}

static enum result
find(struct order *order, struct staff_account *out)
{
	enum result result =
	    store_user_find(order->store, order->login, &order->arena, out);

	if (result == ERR_NOT_FOUND)
		complain(order->why, NULL, 0,
		    "there is no user \"%.*s\"; `hoidap user list` shows them",
		    TEXT_ARGS(order->login));
	return result;
}

/* ---- what can be done ---- */

static enum result
ask_hash(struct order *order, char out[PASSWORD_HASH_SIZE])
{
	char password[PASSWORD_MAX_BYTES + 1];
	enum result result = ask_password(order->login, password, order->why);

	if (result == OK)
		result = credentials_hash(text_of(password), out);
	return result;
}

static enum result
check_name(const struct order *order)
{
	if (order->name.len <= STAFF_NAME_MAX_BYTES && utf8_valid(order->name))
		return OK;
	complain(order->why, NULL, 0,
	    "the name is longer than %d bytes, or no UTF-8",
	    STAFF_NAME_MAX_BYTES);
	return ERR_INVALID;
}

static enum result
add(struct order *order)
{
	struct audit_line line = line_of(order, "user.add");
	char hash[PASSWORD_HASH_SIZE];
	struct staff_account account = { .created_ms = 0 };
	uint64_t id;
	enum result result = credentials_check_login(order->login, order->why);

	account.user = (struct staff_user){ .login = order->login,
		.name = order->name.len > 0 ? order->name : order->login,
		.roles = order->roles };
	if (result == OK)
		result = check_name(order);
	if (result == OK)
		result = print_state(order, &account.user, &line.after);
	if (result == OK)
		result = ask_hash(order, hash);
	if (result != OK)
		return result;
	account.hash = text_of(hash);
	result = store_user_add(order->store, &account, &line, &id);
	if (result == ERR_INVALID)
		complain(order->why, NULL, 0, "the login \"%.*s\" is taken",
		    TEXT_ARGS(order->login));
	return result;
}

static enum result
print_user(const struct staff_account *account)
{
	const struct staff_user *user = &account->user;
	char date[DATE_SIZE] = "never";
	struct buf roles;
	enum result result;

	buf_init(&roles, ROLES_MAX_BYTES);
	result = roles_print(user->roles, &roles);
	if (account->seen_ms > 0)
		date_of_ms(account->seen_ms, date);
	if (result == OK)
		printf("%.*s\t%.*s\t%s\t%s\t%s\n", TEXT_ARGS(user->login),
		    TEXT_ARGS(buf_view(&roles)),
		    user->disabled ? "disabled" : "active", date,
		    account->totp.len > 0 ? "totp" : "-");
	buf_fini(&roles);
	return result;
}

static enum result
list(struct order *order)
{
	struct staff_account *accounts;
	size_t count;
	enum result result =
	    store_users(order->store, &order->arena, &accounts, &count);

	for (size_t i = 0; result == OK && i < count; i++)
		result = print_user(&accounts[i]);
	return result;
}

static enum result
passwd(struct order *order)
{
	struct audit_line line = line_of(order, "user.password");
	struct audit_line totp = line_of(order, "user.totp_off");
	char hash[PASSWORD_HASH_SIZE];
	struct staff_account account;
	enum result result = find(order, &account);

	if (result == OK)
		result = ask_hash(order, hash);
	if (result == OK)
		result = store_user_password(order->store, account.user.id,
		    text_of(hash), TEXT(""), &line);
	if (result == OK && order->no_totp && account.totp.len > 0)
		result = store_user_totp(
		    order->store, account.user.id, TEXT(""), 0, &totp);
	return result;
}

static enum result
change(struct order *order, const struct staff_user *before,
    const struct staff_user *after)
{
	struct audit_line line = line_of(order, "user.change");
	enum result result = print_state(order, before, &line.before);

	if (result == OK)
		result = print_state(order, after, &line.after);
	if (result == OK)
		result = store_user_change(order->store, after, &line);
	if (result == ERR_INVALID)
		complain(order->why, NULL, 0,
		    "\"%.*s\" is the last admin; give another user that role "
		    "first",
		    TEXT_ARGS(order->login));
	return result;
}

static enum result
set_disabled(struct order *order, bool disabled)
{
	struct staff_account account;
	struct staff_user after;
	enum result result = find(order, &account);

	if (result != OK)
		return result;
	after = account.user;
	after.disabled = disabled;
	return change(order, &account.user, &after);
}

static enum result
disable(struct order *order)
{
	return set_disabled(order, true);
}

static enum result
enable(struct order *order)
{
	return set_disabled(order, false);
}

static enum result
set_roles(struct order *order)
{
	struct staff_account account;
	struct staff_user after;
	enum result result = find(order, &account);

	if (result != OK)
		return result;
	after = account.user;
	after.roles = order->roles;
	return change(order, &account.user, &after);
}

static const struct action {
	const char *name;
	enum result (*run)(struct order *order);
	bool of_login;
	bool takes_roles;
} actions[] = {
	{ "add", add, true, true },
	{ "list", list, false, false },
	{ "passwd", passwd, true, false },
	{ "disable", disable, true, false },
	{ "enable", enable, true, false },
	{ "roles", set_roles, true, true },
};

/* ---- the command ---- */

static enum result
run(const struct action *action, struct order *order)
{
	struct settings *settings = NULL;
	enum result result =
	    settings_load(order->config, environ, &settings, order->why);

	if (result != OK)
		return result;
	const struct store_options options = { .url = settings->store,
		.turns_waiting_max = STORE_TURNS_MAX };

	arena_init(&order->arena, ARENA_MAX_BYTES);
	result = store_open(&options, &order->store, order->why);
	if (result == OK)
		result = action->run(order);
	store_close(order->store);
	arena_fini(&order->arena);
	settings_free(settings);
	return result;
}

static bool
read_options(int argc, char **argv, struct order *order)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'f' },
		{ "name", required_argument, NULL, 'n' },
		{ "roles", required_argument, NULL, 'r' },
		{ "no-totp", no_argument, NULL, 't' },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option == 'f')
			order->config = optarg;
		else if (option == 'n')
			order->name = text_of(optarg);
		else if (option == 't')
			order->no_totp = true;
		else if (option != 'r' ||
			 roles_parse(text_of(optarg), &order->roles) != OK)
			return false;
	}
	return optind < argc;
}

int
cli_user(int argc, char **argv)
{
	struct complaint why = { .text = "" };
	struct order order = { .why = &why };
	const struct action *action = NULL;
	enum result result;

	if (!read_options(argc, argv, &order))
		return usage();
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		if (strcmp(actions[i].name, argv[optind]) == 0)
			action = &actions[i];
	if (action == NULL || optind + 1 + action->of_login != argc ||
	    action->takes_roles != (order.roles != 0))
		return usage();
	if (action->of_login)
		order.login = text_of(argv[optind + 1]);
	result = run(action, &order);
	return result == OK ? EXIT_DONE : options_fail("user", result, &why);
}
