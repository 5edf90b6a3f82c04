/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A citizen of the web chat is known by a token that only their browser has;
 * we keep its SHA-256 as their channel id, so that who reads the store cannot
 * read along in anybody's chat.
 *
 * The token comes in a header of our own: a page of another site cannot send
 * one without asking first, and we never say yes. */
#include "chat_session.h"

#include "secret.h"

enum { TOKEN_BYTES = 16, TOKEN_LEN = 2 * TOKEN_BYTES };

#define SESSION_HEADER "X-Hoidap-Session"

static bool
is_token(struct text_view text)
{
	if (text.len != TOKEN_LEN)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char digit = text.at[i];

		if (!(digit >= '0' && digit <= '9') &&
		    !(digit >= 'a' && digit <= 'f'))
			return false;
	}
	return true;
}

static enum result
enter(struct text_view token, struct arena *arena, struct chat_session *out)
{
	struct chat_session session;
	char hex[SECRET_HEX_SIZE];
	enum result result = arena_text(arena, token, &session.token);

	secret_sha256_hex(&token, 1, hex);
	if (result == OK)
		result = arena_text(arena, text_of(hex), &session.citizen);
	if (result == OK)
		*out = session;
	return result;
}

enum result
chat_session_find(struct http_request *request, struct chat_session *out,
    struct complaint *why)
{
	struct text_view token = http_header(request, SESSION_HEADER);

	if (token.len == 0) {
		complain(
		    why, NULL, 0, "the header " SESSION_HEADER " is missing");
		return ERR_NOT_FOUND;
	}
	if (!is_token(token)) {
		complain(why, NULL, 0,
		    "the header " SESSION_HEADER " is no session: it has %d "
		    "digits of lower-case hex",
		    TOKEN_LEN);
		return ERR_INVALID;
	}
	return enter(token, &request->arena, out);
}

enum result
chat_session_find_or_make(struct http_request *request,
    struct chat_session *out, struct complaint *why)
{
	char token[TOKEN_LEN + 1];
	enum result result = chat_session_find(request, out, why);

	if (result != ERR_NOT_FOUND)
		return result;
	secret_random_hex(TOKEN_BYTES, token);
	return enter(text_of(token), &request->arena, out);
}
