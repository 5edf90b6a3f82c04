/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "messenger_deletion.h"

#include "field.h"
#include "secret.h"

#include <sodium.h>
#include <strings.h>

/* "SIGNATURE.PAYLOAD", both in base64url without padding.  The signature is
 * over PAYLOAD as it stands, before decoding, so nothing of it is read until
 * it is known to be Meta's. */

enum { PAYLOAD_MAX_BYTES = 4096 };

static enum result
decode(struct text_view encoded, unsigned char *out, size_t size,
    struct text_view *decoded_out)
{
	size_t len;

	if (sodium_base642bin(out, size, encoded.at, encoded.len, NULL, &len,
		NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return ERR_INVALID;
	*decoded_out = (struct text_view){ (const char *)out, len };
	return OK;
}

static bool
signed_by_meta(struct text_view signature, struct text_view payload,
    struct text_view app_secret)
{
	unsigned char expected[32];
	unsigned char given[32];
	struct text_view decoded;

	if (app_secret.len == 0 ||
	    decode(signature, given, sizeof(given), &decoded) != OK)
		return false;
	secret_hmac_sha256(app_secret, payload, expected);
	return secret_equal(decoded,
	    (struct text_view){ (const char *)expected, sizeof(expected) });
}

static enum result
read_payload(
    struct text_view json, struct arena *arena, struct text_view *user_id_out)
{
	struct messenger_reader reader = { .arena = arena };
	struct text_view user_id = { "", 0 };
	json_error_t error;
	json_t *root =
	    json_loadb(json.at, json.len, JSON_REJECT_DUPLICATES, &error);
	const char *algorithm =
	    json_string_value(json_object_get(root, "algorithm"));

	if (algorithm != NULL && strcasecmp(algorithm, "HMAC-SHA256") == 0)
		user_id = messenger_field_id(
		    &reader, json_object_get(root, "user_id"));
	json_decref(root);
	if (reader.out_of_memory ||
	    (root == NULL &&
		json_error_code(&error) == json_error_out_of_memory))
		return ERR_NOMEM;
	if (user_id.len == 0)
		return ERR_INVALID;
	*user_id_out = user_id;
	return OK;
}

enum result
messenger_signed_request(struct text_view form_value,
    struct text_view app_secret, struct arena *arena,
    struct text_view *user_id_out)
{
	unsigned char bytes[PAYLOAD_MAX_BYTES];
	struct text_view payload = form_value;
	struct text_view signature;
	struct text_view json;

	if (!text_split(&payload, '.', &signature) || payload.at == NULL)
		return ERR_INVALID;
	if (!signed_by_meta(signature, payload, app_secret) ||
	    decode(payload, bytes, sizeof(bytes), &json) != OK)
		return ERR_INVALID;
	return read_payload(json, arena, user_id_out);
}
