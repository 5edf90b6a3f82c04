/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "permissions.h"

/* The one table of who may do what.  An admin manages people and channels and
 * is no editor by that: who is both has both roles. */
static const struct {
	const char *name;
	unsigned roles; /* any of them is enough */
} table[PERMISSIONS] = {
	[PERMISSION_PUBLIC] = { "public", ROLES_ALL },
	[PERMISSION_SIGNED_IN] = { "signed_in", ROLES_ALL },
	[PERMISSION_QUESTIONS] = { "questions", ROLE_EDITOR | ROLE_CURATOR },
	[PERMISSION_REPLY] = { "reply", ROLE_EDITOR },
	[PERMISSION_FAQ_READ] = { "faq_read", ROLES_ALL },
	[PERMISSION_FAQ_EDIT] = { "faq_edit", ROLE_CURATOR },
	[PERMISSION_FAQ_APPROVE] = { "faq_approve", ROLE_REVIEWER },
	[PERMISSION_QUALITY] = { "quality", ROLE_CURATOR | ROLE_REVIEWER },
	[PERMISSION_REPORTS] = { "reports", ROLES_ALL },
	[PERMISSION_SETTINGS] = { "settings", ROLE_ADMIN },
	[PERMISSION_USERS] = { "users", ROLE_ADMIN },
	[PERMISSION_AUDIT] = { "audit", ROLE_ADMIN | ROLE_REVIEWER },
};

bool
permissions_allow(unsigned given, enum permission permission)
{
	return permission == PERMISSION_PUBLIC ||
	       (table[permission].roles & given) != 0;
}

const char *
permissions_name(enum permission permission)
{
	return table[permission].name;
}
