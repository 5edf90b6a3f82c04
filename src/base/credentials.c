/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "credentials.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "utf8.h"

_Static_assert(PASSWORD_HASH_SIZE >= crypto_pwhash_STRBYTES,
    "a hash of libsodium must fit");

/* RFC 9106's second choice, with one lane, which is all that libsodium has. */
enum { OPERATIONS = 3, MEMORY_BYTES = 64 * 1024 * 1024 };

/* Of no password that anybody knows. */
static const char nobody[] =
    "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

static bool
is_login_byte(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
	       byte == '.' || byte == '-' || byte == '_';
}

enum result
credentials_check_login(struct text_view login, struct complaint *why)
{
	bool fits = login.len >= 2 && login.len <= LOGIN_MAX_BYTES &&
		    login.at[0] >= 'a' && login.at[0] <= 'z';

	for (size_t i = 0; fits && i < login.len; i++)
		fits = is_login_byte(login.at[i]);
	if (fits)
		return OK;
	complain(why, NULL, 0,
	    "a login is 2 to %d lower-case letters, digits, '.', '-' or '_', "
	    "a letter first",
	    LOGIN_MAX_BYTES);
	return ERR_INVALID;
}

static bool
is_one_byte(struct text_view text)
{
	for (size_t i = 1; i < text.len; i++)
		if (text.at[i] != text.at[0])
			return false;
	return true;
}

enum result
credentials_check(
    struct text_view password, struct text_view login, struct complaint *why)
{
	if (password.len > PASSWORD_MAX_BYTES || !utf8_valid(password)) {
		complain(why, NULL, 0,
		    "the password is longer than %d bytes, or no UTF-8",
		    PASSWORD_MAX_BYTES);
		return ERR_INVALID;
	}
	if (utf8_length(password) < PASSWORD_MIN) {
		complain(why, NULL, 0,
		    "the password has fewer than %d characters; a few words "
		    "are easy to remember",
		    PASSWORD_MIN);
		return ERR_INVALID;
	}
	if (is_one_byte(password) ||
	    (login.len > 0 && text_find(password, login) != SIZE_MAX)) {
		complain(why, NULL, 0,
		    "the password is easy to guess: it repeats one character "
		    "or holds the login");
		return ERR_INVALID;
	}
	return OK;
}

/* One keyboard sends a letter and its marks apart, another together: composed
 * (NFC) they are the same password.  Yours to free(); NULL when out of memory
 * or no UTF-8. */
static char *
compose(struct text_view password)
{
	utf8proc_uint8_t *composed = NULL;

	if (utf8proc_map((const utf8proc_uint8_t *)password.at,
		(utf8proc_ssize_t)password.len, &composed,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE) < 0)
		return NULL;
	return (char *)composed;
}

static void
forget(char *password)
{
	if (password != NULL)
		sodium_memzero(password, strlen(password));
	free(password);
}

enum result
credentials_hash(struct text_view password, char out[PASSWORD_HASH_SIZE])
{
	enum result result = ERR_NOMEM;
	char *composed = compose(password);

	if (composed != NULL &&
	    crypto_pwhash_str_alg(out, composed, strlen(composed), OPERATIONS,
		MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13) == 0)
		result = OK;
	forget(composed);
	return result;
}

bool
credentials_fit(struct text_view password, struct text_view hash)
{
	char copy[PASSWORD_HASH_SIZE];
	char *composed = compose(password);
	bool known = hash.len > 0 && text_copy(copy, sizeof(copy), hash) == OK;
	bool fits =
	    composed != NULL && crypto_pwhash_str_verify(known ? copy : nobody,
				    composed, strlen(composed)) == 0;

	forget(composed);
	return known && fits;
}
