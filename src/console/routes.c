/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "routes.h"

#include <string.h>

/* Every file of handlers: add a new one here. */
const struct staff_route *const routes_all[] = {
	session_routes,
	user_routes,
	audit_routes,
	faq_routes,
	group_attach_routes,
	group_routes,
	group_view_routes,
	group_reply_routes,
	overview_routes,
	quality_routes,
	report_routes,
	conversation_routes,
	conversation_canned_routes,
	parked_routes,
	setting_routes,
	setting_channel_routes,
	setting_notice_routes,
	openapi_routes,
	NULL,
};

/* Piece by piece between slashes; {} stands for one that is not empty. */
static bool
path_fits(const char *pattern, struct text_view path, struct text_view *parts)
{
	struct text_view wanted = text_of(pattern);
	struct text_view want;
	struct text_view got;
	size_t count = 0;

	while (text_split(&wanted, '/', &want)) {
		if (!text_split(&path, '/', &got))
			return false;
		if (!text_is(want, "{}")) {
			if (!text_equal(want, got))
				return false;
			continue;
		}
		if (got.len == 0 || count == STAFF_PATH_MAX)
			return false;
		parts[count++] = got;
	}
	return path.at == NULL; /* used up */
}

const struct staff_route *
routes_find(const char *method, struct text_view path,
    struct text_view parts[STAFF_PATH_MAX], bool *known_out)
{
	*known_out = false;
	for (const struct staff_route *const *file = routes_all; *file != NULL;
	     file++)
		for (const struct staff_route *row = *file; row->method != NULL;
		     row++) {
			if (!path_fits(row->path, path, parts))
				continue;
			if (strcmp(row->method, method) == 0)
				return row;
			*known_out = true;
		}
	return NULL;
}
