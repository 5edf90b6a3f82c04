/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_HTTP_ROUTE_H
#define HOIDAP_HTTP_ROUTE_H

#include "http.h"

/* The first row of ROUTES (ended by a NULL path) that fits both; NULL when
 * none does. */
const struct http_route *route_find(
    const struct http_route *routes, const char *method, const char *path);

/* The methods that PATH takes, "GET, HEAD, POST", for the Allow header of a
 * 405; the empty string when no row fits PATH: that is a 404.  NULL when out of
 * memory. */
const char *route_methods(
    const struct http_route *routes, const char *path, struct arena *arena);

#endif
