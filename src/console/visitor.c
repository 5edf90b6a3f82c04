/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The cookie is HttpOnly, so no script reads it, and SameSite=Strict, so no
 * other site's page sends it; behind TLS the prefix __Host- keeps other hosts
 * of the domain from setting one.  Should a browser send it all the same, the
 * CSRF token is missing: another site can neither read it nor set a header. */
#include "visitor.h"

#include <arpa/inet.h>
#include <string.h>

#include "secret.h"

enum { SET_COOKIE_SIZE = 192 };

static const uint64_t minute_ms = 60000;

static bool
is_behind_tls(const struct console *console)
{
	return text_starts(
	    text_of(console->settings->public_url), TEXT("https://"));
}

static const char *
cookie_name(const struct console *console)
{
	return is_behind_tls(console) ? "__Host-hoidap" : "hoidap";
}

void
visitor_token(char out[VISITOR_TOKEN_SIZE])
{
	secret_random_hex(VISITOR_TOKEN_BYTES, out);
}

static bool
is_hex(struct text_view text)
{
	for (size_t i = 0; i < text.len; i++) {
		char digit = text.at[i];

		if (!(digit >= '0' && digit <= '9') &&
		    !(digit >= 'a' && digit <= 'f'))
			return false;
	}
	return true;
}

struct text_view
visitor_cookie(
    const struct console *console, const struct http_request *request)
{
	struct text_view token = http_cookie(request, cookie_name(console));

	if (token.len != VISITOR_TOKEN_SIZE - 1 || !is_hex(token))
		return TEXT("");
	return token;
}

void
visitor_hash(struct text_view token, char out[VISITOR_HASH_SIZE])
{
	secret_sha256_hex(&token, 1, out);
}

void
visitor_csrf(struct text_view token, char out[VISITOR_HASH_SIZE])
{
	secret_hmac_sha256_hex(token, TEXT("csrf"), out);
}

const char *
visitor_set_cookie(
    const struct console *console, struct text_view token, struct arena *arena)
{
	struct buf cookie;
	const char *copy = NULL;

	buf_init(&cookie, SET_COOKIE_SIZE);
	if (buf_printf(&cookie,
		"%s=%.*s; Path=/; HttpOnly; SameSite=Strict%s%s",
		cookie_name(console), TEXT_ARGS(token),
		is_behind_tls(console) ? "; Secure" : "",
		token.len == 0 ? "; Max-Age=0" : "") == OK)
		copy = arena_string(arena, buf_view(&cookie));
	buf_fini(&cookie);
	return copy;
}

struct session_limits
visitor_limits(const struct console *console, uint64_t now_ms)
{
	const struct settings *settings = console->settings;

	return (struct session_limits){ .now_ms = now_ms,
		.idle_ms = settings->session_idle_minutes * minute_ms,
		.absolute_ms = settings->session_hours * 60 * minute_ms };
}

/* One person has many IPv6 addresses, and usually one /64 of them. */
static void
write_network(struct text_view address, char out[HTTP_PEER_SIZE])
{
	char copy[HTTP_PEER_SIZE];
	struct in6_addr v6;

	if (text_copy(copy, sizeof(copy), text_trim(address)) != OK)
		copy[0] = '\0';
	if (inet_pton(AF_INET6, copy, &v6) == 1) {
		memset(v6.s6_addr + 8, 0, 8);
		(void)inet_ntop(AF_INET6, &v6, out, HTTP_PEER_SIZE);
		return;
	}
	memcpy(out, copy, sizeof(copy));
}

/* What the proxy saw is the last word of its header; the words before it are
 * hearsay. */
void
visitor_address(const struct console *console,
    const struct http_request *request, char out[HTTP_PEER_SIZE])
{
	const char *header = console->settings->client_address_header;
	struct text_view told = TEXT("");
	struct text_view word = TEXT("");
	char peer[HTTP_PEER_SIZE];

	if (header[0] != '\0')
		told = http_header(request, header);
	while (text_split(&told, ',', &word))
		continue;
	http_peer(request, peer);
	write_network(text_trim(word).len > 0 ? word : text_of(peer), out);
}
