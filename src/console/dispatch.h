/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_DISPATCH_H
#define HOIDAP_CONSOLE_DISPATCH_H

#include "api.h"

/* The answer to one request below /api/v1: route, session, permission, CSRF
 * token, body, handler, in this order.  May wait for the store: on a staff
 * thread only. */
struct http_answer dispatch(
    struct console *console, struct http_request *request, uint64_t now_ms);

#endif
