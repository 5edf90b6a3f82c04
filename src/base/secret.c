/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "secret.h"

#include <assert.h>
#include <sodium.h>

enum result
secret_init(void)
{
	return sodium_init() < 0 ? ERR_IO : OK;
}

bool
secret_equal(struct text_view given, struct text_view expected)
{
	if (expected.len == 0 || given.len != expected.len)
		return false;
	return sodium_memcmp(given.at, expected.at, expected.len) == 0;
}

void
secret_hmac_sha256(
    struct text_view key, struct text_view message, unsigned char out[32])
{
	crypto_auth_hmacsha256_state state;

	(void)crypto_auth_hmacsha256_init(
	    &state, (const unsigned char *)key.at, key.len);
	(void)crypto_auth_hmacsha256_update(
	    &state, (const unsigned char *)message.at, message.len);
	(void)crypto_auth_hmacsha256_final(&state, out);
	sodium_memzero(&state, sizeof(state));
}

void
secret_hmac_sha256_hex(
    struct text_view key, struct text_view message, char out[SECRET_HEX_SIZE])
{
	unsigned char mac[32];

	secret_hmac_sha256(key, message, mac);
	(void)sodium_bin2hex(out, SECRET_HEX_SIZE, mac, sizeof(mac));
}

void
secret_sha256_hex(
    const struct text_view *parts, size_t count, char out[SECRET_HEX_SIZE])
{
	crypto_hash_sha256_state state;
	unsigned char digest[crypto_hash_sha256_BYTES];

	(void)crypto_hash_sha256_init(&state);
	for (size_t i = 0; i < count; i++)
		(void)crypto_hash_sha256_update(
		    &state, (const unsigned char *)parts[i].at, parts[i].len);
	(void)crypto_hash_sha256_final(&state, digest);
	(void)sodium_bin2hex(out, SECRET_HEX_SIZE, digest, sizeof(digest));
}

void
secret_random_hex(size_t bytes, char *out)
{
	unsigned char random[64];

	assert(bytes <= sizeof(random));
	randombytes_buf(random, bytes);
	(void)sodium_bin2hex(out, 2 * bytes + 1, random, bytes);
}
