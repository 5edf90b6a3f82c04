/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "account_json.h"

#include "permissions.h"
#include "roles.h"

json_t *
account_json_roles(unsigned roles)
{
	json_t *list = json_array();

	for (unsigned bit = 1; bit <= ROLES_ALL; bit *= 2)
		if ((roles & bit) != 0)
			(void)json_array_append_new(
			    list, json_string(roles_name(bit)));
	return list;
}

json_t *
account_json_permissions(unsigned roles)
{
	json_t *list = json_array();

	for (enum permission i = PERMISSION_SIGNED_IN; i < PERMISSIONS; i++)
		if (permissions_allow(roles, i))
			(void)json_array_append_new(
			    list, json_string(permissions_name(i)));
	return list;
}

json_t *
account_json_user(const struct staff_user *user)
{
	return json_pack("{s:o, s:o, s:o, s:b}", "login",
	    staff_string(user->login), "name", staff_string(user->name),
	    "roles", account_json_roles(user->roles), "disabled",
	    user->disabled ? 1 : 0);
}

json_t *
account_json(const struct staff_account *account)
{
	json_t *json = account_json_user(&account->user);

	if (json == NULL)
		return NULL;
	if (json_object_set_new(
		json, "id", json_integer((json_int_t)account->user.id)) != 0 ||
	    json_object_set_new(
		json, "totp", json_boolean(account->totp.len > 0)) != 0 ||
	    json_object_set_new(json, "created_ms",
		json_integer((json_int_t)account->created_ms)) != 0 ||
	    json_object_set_new(json, "seen_ms",
		json_integer((json_int_t)account->seen_ms)) != 0) {
		json_decref(json);
		return NULL;
	}
	return json;
}
