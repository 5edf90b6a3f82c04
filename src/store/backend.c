/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "backend.h"

#include <string.h>

static const struct backend_kind *const kinds[] = {
	&backend_sqlite,
};

enum result
backend_open(
    const char *url, struct backend **backend_out, struct complaint *why)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		size_t len = strlen(kinds[i]->scheme);

		if (strncmp(url, kinds[i]->scheme, len) == 0)
			return kinds[i]->open(url + len, backend_out, why);
	}
	complain(why, NULL, 0,
	    "the store must be sqlite:PATH, for example "
	    "sqlite:/var/lib/hoidap/hoidap.db");
	return ERR_INVALID;
}
