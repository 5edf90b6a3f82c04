/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "sign.h"

#include <jansson.h>
#include <stdio.h>

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
