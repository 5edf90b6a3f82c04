/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_ROUTES_H
#define HOIDAP_CONSOLE_ROUTES_H

#include "api.h"

/* The tables of routes, ended by NULL. */
extern const struct staff_route *const routes_all[];

/* The route of METHOD and PATH (below /api/v1), with what stood for each {} in
 * PARTS; NULL when there is none.  *KNOWN_OUT: the path has another method. */
const struct staff_route *routes_find(const char *method, struct text_view path,
    struct text_view parts[STAFF_PATH_MAX], bool *known_out);

#endif
