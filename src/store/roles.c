/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "roles.h"

static const struct {
	unsigned bit;
	const char *name;
} roles[] = {
	{ ROLE_EDITOR, "editor" },
	{ ROLE_CURATOR, "curator" },
	{ ROLE_REVIEWER, "reviewer" },
	{ ROLE_ADMIN, "admin" },
};

enum { ROLES = sizeof(roles) / sizeof(roles[0]) };

const char *
roles_name(unsigned role)
{
	for (size_t i = 0; i < ROLES; i++)
		if (roles[i].bit == role)
			return roles[i].name;
	return "";
}

unsigned
roles_bit(struct text_view name)
{
	for (size_t i = 0; i < ROLES; i++)
		if (text_is(name, roles[i].name))
			return roles[i].bit;
	return 0;
}

enum result
roles_print(unsigned given, struct buf *out)
{
	const char *separator = "";
	enum result result = OK;

	for (size_t i = 0; result == OK && i < ROLES; i++) {
		if ((given & roles[i].bit) == 0)
			continue;
		result = buf_printf(out, "%s%s", separator, roles[i].name);
		separator = ",";
	}
	return result;
}

enum result
roles_parse(struct text_view names, unsigned *out)
{
	struct text_view name;
	unsigned found = 0;

	while (text_split(&names, ',', &name)) {
		unsigned bit = roles_bit(text_trim(name));

		if (bit == 0)
			return ERR_INVALID;
		found |= bit;
	}
	if (found == 0)
		return ERR_INVALID;
	*out = found;
	return OK;
}
