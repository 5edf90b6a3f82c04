/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Apps only agree on HMAC-SHA1, which libsodium leaves out.  It comes from
 * OpenSSL's libcrypto: libcurl has brought that into the process anyway.  What
 * is weak in SHA-1 (collisions) does not touch an HMAC. */
#include "totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <stdio.h>

#include "secret.h"

enum {
	STEP_MS = 30000,
	CODES = 1000000,
	SHA1_BYTES = 20,
	BITS_A_CHARACTER = 5,
	NO_DIGIT = 32,
};

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void
totp_secret(char out[TOTP_SECRET_SIZE])
{
	unsigned char bytes[TOTP_SECRET_BYTES];
	unsigned bits = 0;
	unsigned held = 0;
	size_t length = 0;

	randombytes_buf(bytes, sizeof(bytes));
	for (size_t i = 0; i < sizeof(bytes); i++) {
		bits = (bits << 8 | bytes[i]) & 0xffff;
		for (held += 8; held >= BITS_A_CHARACTER;
		     held -= BITS_A_CHARACTER)
			out[length++] =
			    alphabet[bits >> (held - BITS_A_CHARACTER) & 31];
	}
	out[length] = '\0';
	sodium_memzero(bytes, sizeof(bytes));
}

static unsigned
digit_of(char character)
{
	unsigned digit = 0;

	while (digit < NO_DIGIT && alphabet[digit] != character)
		digit++;
	return digit;
}

static enum result
read_secret(struct text_view secret, unsigned char out[TOTP_SECRET_BYTES])
{
	unsigned bits = 0;
	unsigned held = 0;
	size_t length = 0;

	if (secret.len != TOTP_SECRET_SIZE - 1)
		return ERR_INVALID;
	for (size_t i = 0; i < secret.len; i++) {
		unsigned digit = digit_of(secret.at[i]);

		if (digit == NO_DIGIT)
			return ERR_INVALID;
		bits = (bits << BITS_A_CHARACTER | digit) & 0xffff;
		held += BITS_A_CHARACTER;
		if (held < 8)
			continue;
		held -= 8;
		out[length++] = (unsigned char)(bits >> held & 0xff);
	}
	return OK;
}

enum result
totp_code(struct text_view secret, uint64_t step, char out[TOTP_CODE_SIZE])
{
	unsigned char key[TOTP_SECRET_BYTES];
	unsigned char counter[8];
	unsigned char mac[SHA1_BYTES];
	unsigned at;
	uint32_t number;
	enum result result = read_secret(secret, key);

	if (result != OK)
		return result;
	for (size_t i = 0; i < sizeof(counter); i++)
		counter[i] = (unsigned char)(step >> (56 - 8 * i) & 0xff);
	if (HMAC(EVP_sha1(), key, sizeof(key), counter, sizeof(counter), mac,
		NULL) == NULL)
		return ERR_NOMEM;
	/* RFC 4226: the last digit says where the number begins. */
	at = mac[SHA1_BYTES - 1] & 15;
	number = (uint32_t)(mac[at] & 0x7f) << 24 |
		 (uint32_t)mac[at + 1] << 16 | (uint32_t)mac[at + 2] << 8 |
		 mac[at + 3];
	(void)snprintf(out, TOTP_CODE_SIZE, "%06u", (unsigned)(number % CODES));
	sodium_memzero(key, sizeof(key));
	return OK;
}

enum result
totp_check(struct text_view secret, struct text_view code, uint64_t now_ms,
    uint64_t last_step, uint64_t *step_out)
{
	uint64_t now = now_ms / STEP_MS;

	for (uint64_t step = now > 0 ? now - 1 : 0; step <= now + 1; step++) {
		char wanted[TOTP_CODE_SIZE];
		enum result result = totp_code(secret, step, wanted);

		if (result != OK)
			return result;
		if (step <= last_step || !secret_equal(code, text_of(wanted)))
			continue;
		*step_out = step;
		return OK;
	}
	return ERR_INVALID;
}

enum result
totp_address(struct text_view login, struct text_view secret, struct buf *out)
{
	return buf_printf(out,
	    "otpauth://totp/hoidap:%.*s?secret=%.*s&issuer=hoidap",
	    TEXT_ARGS(login), TEXT_ARGS(secret));
}
