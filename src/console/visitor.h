/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HOIDAP_CONSOLE_VISITOR_H
#define HOIDAP_CONSOLE_VISITOR_H

#include "api.h"
#include "buf.h"

/* Who comes: the session cookie, what proves that a page of ours sent a
 * request, and the address. */

enum {
	VISITOR_TOKEN_BYTES = 32,
	VISITOR_TOKEN_SIZE = 2 * VISITOR_TOKEN_BYTES + 1, /* hex, NUL */
	VISITOR_HASH_SIZE = 65,
};

/* A new random token. */
void visitor_token(char out[VISITOR_TOKEN_SIZE]);
/* That of the request's cookie; empty when it has none of that form. */
struct text_view visitor_cookie(
    const struct console *console, const struct http_request *request);
/* What the store knows of TOKEN. */
void visitor_hash(struct text_view token, char out[VISITOR_HASH_SIZE]);
/* The CSRF token that belongs to session TOKEN: nothing to keep, and nobody
 * without the cookie can tell it. */
void visitor_csrf(struct text_view token, char out[VISITOR_HASH_SIZE]);

/* Set-Cookie that brings TOKEN, or takes it away when it is empty; NULL when
 * out of memory. */
const char *visitor_set_cookie(
    const struct console *console, struct text_view token, struct arena *arena);

struct session_limits visitor_limits(
    const struct console *console, uint64_t now_ms);

/* The visitor's network as text, for the throttle: an IPv4 address or the /64
 * of an IPv6 one. */
void visitor_address(const struct console *console,
    const struct http_request *request, char out[HTTP_PEER_SIZE]);

#endif
