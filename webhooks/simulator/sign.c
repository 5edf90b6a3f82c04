/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sign.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { PAYLOAD_SIZE = 512 };

void
sim_sign_messenger(struct text_view app_secret, struct text_view body,
    char out[SIM_SIGNATURE_SIZE])
{
	char hex[SECRET_HEX_SIZE];

	secret_hmac_sha256_hex(app_secret, body, hex);
	(void)snprintf(out, SIM_SIGNATURE_SIZE, "sha256=%s", hex);
}

/* The textual form of the body's time stamp, in DIGITS where it is a number. */
static struct text_view
timestamp_of(const json_t *root, char *digits, size_t size)
{
	const json_t *value = json_object_get(root, "timestamp");

	if (json_is_string(value))
		return (struct text_view){ json_string_value(value),
			json_string_length(value) };
	if (!json_is_integer(value))
		return text_of(NULL);
	(void)snprintf(
	    digits, size, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	return text_of(digits);
}

void
sim_sign_zalo(const char *app_id, struct text_view body, const char *oa_secret,
    char out[SIM_SIGNATURE_SIZE])
{
	json_t *root = json_loadb(body.at, body.len, 0, NULL);
	char digits[24];
	char hex[SECRET_HEX_SIZE];
	const struct text_view parts[] = { text_of(app_id), body,
		timestamp_of(root, digits, sizeof(digits)),
		text_of(oa_secret) };

	secret_sha256_hex(parts, sizeof(parts) / sizeof(parts[0]), hex);
	(void)snprintf(out, SIM_SIGNATURE_SIZE, "mac=%s", hex);
	json_decref(root);
}

/* The signature is over the payload as it is encoded. */
enum result
sim_sign_request(struct text_view app_secret, const char *user_id,
    uint64_t issued_s, char *out, size_t size)
{
	const int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
	json_t *json = json_pack("{s:s, s:I, s:s}", "algorithm", "HMAC-SHA256",
	    "issued_at", (json_int_t)issued_s, "user_id", user_id);
	char plain[PAYLOAD_SIZE];
	char payload[2 * PAYLOAD_SIZE];
	char hex[SECRET_HEX_SIZE];
	unsigned char mac[crypto_hash_sha256_BYTES];
	char signature[2 * sizeof(mac)];
	size_t length = json_dumpb(json, plain, sizeof(plain), JSON_COMPACT);
	int written;

	json_decref(json);
	if (length == 0 || length > sizeof(plain))
		return ERR_TOO_LARGE;
	(void)sodium_bin2base64(payload, sizeof(payload),
	    (const unsigned char *)plain, length, variant);
	secret_hmac_sha256_hex(app_secret, text_of(payload), hex);
	(void)sodium_hex2bin(
	    mac, sizeof(mac), hex, strlen(hex), NULL, NULL, NULL);
	(void)sodium_bin2base64(
	    signature, sizeof(signature), mac, sizeof(mac), variant);
	written = snprintf(out, size, "%s.%s", signature, payload);
	return written > 0 && (size_t)written < size ? OK : ERR_TOO_LARGE;
}
